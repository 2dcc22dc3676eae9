"""The repository of issues: their texts, standings and seconders."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from deliberation.ids import CouncilId, IssueId, PersonId, SeatId
from deliberation.issues import Issue
from deliberation.rulings.standings import Standing
from deliberation.texts import IssueText


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
        """Store the next version of the text; earlier ones stay stored."""
        ...

    async def merge(self, issue: IssueId, *, into: int) -> None:
        """`into`: the number of the other issue."""
        ...

    async def hide(self, issue: IssueId, *, note: str) -> None: ...
    async def show(self, issue: IssueId) -> None:
        """Put a hidden issue under discussion again."""
        ...

    async def second(self, issue: IssueId, seat: SeatId, *, at: datetime) -> bool:
        """Store that the seat seconds the issue, or its review. Returns False where it had done so before."""
        ...

    async def clear_seconders(self, issue: IssueId) -> None: ...
