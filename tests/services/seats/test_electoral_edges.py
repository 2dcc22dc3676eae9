"""Who holds a seat while a round runs, and what a seat weighs: members who lose a role or leave, seats that are
removed, people with two of them, weights of nothing and of a whole people (PRODUCT §6)."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, SeatId
from deliberation.rounds import CastBefore, NotEntitled, Round, RoundStatus
from deliberation.rounds.roll_calls import Presence
from deliberation.rules import Quorum, Rules
from deliberation.rules.presets import PRESETS
from deliberation.rulings import RulingCode
from deliberation.seats import (
    MayNotAbstain,
    NoSeat,
    NotHolder,
    ObserverMayNotVote,
    Seat,
    SeatingClosed,
    SeatNeedsRole,
    WhichSeat,
)
from services.ballots import BallotReceipt, Cast
from services.ports import Delegation
from services.rounds import ResultLine
from tests.services.chamber import CHAIR, DAY, Chamber, member

PLACE = ChannelId(5)
ROLE = 77
SECOND = timedelta(seconds=1)
PEOPLE = 1_400_000_000
OPEN = replace(PRESETS["simple-majority"], quorum=Quorum(), reminders=())
ASSIGNED = replace(OPEN, open_seating=False, claims=True)


async def cast(
    chamber: Chamber, round_: Round, actor: Actor, position: str | None, seat: SeatId | None = None
) -> BallotReceipt:
    """A ballot on the round's only issue; None takes it back."""
    [line] = (await chamber.services.rounds.view(round_.id)).lines
    wanted = None if position is None else Position(position)
    return await chamber.services.ballots.cast(Cast(round_.id, line.entry.issue, 1, wanted, actor, seat=seat))


async def held(chamber: Chamber, round_: Round) -> ResultLine:
    """The round's only ruling, once its day is over."""
    await chamber.pass_time(DAY)
    [line] = (await chamber.services.rounds.result(round_.id)).lines
    return line


async def seated(chamber: Chamber, *delegations: Delegation, rules: Rules = ASSIGNED) -> tuple[Round, list[Seat]]:
    """A round of a day on one issue, in a council of these delegations."""
    await chamber.found(channel=PLACE, rules=rules)
    seats = list((await chamber.services.seating.add(PLACE, CHAIR, delegations)).seats)
    await chamber.propose("Torture", channel=PLACE)
    return (await chamber.open("1d", channel=PLACE)).round, seats


def delegation(name: str, *holders: int, weight: int = 1, observer: bool = False) -> Delegation:
    people = tuple(member(number).person for number in holders)
    return Delegation(name=name, holders=people, weight=weight, observer=observer)


def choice(refusal: WhichSeat) -> set[str]:
    """The seats between which the member is to choose."""
    seats = refusal.params["seats"]
    assert isinstance(seats, tuple)
    return {seat.name for seat in seats if isinstance(seat, Seat)}


async def by_role(chamber: Chamber) -> Round:
    """A round of a day in a council for holders of a role, in which members 1 and 2 sit."""
    await chamber.found(channel=PLACE, rules=OPEN, role=ROLE)
    await chamber.propose("Torture", channel=PLACE)
    for number in (1, 2):
        await chamber.services.seats.take(PLACE, member(number, ROLE))
    return (await chamber.open("1d", channel=PLACE)).round


async def test_who_loses_the_role_keeps_what_was_cast_and_changes_nothing_until_it_is_back(chamber: Chamber) -> None:
    round_ = await by_role(chamber)
    await cast(chamber, round_, member(1, ROLE), "adjustment")
    for position in ("independent", None):
        with pytest.raises(SeatNeedsRole):
            await cast(chamber, round_, member(1), position)
    with pytest.raises(SeatNeedsRole):
        await cast(chamber, round_, member(2), "independent")
    receipt = await cast(chamber, round_, member(2, ROLE), "adjustment")
    assert not receipt.seat_taken
    tally = (await held(chamber, round_)).ruling.tally
    assert (tally.voting.seats, tally.entitled.seats) == (2, 2)


async def test_who_loses_the_role_before_voting_counts_among_those_who_did_not_vote(chamber: Chamber) -> None:
    round_ = await by_role(chamber)
    await cast(chamber, round_, member(1, ROLE), "adjustment")
    with pytest.raises(SeatNeedsRole):
        await cast(chamber, round_, member(2), "adjustment")
    tally = (await held(chamber, round_)).ruling.tally
    assert (tally.cast.seats, tally.entitled.seats) == (1, 2), "the seats were frozen when voting opened"


async def test_who_leaves_mid_round_without_the_role_does_not_come_back_by_voting(chamber: Chamber) -> None:
    round_ = await by_role(chamber)
    await cast(chamber, round_, member(1, ROLE), "adjustment")
    await chamber.services.seats.leave(PLACE, member(1))
    with pytest.raises(SeatNeedsRole):
        await cast(chamber, round_, member(1), "independent")
    tally = (await held(chamber, round_)).ruling.tally
    assert (tally.cast.seats, tally.entitled.seats) == (1, 2), "leaving keeps what was cast"
    assert (await chamber.open("1d", channel=PLACE)).entitled == 1, "and the next round does without"


async def test_who_leaves_the_server_is_still_counted_where_the_ballot_was_cast(chamber: Chamber) -> None:
    """Of a departure Discord tells a bot without privileged intents nothing: nobody speaks for the seat any more."""
    round_, _ = await seated(chamber, delegation("France", 1), delegation("Kenya", 2))
    await cast(chamber, round_, member(1), "adjustment")
    tally = (await held(chamber, round_)).ruling.tally
    assert (tally.cast.seats, tally.entitled.seats) == (1, 2)


async def test_a_delegation_whose_last_member_leaves_keeps_its_ballot_though_another_claims_the_seat(
    chamber: Chamber,
) -> None:
    round_, [france, _] = await seated(chamber, delegation("France", 1), delegation("Kenya", 2))
    await cast(chamber, round_, member(1), "independent")
    await chamber.services.seats.leave(PLACE, member(1))
    with pytest.raises(SeatingClosed):
        await cast(chamber, round_, member(1), "adjustment")
    assert (await chamber.services.rounds.view(round_.id)).lines[0].cast == 1
    chamber.clock.advance(SECOND)
    await chamber.services.seats.take(PLACE, member(3), france.id)
    with pytest.raises(CastBefore):
        await cast(chamber, round_, member(3), "adjustment")
    tally = (await held(chamber, round_)).ruling.tally
    assert (tally.voting.seats, tally.entitled.seats) == (1, 2)


async def test_a_seat_that_nobody_holds_keeps_a_round_from_closing_early_and_still_counts_for_its_quorum(
    chamber: Chamber,
) -> None:
    rules = replace(ASSIGNED, early_close=True, quorum=Quorum(least=2))
    round_, _ = await seated(chamber, delegation("France", 1), delegation("Kenya", 2), rules=rules)
    await chamber.services.seats.leave(PLACE, member(1))
    await cast(chamber, round_, member(2), "adjustment")
    await chamber.services.timetable.settle_due()
    assert (await chamber.services.rounds.view(round_.id)).round.status is RoundStatus.OPEN
    ruling = (await held(chamber, round_)).ruling
    assert (ruling.code, ruling.tally.entitled.seats) == (RulingCode.INQUORATE, 2)
    assert (await chamber.open("1d", channel=PLACE)).entitled == 2, "a delegation's seat stays, held or not"


async def test_a_removed_seats_ballot_is_changed_and_withdrawn_until_the_close(chamber: Chamber) -> None:
    round_, [france, _] = await seated(chamber, delegation("France", 1, 2), delegation("Kenya", 3))
    await cast(chamber, round_, member(1), "independent")
    await chamber.services.seating.remove(PLACE, CHAIR, france.id)
    docket = await chamber.services.ballots.docket(PLACE, member(2))
    assert docket.seat is not None
    assert (docket.seat.name, docket.lines[0].voted) == ("France", True)
    await cast(chamber, round_, member(1), None)
    assert (await cast(chamber, round_, member(2), "adjustment")).previous is None
    tally = (await held(chamber, round_)).ruling.tally
    assert (tally.cast.seats, tally.entitled.seats) == (1, 2)
    assert (await chamber.services.audit.verify()).sound


async def test_a_round_closes_early_only_when_the_removed_seat_has_voted_too(chamber: Chamber) -> None:
    rules = replace(ASSIGNED, early_close=True)
    round_, [france, _] = await seated(chamber, delegation("France", 1), delegation("Kenya", 2), rules=rules)
    await chamber.services.seating.remove(PLACE, CHAIR, france.id)
    for number, status in ((2, RoundStatus.OPEN), (1, RoundStatus.CLOSED)):
        await cast(chamber, round_, member(number), "adjustment")
        await chamber.services.timetable.settle_due()
        assert (await chamber.services.rounds.view(round_.id)).round.status is status


async def test_a_seat_removed_and_added_again_under_its_name_is_another_seat_from_the_next_round_on(
    chamber: Chamber,
) -> None:
    round_, [france] = await seated(chamber, delegation("France", 1))
    await chamber.services.seating.remove(PLACE, CHAIR, france.id)
    await chamber.services.seating.add(PLACE, CHAIR, [delegation("France", 2)])
    with pytest.raises(NotEntitled):
        await cast(chamber, round_, member(2), "adjustment")
    await cast(chamber, round_, member(1), "adjustment")
    assert (await held(chamber, round_)).ruling.tally.entitled.seats == 1
    later = (await chamber.open("1d", channel=PLACE)).round
    with pytest.raises(SeatingClosed):
        await cast(chamber, later, member(1), "adjustment")
    await cast(chamber, later, member(2), "adjustment")


async def test_a_removed_seat_beside_another_is_one_of_two_that_its_holder_votes_for(chamber: Chamber) -> None:
    round_, [france, kenya] = await seated(chamber, delegation("France", 1), delegation("Kenya", 1))
    await chamber.services.seating.remove(PLACE, CHAIR, france.id)
    with pytest.raises(WhichSeat) as asked:
        await cast(chamber, round_, member(1), "adjustment")
    assert choice(asked.value) == {"France", "Kenya"}
    for seat in (france, kenya):
        await cast(chamber, round_, member(1), "adjustment", seat.id)
    assert (await held(chamber, round_)).ruling.tally.voting.seats == 2


Asked = Callable[[Chamber, Round, Seat | None, Seat], Awaitable[object]]


def _id(seat: Seat | None) -> SeatId | None:
    return None if seat is None else seat.id


FOR_A_SEAT: dict[str, Asked] = {
    "vote": lambda chamber, round_, seat, _: cast(chamber, round_, member(1), "adjustment", _id(seat)),
    "withdraw the ballot": lambda chamber, round_, seat, _: cast(chamber, round_, member(1), None, _id(seat)),
    "docket": lambda chamber, _round, seat, _: chamber.services.ballots.docket(PLACE, member(1), _id(seat)),
    "ballot": lambda chamber, _round, seat, _: chamber.services.ballots.ballot_for(PLACE, member(1), 1, _id(seat)),
    "second": lambda chamber, _round, seat, _: chamber.services.editing.second(PLACE, member(1), 2, _id(seat)),
    "give a proxy": lambda chamber, _round, seat, other: chamber.services.proxies.give(
        PLACE, member(1), to=other.id, seat=_id(seat)
    ),
    "end a proxy": lambda chamber, _round, seat, _: chamber.services.proxies.take_back(
        PLACE, member(1), seat=_id(seat)
    ),
    "leave": lambda chamber, _round, seat, _: chamber.services.seats.leave(PLACE, member(1), _id(seat)),
}


async def test_whoever_holds_two_seats_is_asked_which_by_every_intention_and_then_acts_for_that_one(
    chamber: Chamber,
) -> None:
    round_, [france, kenya, peru] = await seated(
        chamber, delegation("France", 1), delegation("Kenya", 1), delegation("Peru", 2)
    )
    await chamber.services.councils.change_rules(PLACE, CHAIR, group="ballots", typed={"seconds": "1"})
    await chamber.propose("Tariffs", channel=PLACE)
    for name, intention in FOR_A_SEAT.items():
        with pytest.raises(WhichSeat) as asked:
            await intention(chamber, round_, None, peru)
        assert choice(asked.value) == {"France", "Kenya"}, name
        with pytest.raises(NotHolder):
            await intention(chamber, round_, peru, france)
        await intention(chamber, round_, kenya, peru)
    listed = await chamber.services.seats.list_in(PLACE, member(1))
    assert [seat.name for seat in listed.own] == ["France"], "the last of them gave up the one that was named"
    assert not (await cast(chamber, round_, member(1), "adjustment")).repeated, "nobody is asked which of one"


async def test_a_roll_call_asks_which_of_two_seats_answers(chamber: Chamber) -> None:
    await chamber.found(channel=PLACE, rules=replace(ASSIGNED, roll_call=True))
    added = await chamber.services.seating.add(PLACE, CHAIR, [delegation("France", 1), delegation("Kenya", 1)])
    await chamber.propose("Torture", channel=PLACE)
    await chamber.services.roll_calls.call(PLACE, CHAIR)
    with pytest.raises(WhichSeat):
        await chamber.services.roll_calls.answer(PLACE, member(1), Presence.VOTING)
    await chamber.services.roll_calls.answer(PLACE, member(1), Presence.VOTING, added.seats[0].id)
    round_ = (await chamber.open("1d", channel=PLACE)).round
    refusals: list[tuple[int, type[DomainError]]] = [(0, MayNotAbstain), (1, NotEntitled)]
    for place, refusal in refusals:
        with pytest.raises(refusal):
            await cast(chamber, round_, member(1), "abstain", added.seats[place].id)


async def test_an_observers_seat_beside_a_voting_one_asks_nothing_and_casts_no_ballot(chamber: Chamber) -> None:
    round_, [press, _] = await seated(chamber, delegation("Press", 1, observer=True), delegation("Kenya", 1))
    assert (await cast(chamber, round_, member(1), "adjustment")).seat.name == "Kenya"
    with pytest.raises(ObserverMayNotVote):
        await cast(chamber, round_, member(1), "adjustment", press.id)
    assert (await held(chamber, round_)).ruling.tally.entitled.seats == 1


async def test_who_has_no_seat_to_give_up_is_told_so(chamber: Chamber) -> None:
    await seated(chamber, delegation("France", 1))
    await chamber.services.seats.leave(PLACE, member(1))
    with pytest.raises(NoSeat):
        await chamber.services.seats.leave(PLACE, member(1))


@pytest.mark.parametrize(
    ("preset", "code"),
    [
        ("meta-regime", RulingCode.HELD),
        ("simple-majority", RulingCode.HELD),
        ("consensus", RulingCode.HELD),
        ("broad-consensus", RulingCode.HELD),
        ("security-council", RulingCode.PROMOTED),
    ],
)
async def test_where_nobody_weighs_anything_only_rules_that_count_seats_move_an_issue(
    chamber: Chamber, preset: str, code: RulingCode
) -> None:
    rules = replace(PRESETS[preset], quorum=Quorum(), open_seating=False, reason_required=False, reminders=())
    nobodies = [delegation(f"Nobody {number}", number, weight=0) for number in (1, 2, 3)]
    round_, _ = await seated(chamber, *nobodies, rules=rules)
    for number in (1, 2, 3):
        await cast(chamber, round_, member(number), "prohibited")
    ruling = (await held(chamber, round_)).ruling
    assert (ruling.code, ruling.tally.voting.seats, ruling.tally.voting.weight) == (code, 3, 0)
    assert (await chamber.services.audit.verify()).sound


@pytest.mark.parametrize(("against", "code"), [(2 * PEOPLE, RulingCode.PROMOTED), (2 * PEOPLE + 1, RulingCode.HELD)])
async def test_whole_peoples_are_weighed_to_the_last_person(chamber: Chamber, against: int, code: RulingCode) -> None:
    rules = replace(PRESETS["meta-regime"], quorum=Quorum(), open_seating=False, reason_required=False, reminders=())
    peoples = [delegation(f"People {number}", number, weight=PEOPLE) for number in (1, 2, 3)]
    others = (delegation("Others", 4, weight=against), delegation("Nobody", 5, weight=0))
    round_, _ = await seated(chamber, *peoples, *others, rules=rules)
    for number in (1, 2, 3):
        await cast(chamber, round_, member(number), "adjustment")
    await cast(chamber, round_, member(4), "independent")
    await cast(chamber, round_, member(5), "independent")
    line = await held(chamber, round_)
    tally = line.ruling.tally
    assert (line.ruling.code, tally.voting.weight, tally.voting.seats) == (code, 3 * PEOPLE + against, 5)
    assert (await chamber.services.audit.verify()).sound
