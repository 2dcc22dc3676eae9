"""Rounds, dockets and entitled seats, as the store gives them back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation.ids import RoundId, SeatId
from deliberation.rounds import DocketEntry, Entitlement, RoundIsOpen, RoundStatus
from storage import Database
from tests.clocks import NOON
from tests.storage.founding import HOUR, RULES, council_in, founded, issue_in, open_round, seat_in

TICK = timedelta(microseconds=1)


async def test_a_round_opens_with_its_docket_in_order_and_its_seats_frozen(database: Database):
    async with database.write() as uow:
        council = await council_in(uow)
        issues = [await issue_in(uow, council, number) for number in (1, 2)]
        seat = await seat_in(uow, council, "A", 1, weight=3_000_000_000, veto=True)
        round_ = await open_round(uow, council, docket=issues[::-1], entitled=[seat])
        await uow.issues.withdraw(issues[0].id, at=NOON)
        docket = await uow.rounds.docket([round_.id, RoundId(99)])
        assert await uow.rounds.count_entitled(round_.id) == 1
        assert await uow.rounds.find_entitlements([(round_.id, seat.id)]) == {
            (round_.id, seat.id): Entitlement(round=round_.id, seat=seat.id, weight=3_000_000_000, veto=True)
        }
        for again in (await uow.rounds.get(round_.id), await uow.rounds.find(council.id, 1)):
            assert again == round_
    entry = {"round": round_.id, "version": 1}
    assert docket == {
        round_.id: (
            DocketEntry(issue=issues[1].id, number=2, title="Issue 2", place=1, **entry),
            DocketEntry(issue=issues[0].id, number=1, title="Issue 1", place=2, withdrawn=True, **entry),
        ),
        RoundId(99): (),
    }
    assert (round_.status, round_.rules, round_.closed_at) == (RoundStatus.OPEN, RULES, None)
    assert (round_.opened_at, round_.closes_at) == (NOON, NOON + HOUR)


@pytest.mark.parametrize("status", [RoundStatus.OPEN, RoundStatus.CLOSING])
async def test_a_council_has_one_running_round(database: Database, status: RoundStatus):
    async with database.write() as uow:
        council = await council_in(uow)
        round_ = await open_round(uow, council)
        await uow.rounds.put(replace(round_, status=status), before=round_)
        with pytest.raises(RoundIsOpen) as refused:
            await open_round(uow, council, number=2)
        assert refused.value.params == {"number": 1, "closes_at": NOON + HOUR}
        found = await uow.rounds.find_running(council.id)
        assert found == replace(round_, status=status)


async def test_rounds_are_found_by_number_and_status(database: Database):
    async with database.write() as uow:
        council, other = await council_in(uow), await council_in(uow, channel=5)
        assert await uow.rounds.last(council.id) is None
        first = await open_round(uow, council)
        closed = replace(first, status=RoundStatus.CLOSED, closed_at=NOON + HOUR)
        await uow.rounds.put(closed, before=first)
        second = await open_round(uow, council, number=2, closes_at=NOON + 3 * HOUR)
        third = await open_round(uow, other, closes_at=NOON + 2 * HOUR)
        assert await uow.rounds.last(council.id) == second
        assert await uow.rounds.list_in(council.id) == (closed, second)
        assert [due.round for due in await uow.rounds.list_due(NOON + 3 * HOUR)] == [third.id, second.id]
        assert await uow.rounds.find(council.id, 3) is None
        with pytest.raises(LookupError):
            await uow.rounds.get(RoundId(99))
        with pytest.raises(LookupError):
            await uow.rounds.lock(RoundId(99))
        with pytest.raises(ValueError, match="has had a round 1"):
            await open_round(uow, await _without_round(uow, council, second), number=1)


async def _without_round(uow, council, running):
    await uow.rounds.put(replace(running, status=RoundStatus.CANCELLED), before=running)
    return council


async def test_a_round_is_claimed_at_its_deadline_and_once(database: Database):
    async with database.write() as uow:
        council, other = await council_in(uow), await council_in(uow, channel=5)
        later = await open_round(uow, council, closes_at=NOON + 2 * HOUR)
        sooner = await open_round(uow, other)
        assert await uow.rounds.earliest_due() == NOON + HOUR
        assert await uow.rounds.list_due(NOON + HOUR - TICK) == ()
        assert await uow.rounds.claim_due(sooner.id, NOON + HOUR - TICK) is None
        assert [due.round for due in await uow.rounds.list_due(NOON + HOUR)] == [sooner.id]
        assert await uow.rounds.claim_due(sooner.id, NOON + 3 * HOUR) == replace(sooner, status=RoundStatus.CLOSING)
        assert await uow.rounds.claim_due(later.id, NOON + 3 * HOUR) == replace(later, status=RoundStatus.CLOSING)
        assert await uow.rounds.claim_due(later.id, NOON + 3 * HOUR) is None
        assert all(due.status is RoundStatus.CLOSING for due in await uow.rounds.list_due(NOON + 3 * HOUR))
        # A closing round is work left to do, whoever began it.
        assert await uow.rounds.earliest_due() == NOON + HOUR
        for round_ in (sooner, later):
            await uow.rounds.put(replace(round_, status=RoundStatus.CLOSED), before=round_)
        assert await uow.rounds.earliest_due() is None


async def test_rounds_are_locked_for_ballots_where_they_exist(database: Database):
    begun = await founded(database)
    async with database.write() as uow:
        grounds = await uow.casting.gather(rounds=[RoundId(99), begun.round.id], issues=[], people=[])
        assert grounds.rounds == {begun.round.id: begun.round}
        assert await uow.rounds.lock(begun.round.id) == begun.round


async def test_a_seat_taken_during_a_round_is_entitled_once(database: Database):
    begun = await founded(database)
    async with database.write() as uow:
        seat = await seat_in(uow, begun.council, "Late", 9)
        late = Entitlement(round=begun.round.id, seat=seat.id, weight=0, may_abstain=False)
        await uow.rounds.entitle([late])
        await uow.rounds.entitle([replace(late, weight=5), replace(late, seat=begun.seats[0].id, weight=9)])
        count = await uow.rounds.count_entitled(begun.round.id)
        every = await uow.rounds.find_entitlements((begun.round.id, one.id) for one in (*begun.seats, seat))
        found = await uow.rounds.find_entitlements(
            [(begun.round.id, seat.id), (begun.round.id, SeatId(999)), (RoundId(99), seat.id)]
        )
    assert {one.seat: one.weight for one in every.values()} == {**{s.id: 1 for s in begun.seats}, seat.id: 0}
    assert count == len(every)
    assert found == {(begun.round.id, seat.id): late}
