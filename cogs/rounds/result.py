"""A round's result: what moved first, with its whole arithmetic and a reason from either side; then the rest, a line
each; then the head of the record and the next round (PRODUCT §3)."""

from dataclasses import dataclass
from datetime import timedelta

import discord
from discord import ui

from cogs import limits
from cogs.custom_ids.issues import PickExplained
from cogs.custom_ids.rounds import ReadRound
from cogs.showing import parts
from cogs.showing.formatting import category_icon, moment, plain, position_icon, shorten
from cogs.showing.localizer import Localizer
from cogs.showing.rulings import ruling_line, ruling_sentence
from cogs.showing.words import category_name, reason_words
from deliberation.categories import Position
from services.reasons import SeatReason
from services.rounds import ResultLine, ResultView

from .fitting import BUDGET, fitted

LATE = timedelta(minutes=1)
NO_POSITION = "💬"
PROXIES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a result is shown: characters of a title and of a reason, and whether rulings are whole sentences."""

    title: int
    reason: int
    sentences: bool


DETAILS = (
    Detail(title=100, reason=240, sentences=True),
    Detail(title=80, reason=120, sentences=True),
    Detail(title=60, reason=0, sentences=True),
    Detail(title=60, reason=0, sentences=False),
    Detail(title=30, reason=0, sentences=False),
    Detail(title=12, reason=0, sentences=False),
)


def render_result(view: ResultView, say: Localizer) -> ui.LayoutView:
    """The result in the council's language: always within Discord's limits, up to 25 issues."""
    head, foot = "\n".join(_head_lines(view, say)), "\n".join(_foot_lines(view, say))
    moved = [line for line in view.lines if line.ruling.moved]
    rest = [line for line in view.lines if not line.ruling.moved]

    def draw(detail: Detail) -> list[str]:
        first = [_moved(line, say, detail) for line in moved] or [say.text("result.nothing_moved")]
        return ["\n\n".join(first), "\n".join(_stayed(line, say, detail) for line in rest)]

    texts = fitted(draw, DETAILS, budget=BUDGET - len(head) - len(foot))
    box = parts.Container(parts.TextDisplay(head))
    for text in texts:
        if text:
            box.add_item(parts.Separator())
            box.add_item(parts.TextDisplay(text))
    box.add_item(parts.Separator())
    box.add_item(parts.TextDisplay(foot))
    read_all = parts.Button(label=say.text("round.read_all"), custom_id=str(ReadRound(round=view.round.id, page=0)))
    box.add_item(parts.ActionRow(read_all))
    if view.lines:
        box.add_item(parts.ActionRow(_why_menu(view, say)))
    message = ui.LayoutView(timeout=None)
    message.add_item(box)
    message.stop()
    return message


def _why_menu(view: ResultView, say: Localizer) -> parts.Select:
    """Opens the explanation of one issue's ruling."""
    options = [
        discord.SelectOption(
            label=shorten(f"#{line.entry.number} {line.entry.title}", limits.OPTION),
            value=str(line.entry.issue),
            emoji=category_icon(line.ruling.after.category),
        )
        for line in view.lines[: limits.OPTIONS]
    ]
    return parts.Select(
        custom_id=str(PickExplained(round=view.round.id)), placeholder=say.text("result.why"), options=options
    )


def shifts(line: ResultLine, say: Localizer, *, most: int = len(Position)) -> str:
    """How many seats changed position since the issue's last round, the greatest shift first: "4 seats moved to
    adjustment"; "" where none did. At most `most` of the shifts."""
    found = sorted((position for position in Position if line.shifts.get(position)), key=lambda to: -line.shifts[to])
    return say.list_of(_shift(position, line.shifts[position], say) for position in found[:most]) if found else ""


def _shift(position: Position, seats: int, say: Localizer) -> str:
    if position.category is None:
        return say.plural("result.shift.abstain", seats)
    return say.plural("result.shift", seats, position=category_name(position.category, say))


def _head_lines(view: ResultView, say: Localizer) -> list[str]:
    round_ = view.round
    lines = [
        say.text("result.title", number=round_.number),
        say.plural("round.turnout", view.entitled, voted=say.number(view.voted)),
    ]
    if round_.ended_early:
        complete = round_.rules.early_close and all(
            line.ruling.quorum.cast == line.ruling.quorum.entitled for line in view.lines
        )
        key = "result.closed_complete" if complete else "result.closed_early"
        lines.append(f"-# {say.text(key, at=moment(round_.closes_at))}")
    elif round_.closed_at is not None and round_.closed_at - round_.closes_at > LATE:
        lines.append(f"-# {say.text('result.late', at=moment(round_.closes_at))}")
    return lines


def _foot_lines(view: ResultView, say: Localizer) -> list[str]:
    lines = [f"-# {say.text('result.record', head=f'`{view.head.written}`')}"]
    if view.next_opens_at is not None:
        lines.insert(0, say.text("round.next", at=moment(view.next_opens_at)))
    return lines


def _moved(line: ResultLine, say: Localizer, detail: Detail) -> str:
    before, after = line.ruling.before.category, line.ruling.after.category
    move = f"{category_icon(before)}→{category_icon(after)}"
    title = f"{move} **#{line.entry.number} {plain(line.entry.title, detail.title)}**"
    ruled = (ruling_sentence if detail.sentences else ruling_line)(line.ruling, say, names=line.names)
    lines = [title, ruled]
    if moved := shifts(line, say):
        lines.append(f"-# {moved}")
    if line.by_proxy:
        lines.append(f"-# {by_proxy(line, say)}")
    if detail.reason:
        lines += [_reason(reason, say, detail.reason) for reason in line.reasons]
    return "\n".join(lines)


def _stayed(line: ResultLine, say: Localizer, detail: Detail) -> str:
    icon = category_icon(line.ruling.after.category)
    title = f"{icon} **#{line.entry.number} {plain(line.entry.title, detail.title)}**"
    lines = [title, f"-# {ruling_line(line.ruling, say, names=line.names)}"]
    if detail.sentences and (moved := shifts(line, say, most=1)):
        lines[1] = f"{lines[1]} · {moved}"
    if line.by_proxy:
        lines.append(f"-# {by_proxy(line, say)}")
    return "\n".join(lines)


def by_proxy(line: ResultLine, say: Localizer) -> str:
    """How many ballots came by proxy, and whose, as far as that is short."""
    counted = say.plural("result.by_proxy", line.by_proxy)
    if not line.proxies:
        return counted
    pairs = [f"{plain(seat, 30)} ← {plain(proxy, 30)}" for seat, proxy in line.proxies[:PROXIES_SHOWN]]
    return f"{counted} ({', '.join(pairs)}{', …' if len(line.proxies) > PROXIES_SHOWN else ''})"


def _reason(given: SeatReason, say: Localizer, limit: int) -> str:
    text = reason_words(" ".join(given.reason.text.split()), say, limit)
    icon = NO_POSITION if given.reason.position is None else position_icon(given.reason.position)
    return f"-# {icon} {text}" if given.seat_name is None else f"-# {icon} **{plain(given.seat_name, 60)}:** {text}"
