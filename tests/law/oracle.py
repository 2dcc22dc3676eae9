"""What the test itself writes down of a council: who holds which seat and by whose doing, who tapped what for it.

Nothing here asks the product for anything but which of the things it was asked to do it did. From this the law is read
(PRODUCT §6): *no person has decided two counted ballots on one issue, but for seats that a chair gave it*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from deliberation.ids import IssueId, SeatId
from deliberation.rules import Secrecy

Key = tuple[IssueId, SeatId]


class Part(NamedTuple):
    """A time for which somebody held a seat. `claimed`: it took the seat by itself; `since`, `until`: when, counted in
    things done."""

    who: int
    seat: SeatId
    claimed: bool
    since: int
    until: int | None = None


class Decision(NamedTuple):
    """Who decided a ballot, and as what it held the seat. `position` None where it came by proxy."""

    who: int
    claimed: bool
    position: str | None
    at: int


class BrokenLaw(AssertionError):
    """Something happened that the rules of PRODUCT §6 exclude."""


@dataclass
class Book:
    """One council's book. `own`: the seats that are one person's; `opened`: when voting in the running round opened."""

    secrecy: Secrecy
    opened: int | None = None
    own: set[SeatId] = field(default_factory=set)
    removed: set[SeatId] = field(default_factory=set)
    barred: set[int] = field(default_factory=set)
    held: list[Part] = field(default_factory=list)
    past: list[Part] = field(default_factory=list)
    decided: dict[Key, Decision] = field(default_factory=dict)
    givers: dict[tuple[SeatId, IssueId | None], Part] = field(default_factory=dict)

    # -- who sits where

    def part(self, who: int, seat: SeatId) -> Part | None:
        return next((part for part in self.held if part.who == who and part.seat == seat), None)

    def seats_of(self, who: int) -> list[SeatId]:
        """What it holds, sitting or removed."""
        return [part.seat for part in self.held if part.who == who]

    def sat_down(self, who: int, seat: SeatId, *, claimed: bool, now: int, own: bool = False) -> None:
        """It holds the seat from now on."""
        if own:
            # A seat of one's own that a chair had removed is taken, or given, anew.
            self.stood_up(who, seat, now=now)
            self.own.add(seat)
        self.removed.discard(seat)
        if claimed:
            self._require_free(who, seat)
        self.held.append(Part(who, seat, claimed, now))

    def stood_up(self, who: int, seat: SeatId, *, now: int) -> None:
        part = self.part(who, seat)
        if part is not None:
            self.held.remove(part)
            self.past.append(part._replace(until=now))

    def stood_up_everywhere(self, who: int, *, now: int, sitting: bool = False) -> None:
        """As by an erasure; `sitting`: as by a bar, which leaves what was removed."""
        for seat in self.seats_of(who):
            if not (sitting and seat in self.removed):
                self.stood_up(who, seat, now=now)

    # -- the round

    def voting_opened(self, *, now: int) -> None:
        for who in self.barred:
            self.stood_up_everywhere(who, now=now, sitting=True)
        for part in [part for part in self.held if part.seat in self.removed]:
            self.stood_up(part.who, part.seat, now=now)
        self.opened = now
        self.decided.clear()

    def round_over(self, *, ruled: bool) -> None:
        """A round that was called off leaves the proxies for an issue."""
        self.opened = None
        self.decided.clear()
        self.givers = {} if ruled else {given: part for given, part in self.givers.items() if given[1] is not None}

    def voted(self, who: int, issue: IssueId, seat: SeatId, position: str, *, now: int) -> None:
        """A ballot was recorded."""
        part = self._voting(who, issue, seat)
        self.decided[issue, seat] = Decision(who, part.claimed, position, now)
        self._require_one_claim(who)

    def withdrew(self, who: int, issue: IssueId, seat: SeatId) -> None:
        self._voting(who, issue, seat)
        del self.decided[issue, seat]

    def gave_proxy(self, who: int, seat: SeatId, issue: IssueId | None) -> None:
        part = self.part(who, seat)
        assert part is not None
        self._require_in_time(part)
        self.givers[seat, issue] = part

    def took_proxy_back(self, seat: SeatId, issue: IssueId | None) -> None:
        self.givers.pop((seat, issue), None)

    # -- what must not happen

    def counted(self, ballots: Mapping[Key, tuple[str, bool]]) -> None:
        """What is counted: by issue and seat the position, and whether it came by proxy. Raises BrokenLaw."""
        own = {key: position for key, (position, by_proxy) in ballots.items() if not by_proxy}
        tapped = {key: decision.position for key, decision in self.decided.items()}
        if own != tapped:
            raise BrokenLaw(f"tapped was {tapped}, counted is {own}")
        decided = Counter(
            (decision.who, issue)
            for (issue, seat), (_, by_proxy) in ballots.items()
            for decision in self._deciders(issue, seat, by_proxy=by_proxy)
            if decision.claimed
        )
        for (who, issue), count in decided.items():
            if count > 1:
                raise BrokenLaw(f"member {who} has decided {count} ballots on issue {issue}")

    def _deciders(self, issue: IssueId, seat: SeatId, *, by_proxy: bool) -> Iterator[Decision]:
        """Behind a ballot by proxy stands whoever holds the seat, and where nobody does whoever gave the proxy."""
        if not by_proxy:
            yield self.decided[issue, seat]
            return
        holders = [part for part in self.held if part.seat == seat]
        giver = self.givers.get((seat, issue)) or self.givers[seat, None]
        for part in holders or [giver]:
            yield Decision(part.who, part.claimed, None, part.since)

    def _require_free(self, who: int, seat: SeatId) -> None:
        """A claimed seat that has voted is free again only after the close, and a secret round does not tell."""
        if self.opened is None or seat in self.own:
            return
        given_up = [part for part in self.past if part.seat == seat and part.claimed and self._in_round(part)]
        voted = self.secrecy is Secrecy.SECRET or any(key[1] == seat for key in self.decided)
        if given_up and voted:
            raise BrokenLaw(f"member {who} has claimed seat {seat}, which rests")

    def _voting(self, who: int, issue: IssueId, seat: SeatId) -> Part:
        """As what it votes. Raises BrokenLaw where it holds no such seat, or came to it too late."""
        part = self.part(who, seat)
        if part is None:
            raise BrokenLaw(f"member {who} has voted for seat {seat}, which it does not hold")
        assert self.opened is not None
        if seat in self.own or part.since <= self.opened:
            return part
        stood = self.decided.get((issue, seat))
        if stood is not None and stood.at <= part.since:
            raise BrokenLaw(f"member {who} has replaced a ballot of seat {seat} from before it came")
        self._require_in_time(part)
        return part

    def _require_in_time(self, part: Part) -> None:
        """Who came late to a secret round neither votes for a seat that others held in it nor lets another vote."""
        if self.secrecy is not Secrecy.SECRET or self.opened is None or part.since <= self.opened:
            return
        others = [other for other in (*self.held, *self.past) if other.seat == part.seat and other != part]
        if part.seat not in self.own and any(map(self._in_round, others)):
            raise BrokenLaw(f"member {part.who} came late to seat {part.seat} of a secret round")

    def _require_one_claim(self, who: int) -> None:
        """Nobody votes in a round for a seat that it claimed after it has voted for another that it claimed."""
        seats = {seat for (_, seat), decision in self.decided.items() if decision.who == who and decision.claimed}
        if len(seats) > 1:
            raise BrokenLaw(f"member {who} has voted for {len(seats)} seats that it claimed")

    def _in_round(self, part: Part) -> bool:
        return self.opened is not None and (part.until is None or part.until >= self.opened)
