"""A round that cannot be settled: told once, tried again at growing distances, and no other council's trouble."""

from datetime import timedelta

import pytest
import structlog
from sqlalchemy import text

from deliberation.rounds import Round, RoundStatus
from services.ports import StoreUnavailable, Trouble, TroubleKind
from storage import Database
from tests.services.chamber import Chamber

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def broken(chamber: Chamber, database: Database) -> Round:
    """A round whose rules were altered beyond reading, a minute before its deadline."""
    await chamber.propose("Torture")
    round_ = (await chamber.open("1h")).round
    await drained(chamber)
    await alter(database, round_, "{}")
    chamber.clock.advance(timedelta(minutes=59))
    return round_


async def alter(database: Database, round_: Round, rules: str) -> None:
    async with database._writing.begin() as connection:
        changed = {"rules": rules, "id": int(round_.id)}
        await connection.execute(text("UPDATE rounds SET rules = :rules WHERE id = :id"), changed)


async def rules_of(database: Database, round_: Round) -> str:
    async with database._writing.begin() as connection:
        found = await connection.execute(text("SELECT rules FROM rounds WHERE id = :id"), {"id": int(round_.id)})
        return found.scalar_one()


async def troubles(database: Database, round_: Round) -> tuple[Trouble, ...]:
    async with database.read() as uow:
        return await uow.troubles.list_in(round_.council)


async def test_it_is_logged_once_and_tried_again_at_growing_distances(
    chamber: Chamber, database: Database, broken: Round
) -> None:
    clock, timetable = chamber.clock, chamber.services.timetable
    with structlog.testing.capture_logs() as log:
        for minutes in (1, 1, 2, 4, 8, 15, 15):
            clock.advance(timedelta(minutes=minutes) - timedelta(seconds=1))
            before = len(log)
            await timetable.settle_due()
            assert len(log) == before
            assert await timetable.next_due() == clock.now() + timedelta(seconds=1)
            clock.advance(timedelta(seconds=1))
            await timetable.settle_due()
            assert len(log) == before + 1
    assert [entry["log_level"] for entry in log] == ["error"] + ["warning"] * 6
    [code] = {entry["incident"] for entry in log}
    assert len(code) == 8
    [trouble] = await troubles(database, broken)
    assert (trouble.kind, trouble.detail, trouble.failures) == (TroubleKind.SETTLING, code, 7)
    assert trouble.again_at == clock.now() + timedelta(minutes=15)


async def test_another_councils_deadline_is_the_next_instant(chamber: Chamber, broken: Round) -> None:
    other = await chamber.found_with(5, "simple-majority", reminders=())
    await chamber.propose("Piracy", channel=other)
    await chamber.seat(2, channel=other)
    sound = (await chamber.open("90s", channel=other)).round
    await chamber.pass_time(MINUTE)
    await chamber.pass_time(timedelta(seconds=30))
    assert (await chamber.services.rounds.view(sound.id)).round.status is RoundStatus.CLOSED


async def test_once_it_can_be_read_again_it_is_closed_and_the_trouble_is_over(
    chamber: Chamber, database: Database, broken: Round
) -> None:
    await chamber.propose("Piracy")
    await chamber.pass_time(MINUTE)
    healthy = await chamber.found_with(5)
    await chamber.propose("Torture", channel=healthy)
    await alter(database, broken, await rules_of(database, (await chamber.open("3d", channel=healthy)).round))
    await chamber.pass_time(MINUTE)
    assert (await chamber.services.rounds.view(broken.id)).round.status is RoundStatus.CLOSED
    assert await troubles(database, broken) == ()


async def test_a_store_that_is_away_is_no_councils_trouble(
    chamber: Chamber, database: Database, broken: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise StoreUnavailable

    chamber.clock.advance(MINUTE)
    monkeypatch.setattr("services.rounds._set_back.persistently", away)
    with pytest.raises(StoreUnavailable):
        await chamber.services.timetable.settle_due()
    assert await troubles(database, broken) == ()


async def drained(chamber: Chamber) -> None:
    """Whatever is to be posted is posted."""
    posts = chamber.services.posts
    for due in await posts.due(most=100):
        post = await posts.begin(due)
        assert post is not None
        await posts.done(post)
