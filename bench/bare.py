"""A bare discord.py bot, with which Comity is compared: it answers every vote button, and does nothing else.

Run as `python -m bench.bare`, with the environment of `comity run`. It has everything that makes a bot fast (uvloop,
orjson, frozen garbage, no caches), and answers with a message like Comity's receipt: a box with its lines and three
buttons.
"""

import asyncio
import re

import discord
import uvloop
from discord import ui
from discord.ext import commands

from bot.connection.urls import point_at
from bot.program import calm_collector
from bot.settings import read_settings

LINES = "Recorded: **Prohibited**\nfor **#1 An issue**, by the seat *Member 17*\n-# It can be changed until <t:1:F>."


def receipt() -> ui.LayoutView:
    box = ui.Container(ui.TextDisplay(LINES))
    box.add_item(ui.ActionRow(ui.Button(label="Give a reason", custom_id="r"), ui.Button(label="Undo", custom_id="u")))
    box.add_item(ui.ActionRow(ui.Button(label="Next: #2 Another issue", custom_id="n")))
    view = ui.LayoutView(timeout=None)
    view.add_item(box)
    view.stop()
    return view


class Answer(ui.DynamicItem[ui.Button[ui.View]], template=re.compile("cmt:1:ballot:(.+)")):
    """Answers any vote button."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[ui.View], match: re.Match[str], /
    ) -> "Answer":
        return cls(item)  # pyright: ignore[reportArgumentType]

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(
            view=receipt(), ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )


class Bare(commands.Bot):
    async def setup_hook(self) -> None:
        self.add_dynamic_items(Answer)
        await self.tree.sync()

    async def on_ready(self) -> None:
        calm_collector()


async def run() -> None:
    settings = read_settings(env_file=None)
    point_at(settings)
    assert settings.discord_token is not None  # noqa: S101 - the benchmark sets it
    bot = Bare(
        "!",
        intents=discord.Intents(guilds=True),
        member_cache_flags=discord.MemberCacheFlags.none(),
        chunk_guilds_at_startup=False,
        max_messages=None,
    )
    async with bot:
        await bot.start(settings.discord_token.get_secret_value())


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())
