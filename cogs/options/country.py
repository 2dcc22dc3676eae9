"""The option that names a country: suggested by name, in the member's language and the council's."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from discord import Interaction
from discord.app_commands import Transform

from cogs import limits
from cogs.interactions.context import context_of, localizer_for
from cogs.interactions.request import channel_of
from cogs.showing.countries import find_countries, find_country
from deliberation.seats import NoSuchCountry

from .suggesting import SuggestingOption


@dataclass(frozen=True, slots=True)
class CountryMeant:
    """A country as it was named or chosen."""

    typed: str

    def code(self, language: str) -> str:
        """Its code. Raises NoSuchCountry where none, or more than one, goes by that in the language."""
        code = find_country(self.typed, language)
        if code is None:
            raise NoSuchCountry(given=self.typed)
        return code


class CountryOption(SuggestingOption):
    """A country."""

    async def transform(self, interaction: Interaction[Any], value: str, /) -> CountryMeant | None:
        """None where nothing was typed."""
        return CountryMeant(value) if value else None

    async def suggest(self, interaction: Interaction[Any], typed: str) -> Iterable[tuple[str, str]]:
        """The countries that go with what was typed."""
        council = await context_of(interaction).services.councils.find_in(channel_of(interaction))
        say = await localizer_for(interaction)
        languages = [say.language] if council is None else [council.language, say.language]
        return [(label[: limits.OPTION], code) for code, label in find_countries(typed, *languages)]


Country = Transform[CountryMeant | None, CountryOption]
