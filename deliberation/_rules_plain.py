"""Rules as plain data and back: the part of `codec` that rulings build on."""

from typing import Any

from deliberation import _plain as plain

from ._plain import DataUnreadable
from .rules import Base, BroadSupport, Criterion, Measure, Quorum, Rules, Rung, Secrecy, Threshold

FORMAT = 1
"""The number that rulings carry as `format`."""

RULES_FORMAT = 2
"""The number that rules carry as `format`. Those of format 1 lack the later settings, and are read as without them."""

Plain = dict[str, Any]

_NAMES = (
    "format preset adjustment prohibited quorum blocking_minority relegate_after reason_required secrecy "
    "open_seating docket_limit review_seconds round_length reminders "
    "seconds debate extension early_close roll_call claims membership threads"
)
_SINCE_FORMAT_1: Plain = {
    "seconds": 0,
    "debate": 0,
    "extension": None,
    "early_close": False,
    "roll_call": False,
    "claims": False,
    "membership": 0,
    "threads": False,
}


def rules_to_data(rules: Rules) -> Plain:
    return {
        "format": RULES_FORMAT,
        "preset": rules.preset,
        "adjustment": _rung_to_data(rules.adjustment),
        "prohibited": _rung_to_data(rules.prohibited),
        "quorum": {"share": threshold_to_data(rules.quorum.share), "least": rules.quorum.least},
        "blocking_minority": rules.blocking_minority,
        "relegate_after": rules.relegate_after,
        "reason_required": rules.reason_required,
        "secrecy": rules.secrecy.value,
        "open_seating": rules.open_seating,
        "docket_limit": rules.docket_limit,
        "review_seconds": rules.review_seconds,
        "round_length": plain.seconds_to_data(rules.round_length),
        "reminders": [plain.seconds_to_data(offset) for offset in rules.reminders],
        "seconds": rules.seconds,
        "debate": plain.seconds_to_data(rules.debate),
        "extension": None if rules.extension is None else plain.seconds_to_data(rules.extension),
        "early_close": rules.early_close,
        "roll_call": rules.roll_call,
        "claims": rules.claims,
        "membership": plain.seconds_to_data(rules.membership),
        "threads": rules.threads,
    }


def rules_from_data(data: object) -> Rules:
    """Raises DataUnreadable, also for settings that no rules may have."""
    if isinstance(data, dict) and type(data.get("format")) is int and data["format"] == 1:
        data = {**data, **_SINCE_FORMAT_1, "format": RULES_FORMAT}
    given = plain.fields(data, "rules", *_NAMES.split())
    if plain.whole(given["format"], "rules.format") != RULES_FORMAT:
        raise DataUnreadable(what=f"rules.format: {given['format']}")
    with plain.reading("rules"):
        return Rules(
            preset=plain.text(given["preset"], "rules.preset"),
            adjustment=_rung(given["adjustment"], "rules.adjustment"),
            prohibited=_rung(given["prohibited"], "rules.prohibited"),
            quorum=_quorum(given["quorum"], "rules.quorum"),
            blocking_minority=plain.optional(given["blocking_minority"], "rules.blocking_minority", plain.whole),
            relegate_after=plain.whole(given["relegate_after"], "rules.relegate_after"),
            reason_required=plain.truth(given["reason_required"], "rules.reason_required"),
            secrecy=plain.one_of(Secrecy)(given["secrecy"], "rules.secrecy"),
            open_seating=plain.truth(given["open_seating"], "rules.open_seating"),
            docket_limit=plain.whole(given["docket_limit"], "rules.docket_limit"),
            review_seconds=plain.whole(given["review_seconds"], "rules.review_seconds"),
            round_length=plain.seconds(given["round_length"], "rules.round_length"),
            reminders=plain.items(given["reminders"], "rules.reminders", plain.seconds),
            seconds=plain.whole(given["seconds"], "rules.seconds"),
            debate=plain.seconds(given["debate"], "rules.debate"),
            extension=plain.optional(given["extension"], "rules.extension", plain.seconds),
            early_close=plain.truth(given["early_close"], "rules.early_close"),
            roll_call=plain.truth(given["roll_call"], "rules.roll_call"),
            claims=plain.truth(given["claims"], "rules.claims"),
            membership=plain.seconds(given["membership"], "rules.membership"),
            threads=plain.truth(given["threads"], "rules.threads"),
        )


def check_format(data: object, where: str) -> None:
    if plain.whole(data, where) != FORMAT:
        raise DataUnreadable(what=f"{where}: {data}")


def _rung_to_data(rung: Rung) -> Plain:
    broad = rung.broad
    return {
        "criteria": [criterion_to_data(criterion) for criterion in rung.criteria],
        "vetoes": rung.vetoes,
        "broad": broad and {"threshold": threshold_to_data(broad.threshold), "least_seats": broad.least_seats},
        "sustained": rung.sustained,
        "floor": None if rung.floor is None else plain.fraction_to_data(rung.floor),
    }


def _rung(data: object, where: str) -> Rung:
    given = plain.fields(data, where, "criteria", "vetoes", "broad", "sustained", "floor")
    return Rung(
        criteria=plain.items(given["criteria"], f"{where}.criteria", criterion),
        vetoes=plain.truth(given["vetoes"], f"{where}.vetoes"),
        broad=plain.optional(given["broad"], f"{where}.broad", _broad),
        sustained=plain.whole(given["sustained"], f"{where}.sustained"),
        floor=plain.optional(given["floor"], f"{where}.floor", plain.fraction),
    )


def _broad(data: object, where: str) -> BroadSupport:
    given = plain.fields(data, where, "threshold", "least_seats")
    return BroadSupport(
        threshold(given["threshold"], f"{where}.threshold"), plain.whole(given["least_seats"], f"{where}.least_seats")
    )


def threshold_to_data(threshold: Threshold | None) -> Plain | None:
    if threshold is None:
        return None
    return {"fraction": plain.fraction_to_data(threshold.fraction), "more_than": threshold.more_than}


def threshold(data: object, where: str) -> Threshold:
    given = plain.fields(data, where, "fraction", "more_than")
    return Threshold(
        plain.fraction(given["fraction"], f"{where}.fraction"), plain.truth(given["more_than"], f"{where}.more_than")
    )


def criterion_to_data(criterion: Criterion) -> Plain:
    return {
        "threshold": threshold_to_data(criterion.threshold),
        "base": criterion.base.value,
        "measure": criterion.measure.value,
    }


def criterion(data: object, where: str) -> Criterion:
    given = plain.fields(data, where, "threshold", "base", "measure")
    return Criterion(
        threshold(given["threshold"], f"{where}.threshold"),
        plain.one_of(Base)(given["base"], f"{where}.base"),
        plain.one_of(Measure)(given["measure"], f"{where}.measure"),
    )


def _quorum(data: object, where: str) -> Quorum:
    given = plain.fields(data, where, "share", "least")
    return Quorum(
        plain.optional(given["share"], f"{where}.share", threshold), plain.whole(given["least"], f"{where}.least")
    )
