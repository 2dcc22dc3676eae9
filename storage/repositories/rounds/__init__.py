"""Rounds, their rulings, roll calls and schedules."""

from .roll_calls import RollCalls
from .rounds import Rounds
from .rulings import Rulings
from .schedules import Schedules

__all__ = ["RollCalls", "Rounds", "Rulings", "Schedules"]
