"""How many reasons a member may give: each is an entry of the record, which is stored for ever."""

from collections.abc import Callable
from datetime import timedelta

from deliberation.ballots.reasons import ReasonsTooMany
from deliberation.councils import Actor
from services.ports import Store
from services.transactions import Pace


class ReasonPace:
    """Allows a hundred reasons at once, which is four full dockets, and then one every ten minutes.

    `ticks`: seconds on a clock that never goes back.
    """

    def __init__(self, store: Store, ticks: Callable[[], float]) -> None:
        self._store = store
        self._ticks = ticks
        self._pace = Pace(burst=100, every=600.0)

    async def require(self, actor: Actor) -> None:
        """Count one more reason, or raise ReasonsTooMany."""
        wait = self._pace.wait(actor.person, self._ticks())
        if wait > 0:
            async with self._store.read() as uow:
                now = await uow.now()
            raise ReasonsTooMany(again_at=now + timedelta(seconds=wait))
