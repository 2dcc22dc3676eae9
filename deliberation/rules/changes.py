"""Rules as a chair writes them in a form, and back: every setting as text, in groups of at most five (PRODUCT §2).

`amended(rules, group, written(rules, group))` equals `rules`. How a setting is written and read follows from the type
of its field. Numbers are read exactly: "2/3", "65 %", "0.65".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, cast

from deliberation.errors import DomainError
from deliberation.fields import Kind, fields_of, names_of
from deliberation.texts.durations import duration_text, parse_duration

from ._rules import Base, BroadSupport, Criterion, Measure, Rules, Threshold


class RuleUnreadable(DomainError):
    """What was typed for a setting is not among what it accepts. Parameters: `setting`, `given`."""

    code: ClassVar[str] = "rule_unreadable"


GROUPS: Mapping[str, tuple[str, ...]] = {
    "adjustment": ("criteria", "vetoes", "sustained", "floor", "broad"),
    "prohibited": ("criteria", "vetoes", "sustained", "floor", "broad"),
    "quorum": ("quorum", "least", "blocking_minority", "relegate_after", "review_seconds"),
    "rounds": ("round_length", "debate", "extension", "docket_limit", "reminders"),
    "ballots": ("secrecy", "reason_required", "early_close", "seconds", "threads"),
    "seating": ("open_seating", "claims", "membership", "roll_call"),
}
"""The settings that one form shows together."""

NONE = ("", "none", "no", "0", "-")
_RUNGS = ("adjustment", "prohibited")
_OF_QUORUM = {"quorum": "share", "least": "least"}
"""The settings that are the quorum's fields, by their names in the form."""


class _Place(NamedTuple):
    """Where a setting is: a field of the rules, or of the part of the rules that `inside` names, if that is not
    empty."""

    inside: str
    field: str
    kind: Kind


def _place(group: str, setting: str) -> _Place:
    inside = group if group in _RUNGS else "quorum" if setting in _OF_QUORUM else ""
    holder = fields_of(Rules)[inside].bare if inside else Rules
    field = names_of(holder)[_OF_QUORUM.get(setting, setting)]
    return _Place(inside, field, fields_of(holder)[field])


_PLACES = {group: {setting: _place(group, setting) for setting in settings} for group, settings in GROUPS.items()}


def _choices(kind: Kind) -> tuple[str, ...]:
    """What can be chosen for a setting of that kind; empty where it is typed."""
    if kind.bare is bool:
        return "yes", "no"
    return tuple(kind.bare) if isinstance(kind.bare, type) and issubclass(kind.bare, StrEnum) else ()


CHOICES: Mapping[str, tuple[str, ...]] = {
    setting: choices
    for places in _PLACES.values()
    for setting, place in places.items()
    if (choices := _choices(place.kind))
}
"""The settings that are chosen instead of typed, with what can be chosen."""


def written(rules: Rules, group: str) -> Mapping[str, str]:
    """The group's settings as the form shows them. Raises KeyError for an unknown group."""
    return {
        setting: _text(getattr(getattr(rules, place.inside) if place.inside else rules, place.field))
        for setting, place in _PLACES[group].items()
    }


def amended(rules: Rules, group: str, typed: Mapping[str, str]) -> Rules:
    """The rules with the group's settings as typed; a setting that is left out stays as it is.

    Raises RuleUnreadable, `Duration…`, or what the rules themselves refuse.
    """
    changes: dict[str, dict[str, Any]] = {"": {}}
    for setting, place in _PLACES[group].items():
        if setting in typed:
            changes.setdefault(place.inside, {})[place.field] = _read(place.kind, setting, typed[setting].strip())
    own = changes.pop("")
    return replace(rules, **own, **{name: replace(getattr(rules, name), **inner) for name, inner in changes.items()})


def _text(value: object) -> str:
    """A value as a form shows it."""
    match value:
        case None | ():
            return "none"
        case bool():
            return "yes" if value else "no"
        case timedelta():
            return duration_text(value) if value else "none"
        case Threshold():
            return f"{'>' if value.more_than else '>='} {value.fraction}"
        case Criterion():
            return f"{_text(value.threshold)} of {value.base} {value.measure}"
        case BroadSupport():
            return f"{_text(value.threshold)} in blocs of {value.least_seats}"
        case tuple():
            several = cast("tuple[object, ...]", value)
            return ("\n" if isinstance(several[0], Criterion) else ", ").join(map(_text, several))
        case _:
            return str(value)


def _read(kind: Kind, setting: str, typed: str) -> Any:
    """What was typed for a setting of that kind."""
    if choices := _choices(kind):
        if typed.lower() not in choices:
            raise RuleUnreadable(setting=setting, given=typed)
        return typed.lower() == "yes" if kind.bare is bool else kind.bare(typed.lower())
    if typed.lower() in NONE:
        if kind.optional:
            return None
        if kind.bare is timedelta and kind.within is not None and not kind.within.least:
            return timedelta(0)
    return _READERS[kind.bare](setting, typed)


def _whole(setting: str, typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", typed):
        raise RuleUnreadable(setting=setting, given=typed)
    return int(typed)


_SHARE = re.compile(
    r"(?P<above>[0-9]{1,12})/(?P<below>[0-9]{1,12})|(?P<number>[0-9]{1,3}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?P<percent>%)?"
)
"""As many digits as people write: the record stores the two numbers of a fraction as integers below 2^53."""


def _fraction(setting: str, typed: str) -> Fraction:
    """A share as a fraction ("2/3"), in percent ("65 %") or as a decimal number ("0.65"), exactly."""
    text = typed.replace(" ", "").replace(",", ".")
    match = _SHARE.fullmatch(text)
    if match is None or int(match["below"] or 1) == 0:
        raise RuleUnreadable(setting=setting, given=typed)
    if match["below"]:
        return Fraction(int(match["above"]), int(match["below"]))
    return Fraction(match["number"]) / (100 if match["percent"] else 1)


_CRITERION = re.compile(
    r"(?P<more>>=|≥|>|at least|more than)\s*(?P<share>[^\s%]+\s*%?)\s*(?:of\s+)?(?:the\s+)?"
    r"(?P<base>voting|cast|entitled)(?:\s+(?P<measure>weight|seats))?",
    re.IGNORECASE,
)
_MORE = (">", "more than")


def _threshold(setting: str, typed: str) -> Threshold:
    match = re.fullmatch(r"(>=|≥|>|at least|more than)?\s*(.+)", typed, re.IGNORECASE)
    if match is None:
        raise RuleUnreadable(setting=setting, given=typed)
    return Threshold(_fraction(setting, match[2]), (match[1] or "").lower() in _MORE)


def _criteria(setting: str, typed: str) -> tuple[Criterion, ...]:
    lines = [line.strip() for line in re.split(r"[\n;]| and ", typed) if line.strip()]
    if not lines:
        raise RuleUnreadable(setting=setting, given=typed)
    return tuple(_criterion(setting, line) for line in lines)


def _criterion(setting: str, line: str) -> Criterion:
    match = _CRITERION.fullmatch(line)
    if match is None:
        raise RuleUnreadable(setting=setting, given=line)
    share = _fraction(setting, match["share"])
    measure = Measure((match["measure"] or Measure.WEIGHT.value).lower())
    return Criterion(Threshold(share, match["more"].lower() in _MORE), Base(match["base"].lower()), measure)


def _broad(setting: str, typed: str) -> BroadSupport:
    match = re.fullmatch(r"(.+?)\s+in blocs of (\d{1,7})", typed, re.IGNORECASE)
    if match is None or match[1].lower() in NONE:
        raise RuleUnreadable(setting=setting, given=typed)
    return BroadSupport(_threshold(setting, match[1]), int(match[2]))


def _length(_: str, typed: str) -> timedelta:
    return parse_duration(typed)


def _lengths(_: str, typed: str) -> tuple[timedelta, ...]:
    if typed.lower() in NONE:
        return ()
    return tuple(parse_duration(part.strip()) for part in re.split(r"[,;]| and ", typed) if part.strip())


_READERS: Mapping[Any, Callable[[str, str], Any]] = {
    int: _whole,
    Fraction: _fraction,
    Threshold: _threshold,
    BroadSupport: _broad,
    tuple[Criterion, ...]: _criteria,
    timedelta: _length,
    tuple[timedelta, ...]: _lengths,
}
"""How a setting of each type is read, given its name and what was typed."""
