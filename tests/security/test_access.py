"""The table of who may do what, tried row by row: by everybody, from everywhere, and with ids that nobody was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cogs.custom_ids import kinds
from cogs.custom_ids.grammar import NUMBER, CustomId
from tests.architecture.loaded import load_everything
from tests.security import assembly as cast
from tests.security.access import PAGE, ROWS, Row, State, Who, rendered
from tests.security.assembly import ELSEWHERE, HALL, LOBBY, THREAD, Dump
from tests.security.conftest import Assemble
from tests.security.harness import Outcome, RestoringHarness

PEOPLE = {who: getattr(cast, who.name) for who in Who}
SETTING_UP = ("/council setup", "setup-again", "setup-form")
BY_STATE = sorted(ROWS, key=lambda row: row.state)
"""So that the database is put back only after what changed it."""
NOUNS = {kind.noun for kind in kinds()}


def place_of(row: Row) -> int:
    return LOBBY if row.name in SETTING_UP else HALL


async def test_every_command_button_menu_and_form_is_in_the_table():
    loaded = await load_everything()
    commands = {f"/{command.qualified_name}" for command in loaded.tree.walk_commands() if hasattr(command, "callback")}
    assert {row.name for row in ROWS} == commands | NOUNS


def test_the_page_says_what_the_table_says():
    assert PAGE.read_text(encoding="utf-8") == rendered(), "python -m tests.security.access"


@pytest.mark.parametrize("who", Who, ids=lambda who: who.name)
async def test_each_may_what_the_table_says_and_a_refusal_changes_nothing(who: Who, assemble: Assemble):
    async with assemble() as harness:
        for row in BY_STATE:
            outcome = await harness.try_row(row, PEOPLE[who], place_of(row))
            about = f"{row.name} {row.case}: {outcome.refused} {outcome.answer.text}"
            assert (who in row.who) == (not outcome.refused), about
            if outcome.refused:
                assert outcome.changed_for_others == [], about
                assert len(outcome.answer.text) > 20, about


@pytest.mark.parametrize("who", [Who.HOLDER, Who.CHAIR], ids=lambda who: who.name)
async def test_a_thread_is_as_good_as_its_channel(who: Who, assemble: Assemble):
    async with assemble() as harness:
        for row in BY_STATE:
            if row.name not in SETTING_UP:
                outcome = await harness.try_row(row, PEOPLE[who], THREAD)
                assert (who in row.who) == (not outcome.refused), f"{row.name} {row.case}: {outcome.refused}"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_from_elsewhere_nothing_of_a_council_is_changed_or_seen(elsewhere: str, assemble: Assemble):
    person, channel = ELSEWHERE[elsewhere]
    async with assemble() as harness:
        for row in BY_STATE:
            if row.own:
                continue
            outcome = await harness.try_row(row, person, channel)
            about = f"{row.name} {row.case}: {outcome.refused} {outcome.answer.text}"
            assert reveals(outcome, person.name) == [], about
            assert of_council(harness, outcome) == [], about
            if row.name in NOUNS:
                assert outcome.refused, about
                assert outcome.changed_for_others == [], about


def reveals(outcome: Outcome, own_name: str) -> list[str]:
    """Names of the first council's that are told; what was typed (a seat's name in an option) is repeated at most."""
    names = (
        "Qz Hall",
        "Qz Alice",
        "Qz Paula",
        "Qz Olga",
        "Qz Farah",
        "Qz Torture",
        "Qz Tariffs",
        "Qz What is",
        "says so",
    )
    told = outcome.answer.text
    return [name for name in names if name in told and name != own_name]


def of_council(harness: RestoringHarness, outcome: Outcome) -> list[tuple[str, dict[str, Any]]]:
    """What changed of the first council."""
    council = harness.assembly.council
    own = {
        "issue": ids_of(outcome.before, "issues", council),
        "seat": ids_of(outcome.before, "seats", council),
        "round": ids_of(outcome.before, "rounds", council),
        "council": {council},
    }
    return [
        (table, row)
        for table, row in outcome.changed_for_others
        if any(row.get(name) in numbers for name, numbers in own.items())
    ]


def ids_of(before: Dump, table: str, council: int) -> set[int]:
    return {row[0] for row in before[table] if row[1] == council}


# --- ids that nobody was given ---


def forged(kind: type[CustomId], harness: RestoringHarness, usual: dict[str, Any]) -> Iterator[str]:
    """Ids of that kind with one number in the place of another, and what no kind fits."""
    good = str(kind(**usual))
    fields = [field.name for field in kind.fields if field.written.expression == NUMBER]
    for name in fields:
        for number in (0, 10**18 - 1):
            yield str(kind(**usual | {name: number}))
    places = {"issue": "issues", "round": "rounds", "council": "councils", "seat": "seats"}
    for name in set(fields) & set(places):
        yield str(kind(**usual | {name: harness.foreign_id(places[name])}))
    start = good.split(":")[:3]
    for number in ("-1", "9223372036854775808", str(2**64), str(10**30), "٣", "1e3", "", " 1", "0x1"):
        yield ":".join([*start, *(number for _ in kind.fields)])[:100]
    yield from (good[:-1], good.replace("cmt:1", "cmt:2"), good.replace("cmt:1", "cmt:0"), f"{good}:1:1", good.upper())


@pytest.mark.parametrize("person", [cast.MANAGER, cast.HOLDER], ids=["manager", "holder"])
async def test_a_forged_id_is_answered_and_changes_nothing(person: Any, assemble: Assemble):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        for kind in kinds():
            usual = harness.usual(kind)
            good = str(kind(**usual))
            for custom_id in forged(kind, harness, usual):
                if custom_id == good or not custom_id:
                    continue
                for use in harness.uses(kind, custom_id):
                    outcome = await harness.watch(use, person, HALL)
                    about = f"{custom_id}: {outcome.refused} {outcome.answer.text}"
                    if names_a_place(kind, custom_id, good):
                        assert outcome.changed_for_others == [], about
                        assert reveals(outcome, person.name) == [], about
                    elif outcome.changed_for_others:
                        harness.put_back(State.VOTING)


def names_a_place(kind: type[CustomId], custom_id: str, good: str) -> bool:
    """Whether another council, round, issue or seat is named, or nothing that there is."""
    named, usual = kind.parse(custom_id), kind.parse(good)
    places = [field.name for field in kind.fields if field.name in ("council", "round", "issue", "seat")]
    return named is None or any(getattr(named, name) != getattr(usual, name) for name in places)
