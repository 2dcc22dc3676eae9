"""Proxies and roll calls: what seats arrange before a vote."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, select

from deliberation.ballots.proxies import Proxy
from deliberation.ids import CouncilId, IssueId, SeatId
from deliberation.rounds.roll_calls import Presence, RollCall
from storage.tables import proxies, roll_call_answers, roll_calls

from .connected import Connected, chunks

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


class RollCalls(Connected):
    async def call(self, council: CouncilId, *, at: datetime) -> RollCall:
        last = await self._first(select(roll_calls.c.number).where(roll_calls.c.council == council))
        number = 1 if last is None else last.number + 1
        values = {"council": council, "number": number, "called_at": at, "ended": False}
        await self._each(self._upserting(roll_calls, "council"), [values])
        self._changes.note(roll_calls, values)
        await self._delete(roll_call_answers, roll_call_answers.c.council == council)
        return RollCall(council=council, number=number, called_at=at)

    async def find(self, council: CouncilId) -> RollCall | None:
        query = select(roll_calls).where(roll_calls.c.council == council, roll_calls.c.ended.is_(False))
        row = await self._first(query)
        if row is None:
            return None
        answers = select(roll_call_answers).where(roll_call_answers.c.council == council)
        given = await self._rows(answers.order_by(roll_call_answers.c.seat))
        return RollCall(
            council=council,
            number=row.number,
            called_at=row.called_at,
            answers={SeatId(answer.seat): Presence(answer.presence) for answer in given},
        )

    async def answer(self, council: CouncilId, seat: SeatId, presence: Presence, *, at: datetime) -> None:
        values = {"council": council, "seat": seat, "presence": presence.value, "at": at}
        await self._each(self._upserting(roll_call_answers, "council", "seat"), [values])
        self._changes.note(roll_call_answers, values)

    async def end(self, council: CouncilId) -> None:
        await self._update(roll_calls, {"council": council}, {"ended": True})


def _proxy(row: Row[Any]) -> Proxy:
    return Proxy(
        council=CouncilId(row.council),
        seat=SeatId(row.seat),
        proxy=SeatId(row.proxy),
        issue=None if row.issue == _FOR_A_ROUND else IssueId(row.issue),
        given_at=row.given_at,
    )
