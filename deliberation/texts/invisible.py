"""What can be seen of a text, by what Unicode says about each character: a text of fillers alone has nothing to
read."""

import re
import unicodedata
from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]

IGNORABLE: Ranges = (
    (0x00AD, 0x00AD),
    (0x034F, 0x034F),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFF8),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Default_Ignorable_Code_Point: characters that are drawn as nothing. Unicode 18.0.0, DerivedCoreProperties.txt."""
BLANK: Ranges = ((0x2800, 0x2800), (0xFFF9, 0xFFFB), (0x13430, 0x13442), (0x1D159, 0x1D159))
"""Characters that Unicode classes as visible although they draw nothing: the empty Braille pattern, the marks of
annotations, the joiners and blanks of hieroglyphs, the note without a head."""
_UNSEEN_ALONE = frozenset(("Mn", "Me", "Cc"))
"""Categories of characters that show only on another one, as a mark on its letter, or not at all."""


def _class_of(ranges: Ranges) -> str:
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)


_DROPPED = re.compile(f"[{_class_of(IGNORABLE)}]+")
_BLANKS = re.compile(f"[{_class_of(BLANK)}]+")
_HIDDEN = re.compile(f"[{_class_of(IGNORABLE)}{_class_of(BLANK)}]")


def is_seen(character: str) -> bool:
    """Whether the character shows in a message that contains nothing else. White space does not."""
    if character.isspace() or _HIDDEN.match(character):
        return False
    return unicodedata.category(character) not in _UNSEEN_ALONE


def shows(text: Iterable[str]) -> bool:
    """Whether there is anything to see in the text."""
    return any(map(is_seen, text))


def without_ignorable(text: str) -> str:
    """The text as readers see it, with blanks as spaces. For comparison only: joiners matter to the scripts that use
    them."""
    return text if text.isascii() else _BLANKS.sub(" ", _DROPPED.sub("", text))
