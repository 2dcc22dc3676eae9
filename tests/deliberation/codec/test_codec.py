"""Plain data: what is written reads back equal, keeps its keys, and is refused where it is not what it should be."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from deliberation.codec import (
    DataUnreadable,
    from_data,
    rules_from_data,
    rules_to_data,
    ruling_from_data,
    ruling_to_data,
    to_data,
)
from deliberation.rules import Rules
from deliberation.rules.presets import BROAD_CONSENSUS, META_REGIME, PRESETS
from deliberation.rulings import rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot, Tally, count
from tests.deliberation.councils import (
    ADJUSTMENT,
    any_rules,
    any_settings,
    ballots_of,
    council,
    group,
    ruled,
    standings,
)

bounded = settings(deadline=None, derandomize=True, max_examples=80)


def stored(data: object) -> Any:
    """The data as it comes back from a database or an export."""
    return json.loads(json.dumps(data, sort_keys=True))


class TestThereAndBack:
    @pytest.mark.parametrize("rules", PRESETS.values(), ids=PRESETS)
    def test_every_preset(self, rules: Rules):
        assert rules_from_data(stored(rules_to_data(rules))) == rules

    @bounded
    @given(any_settings())
    def test_any_rules(self, rules: Rules):
        assert rules_from_data(stored(rules_to_data(rules))) == rules

    @bounded
    @given(standings)
    def test_any_standing(self, standing: Standing):
        assert from_data(Standing, stored(to_data(standing))) == standing

    @bounded
    @given(ballots_of())
    def test_any_tally(self, ballots: list[SeatBallot]):
        assert from_data(Tally, stored(to_data(count(ballots)))) == count(ballots)

    @bounded
    @given(ballots_of(), standings, any_rules())
    def test_any_ruling(self, ballots: list[SeatBallot], standing: Standing, rules: Rules):
        ruling = rule(standing, count(ballots), rules)
        assert ruling_from_data(stored(ruling_to_data(ruling))) == ruling


class TestKeys:
    """Stored records depend on them."""

    def test_of_breadth(self):
        assert rules_to_data(BROAD_CONSENSUS)["prohibited"]["broad"] == {
            "threshold": {"fraction": [1, 2], "more_than": False},
            "least_seats": 3,
        }

    def test_of_a_ruling(self):
        rules = replace(BROAD_CONSENSUS, prohibited=replace(BROAD_CONSENSUS.prohibited, vetoes=True))
        ballots = council(group(prohibited=4, bloc="east"), group(adjustment=1, veto=True))
        nobody = {"seats": 0, "weight": 0}
        standing = {"category": "adjustment", "sustained": 0, "wavering": 0, "under_review": False}
        east = {
            "counts": {
                "independent": nobody,
                "adjustment": nobody,
                "prohibited": {"seats": 4, "weight": 4},
                "abstain": nobody,
            },
            "entitled": {"seats": 4, "weight": 4},
            "vetoes": [],
            "blocs": {},
        }
        assert ruling_to_data(ruled(ADJUSTMENT, rules, ballots)) == {
            "format": 1,
            "code": "vetoed",
            "before": standing,
            "after": standing,
            "tally": {
                "counts": {
                    "independent": nobody,
                    "adjustment": {"seats": 1, "weight": 1},
                    "prohibited": {"seats": 4, "weight": 4},
                    "abstain": nobody,
                },
                "entitled": {"seats": 5, "weight": 5},
                "vetoes": [{"seat": 5, "position": "adjustment"}],
                "blocs": {"east": east},
            },
            "quorum": {"cast": 5, "entitled": 5, "needed": 3, "met": True},
            "test": {
                "target": "prohibited",
                "criteria": [
                    {
                        "criterion": {
                            "threshold": {"fraction": [4, 5], "more_than": False},
                            "base": "voting",
                            "measure": "weight",
                        },
                        "reached": 4,
                        "of": 5,
                        "needed": 4,
                        "holds": True,
                        "disregarded": False,
                    }
                ],
                "blocs": [
                    {
                        "bloc": "east",
                        "threshold": {"fraction": [1, 2], "more_than": False},
                        "reached": 4,
                        "of": 4,
                        "holds": True,
                        "disregarded": False,
                    }
                ],
            },
            "vetoed_by": [5],
            "sustained": {"rounds": 0, "needed": 2},
            "floor": {"category": "adjustment", "floor": [2, 5], "reached": 5, "of": 5},
            "wavering": {"rounds": 0, "needed": 2},
        }

    def test_a_length_of_time_that_is_no_whole_number_of_seconds_is_not_rounded(self):
        with pytest.raises(ValueError, match="whole number of seconds"):
            rules_to_data(replace(META_REGIME, round_length=timedelta(milliseconds=1500)))


Path = tuple[str | int, ...]


def places(data: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in the data, the whole of it first."""
    yield path
    if isinstance(data, dict | list):
        for key, inner in data.items() if isinstance(data, dict) else enumerate(data):
            yield from places(inner, (*path, key))


def put(data: Any, path: Path, value: object) -> Any:
    """The data with another value at that place."""
    if not path:
        return value
    copied = copy.copy(data)
    copied[path[0]] = put(data[path[0]], path[1:], value)
    return copied


RULES = rules_to_data(BROAD_CONSENSUS)
RULING = ruling_to_data(
    ruled(ADJUSTMENT, BROAD_CONSENSUS, group(prohibited=4, veto=True, bloc="east"), group(independent=1))
)
BOTH = [
    pytest.param(RULES, rules_from_data, rules_to_data, id="rules"),
    pytest.param(RULING, ruling_from_data, ruling_to_data, id="ruling"),
]


@pytest.mark.parametrize(("data", "read", "write"), BOTH)
class TestRefusal:
    def test_whatever_stands_anywhere_reads_exactly_or_is_refused(
        self, data: dict[str, Any], read: Callable[[object], Any], write: Callable[[Any], object]
    ):
        for path in places(data):
            for value in (None, True, 7, -1, 10**40, 1.0, "", "held", [], [1], [2, 4], [1, 0], {}, {"a": 1}):
                altered = put(data, path, value)
                try:
                    again = write(read(altered))
                except DataUnreadable:
                    continue
                assert json.dumps(again, sort_keys=True) == json.dumps(altered, sort_keys=True), path

    def test_a_missing_and_an_unknown_key_are_refused(
        self, data: dict[str, Any], read: Callable[[object], Any], write: Callable[[Any], object]
    ):
        for key in data:
            with pytest.raises(DataUnreadable, match=rf"\.{key}: missing"):
                read({name: value for name, value in data.items() if name != key})
        with pytest.raises(DataUnreadable, match="mood: unknown"):
            read({**data, "mood": "sunny"})

    def test_another_format_is_refused(
        self, data: dict[str, Any], read: Callable[[object], Any], write: Callable[[Any], object]
    ):
        for number in (0, 1_000):
            with pytest.raises(DataUnreadable, match=f"format: {number}"):
                read({**data, "format": number})


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        (
            ("adjustment", "criteria", 0, "threshold", "fraction"),
            0.6,
            "rules.adjustment.criteria[0].threshold.fraction",
        ),
        (("adjustment", "criteria", 0, "base"), "everybody", "rules.adjustment.criteria[0].base: everybody"),
        (("prohibited", "floor"), [3, 0], "rules.prohibited.floor: [3, 0]"),
        (("prohibited", "floor"), [9, 10], "floor_above_threshold"),
        (("docket_limit",), 26, "rules_invalid"),
        (("docket_limit",), True, "rules.docket_limit: bool"),
        (("reason_required",), 1, "rules.reason_required: int"),
        (("secrecy",), "whispered", "rules.secrecy: whispered"),
        (("reminders",), 3600, "rules.reminders: int"),
        (("round_length",), 10**30, "rules.round_length"),
    ],
)
def test_what_is_wrong_with_rules_is_said_with_its_place(path: Path, value: object, what: str):
    with pytest.raises(DataUnreadable) as refused:
        rules_from_data(put(RULES, path, value))
    assert what in str(refused.value.params["what"])
    assert refused.value.code == "data_unreadable"


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        (("code",), "upheld", "ruling.code: upheld"),
        (("after", "category"), "Prohibited", "ruling.after.category: Prohibited"),
        (("tally", "counts", "abstain"), 3, "ruling.tally.counts.abstain: int"),
        (("tally", "blocs"), [], "ruling.tally.blocs: list"),
        (("tally", "blocs", "east", "entitled", "seats"), "4", "ruling.tally.blocs.east.entitled.seats: str"),
        (("tally", "vetoes", 1, "seat"), 1, "ruling.tally.vetoes: order"),
        (("test", "criteria", 0, "criterion", "threshold", "fraction"), [3, 2], "rules_invalid"),
        (("vetoed_by",), ["1"], "ruling.vetoed_by[0]: str"),
    ],
)
def test_what_is_wrong_with_a_ruling_is_said_with_its_place(path: Path, value: object, what: str):
    with pytest.raises(DataUnreadable) as refused:
        ruling_from_data(put(RULING, path, value))
    assert what in str(refused.value.params["what"])
