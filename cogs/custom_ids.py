"""The ids of buttons, menus and forms: all of them, built and parsed here and nowhere else (ARCHITECTURE, decision 8).

An id reads `cmt:<grammar>:<noun>:<field>:<field>…`. The fields carry all that an item knows, so that every button works
after a restart. Whoever changes what a noun's fields mean raises GRAMMAR: older ids are then answered as out of date.
"""

import re
from collections import namedtuple
from dataclasses import dataclass, field
from typing import Any

from deliberation.categories import Position

PREFIX = "cmt"
GRAMMAR = 1
LONGEST = 100
"""Discord's limit for a custom id, in characters."""

NUMBER = "[0-9]{1,20}"
KEY = "[A-Za-z0-9._-]{1,60}"

Kind = str | tuple[str, ...]
"""NUMBER, KEY, or the words that may stand there."""


@dataclass(frozen=True, init=False)
class Template:
    """The form of one noun's ids.

    `pattern` matches them; `build` makes one; `read` returns the fields as attributes, numbers as `int`.
    """

    noun: str
    fields: tuple[tuple[str, Kind], ...]
    pattern: re.Pattern[str] = field(compare=False)

    def __init__(self, noun: str, /, **fields: Kind) -> None:
        object.__setattr__(self, "noun", noun)
        object.__setattr__(self, "fields", tuple(fields.items()))
        parts = [f":(?P<{name}>{_expression(kind)})" for name, kind in fields.items()]
        object.__setattr__(self, "pattern", re.compile(f"{PREFIX}:{GRAMMAR}:{re.escape(noun)}{''.join(parts)}"))

    def build(self, **values: object) -> str:
        """The id with these values. Raises ValueError where they do not fit the template."""
        names = [name for name, _ in self.fields]
        if values.keys() != set(names):
            raise ValueError(f"{self.noun} takes {names}, not {sorted(values)}")
        built = ":".join((PREFIX, str(GRAMMAR), self.noun, *(_written(values[name]) for name in names)))
        if len(built) > LONGEST or not self.pattern.fullmatch(built):
            raise ValueError(f"{built!r} is no id of {self.noun}")
        return built

    def read(self, custom_id: str | re.Match[str]) -> Any:
        """The fields, by name. Raises ValueError where the id is none of this template's."""
        match = self.pattern.fullmatch(custom_id) if isinstance(custom_id, str) else custom_id
        if match is None:
            raise ValueError(f"{custom_id!r} is no id of {self.noun}")
        found = {name: int(match[name]) if kind == NUMBER else match[name] for name, kind in self.fields}
        return namedtuple("Ids", found)(**found)


def _expression(kind: Kind) -> str:
    return kind if isinstance(kind, str) else "|".join(re.escape(word) for word in kind)


def _written(value: object) -> str:
    return f"{value:d}" if isinstance(value, int) else str(value)


_POSITIONS = tuple(position.value for position in Position)

# council
SETUP_FORM = Template("setup-form", secrecy=("open", "sealed"))
SETUP_AGAIN = Template("setup-again", secrecy=("open", "sealed"))

# seats
SEAT_TAKE = Template("seat-take", council=NUMBER)
SEATS = Template("seats", council=NUMBER, page=NUMBER)

# issues
PROPOSE = Template("propose", council=NUMBER)
PROPOSE_FORM = Template("propose-form", council=NUMBER)
PROPOSE_AGAIN = Template("propose-again", council=NUMBER)
PROPOSE_ANYWAY = Template("propose-anyway", council=NUMBER)
CARD_FULL = Template("card-full", issue=NUMBER)
ISSUES = Template("issues", council=NUMBER, page=NUMBER)

# ballots and reasons
BALLOT = Template("ballot", round=NUMBER, issue=NUMBER, version=NUMBER, position=_POSITIONS)
REASON = Template("reason", round=NUMBER, issue=NUMBER, version=NUMBER, position=_POSITIONS)
REASON_FORM = Template("reason-form", round=NUMBER, issue=NUMBER, version=NUMBER, position=_POSITIONS)
UNVOTE = Template("unvote", round=NUMBER, issue=NUMBER, version=NUMBER)
BALLOT_OF = Template("ballot-of", round=NUMBER, issue=NUMBER)
DOCKET = Template("docket", round=NUMBER)
PICK = Template("pick", round=NUMBER)
REASONS = Template("reasons", issue=NUMBER, page=NUMBER)
REASONS_TURN = Template("reasons-turn", issue=NUMBER, page=NUMBER)

# rounds
ROUND_FULL = Template("round-full", round=NUMBER, page=NUMBER)
CLOSE = Template("close", round=NUMBER)
CANCEL = Template("cancel", round=NUMBER)
POST = Template("post", key=KEY)

# people
PREFERENCES = Template("preferences", field=("language", "reminders"))


def templates() -> tuple[Template, ...]:
    """Every template of this module, by noun."""
    found = [value for value in globals().values() if isinstance(value, Template)]
    return tuple(sorted(found, key=lambda template: template.noun))


def outdated() -> re.Pattern[str]:
    """Matches what looks like an id of ours and is none of today's: another grammar, an unknown noun, other fields."""
    known = "|".join(re.sub(r"\(\?P<\w+>", "(?:", template.pattern.pattern) for template in templates())
    return re.compile(rf"(?!(?:{known})\Z){PREFIX}:.*", re.DOTALL)
