"""A random history of a council: what members and chairs do one after the other, written down beside in a `Book`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from hypothesis import strategies as st

from deliberation.categories import Position
from deliberation.codec import ruling_from_data
from deliberation.errors import DomainError
from deliberation.ids import IssueId, RoundId, SeatId
from deliberation.rounds import RUNNING, RoundStatus
from services import Services
from services.ballots import BallotReceipt, Cast
from services.rounds._by_proxy import proxied_ballots
from tests.clocks import SetClock
from tests.law.councils import GIVEN, MEMBERS, OWN, RULES, Founded
from tests.law.nested import NestedDatabase
from tests.law.oracle import Book, BrokenLaw
from tests.services.chamber import CHAIR, member
from tests.services.past import former

Answer = TypeVar("Answer")
LONGEST = 9
POSITIONS = ("independent", "adjustment", "prohibited", "abstain")
REASON = "It harms those who had no say."


class Act(NamedTuple):
    """One thing that is done, or several that go together. `who`: a member, 0 for whoever did the last; `seat`, `word`:
    which of those that there are then, and what else it takes."""

    kind: str
    who: int
    seat: int
    word: int


_WEIGHTS = {
    "stint": 6, "claim": 5, "take": 2, "vote": 8, "withdraw": 2, "leave": 4, "erase": 2, "assign": 3, "unassign": 2,
    "give_seat": 1, "remove": 2, "bar": 1, "unbar": 1, "proxy": 4, "unproxy": 1, "conduct": 2, "deadline": 1,
    "seating": 1,
}  # fmt: skip
COMMON = tuple(kind for kind, weight in _WEIGHTS.items() if weight > 1)
_KINDS = [kind for kind, weight in _WEIGHTS.items() for _ in range(weight)]
_ACTS = st.builds(
    Act, st.sampled_from(_KINDS), st.sampled_from((0, 0, 0, *MEMBERS)), st.integers(0, 3), st.integers(0, 11)
)
HISTORIES = st.tuples(st.integers(0, len(RULES) - 1), st.lists(_ACTS, min_size=3, max_size=LONGEST))


class History:
    """One history in one council, and its book. `lines`: what was done, in words; `done`: which kinds of acts, how
    often; `refused`: how much was refused; `rulings`: how many were held against the book."""

    def __init__(self, council: Founded, services: Services, store: NestedDatabase, clock: SetClock) -> None:
        self._council, self._services, self._store, self._clock = council, services, store, clock
        self.lines: list[str] = [f"a council under {council.rules.preset}, {council.rules.secrecy} ballots"]
        self.done: Counter[str] = Counter()
        self.refused = self.rulings = 0
        self._kind = ""
        self._now = 0
        self._last = MEMBERS[0]
        self._book = Book(council.rules.secrecy)
        self._book.sat_down(GIVEN, council.delegations[-1], claimed=False, now=0)
        if council.own is not None:
            self._book.sat_down(OWN, council.own, claimed=True, now=0, own=True)
        self._round: RoundId | None = council.round
        self._status = RoundStatus.DEBATE if council.rules.debate else RoundStatus.OPEN
        if not council.rules.debate:
            self._book.voting_opened(now=0)

    async def carry_out(self, act: Act) -> None:
        """Do it. Raises BrokenLaw."""
        self._last, self._kind = act.who or self._last, act.kind
        do: Callable[[int, Act], Awaitable[None]] = getattr(self, f"_{act.kind}")
        await do(self._last, act)

    async def count(self, *, close: bool) -> None:
        """Hold what is counted at the close against the book: now, or as it would be counted. Raises BrokenLaw."""
        if self._book.opened is None or self._round is None:
            return
        if close and self._status is RoundStatus.OPEN:
            await self._close()
            return
        async with self._store.read() as uow:
            proxied = await proxied_ballots(uow, await uow.rounds.get(self._round))
        self._compare(self._round, {(one.issue, one.seat): (one.position.value, True) for one in proxied})

    # -- members

    async def _stint(self, who: int, act: Act) -> None:
        """Give up what one claimed, claim another seat, vote: as the stranger did who cast every free delegation's. Now
        and then it leaves a proxy behind, or a chair removes what was claimed."""
        for seat in self._sitting(who):
            part = self._book.part(who, seat)
            if part is not None and part.claimed:
                if act.word < 3:
                    await self._let_vote(who, seat, self._council.delegations[-1], None)
                await (self._remove_seat(seat) if act.word > 8 else self._leave_seat(who, seat))
        seat = self._council.delegations[act.seat % 3]
        await self._claim(who, act)
        if self._book.part(who, seat) is not None:
            await self._cast(who, seat, act)

    async def _claim(self, who: int, act: Act) -> None:
        seat = self._council.delegations[act.seat]
        receipt = await self._ask(f"{who} claims seat {seat}", self._services.seats.take(*self._as(who), seat))
        if receipt is not None:
            self._book.sat_down(who, seat, claimed=True, now=self._now)

    async def _take(self, who: int, act: Act) -> None:
        receipt = await self._ask(f"{who} takes a seat of its own", self._services.seats.take(*self._as(who)))
        if receipt is not None:
            self._book.sat_down(who, receipt.seat.id, claimed=True, now=self._now, own=True)

    async def _vote(self, who: int, act: Act) -> None:
        await self._cast(who, self._chosen(who, act), act)

    async def _cast(self, who: int, seat: SeatId | None, act: Act) -> None:
        issue, position = self._council.issues[act.word % 2], POSITIONS[act.word // 2 % 4]
        given = REASON if self._council.rules.reason_required or act.word > 9 else None
        cast = Cast(self._latest, issue, 1, Position(position), member(who), given, seat)
        receipt = await self._ask(f"{who} votes {position} on {issue} for {seat}", self._services.ballots.cast(cast))
        if receipt is not None:
            self._note_cast(who, issue, position, receipt)

    def _note_cast(self, who: int, issue: IssueId, position: str | None, receipt: BallotReceipt) -> None:
        """`position` None: it was withdrawn, which takes a seat of one's own again too."""
        if receipt.seat_taken:
            self._book.sat_down(who, receipt.seat.id, claimed=True, now=self._now, own=True)
        if position is None:
            self._book.withdrew(who, issue, receipt.seat.id)
        elif not receipt.repeated:
            self._book.voted(who, issue, receipt.seat.id, position, now=self._now)

    async def _withdraw(self, who: int, act: Act) -> None:
        cast = [key for key in self._book.decided if self._book.part(who, key[1])] if act.word < 9 else []
        issue, seat = (
            cast[act.seat % len(cast)] if cast else (self._council.issues[act.word % 2], self._chosen(who, act))
        )
        work = self._services.ballots.withdraw(self._latest, issue, 1, member(who), seat)
        receipt = await self._ask(f"{who} withdraws its ballot on {issue} for {seat}", work)
        if receipt is not None:
            self._note_cast(who, issue, None, receipt)

    async def _leave(self, who: int, act: Act) -> None:
        seats = self._sitting(who)
        if seats:
            await self._leave_seat(who, seats[act.seat % len(seats)])

    async def _leave_seat(self, who: int, seat: SeatId) -> None:
        if await self._ask(f"{who} leaves seat {seat}", self._services.seats.leave(*self._as(who), seat)):
            self._book.stood_up(who, seat, now=self._now)

    async def _erase(self, who: int, act: Act) -> None:
        person = member(who).person
        work = self._services.privacy.erase(person, words=act.word % 2 == 0, former=former)
        if await self._ask(f"{who} has itself erased", work):
            self._book.barred.discard(who)
            self._book.stood_up_everywhere(who, now=self._now)

    async def _proxy(self, who: int, act: Act) -> None:
        seat, issue = self._chosen(who, act), self._issue_or_round(act)
        others = [*self._council.delegations, *sorted(self._book.own)]
        to = others[act.word % len(others)]
        await self._let_vote(who, seat, to, issue)

    async def _let_vote(self, who: int, seat: SeatId | None, to: SeatId, issue: int | None) -> None:
        work = self._services.proxies.give(*self._as(who), to=to, issue=issue, seat=seat)
        receipt = await self._ask(f"{who} lets {to} vote for {seat} on {issue or 'everything'}", work)
        if receipt is not None:
            self._book.gave_proxy(who, receipt.seat.id, receipt.issue and receipt.issue.id)

    async def _unproxy(self, who: int, act: Act) -> None:
        given = [(seat, issue) for seat, issue in self._book.givers if self._book.part(who, seat)]
        seat, issue = given[act.seat % len(given)] if given else (self._chosen(who, act), None)
        work = self._services.proxies.take_back(*self._as(who), issue=issue, seat=seat)
        receipt = await self._ask(f"{who} takes the proxy of {seat} on {issue or 'everything'} back", work)
        if receipt is not None:
            self._book.took_proxy_back(receipt.seat.id, receipt.issue and receipt.issue.id)

    # -- chairs

    async def _assign(self, who: int, act: Act) -> None:
        seat = self._council.delegations[act.seat]
        work = self._services.seating.assign(*self._chair, seat, member(who).person)
        if await self._ask(f"a chair assigns {who} to seat {seat}", work):
            self._book.sat_down(who, seat, claimed=False, now=self._now)

    async def _unassign(self, who: int, act: Act) -> None:
        seat = self._chosen(who, act) or self._council.delegations[act.seat]
        work = self._services.seating.unassign(*self._chair, seat, member(who).person)
        if await self._ask(f"a chair takes {who} out of seat {seat}", work):
            self._book.stood_up(who, seat, now=self._now)

    async def _give_seat(self, who: int, act: Act) -> None:
        actor = member(who)
        work = self._services.seating.add_person(*self._chair, actor.person, actor.name)
        receipt = await self._ask(f"a chair gives {who} a seat of its own", work)
        if receipt is not None:
            self._book.sat_down(who, receipt.seats[0].id, claimed=False, now=self._now, own=True)

    async def _remove(self, who: int, act: Act) -> None:
        seats = self._sitting(who) or self._council.delegations
        await self._remove_seat(seats[act.seat % len(seats)])

    async def _remove_seat(self, seat: SeatId) -> None:
        if await self._ask(f"a chair removes seat {seat}", self._services.seating.remove(*self._chair, seat)):
            self._book.removed.add(seat)

    async def _bar(self, who: int, act: Act) -> None:
        person = member(who).person
        if await self._ask(f"a chair bars {who}", self._services.seating.bar(*self._chair, person)):
            self._book.barred.add(who)
            if self._round is None:
                self._book.stood_up_everywhere(who, now=self._now, sitting=True)

    async def _unbar(self, who: int, act: Act) -> None:
        who = min(self._book.barred, default=who)
        person = member(who).person
        if await self._ask(f"a chair lifts the bar of {who}", self._services.seating.unbar(*self._chair, person)):
            self._book.barred.discard(who)

    async def _seating(self, who: int, act: Act) -> None:
        typed = {"open_seating": ("yes", "no")[act.word % 2], "claims": ("yes", "no")[act.word // 2 % 2]}
        work = self._services.councils.change_rules(*self._chair, group="seating", typed=typed)
        await self._ask(f"a chair changes the rules: {typed}", work)

    async def _conduct(self, who: int, act: Act) -> None:
        """What a chair does with a round, as that stands."""
        rounds, chair = self._services.rounds, self._chair
        if self._round is None:
            await self._ask("a chair opens a round", rounds.open(*chair))
        elif act.word == 6:
            await self._ask("a chair cancels the round", rounds.cancel(*chair, self._round))
        elif self._status is RoundStatus.PAUSED:
            await self._ask("a chair resumes the round", rounds.resume(*chair))
        elif self._status is RoundStatus.DEBATE:
            await self._pass_time(timedelta(hours=1))
        elif act.word < 6:
            await self._close()
        else:
            other = rounds.pause(*chair) if act.word < 9 else rounds.extend(*chair, "1h")
            await self._ask("a chair pauses or extends the round", other)
        self._look()

    async def _close(self) -> None:
        assert self._round is not None
        await self._ask("a chair closes the round", self._services.rounds.close(*self._chair, self._round))
        self._look()

    async def _deadline(self, who: int, act: Act) -> None:
        """Wait for the deadline of the round that runs."""
        listed = self._store.rows("SELECT closes_at FROM rounds WHERE id = ?", self._latest)
        closes_at = datetime.fromisoformat(f"{listed[0][0]}+00:00")
        await self._pass_time(max(closes_at - self._clock.now(), timedelta(0)))

    async def _pass_time(self, by: timedelta) -> None:
        self._clock.advance(by)
        await self._ask(f"{by} pass", self._services.timetable.settle_due())
        self._look()

    # -- the book's keeping

    def _look(self) -> None:
        """What has become of the round; one that was closed is held against the book."""
        if self._round is not None:
            [(status,)] = self._store.rows("SELECT status FROM rounds WHERE id = ?", self._round)
            self._status = RoundStatus(status)
            if self._status not in RUNNING:
                if self._status is RoundStatus.CLOSED:
                    self._compare(self._round, {})
                self._book.round_over(ruled=self._status is RoundStatus.CLOSED)
                self._round = None
        found = "SELECT id, status FROM rounds WHERE council = ? AND status IN ('debate', 'open')"
        for round_id, status in self._store.rows(found, self._council.id):
            self._round, self._status = RoundId(round_id), RoundStatus(status)
            if self._status is RoundStatus.OPEN and self._book.opened is None:
                self._book.voting_opened(now=self._now)

    def _compare(self, round_id: RoundId, proxied: dict[tuple[IssueId, SeatId], tuple[str, bool]]) -> None:
        """Hold the round's ballots, those that come by proxy, and what the rulings have counted against the book."""
        stored = "SELECT issue, seat, position, proxy FROM ballots WHERE round = ?"
        counted = dict(proxied)
        for issue, seat, position, proxy in self._store.rows(stored, round_id):
            counted[IssueId(issue), SeatId(seat)] = (position, proxy is not None)
        self._book.counted(counted)
        for issue, text in self._store.rows("SELECT issue, ruling FROM rulings WHERE round = ?", round_id):
            self.rulings += 1
            told = {position.value: count.seats for position, count in _counts(text) if count.seats}
            mine = [position for (of, _), (position, _) in counted.items() if of == issue]
            if told != {position: mine.count(position) for position in mine}:
                raise BrokenLaw(f"the ruling on issue {issue} counts {told}, but cast was {mine}")

    async def _ask(self, words: str, work: Awaitable[Answer]) -> Answer | None:
        """The answer; None where it was refused."""
        self._clock.advance(timedelta(seconds=1))
        self._now += 1
        try:
            answer = await work
        except DomainError as refusal:
            self.refused += 1
            self.lines.append(f"{words}: {refusal.code}")
            return None
        self.done[self._kind] += 1
        self.lines.append(words)
        return answer

    def _as(self, who: int) -> tuple[Any, Any]:
        return self._council.channel, member(who)

    @property
    def _chair(self) -> tuple[Any, Any]:
        return self._council.channel, CHAIR

    @property
    def _latest(self) -> RoundId:
        return self._round or self._council.round

    def _sitting(self, who: int) -> list[SeatId]:
        return [seat for seat in self._book.seats_of(who) if seat not in self._book.removed]

    def _chosen(self, who: int, act: Act) -> SeatId | None:
        """One of the seats that it holds, none named, or now and then one that it may not hold."""
        if act.word == 11:
            return self._council.delegations[act.seat]
        seats = [*self._book.seats_of(who), None]
        return seats[act.seat % len(seats)]

    @staticmethod
    def _issue_or_round(act: Act) -> int | None:
        return (None, None, 1, 2)[act.word // 3]


def _counts(text: str) -> Any:
    return ruling_from_data(json.loads(text)).tally.counts.items()
