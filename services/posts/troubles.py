"""What goes wrong in councils: chairs are notified where they can be reached, until it is over."""

from collections.abc import Iterable
from dataclasses import replace

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, CouncilId, PersonId
from deliberation.record import EntryKind
from services.ports import Store, TroubleKind
from services.transactions import council_in

from .views import TroublesView

CHAIRS_ACTS = (
    EntryKind.COUNCIL_FOUNDED,
    EntryKind.COUNCIL_CLOSED,
    EntryKind.ROLES_CHANGED,
    EntryKind.RULES_CHANGED,
    EntryKind.SCHEDULE_SET,
    EntryKind.SCHEDULE_ENDED,
    EntryKind.ROUND_ANNOUNCED,
    EntryKind.ROUND_OPENED,
    EntryKind.ROUND_EXTENDED,
    EntryKind.ROUND_PAUSED,
    EntryKind.ROUND_RESUMED,
    EntryKind.ROUND_CANCELLED,
    EntryKind.ROUND_ENDED_BY_CHAIR,
)
"""Kinds of entries that name a chair as `by`, unless they came by time alone."""


class TroubleService:
    """What chairs learn about trouble in their councils, and trying a council's posts again."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, channel: ChannelId) -> TroublesView:
        """What goes wrong in the channel's council. Raises NoCouncil."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            found = await uow.troubles.list_in(council.id)
            waiting = await uow.posts.list_put_off(council.id)
        return TroublesView(troubles={trouble.kind: trouble for trouble in found}, waiting=waiting)

    async def refused(self, guild: int) -> tuple[Council, ...]:
        """The server's councils in which the bot lacked a permission to post."""
        async with self._store.read() as uow:
            return tuple([await uow.councils.get(council) for council in await uow.troubles.list_refused(guild)])

    async def hasten(self, councils: Iterable[CouncilId]) -> None:
        """The bot may post in these councils again: make due now what Discord refused."""
        async with self._store.write() as uow:
            now = await uow.now()
            for council in councils:
                await uow.posts.hasten(council, now=now)
            await uow.commit()

    async def untold(self, guild: int, actor: Actor) -> tuple[Council, ...]:
        """The server's councils that lost their channel and that the actor chairs, if no chair was notified yet."""
        async with self._store.read() as uow:
            lost = await uow.troubles.list_untold(guild)
            councils = [await uow.councils.get(trouble.council) for trouble in lost]
        return tuple(council for council in councils if council.is_chair(actor))

    async def told(self, council: CouncilId) -> None:
        """Note that a chair of the council was notified that its channel is gone."""
        async with self._store.write() as uow:
            trouble = await uow.troubles.find(council, TroubleKind.CHANNEL)
            if trouble is not None:
                await uow.troubles.put(replace(trouble, told=True))
            await uow.commit()

    async def last_chair(self, council: CouncilId) -> PersonId | None:
        """The person who last acted as the council's chair, by its record; None where the record's secrets do not say,
        or no longer say, who it was."""
        async with self._store.read() as uow:
            for commitment in await uow.record.last_by(council, CHAIRS_ACTS):
                secret = (await uow.record.secrets([commitment])).get(commitment)
                if secret is not None and secret.value.isdigit():
                    return PersonId(int(secret.value))
        return None
