"""The descriptions of commands, options and choices come from the catalogue like every other sentence."""

from collections.abc import Iterable
from typing import Any

from discord import app_commands

from cogs.showing.localizer import Localizer

LONGEST = 100
"""Discord's limit for a description, in characters."""


def describe(found: Iterable[app_commands.Command[Any, ..., Any] | app_commands.Group], say: Localizer) -> None:
    """Give every command, group, option and choice its text. Raises KeyError for one that the catalogue lacks, and
    ValueError for one that is too long.

    Keys: `command.<name>.<subcommand>` for a command, `.<option>` after it for its options, `.<value>` after that for
    a choice.
    """
    for command in found:
        key = f"command.{command.qualified_name.replace(' ', '.')}"
        command.description = _text(key, say)
        if isinstance(command, app_commands.Group):
            continue
        options = {option.name: f"{key}.{option.display_name}" for option in command.parameters}
        app_commands.describe(**{name: _text(option_key, say) for name, option_key in options.items()})(command)
        for option in command.parameters:
            for choice in option.choices:
                choice.name = _text(f"{options[option.name]}.{choice.value}", say)


def _text(key: str, say: Localizer) -> str:
    text = say.text(key)
    if len(text) > LONGEST:
        raise ValueError(f"{key} has more than {LONGEST} characters")
    return text
