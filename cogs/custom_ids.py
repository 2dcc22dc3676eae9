"""The ids of buttons, menus and forms: all of them, built and parsed here and nowhere else (ARCHITECTURE, decision 8).

An id reads `cmt:<grammar>:<noun>:<field>:<field>…`. The fields carry all that an item knows, so that every button works
after a restart. Whoever changes what a noun's fields mean raises GRAMMAR: older ids are then answered as out of date.
"""

import re
from collections import namedtuple
from dataclasses import dataclass, field
from typing import Any

from deliberation.categories import Position
from deliberation.rules import Secrecy
from deliberation.rules.changes import GROUPS
from deliberation.rules.presets import PRESETS

PREFIX = "cmt"
GRAMMAR = 1
LONGEST = 100
"""Discord's limit for a custom id, in characters."""

NUMBER = "[0-9]{1,18}"
"""Below 2^63, so that every database takes it; longer ones are answered as out of date."""
KEY = "[A-Za-z0-9._-]{1,60}"
OPTIONAL = "(optional)"
"""A number that may be left out, as the last field: ids from before it was added stay valid."""

_PLACES = ("council", "round", "issue")

Kind = str | tuple[str, ...]
"""NUMBER, KEY, OPTIONAL, or the words that may stand there."""


@dataclass(frozen=True, init=False)
class Template:
    """The form of one noun's ids.

    `pattern` matches them; `build` makes one; `read` returns the fields as attributes, numbers as `int`, None for an
    optional one that is not there. `places`: the fields that name something of one council.
    """

    noun: str
    fields: tuple[tuple[str, Kind], ...]
    pattern: re.Pattern[str] = field(compare=False)
    places: tuple[str, ...] = field(compare=False)
    _required: frozenset[str] = field(compare=False, repr=False)
    _ids: Any = field(compare=False, repr=False)

    def __init__(self, noun: str, /, **fields: Kind) -> None:
        object.__setattr__(self, "noun", noun)
        object.__setattr__(self, "fields", tuple(fields.items()))
        required = frozenset(name for name, kind in fields.items() if kind != OPTIONAL)
        object.__setattr__(self, "_required", required)
        object.__setattr__(self, "places", tuple(name for name in fields if name in _PLACES))
        parts = [_part(name, kind) for name, kind in fields.items()]
        object.__setattr__(self, "_ids", namedtuple("Ids", fields))
        object.__setattr__(self, "pattern", re.compile(f"{PREFIX}:{GRAMMAR}:{re.escape(noun)}{''.join(parts)}"))

    def build(self, **values: object) -> str:
        """The id with these values. Raises ValueError where they do not fit the template."""
        built, taken = f"{PREFIX}:{GRAMMAR}:{self.noun}", 0
        for name, _ in self.fields:
            value = values.get(name)
            taken += name in values
            if name in self._required or value is not None:
                built += f":{value:d}" if isinstance(value, int) else f":{value}"
        if taken != len(values) or not self._required <= values.keys():
            raise ValueError(f"{self.noun} takes {[name for name, _ in self.fields]}, not {sorted(values)}")
        if len(built) > LONGEST or not self.pattern.fullmatch(built):
            raise ValueError(f"{built!r} is no id of {self.noun}")
        return built

    def read(self, custom_id: str | re.Match[str]) -> Any:
        """The fields, by name. Raises ValueError where the id is none of this template's."""
        match = self.pattern.fullmatch(custom_id) if isinstance(custom_id, str) else custom_id
        if match is None:
            raise ValueError(f"{custom_id!r} is no id of {self.noun}")
        found = {name: _read(match[name], kind) for name, kind in self.fields}
        return self._ids(**found)


def _part(name: str, kind: Kind) -> str:
    if kind == OPTIONAL:
        return f"(?::(?P<{name}>{NUMBER}))?"
    return f":(?P<{name}>{_expression(kind)})"


def _read(value: str | None, kind: Kind) -> int | str | None:
    return int(value) if kind in (NUMBER, OPTIONAL) and value is not None else value


def _expression(kind: Kind) -> str:
    return kind if isinstance(kind, str) else "|".join(re.escape(word) for word in kind)


_POSITIONS = tuple(position.value for position in Position)

# council
_SECRECY = tuple(secrecy.value for secrecy in Secrecy)
SETUP_FORM = Template("setup-form", secrecy=_SECRECY)
SETUP_AGAIN = Template("setup-again", secrecy=_SECRECY)
RULES = Template("rules", council=NUMBER)
RULES_EDIT = Template("rules-edit", council=NUMBER, group=tuple(GROUPS))
RULES_FORM = Template("rules-form", council=NUMBER, group=tuple(GROUPS))
PRESET_APPLY = Template("preset-apply", council=NUMBER, preset=tuple(PRESETS))
COUNCIL_CLOSE = Template("council-close", council=NUMBER)

# seats
SEAT_TAKE = Template("seat-take", council=NUMBER)
SEATS = Template("seats", council=NUMBER, page=NUMBER)
SEAT_FILL = Template("seat-fill", council=NUMBER, seating=KEY)
SEAT_FILL_PICK = Template("seat-fill-pick", council=NUMBER)
SEAT_REMOVE = Template("seat-remove", seat=NUMBER)
SEAT_IMPORT = Template("seat-import", council=NUMBER)
SEAT_IMPORT_FORM = Template("seat-import-form", council=NUMBER)

# issues
PROPOSE = Template("propose", council=NUMBER)
PROPOSE_FORM = Template("propose-form", council=NUMBER, replaces=OPTIONAL)
PROPOSE_AGAIN = Template("propose-again", council=NUMBER)
PROPOSE_ANYWAY = Template("propose-anyway", council=NUMBER)
CARD_FULL = Template("card-full", issue=NUMBER)
ISSUES = Template("issues", council=NUMBER, page=NUMBER)
SECOND = Template("second", issue=NUMBER, seat=OPTIONAL)
AMEND = Template("amend", issue=NUMBER)
AMEND_FORM = Template("amend-form", issue=NUMBER)
SHOW_AGAIN = Template("show-again", issue=NUMBER)
EXPLAIN = Template("explain", issue=NUMBER, view=("why", "move", "rules"))
EXPLAIN_PICK = Template("explain-pick", round=NUMBER)
BOARD = Template("board", council=NUMBER, page=NUMBER)
GIVE_REASON = Template("give-reason", round=NUMBER, issue=NUMBER, seat=OPTIONAL)
GIVE_REASON_FORM = Template("give-reason-form", round=NUMBER, issue=NUMBER, seat=OPTIONAL)

# ballots and reasons
BALLOT = Template("ballot", round=NUMBER, issue=NUMBER, version=NUMBER, position=_POSITIONS, seat=OPTIONAL)
REASON = Template("reason", round=NUMBER, issue=NUMBER, version=NUMBER, position=_POSITIONS, seat=OPTIONAL)
REASON_FORM = Template("reason-form", round=NUMBER, issue=NUMBER, version=NUMBER, position=_POSITIONS, seat=OPTIONAL)
UNVOTE = Template("unvote", round=NUMBER, issue=NUMBER, version=NUMBER, seat=OPTIONAL)
BALLOT_OF = Template("ballot-of", round=NUMBER, issue=NUMBER, seat=OPTIONAL)
DOCKET = Template("docket", round=NUMBER, seat=OPTIONAL)
PICK = Template("pick", round=NUMBER, seat=OPTIONAL)
REASONS = Template("reasons", issue=NUMBER, page=NUMBER)
REASONS_TURN = Template("reasons-turn", issue=NUMBER, page=NUMBER)

# rounds
ROUND_FULL = Template("round-full", round=NUMBER, page=NUMBER)
CLOSE = Template("close", round=NUMBER)
CANCEL = Template("cancel", round=NUMBER)
PRESENT = Template("present", council=NUMBER, presence=("present", "voting"), seat=OPTIONAL)
POST = Template("post", key=KEY)

# people
PREFERENCES = Template("preferences", field=("language", "reminders"))
ERASE = Template("erase", asked=KEY, words=("keep", "erase"))


def templates() -> tuple[Template, ...]:
    """Every template of this module, by noun."""
    found = [value for value in globals().values() if isinstance(value, Template)]
    return tuple(sorted(found, key=lambda template: template.noun))


def noun_of(custom_id: str) -> str:
    """The noun of an id of ours, which says what was used and nothing about anybody; "" for any other."""
    prefix, _, rest = custom_id.partition(":")
    return rest.split(":")[1] if prefix == PREFIX and ":" in rest else ""
