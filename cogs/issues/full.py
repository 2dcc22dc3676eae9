"""An issue in full, for one reader: the whole text, where it stands, and the reader's own ballot."""

from datetime import datetime

from discord import ui

from cogs.ballot_buttons import ballot_row
from cogs.formatting import moment, plain, when
from cogs.limits import TEXT_LIMIT
from cogs.localizer import Localizer
from cogs.panels import Row, panel
from cogs.words import position_words
from deliberation.issues import Issue
from services.views import CardView

from .card import outcome_lines, reasons_button
from .lines import colour_of, headline, standing_line, votable_round, vote_lines

TREND_SHOWN = 12


def render_full(view: CardView, say: Localizer, *, next_opens_at: datetime | None = None) -> tuple[ui.LayoutView, ...]:
    """The whole issue: one message, or two where the texts grow past Discord's limit when they are escaped.

    `next_opens_at`: when the council's schedule opens the next round, if it does.
    """
    head = "\n".join([headline(view.issue), standing_line(view, say, most=TREND_SHOWN), plain(view.issue.text.action)])
    why = say.text("issues.why", why=plain(view.issue.text.why)) if view.issue.text.why else ""
    lines = "\n".join([*_state_lines(view, say, next_opens_at), _origin(view.issue, say)])
    rows, colour = _rows(view, say), colour_of(view.issue)
    if len(head) + len(why) + len(lines) <= TEXT_LIMIT:
        return (panel(head, why, lines, rows=rows, colour=colour),)
    return (panel(head, colour=colour), panel(why, lines, rows=rows, colour=colour))


def _rows(view: CardView, say: Localizer) -> list[Row]:
    rows: list[Row] = [[reasons_button(view, say)]]
    round_ = votable_round(view)
    if round_ is not None:
        chosen = None if view.ballot is None else view.ballot.position
        rows.insert(0, ballot_row(round_.id, view.issue.id, view.issue.version, say, chosen=chosen))
    return rows


def _state_lines(view: CardView, say: Localizer, next_opens_at: datetime | None) -> list[str]:
    if votable_round(view) is None:
        lines = outcome_lines(view, say)
        if next_opens_at is not None and view.issue.may_be_voted:
            return [*lines[:-1], f"-# {say.text('issues.vote.next_round_at', moment=moment(next_opens_at))}"]
        return lines
    lines = vote_lines(view, say)
    if view.ballot is None:
        return [*lines, say.text("issues.own_ballot.none")]
    return [*lines, say.text("issues.own_ballot", position=position_words(view.ballot.position, say))]


def _origin(issue: Issue, say: Localizer) -> str:
    words = say.text("issues.origin", proposer=f"<@{issue.proposer}>", day=when(issue.proposed_at, "D"))
    return f"-# {words}"
