"""Issues with the wording that is theirs now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import col, select

from deliberation.categories import Category
from deliberation.ids import CouncilId, IssueId, PersonId, SeatId
from deliberation.issues import Issue, IssueStatus
from deliberation.rulings.standings import Standing
from deliberation.texts import IssueText
from storage.tables import IssueRow, IssueSecondRow, IssueVersionRow

from .repository import Repository, chunks, differing, found

_SECONDS = select(func.count()).where(IssueSecondRow.issue == IssueRow.id).correlate(IssueRow).scalar_subquery()
_ISSUES = select(IssueRow, IssueVersionRow, _SECONDS).join(
    IssueVersionRow,
    (col(IssueVersionRow.issue) == IssueRow.id) & (col(IssueVersionRow.version) == IssueRow.version),
)


class Issues(Repository):
    async def add(
        self,
        *,
        council: CouncilId,
        number: int,
        text: IssueText,
        proposer: PersonId,
        at: datetime,
        replaces: int | None = None,
    ) -> Issue:
        row = IssueRow(
            council=council,
            number=number,
            version=1,
            status=IssueStatus.OPEN.value,
            proposer=proposer,
            proposed_at=at,
            withdrawn_at=None,
            last_round=0,
            ruled=False,
            replaces=replaces,
            merged_into=None,
            note="",
            salt=self._changes.salt(),
            **_standing_values(Standing()),
        )
        await self._add(row)
        await self._write(IssueId(row.id), 1, text, author=proposer, at=at)
        return await self.get(IssueId(row.id))

    async def amend(self, issue: IssueId, text: IssueText, *, author: PersonId, at: datetime) -> Issue:
        next_version = update(IssueRow).where(col(IssueRow.id) == issue).values(version=IssueRow.version + 1)
        numbered = (await self._session.exec(next_version.returning(col(IssueRow.version)))).scalar()
        version = found(numbered, "issue", issue)
        self._changes.note(IssueRow, {"id": issue, "version": version})
        await self._write(issue, version, text, author=author, at=at)
        return await self.get(issue)

    async def _write(self, issue: IssueId, version: int, text: IssueText, *, author: PersonId, at: datetime) -> None:
        await self._add(
            IssueVersionRow(
                issue=issue,
                version=version,
                title=text.title,
                action=text.action,
                why=text.why,
                author=author,
                written_at=at,
                salt=self._changes.salt(),
            )
        )

    async def get(self, issue: IssueId) -> Issue:
        return _issue(*found((await self._session.exec(_ISSUES.where(IssueRow.id == issue))).first(), "issue", issue))

    async def find(self, council: CouncilId, number: int) -> Issue | None:
        numbered = _ISSUES.where(IssueRow.council == council, IssueRow.number == number)
        row = (await self._session.exec(numbered)).first()
        return None if row is None else _issue(*row)

    async def list_in(self, council: CouncilId) -> tuple[Issue, ...]:
        listed = _ISSUES.where(IssueRow.council == council).order_by(col(IssueRow.number))
        return tuple(_issue(*row) for row in await self._session.exec(listed))

    async def merged(self, council: CouncilId) -> tuple[Issue, ...]:
        merged = _ISSUES.where(IssueRow.council == council, col(IssueRow.merged_into).is_not(None))
        return tuple(_issue(*row) for row in await self._session.exec(merged.order_by(col(IssueRow.number))))

    async def last_number(self, council: CouncilId) -> int:
        last = select(func.max(IssueRow.number)).where(IssueRow.council == council)
        return (await self._session.exec(last)).one() or 0

    async def text(self, issue: IssueId, version: int) -> IssueText:
        wording = select(IssueVersionRow).where(IssueVersionRow.issue == issue, IssueVersionRow.version == version)
        return _text(found((await self._session.exec(wording)).first(), "text", issue, version))

    async def put_standing(self, issue: IssueId, standing: Standing, *, before: Standing) -> None:
        changed = differing(_standing_values(standing), _standing_values(before))
        await self._update(IssueRow, {"id": issue}, changed)

    async def mark_ruled(self, issues: Iterable[IssueId], *, round_number: int) -> None:
        marked = {"ruled": True, "last_round": round_number}
        for chunk in chunks(issues):
            await self._session.exec(update(IssueRow).where(col(IssueRow.id).in_(chunk)).values(**marked))
            for issue in chunk:
                self._changes.note(IssueRow, {"id": issue, **marked})

    async def withdraw(self, issue: IssueId, *, at: datetime) -> None:
        await self._mark(issue, IssueStatus.WITHDRAWN, withdrawn_at=at)

    async def merge(self, issue: IssueId, *, into: int) -> None:
        await self._mark(issue, IssueStatus.MERGED, merged_into=into)

    async def hide(self, issue: IssueId, *, note: str) -> None:
        await self._mark(issue, IssueStatus.HIDDEN, note=note)

    async def show(self, issue: IssueId) -> None:
        await self._mark(issue, IssueStatus.OPEN, note="")

    async def _mark(self, issue: IssueId, status: IssueStatus, **values: Any) -> None:
        await self._update(IssueRow, {"id": issue}, {"status": status.value, **values})

    async def second(self, issue: IssueId, seat: SeatId, *, at: datetime) -> bool:
        row = {"issue": issue, "seat": seat, "at": at}
        seconded = await self._changed(self._insert(IssueSecondRow).values(**row).on_conflict_do_nothing())
        if seconded:
            self._changes.note(IssueSecondRow, row)
        return seconded

    async def clear_seconders(self, issue: IssueId) -> None:
        await self._delete(IssueSecondRow, col(IssueSecondRow.issue) == issue)


def _standing_values(standing: Standing) -> dict[str, Any]:
    return {
        "category": standing.category.word,
        "sustained": standing.sustained,
        "wavering": standing.wavering,
        "under_review": standing.under_review,
    }


def _text(row: IssueVersionRow) -> IssueText:
    return IssueText(title=row.title, action=row.action, why=row.why)


def _issue(row: IssueRow, wording: IssueVersionRow, seconds: int) -> Issue:
    return Issue(
        id=IssueId(row.id),
        council=CouncilId(row.council),
        number=row.number,
        version=row.version,
        text=_text(wording),
        status=IssueStatus(row.status),
        standing=Standing(
            category=Category.of(row.category),
            sustained=row.sustained,
            wavering=row.wavering,
            under_review=row.under_review,
        ),
        proposer=PersonId(row.proposer),
        proposed_at=row.proposed_at,
        last_round=row.last_round,
        ruled=row.ruled,
        seconders=seconds,
        replaces=row.replaces,
        merged_into=row.merged_into,
        note=row.note,
    )
