"""What was stored once is read for ever, and a dataclass is stored by its fields alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import timedelta
from fractions import Fraction
from typing import Annotated, Any

import pytest

from deliberation.categories import Category, Position
from deliberation.codec import (
    DataUnreadable,
    from_data,
    from_stored,
    newest_format,
    rules_from_data,
    rules_to_data,
    to_data,
    to_stored,
)
from deliberation.fields import Listed, Since, fields_of
from deliberation.ids import SeatId
from deliberation.rules import Base, Criterion, Measure, NeedsAssignedSeats, Quorum, Rules, Rung, Secrecy, Threshold
from deliberation.rules._rules import BroadSupport

RULES = Rules(
    preset="own",
    adjustment=Rung(criteria=(Criterion(Threshold(Fraction(1, 2), more_than=True)),), floor=Fraction(2, 5)),
    prohibited=Rung(
        criteria=(
            Criterion(Threshold(Fraction(3, 5))),
            Criterion(Threshold(Fraction(55, 100)), Base.ENTITLED, Measure.SEATS),
        ),
        vetoes=True,
        broad=BroadSupport(Threshold(Fraction(1, 2)), least_seats=4),
        sustained=2,
    ),
    quorum=Quorum(Threshold(Fraction(1, 3)), least=3),
    blocking_minority=4,
    relegate_after=3,
    reason_required=True,
    secrecy=Secrecy.SEALED,
    open_seating=False,
    docket_limit=7,
    review_seconders=5,
    round_length=timedelta(days=2, hours=12),
    reminders=(timedelta(hours=24), timedelta(minutes=90)),
)
FIRST: Mapping[str, Any] = {
    "preset": "own",
    "adjustment": {
        "criteria": [{"threshold": {"fraction": [1, 2], "more_than": True}, "base": "voting", "measure": "weight"}],
        "vetoes": False,
        "broad": None,
        "sustained": 1,
        "floor": [2, 5],
    },
    "prohibited": {
        "criteria": [
            {"threshold": {"fraction": [3, 5], "more_than": False}, "base": "voting", "measure": "weight"},
            {"threshold": {"fraction": [11, 20], "more_than": False}, "base": "entitled", "measure": "seats"},
        ],
        "vetoes": True,
        "broad": {"threshold": {"fraction": [1, 2], "more_than": False}, "least_seats": 4},
        "sustained": 2,
        "floor": None,
    },
    "quorum": {"share": {"fraction": [1, 3], "more_than": False}, "least": 3},
    "blocking_minority": 4,
    "relegate_after": 3,
    "reason_required": True,
    "secrecy": "sealed",
    "open_seating": False,
    "docket_limit": 7,
    "review_seconds": 5,
    "round_length": 216_000,
    "reminders": [86_400, 5_400],
}
SECOND: Mapping[str, Any] = {
    **FIRST,
    "seconds": 0,
    "debate": 0,
    "extension": None,
    "early_close": False,
    "roll_call": False,
    "claims": False,
    "membership": 0,
    "threads": False,
}


def holds(written: Any, once: Any) -> bool:
    """Whether everything that was written once is still written so; later fields may stand beside it."""
    if isinstance(once, dict):
        return all(name in written and holds(written[name], value) for name, value in once.items())
    if isinstance(once, list):
        return len(written) == len(once) and all(map(holds, written, once))
    return written == once and type(written) is type(once)


class TestRules:
    def test_their_keys_and_words_stay_what_they_were(self):
        assert holds(rules_to_data(RULES), SECOND)

    @pytest.mark.parametrize(("number", "stored"), [(1, FIRST), (2, SECOND)])
    def test_what_was_stored_in_an_earlier_format_is_read_for_ever(self, number: int, stored: Mapping[str, Any]):
        assert rules_from_data({**stored, "format": number}) == RULES

    def test_a_format_has_all_its_settings(self):
        with pytest.raises(DataUnreadable, match=r"rules\.seconds: missing"):
            rules_from_data({**FIRST, "format": 2})

    def test_a_setting_that_came_later_has_a_default_for_what_was_stored_before(self):
        later = [
            given.default
            for kind in (Rules, Rung, Quorum, Criterion, Threshold, BroadSupport)
            for given, said in zip(fields(kind), fields_of(kind).values(), strict=True)
            if said.note(Since) is not None
        ]
        assert len(later) >= len(SECOND) - len(FIRST)
        assert MISSING not in later


@dataclass(frozen=True)
class Tune:
    """A setting that has just been thought of, inside another."""

    beats: int
    hummed: Annotated[bool, Since(3)] = True


@dataclass(frozen=True)
class Singing:
    """Rules that nobody has, of every type that there is."""

    merry: bool
    verses: int
    refrain: str
    share: Fraction
    lasting: timedelta
    secrecy: Secrecy
    category: Category
    singer: SeatId | None
    tunes: tuple[Tune, ...]
    by_position: Mapping[Position, int]
    by_name: Mapping[str, Tune]
    by_seat: Annotated[Mapping[SeatId, Position], Listed("seat", "position")]
    later: Annotated[timedelta | None, Since(2)] = None
    inner: Annotated[Tune, Since(2)] = field(default=Tune(4))

    def __post_init__(self) -> None:
        if self.merry and self.verses > 99:
            raise NeedsAssignedSeats(setting="merry")


SUNG = Singing(
    merry=True,
    verses=3,
    refrain="la",
    share=Fraction(4, 6),
    lasting=timedelta(minutes=2),
    secrecy=Secrecy.SECRET,
    category=Category.PROHIBITED,
    singer=None,
    tunes=(Tune(3), Tune(4, hummed=False)),
    by_position=dict.fromkeys(Position, 1),
    by_name={"b": Tune(2), "a": Tune(1)},
    by_seat={SeatId(7): Position.ABSTAIN, SeatId(2): Position.PROHIBITED},
    later=timedelta(seconds=1),
)
PLAIN: Mapping[str, Any] = {
    "merry": True,
    "verses": 3,
    "refrain": "la",
    "share": [2, 3],
    "lasting": 120,
    "secrecy": "secret",
    "category": "prohibited",
    "singer": None,
    "tunes": [{"beats": 3, "hummed": True}, {"beats": 4, "hummed": False}],
    "by_position": {"independent": 1, "adjustment": 1, "prohibited": 1, "abstain": 1},
    "by_name": {"a": {"beats": 1, "hummed": True}, "b": {"beats": 2, "hummed": True}},
    "by_seat": [{"seat": 2, "position": "prohibited"}, {"seat": 7, "position": "abstain"}],
    "later": 1,
    "inner": {"beats": 4, "hummed": True},
}


class TestAnyDataclass:
    """Nothing but its fields is said of it anywhere."""

    def test_is_written_by_its_fields_and_read_back(self):
        assert to_data(SUNG) == PLAIN
        assert [*to_data(SUNG)["by_name"]] == ["a", "b"]
        assert from_data(Singing, PLAIN) == SUNG
        assert newest_format(Singing) == 3, "the latest of its own fields and of those inside"
        assert from_stored(Singing, to_stored(SUNG)) == SUNG

    def test_an_earlier_format_reads_as_with_the_defaults_of_later_fields_here_and_inside(self):
        before = {name: value for name, value in PLAIN.items() if name not in ("later", "inner")}
        tunes = {"tunes": [{"beats": 3}, {"beats": 4}], "by_name": {"a": {"beats": 1}, "b": {"beats": 2}}}
        read = from_stored(Singing, {**before, **tunes, "format": 1})
        assert (read.later, read.inner, read.tunes) == (None, Tune(4), (Tune(3), Tune(4)))
        second = {**PLAIN, **tunes, "inner": {"beats": 5}, "format": 2}
        assert from_stored(Singing, second).inner == Tune(5, hummed=True)

    @pytest.mark.parametrize(
        ("change", "what"),
        [
            ({"verses": True}, "singing.verses: bool"),
            ({"merry": 1}, "singing.merry: int"),
            ({"share": [4, 6]}, "singing.share: [4, 6]"),
            ({"share": [1, "2"]}, "singing.share[1]: str"),
            ({"lasting": 10**30}, f"singing.lasting: {10**30}"),
            ({"category": "PROHIBITED"}, "singing.category: PROHIBITED"),
            ({"singer": "me"}, "singing.singer: str"),
            ({"tunes": [{"beats": 1, "hummed": True}, {"hummed": True}]}, "singing.tunes[1].beats: missing"),
            ({"by_name": {"a": {"beats": 1, "hummed": True, "key": "F"}}}, "singing.by_name.a.key: unknown"),
            ({"by_name": {1: {"beats": 1, "hummed": True}}}, "singing.by_name: int"),
            ({"by_position": {"abstain": 1}}, "singing.by_position.independent: missing"),
            ({"by_seat": [*reversed(PLAIN["by_seat"])]}, "singing.by_seat: order"),
            ({"by_seat": [PLAIN["by_seat"][0]] * 2}, "singing.by_seat: order"),
            ({"verses": 100}, "singing: needs_assigned_seats setting='merry'"),
            ({"mood": "sunny"}, "singing.mood: unknown"),
        ],
    )
    def test_what_is_wrong_is_said_with_its_place(self, change: Mapping[str, Any], what: str):
        with pytest.raises(DataUnreadable) as refused:
            from_data(Singing, {**PLAIN, **change})
        assert refused.value.params == {"what": what}

    @pytest.mark.parametrize(
        ("data", "what"),
        [
            ([], "singing: list"),
            ({}, "singing.format: missing"),
            ({"format": "1"}, "singing.format: str"),
            ({"format": 4}, "singing.format: 4"),
        ],
    )
    def test_what_is_no_data_of_a_known_format_is_refused(self, data: object, what: str):
        with pytest.raises(DataUnreadable) as refused:
            from_stored(Singing, data)
        assert refused.value.params == {"what": what}

    @pytest.mark.parametrize("hint", [float, object, "tuple[int, str]", "int | str"])
    def test_a_field_of_a_type_without_a_form_is_a_mistake_in_the_code(self, hint: Any):
        made_up = dataclass(type("MadeUp", (), {"__annotations__": {"x": hint}}))
        with pytest.raises(TypeError):
            from_data(made_up, {"x": 1})
