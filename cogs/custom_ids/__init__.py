"""The ids of buttons, menus and forms: each kind is a dataclass, by which it is built and parsed (`grammar`)."""

from . import ballots, councils, issues, people, rounds, seats
from .grammar import CustomId

_SUBJECTS = (councils, seats, issues, ballots, rounds, people)


def kinds() -> tuple[type[CustomId], ...]:
    """Every kind of id, by noun."""
    found = {
        value
        for subject in _SUBJECTS
        for value in vars(subject).values()
        if isinstance(value, type) and issubclass(value, CustomId) and value is not CustomId
    }
    return tuple(sorted(found, key=lambda kind: kind.noun))
