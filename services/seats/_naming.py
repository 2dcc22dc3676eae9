"""The names of seats: no two sitting seats look alike, except a delegation and a person, which a mark distinguishes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from deliberation.councils import Council
from deliberation.ids import CouncilId, PersonId
from deliberation.seats import Seat, SeatExists, SeatKind, same_name, shown_name
from deliberation.seats.seatings import MOST_FAULTS, SeatingFault, SeatingLine
from deliberation.texts import NAME_LIMIT
from deliberation.texts.invisible import shows
from services.ports import Delegation, UnitOfWork, in_turns

from ._looks import looks
from ._recognising import barred_of


class OwnNames:
    """The names of the members who have seats of their own in a council."""

    def __init__(self, names: Iterable[str]) -> None:
        self._looks = Counter(look for name in names for look in looks(name))

    @classmethod
    async def of(cls, uow: UnitOfWork, council: CouncilId) -> "OwnNames":
        """The names as they are in the running transaction. It has locked the record, so nobody is seated meanwhile."""
        names = await uow.seats.own_names(council)
        await _look_at(names)
        return cls(names)

    def told_apart(self, name: str) -> str:
        """The name for a member who takes a seat now, with a number where another name looks like it."""
        if self._is_free(name):
            return name
        numbered = (f"{name[: NAME_LIMIT - len(end)].rstrip()}{end}" for end in (f" ({n})" for n in count(2)))
        return next(filter(self._is_free, numbered))

    def add(self, name: str) -> None:
        """Note that a member has that name from now on."""
        self._looks.update(looks(name))

    def _is_free(self, name: str) -> bool:
        return not any(self._looks[look] for look in looks(name))


def name_of_own(person: PersonId, name: str) -> str:
    """The name of a person's own seat: their display name, as far as it fits, or their id where that name shows
    nothing."""
    shown = " ".join(name.split())[:NAME_LIMIT]
    return shown if shows(shown) else str(person)


async def require_free_names(uow: UnitOfWork, council: Council, delegations: Sequence[Delegation]) -> None:
    """Raises SeatExists where two seats would have the same name or country, or names that look alike."""
    sitting = await _sitting_in(uow, council)
    for one in delegations:
        other = sitting.find(one.name, one.country)
        if other is not None:
            raise SeatExists(seat=other.shown, given=one.name, alike=other.alike)
        sitting.add(one.name, one.country)


async def clashes(uow: UnitOfWork, council: Council, lines: Sequence[SeatingLine]) -> tuple[SeatingFault, ...]:
    """The lines of a readable seating that conflict: with sitting seats, with each other, or because they name a barred
    member."""
    await _look_at(one.name for one in lines)
    sitting, listed = await _sitting_in(uow, council), _Sitting(())
    barred = await barred_of(uow, council, (person for one in lines for person in one.members))
    faults: list[SeatingFault] = []
    for one in lines:
        if (taken := sitting.find(one.name, one.country)) is not None:
            faults.append(SeatingFault(one.line, "looks_taken" if taken.alike else "sits_already", taken.shown))
        if (earlier := listed.find(one.name, one.country)) is not None:
            faults.append(SeatingFault(one.line, "looks_like_line", earlier.shown))
        if barred.intersection(one.members):
            faults.append(SeatingFault(one.line, "barred", one.name))
        listed.add(one.name, one.country)
    return tuple(faults[:MOST_FAULTS])


async def _sitting_in(uow: UnitOfWork, council: Council) -> "_Sitting":
    seats = await uow.seats.list_in(council.id)
    await _look_at(seat.name for seat in seats)
    return _Sitting(seats)


async def _look_at(names: Iterable[str]) -> None:
    """Compute the skeletons of these names, so that they are remembered; other work has its turn in between."""
    async for name in in_turns(names):
        looks(name)


class _Found(NamedTuple):
    """A seat as it is shown; `alike`: its name is a different one that only looks the same."""

    shown: str
    alike: bool


class _Sitting:
    """Seats by name, by skeleton and by country, none of which another seat may share."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        self._looks: dict[str, tuple[str, SeatKind]] = {}
        self._countries: dict[str, str] = {}
        # If both a delegation and a person are in the way, the delegation is reported.
        for seat in sorted(seats, key=lambda seat: seat.kind is SeatKind.PERSON):
            self.add(seat.name, seat.country, kind=seat.kind)

    def add(self, name: str, country: str | None, *, kind: SeatKind = SeatKind.DELEGATION) -> None:
        for look in looks(name):
            self._looks.setdefault(look, (name, kind))
        if country is not None:
            self._countries.setdefault(country, name)

    def find(self, name: str, country: str | None) -> _Found | None:
        """The seat that is in the way of a delegation of that name and country, if any."""
        found = next((self._looks[look] for look in looks(name) if look in self._looks), None)
        if found is not None:
            other, kind = found
            return _Found(shown_name(other, kind), kind is SeatKind.PERSON or same_name(other) != same_name(name))
        return _Found(self._countries[country], False) if country in self._countries else None
