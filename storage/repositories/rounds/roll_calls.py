"""Roll calls: which seats are present before a vote."""

from datetime import datetime

from sqlmodel import col, select

from deliberation.ids import CouncilId, SeatId
from deliberation.rounds.roll_calls import Presence, RollCall
from storage.repositories.repository import Repository
from storage.tables import RollCallAnswerRow, RollCallRow


class RollCalls(Repository):
    async def call(self, council: CouncilId, *, at: datetime) -> RollCall:
        last = (await self._session.exec(select(RollCallRow.number).where(RollCallRow.council == council))).first()
        number = 1 if last is None else last + 1
        values = {"council": council, "number": number, "called_at": at, "ended": False}
        await self._put(RollCallRow, [values], key=("council",))
        self._changes.note(RollCallRow, values)
        await self._delete(RollCallAnswerRow, col(RollCallAnswerRow.council) == council)
        return RollCall(council=council, number=number, called_at=at)

    async def find(self, council: CouncilId) -> RollCall | None:
        held = select(RollCallRow).where(RollCallRow.council == council, col(RollCallRow.ended).is_(False))
        row = (await self._session.exec(held)).first()
        if row is None:
            return None
        answers = select(RollCallAnswerRow).where(RollCallAnswerRow.council == council)
        given = await self._session.exec(answers.order_by(col(RollCallAnswerRow.seat)))
        return RollCall(
            council=council,
            number=row.number,
            called_at=row.called_at,
            answers={SeatId(answer.seat): Presence(answer.presence) for answer in given},
        )

    async def answer(self, council: CouncilId, seat: SeatId, presence: Presence, *, at: datetime) -> None:
        values = {"council": council, "seat": seat, "presence": presence.value, "at": at}
        await self._put(RollCallAnswerRow, [values], key=("council", "seat"))
        self._changes.note(RollCallAnswerRow, values)

    async def end(self, council: CouncilId) -> None:
        await self._update(RollCallRow, {"council": council}, {"ended": True})
