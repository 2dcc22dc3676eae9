"""Who sits in a council, a page at a time."""

import discord
from discord import ui

from cogs.custom_ids.seats import TakeSeat, TurnSeats
from cogs.showing import parts
from cogs.showing.formatting import flag, plain
from cogs.showing.localizer import Localizer
from cogs.showing.pages import page_of, place_of, turning
from cogs.showing.panels import panel
from deliberation.seats import Seat, SeatKind
from services.seats import SeatList

from .receipts import powers

PER_PAGE = 20
_NAME_LIMIT = 100
"""Characters of a name, escaped: 20 of them and what stands beside them fit into a message."""


def render_seats(seats: SeatList, page: int, say: Localizer) -> ui.LayoutView:
    """A page of the seats by name; each with what sets it apart from a seat of weight 1."""
    shown = page_of(seats.seats, page, PER_PAGE)
    council = seats.council
    counts = [say.plural("seats.count", len(seats.seats))]
    if free := sum(seat.is_free and seat.id not in seats.resting for seat in seats.seats):
        counts.append(say.plural("seats.free", free))
    head = f"### {say.text('seats.title', council=plain(council.name))}\n-# {' · '.join(counts)}"
    names = {seat.id: seat.shown for seat in seats.seats}
    proxies = {proxy.seat: names.get(proxy.proxy, "") for proxy in reversed(seats.proxies)}
    own = {seat.id for seat in seats.own}
    lines = [
        _line(seat, say, own=seat.id in own, proxy=proxies.get(seat.id), resting=seat.id in seats.resting)
        for seat in shown.items
    ]
    row: list[parts.Item] = [*turning(shown, lambda number: TurnSeats(council=council.id, page=number), say)]
    if not own and council.rules.open_seating:
        take = str(TakeSeat(council=council.id))
        row.append(parts.Button(style=discord.ButtonStyle.primary, label=say.text("way.take_seat"), custom_id=take))
    foot = [f"-# {place}"] if (place := place_of(shown, say)) else []
    if free and not own and council.rules.claims:
        foot.append(f"-# {say.text('seats.claim')}")
    return panel(head, "\n".join(lines or [say.text("seats.none")]), "\n".join(foot), rows=[row])


def _line(seat: Seat, say: Localizer, *, own: bool, proxy: str | None, resting: bool) -> str:
    marks = [say.text("seats.own")] if own else []
    if seat.kind is SeatKind.DELEGATION:
        if not seat.holders:
            marks.append(say.text("seats.resting" if resting else "seats.is_free"))
        elif len(seat.holders) > 1:
            marks.append(say.plural("seats.holders", len(seat.holders)))
    marks += powers(seat, say)
    if proxy:
        marks.append(say.text("seats.proxy", seat=plain(proxy, 40)))
    name = " ".join(part for part in (flag(seat.country), plain(seat.shown, _NAME_LIMIT)) if part)
    return " · ".join((name, *marks))
