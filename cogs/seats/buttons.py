"""The buttons of seats."""

from cogs.custom_ids.seats import FillSeats, PickSeating, RemoveSeat, TakeSeat, TurnSeats
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Picked, Tap
from cogs.showing.countries import country_names

from .listing import render_seats
from .receipts import render_filled, render_removed, render_taken

routes = Routes()


@routes.button(TakeSeat)
async def take_seat(tap: Tap[TakeSeat]) -> None:
    """Takes a seat, with one tap."""
    receipt = await tap.services.seats.take(tap.channel, tap.actor)
    await tap.reply(render_taken(receipt, tap.say))


@routes.button(TurnSeats)
async def turn_seats(tap: Tap[TurnSeats]) -> None:
    """Shows a page of the list: in place of another page, else as an answer of its own."""
    seats = await tap.services.seats.list_in(tap.channel, tap.actor)
    await tap.reply(render_seats(seats, tap.id.page, tap.say), edit=tap.own)


@routes.button(FillSeats, for_chairs=True)
async def fill_seats(tap: Tap[FillSeats]) -> None:
    """Seats the ready-made seating that the button names."""
    await fill(tap, tap.id.seating)


@routes.menu(PickSeating, for_chairs=True)
async def fill_picked(tap: Picked[PickSeating]) -> None:
    """Seats the ready-made seating that was chosen."""
    await fill(tap, tap.chosen)


@routes.button(RemoveSeat, for_chairs=True)
async def remove_seat(tap: Tap[RemoveSeat]) -> None:
    """Removes the seat that the confirmation spoke of."""
    receipt = await tap.services.seating.remove(tap.channel, tap.actor, tap.id.seat)
    await tap.reply(render_removed(receipt, tap.say), edit=True)


async def fill(request: Request, seating: str) -> None:
    """Seat a ready-made seating, with its countries named in the council's language."""
    council = await request.services.councils.in_channel(request.channel)
    names = country_names(council.language)
    receipt = await request.services.seating.fill(request.channel, request.actor, seating, names)
    await request.reply(render_filled(receipt, request.say))
