"""Proxies: whose ballot follows whose."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, and_, select

from deliberation.ballots.proxies import Proxy
from deliberation.ids import CouncilId, IssueId, SeatId
from storage.repositories.connected import Connected, chunks
from storage.tables import proxies

_FOR_A_ROUND = 0


class Proxies(Connected):
    async def put(self, proxy: Proxy) -> None:
        values = {
            "seat": proxy.seat,
            "issue": _FOR_A_ROUND if proxy.issue is None else proxy.issue,
            "council": proxy.council,
            "proxy": proxy.proxy,
            "given_at": proxy.given_at,
        }
        await self._each(self._upserting(proxies, "seat", "issue"), [values])
        self._changes.note(proxies, values)

    async def remove(self, seat: SeatId, issue: IssueId | None) -> bool:
        about = _FOR_A_ROUND if issue is None else issue
        return await self._delete(proxies, and_(proxies.c.seat == seat, proxies.c.issue == about))

    async def end_of(self, seat: SeatId) -> bool:
        return await self._delete(proxies, proxies.c.seat == seat)

    async def list_in(self, council: CouncilId) -> tuple[Proxy, ...]:
        query = select(proxies).where(proxies.c.council == council).order_by(proxies.c.seat, proxies.c.issue)
        return tuple(_proxy(row) for row in await self._rows(query))

    async def end(self, council: CouncilId, issues: Iterable[IssueId]) -> None:
        for chunk in chunks([_FOR_A_ROUND, *issues]):
            await self._delete(proxies, and_(proxies.c.council == council, proxies.c.issue.in_(chunk)))


def _proxy(row: Row[Any]) -> Proxy:
    return Proxy(
        council=CouncilId(row.council),
        seat=SeatId(row.seat),
        proxy=SeatId(row.proxy),
        issue=None if row.issue == _FOR_A_ROUND else IssueId(row.issue),
        given_at=row.given_at,
    )
