"""Repositories of what a council deliberates on: issues, rounds, ballots, reasons, rulings.

`get` raises LookupError where nothing is found, `find` answers None, `list_…` a tuple in a stated order. Every instant
is aware and in UTC.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from deliberation.categories import Position
from deliberation.ids import CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.issues import Issue
from deliberation.reasons import Reason
from deliberation.rounds import Ballot, DocketEntry, Entitlement, Round, RoundStatus
from deliberation.rules import Rules
from deliberation.rulings import Ruling
from deliberation.seats import Seat
from deliberation.standings import Standing
from deliberation.tallies import SeatBallot, Tally
from deliberation.texts import IssueText

from .values import BallotEvent, BallotKey, Draft, DueRound, GivenReason, RunningSum


class IssueRepository(Protocol):
    async def add(
        self,
        *,
        council: CouncilId,
        number: int,
        text: IssueText,
        proposer: PersonId,
        at: datetime,
        replaces: int | None = None,
    ) -> Issue: ...
    async def get(self, issue: IssueId) -> Issue: ...
    async def find(self, council: CouncilId, number: int) -> Issue | None: ...
    async def list_in(self, council: CouncilId) -> tuple[Issue, ...]:
        """Every issue, withdrawn ones too, by number."""
        ...

    async def merged(self, council: CouncilId) -> tuple[Issue, ...]:
        """Those that were merged into others, by number."""
        ...

    async def last_number(self, council: CouncilId) -> int:
        """The highest number given out, 0 where there is none."""
        ...

    async def text(self, issue: IssueId, version: int) -> IssueText: ...
    async def put_standing(self, issue: IssueId, standing: Standing, *, before: Standing) -> None: ...
    async def mark_ruled(self, issues: Iterable[IssueId], *, round_number: int) -> None:
        """The round has ruled on them: sets `ruled` and `last_round`."""
        ...

    async def withdraw(self, issue: IssueId, *, at: datetime) -> None: ...
    async def amend(self, issue: IssueId, text: IssueText, *, author: PersonId, at: datetime) -> Issue:
        """Store the next version of the text; the earlier ones are kept."""
        ...

    async def merge(self, issue: IssueId, *, into: int) -> None:
        """`into`: the number of the other issue."""
        ...

    async def hide(self, issue: IssueId, *, note: str) -> None: ...
    async def show(self, issue: IssueId) -> None:
        """A hidden issue is under discussion again."""
        ...

    async def second(self, issue: IssueId, seat: SeatId, *, at: datetime) -> bool:
        """Store that the seat wants the issue looked at again; False where it had said so before."""
        ...

    async def clear_seconds(self, issue: IssueId) -> None: ...


class DraftRepository(Protocol):
    async def put(self, draft: Draft, *, at: datetime) -> None:
        """Replaces an earlier draft of that council, person, kind and subject. A member's oldest drafts go where there
        are too many."""
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
        status: RoundStatus = RoundStatus.OPEN,
    ) -> Round:
        """Add a round that is OPEN, with its docket (in that order) and its entitled seats, frozen; or one in DEBATE,
        which has no entitled seats yet. Raises RoundIsOpen where another is running: the database itself allows one
        running round a council."""
        ...

    async def start_voting(
        self, round_: Round, *, before: Round, docket: Sequence[Issue], entitled: Sequence[Seat]
    ) -> None:
        """The debate is over: store the round's status, rules and deadlines, and freeze docket and seats anew."""
        ...

    async def get(self, round_id: RoundId) -> Round: ...
    async def find(self, council: CouncilId, number: int) -> Round | None: ...
    async def find_running(self, council: CouncilId) -> Round | None:
        """The council's running round: in debate, open, paused or closing."""
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
        """The rounds, in order of id, locked against closers and against other transactions' ballots until the
        transaction ends: the instant that it reads afterwards is later than that of every ballot that it finds. Rounds
        that do not exist are left out."""
        ...

    async def claim_due(self, round_id: RoundId, now: datetime) -> Round | None:
        """Claim the round as `closing`. None where it is not open, not due at `now`, or held by another transaction."""
        ...

    async def list_due(self, now: datetime) -> tuple[DueRound, ...]:
        """Every round whose debate or voting is due to end at `now`, locked or not, and every closing one, the earliest
        first; but for councils that are set back, as in the two below."""
        ...

    async def put(self, round_: Round, *, before: Round) -> None:
        """Store what of a round's status, instants and marks is not as before; not its rules."""
        ...

    async def docket(self, rounds: Iterable[RoundId]) -> dict[RoundId, tuple[DocketEntry, ...]]:
        """Each round's docket by place; an entry for every round asked for."""
        ...

    async def count_entitled(self, round_id: RoundId) -> int: ...
    async def entitled_sum(self, round_id: RoundId) -> tuple[int, int, int]:
        """Of the entitled seats: how many there are, their weight, and how many have a veto."""
        ...

    async def find_entitlements(
        self, pairs: Iterable[tuple[RoundId, SeatId]]
    ) -> dict[tuple[RoundId, SeatId], Entitlement]: ...
    async def entitle(self, entitlements: Sequence[Entitlement]) -> None: ...
    async def earliest_due(self) -> datetime | None:
        """The first end of a debate or of voting; for a closing round, whatever is past. Paused rounds have none."""
        ...

    async def list_open_to_early_close(self, now: datetime) -> tuple[tuple[CouncilId, RoundId], ...]:
        """The open rounds whose rules close them once everybody has voted, and their councils."""
        ...


class SumRepository(Protocol):
    async def find(self, rounds: Iterable[RoundId]) -> dict[RoundId, RunningSum]:
        """The running sums of those rounds that have one."""
        ...

    async def put(self, sums: Mapping[RoundId, RunningSum]) -> None:
        """Insert or replace."""
        ...

    async def end(self, round_id: RoundId) -> None:
        """The round is over: its sum, and the salt of its commitments, are needed no more."""
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

    async def caster(self, ballot: BallotKey) -> PersonId | None:
        """Who cast the ballot as it stands; None where it came by proxy."""
        ...

    async def decided_by(self, person: PersonId, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[SeatId, ...]:
        """Those of the seats of which a ballot stands that the person cast, by id."""
        ...

    async def by_proxy(self, round_id: RoundId) -> tuple[Ballot, ...]:
        """Those that came by proxy, by issue and seat."""
        ...

    async def shifts(self, round_id: RoundId, *, since: RoundId) -> dict[IssueId, dict[Position, int]]:
        """Counted in SQL: of the seats with a ballot on the issue in both rounds, how many came to each position from
        another one. No entry where none did."""
        ...

    async def of_seats(self, round_id: RoundId, seats: Iterable[SeatId]) -> tuple[Ballot, ...]: ...
    async def positions(self, round_id: RoundId, seats: Iterable[SeatId]) -> dict[BallotKey, Position]:
        """What `of_seats` says, shorter."""
        ...

    async def tally(self, round_id: RoundId, issue: IssueId | None = None) -> dict[IssueId, Tally]:
        """Counted in SQL from the ballots: an entry for every issue on the docket, or for this one. No blocs."""
        ...

    async def count_voted(self, round_id: RoundId) -> int:
        """Seats with a ballot on anything in the round."""
        ...

    async def seats_missing(self, round_id: RoundId) -> tuple[SeatId, ...]:
        """Entitled seats that lack a ballot on some issue of the docket that is not withdrawn, by id."""
        ...

    async def count_missing(self, round_id: RoundId) -> int:
        """How many `seats_missing` there are."""
        ...


class ReasonRepository(Protocol):
    async def put(self, reasons: Sequence[GivenReason]) -> None:
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

    async def newest_of_round(self, round_id: RoundId) -> tuple[Reason, ...]:
        """For each issue and position the newest reason that still goes with its ballot, by issue."""
        ...


class RulingRepository(Protocol):
    async def add(self, round_id: RoundId, rulings: Mapping[IssueId, Ruling]) -> None: ...
    async def of_round(self, round_id: RoundId) -> dict[IssueId, Ruling]: ...
    async def of_issues(self, issues: Iterable[IssueId]) -> dict[IssueId, tuple[tuple[Round, Ruling], ...]]:
        """Each issue's rulings with their rounds, the oldest first; an entry for every issue asked for."""
        ...
