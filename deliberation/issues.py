"""Issues: actions or policies under discussion, and what may be done with one at which time (PRODUCT §4)."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from deliberation.rulings.standings import Standing

from .categories import Category
from .errors import DomainError
from .ids import CouncilId, IssueId, PersonId
from .texts import IssueText

MOST_A_DAY = 10
"""How many issues a member may put up within a day; the limit does not apply to chairs."""


class NoSuchIssue(DomainError):
    """The council has no issue with that number. Parameters: `given`, `last` (the highest number, or 0)."""

    code: ClassVar[str] = "no_such_issue"


class IssuesTooMany(DomainError):
    """The member has put up as many issues within a day as are allowed. Parameters: `limit`, `again_at`."""

    code: ClassVar[str] = "issues_too_many"


class NotProposer(DomainError):
    """Only its proposer may withdraw an issue. Parameter: `number`."""

    code: ClassVar[str] = "not_proposer"


class AlreadyRuled(DomainError):
    """A round has ruled on the issue; it can no longer be withdrawn. Parameter: `number`."""

    code: ClassVar[str] = "already_ruled"


class IssueWithdrawn(DomainError):
    """The issue was withdrawn. Parameter: `number`."""

    code: ClassVar[str] = "issue_withdrawn"


class ReviewNotNeeded(DomainError):
    """Only a prohibited issue is reviewed; any other comes up again without that. Parameter: `number`."""

    code: ClassVar[str] = "review_not_needed"


class ReviewUnderWay(DomainError):
    """The review has its seconders already. Parameter: `number`."""

    code: ClassVar[str] = "review_under_way"


class ReviewAskedAlready(DomainError):
    """The seat asked for this review or seconded it before. Parameters: `number`, `seconders`, `needed`."""

    code: ClassVar[str] = "review_asked_already"


class IssueMerged(DomainError):
    """The issue was merged into another. Parameters: `number`, `into` (the other's number)."""

    code: ClassVar[str] = "issue_merged"


class IssueHidden(DomainError):
    """A chair has hidden the issue. Parameter: `number`."""

    code: ClassVar[str] = "issue_hidden"


class IssueNotHidden(DomainError):
    """Only a hidden issue can be shown again. Parameter: `number`."""

    code: ClassVar[str] = "issue_not_hidden"


class MergeWithItself(DomainError):
    """An issue is merged into another one. Parameter: `number`."""

    code: ClassVar[str] = "merge_with_itself"


class AmendNeedsChair(DomainError):
    """This text is changed only by a chair's editorial amendment: it is somebody else's, or the issue has left
    independent. Parameter: `number`."""

    code: ClassVar[str] = "amend_needs_chair"


class VoteIsOpen(DomainError):
    """The issue is being voted on, and until that is over its text stays as it is. Parameters: `number`,
    `closes_at`."""

    code: ClassVar[str] = "vote_is_open"


class SecondNotNeeded(DomainError):
    """The issue needs no (more) seconders to be voted on. Parameter: `number`."""

    code: ClassVar[str] = "second_not_needed"


class SecondOfOwn(DomainError):
    """Others second an issue, not its proposer. Parameter: `number`."""

    code: ClassVar[str] = "second_of_own"


class SecondedAlready(DomainError):
    """The seat has seconded the issue before. Parameters: `number`, `seconders`, `needed`."""

    code: ClassVar[str] = "seconded_already"


class IssueNotReady(DomainError):
    """The issue cannot be on the next docket: it is prohibited without a review, or lacks seconders. Parameters:
    `number`, `seconders` (how many seconders it still lacks; 0: it needs a review)."""

    code: ClassVar[str] = "issue_not_ready"


class DocketTooLong(DomainError):
    """More issues were chosen than the rules allow on a docket. Parameters: `given`, `limit`."""

    code: ClassVar[str] = "docket_too_long"


class IssueStatus(StrEnum):
    """Whether an issue is still under discussion."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An action or policy under discussion, numbered per council.

    `version` counts its texts from 1. `last_round`: the number of the last round that had it on its docket, 0 if none.
    `ruled`: whether any round has ruled on it. `seconders`: how many seats second it, or its review. `replaces` and
    `merged_into`: the numbers of other issues of the council; `note`: why a chair has hidden it.
    """

    id: IssueId
    council: CouncilId
    number: int
    version: int
    text: IssueText
    status: IssueStatus = IssueStatus.OPEN
    standing: Standing = field(default_factory=Standing)
    proposer: PersonId
    proposed_at: datetime
    last_round: int = 0
    ruled: bool = False
    seconders: int = 0
    replaces: int | None = None
    merged_into: int | None = None
    note: str = ""

    @property
    def category(self) -> Category:
        return self.standing.category

    @property
    def may_be_voted(self) -> bool:
        """Whether it can be on a docket once it has its seconders: a prohibited issue returns only when a review asks
        for it."""
        return self.status is IssueStatus.OPEN and (
            self.category is not Category.PROHIBITED or self.standing.under_review
        )

    def lacks_seconders(self, needed: int) -> int:
        """How many seconders it lacks for its first docket, where `needed` seats must second an issue."""
        return 0 if self.last_round or self.category is not Category.INDEPENDENT else max(0, needed - self.seconders)

    def is_ready(self, *, seconders: int) -> bool:
        """Whether it can be on the next docket, where `seconders` seats must second an issue."""
        return self.may_be_voted and not self.lacks_seconders(seconders)

    def require_open(self) -> None:
        """Raises IssueWithdrawn, IssueMerged or IssueHidden where it is no longer under discussion."""
        match self.status:
            case IssueStatus.WITHDRAWN:
                raise IssueWithdrawn(number=self.number)
            case IssueStatus.MERGED:
                raise IssueMerged(number=self.number, into=self.merged_into)
            case IssueStatus.HIDDEN:
                raise IssueHidden(number=self.number)
            case IssueStatus.OPEN:
                return

    def require_amendable(self, by: PersonId, *, chair: bool) -> None:
        """Raises as `require_open`, or AmendNeedsChair: at *independent* the proposer may amend, a chair always.

        Whether a vote on it is open is checked elsewhere, by the round (VoteIsOpen).
        """
        self.require_open()
        if not chair and (self.proposer != by or self.category is not Category.INDEPENDENT):
            raise AmendNeedsChair(number=self.number)

    def require_withdrawable(self, by: PersonId) -> None:
        """Raises as `require_open`, NotProposer or AlreadyRuled where `by` may not withdraw it."""
        self.require_open()
        if self.proposer != by:
            raise NotProposer(number=self.number)
        if self.ruled:
            raise AlreadyRuled(number=self.number)

    def require_reviewable(self) -> None:
        """Raises as `require_open`, ReviewNotNeeded or ReviewUnderWay where no review can be asked for."""
        self.require_open()
        if self.category is not Category.PROHIBITED:
            raise ReviewNotNeeded(number=self.number)
        if self.standing.under_review:
            raise ReviewUnderWay(number=self.number)


def require_room_for(by: PersonId, issues: Iterable[Issue], *, now: datetime) -> None:
    """Raises IssuesTooMany where `by` put up MOST_A_DAY of the council's issues within the last day."""
    day = timedelta(days=1)
    recent = sorted(issue.proposed_at for issue in issues if issue.proposer == by and issue.proposed_at > now - day)
    if len(recent) >= MOST_A_DAY:
        raise IssuesTooMany(limit=MOST_A_DAY, again_at=recent[-MOST_A_DAY] + day)


def choose_docket(issues: Iterable[Issue], *, limit: int, seconders: int = 0) -> tuple[Issue, ...]:
    """The issues of the next round: those not voted on for longest first, then the most seconded, then the oldest
    (PRODUCT §3)."""
    ready = [issue for issue in issues if issue.is_ready(seconders=seconders)]
    ready.sort(key=lambda issue: (issue.last_round, -issue.seconders, issue.number))
    return tuple(ready[:limit])


def chosen_docket(
    issues: Iterable[Issue], numbers: Iterable[int], *, limit: int, seconders: int = 0
) -> tuple[Issue, ...]:
    """The issues that a chair put on the docket, in the order given, each once.

    Raises NoSuchIssue, IssueNotReady, the errors of `Issue.require_open`, or DocketTooLong.
    """
    by_number = {issue.number: issue for issue in issues}
    chosen: list[Issue] = []
    for number in dict.fromkeys(numbers):
        issue = by_number.get(number)
        if issue is None:
            raise NoSuchIssue(given=number, last=max(by_number, default=0))
        issue.require_open()
        if not issue.is_ready(seconders=seconders):
            raise IssueNotReady(number=number, seconders=issue.lacks_seconders(seconders))
        chosen.append(issue)
    if len(chosen) > limit:
        raise DocketTooLong(given=len(chosen), limit=limit)
    return tuple(chosen)


def merged_with(issue: Issue, merged: Iterable[Issue]) -> tuple[Issue, ...]:
    """Of a council's merged issues, those that were merged into this one, directly or through another."""
    every, numbers = tuple(merged), {issue.number}
    while more := {other.number for other in every if other.merged_into in numbers} - numbers:
        numbers |= more
    return tuple(other for other in every if other.number in numbers and other.id != issue.id)
