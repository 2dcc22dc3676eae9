"""A council of 193 seats with 100 issues, 25 of them on a docket: every list is paged to its end, within the limits
that the world checks of every message."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.ids import PersonId
from services.ballots import Cast
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import chairing, status, told
from tests.end_to_end.world import World, text_in, text_of

ISSUES, DOCKET, SEATS, VOTERS = 100, 25, 193, 24
TITLE = "*Question* {number} on the _conduct_ of states towards one another in times of hardship and of peace"
MORE = "More ▶"
HOUR = timedelta(hours=1)


async def assembled(world: World) -> list[Any]:
    """The council with its seats and issues; two members who hold a seat by claim."""
    await world.found(name="General Assembly", preset="meta-regime", length="1h")
    chair = chairing(world)
    await world.services.councils.change_rules(world.place, chair, group="rounds", typed={"docket_limit": str(DOCKET)})
    filled = await world.chair.slash(world.channel, "seat fill", seating="un")
    told(filled, f"{SEATS} seats are set up.")
    listed = await world.services.seats.list_in(world.place, chair)
    for number, seat in enumerate(listed.seats[:VOTERS]):
        await world.services.seating.assign(world.place, chair, seat.id, delegate(number).person)
    for number in range(1, ISSUES + 1):
        await world.services.issues.propose(
            world.place,
            chair,
            title=TITLE.format(number=number),
            action="An action that is *described* at length. " * 25,
            why="A reason. " * 60,
            anyway=True,
        )
    members = world.members(2)
    for member, country in zip(members, ("Zambia", "Zimbabwe"), strict=True):
        told(await member.slash(world.channel, "seat take", seat=country), country)
    return members


def delegate(number: int) -> Actor:
    return Actor(person=PersonId(10**17 + number), name=f"Delegate {number}", manages_server=False)


async def paged(member: Any, answer: Any, *, most: int = 60) -> list[str]:
    """What every page says, turned as the member does until there is no next one."""
    shown = [text_of(answer)]
    while MORE in shown[-1].splitlines():
        answer = await member.click(answer.response, label=MORE)
        shown.append(text_of(answer))
        assert len(shown) <= most
    return shown


async def voted(world: World) -> None:
    """Ballots of many seats on the whole docket, each with a reason."""
    view = await status(world)
    positions = list(Position)
    casts = [
        Cast(
            view.round.id,
            line.entry.issue,
            line.entry.version,
            positions[(number * 7 + place) % 4],
            delegate(number),
            f"What *delegate* {number} has to say on this. " * 6,
        )
        for number in range(VOTERS)
        for place, line in enumerate(view.lines)
    ]
    await asyncio.gather(*(world.services.ballots.cast(cast) for cast in casts))


async def read_lists(world: World, member: Any) -> None:
    """Every list to its last page, on which the last entry stands."""
    seats = await paged(member, await member.slash(world.channel, "seat list"))
    assert f"{SEATS} seats" in seats[0]
    assert len(seats) == -(-SEATS // 20)
    assert "🇿🇼 Zimbabwe" in seats[-1]
    issues = await paged(member, await member.slash(world.channel, "issue list"))
    for number in range(1, ISSUES + 1):
        assert sum(f"#{number} " in page for page in issues) >= 1
    board = await paged(member, await member.slash(world.channel, "order board"))
    assert len(board) == -(-ISSUES // 15)
    assert f"#{ISSUES} " in board[-1]
    for command, options in (("issue show", {"issue": "1"}), ("council info", {}), ("council rules", {}), ("help", {})):
        assert (await member.slash(world.channel, command, **options)).ephemeral


async def read_round(world: World, member: Any) -> None:
    """The round's message, its full docket, the member's own, and the reasons."""
    shown = text_in(await world.round_message())
    assert all(f"**#{number}** " in shown for number in range(1, DOCKET + 1))
    full = await paged(member, await member.click(await world.round_message(), label="Read all"))
    assert len(full) == DOCKET // 5
    assert f"#{DOCKET} " in full[-1]
    told(await member.slash(world.channel, "docket"), f"{DOCKET} of {DOCKET} left")
    told(await member.slash(world.channel, "round status"), "Round 1 is open")
    reasons = await paged(member, await member.slash(world.channel, "reasons", issue="1"))
    assert len(reasons) > 2


async def test_every_list_of_a_large_council_is_within_the_limits_to_its_last_page(rehearse: Rehearse):
    async with rehearse() as world:
        member, other = await assembled(world)
        told(await world.chair.slash(world.channel, "order board", pin=True), "The board is posted")
        told(await world.chair.slash(world.channel, "round rollcall"), f"{SEATS} seats can answer")
        await world.chair.slash(world.channel, "round open")
        await world.bot.run_due()
        await voted(world)
        await world.bot.run_due()
        await read_lists(world, member)
        await read_round(world, member)
        asked = await other.click(await world.card(DOCKET), label="Prohibited")
        told(await other.submit_modal(asked, {"reason": "It is *so*."}), "Prohibited: recorded", "**Zimbabwe**")
        await world.pass_time(HOUR)
        result = world.message_with("Result of round 1")
        full = await paged(member, await member.click(result, label="Read all"))
        assert len(full) == DOCKET // 5
        for tab in ("What would move it?", "Under other rules"):
            why = await member.click(await world.card(1), label="Why?")
            told(why, "As round 1 decided")
            assert text_of(await member.click(why.response, label=tab))
        suggested = await member.autocomplete(world.channel, "issue show", "issue", "conduct")
        assert len(suggested) == 25
        told(await member.slash(world.channel, "order verify"), "sound")
