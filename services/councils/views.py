"""What the services return about councils and their rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from deliberation.categories import Category
from deliberation.councils import Council
from deliberation.rounds import Round
from deliberation.rounds.schedules import Schedule
from deliberation.rules import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilInfo:
    """A council at a glance. `issues`: how many issues under discussion are at each category."""

    council: Council
    seats: int
    observers: int
    issues: Mapping[Category, int]
    round: Round | None
    schedule: Schedule | None
    next_opens_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesView:
    """A council's rules and what to look out for in them. `warnings`: stable codes, such as `no_veto_seat`."""

    council: Council
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesChanged:
    """Rules that were changed, or would be: `council` has the new ones, `before` is the old ones."""

    council: Council
    before: Rules
    warnings: tuple[str, ...] = ()
