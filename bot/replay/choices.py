"""What an operator chooses for a replay: the rules, and what each recorded vote counts as."""

from collections.abc import Mapping
from dataclasses import replace

from bot.faults import OperatorFault
from deliberation.categories import Position
from deliberation.rules import Rules
from deliberation.rules.presets import PRESETS

USUAL_READING: Mapping[str, Position] = {
    "yes": Position.PROHIBITED,
    "abstain": Position.ADJUSTMENT,
    "no": Position.INDEPENDENT,
}
"""How a vote for a text that asks to renounce an action counts as a ballot on that action."""

_LACKING = {"eu-council": "populations", "broad-consensus": "blocs"}
"""What these presets count with, and recorded votes do not say."""


def rules_of(preset: str) -> Rules:
    """The preset's rules as a replay needs them: nobody gives reasons, takes a seat or is reminded.

    Raises OperatorFault for a preset that is unknown, or needs what recorded votes do not say.
    """
    allowed = ", ".join(name for name in PRESETS if name not in _LACKING)
    if preset in _LACKING:
        raise OperatorFault(
            f"The preset {preset} counts with {_LACKING[preset]}, which recorded votes do not tell.\n"
            f"Use one of: {allowed}."
        )
    if preset not in PRESETS:
        raise OperatorFault(f'There is no preset "{preset}". Use one of: {allowed}.')
    return replace(PRESETS[preset], reason_required=False, open_seating=False, reminders=())


def reading_of(written: str) -> dict[str, Position]:
    """The usual reading, with the changes that are written as "vote=category,vote=category". Raises OperatorFault."""
    changed: dict[str, Position] = {}
    for part in written.split(","):
        vote, equals, word = (piece.strip() for piece in part.partition("="))
        if not (vote and equals and word):
            raise OperatorFault(f'--map cannot read "{part.strip()}": write it as yes=prohibited,no=independent')
        if word not in set(Position):
            categories = ", ".join(Position)
            raise OperatorFault(f'--map gives "{vote}" the category "{word}", which is none of: {categories}')
        if vote in changed:
            raise OperatorFault(f'--map names "{vote}" twice: give each vote one category')
        changed[vote] = Position(word)
    return {**USUAL_READING, **changed}
