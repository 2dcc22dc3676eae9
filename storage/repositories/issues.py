"""Issues with the wording that is theirs now."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update

from deliberation.categories import Category
from deliberation.ids import CouncilId, IssueId, PersonId, SeatId
from deliberation.issues import Issue, IssueStatus
from deliberation.rulings.standings import Standing
from deliberation.texts import IssueText
from storage.tables import issue_seconds, issue_versions
from storage.tables import issues as table

from .connected import Connected, chunks, differing, found
from .prepared import Prepared

_SECONDS = select(func.count()).select_from(issue_seconds).where(issue_seconds.c.issue == table.c.id).scalar_subquery()

_ISSUES = select(
    table, issue_versions.c.title, issue_versions.c.action, issue_versions.c.why, _SECONDS.label("seconds")
).join(issue_versions, (issue_versions.c.issue == table.c.id) & (issue_versions.c.version == table.c.version))

_GET = Prepared(_ISSUES.where(table.c.id == bindparam("of_id")))

_OF_COUNCIL = Prepared(_ISSUES.where(table.c.council == bindparam("of_council")).order_by(table.c.number), long=True)

_MERGED = Prepared(
    _ISSUES.where(table.c.council == bindparam("of_council"), table.c.merged_into.is_not(None)).order_by(table.c.number)
)

_NUMBERED = Prepared(
    _ISSUES.where(table.c.council == bindparam("of_council"), table.c.number == bindparam("of_number"))
)


class Issues(Connected):
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
        standing = Standing()
        issue = await self._insert(
            table,
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
            **_standing_values(standing),
        )
        await self._write(IssueId(issue), 1, text, author=proposer, at=at)
        return await self.get(IssueId(issue))

    async def amend(self, issue: IssueId, text: IssueText, *, author: PersonId, at: datetime) -> Issue:
        next_version = update(table).where(table.c.id == issue).values(version=table.c.version + 1)
        version = found(await self._first(next_version.returning(table.c.version)), "issue", issue).version
        self._changes.note(table, {"id": issue, "version": version})
        await self._write(issue, version, text, author=author, at=at)
        return await self.get(issue)

    async def _write(self, issue: IssueId, version: int, text: IssueText, *, author: PersonId, at: datetime) -> None:
        wording = {"title": text.title, "action": text.action, "why": text.why, "author": author, "written_at": at}
        row = {"issue": issue, "version": version, **wording, "salt": self._changes.salt()}
        await self._connection.execute(issue_versions.insert().values(**row))
        self._changes.note(issue_versions, row)

    async def get(self, issue: IssueId) -> Issue:
        return _issue(found(await self._first(_GET, of_id=issue), "issue", issue))

    async def find(self, council: CouncilId, number: int) -> Issue | None:
        row = await self._first(_NUMBERED, of_council=council, of_number=number)
        return None if row is None else _issue(row)

    async def list_in(self, council: CouncilId) -> tuple[Issue, ...]:
        return tuple(_issue(row) for row in await self._rows(_OF_COUNCIL, of_council=council))

    async def merged(self, council: CouncilId) -> tuple[Issue, ...]:
        return tuple(_issue(row) for row in await self._rows(_MERGED, of_council=council))

    async def last_number(self, council: CouncilId) -> int:
        return await self._value(select(func.max(table.c.number)).where(table.c.council == council)) or 0

    async def text(self, issue: IssueId, version: int) -> IssueText:
        wording = select(issue_versions).where(issue_versions.c.issue == issue, issue_versions.c.version == version)
        return _text(found(await self._first(wording), "text", issue, version))

    async def put_standing(self, issue: IssueId, standing: Standing, *, before: Standing) -> None:
        changed = differing(_standing_values(standing), _standing_values(before))
        await self._update(table, {"id": issue}, changed)

    async def mark_ruled(self, issues: Iterable[IssueId], *, round_number: int) -> None:
        marked = {"ruled": True, "last_round": round_number}
        for chunk in chunks(issues):
            await self._connection.execute(update(table).where(table.c.id.in_(chunk)).values(**marked))
            for issue in chunk:
                self._changes.note(table, {"id": issue, **marked})

    async def withdraw(self, issue: IssueId, *, at: datetime) -> None:
        await self._mark(issue, IssueStatus.WITHDRAWN, withdrawn_at=at)

    async def merge(self, issue: IssueId, *, into: int) -> None:
        await self._mark(issue, IssueStatus.MERGED, merged_into=into)

    async def hide(self, issue: IssueId, *, note: str) -> None:
        await self._mark(issue, IssueStatus.HIDDEN, note=note)

    async def show(self, issue: IssueId) -> None:
        await self._mark(issue, IssueStatus.OPEN, note="")

    async def _mark(self, issue: IssueId, status: IssueStatus, **values: Any) -> None:
        await self._update(table, {"id": issue}, {"status": status.value, **values})

    async def second(self, issue: IssueId, seat: SeatId, *, at: datetime) -> bool:
        row = {"issue": issue, "seat": seat, "at": at}
        seconded = await self._changed(self._inserting(issue_seconds).values(**row).on_conflict_do_nothing())
        if seconded:
            self._changes.note(issue_seconds, row)
        return seconded

    async def clear_seconds(self, issue: IssueId) -> None:
        await self._delete(issue_seconds, issue_seconds.c.issue == issue)


def _standing_values(standing: Standing) -> dict[str, Any]:
    return {
        "category": standing.category.word,
        "sustained": standing.sustained,
        "wavering": standing.wavering,
        "under_review": standing.under_review,
    }


def _text(row: Row[Any]) -> IssueText:
    return IssueText(title=row.title, action=row.action, why=row.why)


def _issue(row: Row[Any]) -> Issue:
    return Issue(
        id=IssueId(row.id),
        council=CouncilId(row.council),
        number=row.number,
        version=row.version,
        text=_text(row),
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
        seconds=row.seconds,
        replaces=row.replaces,
        merged_into=row.merged_into,
        note=row.note,
    )
