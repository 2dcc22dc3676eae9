"""Permission first: whoever may not do a thing is told so, whatever it typed; nothing of that is read or fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

import cogs.options.issue
import cogs.options.seat
import cogs.showing.countries
import services.issues.service
import services.seats.seating
import services.seats.service
from cogs.custom_ids import councils, seats
from cogs.interactions.admission import FOR_CHAIRS, FOR_SEATS
from deliberation.rules.changes import GROUPS
from tests.architecture.loaded import load_everything
from tests.security import assembly as cast
from tests.security.access import CHAIRS, ROWS, State, Who
from tests.security.assembly import ANNEX, DIRECT, HALL, LOBBY, Assembly
from tests.security.conftest import Assemble
from tests.security.harness import RestoringHarness
from tests.security.payloads import Person
from tests.security.test_access import PEOPLE
from tests.security.wire import Answer

CHAIRS_COMMANDS = sorted({row.name[1:] for row in ROWS if row.who == CHAIRS and row.name[0] == "/" and not row.case})
CHAIRS_PARTS = sorted({row.name for row in ROWS if row.who == CHAIRS and row.name[0] != "/"})
SEATS_COMMANDS = ("issue second", "issue review", "seat proxy")
NOT_CHAIRS = [who for who in Who if who not in CHAIRS]
SEATLESS = (Who.STRANGER, Who.BARRED, Who.FORMER, Who.OTHER_MEMBER)

STRING, INTEGER, BOOLEAN, USER, ROLE, FILE = 3, 4, 5, 6, 8, 11
NONSENSE: dict[int, tuple[Any, ...]] = {
    STRING: ("no such thing", "\u3164", "e" + "\u0301\u0316" * 2_900, "99999999999999999999", "@everyone", "x" * 6_000),
    INTEGER: (0, -(2**53), 2**53),
    BOOLEAN: (True, False),
    USER: (cast.STRANGER, cast.BARRED),
    ROLE: (cast.VOTERS_ROLE,),
    FILE: (b"name\n" + b"," * 199_000, b"\xff\xfe" * 90_000, b"name\nFrance\n"),
}


def options_of(harness: RestoringHarness, command: str) -> dict[str, tuple[int, bool]]:
    """The command's options as they were published: their type, and whether they must be given."""
    root, *path = command.split()
    leaf = next(one for one in harness.assembly.wire.commands if one["name"] == root)
    for step in path:
        leaf = next(one for one in leaf["options"] if one["name"] == step)
    return {one["name"]: (one["type"], bool(one.get("required"))) for one in leaf.get("options", ())}


def nonsense(options: dict[str, tuple[int, bool]]) -> Iterator[dict[str, Any]]:
    """What must be given alone, and then all of it, with each kind of nonsense in turn."""
    for number in range(max(map(len, NONSENSE.values()))):
        given = {name: NONSENSE[kind][number % len(NONSENSE[kind])] for name, (kind, _) in options.items()}
        yield {name: value for name, value in given.items() if options[name][1]}
        yield given


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is compared and parsed of what was typed."""
    found: list[str] = []

    def noted(where: Any, name: str) -> None:
        real = getattr(where, name)
        monkeypatch.setattr(where, name, lambda text, *more: found.append(text[:40]) or real(text, *more))

    for where in (
        cogs.showing.countries,
        cogs.options.issue,
        cogs.options.seat,
        services.seats.service,
        services.issues.service,
    ):
        noted(where, "fold")
    noted(services.seats.seating, "parse_seating")
    return found


async def test_every_command_button_and_form_of_the_chairs_asks_before_anything_else():
    loaded = await load_everything()
    marked = {one.qualified_name: one.extras for one in loaded.tree.walk_commands() if hasattr(one, "callback")}
    assert sorted(name for name, extras in marked.items() if FOR_CHAIRS.items() <= extras.items()) == CHAIRS_COMMANDS
    assert sorted(name for name, extras in marked.items() if FOR_SEATS.items() <= extras.items()) == sorted(
        SEATS_COMMANDS
    )
    parts = [route.kind.noun for route in loaded.context.routes if route.for_chairs]
    assert sorted(parts) == CHAIRS_PARTS


async def refused(
    harness: RestoringHarness, who: Person, channel: int, command: str, given: dict[str, Any]
) -> tuple[str, ...]:
    """The codes with which the command was refused; nothing else came of it."""

    async def use(assembly: Assembly, person: Person, place: int) -> Answer:
        return await assembly.wire.command(person, place, command, **given)

    harness.put_back(State.VOTING)
    outcome = await harness.watch(use, who, channel)
    assert outcome.changed == []
    return outcome.refused


@pytest.mark.parametrize("command", CHAIRS_COMMANDS)
async def test_who_is_no_chair_is_told_so_whatever_a_chairs_command_is_given(
    command: str, assemble: Assemble, read: list[str]
):
    async with assemble() as harness:
        for given in nonsense(options_of(harness, command)):
            for who in NOT_CHAIRS:
                assert await refused(harness, PEOPLE[who], HALL, command, given) == ("not_chair",), (who, given)
        assert (read, harness.assembly.wire.downloads) == ([], [])


@pytest.mark.parametrize("command", SEATS_COMMANDS)
async def test_who_holds_no_seat_is_told_so_whatever_it_names(command: str, assemble: Assemble, read: list[str]):
    async with assemble() as harness:
        for given in nonsense(options_of(harness, command)):
            for who in SEATLESS:
                assert await refused(harness, PEOPLE[who], HALL, command, given) == ("seating_closed",), (who, given)
        assert read == []


async def test_who_may_take_no_seat_or_has_none_to_leave_is_told_so_whatever_it_names(
    assemble: Assemble, read: list[str]
):
    async with assemble() as harness:
        for seat in NONSENSE[STRING]:
            for who, code in ((Who.SEATED, "seat_taken"), (Who.HOLDER, "seat_taken"), (Who.BARRED, "barred")):
                assert await refused(harness, PEOPLE[who], HALL, "seat take", {"seat": seat}) == (code,)
            for who in SEATLESS:
                assert await refused(harness, PEOPLE[who], HALL, "seat leave", {"seat": seat}) == ("seating_closed",)
        assert read == []


async def test_who_does_not_manage_the_server_is_told_so_before_a_council_is_set_up(assemble: Assemble):
    async with assemble() as harness:
        for who in Who:
            if who is not Who.MANAGER:
                code = await refused(harness, PEOPLE[who], LOBBY, "council setup", {"secrecy": "nonsense"})
                assert code == ("not_chair",), who


FILES = NONSENSE[FILE]


@pytest.mark.parametrize("file", FILES, ids=["commas", "bytes", "a seating"])
async def test_an_import_fetches_nothing_but_for_a_chair_where_a_council_sits(file: bytes, assemble: Assemble):
    async with assemble() as harness:
        wire = harness.assembly.wire
        for who in NOT_CHAIRS:
            assert await refused(harness, PEOPLE[who], HALL, "seat import", {"file": file}) == ("not_chair",)
        for who, channel, code in (
            (cast.MANAGER, LOBBY, "no_council"),
            (cast.CHAIR, ANNEX, "not_chair"),
            (cast.STRANGER, LOBBY, "no_council"),
            (replace(cast.MANAGER, guild=None), DIRECT, "no_council"),
        ):
            assert await refused(harness, who, channel, "seat import", {"file": file}) == (code,)
        assert wire.downloads == []
        harness.put_back(State.VOTING)
        await wire.command(cast.CHAIR, HALL, "seat import", file=file)
        assert len(wire.downloads) == 1


async def test_nor_is_a_file_fetched_that_is_too_large(assemble: Assemble):
    async with assemble() as harness:
        large = {"file": b"name\n" + b"x" * 200_000}
        assert await refused(harness, cast.CHAIR, HALL, "seat import", large) == ("seating_unreadable",)
        assert harness.assembly.wire.downloads == []


def sent(harness: RestoringHarness, typed: str) -> Iterator[Any]:
    """Each form and menu of the chairs that takes what is typed or chosen, with this."""
    wire, council = harness.assembly.wire, harness.assembly.council
    for custom_id in (
        *(str(councils.RulesForm(council=council, group=group)) for group in GROUPS),
        str(seats.ImportForm(council=council)),
    ):
        entered: dict[str, Any] = {name: typed[:4_000] for name in ("seating", "least", "criteria", "reminders")}
        yield partial(wire.submit, custom_id=custom_id, entered=entered)
    yield partial(wire.tap, custom_id=str(seats.PickSeating(council=council)), values=[typed[:100]])


async def test_who_is_no_chair_is_told_so_whatever_a_chairs_form_or_menu_brings(assemble: Assemble, read: list[str]):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        for who in NOT_CHAIRS:
            for use in (use for typed in NONSENSE[STRING] for use in sent(harness, typed)):
                harness.put_back(State.VOTING)
                outcome = await harness.watch(lambda _, *whom, use=use: use(*whom), PEOPLE[who], HALL)
                assert (outcome.refused, outcome.changed) == (("not_chair",), []), (who, use)
        assert read == []
