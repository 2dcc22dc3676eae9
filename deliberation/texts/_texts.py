"""What members write: titles, actions and reasons, made comparable and checked before anybody else reads them.

Texts are stored as they were meant: nothing is escaped here. A text is escaped where it is shown.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from deliberation.errors import DomainError

from .invisible import is_seen, shows, without_ignorable

TITLE_LIMIT = 100
ACTION_LIMIT = 1_200
WHY_LIMIT = 800
REASON_LIMIT = 600
NAME_LIMIT = 80

_COMBINING_RUN = 4
_MARKS_COMPOSED = 3
"""The most combining marks that composition can merge with their base letter (Unicode, UnicodeData.txt: U+1F82)."""
_FOLDED = 400
"""How many characters are compared: more than a title or a name has."""
_MARKS = frozenset(("Mn", "Me"))
_HIDDEN_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class TextEmpty(DomainError):
    """Nothing that shows: only white space, fillers and the like. Parameter: `field`."""

    code: ClassVar[str] = "text_empty"


class TextTooLong(DomainError):
    """More characters than the field allows. Parameters: `field`, `length`, `limit`."""

    code: ClassVar[str] = "text_too_long"


class TextWithoutWords(DomainError):
    """No letter and no digit that shows: only emoji, signs or marks. Parameter: `field`."""

    code: ClassVar[str] = "text_without_words"


class TextPiledUp(DomainError):
    """Piled-up combining marks, which spill over the lines around them. Parameter: `field`."""

    code: ClassVar[str] = "text_piled_up"


class TextRedirected(DomainError):
    """Invisible characters that turn the direction of the text around them. Parameter: `field`."""

    code: ClassVar[str] = "text_redirected"


@dataclass(frozen=True, slots=True)
class IssueText:
    """The text of an issue: a title, the action described, and why it matters."""

    title: str
    action: str
    why: str

    @classmethod
    def written(cls, *, title: str, action: str, why: str) -> "IssueText":
        """The checked text. Raises the `Text…` error of the first field that fails; `why` may be left empty."""
        return cls(
            title=checked(title, field="title", limit=TITLE_LIMIT, lines=False),
            action=checked(action, field="action", limit=ACTION_LIMIT),
            why=checked(why, field="why", limit=WHY_LIMIT) if shows(why) else "",
        )


def checked(text: str, *, field: str, limit: int, lines: bool = True) -> str:
    """`text` in NFC, without control characters and outer white space. It is on one line unless `lines` is set, and
    then has at most one empty line between others.

    Raises TextEmpty, TextTooLong, TextWithoutWords, TextPiledUp or TextRedirected, each with the field's name.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _HIDDEN_DIRECTION.search(text):
        raise TextRedirected(field=field)
    text = _CONTROL.sub(" ", text)
    text = _apart(text) if lines else " ".join(text.split())
    if not shows(text):
        raise TextEmpty(field=field)
    if _marks_in_a_row(text) > _COMBINING_RUN + _MARKS_COMPOSED:
        # Checked before normalising, which takes time with the square of the number of marks.
        raise TextPiledUp(field=field)
    text = unicodedata.normalize("NFC", text)
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit)
    if not any(character.isalnum() and is_seen(character) for character in text):
        raise TextWithoutWords(field=field)
    if _piled_up(text):
        raise TextPiledUp(field=field)
    return text


def fold(text: str) -> str:
    """`text` for comparison only: compatibility forms, lower case, only letters and digits, single spaces; invisible
    characters make no difference. Only the beginning of a long text counts: no title and no name is so long."""
    folded = unicodedata.normalize("NFKD", without_ignorable(text[:_FOLDED])).casefold()
    return " ".join("".join(ch if ch.isalnum() else " " for ch in folded if not unicodedata.combining(ch)).split())


def _apart(text: str) -> str:
    """The text without empty lines at either end, and never with two in a row. A line on which nothing shows is
    empty."""
    listed = "\n".join(line if shows(line) else "" for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", listed).strip()


def _marks_in_a_row(text: str) -> int:
    """The length of the longest run of combining characters."""
    return _longest_run(map(unicodedata.combining, text)) if any(map(unicodedata.combining, text)) else 0


def _piled_up(text: str) -> bool:
    kinds = list(map(unicodedata.category, without_ignorable(text)))
    return not _MARKS.isdisjoint(kinds) and _longest_run(kind in _MARKS for kind in kinds) > _COMBINING_RUN


def _longest_run(marks: Iterable[int]) -> int:
    run = most = 0
    for mark in marks:
        run = run + 1 if mark else 0
        most = max(most, run)
    return most
