"""The stage: the bot, the simulated Discord, the clock and the play, put together. Time passes only through
`advance`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import simcord

from bot.client import Comity, create_bot
from bot.settings import Settings
from deliberation.texts.durations import parse_duration

from .agenda import Agenda, load_agenda
from .clock import WorldClock
from .demonstrations import ASSEMBLY, Demonstration
from .hurry import Hurry
from .play import Play
from .simulated import simulated_discord
from .world import ROUND, World, build_world, found_council

SEED = 1945


class Stage:
    """A running rehearsal without a page."""

    def __init__(self, env: simcord.Env, bot: Comity, clock: WorldClock, world: World, play: Play) -> None:
        self.env, self.bot, self.clock, self.world = env, bot, clock, world
        self._play = play

    async def advance(self, by: timedelta) -> bool:
        """Let the council's time pass: due work is carried out, and delegations act. Returns whether anything changed
        that a page shows."""
        await self.env.advance_time(by.total_seconds())
        changed = await self._run_due()
        if await self._play.step():
            await self._run_due()
            return True
        return changed

    async def welcome(self) -> None:
        """Post in the channel what the visitor can do."""
        say = self.bot.context.catalogues.localizer("en")
        names = [member.user.global_name or member.name for member in self.world.visitors.values()]
        text = say.text(
            "rehearsal.welcome",
            names=say.list_of([*names, say.text("rehearsal.chair")]),
            length=say.duration(parse_duration(ROUND)),
        )
        await self.world.secretary.send(self.world.channel, text)

    async def _run_due(self) -> bool:
        due = await self.bot.context.services.timetable.next_due()
        if due is None or due > self.env.now():
            return False
        await self.bot.run_due()
        return True


@asynccontextmanager
async def stage(
    settings: Settings,
    *,
    shown: Demonstration = ASSEMBLY,
    agenda: Agenda | None = None,
    seed: int = SEED,
    today: datetime | None = None,
) -> AsyncIterator[Stage]:
    """Set the stage: the council is founded, its delegations are seated, the agenda's first issues are up and the first
    round is open. `agenda` None: the demonstration's own; `today` None: the world's clock begins at this instant."""
    clock = WorldClock()
    bot = create_bot(settings, clock=clock, alone=True)
    await bot.add_cog(Hurry(clock))
    async with simulated_discord(bot, today=today) as env:
        clock.follow(env.now)
        world = build_world(env, shown)
        await found_council(world, bot)
        play = Play(world, bot, load_agenda(shown.key) if agenda is None else agenda, seed=seed)
        set_up = Stage(env, bot, clock, world, play)
        await play.begin()
        await bot.run_due()
        await set_up.welcome()
        await set_up.advance(timedelta(seconds=1))
        yield set_up
