"""Rules as a chair writes them in a form, and back: every setting as text, in groups of at most five (PRODUCT §2).

`amended(rules, group, written(rules, group))` is `rules` again. Numbers are read exactly: "2/3", "65 %", "0.65".
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any, ClassVar

from .categories import Category
from .durations import parse_duration
from .errors import DomainError
from .rules import Base, BroadSupport, Criterion, Measure, Quorum, Rules, Rung, Secrecy, Threshold


class RuleUnreadable(DomainError):
    """What was typed for a setting is none of what is accepted. Parameters: `setting`, `given`."""

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

CHOICES: Mapping[str, tuple[str, ...]] = {
    "secrecy": tuple(secrecy.value for secrecy in Secrecy),
    **{
        name: ("yes", "no")
        for name in ("vetoes", "reason_required", "early_close", "threads", "open_seating", "claims", "roll_call")
    },
}
"""The settings that are chosen and not typed, with what can be chosen."""

NONE = ("", "none", "no", "0", "-")
_CRITERION = re.compile(
    r"(?P<more>>=|≥|>|at least|more than)\s*(?P<share>[^\s%]+\s*%?)\s*(?:of\s+)?(?:the\s+)?"
    r"(?P<base>voting|cast|entitled)(?:\s+(?P<measure>weight|seats))?",
    re.IGNORECASE,
)
_MORE = (">", "more than")


def written(rules: Rules, group: str) -> Mapping[str, str]:
    """The group's settings as the form shows them. Raises KeyError for a group that there is not."""
    rung = rules.rung(Category.of(group)) if group in ("adjustment", "prohibited") else None
    return {setting: _WRITTEN[setting](rung if setting in _OF_RUNG else rules) for setting in GROUPS[group]}


def amended(rules: Rules, group: str, typed: Mapping[str, str]) -> Rules:
    """The rules with the group's settings as typed; one that is left out stays.

    Raises RuleUnreadable, `Duration…`, or what the rules themselves refuse.
    """
    changes = {setting: _READ[setting](typed[setting].strip()) for setting in GROUPS[group] if setting in typed}
    if group in ("adjustment", "prohibited"):
        rung = replace(rules.rung(Category.of(group)), **changes)
        return replace(rules, **{group: rung})
    if group == "quorum":
        share = changes.pop("quorum", rules.quorum.share)
        changes["quorum"] = Quorum(share, changes.pop("least", rules.quorum.least))
    return replace(rules, **changes)


def _criteria_text(rung: Rung) -> str:
    return "\n".join(
        f"{_threshold_text(one.threshold)} of {one.base.value} {one.measure.value}" for one in rung.criteria
    )


def _criteria(typed: str) -> tuple[Criterion, ...]:
    lines = [line.strip() for line in re.split(r"[\n;]| and ", typed) if line.strip()]
    if not lines:
        raise RuleUnreadable(setting="criteria", given=typed)
    return tuple(_criterion(line) for line in lines)


def _criterion(line: str) -> Criterion:
    match = _CRITERION.fullmatch(line)
    if match is None:
        raise RuleUnreadable(setting="criteria", given=line)
    share = _fraction("criteria", match["share"])
    measure = Measure((match["measure"] or Measure.WEIGHT.value).lower())
    return Criterion(Threshold(share, match["more"].lower() in _MORE), Base(match["base"].lower()), measure)


_SHARE = re.compile(
    r"(?P<above>[0-9]{1,12})/(?P<below>[0-9]{1,12})|(?P<number>[0-9]{1,3}(?:\.[0-9]{1,9})?|\.[0-9]{1,9})(?P<percent>%)?"
)
"""As many digits as people write: the record holds the numbers of a fraction as integers below 2^53."""


def _threshold_text(threshold: Threshold) -> str:
    return f"{'>' if threshold.more_than else '>='} {threshold.fraction}"


def _threshold(setting: str) -> Callable[[str], Threshold | None]:
    def read(typed: str) -> Threshold | None:
        if typed.lower() in NONE:
            return None
        match = re.fullmatch(r"(>=|≥|>|at least|more than)?\s*(.+)", typed, re.IGNORECASE)
        if match is None:
            raise RuleUnreadable(setting=setting, given=typed)
        return Threshold(_fraction(setting, match[2]), (match[1] or "").lower() in _MORE)

    return read


def _fraction(setting: str, typed: str) -> Fraction:
    """A share as a fraction ("2/3"), in percent ("65 %") or as a decimal number ("0.65"), exactly."""
    text = typed.replace(" ", "").replace(",", ".")
    match = _SHARE.fullmatch(text)
    if match is None or int(match["below"] or 1) == 0:
        raise RuleUnreadable(setting=setting, given=typed)
    if match["below"]:
        return Fraction(int(match["above"]), int(match["below"]))
    return Fraction(match["number"]) / (100 if match["percent"] else 1)


def _broad_text(rung: Rung) -> str:
    broad = rung.broad
    return "none" if broad is None else f"{_threshold_text(broad.threshold)} in blocs of {broad.least_seats}"


def _broad(typed: str) -> BroadSupport | None:
    if typed.lower() in NONE:
        return None
    match = re.fullmatch(r"(.+?)\s+in blocs of (\d{1,7})", typed, re.IGNORECASE)
    threshold = None if match is None else _threshold("broad")(match[1])
    if match is None or threshold is None:
        raise RuleUnreadable(setting="broad", given=typed)
    return BroadSupport(threshold, int(match[2]))


def _whole(setting: str) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", typed):
            raise RuleUnreadable(setting=setting, given=typed)
        return int(typed)

    return read


def _optional(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda typed: None if typed.lower() in NONE else read(typed)


def _truth(setting: str) -> Callable[[str], bool]:
    def read(typed: str) -> bool:
        if typed.lower() not in ("yes", "no"):
            raise RuleUnreadable(setting=setting, given=typed)
        return typed.lower() == "yes"

    return read


def _secrecy(typed: str) -> Secrecy:
    if typed.lower() not in CHOICES["secrecy"]:
        raise RuleUnreadable(setting="secrecy", given=typed)
    return Secrecy(typed.lower())


def _length(typed: str) -> timedelta:
    return parse_duration(typed)


def _length_or_none(typed: str) -> timedelta:
    return timedelta(0) if typed.lower() in NONE else parse_duration(typed)


def _reminders(typed: str) -> tuple[timedelta, ...]:
    if typed.lower() in NONE:
        return ()
    return tuple(parse_duration(part.strip()) for part in re.split(r"[,;]| and ", typed) if part.strip())


def _length_text(length: timedelta | None) -> str:
    """A length as `parse_duration` reads it."""
    if not length:
        return "none"
    seconds = int(length.total_seconds())
    parts = []
    for letter, size in (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)):
        amount, seconds = divmod(seconds, size)
        if amount:
            parts.append(f"{amount}{letter}")
    return " ".join(parts)


def _yes(value: bool) -> str:
    return "yes" if value else "no"


_OF_RUNG = ("criteria", "vetoes", "sustained", "floor", "broad")

_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "criteria": _criteria_text,
    "vetoes": lambda rung: _yes(rung.vetoes),
    "sustained": lambda rung: str(rung.sustained),
    "floor": lambda rung: "none" if rung.floor is None else str(rung.floor),
    "broad": _broad_text,
    "quorum": lambda rules: "none" if rules.quorum.share is None else _threshold_text(rules.quorum.share),
    "least": lambda rules: str(rules.quorum.least),
    "blocking_minority": lambda rules: str(rules.blocking_minority or "none"),
    "relegate_after": lambda rules: str(rules.relegate_after),
    "review_seconds": lambda rules: str(rules.review_seconds),
    "round_length": lambda rules: _length_text(rules.round_length),
    "debate": lambda rules: _length_text(rules.debate),
    "extension": lambda rules: _length_text(rules.extension),
    "docket_limit": lambda rules: str(rules.docket_limit),
    "reminders": lambda rules: ", ".join(_length_text(offset) for offset in rules.reminders) or "none",
    "secrecy": lambda rules: rules.secrecy.value,
    "reason_required": lambda rules: _yes(rules.reason_required),
    "early_close": lambda rules: _yes(rules.early_close),
    "seconds": lambda rules: str(rules.seconds),
    "threads": lambda rules: _yes(rules.threads),
    "open_seating": lambda rules: _yes(rules.open_seating),
    "claims": lambda rules: _yes(rules.claims),
    "membership": lambda rules: _length_text(rules.membership),
    "roll_call": lambda rules: _yes(rules.roll_call),
}

_READ: Mapping[str, Callable[[str], Any]] = {
    "criteria": _criteria,
    "vetoes": _truth("vetoes"),
    "sustained": _whole("sustained"),
    "floor": _optional(lambda typed: _fraction("floor", typed)),
    "broad": _broad,
    "quorum": _threshold("quorum"),
    "least": _whole("least"),
    "blocking_minority": _optional(_whole("blocking_minority")),
    "relegate_after": _whole("relegate_after"),
    "review_seconds": _whole("review_seconds"),
    "round_length": _length,
    "debate": _length_or_none,
    "extension": _optional(_length),
    "docket_limit": _whole("docket_limit"),
    "reminders": _reminders,
    "secrecy": _secrecy,
    "reason_required": _truth("reason_required"),
    "early_close": _truth("early_close"),
    "seconds": _whole("seconds"),
    "threads": _truth("threads"),
    "open_seating": _truth("open_seating"),
    "claims": _truth("claims"),
    "membership": _length_or_none,
    "roll_call": _truth("roll_call"),
}
