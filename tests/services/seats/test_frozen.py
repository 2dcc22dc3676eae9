"""Seats freeze when voting opens: nobody casts two ballots, and no chair adds any or takes one away (PRODUCT §6)."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from deliberation.categories import Position
from deliberation.councils import Council
from deliberation.ids import CouncilId, PersonId
from deliberation.issues import IssueHidden, VoteIsOpen
from deliberation.rounds import NotEntitled, RoundStatus
from deliberation.rules import Quorum
from deliberation.rules.changes import RuleUnreadable
from deliberation.rulings import RulingCode
from deliberation.seats import NotHolder, Seat, SeatOfOnePerson, WhichSeat
from services.ballots import Cast
from services.ports import Delegation
from services.rounds import _settling
from storage import Database
from storage.repositories import Councils, Proxies
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member
from tests.services.rounds.test_states import HOUR, PLAIN, under


async def seat_of(chamber: Chamber, number: int) -> Seat:
    """The seat that the member of that number holds."""
    listed = await chamber.services.seats.list_in(CHANNEL, member(number))
    return listed.own[0]


async def test_a_chair_cannot_bring_weight_and_a_veto_into_a_round_that_runs(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1, 2)
    watching = (
        await chamber.services.seating.add_person(CHANNEL, CHAIR, member(4).person, "Ann", observer=True)
    ).seats[0]
    issue = await chamber.propose("Torture")
    chamber.clock.advance(HOUR)
    round_ = (await chamber.open("1d")).round
    await chamber.services.seating.add_person(CHANNEL, CHAIR, member(3).person, "Friend", weight=1000, veto=True)
    await chamber.services.seating.change(CHANNEL, CHAIR, watching.id, observer=False)
    for number in (3, 4):
        with pytest.raises(NotEntitled):
            await chamber.vote(round_, issue, number, "adjustment")
    await chamber.seat(5)
    await chamber.vote(round_, issue, 5, "adjustment")
    await chamber.pass_time(DAY)
    assert (await chamber.services.rounds.result(round_.id)).entitled == 3


async def test_a_seat_made_an_observer_during_a_round_votes_until_its_close(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1)
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    await chamber.services.seating.change(CHANNEL, CHAIR, (await seat_of(chamber, 1)).id, observer=True)
    assert (await chamber.vote(round_, issue, 1, "prohibited")).position is Position.PROHIBITED


async def test_a_members_own_seat_is_neither_shared_nor_left_empty(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1, 2)
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, issue, 1, "adjustment")
    own = await seat_of(chamber, 1)
    with pytest.raises(SeatOfOnePerson):
        await chamber.services.seating.assign(CHANNEL, CHAIR, own.id, member(3).person)
    await chamber.services.seating.unassign(CHANNEL, CHAIR, own.id, member(1).person)
    assert (await chamber.vote(round_, issue, 1, "prohibited")).seat.id == own.id, "the seat that was given up"
    view = await chamber.services.rounds.view(round_.id)
    assert (view.voted, view.entitled) == (1, 2)


async def test_who_takes_a_seat_again_does_not_bring_back_what_a_chair_had_given_it(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1)
    own = await seat_of(chamber, 1)
    await chamber.services.seating.change(CHANNEL, CHAIR, own.id, weight=500, veto=True)
    await chamber.services.seats.leave(CHANNEL, member(1))
    await chamber.services.councils.change_rules(CHANNEL, CHAIR, group="ballots", typed={"secrecy": "secret"})
    again = (await chamber.services.seats.take(CHANNEL, member(1))).seat
    assert (again.id, again.weight, again.veto) == (own.id, 1, False)
    await chamber.propose("Torture")
    assert (await chamber.open("1d")).round.status is RoundStatus.OPEN


async def test_a_ballot_for_a_seat_that_is_no_longer_held_takes_no_other_one(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    issue = await chamber.propose("Torture")
    [seat] = (
        await chamber.services.seating.add(CHANNEL, CHAIR, [Delegation(name="France", holders=(member(1).person,))])
    ).seats
    round_ = (await chamber.open("1d")).round
    await chamber.services.seating.unassign(CHANNEL, CHAIR, seat.id, member(1).person)
    with pytest.raises(NotHolder):
        await chamber.services.ballots.cast(
            Cast(round_.id, issue.id, 1, Position.ADJUSTMENT, member(1), "Why not.", seat=seat.id)
        )


async def test_who_holds_a_voting_and_an_observing_seat_is_asked_which_to_leave(chamber: Chamber) -> None:
    await under(chamber, replace(PLAIN, open_seating=False))
    holders = (member(1).person,)
    both = [Delegation(name="France", holders=holders), Delegation(name="Holy See", observer=True, holders=holders)]
    added = await chamber.services.seating.add(CHANNEL, CHAIR, both)
    with pytest.raises(WhichSeat):
        await chamber.services.seats.leave(CHANNEL, member(1))
    left = await chamber.services.seats.leave(CHANNEL, member(1), added.seats[1].id)
    assert left.seat.name == "Holy See"


async def test_the_holders_of_a_removed_seat_are_reminded_and_those_who_left_are_not(chamber: Chamber) -> None:
    await under(chamber, replace(PLAIN, reminders=(HOUR,)))
    await chamber.seat(1, 2, 3)
    await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    await chamber.services.seating.remove(CHANNEL, CHAIR, (await seat_of(chamber, 1)).id)
    await chamber.services.seats.leave(CHANNEL, member(2))
    reminder = await chamber.services.rounds.reminder(round_.id, last=True)
    assert reminder is not None
    assert set(reminder.mention) == {member(1).person, member(3).person}


async def test_a_roll_call_outlasts_a_scheduled_start_at_which_nobody_answered(chamber: Chamber) -> None:
    await under(chamber, replace(PLAIN, open_seating=False, roll_call=True))
    await chamber.propose("Torture")
    await chamber.services.seating.add(CHANNEL, CHAIR, [Delegation(name="France", holders=(member(1).person,))])
    planned = await chamber.services.rounds.schedule(CHANNEL, CHAIR, when="every day 18:00", length="3h", zone="UTC")
    called = await chamber.services.roll_calls.call(CHANNEL, CHAIR)
    await chamber.pass_time(planned.opens_at - chamber.clock.now())
    assert await chamber.services.rounds.status(CHANNEL) is None
    assert await chamber.services.roll_calls.view(called.council.id) is not None


async def test_an_issue_hidden_during_a_round_comes_back_only_after_it(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1)
    issue = await chamber.propose("Torture")
    await chamber.propose("Piracy")
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, issue, 1, "adjustment")
    await chamber.services.editing.hide(CHANNEL, CHAIR, issue.number, note="It names a member.")
    with pytest.raises(IssueHidden):
        await chamber.vote(round_, issue, 1, "prohibited")
    with pytest.raises(VoteIsOpen):
        await chamber.services.editing.show_again(CHANNEL, CHAIR, issue.number)
    await chamber.pass_time(DAY)
    assert [line.entry.number for line in (await chamber.services.rounds.result(round_.id)).lines] == [2]
    await chamber.services.editing.show_again(CHANNEL, CHAIR, issue.number)


async def test_reasons_stay_readable_through_a_chain_of_merges(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1)
    first, second, third = [await chamber.propose(title) for title in ("Torture", "Piracy", "Slavery")]
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, third, 1, "adjustment", reason="It is a wrong.")
    await chamber.pass_time(DAY)
    await chamber.services.editing.merge(CHANNEL, CHAIR, third.number, into=second.number)
    await chamber.services.editing.merge(CHANNEL, CHAIR, second.number, into=first.number)
    reasons = (await chamber.services.reasons.of_issue(first.id)).reasons
    assert [given.reason.text for given in reasons] == ["It is a wrong."]


async def test_a_proxy_accepted_before_the_deadline_counts_however_slowly_it_is_stored(
    chamber: Chamber, monkeypatch: pytest.MonkeyPatch
) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1, 2)
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, issue, 2, "adjustment")
    storing, go_on, put = asyncio.Event(), asyncio.Event(), Proxies.put

    async def slowly(self: Proxies, proxy: object) -> None:
        storing.set()
        await go_on.wait()
        await put(self, proxy)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Proxies, "put", slowly)
    giving = asyncio.create_task(chamber.services.proxies.give(CHANNEL, member(1), to=(await seat_of(chamber, 2)).id))
    await storing.wait()
    chamber.clock.advance(DAY)
    settling = asyncio.create_task(chamber.services.timetable.settle_due())
    for _ in range(200):
        await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(giving, settling)
    [line] = (await chamber.services.rounds.result(round_.id)).lines
    assert (line.ruling.quorum.cast, line.by_proxy) == (2, 1)


async def test_a_councils_broken_round_holds_up_no_others_deadline(chamber: Chamber, database: Database) -> None:
    await under(chamber, replace(PLAIN, open_seating=False, early_close=True))
    await chamber.propose("Torture")
    await chamber.services.seating.add(CHANNEL, CHAIR, [Delegation(name="France", holders=(member(1).person,))])
    broken = (await chamber.open("12h")).round
    other = await chamber.found_with(5, "simple-majority", quorum=Quorum(), reminders=())
    await chamber.seat(2, channel=other)
    await chamber.propose("Piracy", channel=other)
    sound = (await chamber.open("1d", channel=other)).round
    async with database._writing.begin() as connection:  # pyright: ignore[reportPrivateUsage]
        await connection.execute(text("UPDATE rounds SET rules = '{}' WHERE id = :broken"), {"broken": int(broken.id)})
    chamber.clock.advance(DAY)
    await chamber.services.timetable.settle_due()
    assert (await chamber.services.rounds.view(sound.id)).round.status is RoundStatus.CLOSED


@pytest.mark.parametrize("typed", ["33.3333333333333333 %", "1e-20", "1e999999", "1/0", "½", "9" * 40])
async def test_a_share_that_the_record_cannot_hold_is_refused_in_words(chamber: Chamber, typed: str) -> None:
    with pytest.raises(RuleUnreadable):
        await chamber.services.councils.change_rules(
            CHANNEL, CHAIR, group="adjustment", typed={"criteria": f">= {typed} of voting"}
        )


async def test_a_closer_that_stalled_counts_again_what_came_in_the_extension(
    chamber: Chamber, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await under(chamber, replace(PLAIN, quorum=Quorum(least=2), extension=HOUR))
    await chamber.seat(1, 2, 3)
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, issue, 2, "adjustment")
    counted, go_on, with_proxied = asyncio.Event(), asyncio.Event(), _settling.with_proxied

    async def claimed() -> None:
        async with database.write() as uow:
            assert await uow.rounds.claim_due(round_.id, await uow.now()) is not None
            await uow.commit()

    async def stalls_once(*given: Any) -> Any:
        tallies = await with_proxied(*given)
        if not counted.is_set():
            counted.set()
            await go_on.wait()
        return tallies

    monkeypatch.setattr(_settling, "with_proxied", stalls_once)
    chamber.clock.advance(DAY)
    await claimed()
    stalled = asyncio.create_task(_settling.settle(database, round_.id))
    await counted.wait()
    await _settling.settle(database, round_.id)
    for number in (1, 3):
        await chamber.vote(round_, issue, number, "adjustment")
    chamber.clock.advance(HOUR)
    await claimed()
    go_on.set()
    await stalled
    [line] = (await chamber.services.rounds.result(round_.id)).lines
    assert (line.ruling.code, line.ruling.quorum.cast) == (RulingCode.PROMOTED, 3)
    assert (await chamber.services.audit.verify()).sound


async def test_no_round_opens_in_a_council_that_is_closed_at_the_same_instant(
    chamber: Chamber, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await under(chamber, PLAIN)
    await chamber.seat(1)
    await chamber.propose("Torture")
    asked, go_on, lock = asyncio.Event(), asyncio.Event(), Councils.lock

    async def waits_once(self: Councils, council: CouncilId) -> Council:
        if not asked.is_set():
            asked.set()
            await go_on.wait()
        return await lock(self, council)

    monkeypatch.setattr(Councils, "lock", waits_once)
    opening = asyncio.create_task(chamber.open("1d"))
    await asked.wait()
    # Another chair: what one person does comes one after the other in any case.
    other = replace(CHAIR, person=PersonId(CHAIR.person + 1))
    closing = asyncio.create_task(chamber.services.councils.close(CHANNEL, other))
    if database.url.get_backend_name() == "postgresql":
        await closing
    go_on.set()
    await asyncio.gather(opening, closing, return_exceptions=True)
    council = await chamber.services.councils.in_channel(CHANNEL)
    assert (council.closed_at is None) is (await chamber.services.rounds.status(CHANNEL) is not None)
