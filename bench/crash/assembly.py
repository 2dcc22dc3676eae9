"""The councils of the crash test, one for each way in which a round opens, is voted on and closes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from deliberation.councils import Actor
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId
from deliberation.rules import Secrecy
from deliberation.rules.presets import PRESETS
from services import Services
from services.ports import Delegation

CHAIR = Actor(person=PersonId(1), name="The chair", manages_server=True)
ISSUES = ("Torture", "Piracy", "Slavery")
DELEGATIONS = 12
NEWCOMERS = 40
"""Members of the open council, who take a seat with their first ballot."""
KINDS: Mapping[str, Mapping[str, Any]] = {
    "open": {"open_seating": True},
    "delegations": {},
    "sealed": {"secrecy": Secrecy.SEALED},
    "secret": {"secrecy": Secrecy.SECRET},
    "complete": {"early_close": True},
    "debated": {"debate": timedelta(seconds=1)},
}
"""How the rules of each council differ."""


@dataclass(frozen=True, slots=True)
class Place:
    """A council of the crash test. `parts`: its members in two halves, so that each member acts through one process at
    a time, and the two holders of a delegation act through different ones."""

    id: CouncilId
    channel: ChannelId
    issues: tuple[IssueId, ...]
    parts: tuple[tuple[Actor, ...], tuple[Actor, ...]]


async def found(services: Services) -> None:
    """Found the councils."""
    rules = replace(PRESETS["meta-regime"], reason_required=False, reminders=(), open_seating=False)
    for number, (kind, changes) in enumerate(KINDS.items(), start=1):
        channel = ChannelId(number)
        await services.hosting.found(
            CHAIR, guild=1, channel=channel, name=kind, language="en", rules=replace(rules, **changes)
        )
        for title in ISSUES:
            await services.issues.propose(channel, CHAIR, title=title, action=f"{title}, in all its forms", why="")
        if kind != "open":
            ones, others = _parts(number, kind)
            pairs = [(one.person, other.person) for one, other in zip(ones, others, strict=True)]
            seats = [Delegation(name=f"Seat {place}", holders=pair) for place, pair in enumerate(pairs, start=1)]
            await services.hosting.seat_delegations(channel, seats)


async def recall(services: Services) -> tuple[Place, ...]:
    """Find the councils that were founded."""
    places: list[Place] = []
    for number, kind in enumerate(KINDS, start=1):
        council, issues = await services.issues.list_in(ChannelId(number))
        listed = tuple(issue.id for issue in issues)
        places.append(Place(council.id, council.channel, listed, _parts(number, kind)))
    return tuple(places)


def _parts(number: int, kind: str) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    many = NEWCOMERS if kind == "open" else 2 * DELEGATIONS
    members = [Actor(person=PersonId(1_000 * number + one), name=f"Member {one}") for one in range(many)]
    return tuple(members[::2]), tuple(members[1::2])
