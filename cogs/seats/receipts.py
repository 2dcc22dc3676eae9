"""What is answered about seats: taken, left, added, changed, removed, and given a proxy."""

import discord
from discord import ui

from cogs.custom_ids.ballots import OpenDocket
from cogs.custom_ids.issues import Propose
from cogs.custom_ids.seats import RemoveSeat, TakeSeat, TurnSeats
from cogs.showing import parts
from cogs.showing.formatting import flag, moment, plain
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.ids import SeatId
from deliberation.rounds import RoundStatus
from deliberation.seats import NoSuchSeat, Seat, SeatKind
from services.ballots import ProxyReceipt
from services.seats import SeatList, SeatReceipt, SeatsReceipt

NAMES_SHOWN = 30


def render_taken(receipt: SeatReceipt, say: Localizer) -> ui.LayoutView:
    """The seat, and from when on it votes."""
    head = say.text("seat.taken", seat=named(receipt.seat), council=plain(receipt.council.name))
    round_ = receipt.round
    if round_ is None or round_.status is not RoundStatus.OPEN:
        what_next = say.text("seat.taken.next_round")
        propose = str(Propose(council=receipt.council.id))
        button = parts.Button(label=say.text("seat.propose"), custom_id=propose)
    else:
        closes = moment(round_.closes_at)
        what_next = say.text("seat.taken.vote_now", number=round_.number, closes=closes)
        vote = str(OpenDocket(round=round_.id))
        button = parts.Button(style=discord.ButtonStyle.primary, label=say.text("seat.vote"), custom_id=vote)
    return panel(f"{head}\n{what_next}", rows=[[button]])


def render_left(receipt: SeatReceipt, say: Localizer) -> ui.LayoutView:
    """That the seat is given up, and what becomes of its ballots."""
    key = "seat.left" if receipt.seat.kind is SeatKind.PERSON else "seat.left.delegation"
    lines = [say.text(key, seat=named(receipt.seat), council=plain(receipt.council.name))]
    if receipt.round is not None:
        lines.append(say.text("seat.left.round", number=receipt.round.number))
    rows: list[list[parts.Item]] = []
    if receipt.council.rules.open_seating:
        take = str(TakeSeat(council=receipt.council.id))
        rows.append([parts.Button(label=say.text("seat.take_again"), custom_id=take)])
    return panel("\n".join(lines), rows=rows)


def render_added(receipt: SeatsReceipt, say: Localizer) -> ui.LayoutView:
    """The seats that were added, by name as far as they fit, and from when on they vote."""
    names = [named(seat) for seat in receipt.seats[:NAMES_SHOWN]]
    lines = [say.plural("seat.added", len(receipt.seats)), say.list_of(names)]
    if len(receipt.seats) > NAMES_SHOWN:
        lines.append(say.plural("seat.added.more", len(receipt.seats) - NAMES_SHOWN))
    lines.append(f"-# {_when_it_counts(receipt, say)}")
    return panel("\n".join(lines), rows=[[_show_seats(receipt, say)]])


def render_filled(receipt: SeatsReceipt, say: Localizer) -> ui.LayoutView:
    """A whole seating: how many sit, who has a veto, and how delegations come to their seats."""
    lines = [say.plural("seat.filled", len(receipt.seats))]
    if vetoes := [named(seat) for seat in receipt.seats if seat.veto]:
        lines.append(say.text("seat.filled.vetoes", seats=say.list_of(vetoes)))
    if any(seat.weight != 1 for seat in receipt.seats):
        lines.append(say.text("seat.filled.weights"))
    lines.append(say.text("seat.filled.claims"))
    if receipt.seating_closed:
        lines.append(say.text("seat.filled.closed"))
    return panel("\n".join(lines), rows=[[_show_seats(receipt, say)]])


def render_nothing_named(say: Localizer) -> ui.LayoutView:
    """That an added seat needs a country, a name or a member."""
    return panel(say.text("seat.add.nothing"))


def render_assigned(receipt: SeatsReceipt, member: str, say: Localizer, *, removed: bool) -> ui.LayoutView:
    """Who holds the seat now."""
    [seat] = receipt.seats
    key = "seat.unassigned" if removed else "seat.assigned"
    return panel(say.text(key, member=member, seat=named(seat)) + f"\n-# {say.plural('seat.held', len(seat.holders))}")


def render_changed(receipt: SeatsReceipt, say: Localizer) -> ui.LayoutView:
    """What the seat is from now on."""
    [seat] = receipt.seats
    marks = say.list_of(powers(seat, say)) if powers(seat, say) else say.text("seats.plain")
    return panel(f"{say.text('seat.changed', seat=named(seat), powers=marks)}\n-# {_when_it_counts(receipt, say)}")


def ask_removal(listed: SeatList, meant: SeatId, say: Localizer, *, running: bool) -> ui.LayoutView:
    """What removing the seat would do, and the button that does it. Raises NoSuchSeat."""
    seat = next((seat for seat in listed.seats if seat.id == meant), None)
    if seat is None:
        raise NoSuchSeat(given=str(meant))
    lines = [say.text("seat.remove.ask", seat=named(seat)), say.plural("seat.held", len(seat.holders))]
    if running:
        lines.append(say.text("seat.remove.round"))
    button = parts.Button(
        style=discord.ButtonStyle.danger,
        label=say.text("seat.remove.button"),
        custom_id=str(RemoveSeat(seat=seat.id)),
    )
    return panel("\n".join(lines), rows=[[button]])


def render_removed(receipt: SeatsReceipt, say: Localizer) -> ui.LayoutView:
    """That the seat is gone, and until when it still votes."""
    [seat] = receipt.seats
    lines = [say.text("seat.removed", seat=named(seat))]
    if receipt.round is not None:
        lines.append(say.text("seat.removed.round", number=receipt.round.number))
    return panel("\n".join(lines))


def render_barred(receipt: SeatsReceipt, member: str, say: Localizer, *, lifted: bool) -> ui.LayoutView:
    """Whether the member may hold a seat, and from when on not."""
    if lifted:
        return panel(say.text("seat.unbarred", member=member))
    lines = [say.text("seat.barred", member=member)]
    if receipt.seats:
        names = say.list_of(named(seat) for seat in receipt.seats)
        key = "seat.barred.now" if receipt.round is None else "seat.barred.later"
        lines.append(say.text(key, seats=names))
    return panel("\n".join(lines))


def render_proxy(receipt: ProxyReceipt, say: Localizer) -> ui.LayoutView:
    """Who votes for whom, on what, and when it ends."""
    given = say.text("proxy.given", seat=named(receipt.seat), proxy=named(receipt.proxy))
    return panel(f"{given} {_scope(receipt, say)}\n-# {say.text('proxy.own_overrides')}")


def render_proxy_ended(receipt: ProxyReceipt, say: Localizer) -> ui.LayoutView:
    """That nobody votes in the seat's place any more."""
    return panel(say.text("proxy.ended", seat=named(receipt.seat), proxy=named(receipt.proxy)))


def named(seat: Seat) -> str:
    """The seat's name with its flag."""
    return " ".join(part for part in (flag(seat.country), plain(seat.shown)) if part)


def powers(seat: Seat, say: Localizer) -> list[str]:
    """What sets the seat apart from one of weight 1."""
    marks: list[str] = []
    if seat.observer:
        marks.append(say.text("seats.observer"))
    elif seat.weight != 1:
        marks.append(say.text("seats.weight", weight=say.number(seat.weight)))
    if seat.veto:
        marks.append(say.text("seats.veto"))
    if not seat.may_abstain:
        marks.append(say.text("seats.present_and_voting"))
    return marks


def _scope(receipt: ProxyReceipt, say: Localizer) -> str:
    if receipt.issue is not None:
        return say.text("proxy.issue", number=receipt.issue.number)
    if receipt.round is None:
        return say.text("proxy.next_round")
    return say.text("proxy.round", number=receipt.round.number)


def _when_it_counts(receipt: SeatsReceipt, say: Localizer) -> str:
    if receipt.round is None:
        return say.text("seat.counts.next")
    return say.text("seat.counts.after", number=receipt.round.number)


def _show_seats(receipt: SeatsReceipt, say: Localizer) -> parts.Button:
    return parts.Button(label=say.text("seat.show"), custom_id=str(TurnSeats(council=receipt.council.id, page=0)))
