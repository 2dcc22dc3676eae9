"""The board: every issue under discussion by category, with how it came there."""

import discord
from discord import ui

from cogs.custom_ids.councils import TurnBoard
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Tap
from cogs.showing.formatting import category_icon, moment, plain
from cogs.showing.localizer import Localizer
from cogs.showing.pages import page_of, place_of, turning
from cogs.showing.panels import panel
from cogs.showing.words import category_words
from deliberation.categories import Category
from deliberation.rulings import RulingCode
from services.issues import BoardLine, BoardView
from services.record import Kept, RecordView

PER_PAGE = 15
TITLE_SHOWN = 70
_MARKS = {
    RulingCode.SUSTAINING: "⏳",
    RulingCode.WAVERING: "〰️",
    RulingCode.VETOED: "⛔",
    RulingCode.INQUORATE: "◌",
}

routes = Routes()


def render_board(view: BoardView, page: int, say: Localizer) -> ui.LayoutView:
    """A page of the board, always within Discord's limits."""
    shown = page_of(view.lines, page, PER_PAGE)
    counts = " · ".join(
        f"{category_icon(category)} {sum(line.issue.category is category for line in view.lines)}"
        for category in reversed(Category)
    )
    head = f"## {say.text('board.title', council=plain(view.council.name, 60))}\n-# {counts}"
    groups = [_group(category, shown.items, say) for category in reversed(Category)]
    foot = [f"-# {place}"] if (place := place_of(shown, say)) else []
    if view.round is not None:
        foot.append(f"-# {say.text('board.round', number=view.round.number, closes=moment(view.round.closes_at))}")
    elif view.next_opens_at is not None:
        foot.append(f"-# {say.text('round.next', at=moment(view.next_opens_at))}")
    if legend := _legend(shown.items, say):
        foot.insert(0, f"-# {legend}")
    row = turning(shown, lambda number: TurnBoard(council=view.council.id, page=number), say)
    body = "\n".join(group for group in groups if group) or say.text("board.empty")
    return panel(head, body, "\n".join(foot), rows=[row])


@routes.button(TurnBoard)
async def turn_board(tap: Tap[TurnBoard]) -> None:
    """To a page of the board: in the same message where that is the reader's own."""
    view = await tap.services.board.board_of(tap.id.council)
    await tap.reply(render_board(view, tap.id.page, tap.say), edit=tap.own)


def render_record(view: RecordView, say: Localizer) -> ui.LayoutView:
    """Whether the record is sound, and its head in full, for whoever wants to keep or compare it."""
    key = "record.sound" if view.sound else "record.unsound"
    lines, well = [say.text(key)], view.sound
    if view.kept is not None and view.compared is not None:
        lines.append(say.text(f"record.kept.{view.kept.value}", index=say.number(view.compared.index)))
        well = well and view.kept is Kept.STANDS
    foot = ""
    if view.sound:
        lines.append(say.text("record.head", head=f"`{view.head.written}`"))
        foot = f"-# {say.text('record.how')}"
    return panel("\n".join(lines), foot, colour=None if well else discord.Colour.red())


def _legend(lines: tuple[BoardLine, ...], say: Localizer) -> str:
    """What the marks on this page mean."""
    codes = {line.trend[-1][1].code for line in lines if line.trend}
    used = [f"{mark} {say.text(f'board.mark.{code.value}')}" for code, mark in _MARKS.items() if code in codes]
    if any(ruling.moved for line in lines for _, ruling in line.trend):
        used.insert(0, say.text("board.mark.moved"))
    return " · ".join(used)


def _group(category: Category, lines: tuple[BoardLine, ...], say: Localizer) -> str:
    listed = [_line(line, say) for line in lines if line.issue.category is category]
    return "\n".join([f"**{category_words(category, say)}**", *listed]) if listed else ""


def _line(line: BoardLine, say: Localizer) -> str:
    """The issue and the way it came: a step for each move, and what its last round said where it stayed."""
    issue = line.issue
    moves = [ruling for _, ruling in line.trend if ruling.moved]
    trend = "".join("↗" if ruling.after.category > ruling.before.category else "↘" for ruling in moves[-4:])
    last = line.trend[-1][1].code if line.trend else None
    marks = [part for part in (trend, _MARKS.get(last, "") if last is not None else say.text("board.new")) if part]
    if issue.standing.under_review:
        marks.append(say.text("issues.under_review"))
    title = f"#{issue.number} {plain(issue.text.title, TITLE_SHOWN)}"
    return f"{title} · {' '.join(marks)}" if marks else title
