"""`Read all` of a round or a result: a few issues a page, each with its whole title and every figure."""

from typing import Any

from discord import ui

from cogs.custom_ids.ballots import OpenBallot, ShowReasons
from cogs.custom_ids.rounds import ReadRound
from cogs.showing import parts
from cogs.showing.formatting import ballot_bar, category_icon, plain
from cogs.showing.localizer import Localizer
from cogs.showing.pages import Page, page_of, place_of, turning
from cogs.showing.rulings import ruling_sentence
from cogs.showing.words import category_words, tally_words
from deliberation.categories import Position
from deliberation.ids import RoundId
from deliberation.rounds import RoundStatus
from deliberation.rulings.tallies import Tally
from services.rounds import DocketLine, ResultLine, ResultView, RoundView

from .message import head_lines, withdrawn_line
from .result import by_proxy, shifts

PER_PAGE = 5
TITLE_SHOWN = 220
ARITHMETIC_SHOWN = 320


def render_round_page(view: RoundView, say: Localizer, *, page: int) -> ui.LayoutView:
    """A page of an open or cancelled round's docket, each issue with a button to its ballot while there is time."""
    shown = page_of(view.lines, page, PER_PAGE)
    drawn = [_docket_part(line, view, say) for line in shown.items]
    return _page("\n".join(head_lines(view, say)), drawn, shown, view.round.id, say)


def render_result_page(view: ResultView, say: Localizer, *, page: int) -> ui.LayoutView:
    """A page of a result, each issue with its whole arithmetic and a button to its reasons."""
    shown = page_of(view.lines, page, PER_PAGE)
    drawn = [_result_part(line, say) for line in shown.items]
    return _page(say.text("result.title", number=view.round.number), drawn, shown, view.round.id, say)


def _page(head: str, drawn: list[parts.Item], shown: Page[Any], round_id: RoundId, say: Localizer) -> ui.LayoutView:
    box = parts.Container(parts.TextDisplay(head))
    for part in drawn:
        box.add_item(parts.Separator())
        box.add_item(part)
    if place := place_of(shown, say):
        box.add_item(parts.TextDisplay(place))
    if turns := turning(shown, lambda number: ReadRound(round=round_id, page=number), say):
        box.add_item(parts.ActionRow(*turns))
    message = ui.LayoutView(timeout=None)
    message.add_item(box)
    message.stop()
    return message


def _docket_part(line: DocketLine, view: RoundView, say: Localizer) -> parts.Item:
    if line.entry.withdrawn:
        return parts.TextDisplay(withdrawn_line(line, view, say))
    lines = [f"**#{line.entry.number} {plain(line.entry.title, TITLE_SHOWN)}**"]
    turnout = say.text("round.line.turnout", cast=say.number(line.cast), entitled=say.number(view.entitled))
    lines.append(f"-# {say.text('round.line.stands', category=category_words(line.category, say))} · {turnout}")
    if line.tally is not None and line.cast:
        lines += _tally_lines(line.tally, say)
    text = parts.TextDisplay("\n".join(lines))
    if view.round.status is not RoundStatus.OPEN:
        return text
    vote = parts.Button(
        label=say.text("round.vote"), custom_id=str(OpenBallot(round=view.round.id, issue=line.entry.issue))
    )
    return parts.Section(text, accessory=vote)


def _result_part(line: ResultLine, say: Localizer) -> parts.Item:
    before, after = line.ruling.before.category, line.ruling.after.category
    icon = f"{category_icon(before)}→{category_icon(after)}" if line.ruling.moved else category_icon(after)
    lines = [
        f"{icon} **#{line.entry.number} {plain(line.entry.title, TITLE_SHOWN)}**",
        *_tally_lines(line.ruling.tally, say),
        _short(ruling_sentence(line.ruling, say, names=line.names)),
    ]
    if moved := shifts(line, say):
        lines.append(f"-# {moved}")
    if line.by_proxy:
        lines.append(f"-# {by_proxy(line, say)}")
    reasons = parts.Button(label=say.text("round.reasons"), custom_id=str(ShowReasons(issue=line.entry.issue, page=0)))
    return parts.Section(parts.TextDisplay("\n".join(lines)), accessory=reasons)


def _short(sentence: str) -> str:
    return sentence if len(sentence) <= ARITHMETIC_SHOWN else f"{sentence[: ARITHMETIC_SHOWN - 1]}…"


def _tally_lines(tally: Tally, say: Localizer) -> list[str]:
    shown = " · ".join(tally_words(tally, position, say) for position in Position)
    return [ballot_bar(tally), f"-# {shown}"]
