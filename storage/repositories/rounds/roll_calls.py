"""Roll calls: which seats are present before a vote."""

from datetime import datetime

from sqlalchemy import select

from deliberation.ids import CouncilId, SeatId
from deliberation.rounds.roll_calls import Presence, RollCall
from storage.repositories.connected import Connected
from storage.tables import roll_call_answers, roll_calls


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
