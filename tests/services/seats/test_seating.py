"""Seats as chairs give them and members claim them, and what becomes of them during a round (PRODUCT §6)."""

import pytest

from deliberation.categories import Position
from deliberation.councils import NotChair
from deliberation.ids import ChannelId
from deliberation.rounds import NotEntitled, RoundIsOpen
from deliberation.rounds.roll_calls import NoRollCall, Presence
from deliberation.rules import SecretNeedsEquality
from deliberation.seats import (
    Barred,
    MayNotAbstain,
    NoSeat,
    NotBarred,
    NotHolder,
    Seat,
    SeatExists,
    SeatingClosed,
    SeatNotFree,
    SeatTaken,
    WeightInvalid,
    WhichSeat,
)
from deliberation.seats.seatings import SeatingFault, SeatingUnreadable
from services.ballots import Cast
from services.ports import Delegation
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member

NAMES = {"FR": "France", "GB": "United Kingdom", "DE": "Germany"}


@pytest.fixture
async def closed(chamber: Chamber) -> Chamber:
    """A council whose seats are assigned, and may be claimed."""
    await chamber.found_with(5, "simple-majority", open_seating=False, claims=True, reminders=())
    return chamber


PLACE = ChannelId(5)


async def seats(chamber: Chamber) -> dict[str, Seat]:
    listed = await chamber.services.seats.list_in(PLACE, member(1))
    return {seat.name: seat for seat in listed.seats}


async def add(chamber: Chamber, *delegations: Delegation) -> list[Seat]:
    return list((await chamber.services.seating.add(PLACE, CHAIR, delegations)).seats)


async def test_the_security_council_comes_with_its_vetoes_and_closes_open_seating(chamber: Chamber) -> None:
    receipt = await chamber.services.seating.fill(CHANNEL, CHAIR, "security-council", NAMES)
    assert (len(receipt.seats), receipt.seating_closed) == (15, True)
    assert {seat.country for seat in receipt.seats if seat.veto} == {"CN", "FR", "RU", "GB", "US"}
    with pytest.raises(SeatingClosed):
        await chamber.services.seats.take(CHANNEL, member(1))
    assert (await chamber.services.audit.verify()).sound


@pytest.mark.parametrize(("key", "number"), [("un", 193), ("eu", 27), ("g20", 21), ("p5", 5)])
async def test_every_ready_made_seating_has_its_members(chamber: Chamber, key: str, number: int) -> None:
    receipt = await chamber.services.seating.fill(CHANNEL, CHAIR, key, NAMES)
    assert len({seat.name for seat in receipt.seats}) == number
    if key == "eu":
        assert sum(seat.weight for seat in receipt.seats) == 449_206_579


async def test_a_country_sits_once(closed: Chamber) -> None:
    await add(closed, Delegation(name="France", country="FR"))
    for again in (Delegation(name="La France", country="FR"), Delegation(name="FRANCE")):
        with pytest.raises(SeatExists):
            await add(closed, Delegation(name="Kenya", country="KE"), again)
    assert list(await seats(closed)) == ["France"], "nothing half added"


async def test_only_chairs_seat_others(closed: Chamber) -> None:
    with pytest.raises(NotChair):
        await closed.services.seating.add(PLACE, member(1), [Delegation(name="France")])


@pytest.mark.parametrize("weight", [-1, 900_000_000_001])
async def test_weights_have_bounds(closed: Chamber, weight: int) -> None:
    with pytest.raises(WeightInvalid):
        await add(closed, Delegation(name="France", weight=weight))


async def test_weights_of_nothing_and_of_a_whole_people(closed: Chamber) -> None:
    await add(
        closed,
        Delegation(name="India", weight=1_400_000_000, holders=(member(1).person,)),
        Delegation(name="Nobody", weight=0, holders=(member(2).person,)),
    )
    issue = await closed.propose("Torture", channel=PLACE)
    round_ = (await closed.open("1d", channel=PLACE)).round
    await closed.vote(round_, issue, 1, "independent")
    await closed.vote(round_, issue, 2, "adjustment")
    await closed.pass_time(DAY)
    [line] = (await closed.services.rounds.result(round_.id)).lines
    assert line.ruling.tally.voting.weight == 1_400_000_000
    assert not line.ruling.moved


async def test_a_free_delegation_is_claimed_once_and_left_again(closed: Chamber) -> None:
    [france] = await add(closed, Delegation(name="France", country="FR"))
    await closed.services.seats.take(PLACE, member(1), france.id)
    with pytest.raises(SeatNotFree):
        await closed.services.seats.take(PLACE, member(2), france.id)
    with pytest.raises(SeatTaken):
        await closed.services.seats.take(PLACE, member(1), france.id)
    await closed.services.seats.leave(PLACE, member(1))
    assert (await seats(closed))["France"].is_free
    await closed.services.seats.take(PLACE, member(2), france.id)


async def test_several_people_share_a_seat_and_the_last_ballot_counts(closed: Chamber) -> None:
    [france] = await add(closed, Delegation(name="France", holders=(member(1).person,)))
    await closed.services.seating.assign(PLACE, CHAIR, france.id, member(2).person)
    with pytest.raises(SeatTaken):
        await closed.services.seating.assign(PLACE, CHAIR, france.id, member(2).person)
    issue = await closed.propose("Torture", channel=PLACE)
    round_ = (await closed.open("1d", channel=PLACE)).round
    await closed.vote(round_, issue, 1, "independent")
    receipt = await closed.vote(round_, issue, 2, "adjustment")
    assert (receipt.seat.name, receipt.previous) == ("France", "independent")
    await closed.services.seating.unassign(PLACE, CHAIR, france.id, member(1).person)
    with pytest.raises(NotHolder):
        await closed.services.seating.unassign(PLACE, CHAIR, france.id, member(1).person)
    await closed.pass_time(DAY)
    [line] = (await closed.services.rounds.result(round_.id)).lines
    assert line.ruling.tally.voting.seats == 1


async def test_whoever_holds_two_seats_is_asked_which_and_votes_for_each(closed: Chamber) -> None:
    one, two = await add(
        closed,
        Delegation(name="France", holders=(member(1).person,)),
        Delegation(name="Kenya", holders=(member(1).person,)),
    )
    issue = await closed.propose("Torture", channel=PLACE)
    round_ = (await closed.open("1d", channel=PLACE)).round
    with pytest.raises(WhichSeat):
        await closed.vote(round_, issue, 1, "adjustment")
    with pytest.raises(WhichSeat):
        await closed.services.ballots.docket(PLACE, member(1))
    for seat, position in ((one, "adjustment"), (two, "independent")):
        cast = Cast(round_.id, issue.id, 1, Position(position), member(1), "", seat.id)
        receipt = await closed.services.ballots.cast(cast)
        assert receipt.seat.id == seat.id
    docket = await closed.services.ballots.docket(PLACE, member(1), two.id)
    assert (docket.seat and docket.seat.name, len(docket.seats)) == ("Kenya", 2)
    await closed.pass_time(DAY)
    [line] = (await closed.services.rounds.result(round_.id)).lines
    assert line.ruling.tally.voting.seats == 2
    assert (await closed.services.audit.verify()).sound


async def test_a_stranger_cannot_vote_for_a_seat_by_naming_it(closed: Chamber) -> None:
    [france, _] = await add(
        closed,
        Delegation(name="France", holders=(member(1).person,)),
        Delegation(name="Kenya", holders=(member(2).person,)),
    )
    issue = await closed.propose("Torture", channel=PLACE)
    round_ = (await closed.open("1d", channel=PLACE)).round
    for number, refusal in ((2, NotHolder), (3, SeatingClosed)):
        with pytest.raises(refusal):
            await closed.services.ballots.cast(
                Cast(round_.id, issue.id, 1, Position("adjustment"), member(number), "", france.id)
            )


async def test_a_seat_removed_during_a_round_votes_until_its_close(closed: Chamber) -> None:
    [france, _] = await add(closed, Delegation(name="France", holders=(member(1).person,)), Delegation(name="Kenya"))
    issue = await closed.propose("Torture", channel=PLACE)
    round_ = (await closed.open("1d", channel=PLACE)).round
    await closed.services.seating.remove(PLACE, CHAIR, france.id)
    assert list(await seats(closed)) == ["Kenya"]
    assert (await closed.vote(round_, issue, 1, "adjustment")).seat.name == "France"
    await closed.pass_time(DAY)
    [line] = (await closed.services.rounds.result(round_.id)).lines
    assert (line.ruling.tally.voting.seats, line.ruling.tally.entitled.seats) == (1, 2)
    later = (await closed.open("1d", channel=PLACE)).round
    with pytest.raises(SeatingClosed):
        await closed.vote(later, issue, 1, "adjustment")


async def test_a_seat_added_during_a_round_votes_in_the_next(closed: Chamber) -> None:
    await add(closed, Delegation(name="France", holders=(member(1).person,)))
    issue = await closed.propose("Torture", channel=PLACE)
    round_ = (await closed.open("1d", channel=PLACE)).round
    await add(closed, Delegation(name="Kenya", holders=(member(2).person,)))
    with pytest.raises(NotEntitled):
        await closed.vote(round_, issue, 2, "adjustment")


async def test_a_barred_member_votes_to_the_end_of_the_round_and_holds_no_seat_afterwards(closed: Chamber) -> None:
    [france, _] = await add(closed, Delegation(name="France", holders=(member(1).person,)), Delegation(name="Kenya"))
    issue = await closed.propose("Torture", channel=PLACE)
    round_ = (await closed.open("1d", channel=PLACE)).round
    await closed.services.seating.bar(PLACE, CHAIR, member(1).person)
    with pytest.raises(Barred):
        await closed.services.seating.bar(PLACE, CHAIR, member(1).person)
    await closed.vote(round_, issue, 1, "adjustment")
    await closed.pass_time(DAY)
    await closed.open("1d", channel=PLACE)
    assert (await seats(closed))["France"].is_free
    for attempt in (
        closed.services.seats.take(PLACE, member(1), france.id),
        closed.services.seating.assign(PLACE, CHAIR, france.id, member(1).person),
    ):
        with pytest.raises(Barred):
            await attempt
    await closed.services.seating.unbar(PLACE, CHAIR, member(1).person)
    with pytest.raises(NotBarred):
        await closed.services.seating.unbar(PLACE, CHAIR, member(1).person)
    await closed.services.seats.take(PLACE, member(1), france.id)


async def test_where_no_round_runs_a_bar_takes_effect_at_once(chamber: Chamber) -> None:
    await chamber.seat(1)
    await chamber.services.seating.bar(CHANNEL, CHAIR, member(1).person)
    assert (await chamber.services.seats.list_in(CHANNEL, member(1))).seats == ()
    with pytest.raises(Barred):
        await chamber.seat(1)
    with pytest.raises(NoSeat):
        await chamber.services.seats.leave(CHANNEL, member(1))


async def test_a_csv_is_seated_whole_or_not_at_all(closed: Chamber) -> None:
    good = f"name,members,weight,veto,observer\nFrance,{member(1).person},3,yes,no\nHoly See,,1,no,yes\n"
    receipt = await closed.services.seating.import_csv(PLACE, CHAIR, good)
    assert [(seat.name, seat.weight, seat.veto, seat.observer) for seat in receipt.seats] == [
        ("France", 3, True, False),
        ("Holy See", 1, False, True),
    ]
    for bad, fault in (
        ("name,weight\nKenya,1\nPeru,much\n", SeatingFault(3, "weight", "much")),
        ("name\nKenya\nFrance\n", SeatingFault(3, "sits_already", "France")),
    ):
        with pytest.raises(SeatingUnreadable) as refusal:
            await closed.services.seating.import_csv(PLACE, CHAIR, bad)
        assert refusal.value.params["faults"] == (fault,)
    assert set(await seats(closed)) == {"France", "Holy See"}


async def test_secret_ballots_and_unequal_seats_exclude_each_other(closed: Chamber) -> None:
    [france, _] = await add(closed, Delegation(name="France"), Delegation(name="Kenya"))
    await closed.services.councils.change_rules(PLACE, CHAIR, group="ballots", typed={"secrecy": "secret"})
    with pytest.raises(SecretNeedsEquality):
        await closed.services.seating.change(PLACE, CHAIR, france.id, weight=2)
    with pytest.raises(SecretNeedsEquality):
        await closed.services.seating.change(PLACE, CHAIR, france.id, veto=True)
    await closed.services.councils.change_rules(PLACE, CHAIR, group="ballots", typed={"secrecy": "open"})
    await closed.services.seating.change(PLACE, CHAIR, france.id, veto=True)
    with pytest.raises(SecretNeedsEquality):
        await closed.services.councils.change_rules(PLACE, CHAIR, group="ballots", typed={"secrecy": "secret"})


async def test_a_roll_call_leaves_the_absent_out_where_it_binds(closed: Chamber) -> None:
    await closed.services.councils.change_rules(PLACE, CHAIR, group="seating", typed={"roll_call": "yes"})
    await add(closed, *(Delegation(name=f"State {n}", holders=(member(n).person,)) for n in (1, 2, 3)))
    with pytest.raises(NoRollCall):
        await closed.services.roll_calls.answer(PLACE, member(1), Presence.PRESENT)
    await closed.services.roll_calls.call(PLACE, CHAIR)
    await closed.services.roll_calls.answer(PLACE, member(1), Presence.PRESENT)
    await closed.services.roll_calls.answer(PLACE, member(2), Presence.PRESENT)
    await closed.services.roll_calls.answer(PLACE, member(2), Presence.VOTING)
    issue = await closed.propose("Torture", channel=PLACE)
    view = await closed.open("1d", channel=PLACE)
    assert view.entitled == 2
    await closed.vote(view.round, issue, 1, "abstain")
    with pytest.raises(MayNotAbstain):
        await closed.vote(view.round, issue, 2, "abstain")
    with pytest.raises(NotEntitled):
        await closed.vote(view.round, issue, 3, "adjustment")
    with pytest.raises(RoundIsOpen):
        await closed.services.roll_calls.call(PLACE, CHAIR)


async def test_without_a_roll_call_nobody_is_absent(closed: Chamber) -> None:
    await closed.services.councils.change_rules(PLACE, CHAIR, group="seating", typed={"roll_call": "yes"})
    await add(closed, Delegation(name="France"), Delegation(name="Kenya"))
    await closed.propose("Torture", channel=PLACE)
    assert (await closed.open("1d", channel=PLACE)).entitled == 2
