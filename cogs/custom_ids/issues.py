"""Ids of what is done with issues: proposing, reading, amending and explaining them."""

from typing import Literal

from deliberation.ids import CouncilId, IssueId, RoundId, SeatId

from .grammar import CustomId

Tab = Literal["why", "move", "rules"]


class Propose(CustomId, noun="propose"):
    """Opens the form for a new issue."""

    council: CouncilId


class ProposalForm(CustomId, noun="propose-form"):
    """Puts an issue up, perhaps in the place of the one with that number."""

    council: CouncilId
    replaces: int | None = None


class ProposeAgain(CustomId, noun="propose-again"):
    """Opens that form with what was typed before."""

    council: CouncilId


class ProposeAnyway(CustomId, noun="propose-anyway"):
    """Puts the draft up although others are like it."""

    council: CouncilId


class ReadIssue(CustomId, noun="card-full"):
    """Shows an issue in full."""

    issue: IssueId


class TurnIssues(CustomId, noun="issues"):
    """To a page of the list of issues."""

    council: CouncilId
    page: int


class SecondIssue(CustomId, noun="second"):
    """Seconds an issue."""

    issue: IssueId
    seat: SeatId | None = None


class AmendIssue(CustomId, noun="amend"):
    """Opens the form with an issue's text."""

    issue: IssueId


class AmendmentForm(CustomId, noun="amend-form"):
    """Amends an issue."""

    issue: IssueId


class ShowAgain(CustomId, noun="show-again"):
    """Puts a hidden issue under discussion again."""

    issue: IssueId


class Explain(CustomId, noun="explain"):
    """Opens an issue's explanation, or turns to another of its tabs."""

    issue: IssueId
    view: Tab


class PickExplained(CustomId, noun="explain-pick"):
    """A menu of a result's rulings, to have one explained."""

    round: RoundId
