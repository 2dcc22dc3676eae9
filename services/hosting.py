"""Hosting and demonstration: councils, seats and rounds as the host of the program sets them up, for replays,
benchmarks and tests.

Nothing here checks that a chair wants it, except where NotChair is named, and no command, button or form leads here:
what members intend is in the packages beside this module.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from deliberation.councils import Actor
from deliberation.ids import ChannelId, IssueId, PersonId, RoleId, SeatId
from deliberation.issues import IssueStatus
from deliberation.rounds import Round
from deliberation.rules import Rules
from deliberation.seats import Seat, delegation_name

from .councils import CouncilInfo, found_council
from .ports import Delegation, Store
from .record import require_undisputed
from .rounds import open_round_now
from .seats import enter_taken
from .transactions import chaired_council, council_in


class HostingService:
    """What the host of a council intends with it."""

    def __init__(self, store: Store) -> None:
        self._store = store

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

    async def seat_delegation(
        self, channel: ChannelId, *, name: str, country: str | None, holders: Sequence[PersonId]
    ) -> Seat:
        """Seat a delegation, held by several people who share one ballot. Raises NoCouncil or `Text…`."""
        delegation = Delegation(name=name, country=country, holders=tuple(holders))
        return (await self.seat_delegations(channel, [delegation]))[0]

    async def seat_delegations(self, channel: ChannelId, delegations: Sequence[Delegation]) -> tuple[Seat, ...]:
        """Seat delegations, all or none; the seats in the order given. Raises NoCouncil or `Text…`."""
        named = [replace(one, name=delegation_name(one.name)) for one in delegations]
        async with self._store.write(*(person for one in named for person in one.holders)) as uow:
            council = await council_in(uow, channel)
            now = await uow.now()
            seats = await uow.seats.add_delegations(council.id, named, at=now)
            await enter_taken(uow, council, *seats, now=now)
            await uow.commit()
        return seats

    async def open_round(
        self, channel: ChannelId, actor: Actor, *, issues: Sequence[IssueId], seats: Sequence[SeatId], length: timedelta
    ) -> Round:
        """Open a round for `length` from now, on exactly these issues (prohibited ones too) and for exactly these
        seats, whatever other issues and seats the council has.

        Raises NoCouncil, NotChair, LookupError, RoundIsOpen, EmptyDocket or NobodyEntitled.
        """
        async with self._store.write(actor.person) as uow:
            council = await chaired_council(uow, channel, actor)
            await require_undisputed(uow, None, council=council.id)
            now = await uow.now()
            present = {seat.id: seat for seat in await uow.seats.list_in(council.id) if seat.votes}
            listed = await uow.issues.list_in(council.id)
            on_agenda = {issue.id: issue for issue in listed if issue.status is IssueStatus.OPEN}
            round_ = await open_round_now(
                uow,
                council,
                now=now,
                closes_at=now + length,
                scheduled=False,
                by=actor.person,
                docket=[on_agenda[issue] for issue in issues],
                entitled=[present[seat] for seat in seats],
            )
            await uow.commit()
        return round_
