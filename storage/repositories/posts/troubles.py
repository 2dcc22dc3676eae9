"""What goes wrong in councils, until it is over."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, delete, func, select

from deliberation.ids import CouncilId
from services.ports import Trouble, TroubleKind
from storage import tables
from storage.repositories.connected import Connected
from storage.repositories.prepared import Prepared
from storage.tables import troubles as table

_SETTLING = table.c.kind == TroubleKind.SETTLING.value

_FIND = Prepared(select(table).where(table.c.council == bindparam("of_council"), table.c.kind == bindparam("of_kind")))
_EARLIEST = Prepared(select(func.min(table.c.again_at)).where(_SETTLING))


class Troubles(Connected):
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
        await self._each(self._upserting(table, "council", "kind"), [values])

    async def find(self, council: CouncilId, kind: TroubleKind) -> Trouble | None:
        row = await self._first(_FIND, of_council=council, of_kind=kind.value)
        return None if row is None else _trouble(row)

    async def list_in(self, council: CouncilId) -> tuple[Trouble, ...]:
        query = select(table).where(table.c.council == council).order_by(table.c.kind)
        return tuple(_trouble(row) for row in await self._rows(query))

    async def list_untold(self, guild: int) -> tuple[Trouble, ...]:
        rows = await self._rows(_on_server(guild, TroubleKind.CHANNEL).where(table.c.told.is_(False)))
        return tuple(_trouble(row) for row in rows)

    async def list_refused(self, guild: int) -> tuple[CouncilId, ...]:
        return tuple(CouncilId(row.council) for row in await self._rows(_on_server(guild, TroubleKind.POSTING)))

    async def end(self, council: CouncilId, kind: TroubleKind) -> bool:
        return await self._changed(delete(table).where(table.c.council == council, table.c.kind == kind.value))

    async def earliest(self) -> datetime | None:
        return await self._value(_EARLIEST)


def _on_server(guild: int, kind: TroubleKind) -> Select[Any]:
    query = select(table).join(tables.councils, tables.councils.c.id == table.c.council)
    return query.where(table.c.kind == kind.value, tables.councils.c.guild == guild).order_by(table.c.council)


def set_back(council: ColumnElement[Any], now: datetime | None = None) -> ColumnElement[bool]:
    """Whether what is due in the council waits after a failure; `now`: whether it still does then."""
    found = select(table.c.council).where(table.c.council == council, _SETTLING)
    return (found if now is None else found.where(table.c.again_at > now)).exists()


def _trouble(row: Row[Any]) -> Trouble:
    return Trouble(
        council=CouncilId(row.council),
        kind=TroubleKind(row.kind),
        detail=row.detail,
        failures=row.failures,
        since=row.since,
        again_at=row.again_at,
        told=row.told,
    )
