"""Texts as members type them: checked, folded for comparing, and lengths of time in words."""

from ._texts import (
    ACTION_LIMIT,
    NAME_LIMIT,
    REASON_LIMIT,
    TITLE_LIMIT,
    WHY_LIMIT,
    IssueText,
    TextEmpty,
    TextPiledUp,
    TextRedirected,
    TextTooLong,
    TextWithoutWords,
    checked,
    fold,
)

__all__ = [
    "ACTION_LIMIT",
    "NAME_LIMIT",
    "REASON_LIMIT",
    "TITLE_LIMIT",
    "WHY_LIMIT",
    "IssueText",
    "TextEmpty",
    "TextPiledUp",
    "TextRedirected",
    "TextTooLong",
    "TextWithoutWords",
    "checked",
    "fold",
]
