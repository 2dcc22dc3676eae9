"""A round's one message: its docket with a line and a bar for each issue, turnout, the deadline and the way to vote
(PRODUCT §3, "A quiet channel"). It is edited as ballots come in, and stays when the round is over."""

import discord
from discord import ui

from cogs.custom_ids.ballots import OpenDocket
from cogs.custom_ids.rounds import ReadRound
from cogs.showing import parts
from cogs.showing.docket_menu import docket_menu
from cogs.showing.formatting import ballot_bar, category_icon, moment, plain, when
from cogs.showing.localizer import Localizer
from cogs.showing.words import position_words
from deliberation.categories import Position
from deliberation.rounds import RoundStatus
from deliberation.rules import Secrecy
from services.rounds import DocketLine, RoundView

from .fitting import BUDGET, fitted, link_to

TITLES = (100, 70, 50, 40, 30, 22, 16, 10, 6)
"""How long the titles may be, from what is wanted to what fits at the worst."""
BAR = 10


def render_round(view: RoundView, say: Localizer) -> ui.LayoutView:
    """The message in the council's language: always within Discord's limits, up to 25 issues."""
    head, foot = "\n".join(head_lines(view, say)), _foot(view, say)
    lines = fitted(
        lambda title: [_line(line, view, say, title=title) for line in view.lines],
        TITLES,
        budget=BUDGET - len(head) - len(foot),
    )
    box = parts.Container(parts.TextDisplay(head), parts.Separator(), parts.TextDisplay("\n".join(lines)))
    if foot:
        box.add_item(parts.TextDisplay(foot))
    read_all = parts.Button(label=say.text("round.read_all"), custom_id=str(ReadRound(round=view.round.id, page=0)))
    if view.round.status is RoundStatus.OPEN:
        vote = parts.Button(
            style=discord.ButtonStyle.primary,
            label=say.text("round.vote"),
            custom_id=str(OpenDocket(round=view.round.id)),
        )
        box.add_item(parts.ActionRow(vote, read_all))
        if (menu := docket_menu(view, say)) is not None:
            box.add_item(parts.ActionRow(menu))
    else:
        box.add_item(parts.ActionRow(read_all))
    message = ui.LayoutView(timeout=None)
    message.add_item(box)
    message.stop()
    return message


def head_lines(view: RoundView, say: Localizer) -> list[str]:
    """The round's number, its time and its turnout."""
    round_ = view.round
    turnout = say.plural("round.turnout", view.entitled, voted=say.number(view.voted))
    match round_.status:
        case RoundStatus.DEBATE:
            return [
                say.text("round.title.debate", number=round_.number),
                say.text("round.debate", opens=moment(round_.opened_at), until=moment(round_.closes_at)),
            ]
        case RoundStatus.PAUSED:
            return [
                say.text("round.title.paused", number=round_.number),
                say.text("round.paused"),
                f"-# {turnout}",
            ]
        case RoundStatus.OPEN:
            done = say.plural("round.complete", view.complete)
            return [
                say.text("round.title.open", number=round_.number),
                say.text("round.closes", until=moment(round_.closes_at)),
                f"-# {turnout} · {done}" if view.complete else f"-# {turnout}",
                *([f"-# {say.text('round.was_extended')}"] if round_.extended else []),
                *([f"-# {say.text('round.early_close')}"] if round_.rules.early_close else []),
            ]
        case RoundStatus.CLOSING:
            closed = say.text("round.counting", at=moment(round_.closes_at))
            return [say.text("round.title.closing", number=round_.number), closed, f"-# {turnout}"]
        case RoundStatus.CLOSED:
            closed = say.text("round.closed", at=moment(round_.closes_at))
            return [say.text("round.title.closed", number=round_.number), closed, f"-# {turnout}"]
        case RoundStatus.CANCELLED:
            return [say.text("round.title.cancelled", number=round_.number), say.text("round.cancelled")]


def figures(line: DocketLine, view: RoundView, say: Localizer) -> str:
    """The bar and the turnout of one issue; the turnout alone while the positions are sealed."""
    if view.round.status is RoundStatus.DEBATE:
        return ""
    cast, entitled = say.number(line.cast), say.number(view.entitled)
    if line.tally is None or not line.cast:
        return f"-# {say.text('round.line.turnout', cast=cast, entitled=entitled)}"
    return say.text("round.line.bar", bar=ballot_bar(line.tally, BAR), cast=cast, entitled=entitled)


def _line(line: DocketLine, view: RoundView, say: Localizer, *, title: int) -> str:
    if line.entry.withdrawn:
        return withdrawn_line(line, view, say)
    name = plain(line.entry.title, title)
    if line.card is not None:
        name = f"[{name}]({link_to(line.card, view.council)})"
    name = f"{category_icon(line.category)} **#{line.entry.number}** {name}"
    return f"{name}\n{figures(line, view, say)}"


def withdrawn_line(line: DocketLine, view: RoundView, say: Localizer) -> str:
    """An issue that was withdrawn, merged or hidden meanwhile, with the way to its card, which says why. Without its
    title: what a chair hid shows nowhere."""
    words = say.text("round.line.withdrawn")
    if line.card is not None:
        words = f"[{words}]({link_to(line.card, view.council)})"
    return f"{category_icon(line.category)} **#{line.entry.number}** {words}"


def _foot(view: RoundView, say: Localizer) -> str:
    """What the colours mean; that positions are sealed; when the next round opens."""
    lines = [f"-# {' · '.join(position_words(position, say) for position in Position)}"]
    if any(line.tally is not None and line.cast for line in view.lines):
        lines.append(f"-# {say.text('round.legend')}")
    if view.round.status is RoundStatus.DEBATE:
        return f"-# {say.text('round.debate.how')}"
    if any(line.tally is None for line in view.lines):
        secret = view.round.rules.secrecy is Secrecy.SECRET
        lines.append(f"-# {say.text('round.secret') if secret else say.text('round.sealed')}")
    if view.next_opens_at is not None and view.round.status is not RoundStatus.OPEN:
        lines.append(f"-# {say.text('round.next', at=when(view.next_opens_at, 'F'))}")
    return "\n".join(lines)
