"""What is kept about a person is handed out whole, and erased without a trace, while every count still verifies."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from deliberation.categories import Position
from deliberation.ids import ChannelId, PersonId, SeatId
from deliberation.presets import PRESETS
from deliberation.pseudonyms import is_pseudonym
from deliberation.seats import Barred, ErasedInRound
from services.ports import PostKind, Preferences, Reminding
from storage import Database
from storage.tables import metadata
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, Secrecy, member
from tests.services.test_audit import alter

ELSEWHERE = ChannelId(700_000_000_000_000_002)
ERASED = member(1)
NAME = "Member 1"
WORDS = "It burns those who never consented."


def former(language: str, tag: str) -> str:
    return f"Former member {tag}"


async def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    async with database.read() as uow:
        connection = uow._connection
        return {
            table.name: [dict(row._mapping) for row in await connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        }


async def found_in(database: Database, *wanted: str) -> list[str]:
    """Where one of these is stored, in any column of any table."""
    rows = await everything(database)
    return [
        f"{table}.{column}: {value!r}"
        for table, listed in rows.items()
        for row in listed
        for column, value in row.items()
        for one in wanted
        if one in (value.decode("latin-1") if isinstance(value, bytes) else str(value))
    ]


@pytest.fixture
async def lived(chamber: Chamber) -> Chamber:
    """A member with a past in two councils of two servers: every kind of trace of it is stored."""
    services = chamber.services
    await chamber.found_with(ELSEWHERE)
    await services.seats.add_delegation(ELSEWHERE, name="France", country="FR", holders=[ERASED.person])
    for channel in (CHANNEL, ELSEWHERE):
        await services.issues.propose(channel, ERASED, title="Torture", action="In all its forms", why="")
    await chamber.seat(*range(1, 7))
    torture = (await services.issues.list_in(CHANNEL))[1][0]
    opened = await chamber.open("3d")
    for number in range(1, 7):
        await chamber.vote(opened.round, torture, number, "prohibited", reason=WORDS if number == 1 else "It harms.")
    await chamber.vote(opened.round, torture, 1, "adjustment", reason=f"{WORDS} Or so I thought.")
    away = await chamber.open("3d", channel=ELSEWHERE)
    abroad = (await services.issues.list_in(ELSEWHERE))[1][0]
    await chamber.vote(away.round, abroad, 1, "prohibited", reason=f"{WORDS} Abroad.")
    await chamber.pass_time(3 * DAY)
    await services.people.put(ERASED.person, Preferences(language="fr", reminders=Reminding.DIRECT))
    await services.people.keep_draft(
        council=torture.council, person=ERASED.person, kind="issue", subject=0, fields={"title": NAME}
    )
    await services.proxies.give(CHANNEL, ERASED, to=SeatId(3), issue=None)
    return chamber


async def kept_of(chamber: Chamber) -> set[str]:
    return set((await chamber.services.privacy.export(ERASED.person)).sections)


async def test_the_export_holds_everything_of_every_council_and_nothing_of_others(lived: Chamber):
    data = await lived.services.privacy.export(ERASED.person)
    assert {name: len(rows) for name, rows in data.sections.items()} == {
        "councils": 2,
        "seats": 2,
        "rounds": 1,
        "ballots": 1,
        "reasons": 1,
        "issues": 2,
        "wordings": 2,
        "proxies": 1,
        "drafts": 1,
        "preferences": 1,
        "history": 3,
        "record": 9,
    }
    assert [row["position"] for row in data.sections["history"]] == ["prohibited", "adjustment", "prohibited"]
    said = [row["value"] for row in data.sections["record"] if row["label"] == "text"]
    assert sorted(said) == sorted([NAME, WORDS, f"{WORDS} Or so I thought.", f"{WORDS} Abroad."])
    assert "It harms." not in str(data), "another member's words"
    assert "Member 2" not in str(data)


async def test_erasing_leaves_neither_id_nor_name_nor_words_anywhere(lived: Chamber, database: Database):
    assert await found_in(database, str(ERASED.person), NAME, WORDS)
    counted = await tables(database, "ballots", "rulings", "entitlements", "docket", "issue_seconds", "proxies")
    record = (await everything(database))["record_entries"]
    erased = await lived.services.privacy.erase(ERASED.person, words=True, former=former)
    assert is_pseudonym(erased.pseudonym)
    assert await found_in(database, str(ERASED.person), NAME, WORDS) == []
    assert await tables(database, "ballots", "rulings", "entitlements", "docket", "issue_seconds", "proxies") == counted
    assert (await everything(database))["record_entries"][: len(record)] == record, "the record is only added to"
    assert await kept_of(lived) == set()
    report = await lived.services.audit.verify()
    assert report.sound, report.faults
    assert report.ballots == 7
    for number in range(2, 7):
        assert await found_in(database, str(member(number).person)), "the others stay"


async def tables(database: Database, *names: str) -> dict[str, list[dict[str, Any]]]:
    rows = await everything(database)
    return {name: sorted(rows[name], key=str) for name in names}


async def test_words_are_kept_under_the_pseudonym_where_they_are_not_to_go(lived: Chamber, database: Database):
    erased = await lived.services.privacy.erase(ERASED.person, words=False, former=former)
    assert await found_in(database, str(ERASED.person), NAME) == []
    tag = f"{-erased.pseudonym % 1_000_000:06d}"
    reasons = await lived.services.reasons.list_of(CHANNEL, 1)
    mine = [given for given in reasons.reasons if WORDS in given.reason.text]
    assert [given.seat_name for given in mine] == [f"Former member {tag}"]
    _, issues = await lived.services.issues.list_in(ELSEWHERE)
    assert [issue.proposer for issue in issues] == [erased.pseudonym], "one pseudonym in every council"


async def test_a_ballot_altered_after_an_erasure_is_still_found(lived: Chamber, database: Database):
    await lived.services.privacy.erase(ERASED.person, words=True, former=former)
    assert await alter(database, "UPDATE ballots SET position = 'independent' WHERE position = 'adjustment'")
    assert {fault.what for fault in (await lived.services.audit.verify()).faults} == {"ballot", "ruling"}


async def test_who_is_erased_in_a_round_casts_no_second_ballot_in_it(lived: Chamber):
    opened = await lived.open("3d")
    issue = (await lived.services.issues.list_in(CHANNEL))[1][0]
    await lived.vote(opened.round, issue, 1, Position.PROHIBITED)
    await lived.services.privacy.erase(ERASED.person, words=False, former=former)
    with pytest.raises(ErasedInRound):
        await lived.vote(opened.round, issue, 1, Position.INDEPENDENT)
    with pytest.raises(ErasedInRound):
        await lived.services.seats.take(CHANNEL, ERASED)
    with pytest.raises(ErasedInRound) as told:
        await lived.services.seating.add_person(CHANNEL, CHAIR, ERASED.person, NAME)
    assert told.value.params["other"] is True
    status = await lived.services.rounds.status(CHANNEL)
    assert status is not None
    assert (status.voted, status.entitled) == (1, 6), "the ballot stands, and none came to it"
    await lived.pass_time(3 * DAY)
    again = await lived.open("3d")
    await lived.vote(again.round, issue, 1, Position.INDEPENDENT)
    report = await lived.services.audit.verify()
    assert report.sound, report.faults


async def test_ballots_cast_at_the_instant_of_an_erasure_leave_no_trace_of_the_person(
    chamber: Chamber, database: Database
):
    council = await chamber.found_with(ELSEWHERE, "simple-majority")
    issue = await chamber.propose("Torture", channel=council)
    await chamber.seat(1, 2, channel=council)
    opened = await chamber.open("3d", channel=council)
    positions = ("prohibited", "independent", "adjustment") * 4
    votes = [chamber.vote(opened.round, issue, 1, position, reason=None) for position in positions]
    erase = chamber.services.privacy.erase(ERASED.person, words=True, former=former)
    answers = await asyncio.gather(*votes[:6], erase, *votes[6:], return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert all(isinstance(answer, ErasedInRound) for answer in refused), refused
    assert await found_in(database, str(ERASED.person), NAME) == []
    assert len((await everything(database))["ballots"]) <= 1, "one seat, one ballot"
    report = await chamber.services.audit.verify()
    assert report.sound, report.faults


async def test_a_bar_outlives_an_erasure_until_a_chair_lifts_it(chamber: Chamber, database: Database):
    await chamber.seat(1, 2)
    await chamber.services.seating.bar(CHANNEL, CHAIR, ERASED.person)
    await chamber.services.privacy.erase(ERASED.person, words=False, former=former)
    assert await found_in(database, str(ERASED.person), NAME) == []
    with pytest.raises(Barred):
        await chamber.services.seats.take(CHANNEL, ERASED)
    with pytest.raises(Barred):
        await chamber.services.seating.add_person(CHANNEL, CHAIR, ERASED.person, NAME)
    with pytest.raises(Barred):
        await chamber.services.seating.bar(CHANNEL, CHAIR, ERASED.person)
    await chamber.services.seating.unbar(CHANNEL, CHAIR, ERASED.person)
    await chamber.services.seats.take(CHANNEL, ERASED)


async def test_a_delegation_stays_when_one_of_its_holders_is_erased(chamber: Chamber):
    services = chamber.services
    await chamber.propose("Torture")
    people = [member(number).person for number in (1, 2, 3)]
    await services.seats.add_delegation(CHANNEL, name="France", country="FR", holders=people)
    opened = await chamber.open("3d")
    issue = (await services.issues.list_in(CHANNEL))[1][0]
    await chamber.vote(opened.round, issue, 1, "prohibited")
    erased = await services.privacy.erase(ERASED.person, words=False, former=former)
    [seat] = (await services.seats.list_in(CHANNEL, CHAIR)).seats
    assert (seat.name, seat.holders) == ("France", (member(2).person, member(3).person))
    receipt = await chamber.vote(opened.round, issue, 2, "adjustment")
    assert receipt.previous is Position.PROHIBITED
    assert receipt.previous_by == erased.pseudonym


async def test_a_secret_ballot_is_handed_out_without_what_would_prove_it(chamber: Chamber):
    secret = await chamber.found_with(ELSEWHERE, "simple-majority", secrecy=Secrecy.SECRET)
    issue = await chamber.propose("Torture", channel=secret)
    await chamber.seat(1, 2, channel=secret)
    opened = await chamber.open("3d", channel=secret)
    await chamber.vote(opened.round, issue, 1, "prohibited", reason=WORDS)
    data = await chamber.services.privacy.export(ERASED.person)
    assert [row["position"] for row in data.sections["history"]] == ["prohibited"]
    [said] = [row for row in data.sections["record"] if row["value"] == WORDS]
    assert (said["salt"], said["commitment"]) == (None, None)
    assert not [row for row in data.sections["record"] if row["label"] == "ballot"]


async def test_a_card_that_names_the_veto_of_who_is_erased_is_redrawn(chamber: Chamber, database: Database):
    council = await chamber.found_with(ELSEWHERE, "security-council")
    await chamber.services.seating.add_person(council, CHAIR, ERASED.person, NAME, veto=True)
    for number in (2, 3, 4):
        await chamber.services.seating.add_person(council, CHAIR, member(number).person, f"Member {number}")
    issue = await chamber.propose("Torture", channel=council)
    opened = await chamber.open("3d", channel=council)
    await chamber.vote(opened.round, issue, 1, "independent")
    for number in (2, 3, 4):
        await chamber.vote(opened.round, issue, number, "prohibited")
    await chamber.pass_time(3 * DAY)
    await send_everything(chamber)
    await chamber.services.privacy.erase(ERASED.person, words=False, former=former)
    assert [(post.kind, post.subject) for post in await chamber.services.posts.due()] == [(PostKind.CARD, issue.id)]
    card = await chamber.services.issues.card(issue.id)
    assert [name.startswith("Former member") for name in card.names.values()] == [True]


async def send_everything(chamber: Chamber) -> None:
    """As the outbox does."""
    while due := await chamber.services.posts.due():
        for post in due:
            await chamber.services.posts.begin(post)
            await chamber.services.posts.posted(post, channel=CHANNEL, message=post.id)


async def test_a_member_of_whom_nothing_is_kept_is_told_so(chamber: Chamber):
    preview = await chamber.services.privacy.preview(PersonId(5))
    assert preview.nothing
    assert (await chamber.services.privacy.export(PersonId(5))).empty


async def test_the_preview_names_the_rounds_in_which_the_ballots_stand(lived: Chamber):
    before = await lived.services.privacy.preview(ERASED.person)
    assert (before.councils, before.seats, before.issues, before.rounds) == (2, 2, 2, ())
    opened = await lived.open("3d")
    bound = await lived.services.privacy.preview(ERASED.person)
    assert [round_.id for _, round_ in bound.rounds] == [opened.round.id]


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


async def test_many_erasures_and_presets_verify(chamber: Chamber):
    assert PRESETS["meta-regime"].open_seating
    issue = await chamber.propose("Torture")
    await chamber.seat(*range(1, 7))
    opened = await chamber.open("3d")
    for number in range(1, 7):
        await chamber.vote(opened.round, issue, number, "prohibited")
        await chamber.services.privacy.erase(member(number).person, words=bool(number % 2), former=former)
    await chamber.pass_time(3 * DAY)
    result = await chamber.services.rounds.result(opened.round.id)
    assert [line.ruling.after.category.word for line in result.lines] == ["adjustment"]
    report = await chamber.services.audit.verify()
    assert report.sound, report.faults


LARGE = ("ballots", "ballot_events", "reasons", "record_entries", "record_secrets", "entitlements", "issues", "posts")


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
            for row in await uow._connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", values[0] if isinstance(values, list) else values
            )
        ]
    scans = [plan for plan in plans if any(plan[0].split(" USING")[0] == f"SCAN {table}" for table in LARGE)]
    assert scans == []
