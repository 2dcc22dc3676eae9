"""Repositories of what a council deliberates on: seats, issues, rounds, ballots, reasons, rulings.

`get` raises LookupError where nothing is found, `find` answers None, `list_…` a tuple in a stated order. Every instant
is aware and in UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deliberation.categories import Position
from deliberation.councils import Council
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, RoleId, RoundId, SeatId
from deliberation.issues import Issue
from deliberation.reasons import Reason
from deliberation.rounds import Ballot, DocketEntry, Entitlement, Round
from deliberation.rules import Rules
from deliberation.rulings import Ruling
from deliberation.seats import Seat, SeatKind
from deliberation.standings import Standing
from deliberation.tallies import SeatBallot, Tally
from deliberation.texts import IssueText

from .values import BallotEvent, BallotKey, Delegation, Draft, DueRound


class CouncilRepository(Protocol):
    async def add(
        self,
        *,
        guild: int,
        channel: ChannelId,
        name: str,
        language: str,
        rules: Rules,
        chair_role: RoleId | None,
        voter_role: RoleId | None,
        at: datetime,
    ) -> Council:
        """Raises CouncilExists where the channel has one."""
        ...

    async def get(self, council: CouncilId) -> Council: ...
    async def find_in(self, channel: ChannelId) -> Council | None: ...
    async def lock(self, council: CouncilId) -> Council:
        """The council, its row locked until the transaction ends: numbers are given out under this lock."""
        ...

    async def list_all(self) -> tuple[Council, ...]:
        """By id."""
        ...


class SeatRepository(Protocol):
    async def add(
        self,
        *,
        council: CouncilId,
        name: str,
        kind: SeatKind,
        country: str | None = None,
        weight: int = 1,
        veto: bool = False,
        observer: bool = False,
        may_abstain: bool = True,
        holders: Sequence[PersonId],
        at: datetime,
    ) -> Seat: ...
    async def add_delegations(
        self, council: CouncilId, delegations: Sequence[Delegation], *, at: datetime
    ) -> tuple[Seat, ...]:
        """Seat them all, each of weight 1; in the order given."""
        ...

    async def get(self, seat: SeatId) -> Seat: ...
    async def list_in(self, council: CouncilId) -> tuple[Seat, ...]:
        """Seats that have not been left, by name."""
        ...

    async def held_by(
        self, holders: Iterable[tuple[CouncilId, PersonId]]
    ) -> dict[tuple[CouncilId, PersonId], tuple[Seat, ...]]:
        """The seats, not left, that each person holds in each council; an entry for every pair asked for."""
        ...

    async def names(self, seats: Iterable[SeatId]) -> dict[SeatId, str]: ...
    async def leave(self, seat: SeatId, *, at: datetime) -> None: ...
    async def find_left(self, council: CouncilId, person: PersonId) -> Seat | None:
        """The seat of its own that the person left last."""
        ...

    async def return_to(self, seat: SeatId, person: PersonId, *, at: datetime) -> Seat:
        """The person holds the seat again that was left."""
        ...


class IssueRepository(Protocol):
    async def add(
        self, *, council: CouncilId, number: int, text: IssueText, proposer: PersonId, at: datetime
    ) -> Issue: ...
    async def get(self, issue: IssueId) -> Issue: ...
    async def find(self, council: CouncilId, number: int) -> Issue | None: ...
    async def list_in(self, council: CouncilId) -> tuple[Issue, ...]:
        """Every issue, withdrawn ones too, by number."""
        ...

    async def last_number(self, council: CouncilId) -> int:
        """The highest number given out, 0 where there is none."""
        ...

    async def text(self, issue: IssueId, version: int) -> IssueText: ...
    async def put_standing(self, issue: IssueId, standing: Standing) -> None: ...
    async def mark_ruled(self, issues: Iterable[IssueId], *, round_number: int) -> None:
        """The round has ruled on them: sets `ruled` and `last_round`."""
        ...

    async def withdraw(self, issue: IssueId, *, at: datetime) -> None: ...
    async def second(self, issue: IssueId, seat: SeatId, *, at: datetime) -> bool:
        """Store that the seat wants the issue looked at again; False where it had said so before."""
        ...

    async def clear_seconds(self, issue: IssueId) -> None: ...


class DraftRepository(Protocol):
    async def put(self, draft: Draft, *, at: datetime) -> None:
        """Replaces an earlier draft of that council, person, kind and subject."""
        ...

    async def find(self, *, council: CouncilId, person: PersonId, kind: str, subject: int) -> Draft | None: ...
    async def drop(self, *, council: CouncilId, person: PersonId, kind: str, subject: int) -> None: ...


class RoundRepository(Protocol):
    async def add(
        self,
        *,
        council: CouncilId,
        number: int,
        rules: Rules,
        opened_at: datetime,
        closes_at: datetime,
        scheduled: bool,
        docket: Sequence[Issue],
        entitled: Sequence[Seat],
    ) -> Round:
        """Open a round with its docket (in that order) and its entitled seats, frozen. Raises RoundIsOpen where another
        is open: the database itself allows one open or closing round a council."""
        ...

    async def get(self, round_id: RoundId) -> Round: ...
    async def find(self, council: CouncilId, number: int) -> Round | None: ...
    async def find_open(self, council: CouncilId) -> Round | None:
        """The council's open or closing round."""
        ...

    async def last(self, council: CouncilId) -> Round | None:
        """The round with the highest number."""
        ...

    async def list_in(self, council: CouncilId) -> tuple[Round, ...]:
        """By number."""
        ...

    async def lock(self, round_id: RoundId) -> Round:
        """The round, locked against ballots and closers until the transaction ends."""
        ...

    async def lock_for_ballots(self, rounds: Iterable[RoundId]) -> dict[RoundId, Round]:
        """The rounds, locked against closers but not against other ballots (`FOR SHARE`), in order of id. Rounds that
        do not exist are left out."""
        ...

    async def claim_due(self, now: datetime) -> Round | None:
        """Claim the earliest round that is open and due at `now` as `closing`; one whose row another transaction
        holds is skipped. None where there is none."""
        ...

    async def list_due(self, now: datetime) -> tuple[DueRound, ...]:
        """Every round that is open and due at `now`, locked or not, and every closing one, by deadline."""
        ...

    async def put(self, round_: Round) -> None:
        """Store a round's changed status, deadline and end."""
        ...

    async def docket(self, rounds: Iterable[RoundId]) -> dict[RoundId, tuple[DocketEntry, ...]]:
        """Each round's docket by place; an entry for every round asked for."""
        ...

    async def entitled(self, round_id: RoundId) -> tuple[Entitlement, ...]: ...
    async def find_entitlements(
        self, pairs: Iterable[tuple[RoundId, SeatId]]
    ) -> dict[tuple[RoundId, SeatId], Entitlement]: ...
    async def entitle(self, entitlements: Sequence[Entitlement]) -> None: ...
    async def earliest_deadline(self) -> datetime | None:
        """The first deadline of an open round; for a closing one, whatever is past."""
        ...


class BallotRepository(Protocol):
    async def find_many(self, keys: Iterable[BallotKey]) -> dict[BallotKey, Ballot]: ...
    async def put(self, ballots: Sequence[Ballot]) -> None:
        """Insert or replace."""
        ...

    async def remove(self, keys: Sequence[BallotKey]) -> None: ...
    async def add_events(self, events: Sequence[BallotEvent]) -> None: ...
    async def list_events(self, round_id: RoundId) -> tuple[BallotEvent, ...]:
        """In the order in which they happened."""
        ...

    async def of_issue(self, round_id: RoundId, issue: IssueId) -> tuple[SeatBallot, ...]:
        """Every entitled seat of the round with its position on the issue, by seat."""
        ...

    async def of_round(self, round_id: RoundId) -> tuple[Ballot, ...]:
        """By issue and seat."""
        ...

    async def of_seats(self, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[Ballot, ...]: ...
    async def tally(self, round_id: RoundId) -> dict[IssueId, Tally]:
        """Counted in SQL from the ballots: an entry for every issue on the docket. No blocs."""
        ...

    async def count_voted(self, round_id: RoundId) -> int:
        """Seats with a ballot on anything in the round."""
        ...

    async def seats_missing(self, round_id: RoundId) -> tuple[SeatId, ...]:
        """Entitled seats that lack a ballot on some issue of the docket that is not withdrawn, by id."""
        ...


class ReasonRepository(Protocol):
    async def put(self, reasons: Sequence[tuple[RoundId, IssueId, SeatId, Position, str, datetime]]) -> None:
        """Insert, or replace the seat's reason on that issue in that round."""
        ...

    async def latest(self, issue: IssueId, seat: SeatId) -> Reason | None:
        """The seat's last reason on the issue, of any round."""
        ...

    async def list_of_issue(self, issue: IssueId) -> tuple[Reason, ...]:
        """Of every round, the newest first."""
        ...

    async def list_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        """By issue, the newest first."""
        ...


class RulingRepository(Protocol):
    async def add(self, round_id: RoundId, rulings: Mapping[IssueId, Ruling]) -> None: ...
    async def of_round(self, round_id: RoundId) -> dict[IssueId, Ruling]: ...
    async def of_issues(self, issues: Iterable[IssueId]) -> dict[IssueId, tuple[tuple[Round, Ruling], ...]]:
        """Each issue's rulings with their rounds, the oldest first; an entry for every issue asked for."""
        ...
