"""Proxies: whose ballot follows whose."""

from collections.abc import Iterable

from sqlmodel import col, select

from deliberation.ballots.proxies import Proxy
from deliberation.ids import CouncilId, IssueId, SeatId
from storage.repositories.repository import Repository, chunks
from storage.tables import ProxyRow

_FOR_A_ROUND = 0


class Proxies(Repository):
    async def put(self, proxy: Proxy) -> None:
        values = {
            "seat": proxy.seat,
            "issue": _FOR_A_ROUND if proxy.issue is None else proxy.issue,
            "council": proxy.council,
            "proxy": proxy.proxy,
            "given_at": proxy.given_at,
        }
        await self._put(ProxyRow, [values], key=("seat", "issue"))
        self._changes.note(ProxyRow, values)

    async def remove(self, seat: SeatId, issue: IssueId | None) -> bool:
        about = _FOR_A_ROUND if issue is None else issue
        return await self._delete(ProxyRow, col(ProxyRow.seat) == seat, col(ProxyRow.issue) == about)

    async def end_of(self, seat: SeatId) -> bool:
        return await self._delete(ProxyRow, col(ProxyRow.seat) == seat)

    async def list_in(self, council: CouncilId) -> tuple[Proxy, ...]:
        query = select(ProxyRow).where(ProxyRow.council == council).order_by(col(ProxyRow.seat), col(ProxyRow.issue))
        return tuple(map(_proxy, await self._session.exec(query)))

    async def end(self, council: CouncilId, issues: Iterable[IssueId]) -> None:
        for chunk in chunks([_FOR_A_ROUND, *issues]):
            await self._delete(ProxyRow, col(ProxyRow.council) == council, col(ProxyRow.issue).in_(chunk))


def _proxy(row: ProxyRow) -> Proxy:
    return Proxy(
        council=CouncilId(row.council),
        seat=SeatId(row.seat),
        proxy=SeatId(row.proxy),
        issue=None if row.issue == _FOR_A_ROUND else IssueId(row.issue),
        given_at=row.given_at,
    )
