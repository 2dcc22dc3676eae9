"""What transactions promise: all or nothing, one state to read, the right time, and nobody in another's way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import StatementError

from deliberation.categories import Position
from deliberation.ids import RoundId
from deliberation.record import EntryKind, Event, Head, append_all
from deliberation.record._chain import verify
from deliberation.rounds import RoundIsOpen, RoundStatus
from storage import Database, DatabaseReadOnly
from storage.errors import DRIVER
from tests.clocks import NOON, SetClock
from tests.storage.founding import HOUR, SNOWFLAKE, council_in, founded, issue_in, open_round, seat_in

YES = Position.PROHIBITED


async def _names(database: Database) -> list[str]:
    async with database.read() as uow:
        return [council.name for council in await uow.councils.list_all()]


async def test_what_is_not_committed_never_happened(database: Database):
    async with database.write() as uow:
        await council_in(uow, name="Forgotten")
    with pytest.raises(RuntimeError):
        await _fail_after_founding(database)
    assert await _names(database) == []
    async with database.write() as uow:
        await council_in(uow, name="Kept")
        await uow.commit()
        await council_in(uow, name="Too late", channel=5)
    assert await _names(database) == ["Kept"]


async def _fail_after_founding(database: Database) -> None:
    async with database.write() as uow:
        await council_in(uow, name="Failed")
        raise RuntimeError


async def test_a_cancelled_transaction_is_undone_and_the_next_one_proceeds(database: Database):
    inside = asyncio.Event()

    async def linger() -> None:
        async with database.write() as uow:
            await council_in(uow, name="Cancelled")
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(linger())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as uow:
        await council_in(uow, name="Next")
        await uow.commit()
    assert await _names(database) == ["Next"]


async def test_time_is_the_clocks_and_moves_within_a_transaction(database: Database, clock: SetClock):
    async with database.write() as uow:
        assert await uow.now() == NOON
        clock.advance(HOUR)
        assert await uow.now() == NOON + HOUR
        assert (uow.salt(), uow.salt()) == (bytes(15) + b"\1", bytes(15) + b"\2")


async def test_without_a_clock_time_is_aware_in_utc_and_goes_on(head_url: str):
    store = Database(head_url)
    async with store.write() as uow:
        first, second = await uow.now(), await uow.now()
        assert len(uow.salt()) == 16
        assert uow.salt() != uow.salt()
    await store.dispose()
    assert first.utcoffset() == timedelta(0)
    assert second > first
    assert first > datetime(2026, 1, 1, tzinfo=UTC)


async def test_a_naive_instant_is_refused(database: Database):
    async with database.write() as uow:
        with pytest.raises(StatementError, match="timezone"):
            await uow.rounds.list_due(datetime(2026, 1, 5, 12))  # noqa: DTZ001


async def test_a_reader_sees_one_state_while_others_write(database: Database):
    async with database.write() as uow:
        await council_in(uow, name="Old")
        await uow.commit()
    async with database.read() as reading:
        before = await reading.councils.list_all()
        async with database.write() as writing:
            await council_in(writing, name="New", channel=5)
            await writing.commit()
        assert await reading.councils.list_all() == before
    assert await _names(database) == ["Old", "New"]


async def test_a_reader_changes_nothing(database: Database):
    with pytest.raises(DatabaseReadOnly):
        await _write_while_reading(database)
    assert await _names(database) == []
    # The connection is as good as new for the next who writes.
    async with database.write() as uow:
        await council_in(uow)
        await uow.commit()
    assert await _names(database) == ["Assembly"]


async def _write_while_reading(database: Database) -> None:
    async with database.read() as uow:
        await council_in(uow)
        await uow.commit()


async def test_an_unknown_seat_cannot_be_entitled(database: Database):
    begun = await founded(database)
    async with database.write() as uow:
        with pytest.raises(DRIVER, match=r"(?i)foreign key"):
            await uow.ballots.put([replace(begun.ballot(0, 0, YES), seat=begun.seats[-1].id + 1)])


@pytest.fixture
async def second(head_url: str, clock: SetClock):
    """A second process's view of the same database."""
    store = Database(head_url, clock=clock)
    yield store
    await store.dispose()


async def test_writers_of_two_processes_leave_one_unbroken_record(database: Database, second: Database):
    begun = await founded(database)
    council = begun.council.id

    async def write(store: Database, number: int) -> None:
        async with store.write() as uow:
            head = Head(*await uow.record.lock_head(council))
            entries = append_all(
                head, council=council, events=[Event(NOON, EntryKind.BALLOTS_CAST, {"number": number})]
            )
            await uow.record.append(council, entries)
            await uow.ballots.put([begun.ballot(number % 3, 0, YES)])
            await uow.commit()

    await asyncio.gather(*(write(store, number) for number in range(20) for store in (database, second)))
    async with database.read() as uow:
        entries = await uow.record.entries(council)
        assert verify(entries, council, end=Head(*await uow.record.head(council))) == ()
    assert sorted(str(entry.data["number"]) for entry in entries) == sorted(str(number) for number in [*range(20)] * 2)


async def test_numbers_given_out_under_the_councils_lock_are_never_given_twice(database: Database, second: Database):
    begun = await founded(database, issues=0)

    async def propose(store: Database) -> int:
        async with store.write() as uow:
            council = await uow.councils.lock(begun.council.id)
            number = await uow.issues.last_number(council.id) + 1
            await issue_in(uow, council, number)
            await uow.commit()
            return number

    numbers = await asyncio.gather(*(propose(store) for _ in range(10) for store in (database, second)))
    assert sorted(numbers) == list(range(1, 21))


async def test_of_two_rounds_opened_at_once_one_is_refused(database: Database, second: Database):
    async with database.write() as uow:
        council = await council_in(uow)
        await uow.commit()

    async def open_one(store: Database) -> None:
        async with store.write() as uow:
            await open_round(uow, council)
            await uow.commit()

    results = await asyncio.gather(open_one(database), open_one(second), return_exceptions=True)
    (refused,) = [result for result in results if result is not None]
    assert isinstance(refused, RoundIsOpen)
    assert refused.params == {"number": 1, "closes_at": NOON + HOUR}


async def test_two_closers_claim_a_hundred_due_rounds_exactly_once_each(database: Database, second: Database):
    async with database.write() as uow:
        due = set()
        for number in range(100):
            council = await council_in(uow, channel=SNOWFLAKE + number)
            due.add((await open_round(uow, council, closes_at=NOON)).id)
        await uow.commit()

    async def close_all(store: Database) -> list[RoundId]:
        claimed = []
        while True:
            async with store.write() as uow:
                due = await uow.rounds.list_due(NOON)
                waiting = [each.round for each in due if each.status is RoundStatus.OPEN]
                if not waiting:
                    return claimed
                round_ = await uow.rounds.claim_due(waiting[0], NOON)
                await uow.commit()
            if round_ is not None:
                claimed.append(round_.id)

    ones, others = await asyncio.gather(close_all(database), close_all(second))
    assert len(ones) + len(others) == 100
    assert {*ones, *others} == due


async def test_a_ballot_in_time_is_counted_by_the_closer_that_came_meanwhile(database: Database, second: Database):
    """The race of STACK §3: a changed ballot, accepted in time, is not committed yet when the closer comes round."""
    begun = await founded(database, closes_at=NOON)
    stored, claiming = asyncio.Event(), asyncio.Event()

    async def vote() -> None:
        async with database.write() as uow:
            await uow.casting.gather(rounds=[begun.round.id], issues=[], people=[])
            await uow.ballots.put([begun.ballot(0, 0, YES)])
            stored.set()
            await claiming.wait()
            await uow.commit()

    async def close() -> int:
        """How many closers' tries found the round held by a voter."""
        await stored.wait()
        held = 0
        while True:
            if database.url.get_backend_name() == "sqlite":
                claiming.set()
            async with second.write() as uow:
                round_ = await uow.rounds.claim_due(begun.round.id, NOON)
                if round_ is not None:
                    tally = (await uow.ballots.tally(begun.round.id))[begun.issues[0].id]
                    assert tally.cast.seats == 1
                    await uow.commit()
                    return held
                assert [due.round for due in await uow.rounds.list_due(NOON)] == [begun.round.id]
                held += 1
            claiming.set()

    _, held = await asyncio.gather(vote(), close())
    assert (held > 0) is (database.url.get_backend_name() == "postgresql")


async def test_ballots_of_two_rounds_do_not_wait_for_each_other(postgresql_head_url: str):
    """On PostgreSQL; SQLite has one writer at a time."""
    one, other = Database(postgresql_head_url), Database(postgresql_head_url)
    here, there = await founded(one), await founded(one, channel=SNOWFLAKE + 1)
    async with one.write() as first, other.write() as second:
        assert (await first.casting.gather(rounds=[here.round.id], issues=[], people=[])).rounds
        assert (await second.casting.gather(rounds=[there.round.id], issues=[], people=[])).rounds
        await first.ballots.put([here.ballot(0, 0, YES)])
        await second.ballots.put([there.ballot(1, 0, YES)])
        await second.commit()
        await first.commit()
    async with one.read() as uow:
        assert len(await uow.ballots.of_round(here.round.id)) == len(await uow.ballots.of_round(there.round.id)) == 1
    await one.dispose()
    await other.dispose()


async def test_a_seat_can_be_taken_while_the_council_is_locked(postgresql_head_url: str):
    """A lock on a council keeps out other numbers, not rows that refer to it."""
    store = Database(postgresql_head_url)
    begun = await founded(store)
    async with store.write() as locking, store.write() as seating:
        await locking.councils.lock(begun.council.id)
        await locking.rounds.lock(begun.round.id)
        await seat_in(seating, begun.council, "New", 9)
        await seating.commit()
    await store.dispose()
