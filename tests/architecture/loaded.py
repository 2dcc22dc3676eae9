"""The client with every area loaded, which never logs in."""

from __future__ import annotations

from typing import cast

import discord
from discord.ext import commands

import cogs
from cogs.interactions.context import Context
from cogs.interactions.tree import GuardedTree
from cogs.showing.localizer import Catalogues
from services import Services


class Loaded(commands.Bot):
    """A client with a context."""

    def __init__(self) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=GuardedTree,
            intents=discord.Intents(guilds=True),
        )
        self.context = Context(services=cast(Services, None), catalogues=Catalogues.load())


async def load_everything() -> Loaded:
    bot = Loaded()
    for area in cogs.AREAS:
        await bot.load_extension(f"cogs.{area}")
    return bot
