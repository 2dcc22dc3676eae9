"""The council's issues in a list, by category, a page at a time."""

from collections.abc import Sequence

from discord import ui

from cogs.custom_ids.issues import Propose, TurnIssues
from cogs.showing import parts
from cogs.showing.formatting import plain
from cogs.showing.localizer import Localizer
from cogs.showing.pages import page_of, place_of, turning
from cogs.showing.panels import panel
from cogs.showing.words import category_words
from deliberation.categories import Category
from deliberation.councils import Council
from deliberation.issues import Issue, IssueStatus

from .lines import status_words

PER_PAGE = 12


def render_list(council: Council, issues: Sequence[Issue], page: int, say: Localizer) -> ui.LayoutView:
    """A page of the issues: those under discussion, the highest category first and the newest first in each, then those
    that were withdrawn, merged or hidden."""
    standing = sorted(issues, key=lambda one: (one.status is not IssueStatus.OPEN, -one.category, -one.number))
    shown = page_of(standing, page, PER_PAGE)
    open_ = [issue for issue in shown.items if issue.status is IssueStatus.OPEN]
    groups = [_group(category, open_, say) for category in reversed(Category)]
    gone = [_gone(issue, say) for issue in shown.items if issue.status is not IssueStatus.OPEN]
    if gone:
        groups.append("\n".join([f"**{say.text('issues.list.gone')}**", *gone]))
    row = turning(shown, lambda number: TurnIssues(council=council.id, page=number), say)
    propose = parts.Button(label=say.text("issues.button.propose"), custom_id=str(Propose(council=council.id)))
    return panel(_head(council, standing, say), *groups, place_of(shown, say), rows=[row if standing else [propose]])


def _group(category: Category, issues: Sequence[Issue], say: Localizer) -> str:
    lines = [_line(issue, say) for issue in issues if issue.category is category]
    return "\n".join([f"**{category_words(category, say)}**", *lines]) if lines else ""


def _head(council: Council, issues: Sequence[Issue], say: Localizer) -> str:
    title = say.text("issues.list.title", council=plain(council.name))
    if not issues:
        return f"### {title}\n{say.text('issues.list.none')}"
    discussed = sum(issue.status is IssueStatus.OPEN for issue in issues)
    return f"### {title}\n-# {say.plural('issues.list.count', discussed)}"


def _gone(issue: Issue, say: Localizer) -> str:
    name = "▒▒▒" if issue.status is IssueStatus.HIDDEN else plain(issue.text.title)
    return f"#{issue.number} {name} · {status_words(issue, say)}"


def _line(issue: Issue, say: Localizer) -> str:
    mark = f" · {say.text('issues.under_review')}" if issue.standing.under_review else ""
    return f"#{issue.number} {plain(issue.text.title)}{mark}"
