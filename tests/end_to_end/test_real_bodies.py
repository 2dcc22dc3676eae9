"""Councils that work like real bodies, set up and voted in by command (VOTING-RULES: UNSC and EU)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cogs.custom_ids.seats import FillSeats
from deliberation.councils import Actor
from deliberation.ids import PersonId
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.world import World, text_in, text_of

PERMANENT = ("CN", "FR", "RU", "GB", "US")
QUESTIONS = ("Breaking embargoes", "Attacking convoys", "Mining harbours", "Freezing assets", "Recruiting children")
ELECTED = ("BH", "CO", "CD", "DK", "GR", "LV", "LR", "PK", "PA", "SO")


async def set_up(world: World, preset: str) -> int:
    """Set the council up as its chair does; how many interactions that took."""
    before = len(world.began)
    opened = await world.chair.slash(world.channel, "council setup")
    founded = await world.chair.submit_modal(
        opened, {"name": "The Council", "preset": [preset], "length": "1h", "voters": [], "chairs": []}
    )
    [button] = [each for each in ids(founded.response) if FillSeats.parse(each)]
    filled = await world.chair.click(founded.response, custom_id=button)
    assert "seats are set up" in text_of(filled)
    return len(world.began) - before


def ids(message) -> list[str]:
    found: list[str] = []

    def look(parts) -> None:
        for part in parts:
            data = part if isinstance(part, dict) else part.to_dict()
            if "custom_id" in data:
                found.append(data["custom_id"])
            look(data.get("components", ()))

    look(message.components)
    return found


async def delegates(world: World) -> dict[str, tuple[object, int]]:
    """A member for each country, who claims its seat by command, and the seat's weight."""
    listed = await world.services.seats.list_in(world.place, _actor(world))
    members: dict[str, tuple[object, int]] = {}
    for seat in listed.seats:
        assert seat.country is not None
        member = world.member(f"Delegate {seat.country}")
        told = await member.slash(world.channel, "seat take", seat=str(seat.id))
        assert seat.name in text_of(told)
        members[seat.country] = (member, seat.weight)
    return members


def _actor(world: World) -> Actor:
    return Actor(person=PersonId(world.chair.id), name="Chair", manages_server=True)


async def decide(world: World, members, votes: dict[str, str]) -> str:
    """A round on one new issue, voted by tap; its result."""
    number = len((await world.services.issues.list_in(world.place))[1]) + 1
    await world.propose(world.chair, QUESTIONS[number - 1])
    await world.chair.slash(world.channel, "round open", length="1h", issues=str(number))
    await world.run_due()
    for country, position in votes.items():
        done = await world.vote(members[country][0], await world.card(number), position)
        assert done.ephemeral
    await world.pass_time(timedelta(hours=1))
    return text_in(world.message_with(f"Result of round {number}"))


async def test_the_security_council_is_set_up_in_five_steps_and_counts_as_the_charter_says(rehearse: Rehearse):
    async with rehearse() as world:
        assert await set_up(world, "security-council") <= 5
        members = await delegates(world)
        assert len(members) == 15

        def ballots(p5: str, elected_for: int, others: str = "Abstain") -> dict[str, str]:
            return dict.fromkeys(PERMANENT, p5) | {
                country: "Adjustment" if place < elected_for else others for place, country in enumerate(ELECTED)
            }

        assert "Promoted to adjustment" in await decide(world, members, ballots("Adjustment", 4)), "F9 A0 B6"
        abstains = ballots("Adjustment", 5) | {"CN": "Abstain"}
        assert "Promoted to adjustment" in await decide(world, members, abstains), "an abstention is no veto"
        assert "Nothing moved" in await decide(world, members, ballots("Adjustment", 3)), "F8"
        vetoed = await decide(world, members, ballots("Adjustment", 10) | {"RU": "Independent"})
        assert "Russia" in vetoed
        assert "Nothing moved" in vetoed
        elected = ballots("Adjustment", 9, "Independent")
        assert "Promoted to adjustment" in await decide(world, members, elected), "an elected member has no veto"
        why = await world.chair.slash(world.channel, "order verify")
        assert "sound" in text_of(why)
        assert (await world.services.audit.verify()).sound


@pytest.mark.parametrize("people", [True, False])
async def test_the_eu_council_asks_for_states_and_people(rehearse: Rehearse, people: bool):
    async with rehearse() as world:
        assert await set_up(world, "eu-council") <= 5
        members = await delegates(world)
        assert len(members) == 27
        total = sum(weight for _, weight in members.values())
        largest = sorted(members, key=lambda country: -members[country][1])
        fifteen = largest[:15] if people else largest[-15:]
        share = sum(members[country][1] for country in fifteen) / total
        assert (share >= 0.65) is people

        async def twice(supporting: list[str]) -> str:
            """The same issue in two rounds, of which the second asks for prohibited."""
            for country in members:
                position = "Prohibited" if country in supporting else "Independent"
                await world.vote(members[country][0], await world.card(1), position)
            await world.pass_time(timedelta(hours=1))
            return text_in(world.message_with("Result of round"))

        await world.propose(world.chair, "Checks at common borders")
        await world.chair.slash(world.channel, "round open", length="1h")
        await world.run_due()
        assert "Promoted to adjustment" in await twice(fifteen), "15 of 27 states are a majority"
        await world.chair.slash(world.channel, "round open", length="1h")
        await world.run_due()
        second = await twice(fifteen)
        assert ("Promoted to prohibited" in second) is people
        if not people:
            await world.chair.slash(world.channel, "round open", length="1h")
            await world.run_due()
            three = [country for country in members if country not in largest[:3]]
            assert "Promoted to prohibited" in await twice(three), "three opponents are no blocking minority"
