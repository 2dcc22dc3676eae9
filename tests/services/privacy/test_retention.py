"""What has outlived its time is deleted or forgotten, and every count still verifies; no large table is read whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from storage import Database
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber
from tests.services.past import ERASED, everything, former, tables

LARGE = ("ballots", "ballot_events", "reasons", "record_entries", "record_secrets", "entitlements", "issues", "posts")


async def test_long_ago_it_is_forgotten_who_acted_and_every_count_stays(lived: Chamber, database: Database):
    carry_out, before = lived.services.retention.carry_out, await tables(database, "ballots", "rulings", "reasons")
    assert not await carry_out(30), "nothing is old"
    running = await lived.open("3d")
    issue = (await lived.services.issues.list_in(CHANNEL))[1][0]
    await lived.services.rounds.pause(CHANNEL, CHAIR)
    lived.clock.advance(timedelta(days=40))
    while await carry_out(30):
        pass
    rows = await everything(database)
    assert {row["person"] for row in rows["ballot_events"]} == {0}
    assert {row["salt"] for row in rows["ballot_events"]} == {None}
    people = [row for row in rows["record_secrets"] if row["label"] == "person"]
    kinds = {row["kind"] for row in rows["record_entries"]}
    assert {row["value"] for row in people} == {str(CHAIR.person)}, kinds
    assert await tables(database, "ballots", "rulings", "reasons") == before
    assert rows["drafts"] == []
    await lived.services.rounds.resume(CHANNEL, CHAIR)
    await lived.vote(running.round, issue, 1, "independent")
    report = await lived.services.audit.verify()
    assert report.sound, report.faults
    assert await carry_out(30) is False


async def test_without_a_retention_only_what_served_its_turn_goes(lived: Chamber, database: Database):
    rows = await everything(database)
    lived.clock.advance(timedelta(days=91))
    while await lived.services.retention.carry_out(None):
        pass
    after = await everything(database)
    assert (len(rows["drafts"]), len(after["drafts"])) == (1, 0)
    assert after["ballot_events"] == rows["ballot_events"]
    assert after["record_secrets"] == rows["record_secrets"]


async def test_what_recognised_somebody_in_a_round_goes_with_the_round(lived: Chamber, database: Database):
    await lived.open("3d")
    await lived.services.privacy.erase(ERASED.person, words=False, former=former)
    assert not await lived.services.retention.carry_out(None), "the round still runs"
    assert len((await everything(database))["recognised"]) == 1
    await lived.pass_time(3 * DAY)
    assert await lived.services.retention.carry_out(None)
    assert (await everything(database))["recognised"] == []


async def test_nothing_reads_a_large_table_from_end_to_end(lived: Chamber, database: Database):
    if database.url.get_backend_name() != "sqlite":
        pytest.skip("PostgreSQL reads small tables from end to end, whatever indexes there are")
    statements: list[tuple[str, Any]] = []

    def note(*executed: Any) -> None:
        statements.append((executed[2], executed[3]))

    for engine in (database._writing, database._reading):
        event.listen(engine.sync_engine, "before_cursor_execute", note)
    await lived.services.privacy.export(ERASED.person)
    await lived.services.privacy.erase(ERASED.person, words=True, former=former)
    lived.clock.advance(timedelta(days=100))
    while await lived.services.retention.carry_out(30):
        pass
    read = [(statement, values) for statement, values in statements if not statement.startswith(("BEGIN", "INSERT"))]
    async with database.read() as uow:
        plans = [
            (row.detail, statement)
            for statement, values in read
            for row in await (await uow._session.connection()).exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values[0] if isinstance(values, list) else values
            )
        ]
    scans = [plan for plan in plans if any(plan[0].split(" USING")[0] == f"SCAN {table}" for table in LARGE)]
    assert scans == []
