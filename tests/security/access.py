"""Who may do what: one row for every command, button, menu and form, and for what differs by its options.

`docs/access.md` is written from these rows (`python -m tests.security.access`), and `test_access` tries every one of
them as everybody, so that a new command or kind of id without a row fails there. A row names what is used, the state of
the council in which it would succeed, who may, and how it is used.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cogs.custom_ids import ballots, councils, issues, people, rounds, seats
from cogs.custom_ids.grammar import CustomId
from deliberation.ids import PersonId
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
    """`name`: the command, or the noun of its id. `case`: what sets it apart from another row of the same name.
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
    kind: type[CustomId],
    who: frozenset[Who],
    state: State = State.VOTING,
    *,
    case: str = "",
    values: Sequence[str] | Callable[[Assembly], Sequence[str]] | None = None,
    **fields: Any,
) -> Row:
    """A button, or with `values` a menu."""

    async def use(assembly: Assembly, person: Person, channel: int) -> Answer:
        custom_id = str(kind(**_fields(assembly, kind, fields)))
        chosen = values(assembly) if callable(values) else values
        return await assembly.wire.tap(person, channel, custom_id, values=chosen)

    return Row(kind.noun, who, use, state, case)


def form(
    kind: type[CustomId],
    who: frozenset[Who],
    entered: Mapping[str, Any],
    state: State = State.VOTING,
    *,
    case: str = "",
    **fields: Any,
) -> Row:
    """A form that is sent."""

    async def use(assembly: Assembly, person: Person, channel: int) -> Answer:
        custom_id = str(kind(**_fields(assembly, kind, fields)))
        return await assembly.wire.submit(person, channel, custom_id, entered)

    return Row(kind.noun, who, use, state, case)


def _fields(assembly: Assembly, kind: type[CustomId], given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, and for the rest this council, its round and its first issue."""
    usual = {
        "council": assembly.council,
        "round": assembly.round,
        "issue": assembly.issue(1),
        "version": 1,
        "page": 0,
        "position": "prohibited",
    }
    names = {field.name for field in kind.fields}
    wanted = {name: value(assembly) if callable(value) else value for name, value in given.items()}
    return {name: value for name, value in usual.items() if name in names} | wanted


def france(assembly: Assembly) -> int:
    return assembly.seat("Qz France")


def aside(row: Row) -> Row:
    """The same, about no council: whatever it changes is the person's own, or a channel's that has none."""
    return Row(row.name, row.who, row.use, row.state, row.case, own=True)


async def erase_oneself(assembly: Assembly, person: Person, channel: int) -> Answer:
    """The button names whoever asked for it."""
    return await assembly.wire.tap(person, channel, str(people.EraseMember(asked=PersonId(person.id), words="keep")))


SETUP = {"name": "A new council", "preset": ["meta-regime"], "length": "3d", "voters": [], "chairs": []}
TEXT = {"title": "Qz Something else entirely", "action": "What is done.", "why": ""}
ANOTHERS = "for a delegation's seat"
MANAGERS = frozenset({Who.MANAGER})
LOOKING = EVERYBODY - SEATS - {Who.OBSERVER} | DELEGATES

ROWS: tuple[Row, ...] = (
    # Councils.
    aside(slash("council setup", MANAGERS)),
    aside(tap(councils.SetUpAgain, MANAGERS, secrecy="open")),
    aside(form(councils.SetupForm, MANAGERS, SETUP, secrecy="open")),
    slash("council info", EVERYBODY),
    slash("council rules", EVERYBODY),
    tap(councils.ShowRules, EVERYBODY),
    tap(councils.EditRules, CHAIRS, group="quorum"),
    form(councils.RulesForm, CHAIRS, {"least": "2"}, group="quorum"),
    slash("council preset", CHAIRS, preset="general-assembly"),
    tap(councils.ApplyPreset, CHAIRS, preset="general-assembly"),
    slash("council roles", CHAIRS, voters=lambda assembly: assembly.voters_role),
    slash("council close", CHAIRS, State.IDLE),
    tap(councils.CloseCouncil, CHAIRS, State.IDLE),
    # Seats.
    slash("seat take", SEATLESS, case="a free delegation", seat=lambda assembly: str(assembly.seat("Qz Ghana"))),
    tap(seats.TakeSeat, SEATLESS, State.OPEN_SEATING),
    slash("seat leave", SEATS_AND_OBSERVERS),
    slash("seat list", EVERYBODY),
    tap(seats.TurnSeats, EVERYBODY),
    slash("seat proxy", SEATS, to=lambda assembly: str(assembly.seat("Qz Proxy"))),
    slash("seat proxy", DELEGATES, case=ANOTHERS, to="Qz Proxy", seat=lambda assembly: str(france(assembly))),
    slash("seat add", CHAIRS, name="Qz Newcomers"),
    slash("seat assign", CHAIRS, seat="Qz Ghana", member=lambda assembly: assembly.stranger),
    slash("seat set", CHAIRS, seat="Qz France", weight=7),
    slash("seat remove", CHAIRS, seat="Qz France"),
    tap(seats.RemoveSeat, CHAIRS, seat=france),
    slash("seat bar", CHAIRS, member=lambda assembly: assembly.stranger),
    slash("seat fill", CHAIRS, seating="p5"),
    tap(seats.FillSeats, CHAIRS, seating="p5"),
    tap(seats.PickSeating, CHAIRS, values=["p5"]),
    slash("seat import", CHAIRS),
    tap(seats.ImportSeats, CHAIRS),
    form(seats.ImportForm, CHAIRS, {"seating": "name\nQz Imported"}),
    # Issues.
    slash("propose", EVERYBODY),
    tap(issues.Propose, EVERYBODY),
    tap(issues.ProposeAgain, EVERYBODY),
    form(issues.ProposalForm, VOICES, TEXT),
    tap(issues.ProposeAnyway, VOICES),
    slash("reasons", EVERYBODY, issue="1"),
    tap(ballots.ShowReasons, EVERYBODY),
    tap(ballots.TurnReasons, EVERYBODY),
    slash("issue show", EVERYBODY, issue="1"),
    tap(issues.ReadIssue, EVERYBODY),
    slash("issue list", EVERYBODY),
    tap(issues.TurnIssues, EVERYBODY),
    slash("issue withdraw", frozenset({Who.PROPOSER}), issue="1"),
    slash("issue second", SEATS_AND_OBSERVERS - {Who.PROPOSER}, issue="3"),
    tap(issues.SecondIssue, SEATS_AND_OBSERVERS - {Who.PROPOSER}, issue=lambda assembly: assembly.issue(3)),
    tap(issues.SecondIssue, DELEGATES, case=ANOTHERS, issue=lambda assembly: assembly.issue(3), seat=france),
    slash("issue review", SEATS_AND_OBSERVERS, issue="4"),
    slash("issue amend", PROPOSER_AND_CHAIRS, State.IDLE, issue="1"),
    tap(issues.AmendIssue, PROPOSER_AND_CHAIRS, State.IDLE),
    form(issues.AmendmentForm, PROPOSER_AND_CHAIRS, TEXT, State.IDLE),
    slash("issue merge", CHAIRS, issue="2", into="1"),
    slash("issue hide", CHAIRS, issue="2", why="It breaks the server's rules."),
    tap(issues.ShowAgain, CHAIRS, issue=lambda assembly: assembly.issue(5)),
    tap(issues.Explain, EVERYBODY, view="why"),
    tap(issues.PickExplained, EVERYBODY, values=lambda assembly: [str(assembly.issue(1))]),
    # Ballots and reasons.
    slash("vote", EVERYBODY, issue="1"),
    slash("docket", EVERYBODY),
    tap(ballots.OpenDocket, EVERYBODY),
    tap(ballots.OpenDocket, LOOKING, case=ANOTHERS, seat=france),
    tap(ballots.PickIssue, EVERYBODY, values=lambda assembly: [str(assembly.issue(1))]),
    tap(ballots.PickIssue, LOOKING, case=ANOTHERS, values=lambda assembly: [str(assembly.issue(1))], seat=france),
    tap(ballots.OpenBallot, EVERYBODY),
    tap(ballots.OpenBallot, LOOKING, case=ANOTHERS, seat=france),
    tap(ballots.CastBallot, SEATS),
    tap(ballots.CastBallot, SEATLESS | SEATS, State.OPEN_SEATING, case="where seats are for everybody"),
    tap(ballots.CastBallot, DELEGATES, case=ANOTHERS, seat=france),
    tap(ballots.WithdrawBallot, SEATS),
    tap(ballots.WithdrawBallot, DELEGATES, case=ANOTHERS, seat=france),
    tap(ballots.WriteReason, EVERYBODY),
    tap(ballots.WriteReason, LOOKING, case=ANOTHERS, seat=france),
    form(ballots.ReasonForm, SEATS, {"reason": "Qz because"}),
    form(ballots.ReasonForm, DELEGATES, {"reason": "Qz because"}, case=ANOTHERS, seat=france),
    tap(ballots.DebateReason, EVERYBODY, State.DEBATE),
    tap(ballots.DebateReason, LOOKING, State.DEBATE, case=ANOTHERS, seat=france),
    form(ballots.DebateReasonForm, SEATS_AND_OBSERVERS, {"reason": "Qz because"}, State.DEBATE),
    form(ballots.DebateReasonForm, DELEGATES, {"reason": "Qz because"}, State.DEBATE, case=ANOTHERS, seat=france),
    # Rounds.
    slash("round open", CHAIRS, State.IDLE),
    slash("round close", CHAIRS),
    tap(rounds.CloseRound, CHAIRS),
    slash("round extend", CHAIRS, by="1h"),
    slash("round pause", CHAIRS),
    slash("round resume", CHAIRS, State.PAUSED),
    slash("round rollcall", CHAIRS, State.IDLE),
    slash("round cancel", CHAIRS),
    tap(rounds.CancelRound, CHAIRS),
    slash("round schedule", CHAIRS, when="every Monday 18:00", length="1d"),
    slash("round status", EVERYBODY),
    tap(rounds.ReadRound, EVERYBODY),
    tap(rounds.AnswerRollCall, SEATS, State.ROLL_CALL, presence="present"),
    tap(rounds.AnswerRollCall, DELEGATES, State.ROLL_CALL, case=ANOTHERS, presence="voting", seat=france),
    # The order.
    slash("order board", EVERYBODY),
    slash("order board", CHAIRS, case="pinned", pin=True),
    tap(councils.TurnBoard, EVERYBODY),
    slash("order verify", EVERYBODY),
    # People.
    aside(slash("preferences", EVERYBODY)),
    aside(tap(people.ChoosePreference, EVERYBODY, field="reminders", values=["none"])),
    aside(slash("privacy export", EVERYBODY)),
    aside(slash("privacy erase", EVERYBODY)),
    aside(Row(people.EraseMember.noun, EVERYBODY, erase_oneself)),
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
