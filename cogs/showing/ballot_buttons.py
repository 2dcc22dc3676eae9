"""The four vote buttons, wherever an issue can be voted on: on its card and in a member's own docket."""

import discord

from cogs.custom_ids.ballots import CastBallot
from deliberation.categories import Position
from deliberation.ids import IssueId, RoundId, SeatId

from . import parts
from .formatting import position_icon
from .localizer import Localizer
from .words import position_name


def ballot_row(
    round_id: RoundId,
    issue: IssueId,
    version: int,
    say: Localizer,
    *,
    chosen: Position | None = None,
    seat: SeatId | None = None,
    may_abstain: bool = True,
) -> parts.ActionRow:
    """One row with a button for every position, from independent up and abstaining last.

    The buttons carry the text's version, so that a stale one cannot vote on what it did not show. `chosen` is the
    position the viewer's ballot stands at: its button stands out, and a tap on it again changes nothing. `seat`: for
    which a member with several votes; one that is present and voting has no button to abstain.
    """
    return parts.ActionRow(
        *(
            parts.Button(
                style=discord.ButtonStyle.primary if position is chosen else discord.ButtonStyle.secondary,
                label=position_name(position, say),
                emoji=position_icon(position),
                custom_id=str(CastBallot(round=round_id, issue=issue, version=version, position=position, seat=seat)),
            )
            for position in Position
            if may_abstain or position is not Position.ABSTAIN
        )
    )
