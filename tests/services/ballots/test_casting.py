"""What casting a ballot records, and what it refuses."""

import asyncio
from datetime import timedelta

import pytest

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.issues import IssueWithdrawn
from deliberation.rounds import (
    DeadlinePassed,
    NoBallot,
    NoOpenRound,
    NotEntitled,
    NotOnDocket,
    ReasonRequired,
    RoundIsOver,
    TextChanged,
)
from deliberation.rules import Secrecy
from deliberation.seats import NoSeat, SeatingClosed, SeatNeedsRole
from deliberation.texts import TextTooLong, TextWithoutWords
from services.ballots import Cast
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member

INSTANT = timedelta(microseconds=1)


async def test_a_receipt_says_what_was_recorded_by_which_seat_and_what_is_left(chamber: Chamber) -> None:
    torture = await chamber.propose("Torture")
    tariffs = await chamber.propose("Tariffs that only shift losses")
    await chamber.seat(1)
    round_ = (await chamber.open()).round
    receipt = await chamber.vote(round_, torture, 1, "prohibited", reason="Nobody is a means.")
    assert (receipt.seat.name, receipt.position, receipt.previous) == ("Member 1", Position.PROHIBITED, None)
    assert receipt.reason == "Nobody is a means."
    assert (receipt.remaining, receipt.next and receipt.next.issue) == (1, tariffs.id)
    assert not receipt.repeated
    assert not receipt.seat_taken


async def test_the_last_ballot_before_the_close_counts(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    await chamber.vote(round_, issue, 1, "independent")
    changed = await chamber.vote(round_, issue, 1, "prohibited", reason="I was convinced.")
    assert changed.previous is Position.INDEPENDENT
    view = await chamber.services.issues.show(CHANNEL, member(1), 1)
    assert view.ballot is not None
    assert view.ballot.position is Position.PROHIBITED
    assert view.tally is not None
    assert view.tally.cast.seats == 1


async def test_a_double_tap_records_once_and_says_so(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    await chamber.vote(round_, issue, 1, "abstain", reason=None)
    again = await chamber.vote(round_, issue, 1, "abstain", reason=None)
    assert again.repeated
    both = await asyncio.gather(*(chamber.vote(round_, issue, 2, "abstain", reason=None) for _ in range(2)))
    assert sorted(receipt.repeated for receipt in both) == [False, True]


async def test_a_ballot_can_be_withdrawn_and_then_there_is_none_left_to_withdraw(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    await chamber.vote(round_, issue, 1, "prohibited")
    receipt = await chamber.services.ballots.withdraw(round_.id, issue.id, 1, member(1))
    assert (receipt.position, receipt.previous, receipt.remaining) == (None, Position.PROHIBITED, 1)
    with pytest.raises(NoBallot):
        await chamber.services.ballots.withdraw(round_.id, issue.id, 1, member(1))
    view = await chamber.services.rounds.view(round_.id)
    assert (view.entitled, view.voted) == (1, 0), "the seat stays entitled even if its ballot is withdrawn"


async def test_where_a_reason_is_required_a_tap_asks_for_it_and_records_nothing(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    await chamber.seat(1)
    round_ = (await chamber.open()).round
    with pytest.raises(ReasonRequired) as refusal:
        await chamber.vote(round_, issue, 1, "prohibited", reason=None)
    assert refusal.value.params["prefill"] == ""
    assert (await chamber.services.rounds.view(round_.id)).voted == 0
    with pytest.raises(ReasonRequired):
        await chamber.vote(round_, issue, 1, "prohibited", reason="   ")
    await chamber.vote(round_, issue, 1, "abstain", reason=None)


async def test_the_form_opens_with_the_seats_last_reason(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    await chamber.vote(round_, issue, 1, "adjustment", reason="Let us talk first.")
    with pytest.raises(ReasonRequired) as refusal:
        await chamber.vote(round_, issue, 1, "prohibited", reason=None)
    assert refusal.value.params["prefill"] == "Let us talk first."


@pytest.mark.parametrize(("typed", "error"), [("🙂🙂🙂", TextWithoutWords), ("long " * 200, TextTooLong)])
async def test_a_refused_reason_is_kept_for_the_next_form(chamber: Chamber, typed: str, error: type[Exception]) -> None:
    issue = await chamber.propose("Torture")
    await chamber.seat(1)
    round_ = (await chamber.open()).round
    with pytest.raises(error):
        await chamber.vote(round_, issue, 1, "prohibited", reason=typed)
    assert (await chamber.services.ballots.reason_prefill(round_.id, issue.id, member(1))).strip() == typed[
        :600
    ].strip()
    await chamber.vote(round_, issue, 1, "prohibited", reason="In words now.")
    assert await chamber.services.ballots.reason_prefill(round_.id, issue.id, member(1)) == "In words now."


async def test_a_first_ballot_takes_a_seat_where_seating_is_open(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    receipt = await chamber.vote(round_, issue, 4, "prohibited")
    assert receipt.seat_taken
    seats = await chamber.services.seats.list_in(CHANNEL, member(4))
    assert seats.own is not None
    assert (await chamber.services.rounds.view(round_.id)).entitled == 1


async def test_a_refused_first_ballot_takes_no_seat(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    with pytest.raises(ReasonRequired):
        await chamber.vote(round_, issue, 4, "prohibited", reason=None)
    assert (await chamber.services.seats.list_in(CHANNEL, member(4))).seats == ()


async def test_a_seat_taken_during_a_round_is_entitled_from_its_first_ballot_on(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    await chamber.seat(1)
    round_ = (await chamber.open()).round
    await chamber.seat(2, 3)
    assert (await chamber.services.rounds.view(round_.id)).entitled == 1
    await chamber.vote(round_, issue, 2, "prohibited")
    assert (await chamber.services.rounds.view(round_.id)).entitled == 2


async def test_without_a_seat_in_a_council_whose_chairs_assign_them_nobody_votes(chamber: Chamber) -> None:
    channel = await chamber.found_with(5, open_seating=False)
    issue = await chamber.propose("Torture", channel=channel)
    await chamber.services.hosting.seat_delegation(channel, name="France", country="FR", holders=[member(1).person])
    round_ = (await chamber.open(channel=channel)).round
    with pytest.raises(SeatingClosed):
        await chamber.vote(round_, issue, 2, "prohibited")
    await chamber.services.hosting.seat_delegation(channel, name="Kenya", country="KE", holders=[member(2).person])
    with pytest.raises(NotEntitled):
        await chamber.vote(round_, issue, 2, "prohibited")
    await chamber.vote(round_, issue, 1, "prohibited")


async def test_a_delegation_shares_one_ballot_and_the_last_counts(chamber: Chamber) -> None:
    channel = await chamber.found_with(5, open_seating=False)
    issue = await chamber.propose("Torture", channel=channel)
    holders = [member(1).person, member(2).person]
    await chamber.services.hosting.seat_delegation(channel, name="France", country="FR", holders=holders)
    round_ = (await chamber.open(channel=channel)).round
    await chamber.vote(round_, issue, 1, "independent")
    receipt = await chamber.vote(round_, issue, 2, "prohibited")
    assert (receipt.seat.name, receipt.previous) == ("France", Position.INDEPENDENT)
    assert (await chamber.services.rounds.view(round_.id)).voted == 1


async def test_who_has_lost_the_role_that_the_council_asks_for_is_told_so(chamber: Chamber) -> None:
    channel = 5
    await chamber.found(channel=channel, role=77)  # pyright: ignore[reportArgumentType]
    issue = await chamber.propose("Torture", channel=channel)  # pyright: ignore[reportArgumentType]
    round_ = (await chamber.open(channel=channel)).round  # pyright: ignore[reportArgumentType]

    def ballot(actor: Actor) -> Cast:
        return Cast(round_.id, issue.id, 1, Position.ABSTAIN, actor)

    await chamber.services.ballots.cast(ballot(member(1, 77)))
    with pytest.raises(SeatNeedsRole):
        await chamber.services.ballots.cast(ballot(member(1)))
    with pytest.raises(SeatNeedsRole):
        await chamber.services.ballots.cast(ballot(member(2)))


async def test_a_ballot_counts_if_and_only_if_it_came_before_the_deadline(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("3d")).round
    chamber.clock.set(round_.closes_at - INSTANT)
    await chamber.vote(round_, issue, 1, "prohibited")
    chamber.clock.set(round_.closes_at)
    with pytest.raises(DeadlinePassed):
        await chamber.vote(round_, issue, 2, "prohibited")
    await chamber.services.timetable.settle_due()
    with pytest.raises(RoundIsOver):
        await chamber.vote(round_, issue, 3, "prohibited")
    result = await chamber.services.rounds.result(round_.id)
    assert result.voted == 1


async def test_an_old_card_cannot_vote_on_what_it_did_not_show(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    other = await chamber.found_with(5)
    elsewhere = await chamber.propose("Tariffs", channel=other)
    round_ = (await chamber.open()).round
    with pytest.raises(TextChanged):
        await chamber.vote(round_, issue, 1, "prohibited", version=2)
    with pytest.raises(NotOnDocket):
        await chamber.vote(round_, elsewhere, 1, "prohibited")
    await chamber.services.rounds.cancel(CHANNEL, CHAIR, round_.id)
    with pytest.raises(RoundIsOver):
        await chamber.vote(round_, issue, 1, "prohibited")


async def test_a_withdrawn_issue_takes_no_more_ballots(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture", by=member(1))
    await chamber.propose("Tariffs")
    round_ = (await chamber.open()).round
    await chamber.vote(round_, issue, 2, "prohibited")
    await chamber.services.issues.withdraw(CHANNEL, member(1), issue.number)
    with pytest.raises(IssueWithdrawn):
        await chamber.vote(round_, issue, 1, "prohibited")


async def test_the_docket_lists_what_lacks_a_ballot_first(chamber: Chamber) -> None:
    first, second = await chamber.propose("Torture"), await chamber.propose("Tariffs")
    with pytest.raises(NoOpenRound):
        await chamber.services.ballots.docket(CHANNEL, member(1))
    round_ = (await chamber.open()).round
    await chamber.vote(round_, first, 1, "prohibited")
    docket = await chamber.services.ballots.docket(CHANNEL, member(1))
    assert [line.entry.issue for line in docket.lines] == [second.id, first.id]
    assert docket.lines[1].ballot is not None


async def test_a_sealed_round_shows_turnout_and_nothing_derived_from_positions(chamber: Chamber) -> None:
    channel = await chamber.found_with(5, secrecy=Secrecy.SEALED)
    issue = await chamber.propose("Torture", channel=channel)
    round_ = (await chamber.open("3d", channel=channel)).round
    await chamber.vote(round_, issue, 1, "prohibited", reason="A reason that would tell.")
    card = await chamber.services.issues.card(issue.id)
    assert (card.tally, card.cast, card.reasons) == (None, 1, 0)
    view = await chamber.services.rounds.view(round_.id)
    assert (view.lines[0].tally, view.lines[0].cast, view.voted) == (None, 1, 1)
    assert (await chamber.services.reasons.of_issue(issue.id)).reasons == ()
    await chamber.pass_time(3 * DAY)
    assert len((await chamber.services.reasons.of_issue(issue.id)).reasons) == 1
    assert (await chamber.services.rounds.view(round_.id)).lines[0].tally is not None


async def test_a_hundred_members_voting_at_one_moment_are_all_recorded(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    receipts = await asyncio.gather(*(chamber.vote(round_, issue, n, "prohibited") for n in range(1, 101)))
    assert len({receipt.seat.id for receipt in receipts}) == 100
    card = await chamber.services.issues.card(issue.id)
    assert card.tally is not None
    assert card.tally.support(issue.category).seats == 100


async def test_what_two_councils_decide_at_one_moment_is_entered_in_the_record_of_each(chamber: Chamber) -> None:
    other = await chamber.found_with(5)
    here, there = await chamber.propose("Torture"), await chamber.propose("Tariffs", channel=other)
    rounds = [(await chamber.open("3d", channel=channel)).round for channel in (CHANNEL, other)]
    cast = [
        (round_, issue, number) for round_, issue in zip(rounds, (here, there), strict=True) for number in (1, 2, 3)
    ]
    await asyncio.gather(*(chamber.vote(*each, "prohibited") for each in cast))
    ballots = chamber.services.ballots
    await asyncio.gather(
        *(ballots.withdraw(round_.id, issue.id, 1, member(number)) for round_, issue, number in cast if number < 3),
        *(chamber.vote(round_, issue, 3, "adjustment") for round_, issue in zip(rounds, (here, there), strict=True)),
    )
    for round_ in rounds:
        [line] = (await chamber.services.rounds.view(round_.id)).lines
        assert line.tally is not None
        assert {position: count.seats for position, count in line.tally.counts.items() if count.seats} == {
            Position.ADJUSTMENT: 1
        }
    assert (await chamber.services.audit.verify()).sound


async def test_one_refused_ballot_does_not_fail_its_neighbours(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open()).round
    outcomes = await asyncio.gather(
        chamber.vote(round_, issue, 1, "prohibited"),
        chamber.vote(round_, issue, 2, "prohibited", version=9),
        chamber.vote(round_, issue, 3, "prohibited"),
        return_exceptions=True,
    )
    assert [type(outcome).__name__ for outcome in outcomes] == ["BallotReceipt", "TextChanged", "BallotReceipt"]


async def test_a_reason_goes_with_the_ballot_that_it_was_given_for(chamber: Chamber) -> None:
    channel = await chamber.found_with(5, "simple-majority")
    issue = await chamber.propose("Torture", channel=channel)
    round_ = (await chamber.open("3d", channel=channel)).round

    async def reasons() -> list[str]:
        return [given.reason.text for given in (await chamber.services.reasons.of_issue(issue.id)).reasons]

    await chamber.vote(round_, issue, 1, "prohibited", reason="Never.")
    await chamber.vote(round_, issue, 2, "prohibited", reason="Never ever.")
    assert sorted(await reasons()) == ["Never ever.", "Never."]
    await chamber.vote(round_, issue, 1, "independent", reason=None)
    await chamber.services.ballots.withdraw(round_.id, issue.id, 1, member(2))
    assert await reasons() == []


async def test_a_delegations_seat_stays_when_its_last_holder_leaves_it(chamber: Chamber) -> None:
    holders = [member(1).person, member(2).person]
    france = await chamber.services.hosting.seat_delegation(CHANNEL, name="France", country="FR", holders=holders)
    await chamber.services.seats.leave(CHANNEL, member(1))
    await chamber.services.seats.leave(CHANNEL, member(2))
    left = await chamber.services.seats.list_in(CHANNEL, member(2))
    assert left.own == ()
    assert [seat.is_free for seat in left.seats if seat.id == france.id] == [True]


async def test_a_member_without_a_seat_is_told_how_to_get_one(chamber: Chamber) -> None:
    with pytest.raises(NoSeat) as refusal:
        await chamber.services.seats.leave(CHANNEL, member(1))
    assert refusal.value.params["open_seating"] is True
