"""Ids of what is done with seats."""

from deliberation.ids import CouncilId, SeatId

from .grammar import CustomId


class TakeSeat(CustomId, noun="seat-take"):
    """Takes a seat."""

    council: CouncilId


class TurnSeats(CustomId, noun="seats"):
    """To a page of the seats."""

    council: CouncilId
    page: int


class FillSeats(CustomId, noun="seat-fill"):
    """Seats a ready-made seating."""

    council: CouncilId
    seating: str


class PickSeating(CustomId, noun="seat-fill-pick"):
    """A menu of ready-made seatings."""

    council: CouncilId


class RemoveSeat(CustomId, noun="seat-remove"):
    """Removes a seat."""

    seat: SeatId


class ImportSeats(CustomId, noun="seat-import"):
    """Opens the form into which a list of seats is pasted."""

    council: CouncilId


class ImportForm(CustomId, noun="seat-import-form"):
    """Seats what was pasted."""

    council: CouncilId
