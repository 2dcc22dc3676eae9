"""What a proposer is answered: the issue's number and what comes next, look-alikes, or why it was refused."""

import re
from datetime import datetime

from discord import ui

from cogs.custom_ids.issues import ProposeAgain, ProposeAnyway, ReadIssue
from cogs.showing import parts
from cogs.showing.formatting import moment
from cogs.showing.localizer import Localizer
from cogs.showing.panels import Row, panel
from cogs.showing.words import category_words
from deliberation.ids import ChannelId
from deliberation.issues import Issue
from deliberation.texts import IssueText
from services.issues import CardView, Proposal, ReviewReceipt

from .lines import name_of

_MARKED = re.compile(
    r"@everyone|@here|<[@#/:at]|https?://|\[[^\]]*\]\(|(?P<mark>\*\*|__|~~|\|\||\*|_|`)\S[^\n]*?(?P=mark)"
    r"|^\s*(?:#{1,3}|-#|>|[-*+]|\d+\.)\s",
    re.MULTILINE,
)
"""What Discord would have turned into a mention, a link or formatting."""


def render_proposed(
    issue: Issue, say: Localizer, *, where: ChannelId, on_docket: bool, opens_at: datetime | None, seconders: int = 0
) -> ui.LayoutView:
    """The receipt of an accepted proposal. `where`: the council's channel; `on_docket`: whether the next round has room
    for it; `opens_at`: when the schedule opens that round, if it does; `seconders`: how many it still needs."""
    lines = [say.text("issues.proposed", issue=name_of(issue)), say.text("issues.proposed.card", channel=f"<#{where}>")]
    if seconders:
        lines.append(say.plural("issues.proposed.seconds", seconders))
    elif not on_docket:
        lines.append(say.text("issues.proposed.queued"))
    elif opens_at is None:
        lines.append(say.text("issues.proposed.docket"))
    else:
        lines.append(say.text("issues.proposed.docket_at", moment=moment(opens_at)))
    if holds_marks(issue.text):
        lines.append(f"-# {say.text('issues.proposed.plain')}")
    return panel("\n".join(lines))


def holds_marks(text: IssueText) -> bool:
    """Whether a text holds what Discord would show otherwise than it was typed."""
    return any(_MARKED.search(part) for part in (text.title, text.action, text.why))


def render_similar(proposal: Proposal, say: Localizer) -> ui.LayoutView:
    """The issues that a proposal resembles, each to be read, and the two ways on."""
    council = proposal.council.id
    rows: list[Row] = []
    for issue in proposal.similar:
        read = parts.Button(label=say.text("issues.button.read"), custom_id=str(ReadIssue(issue=issue.id)))
        words = f"{name_of(issue)}\n{category_words(issue.category, say)}"
        rows.append(parts.Section(parts.TextDisplay(words), accessory=read))
    anyway = say.text("issues.button.propose_anyway")
    rows.append(
        [
            parts.Button(label=anyway, custom_id=str(ProposeAnyway(council=council))),
            parts.Button(label=say.text("issues.button.edit"), custom_id=str(ProposeAgain(council=council))),
        ]
    )
    return panel(say.text("issues.similar"), rows=rows)


def render_withdrawn(view: CardView, say: Localizer) -> ui.LayoutView:
    """The receipt of a withdrawal."""
    return panel(say.text("issues.withdrawn.receipt", issue=name_of(view.issue)))


def render_review(receipt: ReviewReceipt, say: Localizer) -> ui.LayoutView:
    """How many seconds a review has, and how many are still needed."""
    issue = name_of(receipt.issue)
    if receipt.opened:
        return panel(say.text("issues.review.opened", issue=issue))
    missing = receipt.needed - receipt.seconders
    return panel(say.plural("issues.review.asked", missing, issue=issue, number=receipt.issue.number))
