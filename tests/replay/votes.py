"""Invented roll calls for the replay: the same rows at every call, small enough to replay in seconds.

Each file is sound. Its rounds stand where the procedure could go wrong: exactly at a threshold and one vote to either
side, under a floor, without a quorum, with nobody taking a side; in rows out of order, of several issues at once.
"""

import csv
import datetime as dt
import math
import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

Row = dict[str, str]
COLUMNS = ["issue", "year", "date", "country", "vote"]
YES, ABSTAIN, NO = "yes", "abstain", "no"

UNICODE_COUNTRIES = [
    "Côte d'Ivoire",
    "Türkiye",
    "日本",
    "مصر",
    "Россия",
    "Việt Nam",
    "ኢትዮጵያ",
    "Curaçao, Bonaire",
    'The "Isles"',
]
UNICODE_ISSUES = [
    "Zölle",
    "apple quotas",
    "Ächtung der Folter",
    "核兵器の先制使用",
    "حظر التعذيب",
    'Ban, "first use" of *all* arms',
]


@dataclass(frozen=True, slots=True)
class InventedFile:
    """Rows of an invented file and the `--map` that it is replayed with (empty: the usual reading)."""

    name: str
    rows: list[Row]
    mapping: dict[str, str] = field(default_factory=dict)

    def write(self, folder: Path) -> Path:
        """Write the file as CSV (UTF-8) into `folder`, with a column that the replay ignores; return its path."""
        path = folder / f"{self.name}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, ["resolution", *COLUMNS])
            writer.writeheader()
            writer.writerows({"resolution": f"R/{number}", **row} for number, row in enumerate(self.rows, start=1))
        return path


def invented_files() -> list[InventedFile]:
    """Every file of this module."""
    return [
        InventedFile("thresholds", thresholds()),
        InventedFile("floors", floors()),
        InventedFile("quorums", quorums()),
        InventedFile("ties", ties()),
        InventedFile("calendar", calendar()),
        InventedFile("unicode", unicode_names()),
        InventedFile("wanderings", wanderings(seed=2021)),
        InventedFile("abstaining", abstaining(), {ABSTAIN: "abstain"}),
        InventedFile("abstaining-wanderings", wanderings(seed=2024), {ABSTAIN: "abstain"}),
        InventedFile("reversed", wanderings(seed=1945, issues=2), {YES: "independent", NO: "prohibited"}),
    ]


def a_round(issue: str, year: int, *, yes: int = 0, abstain: int = 0, no: int = 0) -> list[Row]:
    """Rows of one round on 1 December of `year`: so many states of each vote."""
    votes = [YES] * yes + [ABSTAIN] * abstain + [NO] * no
    return [
        {"issue": issue, "year": str(year), "date": f"{year}-12-01", "country": f"State {n:03}", "vote": vote}
        for n, vote in enumerate(votes, start=1)
    ]


def a_course(issue: str, rounds: Iterable[tuple[int, int, int]], *, start: int = 1950) -> list[Row]:
    """Rows of an issue over consecutive years, each round as (yes, abstain, no)."""
    return [
        row
        for year, (yes, abstain, no) in enumerate(rounds, start=start)
        for row in a_round(issue, year, yes=yes, abstain=abstain, no=no)
    ]


def thresholds() -> list[Row]:
    """To either rung, each fraction that a preset names: one vote short of it, at it, one above, an issue for each.

    With 50 states two thirds is 34 votes, and 33 is the 66 % that some bots take for it.
    """
    rows: list[Row] = []
    for fraction in (Fraction(1, 2), Fraction(3, 5), Fraction(2, 3), Fraction(4, 5), Fraction(1)):
        for states in (3, 5, 6, 15, 50):
            exact = math.ceil(fraction * states)
            for support in sorted({max(exact - 1, 0), exact, min(exact + 1, states)}):
                against = states - support
                label = f"{fraction} of {states}: {support}"
                rows += a_course(f"To adjustment, {label}", [(0, support, against)])
                rows += a_course(f"To prohibited, {label}", [(0, states, 0), (support, 0, against)])
    return rows


def floors() -> list[Row]:
    """Courses below, at and above the floors: wavering, relegated, recovered, climbing again, down to the foot."""
    up, top = (0, 10, 0), (10, 0, 0)
    below_adjustment, at_adjustment = (0, 3, 7), (0, 4, 6)
    below_prohibited, at_prohibited = (5, 4, 1), (6, 0, 4)
    nobody_agrees, two_states = (0, 0, 10), (0, 0, 2)
    courses = {
        "Adjustment, at the floor": [up, at_adjustment, at_adjustment, at_adjustment],
        "Adjustment, relegated": [up, below_adjustment, below_adjustment, below_adjustment, up],
        "Adjustment, recovered": [up, below_adjustment, at_adjustment, below_adjustment, below_adjustment],
        "Adjustment, too few between": [up, below_adjustment, two_states, two_states, below_adjustment],
        "Adjustment, promoted between": [up, below_adjustment, top, below_prohibited, below_prohibited],
        "Prohibited, at the floor": [up, top, at_prohibited, at_prohibited],
        "Prohibited, relegated": [up, top, below_prohibited, below_prohibited, below_prohibited, top],
        "Prohibited, recovered": [up, top, below_prohibited, at_prohibited, below_prohibited, below_prohibited],
        "Prohibited, too few between": [up, top, below_prohibited, two_states, below_prohibited],
        "Prohibited, to the foot": [up, top, *[nobody_agrees] * 6, up, top, *[nobody_agrees] * 6],
        "Up and down": [up, top, below_prohibited, nobody_agrees, top, nobody_agrees, nobody_agrees, up, nobody_agrees],
    }
    return [row for issue, rounds in courses.items() for row in a_course(issue, rounds)]


def quorums() -> list[Row]:
    """One, two, three and four states, on every rung and agreed: three is the least number of some rules."""
    few = [(1, 0, 0), (2, 0, 0), (0, 1, 1), (0, 0, 2)]
    courses = {
        "Never enough": few,
        "Enough at last": [*few, (3, 0, 0), *few, (3, 0, 0), *few, (0, 0, 3), *few, (0, 0, 3)],
        "Three": [(2, 0, 1), (3, 0, 0), (3, 0, 0), (1, 1, 1), (0, 0, 3), (0, 0, 3)],
        "Four": [(0, 2, 2), (0, 3, 1), (3, 1, 0), (4, 0, 0), (2, 0, 2), (2, 0, 2)],
    }
    return [row for issue, rounds in courses.items() for row in a_course(issue, rounds)]


def ties() -> list[Row]:
    """As many for as against, on both rungs, among few and many."""
    rows: list[Row] = []
    for half in (1, 2, 5, 48):
        rows += a_course(f"{half} to {half}", [(half, 0, half), (0, half, half), (half + 1, 0, half), (half, half, 0)])
    return rows


def abstaining() -> list[Row]:
    """For a map of abstain onto abstaining: nobody takes a side, on every rung and between rounds below a floor."""
    up, nobody, short = (10, 0, 0), (0, 10, 0), (2, 0, 8)
    courses = {
        "Nobody at independent": [nobody, nobody, (0, 1, 0), (1, 9, 0)],
        "Nobody at adjustment": [up, nobody, nobody, up],
        "Nobody between two below the floor": [up, up, short, nobody, short, short, nobody, short, short],
        "Nobody at prohibited": [up, up, nobody, nobody, nobody, up],
        "One takes a side": [(1, 14, 0), (1, 14, 0), (0, 14, 1), (0, 14, 1)],
        "Abstention counts against": [(8, 7, 0), (9, 6, 0), (8, 7, 0), (9, 6, 0), (8, 7, 0)],
        "Abstention assents": [(1, 13, 1), (14, 1, 0), (14, 0, 1), (1, 14, 0)],
    }
    return [row for issue, rounds in courses.items() for row in a_course(issue, rounds)]


def calendar() -> list[Row]:
    """Dates that mislead: a session that ends in the next year, labels against the dates, rounds a day apart."""
    dates = [("1999", "1999-12-31"), ("2000", "2000-01-01"), ("2001", "2000-02-29"), ("1990", "2001-01-15")]
    courses = [(0, 10, 0), (10, 0, 0), (5, 5, 0), (0, 0, 10)]
    rows = [
        row | {"issue": issue, "year": year, "date": date}
        for issue in ("Second", "First")
        for (year, date), (yes, abstain, no) in zip(dates, courses, strict=True)
        for row in a_round(issue, 0, yes=yes, abstain=abstain, no=no)
    ]
    return shuffled(rows, seed=7)


def unicode_names() -> list[Row]:
    """Issues and states in several scripts, with commas and quotation marks, in rows out of order."""
    rng = draws(49)
    rows: list[Row] = []
    for issue in UNICODE_ISSUES:
        for year in range(1980, 1986):
            day = dt.date(year, 1, 1) + dt.timedelta(days=rng.randrange(365))
            weights = rng.choice([(8, 1, 0), (1, 8, 1), (1, 1, 6)])
            for country in UNICODE_COUNTRIES:
                vote = rng.choices([YES, ABSTAIN, NO], weights)[0]
                rows.append(
                    {"issue": issue, "year": str(year), "date": day.isoformat(), "country": country, "vote": vote}
                )
    return shuffled(rows, seed=50)


def wanderings(*, seed: int, issues: int = 4, rounds: int = 40) -> list[Row]:
    """Long random courses whose mood swings up and down the ladder, interleaved and out of order.

    Numbers of states are those at which the presets' fractions are whole, and now and then one or two.
    """
    rng = draws(seed)
    rows: list[Row] = []
    for number in range(1, issues + 1):
        mood = rng.random()
        for year in range(1950, 1950 + rounds):
            if rng.random() < 0.35:
                mood = rng.choice([0.0, 0.1, 0.35, 0.5, 0.6, 0.8, 1.0])
            states = rng.choice([1, 2, 3, 5, 5, 6, 10, 10, 12, 15])
            yes = min(states, max(0, round(mood * states) + rng.choice([-1, 0, 0, 0, 1])))
            abstain = rng.randint(0, states - yes)
            rows += a_round(f"Course {number}", year, yes=yes, abstain=abstain, no=states - yes - abstain)
    return shuffled(rows, seed=seed)


def shuffled(rows: list[Row], *, seed: int) -> list[Row]:
    """The same rows in another order."""
    return draws(seed).sample(rows, len(rows))


def draws(seed: int) -> random.Random:
    """A repeatable source of invention; nothing here is secret."""
    return random.Random(seed)  # noqa: S311
