"""The page for whoever is new."""

from __future__ import annotations

from tests.cogs.conftest import Discord
from tests.cogs.harness import text_of


async def test_help_says_how_to_vote_and_what_nobody_can_promise(on_discord: Discord):
    async with on_discord("help") as harness:
        shown = await harness.alice.slash(harness.channel, "help")
        text = text_of(shown)
        assert shown.ephemeral
        for told in ("one tap", "Independent", "`/council setup`", "can always read its database", "Security Council"):
            assert told in text
