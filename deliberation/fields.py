"""What a dataclass's fields say about themselves: the type that each resolves to, and the notes beside it.

A note is part of the field's type, `docket_limit: Annotated[int, Within(1, 25)]`. The check of ranges, the codec and
the forms read it there, so that a setting has one home.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Generic, NamedTuple, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Bound = TypeVar("Bound", int, Fraction, timedelta)
Note = TypeVar("Note")


@dataclass(frozen=True, slots=True)
class Within(Generic[Bound]):
    """The range of a number or a length of time; for several values, the range of how many there are.

    Both ends belong to it, except the lower one where `above` is set. `setting`: what refusals call the field, its name
    if empty.
    """

    least: Bound
    most: Bound
    above: bool = False
    setting: str = ""

    def holds(self, given: Bound) -> bool:
        return (self.least < given if self.above else self.least <= given) and given <= self.most


@dataclass(frozen=True, slots=True)
class Since:
    """The first format of stored data that has the field. Data of an earlier format is read with the field's default,
    which must therefore be what applied before the field existed."""

    format: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A mapping that is stored as a list of objects, with its keys and its values under these names."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Called:
    """What stored data, forms and sentences call the field, where the code has a better word for it."""

    name: str


class Kind(NamedTuple):
    """A type taken apart: the type itself (`bare`), whether None is one of its values too (`optional`), and its
    notes."""

    bare: Any
    optional: bool
    notes: tuple[object, ...]

    def note(self, wanted: type[Note]) -> Note | None:
        """The note of that class, if there is one."""
        return next((note for note in self.notes if isinstance(note, wanted)), None)

    @property
    def within(self) -> Within[Any] | None:
        """The range, if there is one."""
        return cast("Within[Any] | None", self.note(Within))


@cache
def fields_of(holder: type) -> Mapping[str, Kind]:
    """The dataclass's fields in their order. Raises TypeError for one that may be of several types."""
    hints = get_type_hints(holder, include_extras=True)
    return {one.name: kind_of(hints[one.name]) for one in dataclasses.fields(holder)}


@cache
def names_of(holder: type) -> Mapping[str, str]:
    """The names of the dataclass's fields in their order, by what data, forms and sentences call each."""
    notes = {name: kind.note(Called) for name, kind in fields_of(holder).items()}
    return {name if note is None else note.name: name for name, note in notes.items()}


def kind_of(hint: Any) -> Kind:
    """What the type hint says. Raises TypeError for a union other than with None."""
    optional, notes = False, list[object]()
    while True:
        match get_origin(hint):
            case origin if origin is Annotated:
                hint, *more = get_args(hint)
                notes += more
            case origin if origin in (Union, UnionType):
                others = [one for one in get_args(hint) if one is not NoneType]
                if len(others) > 1:
                    raise TypeError(f"{hint} may be of several types")
                hint, optional = others[0], True
            case _:
                return Kind(hint, optional, tuple(notes))


@cache
def ranges_of(holder: type) -> Mapping[str, Within[Any]]:
    """The ranges of the dataclass's fields that have one, by name."""
    return {name: kind.within for name, kind in fields_of(holder).items() if kind.within is not None}
