"""Areas that are imported once for all bots of the process."""

from __future__ import annotations

from discord.ext import commands


def keep_modules() -> None:
    """From now on a bot that ends leaves its areas' modules where they are. discord.py takes each apart and forgets it,
    and the next bot would read and run it anew, as no program does that has one bot."""

    async def keep(self: commands.Bot, name: str, *, package: str | None = None) -> None:
        pass

    commands.Bot.unload_extension = keep
