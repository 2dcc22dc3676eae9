"""Councils: setting one up in a channel, and looking at it."""

from collections import Counter
from dataclasses import replace
from typing import ClassVar

from deliberation.categories import Category
from deliberation.codec import rules_to_data
from deliberation.councils import Actor, Council, CouncilExists, NotChair
from deliberation.durations import parse_duration
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, CouncilId, RoleId
from deliberation.issues import IssueStatus
from deliberation.presets import PRESETS
from deliberation.rules import Rules, Secrecy
from deliberation.texts import NAME_LIMIT, checked

from ._access import council_in
from ._record import Commitments, enter_one
from .ports import Store, UnitOfWork
from .views import CouncilInfo


class PresetUnknown(DomainError):
    """No preset has that name. Parameter: `name`."""

    code: ClassVar[str] = "preset_unknown"


class CouncilService:
    """What chairs and members intend with a council as a whole."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def setup(
        self,
        actor: Actor,
        *,
        guild: int,
        channel: ChannelId,
        name: str,
        language: str,
        preset: str,
        round_length: str,
        secrecy: Secrecy = Secrecy.OPEN,
        voter_role: RoleId | None = None,
        chair_role: RoleId | None = None,
        open_seating: bool = True,
    ) -> CouncilInfo:
        """Found a council in the channel. Raises NotChair, CouncilExists, PresetUnknown, `Text…` or `Duration…`."""
        if not actor.manages_server:
            raise NotChair(role=None)
        if preset not in PRESETS:
            raise PresetUnknown(name=preset)
        length = parse_duration(round_length)
        rules = replace(PRESETS[preset], round_length=length, secrecy=secrecy, open_seating=open_seating)
        return await self.found(
            actor,
            guild=guild,
            channel=channel,
            name=name,
            language=language,
            rules=rules,
            voter_role=voter_role,
            chair_role=chair_role,
        )

    async def found(
        self,
        actor: Actor,
        *,
        guild: int,
        channel: ChannelId,
        name: str,
        language: str,
        rules: Rules,
        voter_role: RoleId | None = None,
        chair_role: RoleId | None = None,
    ) -> CouncilInfo:
        """Found a council in the channel under rules given whole. Raises NotChair, CouncilExists or `Text…`."""
        if not actor.manages_server:
            raise NotChair(role=None)
        name = checked(name, field="name", limit=NAME_LIMIT, lines=False)
        async with self._store.write() as uow:
            existing = await uow.councils.find_in(channel)
            if existing is not None:
                raise CouncilExists(name=existing.name)
            now = await uow.now()
            council = await uow.councils.add(
                guild=guild,
                channel=channel,
                name=name,
                language=language,
                rules=rules,
                chair_role=chair_role,
                voter_role=voter_role,
                at=now,
            )
            secrets = Commitments(uow)
            data = {"by": secrets.person(actor.person), "name": secrets.text(name), "rules": rules_to_data(rules)}
            await enter_one(uow, council.id, at=now, kind="council founded", data=data)
            await secrets.keep()
            info = await _info(uow, council)
            await uow.commit()
        return info

    async def in_channel(self, channel: ChannelId) -> Council:
        """The channel's council. Raises NoCouncil."""
        async with self._store.read() as uow:
            return await council_in(uow, channel)

    async def find_in(self, channel: ChannelId) -> Council | None:
        """The channel's council, if one sits there."""
        async with self._store.read() as uow:
            return await uow.councils.find_in(channel)

    async def get(self, council: CouncilId) -> Council:
        """The council with that id. Raises LookupError."""
        async with self._store.read() as uow:
            return await uow.councils.get(council)

    async def info(self, channel: ChannelId) -> CouncilInfo:
        """The channel's council at a glance. Raises NoCouncil."""
        async with self._store.read() as uow:
            return await _info(uow, await council_in(uow, channel))


async def _info(uow: UnitOfWork, council: Council) -> CouncilInfo:
    seats = await uow.seats.list_in(council.id)
    issues = await uow.issues.list_in(council.id)
    scheduled = await uow.schedules.find(council.id)
    under_discussion = Counter(issue.category for issue in issues if issue.status is IssueStatus.OPEN)
    return CouncilInfo(
        council=council,
        seats=sum(not seat.observer for seat in seats),
        observers=sum(seat.observer for seat in seats),
        issues={category: under_discussion[category] for category in Category},
        round=await uow.rounds.find_running(council.id),
        schedule=None if scheduled is None else scheduled[0],
        next_opens_at=None if scheduled is None else scheduled[1],
    )
