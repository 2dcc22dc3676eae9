"""An issue's standing between rounds, and what a change of rules or text does to it (PRODUCT §2, "Streaks")."""

from dataclasses import dataclass, replace

from deliberation.categories import Category
from deliberation.rules import Rules, Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An issue's standing between rounds: its category, and what counts of earlier rounds.

    `sustained`: the number of consecutive quorate rounds in which the test for the next rung was met. `wavering`: the
    number of consecutive quorate rounds below the floor. `under_review`: a prohibited issue on which members asked for
    a new vote.
    """

    category: Category = Category.INDEPENDENT
    sustained: int = 0
    wavering: int = 0
    under_review: bool = False

    def reviewed(self) -> "Standing":
        """The standing of a prohibited issue once its review has its seconders."""
        return replace(self, under_review=True)

    def carried_over(self, before: "Terms", now: "Terms") -> "Standing":
        """The standing at the start of a round with the terms `now`, when the last one had the terms `before`. An
        amended text, or changed rules of the rung in question, start the streak again."""
        if before.version != now.version:
            return replace(self, sustained=0, wavering=0)
        sustained, wavering = self.sustained, self.wavering
        target = self.category.above
        if target is not None and before.test_for(target) != now.test_for(target):
            sustained = 0
        if self.category is not Category.INDEPENDENT and before.floor_at(self.category) != now.floor_at(self.category):
            wavering = 0
        return replace(self, sustained=sustained, wavering=wavering)


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a round for one issue: the round's frozen rules, and the version of the issue's text."""

    rules: Rules
    version: int

    def test_for(self, target: Category) -> tuple[Rung, int | None]:
        return self.rules.rung(target), self.rules.blocking_minority

    def floor_at(self, category: Category) -> tuple[Rung, int]:
        return self.rules.rung(category), self.rules.relegate_after
