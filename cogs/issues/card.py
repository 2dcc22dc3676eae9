"""An issue's card: its home in the council's channel, edited for as long as the issue lives (PRODUCT §4)."""

from discord import ui

from cogs.custom_ids.ballots import DebateReason, ShowReasons
from cogs.custom_ids.issues import Explain, ReadIssue
from cogs.showing import parts
from cogs.showing.ballot_buttons import ballot_row
from cogs.showing.formatting import plain
from cogs.showing.localizer import Localizer
from cogs.showing.panels import Row, panel
from cogs.showing.rulings import ruling_sentence
from deliberation.categories import Category
from deliberation.ids import IssueId
from deliberation.issues import IssueStatus
from deliberation.rounds import RoundStatus
from deliberation.texts.invisible import shows
from services.issues import CardView

from .editing import second_button
from .lines import colour_of, headline, standing_line, tally_lines, votable_round, vote_lines

ACTION_SHOWN = 320
WHY_SHOWN = 160
LINES_SHOWN = 6
TREND_SHOWN = 3


def render_card(view: CardView, say: Localizer) -> ui.LayoutView:
    """The public card in the council's language: short, with what fits; `Read all` opens the rest.

    Vote buttons stand on it only while the open round has the issue on its docket. Always within Discord's limits,
    whatever the texts hold.
    """
    head = [headline(view.issue), standing_line(view, say, most=TREND_SHOWN), *_excerpts(view, say)]
    lines = vote_lines(view, say) or outcome_lines(view, say)
    below: list[parts.Item] = [reasons_button(view, say), _read_all_button(view, say)]
    if view.trend or view.cast:
        below.append(why_button(view.issue.id, say))
    if (second := second_button(view, say)) is not None and view.issue.status is IssueStatus.OPEN:
        below.insert(0, second)
    rows: list[Row] = [below]
    round_ = votable_round(view)
    if round_ is not None and round_.status is RoundStatus.OPEN:
        rows.insert(0, ballot_row(round_.id, view.issue.id, view.issue.version, say))
    elif round_ is not None and round_.status is RoundStatus.DEBATE:
        give = str(DebateReason(round=round_.id, issue=view.issue.id))
        below.insert(0, parts.Button(label=say.text("debate.button"), custom_id=give))
    return panel("\n".join(head), "\n".join(lines), rows=rows, colour=colour_of(view.issue))


def reasons_button(view: CardView, say: Localizer) -> parts.Button:
    """Opens the list of reasons, and says how many there are to read."""
    label = say.text("issues.button.reasons")
    return parts.Button(
        label=f"{label} ({say.number(view.reasons)})" if view.reasons else label,
        custom_id=str(ShowReasons(issue=view.issue.id, page=0)),
    )


def why_button(issue: IssueId, say: Localizer) -> parts.Button:
    """Opens the explanation: the arithmetic, what would move the issue, and other rules."""
    return parts.Button(label=say.text("issues.button.why"), custom_id=str(Explain(issue=issue, view="why")))


def _read_all_button(view: CardView, say: Localizer) -> parts.Button:
    return parts.Button(label=say.text("issues.button.read_all"), custom_id=str(ReadIssue(issue=view.issue.id)))


def outcome_lines(view: CardView, say: Localizer) -> list[str]:
    """Between rounds: what the last round decided, with its arithmetic, and when voting comes again."""
    lines: list[str] = []
    if view.trend:
        number, ruling = view.trend[-1]
        sentence = say.text("issues.last_ruling", round=number, ruling=ruling_sentence(ruling, say, names=view.names))
        lines = [*tally_lines(ruling.tally, say), f"-# {sentence}"]
    if view.issue.status is not IssueStatus.OPEN:
        return lines
    if view.issue.lacks_seconders(view.council.rules.seconders):
        return [*lines, f"-# {say.text('issues.vote.after_seconds')}"]
    if view.issue.may_be_voted:
        return [*lines, f"-# {say.text('issues.vote.next_round')}"]
    if view.issue.category is Category.PROHIBITED:
        return [*lines, f"-# {say.text('issues.vote.after_review')}"]
    return lines


def _excerpts(view: CardView, say: Localizer) -> list[str]:
    issue = view.issue
    if issue.status is IssueStatus.HIDDEN:
        return [say.text("issues.hidden", why=plain(issue.note))]
    if issue.status is IssueStatus.MERGED:
        return [say.text("issues.merged", into=issue.merged_into)]
    action = excerpt(issue.text.action, ACTION_SHOWN)
    return [action, say.text("issues.why", why=excerpt(issue.text.why, WHY_SHOWN))] if issue.text.why else [action]


def excerpt(text: str, limit: int) -> str:
    """The beginning of a member's text, escaped: at most `limit` characters on few lines, with "…" where cut."""
    lines = [line for line in text.split("\n") if shows(line)]
    shown = "\n".join(lines[:LINES_SHOWN])
    return plain(shown if len(lines) <= LINES_SHOWN else f"{shown}…", limit)
