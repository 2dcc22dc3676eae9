"""Rules as a chair writes them: what is shown can be sent back, and what is typed is read exactly or refused."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from deliberation.errors import DomainError
from deliberation.rules import (
    Base,
    Criterion,
    FloorAboveThreshold,
    Measure,
    MoreThanAll,
    NeedsAssignedSeats,
    Rules,
    RulesInvalid,
    Secrecy,
    SecretNeedsEquality,
    Threshold,
    ThresholdsFall,
)
from deliberation.rules.changes import CHOICES, GROUPS, RuleUnreadable, amended, written
from deliberation.rules.presets import EU_COUNCIL, GENERAL_ASSEMBLY, META_REGIME, PRESETS, SECURITY_COUNCIL, adopted
from deliberation.texts.durations import DurationUnreadable
from tests.deliberation.councils import any_settings


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("rules", PRESETS.values(), ids=PRESETS)
def test_a_form_sent_back_untouched_changes_nothing(rules: Rules, group: str):
    assert amended(rules, group, written(rules, group)) == rules
    assert len(GROUPS[group]) <= 5, "a form of Discord's holds five fields"
    for setting, text in written(rules, group).items():
        assert setting not in CHOICES or text in CHOICES[setting]


@given(rules=any_settings())
def test_no_rules_are_lost_in_a_form(rules: Rules):
    for group in GROUPS:
        assert amended(rules, group, written(rules, group)) == rules


@pytest.mark.parametrize(
    ("typed", "criterion"),
    [
        (">= 2/3 of voting", Criterion(Threshold(Fraction(2, 3)))),
        ("at least 66.7 % of the voting weight", Criterion(Threshold(Fraction(667, 1000)))),
        ("> 50% of entitled seats", Criterion(Threshold(Fraction(1, 2), True), Base.ENTITLED, Measure.SEATS)),
        ("more than 0,5 of cast", Criterion(Threshold(Fraction(1, 2), True), Base.CAST)),
    ],
)
def test_shares_are_read_exactly(typed: str, criterion: Criterion):
    rules = amended(GENERAL_ASSEMBLY, "prohibited", {"criteria": f"{typed}\n> 2/3 of voting"})
    assert rules.prohibited.criteria[0] == criterion


@pytest.mark.parametrize(
    ("rules", "group", "typed", "refusal"),
    [
        (META_REGIME, "prohibited", {"criteria": "two thirds"}, RuleUnreadable),
        (META_REGIME, "prohibited", {"criteria": ">= 1/0 of voting"}, RuleUnreadable),
        (META_REGIME, "prohibited", {"criteria": "> 1 of voting"}, MoreThanAll),
        (META_REGIME, "prohibited", {"criteria": ">= 1/2 of voting", "floor": "none"}, ThresholdsFall),
        (META_REGIME, "adjustment", {"floor": "4/5"}, FloorAboveThreshold),
        (META_REGIME, "quorum", {"least": "-1"}, RuleUnreadable),
        (META_REGIME, "rounds", {"docket_limit": "26"}, RulesInvalid),
        (META_REGIME, "rounds", {"round_length": "soon"}, DurationUnreadable),
        (META_REGIME, "ballots", {"early_close": "yes"}, NeedsAssignedSeats),
        (META_REGIME, "seating", {"roll_call": "yes"}, NeedsAssignedSeats),
        (SECURITY_COUNCIL, "ballots", {"secrecy": "secret"}, SecretNeedsEquality),
    ],
)
def test_what_contradicts_itself_or_cannot_be_read_is_refused_with_the_reason(
    rules: Rules, group: str, typed: dict[str, str], refusal: type[DomainError]
):
    with pytest.raises(refusal):
        amended(rules, group, typed)


def test_lengths_and_switches():
    rules = amended(META_REGIME, "rounds", {"debate": "1d", "extension": "12h", "reminders": "2d, 1h"})
    assert (rules.debate, rules.extension) == (timedelta(days=1), timedelta(hours=12))
    assert rules.reminders == (timedelta(days=2), timedelta(hours=1))
    assert amended(rules, "rounds", {"debate": "none", "extension": "none", "reminders": "none"}).reminders == ()
    assert amended(META_REGIME, "ballots", {"secrecy": "secret"}).secrecy is Secrecy.SECRET


def test_a_preset_takes_the_procedure_and_leaves_the_rest():
    own = amended(META_REGIME, "rounds", {"round_length": "5d"})
    taken = adopted(own, "eu-council")
    assert (taken.adjustment, taken.prohibited, taken.blocking_minority) == (
        EU_COUNCIL.adjustment,
        EU_COUNCIL.prohibited,
        4,
    )
    assert (taken.round_length, taken.preset) == (timedelta(days=5), "eu-council")
