"""Councils: setting one up in a channel, changing its rules and roles, and looking at it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar

from deliberation.categories import Category
from deliberation.codec import rules_to_data
from deliberation.councils import Actor, Council, CouncilExists, NotChair
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, CouncilId, RoleId
from deliberation.issues import IssueStatus
from deliberation.record import EntryKind
from deliberation.rounds import RoundIsOpen, require_equality
from deliberation.rules import Rules, Secrecy
from deliberation.rules.changes import GROUPS, amended, written
from deliberation.rules.presets import PRESETS, adopted
from deliberation.texts import NAME_LIMIT, checked
from deliberation.texts.durations import parse_duration
from services.people import NO_COUNCIL, DraftPlace, drop_draft, find_draft, kept_where_refused
from services.ports import DraftKind, NoticeKind, PostKind, Store, UnitOfWork
from services.posts import redraw_now
from services.record import enter_by
from services.transactions import chaired_council, council_in, sitting_council

from .views import CouncilInfo, RulesChanged, RulesView


class PresetUnknown(DomainError):
    """No preset has that name. Parameter: `name`."""

    code: ClassVar[str] = "preset_unknown"


class CouncilService:
    """What chairs and members intend with a council as a whole."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def require_founder(self, actor: Actor) -> None:
        """Raises NotChair: where no council is yet, who manages the server founds one."""
        if not actor.manages_server:
            raise NotChair(role=None)

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
        """Found a council in the channel. What is refused is stored as a draft, with `voter_role` and `chair_role`.

        Raises NotChair, CouncilExists, PresetUnknown, `Text…` or `Duration…`.
        """
        typed = {
            "name": name,
            "preset": preset,
            "length": round_length,
            "voters": "" if voter_role is None else str(voter_role),
            "chairs": "" if chair_role is None else str(chair_role),
        }
        async with kept_where_refused(self._store, actor.person, typed, _setup_draft(channel)):
            self.require_founder(actor)
            if preset not in PRESETS:
                raise PresetUnknown(name=preset)
            length = parse_duration(round_length)
            rules = replace(PRESETS[preset], round_length=length, secrecy=secrecy, open_seating=open_seating)
            return await found_council(
                self._store,
                actor,
                guild=guild,
                channel=channel,
                name=name,
                language=language,
                rules=rules,
                voter_role=voter_role,
                chair_role=chair_role,
            )

    async def typed_setup(self, channel: ChannelId, actor: Actor) -> Mapping[str, str]:
        """What the actor typed when a council was last refused in the channel; empty if none was."""
        async with self._store.read() as uow:
            draft = await find_draft(uow, actor.person, _setup_draft(channel))
        return {} if draft is None else draft.fields

    async def rules(self, channel: ChannelId) -> RulesView:
        """The rules from the next round on. Raises NoCouncil."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            return RulesView(council=council, warnings=await _warnings(uow, council))

    async def change_rules(
        self, channel: ChannelId, actor: Actor, *, group: str, typed: Mapping[str, str]
    ) -> RulesChanged:
        """Change a group of settings as typed, from the next round on. What is refused is stored as a draft.

        Raises NoCouncil, CouncilClosed, NotChair, SecretNeedsEquality, or as `rule_changes.amended`.
        """
        async with self._store.read() as uow:
            place = _rules_draft(await council_in(uow, channel), group)
        async with kept_where_refused(self._store, actor.person, typed, place):
            changed = await self._change(channel, actor, lambda rules: amended(rules, group, typed))
        await drop_draft(self._store, actor.person, place)
        return changed

    async def typed_rules(self, council: Council, actor: Actor, group: str) -> Mapping[str, str]:
        """What the actor's form for that group opens with: the rules as they are, overlaid with what was refused
        before."""
        async with self._store.read() as uow:
            draft = await find_draft(uow, actor.person, _rules_draft(council, group))
        return {**written(council.rules, group), **({} if draft is None else draft.fields)}

    async def preview_preset(self, channel: ChannelId, preset: str) -> RulesChanged:
        """What adopting the preset would change. Raises NoCouncil, PresetUnknown, or what the rules refuse."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            changed = replace(council, rules=_adopted(council.rules, preset))
            warnings = await _warnings(uow, changed)
            return RulesChanged(council=changed, before=council.rules, warnings=warnings)

    async def apply_preset(self, channel: ChannelId, actor: Actor, preset: str) -> RulesChanged:
        """Adopt the preset, from the next round on. Raises PresetUnknown, or as `change_rules`."""
        return await self._change(channel, actor, lambda rules: _adopted(rules, preset))

    async def set_roles(
        self, channel: ChannelId, actor: Actor, *, chair_role: RoleId | None, voter_role: RoleId | None
    ) -> CouncilInfo:
        """Set the role that chairs (None: anyone who manages the server) and the role that may take seats (None:
        everybody).

        Raises NoCouncil, CouncilClosed or NotChair.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            before, council = council, replace(council, chair_role=chair_role, voter_role=voter_role)
            await uow.councils.put(council, before=before)
            await enter_by(uow, council.id, actor, kind=EntryKind.ROLES_CHANGED, data={})
            info = await _info(uow, council)
            await uow.commit()
        return info

    async def close(self, channel: ChannelId, actor: Actor) -> CouncilInfo:
        """End the council: there are no further rounds, and everything stays readable.

        Raises NoCouncil, CouncilClosed, NotChair, or RoundIsOpen while a round runs.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            running = await uow.rounds.find_running(council.id)
            if running is not None:
                raise RoundIsOpen(number=running.number, closes_at=running.closes_at)
            now = await uow.now()
            before, council = council, replace(council, closed_at=now)
            await uow.councils.put(council, before=before)
            await uow.schedules.remove(council.id)
            await enter_by(uow, council.id, actor, at=now, kind=EntryKind.COUNCIL_CLOSED, data={})
            await redraw_now(uow, council.id, now=now)
            info = await _info(uow, council)
            await uow.commit()
        return info

    async def _change(self, channel: ChannelId, actor: Actor, change: Callable[[Rules], Rules]) -> RulesChanged:
        async with self._store.write(actor.person) as uow:
            stood = await chaired_council(uow, channel, actor)
            before = stood.rules
            council = replace(stood, rules=change(before))
            require_equality(council.rules, await uow.seats.list_in(council.id))
            if council.rules != before:
                now = await uow.now()
                await uow.councils.put(council, before=stood)
                await enter_by(uow, council.id, actor, at=now, kind=EntryKind.RULES_CHANGED, data={})
                notice = {
                    "code": NoticeKind.RULES_CHANGED,
                    "before": rules_to_data(before),
                    "after": rules_to_data(council.rules),
                }
                await uow.posts.add(council=council.id, kind=PostKind.NOTICE, subject=0, due_at=now, data=notice)
            warnings = await _warnings(uow, council)
            await uow.commit()
        return RulesChanged(council=council, before=before, warnings=warnings)

    async def in_channel(self, channel: ChannelId) -> Council:
        """The channel's council. Raises NoCouncil."""
        async with self._store.read() as uow:
            return await council_in(uow, channel)

    async def chaired(self, channel: ChannelId, actor: Actor) -> Council:
        """The channel's council, for its chairs alone. Raises NoCouncil, CouncilClosed or NotChair."""
        async with self._store.read() as uow:
            council = await sitting_council(uow, channel)
            council.require_chair(actor)
            return council

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


async def found_council(
    store: Store,
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
    async with store.write(actor.person) as uow:
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
        head = await enter_by(uow, council.id, actor, at=now, kind=EntryKind.COUNCIL_FOUNDED, data={})
        await uow.record.register(council.id, head.digest)
        info = await _info(uow, council)
        await uow.commit()
    return info


def _setup_draft(channel: ChannelId) -> DraftPlace:
    return DraftPlace(NO_COUNCIL, DraftKind.SETUP, channel)


def _rules_draft(council: Council, group: str) -> DraftPlace:
    return DraftPlace(council.id, DraftKind.RULES, list(GROUPS).index(group))


def _adopted(rules: Rules, preset: str) -> Rules:
    """Raises PresetUnknown."""
    if preset not in PRESETS:
        raise PresetUnknown(name=preset)
    return adopted(rules, preset)


async def _warnings(uow: UnitOfWork, council: Council) -> tuple[str, ...]:
    """What the rules ask for and the council cannot give (PRODUCT §2, "Veto")."""
    rungs = (council.rules.adjustment, council.rules.prohibited)
    seats = await uow.seats.list_in(council.id)
    warnings: list[str] = []
    if any(rung.vetoes for rung in rungs) and not any(seat.veto and seat.votes for seat in seats):
        warnings.append("no_veto_seat")
    if any(rung.broad is not None for rung in rungs):
        warnings.append("broad_without_blocs")
    return tuple(warnings)


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
