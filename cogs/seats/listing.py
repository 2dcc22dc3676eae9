"""Who sits in a council, a page at a time."""

import discord
from discord import ui

from cogs.custom_ids import SEAT_TAKE, SEATS
from cogs.formatting import flag, plain
from cogs.localizer import Localizer
from cogs.pages import page_of, place_of, turning
from cogs.panels import panel
from deliberation.seats import Seat, SeatKind
from services.views import SeatList

PER_PAGE = 20
_NAME_LIMIT = 120
"""Characters of a name, escaped: 20 of them and what stands beside them fit into a message."""


def render_seats(seats: SeatList, page: int, say: Localizer) -> ui.LayoutView:
    """A page of the seats by name; each with what sets it apart from a seat of weight 1."""
    shown = page_of(seats.seats, page, PER_PAGE)
    council = seats.council
    head = (
        f"### {say.text('seats.title', council=plain(council.name))}\n-# {say.plural('seats.count', len(seats.seats))}"
    )
    lines = [_line(seat, seats.own, say) for seat in shown.items] or [say.text("seats.none")]
    row: list[ui.Item] = [*turning(shown, lambda number: SEATS.build(council=council.id, page=number), say)]
    if seats.own is None and council.rules.open_seating:
        take = SEAT_TAKE.build(council=council.id)
        row.append(ui.Button(style=discord.ButtonStyle.primary, label=say.text("way.take_seat"), custom_id=take))
    place = place_of(shown, say)
    return panel(head, "\n".join(lines), f"-# {place}" if place else "", rows=[row])


def _line(seat: Seat, own: Seat | None, say: Localizer) -> str:
    marks = []
    if own is not None and own.id == seat.id:
        marks.append(say.text("seats.own"))
    if seat.kind is SeatKind.DELEGATION:
        marks.append(say.plural("seats.holders", len(seat.holders)))
    if seat.observer:
        marks.append(say.text("seats.observer"))
    elif seat.weight != 1:
        marks.append(say.text("seats.weight", weight=say.number(seat.weight)))
    if seat.veto:
        marks.append(say.text("seats.veto"))
    if not seat.may_abstain:
        marks.append(say.text("seats.present_and_voting"))
    name = " ".join(part for part in (flag(seat.country), plain(seat.name, _NAME_LIMIT)) if part)
    return " · ".join((name, *marks))
