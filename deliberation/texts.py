"""What members write: titles, actions and reasons, made comparable and checked before anybody else reads them.

Texts are kept as they were meant: nothing is escaped here. Escaping belongs to the place where a text is shown.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from .errors import DomainError

TITLE_LIMIT = 100
ACTION_LIMIT = 1_200
WHY_LIMIT = 800
REASON_LIMIT = 600
NAME_LIMIT = 80

_COMBINING_RUN = 4
_HIDDEN_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class TextEmpty(DomainError):
    """Nothing but white space. Parameter: `field`."""

    code: ClassVar[str] = "text_empty"


class TextTooLong(DomainError):
    """More characters than the field takes. Parameters: `field`, `length`, `limit`."""

    code: ClassVar[str] = "text_too_long"


class TextWithoutWords(DomainError):
    """No letter and no digit: only emoji, signs or marks. Parameter: `field`."""

    code: ClassVar[str] = "text_without_words"


class TextPiledUp(DomainError):
    """Piled-up combining marks, which spill over the lines around them. Parameter: `field`."""

    code: ClassVar[str] = "text_piled_up"


class TextRedirected(DomainError):
    """Invisible characters that turn the direction of the text around them. Parameter: `field`."""

    code: ClassVar[str] = "text_redirected"


@dataclass(frozen=True, slots=True)
class IssueText:
    """The wording of an issue: a title, the action described, and why it matters."""

    title: str
    action: str
    why: str

    @classmethod
    def written(cls, *, title: str, action: str, why: str) -> "IssueText":
        """The checked wording. Raises the `Text…` error of the first field that fails; `why` may be left empty."""
        return cls(
            title=checked(title, field="title", limit=TITLE_LIMIT, lines=False),
            action=checked(action, field="action", limit=ACTION_LIMIT),
            why=checked(why, field="why", limit=WHY_LIMIT) if why.strip() else "",
        )


def checked(text: str, *, field: str, limit: int, lines: bool = True) -> str:
    """`text` in NFC without control characters and outer white space; on one line unless `lines`.

    Raises TextEmpty, TextTooLong, TextWithoutWords, TextPiledUp or TextRedirected, each with the field's name.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _HIDDEN_DIRECTION.search(text):
        raise TextRedirected(field=field)
    text = _CONTROL.sub(" ", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() if lines else " ".join(text.split())
    if not text or not any(_visible(character) for character in text):
        raise TextEmpty(field=field)
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit)
    if not any(character.isalnum() for character in text):
        raise TextWithoutWords(field=field)
    if _piled_up(text):
        raise TextPiledUp(field=field)
    return text


def fold(text: str) -> str:
    """`text` for comparison only: compatibility forms, lower case, letters and digits alone, single spaces."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(ch if ch.isalnum() else " " for ch in folded if not unicodedata.combining(ch)).split())


def _visible(character: str) -> bool:
    return not character.isspace() and unicodedata.category(character) not in ("Cf", "Zs", "Zl", "Zp", "Mn")


def _piled_up(text: str) -> bool:
    run = 0
    for character in text:
        run = run + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if run > _COMBINING_RUN:
            return True
    return False
