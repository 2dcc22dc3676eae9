"""The forms of values in plain data: of simple values, choices, lists and mappings.

Reading raises DataUnreadable, whose `what` begins at the value's own place.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from enum import Enum
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple, TypeVar, cast

from deliberation.errors import DomainError
from deliberation.fields import Listed
from deliberation.texts.durations import whole_seconds

Plain = dict[str, Any]
Read = Callable[[object], Any]
Write = Callable[[Any], Any]
T = TypeVar("T")


class DataUnreadable(DomainError):
    """Stored data is not what it should be. Parameter: `what`, the place in it and the value there."""

    code: ClassVar[str] = "data_unreadable"

    def inside(self, place: str) -> None:
        """Put `place` before the place named so far: it is the next one outwards."""
        self.params["what"] = f"{place}{self.params['what']}"


class Form(NamedTuple):
    """How the values of one type are written as plain data, and read from it."""

    write: Write
    read: Read


def as_it_is(value: T) -> T:
    """How a value that is plain data already is written."""
    return value


def or_none(form: Form) -> Form:
    """The form of values that may be missing."""

    def write(value: Any) -> Any:
        return None if value is None else form.write(value)

    def read(data: object) -> Any:
        return None if data is None else form.read(data)

    return Form(as_it_is if form.write is as_it_is else write, read)


def words_of(kind: type[Enum]) -> Form:
    """A choice as its word: its value if that is text, else its name in lower case."""
    words = {member: member.value if isinstance(member, str) else member.name.lower() for member in kind}
    members = {word: member for member, word in words.items()}

    def read(data: object) -> Enum:
        member = members.get(_text(data))
        if member is None:
            raise DataUnreadable(what=f": {data}")
        return member

    return Form(words.__getitem__, read)


def items_of(form: Form) -> Form:
    """Several values as a list."""
    write_one, read_one = form

    def write(values: Iterable[Any]) -> list[Any]:
        return [write_one(value) for value in values]

    def read(data: object) -> tuple[Any, ...]:
        if not isinstance(data, list):
            raise DataUnreadable(what=f": {_type_of(data)}")
        found: list[Any] = []
        try:
            for one in cast("list[object]", data):
                found.append(read_one(one))
        except DataUnreadable as error:
            error.inside(f"[{len(found)}]")
            raise
        return tuple(found)

    return Form(write, read)


def by_choice(kind: type[Enum], form: Form) -> Form:
    """A mapping with every choice as a key: an object with a key for each, in the order of the choices."""
    write_key = words_of(kind).write
    members = {write_key(member): member for member in kind}
    readers = dict.fromkeys(members, form.read)

    def write(value: Mapping[Enum, Any]) -> Plain:
        return {word: form.write(value[member]) for word, member in members.items()}

    def read(data: object) -> dict[Enum, Any]:
        return {members[word]: one for word, one in read_object(data, readers).items()}

    return Form(write, read)


def by_text(form: Form) -> Form:
    """A mapping with text as keys: an object, its keys in ascending order."""

    def write(value: Mapping[str, Any]) -> Plain:
        return {key: form.write(value[key]) for key in sorted(value)}

    def read(data: object) -> dict[str, Any]:
        given = an_object(data)
        return {_text(key): one for key, one in read_object(given, dict.fromkeys(given, form.read)).items()}

    return Form(write, read)


def listed_as(names: Listed, keys: Form, values: Form) -> Form:
    """A mapping as a list of objects, in ascending order of its keys, each key once."""
    readers = {names.key: keys.read, names.value: values.read}

    def read_pair(data: object) -> tuple[Any, Any]:
        pair = read_object(data, readers)
        return pair[names.key], pair[names.value]

    pairs = items_of(Form(as_it_is, read_pair))

    def write(value: Mapping[Any, Any]) -> list[Plain]:
        return [{names.key: keys.write(key), names.value: values.write(value[key])} for key in sorted(value)]

    def read(data: object) -> dict[Any, Any]:
        found: tuple[tuple[Any, Any], ...] = pairs.read(data)
        if [key for key, _ in found] != sorted({key for key, _ in found}):
            raise DataUnreadable(what=": order")
        return dict(found)

    return Form(write, read)


def an_object(data: object) -> Plain:
    if not isinstance(data, dict):
        raise DataUnreadable(what=f": {_type_of(data)}")
    return cast("Plain", data)


def read_object(data: object, readers: Mapping[str, Read]) -> Plain:
    """The values of an object with exactly these keys."""
    given = an_object(data)
    if given.keys() != readers.keys():
        missing = [f".{name}: missing" for name in readers if name not in given]
        unknown = [f".{name}: unknown" for name in given if name not in readers]
        raise DataUnreadable(what=[*missing, *unknown][0])
    values: Plain = {}
    name = ""
    try:
        for name, read in readers.items():
            values[name] = read(given[name])
    except DataUnreadable as error:
        error.inside(f".{name}")
        raise
    return values


def whole(data: object) -> int:
    """A whole number; true and false do not count as one."""
    if type(data) is not int:
        raise DataUnreadable(what=f": {_type_of(data)}")
    return data


def _truth(data: object) -> bool:
    if type(data) is not bool:
        raise DataUnreadable(what=f": {_type_of(data)}")
    return data


def _text(data: object) -> str:
    if type(data) is not str:
        raise DataUnreadable(what=f": {_type_of(data)}")
    return data


def _fraction_to_data(fraction: Fraction) -> list[int]:
    return [fraction.numerator, fraction.denominator]


def _fraction(data: object) -> Fraction:
    """Two whole numbers in lowest terms, so that equal fractions are stored alike."""
    parts: tuple[int, ...] = _WHOLES.read(data)
    if len(parts) != 2 or parts[1] <= 0 or _fraction_to_data(fraction := Fraction(*parts)) != [*parts]:
        raise DataUnreadable(what=f": {[*parts]}")
    return fraction


def _seconds(data: object) -> timedelta:
    number = whole(data)
    try:
        return timedelta(seconds=number)
    except OverflowError as error:
        raise DataUnreadable(what=f": {number}") from error


def _type_of(data: object) -> str:
    return type(data).__name__


_WHOLES = items_of(Form(as_it_is, whole))

SIMPLE: Mapping[type, Form] = {
    bool: Form(as_it_is, _truth),
    int: Form(as_it_is, whole),
    str: Form(as_it_is, _text),
    Fraction: Form(_fraction_to_data, _fraction),
    timedelta: Form(whole_seconds, _seconds),
}
