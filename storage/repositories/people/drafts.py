"""Drafts of what was refused."""

import json
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, delete, select

from deliberation.ids import CouncilId, PersonId
from services.ports import Draft, DraftKind
from storage.repositories.connected import Connected, plain_text
from storage.repositories.prepared import Prepared
from storage.tables import drafts

DRAFTS_KEPT = 40

"""Of a member in a council: more than a docket of refused reasons; with one more the oldest goes."""

_DRAFT = [drafts.c[name] == bindparam(f"of_{name}") for name in ("council", "person", "kind", "subject")]

_DROP_DRAFT = Prepared(delete(drafts).where(*_DRAFT))


class Drafts(Connected):
    async def put(self, draft: Draft, *, at: datetime) -> None:
        values = {
            "council": draft.council,
            "person": draft.person,
            "kind": draft.kind,
            "subject": draft.subject,
            "typed": plain_text(draft.fields),
            "at": at,
        }
        await self._each(self._upserting(drafts, "council", "person", "kind", "subject"), [values])
        own = and_(drafts.c.council == draft.council, drafts.c.person == draft.person)
        oldest_kept = select(drafts.c.at).where(own).order_by(drafts.c.at.desc()).offset(DRAFTS_KEPT - 1).limit(1)
        await self._connection.execute(delete(drafts).where(own, drafts.c.at < oldest_kept.scalar_subquery()))

    async def find(self, *, council: CouncilId, person: PersonId, kind: DraftKind, subject: int) -> Draft | None:
        key = _key(council=council, person=person, kind=kind, subject=subject)
        row = await self._first(select(drafts.c.typed).where(key))
        if row is None:
            return None
        fields = json.loads(row.typed)
        return Draft(council=council, person=person, kind=DraftKind(kind), subject=subject, fields=fields)

    async def drop(self, *, council: CouncilId, person: PersonId, kind: DraftKind, subject: int) -> None:
        key = {"of_council": council, "of_person": person, "of_kind": kind, "of_subject": subject}
        await self._each(_DROP_DRAFT, [key])


def _key(**key: object) -> ColumnElement[bool]:
    return and_(*(drafts.c[name] == value for name, value in key.items()))
