"""Options that name issues: suggested by number and title, and read from whatever a member typed.

A command's options are read once its user is let in; what has to be looked up for them is looked up by its body.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from discord import Interaction, app_commands
from discord.app_commands import Transform

from cogs import limits
from cogs.interactions.context import context_of
from cogs.interactions.request import Request, channel_of
from cogs.showing.formatting import shorten
from deliberation.errors import DomainError
from deliberation.issues import NoSuchIssue
from deliberation.texts import fold

from .suggesting import SuggestingOption

_NUMBERED = re.compile(r"\s*(?:#?\s*(\d{1,9})\s*$|#\s*(\d{1,9})\b)")
_NUMBERS = re.compile(r"\s*#?[0-9]{1,9}(?:(?:[\s,;]|and|&)+#?[0-9]{1,9})*[\s,;.]*")
_GIVEN_SHOWN = 60


class NumbersUnreadable(DomainError):
    """What was typed names no issues. Parameter: `given`."""

    code: ClassVar[str] = "numbers_unreadable"


@dataclass(frozen=True, slots=True)
class IssueMeant:
    """An issue as it was named: by "3", "#3" or "#3 Some title", which say its number, or by a part of its title."""

    typed: str
    number: int | None

    async def number_in(self, request: Request) -> int:
        """The number of the issue meant; whether there is such an issue is left to whoever looks it up.

        Raises NoCouncil, or NoSuchIssue where the words fit no title, or several.
        """
        if self.number is not None:
            return self.number
        _, issues = await request.services.issues.list_in(request.channel)
        words = fold(self.typed)
        fitting = [issue for issue in issues if words and words in fold(issue.text.title)]
        if len(fitting) == 1:
            return fitting[0].number
        last = max((issue.number for issue in issues), default=0)
        raise NoSuchIssue(given=self.typed.strip()[:_GIVEN_SHOWN], last=last)


class IssueOption(SuggestingOption):
    """One issue."""

    votable: ClassVar[bool] = False

    async def transform(self, interaction: Interaction[Any], value: str, /) -> IssueMeant:
        numbered = _NUMBERED.match(value)
        return IssueMeant(value, None if numbered is None else int(numbered[1] or numbered[2]))

    async def suggest(self, interaction: Interaction[Any], typed: str) -> Iterable[tuple[str, str]]:
        """The issues that go with what was typed, by number and title; none where no council sits."""
        issues = context_of(interaction).services.issues
        found = await issues.suggest(channel_of(interaction), typed, votable=self.votable)
        return [(shorten(f"#{issue.number} {issue.text.title}", limits.OPTION), str(issue.number)) for issue in found]


class VotableIssueOption(IssueOption):
    """One issue, of which those are suggested that can be voted on now."""

    votable = True


class IssueNumbersOption(app_commands.Transformer[Any]):
    """Several issues, by their numbers."""

    async def transform(self, interaction: Interaction[Any], value: str, /) -> list[int]:
        """The numbers in "3, 5 #8". Raises NumbersUnreadable."""
        if not _NUMBERS.fullmatch(value):
            raise NumbersUnreadable(given=value)
        return [int(number) for number in re.findall(r"[0-9]{1,9}", value)]


Issue = Transform[IssueMeant, IssueOption]
VotableIssue = Transform[IssueMeant, VotableIssueOption]
IssueNumbers = Transform[list[int], IssueNumbersOption]
