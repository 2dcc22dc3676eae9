"""Councils for the tests of what is refused, and what they look at."""

from __future__ import annotations

from typing import Any

from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId
from services.rounds import RoundView
from tests.end_to_end.world import World, text_of


def told(answer: Any, *sentences: str) -> None:
    """The member alone is told all of this."""
    assert answer.acknowledged
    assert answer.ephemeral
    assert answer.modal is None
    shown = text_of(answer)
    for sentence in sentences:
        assert sentence in shown


def redrawn(answer: Any, *sentences: str) -> None:
    """The member's own answer, on which it tapped, now says all of this in its place."""
    assert answer.acknowledged
    assert answer.response is not None
    assert answer.response.ephemeral
    shown = text_of(answer)
    for sentence in sentences:
        assert sentence in shown


def ids_of(message: Any, noun: str) -> list[str]:
    """The ids of a message's buttons and menus of that kind."""
    found: list[str] = []
    waiting = [part if isinstance(part, dict) else part.to_dict() for part in message.components]
    while waiting:
        part = waiting.pop(0)
        found.append(part.get("custom_id", ""))
        waiting += [*part.get("components", ()), *([part["accessory"]] if "accessory" in part else [])]
    return [custom_id for custom_id in found if f":{noun}:" in custom_id]


async def voting(world: World, *titles: str, preset: str = "simple-majority", length: str = "3d") -> Any:
    """A council in the middle of its first round; the first issue's card."""
    await world.found(preset=preset)
    for title in titles or ("Torture",):
        await world.propose(world.chair, title)
    await world.chair.slash(world.channel, "round open", length=length)
    await world.run_due()
    return await world.card(1)


async def status(world: World) -> RoundView:
    """The open round."""
    view = await world.services.rounds.status(ChannelId(world.channel.id))
    assert view is not None
    return view


async def ballots(world: World) -> int:
    """How many ballots stand on the open round's first issue."""
    return (await status(world)).lines[0].cast


async def issues(world: World) -> list[str]:
    """The titles of the council's issues."""
    _, listed = await world.services.issues.list_in(ChannelId(world.channel.id))
    return [issue.text.title for issue in listed]


def chairing(world: World) -> Actor:
    return Actor(person=PersonId(world.chair.user.id), name="Chair", manages_server=True)
