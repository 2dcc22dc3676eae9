"""Areas that are imported once for all bots of the process."""

from __future__ import annotations

import sys
from typing import Any

from discord.ext import commands


def keep_modules() -> None:
    """From now on a bot that ends leaves its areas' modules where they are. discord.py forgets them, and the next bot
    would read and run each of them anew, as no program does that has one bot."""
    unload = commands.Bot.unload_extension

    async def unload_and_keep(bot: commands.Bot, name: str, **given: Any) -> None:
        imported = dict(sys.modules)
        await unload(bot, name, **given)
        for module in imported.keys() - sys.modules.keys():
            sys.modules[module] = imported[module]

    commands.Bot.unload_extension = unload_and_keep
