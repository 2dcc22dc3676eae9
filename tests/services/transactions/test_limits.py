"""Nobody can flood a council: how many issues and reasons a member may give, and at which pace anything is done."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from deliberation.ballots.reasons import ReasonsTooMany
from deliberation.categories import Position
from deliberation.ids import ChannelId, IssueId, PersonId, RoundId
from deliberation.issues import MOST_A_DAY, IssuesTooMany
from deliberation.rules.presets import PRESETS
from services import Services
from services.ballots import Cast
from services.councils.places import NotHere
from services.ports import DraftKind
from services.transactions import Pace
from storage import Database
from tests.clocks import NOON, SetClock
from tests.drafts import find_draft, keep_draft
from tests.services.chamber import CHANNEL, DAY, Chamber, member

ELSEWHERE = ChannelId(700_000_000_000_000_009)


def test_a_pace_lets_a_burst_through_and_then_one_at_a_time():
    pace = Pace(burst=3, every=10.0)
    assert [pace.wait(1, 100.0) for _ in range(5)] == [0.0, 0.0, 0.0, 10.0, 10.0]
    assert pace.wait(1, 109.9) == pytest.approx(0.1)
    assert pace.wait(1, 110.0) == 0.0
    assert pace.wait(1, 110.0) == 10.0


def test_a_pace_keeps_people_apart_and_forgives_in_time():
    pace = Pace(burst=2, every=1.0)
    assert [pace.wait(person, 0.0) for person in (1, 1, 1, 2)] == [0.0, 0.0, 1.0, 0.0]
    assert [pace.wait(1, 1_000.0) for _ in range(3)] == [0.0, 0.0, 1.0]


def test_a_pace_remembers_few_people_and_those_who_are_busiest():
    pace = Pace(burst=1, every=100.0, most=10)
    assert [pace.wait(person, float(person)) for person in range(1_000)] == [0.0] * 1_000
    assert len(pace._free_at) <= 10
    assert pace.wait(999, 999.0) == 100.0


async def test_a_member_puts_up_so_many_issues_a_day_and_then_is_told_when_again(chamber: Chamber):
    await chamber.seat(1, 2)
    first = member(1)
    for number in range(MOST_A_DAY):
        await chamber.propose(f"Matter {number:03} {'abcdefghij'[number] * 20}", by=first)
    with pytest.raises(IssuesTooMany) as refused:
        await chamber.propose("One more altogether", by=first)
    assert refused.value.params == {"limit": MOST_A_DAY, "again_at": NOON + DAY}
    draft = await chamber.services.issues.draft(CHANNEL, first)
    assert draft is not None
    assert draft.fields["title"] == "One more altogether"
    with pytest.raises(IssuesTooMany):
        await chamber.services.issues.propose_draft(CHANNEL, first)

    await chamber.propose("What another member wants", by=member(2))
    await chamber.propose("What the chair wants to add")
    chamber.clock.advance(DAY)
    await chamber.propose("One more altogether", by=first)


async def test_reasons_come_at_a_pace_and_a_vote_without_one_is_never_held_up(database: Database, clock: SetClock):
    ticks = [0.0]
    chamber = Chamber(Services.over(database, ticks=lambda: ticks[0]), clock)
    await chamber.found(rules=PRESETS["simple-majority"])
    issue = await chamber.propose("Torture")
    await chamber.seat(1, 2)
    round_ = (await chamber.open()).round.id

    async def vote(number: int, reason: str | None, position: Position = Position.PROHIBITED) -> None:
        await chamber.services.ballots.cast(Cast(round_, issue.id, 1, position, member(number), reason))

    await asyncio.gather(*(vote(1, f"Reason {number}") for number in range(100)))
    with pytest.raises(ReasonsTooMany) as refused:
        await vote(1, "One more")
    assert refused.value.params["again_at"] == clock.now() + timedelta(minutes=10)
    assert (await chamber.services.ballots.reason_prefill(round_, issue.id, member(1))) == "One more"
    with pytest.raises(ReasonsTooMany):
        await chamber.services.reasons.give(round_, issue.id, member(1), "One more")
    await vote(1, None, Position.ADJUSTMENT)
    await vote(2, "Another's reason")
    ticks[0] += 600.0
    await vote(1, "One more")


async def test_what_an_id_names_is_of_its_own_channel_alone(chamber: Chamber):
    places = chamber.services.places
    await chamber.found_with(ELSEWHERE)
    issue = await chamber.propose("Torture")
    await chamber.seat(1)
    round_ = (await chamber.open()).round.id
    council = (await chamber.services.councils.in_channel(CHANNEL)).id
    named: dict[str, Any]
    for _ in range(2):  # As read from the store, and as remembered.
        await places.require(CHANNEL, council=council, round=round_, issue=issue.id)
        for named in ({"council": council}, {"round": round_}, {"issue": issue.id}):
            with pytest.raises(NotHere):
                await places.require(ELSEWHERE, **named)
    with pytest.raises(NotHere):
        await places.require(CHANNEL, round=RoundId(999))
    with pytest.raises(NotHere):
        await places.require(CHANNEL, issue=IssueId(10**18 - 1))


async def test_a_member_keeps_forty_drafts_in_a_council_and_the_oldest_goes(chamber: Chamber, database: Database):
    council = (await chamber.services.councils.in_channel(CHANNEL)).id
    mine, other = PersonId(1), PersonId(2)
    await keep_draft(database, council=council, person=other, kind=DraftKind.REASON, fields={"reason": "x"})
    for subject in range(45):
        chamber.clock.advance(DAY)
        await keep_draft(
            database, council=council, person=mine, kind=DraftKind.REASON, subject=subject, fields={"reason": "x"}
        )
    kept = [
        subject
        for subject in range(45)
        if await find_draft(database, council=council, person=mine, kind=DraftKind.REASON, subject=subject) is not None
    ]
    assert kept == list(range(5, 45))
    assert await find_draft(database, council=council, person=other, kind=DraftKind.REASON) is not None
