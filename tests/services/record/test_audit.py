"""`verify` finds a single altered ballot, ruling, rule or entry, and names it."""

import pytest
import sqlalchemy as sa

from services import Services
from storage import Database
from tests.clocks import SetClock
from tests.pasts import Pasts
from tests.services.chamber import Chamber

ALTERATIONS = [
    ("UPDATE ballots SET position = 'independent' WHERE seat = 2", "ballot", {"round": 1, "seat": 2}),
    ("DELETE FROM ballots WHERE seat = 3", "ballot", {"round": 1, "seat": 3}),
    (
        "INSERT INTO ballots (round, issue, seat, position, version, cast_at) "
        "SELECT round, issue, 6, position, version, cast_at FROM ballots WHERE seat = 1",
        "ballot",
        {"round": 1, "seat": 6},
    ),
    ("UPDATE rulings SET ruling = replace(ruling, '\"promoted\"', '\"held\"')", "ruling", {"round": 1}),
    ("UPDATE issues SET category = 'independent'", "standing", {"number": 1}),
    (
        "UPDATE rounds SET rules = replace(rules, '\"relegate_after\"\\:2', '\"relegate_after\"\\:3')",
        "rounds.rules",
        {"id": 1},
    ),
    (
        "UPDATE record_entries SET data = replace(data, 'prohibited', 'independent') WHERE kind = 'ballots cast'",
        "entry",
        {},
    ),
    ("UPDATE record_entries SET kind = 'something else' WHERE index = 2", "entry", {"index": 2}),
    ("DELETE FROM record_entries WHERE index = 3", "entry", {"index": 3}),
    ("UPDATE entitlements SET weight = 5 WHERE seat = 1", "entitlements.weight", {"round": 1, "seat": 1}),
]


@pytest.fixture
async def decided(database: Database, clock: SetClock, pasts: Pasts) -> Chamber:
    """A council that has promoted an issue with five seats of six voting."""
    chamber = Chamber(Services.over(database), clock)
    await pasts.of(lambda: decide(chamber), name=decide, database=database, clock=clock)
    return chamber


async def decide(chamber: Chamber) -> None:
    await chamber.found()
    issue = await chamber.propose("Torture")
    await chamber.seat(*range(1, 7))
    await chamber.round_with(issue, {"prohibited": 5})


async def test_what_nobody_touched_verifies(decided: Chamber) -> None:
    report = await decided.services.audit.verify()
    assert (report.councils, report.ballots, report.rulings, report.faults) == (1, 5, 1, ())


@pytest.mark.parametrize(("statement", "what", "where"), ALTERATIONS)
async def test_an_alteration_is_found_and_named(
    decided: Chamber, database: Database, statement: str, what: str, where: dict[str, int]
) -> None:
    assert await alter(database, statement)
    report = await decided.services.audit.verify()
    named = [fault for fault in report.faults if fault.what == what and where.items() <= fault.where.items()]
    assert named, f"expected {what} {where}, found {report.faults}"


async def alter(database: Database, statement: str) -> bool:
    """Change rows behind the bot's back; whether any was there to change."""
    async with database.write() as uow:
        connection = await uow._session.connection()  # pyright: ignore[reportAttributeAccessIssue]
        result = await connection.execute(sa.text(statement.replace(" index ", ' "index" ')))
        await uow.commit()
    return result.rowcount > 0
