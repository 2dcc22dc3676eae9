"""Ids of what is done with a council as a whole, with its rules, and with the board of its order."""

from typing import Annotated

from deliberation.ids import CouncilId
from deliberation.rules import Secrecy
from deliberation.rules.changes import GROUPS
from deliberation.rules.presets import PRESETS

from .grammar import CustomId, one_of

Group = Annotated[str, one_of(GROUPS)]
Preset = Annotated[str, one_of(PRESETS)]


class SetupForm(CustomId, noun="setup-form"):
    """Founds a council."""

    secrecy: Secrecy


class SetUpAgain(CustomId, noun="setup-again"):
    """Opens that form once more."""

    secrecy: Secrecy


class ShowRules(CustomId, noun="rules"):
    """Shows the rules."""

    council: CouncilId


class EditRules(CustomId, noun="rules-edit"):
    """Opens the form of a group of rules."""

    council: CouncilId
    group: Group


class RulesForm(CustomId, noun="rules-form"):
    """Changes a group of rules."""

    council: CouncilId
    group: Group


class ApplyPreset(CustomId, noun="preset-apply"):
    """Adopts a preset."""

    council: CouncilId
    preset: Preset


class CloseCouncil(CustomId, noun="council-close"):
    """Closes the council."""

    council: CouncilId


class TurnBoard(CustomId, noun="board"):
    """To a page of the board."""

    council: CouncilId
    page: int
