"""Reading plain data strictly: every value has its type, every object exactly its keys, and an error says where."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, TypeVar

from .errors import DomainError

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


class DataUnreadable(DomainError):
    """Stored data is not what it should be. Parameter: `what`, the place in it and what stands there."""

    code: ClassVar[str] = "data_unreadable"


@contextmanager
def reading(where: str) -> Iterator[None]:
    """Values that the procedure itself refuses are unreadable data too."""
    try:
        yield
    except DataUnreadable:
        raise
    except DomainError as error:
        raise DataUnreadable(what=f"{where}: {error}") from error


def fields(data: object, where: str, *names: str) -> Mapping[str, Any]:
    """An object with exactly these keys."""
    if not isinstance(data, dict):
        raise DataUnreadable(what=f"{where}: {_kind(data)}")
    for name in names:
        if name not in data:
            raise DataUnreadable(what=f"{where}.{name}: missing")
    for name in data:
        if name not in names:
            raise DataUnreadable(what=f"{where}.{name}: unknown")
    return data


def items(data: object, where: str, read: Callable[[object, str], T]) -> tuple[T, ...]:
    """A list, each item read in turn."""
    if not isinstance(data, list):
        raise DataUnreadable(what=f"{where}: {_kind(data)}")
    return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(data))


def optional(data: object, where: str, read: Callable[[object, str], T]) -> T | None:
    """None, or a value."""
    return None if data is None else read(data, where)


def whole(data: object, where: str) -> int:
    """A whole number; true and false are none."""
    if isinstance(data, bool) or not isinstance(data, int):
        raise DataUnreadable(what=f"{where}: {_kind(data)}")
    return data


def truth(data: object, where: str) -> bool:
    if not isinstance(data, bool):
        raise DataUnreadable(what=f"{where}: {_kind(data)}")
    return data


def text(data: object, where: str) -> str:
    if not isinstance(data, str):
        raise DataUnreadable(what=f"{where}: {_kind(data)}")
    return data


def one_of(kind: type[E]) -> Callable[[object, str], E]:
    """A reader of one of these words."""

    def read(data: object, where: str) -> E:
        word = text(data, where)
        try:
            return kind(word)
        except ValueError as error:
            raise DataUnreadable(what=f"{where}: {word}") from error

    return read


def fraction_to_data(fraction: Fraction) -> list[int]:
    return [fraction.numerator, fraction.denominator]


def fraction(data: object, where: str) -> Fraction:
    """Two whole numbers in lowest terms, so that equal fractions are stored alike."""
    parts = items(data, where, whole)
    if len(parts) != 2 or parts[1] <= 0 or fraction_to_data(Fraction(parts[0], parts[1])) != list(parts):
        raise DataUnreadable(what=f"{where}: {list(parts)}")
    return Fraction(parts[0], parts[1])


def seconds_to_data(length: timedelta) -> int:
    """Whole seconds. A length that is none is a programming error: it could not be read back."""
    seconds, rest = divmod(length, timedelta(seconds=1))
    if rest:
        raise ValueError(f"{length!r} is not a whole number of seconds")
    return seconds


def seconds(data: object, where: str) -> timedelta:
    number = whole(data, where)
    try:
        return timedelta(seconds=number)
    except OverflowError as error:
        raise DataUnreadable(what=f"{where}: {number}") from error


def _kind(data: object) -> str:
    return type(data).__name__
