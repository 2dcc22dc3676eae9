"""What `run_due` carries out, although something else is slow."""

import asyncio

import pytest

from bot.client import Comity, create_bot
from bot.settings import Settings


class Timetable:
    """Counts settlings."""

    def __init__(self) -> None:
        self.settled = 0

    async def settle_due(self) -> None:
        self.settled += 1


class SlowOutbox:
    """Takes posts only once Discord does."""

    def __init__(self) -> None:
        self.discord_answers = asyncio.Event()
        self.drained = 0

    async def drain(self) -> None:
        await self.discord_answers.wait()
        self.drained += 1


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Comity:
    bot = create_bot(Settings(database_url="sqlite:///unused.db"))
    monkeypatch.setattr(bot, "_outbox", SlowOutbox(), raising=False)
    return bot


def give_timetable(bot: Comity, timetable: Timetable, monkeypatch: pytest.MonkeyPatch) -> Timetable:
    services = type("Services", (), {"timetable": timetable})()
    monkeypatch.setattr(bot, "context", type("Context", (), {"services": services})(), raising=False)
    return timetable


async def test_rounds_close_in_time_while_discord_is_slow_to_take_posts(
    bot: Comity, monkeypatch: pytest.MonkeyPatch
) -> None:
    timetable = give_timetable(bot, Timetable(), monkeypatch)
    first, second = asyncio.create_task(bot.run_due()), asyncio.create_task(bot.run_due())
    for _ in range(10):
        await asyncio.sleep(0)
    assert timetable.settled == 2, "the second run settles though the first is still posting"
    bot._outbox.discord_answers.set()  # pyright: ignore[reportAttributeAccessIssue]
    await asyncio.gather(first, second)
