"""The council's issues in a list, by category, a page at a time."""

from collections.abc import Sequence

from discord import ui

from cogs.custom_ids import ISSUES, PROPOSE
from cogs.formatting import plain
from cogs.localizer import Localizer
from cogs.pages import page_of, place_of, turning
from cogs.panels import panel
from cogs.words import category_words
from deliberation.categories import Category
from deliberation.councils import Council
from deliberation.issues import Issue

PER_PAGE = 12


def render_list(council: Council, issues: Sequence[Issue], page: int, say: Localizer) -> ui.LayoutView:
    """A page of the issues under discussion, the highest category first and the newest first in each."""
    standing = sorted(issues, key=lambda issue: (-issue.category, -issue.number))
    shown = page_of(standing, page, PER_PAGE)
    groups = [_group(category, shown.items, say) for category in reversed(Category)]
    row = turning(shown, lambda number: ISSUES.build(council=council.id, page=number), say)
    propose = ui.Button(label=say.text("issues.button.propose"), custom_id=PROPOSE.build(council=council.id))
    return panel(_head(council, standing, say), *groups, place_of(shown, say), rows=[row if standing else [propose]])


def _group(category: Category, issues: Sequence[Issue], say: Localizer) -> str:
    lines = [_line(issue, say) for issue in issues if issue.category is category]
    return "\n".join([f"**{category_words(category, say)}**", *lines]) if lines else ""


def _head(council: Council, issues: Sequence[Issue], say: Localizer) -> str:
    title = say.text("issues.list.title", council=plain(council.name))
    if not issues:
        return f"### {title}\n{say.text('issues.list.none')}"
    return f"### {title}\n-# {say.plural('issues.list.count', len(issues))}"


def _line(issue: Issue, say: Localizer) -> str:
    mark = f" · {say.text('issues.under_review')}" if issue.standing.under_review else ""
    return f"#{issue.number} {plain(issue.text.title)}{mark}"
