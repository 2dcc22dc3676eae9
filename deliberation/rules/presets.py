"""The named sets of rules that a council can start from (PRODUCT §2, "Presets"), each with the source of its rule."""

from dataclasses import replace
from fractions import Fraction

from deliberation.fields import fields_of

from ._rules import BY_PRESET, Base, BroadSupport, Criterion, Measure, Quorum, Rules, Rung, Threshold

_HALF = Fraction(1, 2)
_SEATS = (Base.ENTITLED, Measure.SEATS)


def _rung(threshold: Threshold, *, floor: Fraction | None = None) -> Rung:
    return Rung(criteria=(Criterion(threshold),), floor=floor)


META_REGIME = Rules(
    preset="meta-regime",
    adjustment=_rung(Threshold(Fraction(3, 5)), floor=Fraction(2, 5)),
    prohibited=_rung(Threshold(Fraction(4, 5)), floor=Fraction(3, 5)),
    quorum=Quorum(Threshold(Fraction(1, 3)), least=3),
    reason_required=True,
)
"""The default: talks begin at three fifths, a prohibition needs four fifths, and everybody says why."""

SIMPLE_MAJORITY = Rules(
    preset="simple-majority",
    adjustment=_rung(Threshold(_HALF, more_than=True)),
    prohibited=_rung(Threshold(_HALF, more_than=True)),
    quorum=Quorum(Threshold(Fraction(1, 3))),
)
"""More than half of those voting; a tie fails."""

GENERAL_ASSEMBLY = Rules(
    preset="general-assembly",
    adjustment=_rung(Threshold(_HALF, more_than=True)),
    prohibited=_rung(Threshold(Fraction(2, 3))),
    quorum=Quorum(Threshold(_HALF, more_than=True)),
)
"""UN Charter Art. 18 and Rule 86 of the General Assembly (A/520): abstaining members are not voting."""

_NINE_OF_FIFTEEN = Rung(criteria=(Criterion(Threshold(Fraction(3, 5)), *_SEATS),), vetoes=True)

SECURITY_COUNCIL = Rules(
    preset="security-council",
    adjustment=_NINE_OF_FIFTEEN,
    prohibited=_NINE_OF_FIFTEEN,
    quorum=Quorum(),
)
"""UN Charter Art. 27(3): nine of fifteen, and no permanent member against; its abstention is not a veto. Members that
must abstain as parties to a dispute are not modelled."""

EU_COUNCIL = Rules(
    preset="eu-council",
    adjustment=Rung(criteria=(Criterion(Threshold(_HALF, more_than=True), *_SEATS),)),
    prohibited=Rung(
        criteria=(
            Criterion(Threshold(Fraction(55, 100)), *_SEATS),
            Criterion(Threshold(Fraction(65, 100)), Base.ENTITLED, Measure.WEIGHT),
        )
    ),
    quorum=Quorum(),
    blocking_minority=4,
)
"""TEU Art. 16(4): 55 % of the states with 65 % of the population; abstaining counts against; a blocking minority needs
four states. Weights are populations."""

CONSENSUS = Rules(
    preset="consensus",
    adjustment=_rung(Threshold(Fraction(1))),
    prohibited=_rung(Threshold(Fraction(1))),
    quorum=Quorum(Threshold(_HALF)),
)
"""Nobody who takes a side objects, and at least one supports; an abstention assents."""

BROAD_CONSENSUS = Rules(
    preset="broad-consensus",
    adjustment=_rung(Threshold(Fraction(3, 5)), floor=Fraction(2, 5)),
    prohibited=Rung(
        criteria=(Criterion(Threshold(Fraction(4, 5))),),
        broad=BroadSupport(Threshold(_HALF), least_seats=3),
        sustained=2,
        floor=Fraction(3, 5),
    ),
    quorum=Quorum(Threshold(_HALF)),
)
"""As the default, but a prohibition also needs half of every bloc of three or more seats, in two consecutive rounds."""

PRESETS: dict[str, Rules] = {
    rules.preset: rules
    for rules in (
        META_REGIME,
        SIMPLE_MAJORITY,
        GENERAL_ASSEMBLY,
        SECURITY_COUNCIL,
        EU_COUNCIL,
        CONSENSUS,
        BROAD_CONSENSUS,
    )
}
"""Every preset by its name, the default first."""


def adopted(rules: Rules, preset: str) -> Rules:
    """The rules with what the preset says about rungs, quorum and reasons; secrecy, seating and times stay as they are.

    Raises KeyError for an unknown preset, and what the rules refuse: vetoes under secrecy.
    """
    taken = PRESETS[preset]
    by_preset = (name for name, kind in fields_of(Rules).items() if BY_PRESET in kind.notes)
    return replace(rules, **{name: getattr(taken, name) for name in by_preset})
