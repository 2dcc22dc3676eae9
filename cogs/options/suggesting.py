"""What options have in common of which values are suggested while somebody types."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import Any

from discord import Interaction, app_commands
from discord.app_commands import Choice


class SuggestingOption(app_commands.Transformer[Any]):
    """An option with suggestions."""

    @abstractmethod
    async def suggest(self, interaction: Interaction[Any], typed: str) -> Iterable[tuple[str, str]]:
        """The labels and values that go with what was typed, at most as many as Discord shows."""

    async def autocomplete(
        self, interaction: Interaction[Any], value: float | str, /
    ) -> list[Choice[int | float | str]]:
        return [Choice(name=label, value=chosen) for label, chosen in await self.suggest(interaction, str(value))]
