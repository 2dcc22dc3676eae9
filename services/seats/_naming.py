"""What seats are called: no two that sit look alike, but for a delegation and a person whom their mark tells apart."""

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
    """The names of the members who sit in a council with seats of their own."""

    def __init__(self, names: Iterable[str]) -> None:
        self._looks = Counter(look for name in names for look in looks(name))

    @classmethod
    async def of(cls, uow: UnitOfWork, council: CouncilId) -> "OwnNames":
        """As they are in the running transaction, in which the record is locked: nobody is seated meanwhile."""
        names = await uow.seats.own_names(council)
        await _look_at(names)
        return cls(names)

    def told_apart(self, name: str) -> str:
        """The name for one who sits down now: with a number where another's looks like it."""
        if self._is_free(name):
            return name
        numbered = (f"{name[: NAME_LIMIT - len(end)].rstrip()}{end}" for end in (f" ({n})" for n in count(2)))
        return next(filter(self._is_free, numbered))

    def add(self, name: str) -> None:
        """Somebody sits under that name from now on."""
        self._looks.update(looks(name))

    def _is_free(self, name: str) -> bool:
        return not any(self._looks[look] for look in looks(name))


def name_of_own(person: PersonId, name: str) -> str:
    """A seat of one's own goes by one's display name, as far as it fits; where that shows nothing, by one's id."""
    shown = " ".join(name.split())[:NAME_LIMIT]
    return shown if shows(shown) else str(person)


async def require_free_names(uow: UnitOfWork, council: Council, delegations: Sequence[Delegation]) -> None:
    """Raises SeatExists where a name or a country would sit twice, or two names would look alike."""
    sitting = await _sitting_in(uow, council)
    for one in delegations:
        other = sitting.find(one.name, one.country)
        if other is not None:
            raise SeatExists(seat=other.shown, given=one.name, alike=other.alike)
        sitting.add(one.name, one.country)


async def clashes(uow: UnitOfWork, council: Council, lines: Sequence[SeatingLine]) -> tuple[SeatingFault, ...]:
    """What of a seating that could be read does not go with who sits here already, with itself, or with who may not."""
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
    """Find out what these names look like, which is remembered, with turns for whoever waits."""
    async for name in in_turns(names):
        looks(name)


class _Found(NamedTuple):
    """A seat as it is shown; `alike`: its name is another, and only looks the same."""

    shown: str
    alike: bool


class _Sitting:
    """Seats by what no other may be called or look like, and by country."""

    def __init__(self, seats: Iterable[Seat]) -> None:
        self._looks: dict[str, tuple[str, SeatKind]] = {}
        self._countries: dict[str, str] = {}
        # A delegation that is in the way is named before a person of that name.
        for seat in sorted(seats, key=lambda seat: seat.kind is SeatKind.PERSON):
            self.add(seat.name, seat.country, kind=seat.kind)

    def add(self, name: str, country: str | None, *, kind: SeatKind = SeatKind.DELEGATION) -> None:
        for look in looks(name):
            self._looks.setdefault(look, (name, kind))
        if country is not None:
            self._countries.setdefault(country, name)

    def find(self, name: str, country: str | None) -> _Found | None:
        """The seat that is in the way of a delegation of that name and country."""
        found = next((self._looks[look] for look in looks(name) if look in self._looks), None)
        if found is not None:
            other, kind = found
            return _Found(shown_name(other, kind), kind is SeatKind.PERSON or same_name(other) != same_name(name))
        return _Found(self._countries[country], False) if country in self._countries else None
