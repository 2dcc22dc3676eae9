"""The councils in which histories are played: every way to come by a seat, every secrecy, every kind of rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from deliberation.ids import ChannelId, CouncilId, IssueId, RoundId, SeatId
from deliberation.rules import Rules, Secrecy
from deliberation.rules.presets import PRESETS
from services import Services
from services.ports import Delegation
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import Chamber, member

MEMBERS = (1, 2, 3)
GIVEN = 3
"""The member to whom a chair has given a delegation in every council."""
OWN = 2
"""The member who has taken a seat of its own where seating is open."""

_BOTH: Mapping[str, Any] = MappingProxyType({"open_seating": True, "claims": True})
_CLAIMS: Mapping[str, Any] = MappingProxyType({"open_seating": False, "claims": True})


@dataclass(frozen=True)
class Founded:
    """A council in its first round. The last of its delegations is the one that was given; `own`: a seat that was
    taken."""

    id: CouncilId
    channel: ChannelId
    rules: Rules
    issues: tuple[IssueId, ...]
    delegations: tuple[SeatId, ...]
    own: SeatId | None
    round: RoundId


def _rules(preset: str, secrecy: Secrecy, seating: Mapping[str, Any], **more: Any) -> Rules:
    return replace(PRESETS[preset], secrecy=secrecy, reminders=(), round_length=timedelta(days=3), **seating, **more)


RULES = (
    _rules("simple-majority", Secrecy.OPEN, _BOTH),
    _rules("general-assembly", Secrecy.SEALED, _CLAIMS),
    _rules("simple-majority", Secrecy.SECRET, _CLAIMS),
    _rules("meta-regime", Secrecy.SEALED, _BOTH),
    _rules("consensus", Secrecy.SECRET, _BOTH, extension=timedelta(hours=1)),
    _rules("simple-majority", Secrecy.OPEN, {"open_seating": True}),
    _rules("security-council", Secrecy.OPEN, _CLAIMS, early_close=True, roll_call=True),
    _rules("broad-consensus", Secrecy.OPEN, _BOTH, debate=timedelta(hours=1)),
    _rules("eu-council", Secrecy.SEALED, _BOTH),
)


async def found(file: Path, place: int) -> Founded:
    """Found a council under the rules at that place in the database file, and begin a round."""
    clock, channel = SetClock(), ChannelId(810_000_000_000_000_000 + place)
    store = Database(f"sqlite:///{file}", clock=clock, own_thread=False)
    chamber = Chamber(Services.over(store), clock)
    await chamber.found(channel=channel, rules=RULES[place])
    issues = [await chamber.propose(title, channel=channel) for title in ("Torture", "Piracy")]
    free = [Delegation(name=name) for name in ("France", "Ghana", "India")]
    given = Delegation(name="Kenya", holders=(member(GIVEN).person,))
    seats = await chamber.services.hosting.seat_delegations(channel, [*free, given])
    taken = await chamber.services.seats.take(channel, member(OWN)) if RULES[place].open_seating else None
    opened = await chamber.open(channel=channel)
    await store.dispose()
    return Founded(
        id=issues[0].council,
        channel=channel,
        rules=RULES[place],
        issues=tuple(issue.id for issue in issues),
        delegations=tuple(seat.id for seat in seats),
        own=None if taken is None else taken.seat.id,
        round=opened.round.id,
    )
