"""Seats: who has one and by whom it was given, under what name, and who votes for which seat."""

from ._holders import Holder, holder_of, late_since, require_in_time, shut_out, voting_seat
from ._leaving import give_up, release_barred
from ._naming import OwnNames
from ._recognising import recognisable
from ._taking import enter_taken, own_or_former_seat, returned, take_seat
from .seating import SeatingService
from .service import SeatService
from .views import SeatList, SeatReceipt, SeatsNotice, SeatsReceipt

__all__ = [
    "Holder",
    "OwnNames",
    "SeatList",
    "SeatReceipt",
    "SeatService",
    "SeatingService",
    "SeatsNotice",
    "SeatsReceipt",
    "enter_taken",
    "give_up",
    "holder_of",
    "late_since",
    "own_or_former_seat",
    "recognisable",
    "release_barred",
    "require_in_time",
    "returned",
    "shut_out",
    "take_seat",
    "voting_seat",
]
