"""Seats that change hands while a round runs (PRODUCT §6): nobody casts every free delegation's ballot, who comes late
sees and changes nothing that the seat cast before, what chairs do is announced, and each holder keeps its own words."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation.categories import Position
from deliberation.ids import ChannelId, SeatId
from deliberation.issues import Issue
from deliberation.rounds import CastBefore, Round
from deliberation.rules import Rules, Secrecy
from deliberation.rules.presets import PRESETS
from deliberation.seats import ErasedInRound, JoinedLate, SeatResting, SeatTaken, VotedAlready
from services.ballots import BallotReceipt, Cast
from services.ports import Delegation, PostKind, Preferences, Reminding
from services.seats import SeatsNotice
from storage import Database
from tests.services.chamber import CHAIR, Chamber, member
from tests.services.past import former

PLACE = ChannelId(5)
CLAIMED = replace(PRESETS["simple-majority"], open_seating=False, claims=True, reminders=())
SECRECIES = [Secrecy.OPEN, Secrecy.SEALED, Secrecy.SECRET]


class Assembly:
    """A council of delegations in a round on two issues, in which a second passes between what is done."""

    def __init__(self, chamber: Chamber, round_: Round, issues: Sequence[Issue], seats: Sequence[SeatId]) -> None:
        self.chamber, self.services = chamber, chamber.services
        self.round, self.issues, self.seats = round_, issues, seats

    def later(self) -> None:
        self.chamber.clock.advance(timedelta(seconds=1))

    async def claim(self, number: int, place: int) -> None:
        self.later()
        await self.services.seats.take(PLACE, member(number), self.seats[place])

    async def leave(self, number: int) -> None:
        self.later()
        await self.services.seats.leave(PLACE, member(number))

    async def erase(self, number: int) -> None:
        self.later()
        await self.services.privacy.erase(member(number).person, words=True, former=former)

    async def assign(self, number: int, place: int) -> None:
        self.later()
        await self.services.seating.assign(PLACE, CHAIR, self.seats[place], member(number).person)

    async def unassign(self, number: int, place: int) -> None:
        self.later()
        await self.services.seating.unassign(PLACE, CHAIR, self.seats[place], member(number).person)

    async def vote(
        self, number: int, position: str | None, *, issue: int = 0, seat: int | None = None, reason: str | None = None
    ) -> BallotReceipt:
        """A ballot; None withdraws it. `seat`: the place of the one voted for, where the member holds several."""
        self.later()
        return await self.services.ballots.cast(self.ballot(number, position, issue=issue, seat=seat, reason=reason))

    def ballot(
        self, number: int, position: str | None, *, issue: int = 0, seat: int | None = None, reason: str | None = None
    ) -> Cast:
        wanted = None if position is None else Position(position)
        named = None if seat is None else self.seats[seat]
        return Cast(self.round.id, self.issues[issue].id, 1, wanted, member(number), reason, named)

    async def counted(self) -> int:
        """How many ballots count on the first issue, once a chair has closed the round."""
        self.later()
        await self.services.rounds.close(PLACE, CHAIR, self.round.id)
        assert (await self.services.audit.verify()).sound
        return (await self.services.rounds.result(self.round.id)).lines[0].ruling.tally.cast.seats

    async def notices(self) -> list[SeatsNotice]:
        """What was announced of chairs' doings with seats, in order."""
        council = self.issues[0].council
        due = [post for post in await self.services.posts.due() if post.kind is PostKind.NOTICE]
        return [await self.services.seating.notice(council, post.data) for post in due]


async def assembled(chamber: Chamber, *holders: Sequence[int], rules: Rules = CLAIMED) -> Assembly:
    """A round of three days in a council of France, Ghana and India, held by these members."""
    await chamber.found(channel=PLACE, rules=rules)
    issues = [await chamber.propose(title, channel=PLACE) for title in ("Torture", "Piracy")]
    given = [
        Delegation(name=name, holders=tuple(member(number).person for number in numbers))
        for name, numbers in zip(("France", "Ghana", "India"), (*holders, (), (), ()), strict=False)
    ]
    seats = await chamber.services.hosting.seat_delegations(PLACE, given)
    return Assembly(chamber, (await chamber.open("3d", channel=PLACE)).round, issues, [seat.id for seat in seats])


# -- nobody casts every free delegation's ballot


async def test_who_has_voted_for_a_claimed_seat_takes_no_other_and_it_rests_until_the_close(chamber: Chamber) -> None:
    there = await assembled(chamber)
    await there.claim(1, 0)
    await there.vote(1, "independent")
    await there.leave(1)
    with pytest.raises(VotedAlready) as told:
        await there.claim(1, 1)
    assert told.value.params["seat"] == "France"
    with pytest.raises(SeatResting):
        await there.claim(2, 0)
    assert (await there.services.seats.list_in(PLACE, member(2))).resting == {there.seats[0]}
    assert [seat.name for seat in await there.services.seats.suggest(PLACE, "", free=True)] == ["Ghana", "India"]
    await there.claim(2, 1)
    await there.vote(2, "adjustment")
    assert await there.counted() == 2
    await there.claim(1, 2)
    await there.claim(3, 0)


async def test_nor_by_having_itself_erased(chamber: Chamber) -> None:
    there = await assembled(chamber, rules=replace(CLAIMED, open_seating=True))
    await there.claim(1, 0)
    await there.vote(1, "independent")
    await there.erase(1)
    with pytest.raises(ErasedInRound):
        await there.claim(1, 1)
    with pytest.raises(ErasedInRound):
        await there.vote(1, "independent")
    assert await there.counted() == 1
    await there.claim(1, 1)


async def test_nor_while_a_seat_that_it_claimed_was_removed_and_votes_until_the_close(chamber: Chamber) -> None:
    there = await assembled(chamber)
    await there.claim(1, 0)
    await there.services.seating.remove(PLACE, CHAIR, there.seats[0])
    with pytest.raises(SeatTaken):
        await there.claim(1, 1)
    await there.vote(1, "independent")
    assert await there.counted() == 1
    await there.claim(1, 1)


async def test_nor_by_leaving_a_proxy_behind(chamber: Chamber) -> None:
    there = await assembled(chamber, (), (), (2,), rules=replace(CLAIMED, open_seating=True))
    await there.services.seats.take(PLACE, member(1))
    await there.counted()
    there.round = (await chamber.open("3d", channel=PLACE)).round
    await there.services.proxies.give(PLACE, member(1), to=there.seats[2])
    await there.leave(1)
    await there.claim(1, 0)
    await there.vote(1, "independent")
    await there.vote(2, "independent")
    assert await there.counted() == 2, "none for the seat that was left"


@pytest.mark.parametrize("secrecy", SECRECIES)
async def test_a_claimed_seat_left_without_a_ballot_is_free_again_but_in_a_secret_round(
    chamber: Chamber, secrecy: Secrecy
) -> None:
    """There a seat that is free would tell that it had not voted."""
    there = await assembled(chamber, rules=replace(CLAIMED, secrecy=secrecy))
    await there.claim(1, 0)
    await there.leave(1)
    await there.claim(1, 1)
    if secrecy is Secrecy.SECRET:
        with pytest.raises(SeatResting):
            await there.claim(2, 0)
    else:
        await there.claim(2, 0)


async def test_seats_given_by_a_chair_are_not_concerned(chamber: Chamber) -> None:
    there = await assembled(chamber, (1,), (1,))
    await there.assign(1, 2)
    for place in range(3):
        await there.vote(1, "independent", seat=place)
    assert await there.counted() == 3


# -- who comes late sees and changes nothing of what was cast before


@pytest.mark.parametrize("secrecy", [Secrecy.OPEN, Secrecy.SEALED])
async def test_a_chair_that_assigns_itself_neither_reads_nor_replaces_what_a_seat_cast_before(
    chamber: Chamber, secrecy: Secrecy
) -> None:
    there = await assembled(chamber, (1,), rules=replace(CLAIMED, secrecy=secrecy))
    issues, ballots = there.issues, there.services.ballots
    await there.vote(1, "independent", reason="For this.")
    await there.assign(2, 0)
    lines = {line.entry.issue: line for line in (await ballots.docket(PLACE, member(2))).lines}
    before = lines[issues[0].id]
    assert (before.ballot, before.voted, before.earlier) == (None, True, True)
    assert (lines[issues[1].id].voted, lines[issues[1].id].earlier) == (False, False)
    card = await ballots.ballot_for(PLACE, member(2), 1)
    assert (card.ballot, card.voted, card.earlier) == (None, True, True)
    assert await ballots.reason_prefill(there.round.id, issues[0].id, member(2)) == ""
    for position in ("prohibited", "independent", None):
        with pytest.raises(CastBefore):
            await there.vote(2, position)
    assert (await there.vote(2, "adjustment", issue=1)).previous is None, "where the seat had not voted it may"
    await there.vote(1, "abstain", issue=1)
    assert (await there.vote(2, "adjustment", issue=1)).previous_by == member(1).person, "and it sees what comes after"
    own = (await ballots.ballot_for(PLACE, member(1), 1)).ballot
    assert own is not None
    assert own.position is Position.INDEPENDENT
    await there.unassign(2, 0)
    await there.vote(1, "abstain")
    await there.assign(2, 0)
    with pytest.raises(CastBefore):
        await there.vote(2, "prohibited")
    assert await there.counted() == 1
    there.later()
    again = (await chamber.open("3d", channel=PLACE)).round
    await ballots.cast(replace(there.ballot(1, "independent"), round=again.id))
    assert (await ballots.cast(replace(there.ballot(2, "adjustment"), round=again.id))).previous_by == member(1).person


@pytest.mark.parametrize("voted", [True, False])
async def test_in_a_secret_round_not_even_whether_the_seat_had_voted(chamber: Chamber, voted: bool) -> None:
    there = await assembled(chamber, (1,), rules=replace(CLAIMED, secrecy=Secrecy.SECRET))
    ballots = there.services.ballots
    if voted:
        await there.vote(1, "independent")
    await there.assign(2, 0)
    for position in ("prohibited", None):
        with pytest.raises(JoinedLate):
            await there.vote(2, position)
    for look in (
        ballots.docket(PLACE, member(2)),
        ballots.docket_of(there.round.id, member(2)),
        ballots.ballot_for(PLACE, member(2), 1),
        ballots.ballot_of(there.round.id, there.issues[0].id, member(2)),
        ballots.reason_prefill(there.round.id, there.issues[0].id, member(2)),
    ):
        with pytest.raises(JoinedLate):
            await look
    with pytest.raises(JoinedLate):
        await there.services.proxies.give(PLACE, member(2), to=there.seats[1])
    assert await there.counted() == int(voted)


async def test_nor_does_a_reminder_tell_it(chamber: Chamber) -> None:
    there = await assembled(chamber, (1,), rules=replace(CLAIMED, secrecy=Secrecy.SECRET))
    await there.assign(2, 0)
    await there.claim(3, 1)
    reminder = await there.services.rounds.reminder(there.round.id, last=True)
    assert reminder is not None
    assert reminder.mention == (member(1).person, member(3).person), "who may vote is asked to"


async def test_a_free_delegation_that_nobody_held_votes_in_a_secret_round_once_it_is_claimed(chamber: Chamber) -> None:
    there = await assembled(chamber, rules=replace(CLAIMED, secrecy=Secrecy.SECRET))
    await there.claim(1, 0)
    await there.vote(1, "independent")
    assert (await there.services.ballots.docket(PLACE, member(1))).lines[-1].voted
    assert await there.counted() == 1


async def test_what_a_chair_does_with_holders_in_a_round_is_announced_to_the_channel_and_to_the_others(
    chamber: Chamber,
) -> None:
    there = await assembled(chamber, (1, 2))
    await there.services.people.put(member(2).person, Preferences(language=None, reminders=Reminding.DIRECT))
    await there.assign(3, 0)
    await there.unassign(3, 0)
    there.later()
    await there.services.seating.remove(PLACE, CHAIR, there.seats[0])
    told = await there.notices()
    assert [(one.kind, one.member, one.number) for one in told] == [
        ("holder_assigned", member(3).person, 1),
        ("holder_removed", member(3).person, 1),
        ("seat_removed", None, 1),
    ]
    for notice in told:
        assert notice.seat is not None
        assert notice.seat.name == "France"
        assert (notice.mention, notice.direct) == ((member(1).person,), (member(2).person,))


async def test_between_rounds_nothing_is_announced(chamber: Chamber) -> None:
    there = await assembled(chamber, (1,))
    await there.counted()
    await there.assign(2, 0)
    await there.unassign(2, 0)
    assert await there.notices() == []


# -- each keeps its own words


async def test_two_holders_who_vote_at_once_each_keep_their_own_words(chamber: Chamber, database: Database) -> None:
    there = await assembled(chamber, (1, 2, 3))
    there.later()
    one, other, silent = await asyncio.gather(
        there.services.ballots.cast(there.ballot(1, "independent", reason="For this.")),
        there.services.ballots.cast(there.ballot(2, "prohibited", reason="For that.")),
        there.services.ballots.cast(there.ballot(3, "abstain")),
    )
    assert (one.reason, other.reason, silent.reason) == ("For this.", "For that.", None)
    async with database.read() as uow:
        [entry] = [entry for entry in await uow.record.entries(there.issues[0].council) if entry.kind == "ballots cast"]
        lines = entry.data["ballots"]
        assert isinstance(lines, list)
        entered = [line["reason"] for line in lines if isinstance(line, dict)]
        kept = await uow.record.secrets([reason for reason in entered if isinstance(reason, str)])
    assert [kept[reason].value if isinstance(reason, str) else reason for reason in entered] == [
        "For this.",
        "For that.",
        None,
    ]
    assert (await there.services.reasons.of_issue(there.issues[0].id)).reasons == (), "what stands was cast in silence"
    for number, own, others in ((1, "For this.", "For that."), (2, "For that.", "For this.")):
        handed_out = str((await there.services.privacy.export(member(number).person)).sections)
        assert own in handed_out
        assert others not in handed_out
