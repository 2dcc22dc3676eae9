"""How text, instants and figures are written in a Discord message."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from discord.utils import TimestampStyle, format_dt

from deliberation.categories import Category, Position
from deliberation.rulings.tallies import Tally

ELLIPSIS = "…"
_OPEN, _CLOSE = "\u2068", "\u2069"
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED_UP = re.compile(f"({_MARK}{{4}}){_MARK}+")
_MARKS = re.compile(r"([\\`*_~|\[\]<])")
_LINE_START = re.compile(r"^(\s*)(#{1,3}(?=\s|\Z)|-#(?=\s|\Z)|[-+>]|\d+(?=\.(?:\s|\Z)))", re.MULTILINE)
_PING = re.compile(r"@(?=everyone|here)")
_LINK = re.compile(r"(?<=[A-Za-z])://")
_UNREMARKABLE = re.compile(r"(?!@everyone|@here)@?[A-Za-z][A-Za-z0-9 ,.;?!'()%-]*")
"""Text in which nothing could take effect: most titles and names are, and each message shows some."""
_CUT_TAG = re.compile(r"(?<!\\)<[^<>\s]{0,60}\Z")


def plain(text: str, limit: int | None = None) -> str:
    """What a member wrote, shown as typed: no markdown, mention, link, list, quote or emoji code takes effect.

    Control characters, signs that turn the direction and marks piled higher than four are left out. Lines in a script
    from right to left are isolated, so that they leave the line around them alone. At most `limit` characters, counted
    after escaping; what is cut off ends in "…".
    """
    if _UNREMARKABLE.fullmatch(text):
        return text if limit is None else cut(text, limit)
    text = _MARKS.sub(r"\\\1", _tidy(text))
    text = _LINE_START.sub(_escape_line_start, text)
    text = _PING.sub("@\u200b", text)
    text = _LINK.sub("\\\\://", text)
    if not text.isascii() and any(_from_right(character) for character in text):
        text = "\n".join(f"{_OPEN}{line}{_CLOSE}" if line else line for line in text.split("\n"))
    return text if limit is None else cut(text, limit)


def _tidy(text: str) -> str:
    """Without what would disturb the text around it. What is proposed or reasoned was checked when it was written, a
    display name or an option that is repeated in a refusal was not."""
    return _PILED_UP.sub(r"\1", _UNSEEN.sub("", text))


def _escape_line_start(match: re.Match[str]) -> str:
    """A backslash before the mark; before the point of a numbered list, whose number cannot be escaped."""
    indent, mark = match[1], match[2]
    return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"


def _from_right(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("R", "AL")


def cut(markdown: str, limit: int) -> str:
    """At most `limit` characters, ending in "…" where something was cut off; never within an escape, a mention, a
    timestamp, an isolate or a letter with its marks."""
    if len(markdown) <= limit:
        return markdown
    if limit < 4:
        return ELLIPSIS[:limit]
    end = limit - 2
    while end and _belongs_to_previous(markdown[end]):
        end -= 1
    kept = _CUT_TAG.sub("", markdown[:end])
    if (len(kept) - len(kept.rstrip("\\"))) % 2:
        kept = kept[:-1]
    kept = kept.rstrip()
    open_isolate = kept.count(_OPEN) > kept.count(_CLOSE)
    return kept + ELLIPSIS + (_CLOSE if open_isolate else "")


def _belongs_to_previous(character: str) -> bool:
    return unicodedata.category(character) in ("Mn", "Mc", "Me") or character in "\u200d\ufe0e\ufe0f\u20e3"


def shorten(text: str, limit: int) -> str:
    """`text` on one line for a label, an option or a title, where no markdown is read: at most `limit` characters."""
    if not _UNREMARKABLE.fullmatch(text):
        text = _tidy(text)
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    end = limit - 1
    while end and _belongs_to_previous(text[end]):
        end -= 1
    return text[:end].rstrip() + ELLIPSIS


def when(at: datetime, style: TimestampStyle = "F") -> str:
    """An instant that Discord shows in the reader's own time zone and language; "R": how long from now."""
    return format_dt(at, style)


def moment(at: datetime) -> str:
    """An instant with how long it is from now."""
    return f"{when(at)} ({when(at, 'R')})"


def bar(parts: Sequence[tuple[str, int]], width: int = 10, *, empty: str = "▱") -> str:
    """Blocks in proportion to the counts, `width` in all: the largest remainders win, and whatever was counted shows
    at least one block while there is room. Nothing counted is a line of `empty`."""
    counted = [(block, count) for block, count in parts if count > 0]
    total = sum(count for _, count in counted)
    if not total:
        return empty * width
    counted = counted if len(counted) <= width else sorted(counted, key=lambda part: -part[1])[:width]
    blocks = [max(1, count * width // total) for _, count in counted]
    while sum(blocks) != width:
        surplus = sum(blocks) > width
        owed = [count * width - given * total for (_, count), given in zip(counted, blocks, strict=True)]
        if surplus:
            changeable = [place for place, given in enumerate(blocks) if given > 1]
            blocks[min(changeable, key=lambda place: owed[place])] -= 1
        else:
            blocks[max(range(len(blocks)), key=lambda place: owed[place])] += 1
    return "".join(block * given for (block, _), given in zip(counted, blocks, strict=True))


NOT_VOTED = "▫️"
_CATEGORY_ICONS = {Category.INDEPENDENT: "🟢", Category.ADJUSTMENT: "🟡", Category.PROHIBITED: "🔴"}


def category_icon(category: Category) -> str:
    """The category's colour; never shown without its name."""
    return _CATEGORY_ICONS[category]


def position_icon(position: Position) -> str:
    """The position's colour; never shown without its name."""
    category = position.category
    return "⚪" if category is None else _CATEGORY_ICONS[category]


def ballot_bar(tally: Tally, width: int = 10) -> str:
    """The ballots of a tally as a bar of all entitled seats: a few votes of many must not look like unanimity."""
    counts = [(position_icon(position), tally.counts[position].seats) for position in Position]
    return bar([*counts, (NOT_VOTED, tally.silent.seats)], width)


def flag(country: str | None) -> str:
    """The flag of an ISO 3166 alpha-2 code; "" for none."""
    if country is None or len(country) != 2 or not country.isascii() or not country.isalpha():
        return ""
    return "".join(chr(0x1F1E6 + ord(letter) - ord("A")) for letter in country.upper())
