"""A member's own docket: what still lacks a ballot comes first, and the first of it is ready to be voted on."""

from discord import ui

from cogs.showing import parts
from cogs.showing.docket_menu import docket_menu
from cogs.showing.formatting import plain, position_icon, when
from cogs.showing.localizer import Localizer
from deliberation.ids import SeatId
from services.issues import CardView
from services.rounds import DocketLine, RoundView

from .ballot import ballot_box

TITLE_SHOWN = 60
NOT_VOTED = "▫️"
VOTED = "☑️"
"""A secret ballot: that it was cast, and not what it says."""
EARLIER = "🔒"
"""A ballot that the seat cast before the member came to it."""


def missing(view: RoundView) -> list[DocketLine]:
    """The lines that lack the viewer's ballot, in the docket's order."""
    return [line for line in view.lines if not line.voted and not line.entry.withdrawn]


def render_docket(view: RoundView, first: CardView | None, say: Localizer) -> ui.LayoutView:
    """The docket: the ballot of the `first` missing issue, then the list of the others and a menu to open any of it."""
    message = ui.LayoutView(timeout=None)
    left = left_note(len(missing(view)), len(_votable(view)), say)
    if first is not None:
        message.add_item(ballot_box(first, say, note=left, seat=seat_named(view)))
    box = parts.Container(parts.TextDisplay("\n".join(_list_lines(view, first, left, say))))
    menu = docket_menu(view, say, own=True, seat=seat_named(view))
    if menu is not None:
        box.add_item(parts.ActionRow(menu))
    message.add_item(box)
    message.stop()
    return message


def seat_named(view: RoundView) -> SeatId | None:
    """The seat that the docket's buttons name: only a member with several needs it."""
    return view.seat.id if view.seat is not None and len(view.seats) > 1 else None


def left_note(left: int, of: int, say: Localizer) -> str:
    """How much is left to vote on: "3 of 7 left"."""
    return say.text("docket.left", left=say.number(left), of=say.number(of))


def _votable(view: RoundView) -> list[DocketLine]:
    return [line for line in view.lines if not line.entry.withdrawn]


def _list_lines(view: RoundView, first: CardView | None, left: str, say: Localizer) -> list[str]:
    small = [say.text("docket.closes", left=when(view.round.closes_at, "R")), left]
    if view.seat is not None:
        small.insert(0, plain(view.seat.shown, 80))
    lines = [say.text("docket.title", round=view.round.number), f"-# {' · '.join(small)}"]
    if view.seat is None and view.round.rules.open_seating:
        lines.append(f"-# {say.text('docket.no_seat')}")
    if not missing(view):
        lines.append(say.text("docket.complete"))
    return lines + [_line(line) for line in _votable(view) if first is None or line.entry.issue != first.issue.id]


def _line(line: DocketLine) -> str:
    icon = (
        NOT_VOTED
        if not line.voted
        else EARLIER
        if line.earlier
        else VOTED
        if line.ballot is None
        else position_icon(line.ballot.position)
    )
    return f"-# {icon} **#{line.entry.number}** {plain(line.entry.title, TITLE_SHOWN)}"
