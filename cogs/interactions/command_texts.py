"""The texts of commands, options and choices come from the catalogues like every other sentence.

Keys: `command.<name>.<subcommand>` for a command, `.<option>` after it for its options, `.<value>` after that for a
choice, which carries its own. Names are the same in every language.
"""

from collections.abc import Iterable
from typing import Any

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import TranslationContextTypes, locale_str

from cogs import limits
from cogs.showing.localizer import SOURCE, Catalogues, Localizer

Command = app_commands.Command[Any, ..., Any] | app_commands.Group


class CatalogueTranslator(app_commands.Translator):
    """Says each text in the languages that there are catalogues of; what one lacks is shown in English."""

    def __init__(self, catalogues: Catalogues) -> None:
        self._catalogues = catalogues

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        key, say = _key(string, context), self._catalogues.localizer(locale.value)
        if key is None or say.language == SOURCE:
            return None
        translated = _text(key, say)
        return None if translated == _text(key, self._catalogues.localizer(SOURCE)) else translated


def describe(found: Iterable[Command], say: Localizer) -> None:
    """Give every command, group, option and choice the text that Discord shows where there is no translation.

    Raises KeyError for one that the catalogue lacks, and ValueError for one that is too long.
    """
    for command in found:
        command.description = _text(_key_of(command), say)
        if isinstance(command, app_commands.Group):
            continue
        texts = {option.name: locale_str(_text(_option_key(option), say)) for option in command.parameters}
        app_commands.describe(**texts)(command)
        for option in command.parameters:
            for choice in option.choices:
                choice.name = _text(f"{_option_key(option)}.{choice.value}", say)


def _key(string: locale_str, context: TranslationContextTypes) -> str | None:
    """The text's key; None for a name."""
    match context.location:
        case Location.command_description | Location.group_description:
            return _key_of(context.data)
        case Location.parameter_description:
            return _option_key(context.data)
        case Location.choice_name:
            return string.extras["key"]
        case _:
            return None


def _key_of(command: Command) -> str:
    return f"command.{command.qualified_name.replace(' ', '.')}"


def _option_key(option: app_commands.Parameter) -> str:
    return f"{_key_of(option.command)}.{option.display_name}"


def _text(key: str, say: Localizer) -> str:
    text = say.text(key)
    if len(text) > limits.DESCRIPTION:
        raise ValueError(f"{key} has more than {limits.DESCRIPTION} characters")
    return text
