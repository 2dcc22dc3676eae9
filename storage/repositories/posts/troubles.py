"""What goes wrong in councils, until it is over."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, func
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from deliberation.ids import CouncilId
from services.ports import Trouble, TroubleKind
from storage.repositories.repository import Repository
from storage.tables import CouncilRow, TroubleRow

_NEXT_TRY = select(func.min(TroubleRow.again_at)).where(TroubleRow.kind == TroubleKind.SETTLING.value)


class Troubles(Repository):
    async def put(self, trouble: Trouble) -> None:
        values = {
            "council": trouble.council,
            "kind": trouble.kind.value,
            "detail": trouble.detail,
            "failures": trouble.failures,
            "since": trouble.since,
            "again_at": trouble.again_at,
            "told": trouble.told,
        }
        await self._put(TroubleRow, [values], key=("council", "kind"))

    async def find(self, council: CouncilId, kind: TroubleKind) -> Trouble | None:
        known = select(TroubleRow).where(TroubleRow.council == council, TroubleRow.kind == kind.value)
        row = (await self._session.exec(known)).first()
        return None if row is None else _trouble(row)

    async def list_in(self, council: CouncilId) -> tuple[Trouble, ...]:
        query = select(TroubleRow).where(TroubleRow.council == council).order_by(col(TroubleRow.kind))
        return tuple(map(_trouble, await self._session.exec(query)))

    async def list_untold(self, guild: int) -> tuple[Trouble, ...]:
        untold = _on_server(guild, TroubleKind.CHANNEL).where(col(TroubleRow.told).is_(False))
        return tuple(map(_trouble, await self._session.exec(untold)))

    async def list_refused(self, guild: int) -> tuple[CouncilId, ...]:
        rows = await self._session.exec(_on_server(guild, TroubleKind.POSTING))
        return tuple(CouncilId(row.council) for row in rows)

    async def end(self, council: CouncilId, kind: TroubleKind) -> bool:
        of_it = (col(TroubleRow.council) == council, col(TroubleRow.kind) == kind.value)
        return await self._changed(delete(TroubleRow).where(*of_it))

    async def earliest(self) -> datetime | None:
        return (await self._session.exec(_NEXT_TRY)).one()


def _on_server(guild: int, kind: TroubleKind) -> SelectOfScalar[TroubleRow]:
    query = select(TroubleRow).join(CouncilRow, col(CouncilRow.id) == TroubleRow.council)
    return query.where(TroubleRow.kind == kind.value, CouncilRow.guild == guild).order_by(col(TroubleRow.council))


def set_back(council: Mapped[int], now: datetime | None = None) -> ColumnElement[bool]:
    """Whether what is due in the council waits after a failure; `now`: whether it still does then."""
    settling = select(TroubleRow.council).where(
        TroubleRow.kind == TroubleKind.SETTLING.value, col(TroubleRow.council) == council
    )
    return (settling if now is None else settling.where(col(TroubleRow.again_at) > now)).exists()


def _trouble(row: TroubleRow) -> Trouble:
    return Trouble(
        council=CouncilId(row.council),
        kind=TroubleKind(row.kind),
        detail=row.detail,
        failures=row.failures,
        since=row.since,
        again_at=row.again_at,
        told=row.told,
    )
