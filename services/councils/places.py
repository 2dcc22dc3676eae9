"""Places: whether the round, issue or council that a button or form names belongs to the channel where it is used."""

from typing import ClassVar

from deliberation.errors import DomainError
from deliberation.ids import ChannelId, CouncilId, IssueId, RoundId
from services.ports import Store, UnitOfWork

MOST = 20_000
"""How many answers are remembered: the council of a round or an issue never changes."""


class NotHere(DomainError):
    """What a button or form names belongs to no council of this channel."""

    code: ClassVar[str] = "not_here"


class PlaceService:
    """Separates councils: nothing of one is shown, voted on or changed from another's channel or server.

    The channel in which something was tapped comes from Discord and is true; the ids inside a button, a client can
    forge.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, int], ChannelId] = {}

    async def require(
        self,
        channel: ChannelId,
        *,
        council: CouncilId | None = None,
        round: RoundId | None = None,
        issue: IssueId | None = None,
    ) -> None:
        """Raises NotHere unless all that is named exists and belongs to the channel's council."""
        for kind, number in (("council", council), ("round", round), ("issue", issue)):
            if number is None:
                continue
            place = self._known.get((kind, number))
            if place is None:
                place = await self._find(kind, number)
            if place != channel:
                raise NotHere

    async def _find(self, kind: str, number: int) -> ChannelId | None:
        async with self._store.read() as uow:
            try:
                council = await uow.councils.get(await _council_of(uow, kind, number))
            except LookupError:
                return None
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[kind, number] = council.channel
        return council.channel


async def _council_of(uow: UnitOfWork, kind: str, number: int) -> CouncilId:
    """Raises LookupError where there is no such thing."""
    if kind == "round":
        return (await uow.rounds.get(RoundId(number))).council
    if kind == "issue":
        return (await uow.issues.get(IssueId(number))).council
    return CouncilId(number)
