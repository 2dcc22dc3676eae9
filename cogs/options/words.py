"""Options that are one of some fixed words, each with its text in the catalogue."""

from collections.abc import Iterable
from typing import Any

from discord import Interaction, app_commands
from discord.app_commands import Choice, Transform, locale_str

from cogs.interactions.tap import ChoiceUnknown
from cogs.showing.seating_menu import SEATINGS
from deliberation.rules import Secrecy
from deliberation.rules.presets import PRESETS


class WordOption(app_commands.Transformer[Any]):
    """One of some words. `key`: the option's own in the catalogue, where each word's text stands under it.

    A client can send any other: whoever acts on it refuses that.
    """

    def __init__(self, key: str, words: Iterable[str]) -> None:
        self._choices: list[Choice[int | float | str]] = [
            Choice(name=locale_str(word, key=f"{key}.{word}"), value=word) for word in words
        ]

    @property
    def choices(self) -> list[Choice[int | float | str]]:
        return self._choices

    async def transform(self, interaction: Interaction[Any], value: str, /) -> Any:
        return value


class SecrecyOption(WordOption):
    """How secret ballots are."""

    async def transform(self, interaction: Interaction[Any], value: str, /) -> Secrecy:
        """Raises ChoiceUnknown."""
        if value not in list(Secrecy):
            raise ChoiceUnknown
        return Secrecy(value)


SecrecyChosen = Transform[Secrecy, SecrecyOption("command.council.setup.secrecy", Secrecy)]
PresetName = Transform[str, WordOption("command.council.preset.preset", PRESETS)]
SeatingName = Transform[str, WordOption("command.seat.fill.seating", SEATINGS)]
