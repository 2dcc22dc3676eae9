"""Delegates with opinions of their own: their opinion on an issue, what they say, and how reasons move them.

Opinions follow the bounded-confidence model (Deffuant and others, Mixing beliefs among interacting agents, 2000): a
reason moves delegates a little towards it, unless their opinion is too far from it. So opinions that are close converge
over the rounds, and an issue on which the council is divided stays contested.
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from deliberation.categories import Position

from .agenda import Agenda

CONFIDENCE = 0.3
"""How far from an opinion, on the scale of 0 to 1, a reason may be and still be listened to."""
MOVED = 0.04
"""The part of the distance by which one reason moves its reader."""
FIRM = 0.10
"""How far reasons can move a delegate in total: delegates have instructions."""

ADJUSTMENT_FROM = 0.34
PROHIBITED_FROM = 0.70
STANDS_FOR = {Position.INDEPENDENT: 0.17, Position.ADJUSTMENT: 0.52, Position.PROHIBITED: 0.85}
"""Where on the scale a reason for a position is: the middle of the range of that position."""


def position_of(openness: float) -> Position:
    """The ballot of a delegate that is this ready, from 0 to 1, to see an action restricted."""
    if openness >= PROHIBITED_FROM:
        return Position.PROHIBITED
    return Position.ADJUSTMENT if openness >= ADJUSTMENT_FROM else Position.INDEPENDENT


def listen(openness: float, heard: float) -> float:
    """The opinion after hearing a reason that is at `heard`: nearer to it, or unchanged where it is too far away."""
    distance = heard - openness
    return openness + MOVED * distance if abs(distance) <= CONFIDENCE else openness


@dataclass(slots=True)
class Opinion:
    """A delegate's readiness to see one action restricted: at the beginning and now."""

    began: float
    now: float
    swayed_by: str | None = None
    """The seat whose reason last moved the opinion to another position."""


@dataclass(slots=True)
class Delegate:
    """One delegation's opinions, by the titles of issues. `country`: ISO 3166 alpha-2."""

    country: str
    seed: int
    opinions: dict[str, Opinion] = field(default_factory=dict)

    def opinion_on(self, title: str, agenda: Agenda) -> Opinion:
        """The delegate's opinion on the issue. On an unknown issue the delegate forms one, the same for the same
        seed."""
        if title not in self.opinions:
            item = agenda.find(title)
            known = None if item is None else item.openness.get(self.country, item.openness.get("otherwise"))
            began = self._first_thought(title) if known is None else known
            self.opinions[title] = Opinion(began=began, now=began)
        return self.opinions[title]

    def choose(self, title: str, agenda: Agenda) -> Position:
        """The position for which the delegate would vote now."""
        return position_of(self.opinion_on(title, agenda).now)

    def hear(self, title: str, agenda: Agenda, *, position: Position | None, seat: str) -> None:
        """Listen to a reason that `seat` gave. One for abstaining, or for no position, moves nobody."""
        if position is None or position not in STANDS_FOR:
            return
        opinion = self.opinion_on(title, agenda)
        before = position_of(opinion.now)
        moved = listen(opinion.now, STANDS_FOR[position])
        opinion.now = min(max(moved, opinion.began - FIRM), opinion.began + FIRM)
        if position_of(opinion.now) is not before:
            opinion.swayed_by = seat

    def _first_thought(self, title: str) -> float:
        return random.Random(f"{self.seed} {self.country} {title}").betavariate(2, 2)  # noqa: S311 - a play, no secret


@dataclass(slots=True)
class Speech:
    """The reasons that delegates give: each is used by as few of them as the stock allows."""

    agenda: Agenda
    said: Counter[tuple[str, str]] = field(default_factory=Counter)
    used: dict[tuple[str, str, Position], str] = field(default_factory=dict)

    def reason(self, delegate: Delegate, title: str, position: Position) -> str:
        """The delegate's reason for a position: always the same one, with a reference to the seat that persuaded
        them."""
        key = (delegate.country, title, position)
        if key not in self.used:
            stock = self._stock(delegate.country, title, position)
            self.used[key] = min(stock, key=lambda text: self.said[title, text])
            self.said[title, self.used[key]] += 1
        opinion = delegate.opinion_on(title, self.agenda)
        if opinion.swayed_by is not None and position_of(opinion.began) is not position:
            return self.agenda.persuaded.format(seat=opinion.swayed_by, reason=self.used[key])
        return self.used[key]

    def _stock(self, country: str, title: str, position: Position) -> Sequence[str]:
        item = self.agenda.find(title)
        if item is None:
            return self.agenda.otherwise[position]
        own = item.own.get(country, {}).get(position)
        return item.reasons[position] if own is None else (own,)
