"""The chain as members have it verified: once for all who ask at once, going on, and against a head that was kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from deliberation.ids import CouncilId
from deliberation.record import Head, HeadUnreadable, genesis, read_head
from deliberation.record._chain import append
from services import Services
from services.ports import Here, LongWork
from services.record import Kept, _verifying
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import CHANNEL, Chamber

LINK = "https://discord.com/channels/1/2/3"


class Counting:
    """Does the work here and says how far it had been verified when each piece was asked for."""

    def __init__(self, store: Database) -> None:
        self._here = Here(store)
        self.begun: list[int] = []
        self.asked = asyncio.Event()

    async def run(self, work: LongWork[Any], *arguments: Any) -> Any:
        _, since, _ = arguments
        self.begun.append(since.index if since else 0)
        self.asked.set()
        await asyncio.sleep(0)
        return await self._here.run(work, *arguments)


@pytest.fixture
def counting(database: Database) -> Counting:
    return Counting(database)


@pytest.fixture
def asked(counting: Counting, database: Database, clock: SetClock, chamber: Chamber) -> Chamber:
    """The council, whose verifications are counted."""
    ticks: Callable[[], float] = lambda: clock.now().timestamp()  # noqa: E731
    return Chamber(Services.over(database, background=counting, ticks=ticks), clock)


async def execute(database: Database, statement: str, **values: Any) -> None:
    """As somebody does who has the database's password."""
    async with database._writing.begin() as connection:
        await connection.execute(text(statement), values)


async def test_who_asks_at_once_has_it_verified_once(asked: Chamber, counting: Counting):
    views = await asyncio.gather(*(asked.services.record.verify(CHANNEL) for _ in range(60)))
    assert {view.sound for view in views} == {True}
    assert counting.begun.count(0) == 1


async def test_who_gives_up_waiting_leaves_it_to_the_others(asked: Chamber, counting: Counting):
    first = asyncio.create_task(asked.services.record.verify(CHANNEL))
    second = asyncio.create_task(asked.services.record.verify(CHANNEL))
    await counting.asked.wait()
    first.cancel()
    assert (await second).sound
    assert counting.begun.count(0) == 1


async def test_it_goes_on_from_where_it_was_sound_for_a_day(asked: Chamber, counting: Counting):
    head = (await asked.services.record.verify(CHANNEL)).head
    await asked.propose("Torture")
    later = (await asked.services.record.verify(CHANNEL)).head
    assert later.index > head.index
    asked.clock.advance(timedelta(days=1))
    assert (await asked.services.record.verify(CHANNEL)).head == later
    assert counting.begun == [0, head.index, 0]


async def test_a_long_record_is_read_in_pieces(asked: Chamber, counting: Counting, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_verifying, "AT_ONCE", 2)
    for title in ("Torture", "Piracy"):
        await asked.propose(title)
    view = await asked.services.record.verify(CHANNEL)
    assert view.sound
    assert counting.begun == list(range(0, view.head.index + 1, 2))


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE record_entries SET data = '{}' WHERE \"index\" = 2",
        'DELETE FROM record_entries WHERE "index" = 2',
        'DELETE FROM record_entries WHERE "index" >= 3',
        "DELETE FROM record_heads",
        "UPDATE record_heads SET digest = 'x'",
    ],
)
async def test_a_chain_that_was_changed_is_said_to_be(asked: Chamber, database: Database, deed: str):
    for title in ("Torture", "Piracy"):
        await asked.propose(title)
    await execute(database, deed)
    assert not (await asked.services.record.verify(CHANNEL)).sound


async def test_a_chain_made_anew_behind_what_was_verified_is_said_to_be(asked: Chamber, database: Database):
    issue = await asked.propose("Torture")
    kept = (await asked.services.record.verify(CHANNEL)).head
    await remake(database, issue.council)
    for _ in range(2):
        assert not (await asked.services.record.verify(CHANNEL)).sound
    # After a restart nothing is remembered: the chain fits, and only who kept the head can tell.
    restarted = Services.over(database)
    view = await restarted.record.verify(CHANNEL, kept=kept.written)
    assert (view.sound, view.kept) == (True, Kept.REPLACED)


async def remake(database: Database, council: CouncilId) -> None:
    """Make every entry of the record anew, each a day earlier."""
    async with database.write() as uow:
        entries, digest = await uow.record.entries(council), genesis(council)
    on_sqlite = database.url.get_backend_name() == "sqlite"
    for entry in entries:
        at = entry.at - timedelta(days=1)
        made = append(digest, council=council, index=entry.index, at=at, kind=entry.kind, data=entry.data)
        change = "UPDATE record_entries SET at = :at, previous = :previous, digest = :digest"
        where = {"council": council, "index": entry.index}
        values = {
            "at": at.strftime("%Y-%m-%d %H:%M:%S.%f") if on_sqlite else at,
            "previous": digest,
            "digest": made.digest,
        }
        await execute(database, f'{change} WHERE council = :council AND "index" = :index', **where, **values)
        digest = made.digest
    await execute(
        database, "UPDATE record_heads SET digest = :digest WHERE council = :council", digest=digest, council=council
    )


async def test_a_kept_head_is_looked_for(asked: Chamber, database: Database):
    head = (await asked.services.record.verify(CHANNEL)).head
    await asked.propose("Torture")
    view = await asked.services.record.verify(CHANNEL, kept=f"-# Record: `{head.written}`")
    assert (view.compared, view.kept) == (head, Kept.STANDS)
    other = Head(head.index, genesis(view.council.id))
    assert (await asked.services.record.verify(CHANNEL, kept=other.written)).kept is Kept.REPLACED
    # Rolled back to before the proposal, the record verifies.
    last = view.head
    await execute(database, 'DELETE FROM record_entries WHERE "index" > :index', index=head.index)
    await execute(
        database, 'UPDATE record_heads SET "index" = :index, digest = :digest', index=head.index, digest=head.digest
    )
    restarted = Services.over(database)
    view = await restarted.record.verify(CHANNEL, kept=last.written)
    assert (view.sound, view.kept) == (True, Kept.BEYOND)


async def test_heads_are_looked_for_in_every_record_and_in_the_register(asked: Chamber):
    head = (await asked.services.record.verify(CHANNEL)).head
    register = (await asked.services.audit.verify()).register
    assert register is not None
    council = await asked.services.councils.in_channel(CHANNEL)
    lost = Head(1, genesis(council.id))
    report = await asked.services.audit.verify([head, register, lost])
    assert report.kept == {head: council.name, register: "the register", lost: ""}
    [fault] = report.faults
    assert (fault.what, fault.expected) == ("head", lost.digest)


@pytest.mark.parametrize(
    "given", ["", "12", "a" * 64, f"12 {'a' * 64}", f"12:{'a' * 63}", f"12:{'a' * 65}", f"{'1' * 16}:{'a' * 64}", LINK]
)
def test_what_is_no_head_is_refused(given: str):
    with pytest.raises(HeadUnreadable):
        read_head(given)


@pytest.mark.parametrize("around", ["{}", "`{}`", "Record: {}", " {} ", "**{}**", "> {}\n"])
def test_a_head_is_read_with_what_was_copied_around_it(around: str):
    head = Head(1234, genesis(CouncilId(7)))
    assert read_head(around.format(head.written)) == head
    assert read_head(around.format(head.written.upper().replace(":", " : "))) == head
