"""What members and chairs may do beside each state of a round, what each refuses, and what time brings to each of them,
also to a process that was away (PRODUCT §3, §4). What chairs do with the round itself: `test_states`."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation.councils import CouncilClosed
from deliberation.errors import DomainError
from deliberation.issues import AlreadyRuled, VoteIsOpen
from deliberation.rounds import DeadlinePassed, NoOpenRound, NotOnDocket, Round, RoundIsOpen, RoundIsOver, RoundStatus
from deliberation.rounds._rounds import DebateUnderWay, RoundPaused
from deliberation.rules import Quorum, Rules
from services.ports import PostKind
from storage import Database
from tests.services.chamber import CHAIR, DAY, Chamber, member
from tests.services.chamber import CHANNEL as PLACE
from tests.services.rounds.test_states import DEBATED, HOUR, PLAIN, TICK, under

AMENDED = {"title": "Torture", "action": "In all its forms, by anybody.", "why": ""}
START = timedelta(hours=6)
"""From a test's first instant to the scheduled start: "daily 18:00"."""

Intention = Callable[[Chamber, Round | None], Awaitable[object]]


async def give_proxy(chamber: Chamber, _round: Round | None) -> object:
    seats = (await chamber.services.seats.list_in(PLACE, member(2))).seats
    return await chamber.services.proxies.give(PLACE, member(2), to=seats[0].id)


async def withdraw_ballot(chamber: Chamber, round_: Round | None) -> object:
    assert round_ is not None
    [torture, *_] = (await chamber.services.issues.list_in(PLACE))[1]
    return await chamber.services.ballots.withdraw(round_.id, torture.id, 1, member(1))


async def tap_old_button(chamber: Chamber, round_: Round | None) -> object:
    assert round_ is not None
    [torture, *_] = (await chamber.services.issues.list_in(PLACE))[1]
    return await chamber.services.ballots.ballot_of(round_.id, torture.id, member(1))


async def close(chamber: Chamber, round_: Round | None) -> object:
    assert round_ is not None
    return await chamber.services.rounds.close(PLACE, CHAIR, round_.id)


async def cancel(chamber: Chamber, round_: Round | None) -> object:
    assert round_ is not None
    return await chamber.services.rounds.cancel(PLACE, CHAIR, round_.id)


INTENTIONS: dict[str, Intention] = {
    "look at the docket": lambda chamber, _: chamber.services.ballots.docket(PLACE, member(1)),
    "vote by command": lambda chamber, _: chamber.services.ballots.ballot_for(PLACE, member(1), 1),
    "tap an old button": tap_old_button,
    "withdraw the ballot": withdraw_ballot,
    "propose": lambda chamber, _: chamber.propose("Espionage", by=member(1)),
    "second": lambda chamber, _: chamber.services.editing.second(PLACE, member(2), 3),
    "amend": lambda chamber, _: chamber.services.editing.amend(PLACE, member(1), 1, **AMENDED),
    "give a proxy": give_proxy,
    "call the roll": lambda chamber, _: chamber.services.roll_calls.call(PLACE, CHAIR),
    "hide": lambda chamber, _: chamber.services.editing.hide(PLACE, CHAIR, 3, note="It names a private person."),
    "merge": lambda chamber, _: chamber.services.editing.merge(PLACE, CHAIR, 2, into=1),
    "withdraw the issue": lambda chamber, _: chamber.services.issues.withdraw(PLACE, member(1), 1),
    "close the council": lambda chamber, _: chamber.services.councils.close(PLACE, CHAIR),
    "open": lambda chamber, _: chamber.open("1d"),
    "pause": lambda chamber, _: chamber.services.rounds.pause(PLACE, CHAIR),
    "resume": lambda chamber, _: chamber.services.rounds.resume(PLACE, CHAIR),
    "extend": lambda chamber, _: chamber.services.rounds.extend(PLACE, CHAIR, "1h"),
    "close": close,
    "cancel": cancel,
}

BALLOTS = ("look at the docket", "vote by command", "tap an old button", "withdraw the ballot")
OVERDUE: dict[str, type[DomainError]] = {
    **dict.fromkeys(BALLOTS, DeadlinePassed),
    "amend": VoteIsOpen,
    "call the roll": RoundIsOpen,
    "give a proxy": DeadlinePassed,
    "close the council": RoundIsOpen,
}
ROWS: dict[str, dict[str, type[DomainError]]] = {
    "scheduled": dict.fromkeys(("look at the docket", "vote by command", "pause", "resume", "extend"), NoOpenRound),
    "debate": {**dict.fromkeys(BALLOTS, DebateUnderWay), "close the council": RoundIsOpen},
    "open": {"amend": VoteIsOpen, "call the roll": RoundIsOpen, "close the council": RoundIsOpen},
    "paused": {
        **dict.fromkeys(BALLOTS, RoundPaused),
        "amend": VoteIsOpen,
        "call the roll": RoundIsOpen,
        "close the council": RoundIsOpen,
    },
    "overdue": OVERDUE,
    "closing": {
        **OVERDUE,
        "open": RoundIsOpen,
        "pause": DeadlinePassed,
        "resume": RoundIsOver,
        "extend": DeadlinePassed,
        "close": RoundIsOver,
        "cancel": DeadlinePassed,
    },
    "closed": {
        "withdraw the ballot": RoundIsOver,
        "tap an old button": RoundIsOver,
        "look at the docket": NoOpenRound,
        "vote by command": NoOpenRound,
        "withdraw the issue": AlreadyRuled,
    },
    "cancelled": {
        "withdraw the ballot": RoundIsOver,
        "tap an old button": RoundIsOver,
        "look at the docket": NoOpenRound,
        "vote by command": NoOpenRound,
    },
}
"""What each state refuses, and how. Every other intention goes through, but for those that need a round where there is
none, and the chairs' own, of which only the states that `test_states` leaves out are told here."""

CHAIRS = ("open", "pause", "resume", "extend", "close", "cancel")


def let_through(state: str) -> list[str]:
    """The intentions that the state lets through, in an order in which none spoils the next."""
    skipped = CHAIRS if state != "scheduled" else (*CHAIRS, "withdraw the ballot", "tap an old button")
    return [intention for intention in INTENTIONS if intention not in ROWS[state] and intention not in skipped]


async def in_state(chamber: Chamber, database: Database, state: str, rules: Rules = PLAIN) -> Round | None:
    """A round in that state over issues 1, member 1's own, and 2; issue 3 waits for a second."""
    await under(chamber, replace(DEBATED, reminders=rules.reminders) if state == "debate" else rules)
    torture, _ = await chamber.propose("Torture", by=member(1)), await chamber.propose("Tariffs", by=member(3))
    await chamber.seat(1, 2, 3)
    if state == "scheduled":
        await chamber.services.rounds.schedule(PLACE, CHAIR, when="daily 18:00", length="2h", zone="UTC")
        round_ = None
    else:
        round_ = (await chamber.open("1d")).round
        if state != "debate":
            await chamber.vote(round_, torture, 1, "independent")
    await under(chamber, replace(rules, seconders=1))
    await chamber.propose("Migration", by=member(3))
    if round_ is None:
        for number in (1, 2):
            await chamber.services.editing.second(PLACE, member(2), number)
        return None
    await lead_to(chamber, database, round_, state)
    return (await chamber.services.rounds.view(round_.id)).round


async def lead_to(chamber: Chamber, database: Database, round_: Round, state: str) -> None:
    """From open to a later state."""
    match state:
        case "paused":
            await chamber.services.rounds.pause(PLACE, CHAIR)
        case "overdue" | "closing":
            chamber.clock.advance(DAY)
        case "closed":
            await chamber.services.rounds.close(PLACE, CHAIR, round_.id)
        case "cancelled":
            await chamber.services.rounds.cancel(PLACE, CHAIR, round_.id)
    if state == "closing":
        async with database.write() as uow:
            assert await uow.rounds.claim_due(round_.id, await uow.now()) is not None
            await uow.commit()


@pytest.mark.parametrize("state", ROWS)
async def test_each_intention_beside_each_state(chamber: Chamber, database: Database, state: str) -> None:
    before = await in_state(chamber, database, state)
    entries = (await chamber.services.audit.verify()).entries
    said: dict[str, type[DomainError]] = {}
    for intention in ROWS[state]:
        try:
            await INTENTIONS[intention](chamber, before)
        except DomainError as refusal:
            said[intention] = type(refusal)
    assert said == ROWS[state]
    assert (await chamber.services.audit.verify()).entries == entries, "a refusal leaves no trace in the record"
    for intention in let_through(state):
        await INTENTIONS[intention](chamber, before)
    if before is not None:
        assert (await chamber.services.rounds.view(before.id)).round == before, "none of it is the round's own"
    assert (await chamber.services.audit.verify()).sound


@pytest.mark.parametrize("intention", ROWS["scheduled"])
async def test_before_a_scheduled_round_every_refusal_says_when_it_opens(
    chamber: Chamber, database: Database, intention: str
) -> None:
    await in_state(chamber, database, "scheduled")
    with pytest.raises(NoOpenRound) as said:
        await INTENTIONS[intention](chamber, None)
    assert said.value.params["next_at"] == chamber.clock.now() + START


async def test_a_round_that_was_being_closed_is_ruled_whatever_was_tried_meanwhile(
    chamber: Chamber, database: Database
) -> None:
    round_ = await in_state(chamber, database, "closing")
    assert round_ is not None
    for intention, refusal in ROWS["closing"].items():
        with pytest.raises(refusal):
            await INTENTIONS[intention](chamber, round_)
    await chamber.services.timetable.settle_due()
    assert [line.entry.number for line in (await chamber.services.rounds.result(round_.id)).lines] == [1, 2]


@pytest.mark.parametrize("state", ["debate", "open", "paused", "overdue", "closing"])
@pytest.mark.parametrize(("intention", "gone"), [("withdraw the issue", 1), ("merge", 2)])
async def test_an_issue_taken_off_the_agenda_in_any_state_gets_no_ruling_and_the_others_do(
    chamber: Chamber, database: Database, state: str, intention: str, gone: int
) -> None:
    round_ = await in_state(chamber, database, state)
    assert round_ is not None
    await INTENTIONS[intention](chamber, round_)
    if state == "paused":
        await chamber.services.rounds.resume(PLACE, CHAIR)
    for _ in range(2):
        await chamber.pass_time(DAY)
    result = await chamber.services.rounds.result(round_.id)
    assert [line.entry.number for line in result.lines] == [3 - gone]


@pytest.mark.parametrize("state", ["debate", "open", "paused"])
async def test_what_is_proposed_and_seconded_during_a_round_waits_for_the_next(
    chamber: Chamber, database: Database, state: str
) -> None:
    round_ = await in_state(chamber, database, state)
    assert round_ is not None
    await chamber.services.editing.second(PLACE, member(2), 3)
    if state == "paused":
        await chamber.services.rounds.resume(PLACE, CHAIR)
    elif state == "debate":
        await chamber.pass_time(DAY)
    late = (await chamber.services.issues.list_in(PLACE))[1][2]
    with pytest.raises(NotOnDocket):
        await chamber.vote(round_, late, 1, "adjustment")
    await chamber.pass_time(DAY)
    assert [line.entry.number for line in (await chamber.open("1d")).lines] == [3, 1, 2]


@pytest.mark.parametrize(
    ("state", "elapsed", "expected"),
    [
        ("scheduled", START - TICK, None),
        ("scheduled", START, "open"),
        ("scheduled", START + 2 * HOUR - TICK, "open"),
        ("scheduled", START + 2 * HOUR, None),
        ("debate", DAY - TICK, "debate"),
        ("debate", DAY, "open"),
        ("open", DAY - TICK, "open"),
        ("open", DAY, "closed"),
        ("open", 9 * DAY, "closed"),
        ("paused", DAY - TICK, "paused"),
        ("paused", DAY, "paused"),
        ("paused", 400 * DAY, "paused"),
        ("closing", timedelta(), "closed"),
        ("closing", 9 * DAY, "closed"),
        ("closed", 9 * DAY, "closed"),
        ("cancelled", 9 * DAY, "cancelled"),
    ],
)
async def test_what_time_brings_to_each_state(
    chamber: Chamber, database: Database, state: str, elapsed: timedelta, expected: str | None
) -> None:
    round_ = await in_state(chamber, database, state)
    for _ in range(2):
        await chamber.pass_time(elapsed)
        elapsed = timedelta()
        found = await chamber.services.rounds.status(PLACE)
        if round_ is not None:
            found = await chamber.services.rounds.view(round_.id)
        assert (found and found.round.status) == (expected and RoundStatus(expected))
    results = [post for post in await chamber.services.posts.due() if post.kind is PostKind.RESULT]
    assert len(results) == (expected == "closed"), "announced once"
    assert (await chamber.services.audit.verify()).sound


async def test_a_closed_council_holds_no_scheduled_round_and_says_why(chamber: Chamber, database: Database) -> None:
    await in_state(chamber, database, "scheduled")
    await chamber.services.councils.close(PLACE, CHAIR)
    await chamber.pass_time(START)
    assert await chamber.services.rounds.status(PLACE) is None
    for intention in ("open", "pause", "propose", "second", "call the roll"):
        with pytest.raises(CouncilClosed):
            await INTENTIONS[intention](chamber, None)


async def test_a_pause_takes_the_reminder_along_and_resuming_sets_it_anew(chamber: Chamber, database: Database) -> None:
    async def reminders() -> int:
        return sum(post.kind is PostKind.REMINDER for post in await chamber.services.posts.due())

    round_ = await in_state(chamber, database, "paused", replace(PLAIN, reminders=(HOUR,)))
    assert round_ is not None
    await chamber.pass_time(30 * DAY)
    assert await reminders() == 0
    assert await chamber.services.rounds.reminder(round_.id, last=True) is None
    resumed = (await chamber.services.rounds.resume(PLACE, CHAIR)).round
    assert resumed.closes_at == chamber.clock.now() + DAY
    await chamber.pass_time(DAY - HOUR - TICK)
    assert await reminders() == 0
    await chamber.pass_time(TICK)
    assert await reminders() == 1


async def test_a_round_that_a_chair_closes_early_is_not_prolonged_for_want_of_a_quorum(
    chamber: Chamber, database: Database
) -> None:
    round_ = await in_state(chamber, database, "open", replace(PLAIN, quorum=Quorum(least=2), extension=HOUR))
    assert round_ is not None
    result = await chamber.services.rounds.close(PLACE, CHAIR, round_.id)
    assert result is not None
    assert (result.round.ended_early, result.round.extended) == (True, False)
    assert {line.ruling.code.value for line in result.lines} == {"inquorate"}
