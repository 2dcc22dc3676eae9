"""Verifying a council's chain while the bot serves others: in pieces, in the background, and once for all requests of
the same time.

What was found sound is remembered for a day, and the next verification goes on from there. If that finds another entry
in its place, the chain was replaced. Rows, ballots and rulings are recomputed by `comity verify`.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from deliberation.ids import CouncilId
from deliberation.record import Chain, Head, genesis
from services.ports import Background, Store

AT_ONCE = 20_000
"""How many entries are in a piece. Other work has its turn in between, and no transaction stays open for long."""
REMEMBERED = timedelta(days=1)


class Verified(NamedTuple):
    """The head up to which a chain has been read, and whether it is sound up to there. `over`: nothing follows."""

    head: Head
    sound: bool
    over: bool


class Verification:
    """Verifies chains. `ticks`: seconds on a clock that never goes back."""

    def __init__(self, background: Background, ticks: Callable[[], float]) -> None:
        self._background = background
        self._ticks = ticks
        self._under_way: dict[CouncilId, asyncio.Task[Verified]] = {}
        self._sound: dict[CouncilId, tuple[Head, float]] = {}

    async def of(self, council: CouncilId) -> Verified:
        """Verify the council's chain up to its end. Raises StoreUnavailable."""
        verifying = self._under_way.get(council)
        if verifying is None:
            verifying = self._under_way[council] = asyncio.create_task(self._verify(council))
            verifying.add_done_callback(lambda _: self._under_way.pop(council))
        # If one caller is cancelled, the verification goes on for the others.
        return await asyncio.shield(verifying)

    async def _verify(self, council: CouncilId) -> Verified:
        begun = self._ticks()
        since, first = self._sound.get(council, (None, begun))
        if begun - first >= REMEMBERED.total_seconds():
            since, first = None, begun
        while True:
            verified = await self._background.run(verify_piece, council, since, AT_ONCE)
            if not verified.sound:
                # What is remembered stays as it is, so that the next request gets the same answer.
                return verified
            since = verified.head
            if verified.over:
                self._sound[council] = since, first
                return verified


async def verify_piece(store: Store, council: CouncilId, since: Head | None, most: int) -> Verified:
    """Read at most `most` entries after `since`, which must still be in its place; None: from the first on."""
    async with store.read() as uow:
        last = since or Head(0, genesis(council))
        if last.index > 0:
            stands = await uow.audit.entry(council, last.index)
            if stands is None or stands.digest != last.digest:
                return Verified(last, sound=False, over=True)
        chain, read = Chain(council, since=last), 0
        async for entry in uow.audit.entries(council, after=last.index, most=most):
            chain.read(entry)
            last, read = Head(entry.index, entry.digest), read + 1
        if read == most:
            return Verified(last, sound=not chain.faults, over=False)
        end = await uow.audit.head(council)
    return Verified(last, sound=end is not None and not chain.finish(Head(*end)), over=True)
