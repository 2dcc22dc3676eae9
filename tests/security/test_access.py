"""The table of who may do what, tried row by row: by everybody, from everywhere, and with ids that nobody was given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cogs.custom_ids import NUMBER, OPTIONAL, POST, Template, templates
from tests.architecture.loaded import load_everything
from tests.security import assembly as cast
from tests.security.access import PAGE, ROWS, Row, State, Who, rendered
from tests.security.assembly import ELSEWHERE, HALL, LOBBY, THREAD, Dump
from tests.security.bench import Bench, Outcome
from tests.security.conftest import Assemble

PEOPLE = {who: getattr(cast, who.name) for who in Who}
SETTING_UP = ("/council setup", "setup-again", "setup-form")
BY_STATE = sorted(ROWS, key=lambda row: row.state)
"""So that the database is put back only after what changed it."""
TEMPLATES = {template.noun: template for template in templates()}


def place_of(row: Row) -> int:
    return LOBBY if row.name in SETTING_UP else HALL


async def test_every_command_button_menu_and_form_is_in_the_table():
    loaded = await load_everything()
    commands = {f"/{command.qualified_name}" for command in loaded.tree.walk_commands() if hasattr(command, "callback")}
    assert {row.name for row in ROWS} == commands | (set(TEMPLATES) - {POST.noun})


def test_the_page_says_what_the_table_says():
    assert PAGE.read_text(encoding="utf-8") == rendered(), "python -m tests.security.access"


@pytest.mark.parametrize("who", Who, ids=lambda who: who.name)
async def test_each_may_what_the_table_says_and_a_refusal_changes_nothing(who: Who, assemble: Assemble):
    async with assemble() as bench:
        for row in BY_STATE:
            outcome = await bench.try_row(row, PEOPLE[who], place_of(row))
            about = f"{row.name} {row.case}: {outcome.refused} {outcome.answer.text}"
            assert (who in row.who) == (not outcome.refused), about
            if outcome.refused:
                assert outcome.changed_for_others == [], about
                assert len(outcome.answer.text) > 20, about


@pytest.mark.parametrize("who", [Who.HOLDER, Who.CHAIR], ids=lambda who: who.name)
async def test_a_thread_is_as_good_as_its_channel(who: Who, assemble: Assemble):
    async with assemble() as bench:
        for row in BY_STATE:
            if row.name not in SETTING_UP:
                outcome = await bench.try_row(row, PEOPLE[who], THREAD)
                assert (who in row.who) == (not outcome.refused), f"{row.name} {row.case}: {outcome.refused}"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
async def test_from_elsewhere_nothing_of_a_council_is_changed_or_seen(elsewhere: str, assemble: Assemble):
    person, channel = ELSEWHERE[elsewhere]
    async with assemble() as bench:
        for row in BY_STATE:
            if row.own:
                continue
            outcome = await bench.try_row(row, person, channel)
            about = f"{row.name} {row.case}: {outcome.refused} {outcome.answer.text}"
            assert reveals(outcome, person.name) == [], about
            assert of_council(bench, outcome) == [], about
            if row.name in TEMPLATES:
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


def of_council(bench: Bench, outcome: Outcome) -> list[tuple[str, dict[str, Any]]]:
    """What changed of the first council."""
    council = bench.assembly.council
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


def forged(template: Template, bench: Bench, usual: dict[str, Any]) -> Iterator[str]:
    """Ids of the template with one number in the place of another, and what no template fits."""
    good = template.build(**usual)
    fields = [name for name, kind in template.fields if kind in (NUMBER, OPTIONAL)]
    for name in fields:
        for number in (0, 10**18 - 1):
            yield template.build(**usual | {name: number})
    places = {"issue": "issues", "round": "rounds", "council": "councils", "seat": "seats"}
    for name in set(fields) & set(places):
        yield template.build(**usual | {name: bench.foreign_id(places[name])})
    start = good.split(":")[:3]
    for number in ("-1", "9223372036854775808", str(2**64), str(10**30), "٣", "1e3", "", " 1", "0x1"):
        yield ":".join([*start, *(number for _ in template.fields)])[:100]
    yield from (good[:-1], good.replace("cmt:1", "cmt:2"), good.replace("cmt:1", "cmt:0"), f"{good}:1:1", good.upper())


@pytest.mark.parametrize("person", [cast.MANAGER, cast.HOLDER], ids=["manager", "holder"])
async def test_a_forged_id_is_answered_and_changes_nothing(person: Any, assemble: Assemble):
    async with assemble() as bench:
        bench.put_back(State.VOTING)
        for template in templates():
            usual = bench.usual(template)
            good = template.build(**usual)
            for custom_id in forged(template, bench, usual):
                if custom_id == good or not custom_id:
                    continue
                for use in bench.uses(template, custom_id):
                    outcome = await bench.watch(use, person, HALL)
                    about = f"{custom_id}: {outcome.refused} {outcome.answer.text}"
                    if names_a_place(template, custom_id, good):
                        assert outcome.changed_for_others == [], about
                        assert reveals(outcome, person.name) == [], about
                    elif outcome.changed_for_others:
                        bench.put_back(State.VOTING)


def names_a_place(template: Template, custom_id: str, good: str) -> bool:
    """Whether another council, round, issue or seat is named, or nothing that there is."""
    match = template.pattern.fullmatch(custom_id)
    if match is None:
        return True
    ids, usual = template.read(match)._asdict(), template.read(good)._asdict()
    return any(ids[name] != usual[name] for name in ids if name in ("council", "round", "issue", "seat"))
