"""The record as members see it: its head, and whether its chain is sound (PRODUCT §8)."""

from dataclasses import replace

from deliberation.ids import ChannelId
from deliberation.record import read_head
from services.ports import Store
from services.transactions import council_in

from ._verifying import Verification
from .views import Kept, RecordView


class RecordService:
    """What members intend with a council's record."""

    def __init__(self, store: Store, verification: Verification) -> None:
        self._store = store
        self._verification = verification

    async def verify(self, channel: ChannelId, *, kept: str | None = None) -> RecordView:
        """The head of the council's record, whether its chain is sound up to there, and whether the record still has a
        head that somebody saved earlier (`kept`). Raises NoCouncil or HeadUnreadable."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
        compared = None if kept is None else read_head(kept)
        verified = await self._verification.of(council.id)
        view = RecordView(council=council, head=verified.head, sound=verified.sound)
        if compared is None:
            return view
        async with self._store.read() as uow:
            entry = await uow.audit.entry(council.id, compared.index)
        if entry is None:
            return replace(view, compared=compared, kept=Kept.BEYOND)
        found = Kept.STANDS if entry.digest == compared.digest else Kept.REPLACED
        return replace(view, compared=compared, kept=found)
