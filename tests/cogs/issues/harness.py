"""The area of issues on a simulated Discord: what proposers, voters and the outbox do around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

from cogs.issues.card import render_card
from deliberation.categories import Position
from deliberation.rounds import Round
from storage import Database
from tests.cogs.harness import Harness
from tests.cogs.voting import actor, opened, vote


class IssuesHarness(Harness):
    """A council in a channel, another channel without one, and members who may take a seat."""

    def __init__(self, env: Any, database: Database, areas: Sequence[str]) -> None:
        super().__init__(env, database, areas)
        self.elsewhere = self.guild.create_text_channel("lounge")

    async def seat(self, *names: str) -> list[Any]:
        """Members who have taken their seats."""
        members = [self.member(name) for name in names]
        for member in members:
            await self.services.seats.take(self.place, actor(member))
        return members

    async def open_round(self) -> Round:
        return (await opened(self)).round

    async def vote(self, issue: Any, positions: Mapping[Any, Position], *, reason: str = "") -> None:
        """Ballots in the open round, each with the reason."""
        status = await self.services.rounds.status(self.place)
        assert status is not None
        await vote(self, status, issue.number, positions, reason=reason)

    async def close_round(self) -> None:
        """To the deadline, and what falls due with it."""
        self.clock.advance(timedelta(days=3))
        await self.env.advance_time(timedelta(days=3).total_seconds())
        await self.services.timetable.settle_due()

    async def fill_in(self, member: Any, *, title: str, action: str = "What is done.", why: str = "") -> Any:
        """Use `/propose` and send the form."""
        opened = await member.slash(self.channel, "propose")
        return await member.submit_modal(opened, {"title": title, "action": action, "why": why})

    async def put_up(self, title: str, *, by: Any = None, action: str = "What is done.", why: str = "") -> Any:
        """An issue, proposed without a form."""
        proposal = await self.services.issues.propose(
            self.place, actor(by or self.alice), title=title, action=action, why=why, anyway=True
        )
        assert proposal.issue is not None
        return proposal.issue

    async def post_card(self, issue: Any) -> Any:
        """The issue's card in the channel, as the outbox posts it."""
        card = render_card(await self.services.issues.card(issue.id), self.bot.context.catalogues.localizer("en"))
        await self.bot.get_partial_messageable(self.channel.id).send(view=card)
        return self.channel.last_message


Simulated = Callable[..., AbstractAsyncContextManager[IssuesHarness]]
"""Takes the council's `secrecy` and `preset`."""
