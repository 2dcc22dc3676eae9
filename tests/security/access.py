"""Who may do what: one row for every command, button, menu and form, and for what differs by its options.

`docs/access.md` is written from these rows (`python -m tests.security.access`), and `test_access` tries every one of
them as everybody, so that a new command or template without a row fails there. A row names what is used, the state of
the council in which it would succeed, who may, and how it is used.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cogs import custom_ids as ids
from tests.security.assembly import Assembly
from tests.security.payloads import Person
from tests.security.wire import Answer

PAGE = Path(__file__).resolve().parents[2] / "docs" / "access.md"


class Who(StrEnum):
    """Everybody who meets in the council's channel, by what Discord and the council know of them."""

    STRANGER = "a member without a seat"
    SEATED = "a member with a seat"
    PROPOSER = "the issue's proposer, with a seat"
    HOLDER = "a delegation's holder"
    CO_HOLDER = "a delegation's other holder"
    OBSERVER = "an observer"
    BARRED = "a barred member"
    FORMER = "a member who gave up a seat"
    CHAIR = "a chair by role"
    MANAGER = "a manager of the server"
    OTHER_MEMBER = "a member of another council of the server"
    OTHER_CHAIR = "a chair of another council of the server"


class State(StrEnum):
    """What goes on in the council: each is a database of its own."""

    VOTING = "voting"
    OPEN_SEATING = "voting, with seats for everybody"
    PAUSED = "paused"
    DEBATE = "debate"
    IDLE = "no round"
    ROLL_CALL = "roll call"


EVERYBODY = frozenset(Who)
DELEGATES = frozenset({Who.HOLDER, Who.CO_HOLDER})
SEATS = DELEGATES | {Who.SEATED, Who.PROPOSER}
SEATS_AND_OBSERVERS = SEATS | {Who.OBSERVER}
CHAIRS = frozenset({Who.CHAIR, Who.MANAGER})
VOICES = SEATS_AND_OBSERVERS | CHAIRS
SEATLESS = EVERYBODY - SEATS_AND_OBSERVERS - {Who.BARRED}
PROPOSER_AND_CHAIRS = CHAIRS | {Who.PROPOSER}
NAMES: Mapping[frozenset[Who], str] = {
    EVERYBODY: "everybody in the channel",
    DELEGATES: "holders of that delegation",
    SEATS: "seats that vote",
    SEATS_AND_OBSERVERS: "seats, observers too",
    CHAIRS: "chairs",
    VOICES: "seats, observers, chairs",
    SEATLESS: "who holds no seat and is not barred",
    SEATLESS | SEATS: "everybody but observers and the barred",
    EVERYBODY - {Who.BARRED, Who.OBSERVER} - SEATS
    | DELEGATES: "holders of that delegation; to look, also who has no seat",
    PROPOSER_AND_CHAIRS: "the proposer and chairs",
    SEATS_AND_OBSERVERS - {Who.PROPOSER}: "seats, observers too, but not the proposer's",
    frozenset({Who.PROPOSER}): "the proposer",
    frozenset({Who.MANAGER}): "managers of the server",
    EVERYBODY - SEATS - {Who.OBSERVER} | DELEGATES: "holders of that delegation; to look, also who has no seat",
}

Use = Callable[[Assembly, Person, int], Awaitable[Answer]]
"""Used by that person in that channel."""


@dataclass(frozen=True)
class Row:
    """`name`: the command, or the template's noun. `case`: what sets it apart from another row of the same name.
    `state`: where it would succeed. `own`: it is about no council, but about the person or a channel without one."""

    name: str
    who: frozenset[Who]
    use: Use
    state: State = State.VOTING
    case: str = ""
    own: bool = False


def slash(name: str, who: frozenset[Who], state: State = State.VOTING, /, *, case: str = "", **options: Any) -> Row:
    """A command; an option that is a function is asked of the assembly."""

    async def use(assembly: Assembly, person: Person, channel: int) -> Answer:
        given: dict[str, Any] = {key: value(assembly) if callable(value) else value for key, value in options.items()}
        return await assembly.wire.command(person, channel, name, **given)

    return Row(f"/{name}", who, use, state, case)


def tap(
    template: ids.Template,
    who: frozenset[Who],
    state: State = State.VOTING,
    *,
    case: str = "",
    values: Sequence[str] | Callable[[Assembly], Sequence[str]] | None = None,
    **fields: Any,
) -> Row:
    """A button, or with `values` a menu."""

    async def use(assembly: Assembly, person: Person, channel: int) -> Answer:
        custom_id = template.build(**_fields(assembly, template, fields))
        chosen = values(assembly) if callable(values) else values
        return await assembly.wire.tap(person, channel, custom_id, values=chosen)

    return Row(template.noun, who, use, state, case)


def form(
    template: ids.Template,
    who: frozenset[Who],
    entered: Mapping[str, Any],
    state: State = State.VOTING,
    *,
    case: str = "",
    **fields: Any,
) -> Row:
    """A form that is sent."""

    async def use(assembly: Assembly, person: Person, channel: int) -> Answer:
        custom_id = template.build(**_fields(assembly, template, fields))
        return await assembly.wire.submit(person, channel, custom_id, entered)

    return Row(template.noun, who, use, state, case)


def _fields(assembly: Assembly, template: ids.Template, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, and for the rest this council, its round and its first issue."""
    usual = {
        "council": assembly.council,
        "round": assembly.round,
        "issue": assembly.issue(1),
        "version": 1,
        "page": 0,
        "position": "prohibited",
    }
    names = {name for name, _ in template.fields}
    wanted = {name: value(assembly) if callable(value) else value for name, value in given.items()}
    return {name: value for name, value in usual.items() if name in names} | wanted


def france(assembly: Assembly) -> int:
    return assembly.seat("Qz France")


def aside(row: Row) -> Row:
    """The same, about no council: whatever it changes is the person's own, or a channel's that has none."""
    return Row(row.name, row.who, row.use, row.state, row.case, own=True)


async def erase_oneself(assembly: Assembly, person: Person, channel: int) -> Answer:
    """The button names whoever asked for it."""
    return await assembly.wire.tap(person, channel, ids.ERASE.build(asked=str(person.id), words="keep"))


SETUP = {"name": "A new council", "preset": ["meta-regime"], "length": "3d", "voters": [], "chairs": []}
TEXT = {"title": "Qz Something else entirely", "action": "What is done.", "why": ""}
ANOTHERS = "for a delegation's seat"
MANAGERS = frozenset({Who.MANAGER})
LOOKING = EVERYBODY - SEATS - {Who.OBSERVER} | DELEGATES

ROWS: tuple[Row, ...] = (
    # Councils.
    aside(slash("council setup", MANAGERS)),
    aside(tap(ids.SETUP_AGAIN, MANAGERS, secrecy="open")),
    aside(form(ids.SETUP_FORM, MANAGERS, SETUP, secrecy="open")),
    slash("council info", EVERYBODY),
    slash("council rules", EVERYBODY),
    tap(ids.RULES, EVERYBODY),
    tap(ids.RULES_EDIT, CHAIRS, group="quorum"),
    form(ids.RULES_FORM, CHAIRS, {"least": "2"}, group="quorum"),
    slash("council preset", CHAIRS, preset="general-assembly"),
    tap(ids.PRESET_APPLY, CHAIRS, preset="general-assembly"),
    slash("council roles", CHAIRS, voters=lambda assembly: assembly.voters_role),
    slash("council close", CHAIRS, State.IDLE),
    tap(ids.COUNCIL_CLOSE, CHAIRS, State.IDLE),
    # Seats.
    slash("seat take", SEATLESS, case="a free delegation", seat=lambda assembly: str(assembly.seat("Qz Ghana"))),
    tap(ids.SEAT_TAKE, SEATLESS, State.OPEN_SEATING),
    slash("seat leave", SEATS_AND_OBSERVERS),
    slash("seat list", EVERYBODY),
    tap(ids.SEATS, EVERYBODY),
    slash("seat proxy", SEATS, to=lambda assembly: str(assembly.seat("Qz Proxy"))),
    slash("seat proxy", DELEGATES, case=ANOTHERS, to="Qz Proxy", seat=lambda assembly: str(france(assembly))),
    slash("seat add", CHAIRS, name="Qz Newcomers"),
    slash("seat assign", CHAIRS, seat="Qz Ghana", member=lambda assembly: assembly.stranger),
    slash("seat set", CHAIRS, seat="Qz France", weight=7),
    slash("seat remove", CHAIRS, seat="Qz France"),
    tap(ids.SEAT_REMOVE, CHAIRS, seat=france),
    slash("seat bar", CHAIRS, member=lambda assembly: assembly.stranger),
    slash("seat fill", CHAIRS, seating="p5"),
    tap(ids.SEAT_FILL, CHAIRS, seating="p5"),
    tap(ids.SEAT_FILL_PICK, CHAIRS, values=["p5"]),
    slash("seat import", CHAIRS),
    tap(ids.SEAT_IMPORT, CHAIRS),
    form(ids.SEAT_IMPORT_FORM, CHAIRS, {"seating": "name\nQz Imported"}),
    # Issues.
    slash("propose", EVERYBODY),
    tap(ids.PROPOSE, EVERYBODY),
    tap(ids.PROPOSE_AGAIN, EVERYBODY),
    form(ids.PROPOSE_FORM, VOICES, TEXT),
    tap(ids.PROPOSE_ANYWAY, VOICES),
    slash("reasons", EVERYBODY, issue="1"),
    tap(ids.REASONS, EVERYBODY),
    tap(ids.REASONS_TURN, EVERYBODY),
    slash("issue show", EVERYBODY, issue="1"),
    tap(ids.CARD_FULL, EVERYBODY),
    slash("issue list", EVERYBODY),
    tap(ids.ISSUES, EVERYBODY),
    slash("issue withdraw", frozenset({Who.PROPOSER}), issue="1"),
    slash("issue second", SEATS_AND_OBSERVERS - {Who.PROPOSER}, issue="3"),
    tap(ids.SECOND, SEATS_AND_OBSERVERS - {Who.PROPOSER}, issue=lambda assembly: assembly.issue(3)),
    tap(ids.SECOND, DELEGATES, case=ANOTHERS, issue=lambda assembly: assembly.issue(3), seat=france),
    slash("issue review", SEATS_AND_OBSERVERS, issue="4"),
    slash("issue amend", PROPOSER_AND_CHAIRS, State.IDLE, issue="1"),
    tap(ids.AMEND, PROPOSER_AND_CHAIRS, State.IDLE),
    form(ids.AMEND_FORM, PROPOSER_AND_CHAIRS, TEXT, State.IDLE),
    slash("issue merge", CHAIRS, issue="2", into="1"),
    slash("issue hide", CHAIRS, issue="2", why="It breaks the server's rules."),
    tap(ids.SHOW_AGAIN, CHAIRS, issue=lambda assembly: assembly.issue(5)),
    tap(ids.EXPLAIN, EVERYBODY, view="why"),
    tap(ids.EXPLAIN_PICK, EVERYBODY, values=lambda assembly: [str(assembly.issue(1))]),
    # Ballots and reasons.
    slash("vote", EVERYBODY, issue="1"),
    slash("docket", EVERYBODY),
    tap(ids.DOCKET, EVERYBODY),
    tap(ids.DOCKET, LOOKING, case=ANOTHERS, seat=france),
    tap(ids.PICK, EVERYBODY, values=lambda assembly: [str(assembly.issue(1))]),
    tap(ids.PICK, LOOKING, case=ANOTHERS, values=lambda assembly: [str(assembly.issue(1))], seat=france),
    tap(ids.BALLOT_OF, EVERYBODY),
    tap(ids.BALLOT_OF, LOOKING, case=ANOTHERS, seat=france),
    tap(ids.BALLOT, SEATS),
    tap(ids.BALLOT, SEATLESS | SEATS, State.OPEN_SEATING, case="where seats are for everybody"),
    tap(ids.BALLOT, DELEGATES, case=ANOTHERS, seat=france),
    tap(ids.UNVOTE, SEATS),
    tap(ids.UNVOTE, DELEGATES, case=ANOTHERS, seat=france),
    tap(ids.REASON, EVERYBODY),
    tap(ids.REASON, LOOKING, case=ANOTHERS, seat=france),
    form(ids.REASON_FORM, SEATS, {"reason": "Qz because"}),
    form(ids.REASON_FORM, DELEGATES, {"reason": "Qz because"}, case=ANOTHERS, seat=france),
    tap(ids.GIVE_REASON, EVERYBODY, State.DEBATE),
    tap(ids.GIVE_REASON, LOOKING, State.DEBATE, case=ANOTHERS, seat=france),
    form(ids.GIVE_REASON_FORM, SEATS_AND_OBSERVERS, {"reason": "Qz because"}, State.DEBATE),
    form(ids.GIVE_REASON_FORM, DELEGATES, {"reason": "Qz because"}, State.DEBATE, case=ANOTHERS, seat=france),
    # Rounds.
    slash("round open", CHAIRS, State.IDLE),
    slash("round close", CHAIRS),
    tap(ids.CLOSE, CHAIRS),
    slash("round extend", CHAIRS, by="1h"),
    slash("round pause", CHAIRS),
    slash("round resume", CHAIRS, State.PAUSED),
    slash("round rollcall", CHAIRS, State.IDLE),
    slash("round cancel", CHAIRS),
    tap(ids.CANCEL, CHAIRS),
    slash("round schedule", CHAIRS, when="every Monday 18:00", length="1d"),
    slash("round status", EVERYBODY),
    tap(ids.ROUND_FULL, EVERYBODY),
    tap(ids.PRESENT, SEATS, State.ROLL_CALL, presence="present"),
    tap(ids.PRESENT, DELEGATES, State.ROLL_CALL, case=ANOTHERS, presence="voting", seat=france),
    # The order.
    slash("order board", EVERYBODY),
    slash("order board", CHAIRS, case="pinned", pin=True),
    tap(ids.BOARD, EVERYBODY),
    slash("order verify", EVERYBODY),
    # People.
    aside(slash("preferences", EVERYBODY)),
    aside(tap(ids.PREFERENCES, EVERYBODY, field="reminders", values=["none"])),
    aside(slash("privacy export", EVERYBODY)),
    aside(slash("privacy erase", EVERYBODY)),
    aside(Row(ids.ERASE.noun, EVERYBODY, erase_oneself)),
    aside(slash("help", EVERYBODY)),
)


def rendered() -> str:
    """The page of the documentation."""
    lines = [
        "# Who may do what",
        "",
        "Written from `tests/security/access.py` (`python -m tests.security.access`); a test tries every row as every",
        "kind of member, also with forged ids, from other channels and servers and in direct messages. Nothing of a",
        "council can be seen or changed from anywhere but its own channel and that channel's threads.",
        "",
        "| what is used | where it differs | who may |",
        "|---|---|---|",
    ]
    lines += [f"| `{row.name}` | {row.case} | {NAMES[row.who]} |" for row in ROWS]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    PAGE.write_text(rendered(), encoding="utf-8")
