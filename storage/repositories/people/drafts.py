"""Drafts of what was refused."""

import json
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete
from sqlmodel import col, select

from deliberation.ids import CouncilId, PersonId
from services.ports import Draft, DraftKind
from storage.repositories.repository import Repository, plain_text
from storage.tables import DraftRow

DRAFTS_KEPT = 40
"""Of a member in a council: more than a docket of refused reasons; with one more the oldest goes."""


class Drafts(Repository):
    async def put(self, draft: Draft, *, at: datetime) -> None:
        values = {
            "council": draft.council,
            "person": draft.person,
            "kind": draft.kind,
            "subject": draft.subject,
            "typed": plain_text(draft.fields),
            "at": at,
        }
        await self._put(DraftRow, [values], key=("council", "person", "kind", "subject"))
        own = and_(col(DraftRow.council) == draft.council, col(DraftRow.person) == draft.person)
        newest = select(DraftRow.at).where(own).order_by(col(DraftRow.at).desc())
        oldest_kept = newest.offset(DRAFTS_KEPT - 1).limit(1).scalar_subquery()
        await self._session.exec(delete(DraftRow).where(own, col(DraftRow.at) < oldest_kept))

    async def find(self, *, council: CouncilId, person: PersonId, kind: DraftKind, subject: int) -> Draft | None:
        of_it = _of_it(council=council, person=person, kind=kind, subject=subject)
        typed = (await self._session.exec(select(DraftRow.typed).where(of_it))).first()
        if typed is None:
            return None
        return Draft(council=council, person=person, kind=kind, subject=subject, fields=json.loads(typed))

    async def drop(self, *, council: CouncilId, person: PersonId, kind: DraftKind, subject: int) -> None:
        of_it = _of_it(council=council, person=person, kind=kind, subject=subject)
        await self._session.exec(delete(DraftRow).where(of_it))


def _of_it(*, council: CouncilId, person: PersonId, kind: DraftKind, subject: int) -> ColumnElement[bool]:
    of_person = and_(col(DraftRow.council) == council, col(DraftRow.person) == person)
    return and_(of_person, col(DraftRow.kind) == kind, col(DraftRow.subject) == subject)
