"""A second computation of the replay, to check the first against.

Written from PRODUCT §2 and the paragraph on the replay alone. It imports nothing of Comity and shares no code with
it, and it is plain on purpose: a rule is a line one can lay beside its sentence in PRODUCT. Not for use outside tests.

What the texts leave open, and what is taken here for the meaning:

Order
    Lines come sorted by the issue's name (by code point, as Python sorts strings), then by date. Not by the order in
    the file and not by the `year` column, which is only the round's label and is given back as it was written.

Ballots
    Seats per category and abstentions. `ballots` always has its four keys in ladder order, then `abstain`.
    Each row is one entitled seat of weight 1 that cast its ballot, so nobody is silent: a share of entitled seats is
    always reached, and only a least number can fail (`meta-regime`: 3).

`quorum`
    True where the quorum is met or the preset has none. It is tested in every round, also at prohibited.

`support` and `needed`: the test that decided
    ============================  =============================================================================
    ruling                        test that decided
    ============================  =============================================================================
    inquorate                     none: both null
    promoted                      the test for the next rung: support(c + 1) over its base
    held, below prohibited        the test for the next rung, because it failed (a floor that holds decides nothing)
    wavering, relegated           the floor of the rung: support(c) over voting
    held, at prohibited           the floor, because it held; both null where the preset has no floor
    ============================  =============================================================================

    `vetoed` and `sustaining` cannot occur: no seat of a replay has a veto, and no preset of a replay asks for
    sustained rounds.

`support`
    "{numerator}/{denominator}", unreduced: seats that support, over the seats of the base of that test ("voting" leaves
    abstentions out, "entitled" is every row of the round).

`needed`
    "{at least|more than} {n}/{d} of {voting|entitled seats}", the fraction in lowest terms; one is "1/1". A floor is
    "at least": an issue wavers when it is strictly under it.

Empty base (everybody abstains, which needs a map onto `abstain`)
    The ruling is `held`. The test for the next rung was applied and failed, since an empty base never passes anything:
    "0/0" with what was needed, and "0/15" where the base is entitled seats. A floor is not tested on an empty base,
    which leaves its streak as it was: at prohibited both are null.

The floor's streak
    Belongs to the rung. One more for a quorate round under the floor; kept through an inquorate round and an empty
    base; none after a quorate round at or above the floor, and none after any move.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

LADDER = ["independent", "adjustment", "prohibited"]
USUAL_MAP = {"yes": "prohibited", "abstain": "adjustment", "no": "independent"}

# For each preset: what leads to a rung (how, fraction, base), the least number of seats for the quorum,
# the floor of a rung, and the consecutive rounds below it that relegate. Shares of seats are left out of the quorum:
# here every entitled seat casts a ballot.
PRESETS: dict[str, dict[str, Any]] = {
    "meta-regime": {
        "to": {
            "adjustment": ("at least", Fraction(3, 5), "voting"),
            "prohibited": ("at least", Fraction(4, 5), "voting"),
        },
        "least": 3,
        "floor": {"adjustment": Fraction(2, 5), "prohibited": Fraction(3, 5)},
        "relegate_after": 2,
    },
    "simple-majority": {
        "to": {
            "adjustment": ("more than", Fraction(1, 2), "voting"),
            "prohibited": ("more than", Fraction(1, 2), "voting"),
        },
    },
    "general-assembly": {
        "to": {
            "adjustment": ("more than", Fraction(1, 2), "voting"),
            "prohibited": ("at least", Fraction(2, 3), "voting"),
        },
    },
    "security-council": {
        "to": {
            "adjustment": ("at least", Fraction(3, 5), "entitled seats"),
            "prohibited": ("at least", Fraction(3, 5), "entitled seats"),
        },
    },
    "consensus": {
        "to": {
            "adjustment": ("at least", Fraction(1), "voting"),
            "prohibited": ("at least", Fraction(1), "voting"),
        },
    },
}


def replay_lines(
    rows: Iterable[Mapping[str, str]], preset: str, *, mapping: Mapping[str, str] | None = None
) -> list[dict[str, Any]]:
    """The objects that the replay prints as JSON lines, for a sound file.

    `rows` have the columns issue, year, date (ISO) and vote; each row is another country of its round. `mapping`
    changes the reading of the votes it names. A file that the replay must refuse is not looked for here.
    """
    reading = {**USUAL_MAP, **(mapping or {})}
    votes: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        votes.setdefault((row["issue"], row["date"], row["year"]), []).append(reading[row["vote"]])

    lines: list[dict[str, Any]] = []
    category, streak, last_issue = "independent", 0, None
    for issue, date, year in sorted(votes):
        if issue != last_issue:
            category, streak, last_issue = "independent", 0, issue
        line, streak = rule_round(category, streak, votes[issue, date, year], PRESETS[preset])
        lines.append({"issue": issue, "round": year, **line})
        category = line["after"]
    return lines


def rule_round(category: str, streak: int, cast: list[str], rules: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """One round of an issue at `category` with `streak` rounds below its floor: the line, and the streak after it."""
    count = {position: cast.count(position) for position in [*LADDER, "abstain"]}
    quorum = len(cast) >= rules.get("least", 0)
    rung = LADDER.index(category)
    rung_test = floor_test = None
    if quorum and category != "prohibited":
        rung_test = apply_rung(LADDER[rung + 1], count, rules)
    if quorum:
        floor_test = apply_floor(category, count, rules)

    after, decided = category, rung_test or floor_test
    if not quorum:
        ruling = "inquorate"
    elif rung_test and rung_test["holds"]:
        ruling, after, streak = "promoted", LADDER[rung + 1], 0
    elif floor_test and not floor_test["holds"]:
        decided, streak = floor_test, streak + 1
        ruling = "wavering"
        if streak >= rules["relegate_after"]:
            ruling, after, streak = "relegated", LADDER[rung - 1], 0
    else:
        ruling = "held"
        if floor_test:
            streak = 0

    line = {
        "before": category,
        "ruling": ruling,
        "after": after,
        "ballots": count,
        "support": decided["support"] if decided else None,
        "needed": decided["needed"] if decided else None,
        "quorum": quorum,
    }
    return line, streak


def apply_rung(target: str, count: dict[str, int], rules: dict[str, Any]) -> dict[str, Any]:
    """The test for `target`: does its share of the base hold? Never on an empty base."""
    how, fraction, base_name = rules["to"][target]
    support, voting = support_at(target, count), support_at("independent", count)
    base = voting if base_name == "voting" else voting + count["abstain"]
    enough = support > fraction * base if how == "more than" else support >= fraction * base
    return {
        "holds": base > 0 and enough,
        "support": f"{support}/{base}",
        "needed": f"{how} {fraction.numerator}/{fraction.denominator} of {base_name}",
    }


def apply_floor(category: str, count: dict[str, int], rules: dict[str, Any]) -> dict[str, Any] | None:
    """The floor of `category`: is enough of the voting weight there or above? None without a floor or a vote."""
    floor = rules.get("floor", {}).get(category)
    support, voting = support_at(category, count), support_at("independent", count)
    if floor is None or voting == 0:
        return None
    return {
        "holds": support >= floor * voting,
        "support": f"{support}/{voting}",
        "needed": f"at least {floor.numerator}/{floor.denominator} of voting",
    }


def support_at(rung: str, count: dict[str, int]) -> int:
    """Seats at `rung` or above it; at independent these are all that took a side."""
    return sum(count[category] for category in LADDER[LADDER.index(rung) :])
