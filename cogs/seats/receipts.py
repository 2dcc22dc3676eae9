"""What a member reads after taking or leaving a seat."""

import discord
from discord import ui

from cogs.custom_ids import DOCKET, PROPOSE, SEAT_TAKE
from cogs.formatting import moment, plain
from cogs.localizer import Localizer
from cogs.panels import panel
from services.views import SeatReceipt


def render_taken(receipt: SeatReceipt, say: Localizer) -> ui.LayoutView:
    """The seat, and from when on it votes."""
    head = say.text("seat.taken", seat=plain(receipt.seat.name), council=plain(receipt.council.name))
    if receipt.round is None:
        what_next = say.text("seat.taken.next_round")
        propose = PROPOSE.build(council=receipt.council.id)
        button = ui.Button(label=say.text("seat.propose"), custom_id=propose)
    else:
        closes = moment(receipt.round.closes_at)
        what_next = say.text("seat.taken.vote_now", number=receipt.round.number, closes=closes)
        vote = DOCKET.build(round=receipt.round.id)
        button = ui.Button(style=discord.ButtonStyle.primary, label=say.text("seat.vote"), custom_id=vote)
    return panel(f"{head}\n{what_next}", rows=[[button]])


def render_left(receipt: SeatReceipt, say: Localizer) -> ui.LayoutView:
    """That the seat is given up, and what becomes of its ballots."""
    lines = [say.text("seat.left", seat=plain(receipt.seat.name), council=plain(receipt.council.name))]
    if receipt.round is not None:
        lines.append(say.text("seat.left.round", number=receipt.round.number))
    rows: list[list[ui.Item]] = []
    if receipt.council.rules.open_seating:
        take = SEAT_TAKE.build(council=receipt.council.id)
        rows.append([ui.Button(label=say.text("seat.take_again"), custom_id=take)])
    return panel("\n".join(lines), rows=rows)
