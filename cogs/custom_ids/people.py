"""Ids of what members do for themselves."""

from typing import Annotated, Literal

from deliberation.ids import PersonId

from .grammar import SNOWFLAKE, CustomId


class ChoosePreference(CustomId, noun="preferences"):
    """A menu of one of a member's settings."""

    field: Literal["language", "reminders"]


class EraseMember(CustomId, noun="erase"):
    """Erases whoever asked for it. `words`: whether its words stay."""

    asked: Annotated[PersonId, SNOWFLAKE]
    words: Literal["keep", "erase"]
