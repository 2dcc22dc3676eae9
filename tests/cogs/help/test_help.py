"""The page for whoever is new."""

from __future__ import annotations

from tests.cogs.bench import text_of
from tests.cogs.conftest import Discord


async def test_help_says_how_to_vote_and_what_nobody_can_promise(on_discord: Discord):
    async with on_discord("help") as bench:
        shown = await bench.alice.slash(bench.channel, "help")
        text = text_of(shown)
        assert shown.ephemeral
        for told in ("one tap", "Independent", "`/council setup`", "can always read its database", "Security Council"):
            assert told in text
