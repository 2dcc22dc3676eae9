"""Every state of a round and every way out of it (PRODUCT §3), with what each refuses, on both databases."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from deliberation.categories import Category
from deliberation.errors import DomainError
from deliberation.issues import Issue
from deliberation.record import EntryKind
from deliberation.rounds import DeadlinePassed, EmptyDocket, NoOpenRound, Round, RoundIsOpen, RoundIsOver, RoundStatus
from deliberation.rounds._rounds import DebateUnderWay, RoundNotPaused, RoundPaused
from deliberation.rules import Quorum, Rules
from deliberation.rules.presets import PRESETS
from services.issues import CardView
from services.record import enter_one
from tests.services.chamber import CHAIR, DAY, Chamber, member
from tests.services.chamber import CHANNEL as PLACE

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
PLAIN = replace(PRESETS["simple-majority"], quorum=Quorum(), reminders=())
DEBATED = replace(PLAIN, debate=DAY)

Intention = Callable[[Chamber, Round, Issue], Awaitable[object]]

INTENTIONS: dict[str, Intention] = {
    "open": lambda chamber, _round, _issue: chamber.services.rounds.open(PLACE, CHAIR, "1d"),
    "vote": lambda chamber, round_, issue: chamber.vote(round_, issue, 1, "adjustment"),
    "pause": lambda chamber, _round, _issue: chamber.services.rounds.pause(PLACE, CHAIR),
    "resume": lambda chamber, _round, _issue: chamber.services.rounds.resume(PLACE, CHAIR),
    "extend": lambda chamber, _round, _issue: chamber.services.rounds.extend(PLACE, CHAIR, "1h"),
    "close": lambda chamber, round_, _issue: chamber.services.rounds.close(PLACE, CHAIR, round_.id),
    "cancel": lambda chamber, round_, _issue: chamber.services.rounds.cancel(PLACE, CHAIR, round_.id),
}

OUTCOMES: dict[str, dict[str, RoundStatus | type[DomainError]]] = {
    "debate": {
        "open": RoundIsOpen,
        "vote": DebateUnderWay,
        "pause": DebateUnderWay,
        "resume": RoundNotPaused,
        "extend": RoundStatus.DEBATE,
        "close": DebateUnderWay,
        "cancel": RoundStatus.CANCELLED,
    },
    "open": {
        "open": RoundIsOpen,
        "vote": RoundStatus.OPEN,
        "pause": RoundStatus.PAUSED,
        "resume": RoundNotPaused,
        "extend": RoundStatus.OPEN,
        "close": RoundStatus.CLOSED,
        "cancel": RoundStatus.CANCELLED,
    },
    "paused": {
        "open": RoundIsOpen,
        "vote": RoundPaused,
        "pause": RoundPaused,
        "resume": RoundStatus.OPEN,
        "extend": RoundStatus.PAUSED,
        "close": RoundPaused,
        "cancel": RoundStatus.CANCELLED,
    },
    "overdue": {
        "open": RoundIsOpen,
        "vote": DeadlinePassed,
        "pause": DeadlinePassed,
        "resume": RoundNotPaused,
        "extend": DeadlinePassed,
        "close": RoundStatus.CLOSED,
        "cancel": DeadlinePassed,
    },
    "closed": {
        "open": RoundStatus.CLOSED,
        "vote": RoundIsOver,
        "pause": NoOpenRound,
        "resume": NoOpenRound,
        "extend": NoOpenRound,
        "close": RoundIsOver,
        "cancel": RoundIsOver,
    },
    "cancelled": {
        "open": RoundStatus.CANCELLED,
        "vote": RoundIsOver,
        "pause": NoOpenRound,
        "resume": NoOpenRound,
        "extend": NoOpenRound,
        "close": RoundIsOver,
        "cancel": RoundIsOver,
    },
}
"""What each intention does in each state: the state it leads to, or the refusal. A round that a closed or cancelled one
makes room for is another round: the old one stays as it is."""

CASES = [(state, intention) for state, outcomes in OUTCOMES.items() for intention in outcomes]


async def under(chamber: Chamber, rules: Rules) -> None:
    """The council's rules from now on, whatever forms can express."""
    async with chamber.services.councils._store.write() as uow:
        council = await uow.councils.find_in(PLACE)
        assert council is not None
        await uow.councils.put(replace(council, rules=rules), before=council)
        await enter_one(uow, council.id, at=await uow.now(), kind=EntryKind.RULES_CHANGED, data={})
        await uow.commit()


async def in_state(chamber: Chamber, state: str) -> tuple[Round, Issue]:
    """A round in that state, for the issue that it is about."""
    await under(chamber, DEBATED if state == "debate" else PLAIN)
    issue = await chamber.propose("Torture")
    await chamber.seat(1, 2)
    round_ = (await chamber.open("1d")).round
    match state:
        case "paused":
            await chamber.services.rounds.pause(PLACE, CHAIR)
        case "overdue":
            chamber.clock.advance(DAY)
        case "closed":
            await chamber.services.rounds.close(PLACE, CHAIR, round_.id)
        case "cancelled":
            await chamber.services.rounds.cancel(PLACE, CHAIR, round_.id)
    return round_, issue


@pytest.mark.parametrize(("state", "intention"), CASES)
async def test_each_intention_in_each_state(chamber: Chamber, state: str, intention: str) -> None:
    round_, issue = await in_state(chamber, state)
    before = (await chamber.services.rounds.view(round_.id)).round
    outcome = OUTCOMES[state][intention]
    if isinstance(outcome, RoundStatus):
        await INTENTIONS[intention](chamber, round_, issue)
        assert (await chamber.services.rounds.view(round_.id)).round.status is outcome
    else:
        with pytest.raises(outcome):
            await INTENTIONS[intention](chamber, round_, issue)
        assert (await chamber.services.rounds.view(round_.id)).round == before
    assert (await chamber.services.audit.verify()).sound


async def test_voting_opens_when_the_debate_ends_and_freezes_what_holds_then(chamber: Chamber) -> None:
    round_, issue = await in_state(chamber, "debate")
    assert (round_.opened_at, round_.closes_at) == (chamber.clock.now() + DAY, chamber.clock.now() + 2 * DAY)
    await chamber.services.editing.amend(PLACE, CHAIR, 1, title="Torture", action="In all its forms.", why="")
    await chamber.seat(3)
    await under(chamber, replace(DEBATED, docket_limit=3))
    await chamber.pass_time(DAY - TICK)
    assert (await status(chamber)).round.status is RoundStatus.DEBATE
    await chamber.pass_time(TICK)
    opened = await status(chamber)
    assert (opened.round.status, opened.entitled) == (RoundStatus.OPEN, 3)
    assert opened.round.rules.docket_limit == 3
    assert [line.entry.version for line in opened.lines] == [2]
    await chamber.vote(opened.round, issue, 1, "adjustment", version=2)


async def test_a_debate_that_ended_while_nothing_ran_is_followed_by_a_whole_vote(chamber: Chamber) -> None:
    await in_state(chamber, "debate")
    await chamber.pass_time(5 * DAY)
    opened = (await status(chamber)).round
    assert (opened.status, opened.closes_at - opened.opened_at) == (RoundStatus.OPEN, DAY)
    assert opened.opened_at == chamber.clock.now()


async def test_a_debate_whose_docket_is_withdrawn_ends_without_a_vote_and_says_so(chamber: Chamber) -> None:
    round_, _ = await in_state(chamber, "debate")
    await chamber.services.editing.hide(PLACE, CHAIR, 1, note="It names a private person.")
    await chamber.pass_time(DAY)
    assert (await chamber.services.rounds.view(round_.id)).round.status is RoundStatus.CANCELLED
    assert [post.data["code"] for post in await chamber.services.posts.due() if post.data.get("code")] == [
        "docket_empty"
    ]


async def test_a_resumed_round_has_what_was_left_of_its_time(chamber: Chamber) -> None:
    round_, issue = await in_state(chamber, "open")
    await chamber.vote(round_, issue, 1, "adjustment")
    await chamber.pass_time(DAY - HOUR)
    await chamber.services.rounds.pause(PLACE, CHAIR)
    await chamber.pass_time(10 * DAY)
    assert (await status(chamber)).round.status is RoundStatus.PAUSED, "a paused round has no deadline to miss"
    resumed = (await chamber.services.rounds.resume(PLACE, CHAIR)).round
    assert resumed.closes_at == chamber.clock.now() + HOUR
    await chamber.pass_time(HOUR)
    assert (await chamber.services.rounds.result(round_.id)).voted == 1, "its ballots stood"


async def test_an_inquorate_round_is_prolonged_once_from_its_deadline(chamber: Chamber) -> None:
    rules = replace(PLAIN, quorum=Quorum(least=2), extension=HOUR)
    await under(chamber, rules)
    issue = await chamber.propose("Torture")
    await chamber.seat(1, 2)
    round_ = (await chamber.open("1d")).round
    await chamber.vote(round_, issue, 1, "adjustment")
    await chamber.pass_time(DAY)
    prolonged = (await status(chamber)).round
    assert (prolonged.extended, prolonged.closes_at) == (True, round_.closes_at + HOUR)
    await chamber.vote(round_, issue, 2, "adjustment")
    await chamber.pass_time(HOUR)
    assert await ruled_category(chamber, issue) is Category.ADJUSTMENT
    assert (await chamber.services.audit.verify()).sound


async def test_a_prolonged_round_that_stays_inquorate_closes(chamber: Chamber) -> None:
    await under(chamber, replace(PLAIN, quorum=Quorum(least=2), extension=HOUR))
    await chamber.propose("Torture")
    await chamber.seat(1, 2)
    round_ = (await chamber.open("1d")).round
    await chamber.pass_time(DAY)
    await chamber.pass_time(HOUR)
    assert (await chamber.services.rounds.view(round_.id)).round.status is RoundStatus.CLOSED


@pytest.mark.parametrize(("late", "closed"), [(HOUR - TICK, False), (HOUR, True)])
async def test_a_round_is_not_prolonged_into_the_past(chamber: Chamber, late: timedelta, closed: bool) -> None:
    await under(chamber, replace(PLAIN, quorum=Quorum(least=2), extension=HOUR))
    await chamber.propose("Torture")
    await chamber.seat(1, 2)
    round_ = (await chamber.open("1d")).round
    await chamber.pass_time(DAY + late)
    view = (await chamber.services.rounds.view(round_.id)).round
    assert (view.status is RoundStatus.CLOSED) is closed


async def test_a_round_closes_early_once_every_seat_has_voted_on_everything(chamber: Chamber) -> None:
    await chamber.seat(1, 2)
    await under(chamber, replace(PLAIN, open_seating=False, early_close=True))
    first, second = await chamber.propose("Torture"), await chamber.propose("Tariffs")
    round_ = (await chamber.open("1d")).round
    for issue, number in ((first, 1), (first, 2), (second, 1)):
        await chamber.vote(round_, issue, number, "adjustment")
        await chamber.services.timetable.settle_due()
        assert (await status(chamber)).round.status is RoundStatus.OPEN
    chamber.clock.advance(HOUR)
    await chamber.vote(round_, second, 2, "adjustment")
    await chamber.services.timetable.settle_due()
    closed = (await chamber.services.rounds.view(round_.id)).round
    assert (closed.status, closed.ended_early, closed.closes_at) == (RoundStatus.CLOSED, True, chamber.clock.now())
    assert (await chamber.services.audit.verify()).sound


async def test_a_proxy_counts_for_the_early_close_and_is_ruled_with(chamber: Chamber) -> None:
    await chamber.seat(1, 2)
    await under(chamber, replace(PLAIN, open_seating=False, early_close=True))
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("1d")).round
    seats = {seat.name: seat.id for seat in (await chamber.services.seats.list_in(PLACE, member(1))).seats}
    await chamber.services.proxies.give(PLACE, member(2), to=seats["Member 1"])
    await chamber.vote(round_, issue, 1, "adjustment")
    await chamber.services.timetable.settle_due()
    [line] = (await chamber.services.rounds.result(round_.id)).lines
    assert (line.ruling.tally.cast.seats, line.by_proxy, line.proxies) == (2, 1, (("@Member 2", "@Member 1"),))
    assert (await chamber.services.audit.verify()).sound


async def test_a_chair_chooses_the_docket(chamber: Chamber) -> None:
    await under(chamber, PLAIN)
    for title in ("Torture", "Tariffs", "Migration"):
        await chamber.propose(title)
    await chamber.seat(1)
    view = await chamber.services.rounds.open(PLACE, CHAIR, "1d", issues=[3, 1, 3])
    assert [line.entry.number for line in view.lines] == [3, 1]


async def test_an_empty_docket_opens_nothing(chamber: Chamber) -> None:
    await under(chamber, replace(PLAIN, seconders=1))
    await chamber.propose("Torture", by=member(1))
    await chamber.seat(1, 2)
    with pytest.raises(EmptyDocket):
        await chamber.open("1d")
    await chamber.services.editing.second(PLACE, member(2), 1)
    assert len((await chamber.open("1d")).lines) == 1


async def status(chamber: Chamber):
    found = await chamber.services.rounds.status(PLACE)
    assert found is not None
    return found


async def ruled_category(chamber: Chamber, issue: Issue) -> Category:
    view: CardView = await chamber.services.issues.card(issue.id)
    return view.issue.category
