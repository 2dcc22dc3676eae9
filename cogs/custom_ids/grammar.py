"""How the ids of buttons, menus and forms are written and read (ARCHITECTURE, decision 8).

An id reads `cmt:<grammar>:<noun>:<field>:<field>…`. The fields carry all that an item knows, so that every button works
after a restart. Whoever changes what a noun's fields mean raises GRAMMAR: older ids are then answered as out of date.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from types import NoneType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NewType,
    Self,
    TypeVar,
    cast,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
)

from cogs import limits

PREFIX = "cmt"
GRAMMAR = 1
NUMBER = "[0-9]{1,18}"
"""Below 2^63, so that every database takes it; longer ones are answered as out of date."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Written:
    """What may stand in a field, where its type alone does not say so: a regular expression, or one of some words."""

    expression: str
    words: tuple[str, ...] = ()


def one_of(words: Iterable[str]) -> Written:
    """One of these words."""
    listed = tuple(words)
    return Written("|".join(map(re.escape, listed)), listed)


KEY = Written("[A-Za-z0-9._-]{1,60}")
SNOWFLAKE = Written("[0-9]{1,20}")
"""Discord's own ids, which are longer than ours."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind of ids, as its type says. `optional`: it may be left out, so that ids from before it was
    added stay valid; then it is the last."""

    name: str
    type: Any
    written: Written
    read: Callable[[str], Any]
    optional: bool

    @property
    def pattern(self) -> str:
        group = f":(?P<{self.name}>{self.written.expression})"
        return f"(?:{group})?" if self.optional else group

    @classmethod
    def of(cls, name: str, annotation: Any) -> Self:
        """Raises TypeError for a type that no id can carry."""
        parts = [part for part in get_args(annotation) if part is not NoneType]
        optional = NoneType in get_args(annotation)
        kind = parts[0] if optional else annotation
        plain, *written = get_args(kind) if get_origin(kind) is Annotated else (kind,)
        form, read = _form(plain)
        return cls(name, plain, written[0] if written else form, read, optional)


def _form(kind: Any) -> tuple[Written, Callable[[str], Any]]:
    """How a type is written, and what reads it."""
    if get_origin(kind) is Literal:
        return one_of(get_args(kind)), str
    if isinstance(kind, NewType):
        return _form(kind.__supertype__)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return one_of(word.value for word in kind), kind
    if kind is int:
        return Written(NUMBER), int
    if kind is str:
        return KEY, str
    raise TypeError(f"no id carries {kind!r}")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class CustomId:
    """An id of a button, menu or form. Each kind is a frozen dataclass with a noun of its own; `str()` writes it."""

    noun: ClassVar[str]
    fields: ClassVar[tuple[Field, ...]]
    pattern: ClassVar[re.Pattern[str]]

    def __init_subclass__(cls, *, noun: str) -> None:
        dataclass(frozen=True, kw_only=True)(cls)
        hints = get_type_hints(cls, include_extras=True)
        cls.noun = noun
        cls.fields = tuple(Field.of(name, hints[name]) for name in cls.__annotations__)
        written = "".join(field.pattern for field in cls.fields)
        cls.pattern = re.compile(f"{PREFIX}:{GRAMMAR}:{re.escape(noun)}{written}")

    def __str__(self) -> str:
        """Raises ValueError where a value is none that the kind can carry."""
        text = f"{PREFIX}:{GRAMMAR}:{self.noun}"
        for field in self.fields:
            value = getattr(self, field.name)
            if value is not None or not field.optional:
                text += f":{value}"
        if len(text) > limits.CUSTOM_ID or not self.pattern.fullmatch(text):
            raise ValueError(f"{text!r} is no id of {self.noun}")
        return text

    @classmethod
    def parse(cls, custom_id: str) -> Self | None:
        """The id that was written so; None where it is none of this kind's."""
        match = cls.pattern.fullmatch(custom_id)
        if match is None:
            return None
        found = {field.name: field.read(text) for field in cls.fields if (text := match[field.name]) is not None}
        return cls(**found)

    @classmethod
    def may_name(cls, name: str) -> bool:
        """Whether the kind has that field, and an id may do without it."""
        return any(field.name == name and field.optional for field in cls.fields)

    def changed(self, **values: object) -> Self:
        """The same id but for these fields."""
        return replace(cast(Any, self), **values)

    def named(self, kind: Callable[[int], Value]) -> Value | None:
        """What the id names of that type (`RoundId`); None where it names no such thing."""
        return next((cast(Value, getattr(self, field.name)) for field in self.fields if field.type is kind), None)


def noun_of(custom_id: str) -> str:
    """The noun of an id of ours, which says what was used and nothing about anybody; "" for any other."""
    noun, _ = _split(custom_id)
    return noun


def values_in(custom_id: str, kind: type[CustomId]) -> Iterator[tuple[Field, str]]:
    """The fields of an id with that kind's noun, as they are written, in any grammar that kept their order."""
    _, values = _split(custom_id)
    yield from zip(kind.fields, values, strict=False)


def _split(custom_id: str) -> tuple[str, list[str]]:
    """The noun and what follows it. "" and nothing for any other's id."""
    prefix, _, rest = custom_id.partition(":")
    if prefix != PREFIX or ":" not in rest:
        return "", []
    _, noun, *values = rest.split(":")
    return noun, values
