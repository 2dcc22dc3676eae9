"""The `issue` option of commands: suggested by number and title, and read from whatever a member typed."""

import re
from typing import ClassVar

from discord import Interaction, app_commands

from cogs.interactions.desk import Desk, channel_of, desk_of
from cogs.showing.formatting import shorten
from deliberation.errors import DomainError
from deliberation.ids import ChannelId
from deliberation.issues import NoSuchIssue
from deliberation.texts import fold

_NUMBERED = re.compile(r"\s*(?:#?\s*(\d{1,9})\s*$|#\s*(\d{1,9})\b)")
_NUMBERS = re.compile(r"\s*#?[0-9]{1,9}(?:(?:[\s,;]|and|&)+#?[0-9]{1,9})*[\s,;.]*")
_LABEL_SHOWN = 100
_GIVEN_SHOWN = 60


async def suggest_issue(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Autocomplete: the issues that go with what was typed, by number and title; none where no council sits."""
    issues = await desk_of(interaction).services.issues.suggest(channel_of(interaction), typed)
    return [
        app_commands.Choice(name=shorten(f"#{issue.number} {issue.text.title}", _LABEL_SHOWN), value=str(issue.number))
        for issue in issues
    ]


class NumbersUnreadable(DomainError):
    """What was typed names no issues. Parameter: `given`."""

    code: ClassVar[str] = "numbers_unreadable"


def numbers_meant(typed: str) -> list[int]:
    """The numbers of issues in "3, 5 #8". Raises NumbersUnreadable."""
    if not _NUMBERS.fullmatch(typed):
        raise NumbersUnreadable(given=typed)
    return [int(number) for number in re.findall(r"[0-9]{1,9}", typed)]


async def number_meant(desk: Desk, channel: ChannelId, typed: str) -> int:
    """The number of the issue meant by "3", "#3", "#3 Some title", or a part of one title alone.

    Whether an issue has that number is left to whoever looks it up. Raises NoCouncil, or NoSuchIssue where the words
    fit no title, or several.
    """
    numbered = _NUMBERED.match(typed)
    if numbered is not None:
        return int(numbered[1] or numbered[2])
    _, issues = await desk.services.issues.list_in(channel)
    words = fold(typed)
    fitting = [issue for issue in issues if words and words in fold(issue.text.title)]
    if len(fitting) == 1:
        return fitting[0].number
    raise NoSuchIssue(given=typed.strip()[:_GIVEN_SHOWN], last=max((issue.number for issue in issues), default=0))
