"""An issue in full, for one reader: the whole text, where it stands, and the reader's own ballot."""

from datetime import datetime

from discord import ui

from cogs import limits
from cogs.showing import parts
from cogs.showing.ballot_buttons import ballot_row
from cogs.showing.formatting import moment, plain, when
from cogs.showing.localizer import Localizer
from cogs.showing.panels import Row, panel
from cogs.showing.words import member_words, position_words
from deliberation.issues import Issue, IssueStatus
from deliberation.rounds import RoundStatus
from services.issues import CardView

from .card import outcome_lines, reasons_button, why_button
from .lines import colour_of, headline, standing_line, votable_round, vote_lines

TREND_SHOWN = 12


def render_full(view: CardView, say: Localizer, *, next_opens_at: datetime | None = None) -> tuple[ui.LayoutView, ...]:
    """The whole issue: one message, or two where the texts grow past Discord's limit when they are escaped.

    `next_opens_at`: when the council's schedule opens the next round, if it does.
    """
    body, why = _texts(view.issue, say)
    head = "\n".join([headline(view.issue), standing_line(view, say, most=TREND_SHOWN), body])
    lines = "\n".join([*_state_lines(view, say, next_opens_at), _origin(view.issue, say)])
    rows, colour = _rows(view, say), colour_of(view.issue)
    if len(head) + len(why) + len(lines) <= limits.TEXT:
        return (panel(head, why, lines, rows=rows, colour=colour),)
    return (panel(head, colour=colour), panel(why, lines, rows=rows, colour=colour))


def _texts(issue: Issue, say: Localizer) -> tuple[str, str]:
    """The action and why it matters; of a hidden issue only the note."""
    if issue.status is IssueStatus.HIDDEN:
        return say.text("issues.hidden", why=plain(issue.note)), ""
    return plain(issue.text.action), say.text("issues.why", why=plain(issue.text.why)) if issue.text.why else ""


def _rows(view: CardView, say: Localizer) -> list[Row]:
    below: list[parts.Item] = [reasons_button(view, say)]
    if view.trend or view.cast:
        below.append(why_button(view.issue.id, say))
    rows: list[Row] = [below]
    round_ = votable_round(view)
    if round_ is not None and round_.status is RoundStatus.OPEN:
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
    if view.round is not None and view.round.status is RoundStatus.DEBATE:
        return lines
    if view.earlier:
        return [*lines, say.text("ballot.earlier")]
    if view.voted and view.ballot is None:
        return [*lines, say.text("ballot.voted")]
    if view.ballot is None:
        return [*lines, say.text("issues.own_ballot.none")]
    return [*lines, say.text("issues.own_ballot", position=position_words(view.ballot.position, say))]


def _origin(issue: Issue, say: Localizer) -> str:
    words = say.text("issues.origin", proposer=member_words(issue.proposer, say), day=when(issue.proposed_at, "D"))
    return f"-# {words}"
