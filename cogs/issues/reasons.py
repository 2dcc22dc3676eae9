"""The reasons on an issue, for reading: by the position they speak for, the newest first, a page at a time."""

from collections.abc import Iterator

from discord import ui

from cogs.custom_ids.ballots import TurnReasons
from cogs.showing.formatting import moment, plain
from cogs.showing.localizer import Localizer
from cogs.showing.pages import page_of, place_of, turning
from cogs.showing.panels import panel
from cogs.showing.words import position_words, reason_words
from deliberation.categories import Position
from services.reasons import ReasonsView, SeatReason

from .lines import colour_of, name_of

PAGE_SIZE = 2_400
"""Characters of reasons on a page: one at full length always fits beside the headings."""

ORDER = (Position.PROHIBITED, Position.ADJUSTMENT, Position.INDEPENDENT, Position.ABSTAIN, None)


def render_reasons(view: ReasonsView, page: int, say: Localizer) -> ui.LayoutView:
    """A page of the reasons, counted from 0; where they are sealed, when they will be shown."""
    shown = page_of(_pages(view, say), page, 1)
    head = [f"### {say.text('issues.reasons.title', issue=name_of(view.issue))}"]
    if view.sealed is not None:
        sealed = say.text("issues.reasons.sealed", round=view.sealed.number, moment=moment(view.sealed.closes_at))
        head.append(f"-# {sealed}")
    elif not view.reasons:
        head.append(say.text("issues.reasons.none"))
    row = turning(shown, lambda number: TurnReasons(issue=view.issue.id, page=number), say)
    return panel("\n".join(head), *shown.items, place_of(shown, say), rows=[row], colour=colour_of(view.issue))


def _pages(view: ReasonsView, say: Localizer) -> list[str]:
    """Every reason whole, packed into pages; a page that begins inside a group repeats the group's heading."""
    pages: list[str] = []
    page, group = "", None
    for heading, text in _entries(view, say):
        addition = text if heading == group else f"{heading}\n{text}"
        if page and len(page) + len(addition) > PAGE_SIZE:
            pages.append(page)
            page, addition = "", f"{heading}\n{text}"
        page = f"{page}\n\n{addition}" if page else addition
        group = heading
    return [*pages, page] if page else pages


def _entries(view: ReasonsView, say: Localizer) -> Iterator[tuple[str, str]]:
    for position in ORDER:
        group = [given for given in view.reasons if given.reason.position is position]
        # Stable: those of a secret round, given an instant in common, keep the order that tells nothing.
        group.sort(key=lambda given: given.reason.given_at, reverse=True)
        words = say.text("issues.reasons.no_ballot") if position is None else position_words(position, say)
        heading = f"**{words}** ({say.number(len(group))})"
        for given in group:
            yield heading, _entry(given, say)


def _entry(given: SeatReason, say: Localizer) -> str:
    if given.seat_name is None:
        source = say.text("issues.reasons.source.secret", round=given.round_number)
    else:
        source = say.text("issues.reasons.source", seat=f"**{plain(given.seat_name)}**", round=given.round_number)
    return f"{source}\n{reason_words(given.reason.text, say)}"
