"""The transaction of a group of ballots: what they are decided on, and what is stored for them.

It is asked for far more often than any other, and so each half of it as a whole.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from deliberation.categories import Position
from deliberation.councils import Council
from deliberation.ids import CouncilId, IssueId, PersonId, RoundId
from deliberation.record import Event
from deliberation.rounds import Ballot, DocketEntry, Round

from .ballots import BallotEvent, BallotKey
from .posts import Message, PostKind, Redraw
from .record import RunningSum
from .seats import Voter


class Grounds(NamedTuple):
    """What ballots are decided on: the rounds in order of id, their councils, running sums and dockets (by place), the
    seats that the voters hold there, how these have voted so far, and where the messages stand that show it.

    `now` was read once the rounds were locked, and everything but the rounds themselves after that.
    """

    now: datetime
    rounds: Mapping[RoundId, Round]
    councils: Mapping[CouncilId, Council]
    sums: Mapping[RoundId, RunningSum]
    dockets: Mapping[RoundId, tuple[DocketEntry, ...]]
    voters: tuple[Voter, ...]
    positions: Mapping[BallotKey, Position]
    messages: Mapping[tuple[PostKind, int], Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a group of ballots comes to: the ballots as they stand now, every line of their history, the running sums
    that they leave, what each council's record tells of them, and the messages to be redrawn."""

    ballots: Sequence[Ballot]
    events: Sequence[BallotEvent]
    sums: Mapping[RoundId, RunningSum]
    entered: Mapping[CouncilId, Sequence[Event]]
    redraws: Sequence[Redraw]


class CastingRepository(Protocol):
    async def gather(
        self, *, rounds: Collection[RoundId], issues: Collection[IssueId], people: Collection[PersonId]
    ) -> Grounds:
        """Lock the rounds against closers and against other transactions' ballots until the transaction ends; then read
        the clock, so that it tells an instant later than that of every ballot that is found; then the rest. Rounds that
        do not exist are left out."""
        ...

    async def store(self, outcome: Outcome) -> None:
        """Store all of it, and append the events to the councils' records, which are locked until the transaction
        ends. Of the ballots no two are one seat's on one issue."""
        ...
