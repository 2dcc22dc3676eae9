"""Values as plain data, for storage, hashing and exports, and back again, by the fields of their dataclasses.

Plain data is what JSON has: dict, list, str, int, bool and None. A dataclass becomes an object with a key for each
field; a fraction, `[numerator, denominator]` in lowest terms; a length of time, whole seconds; a choice, its word.
Reading is strict: every value has its type, every object exactly its keys, and an error names the place. Reading what
was written gives an equal value, and writing what was read gives the same data.

Keys and words are part of stored records. A field that was added later says so (`fields.Since`): data stored before,
under the number of an earlier format, is read with the field's default.
"""

from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import cache, partial
from typing import Any, NamedTuple, NewType, TypeGuard, TypeVar, get_args, get_origin

from deliberation.codec import _forms as forms
from deliberation.errors import DomainError
from deliberation.fields import Kind, Listed, Since, fields_of, kind_of, names_of
from deliberation.rules import Rules
from deliberation.rulings import Ruling
from deliberation.rulings.standings import Standing

from ._forms import DataUnreadable, Form, Plain

__all__ = [
    "DataUnreadable",
    "Plain",
    "from_data",
    "from_stored",
    "newest_format",
    "rules_from_data",
    "rules_to_data",
    "ruling_from_data",
    "ruling_to_data",
    "standing_to_data",
    "to_data",
    "to_stored",
]

T = TypeVar("T")


def rules_to_data(rules: Rules) -> Plain:
    return to_stored(rules)


def rules_from_data(data: object) -> Rules:
    """Raises DataUnreadable, also for settings that no rules may have."""
    return from_stored(Rules, data)


def ruling_to_data(ruling: Ruling) -> Plain:
    return to_stored(ruling)


def ruling_from_data(data: object) -> Ruling:
    """Raises DataUnreadable."""
    return from_stored(Ruling, data)


def standing_to_data(standing: Standing) -> Plain:
    return to_data(standing)


def to_data(value: object) -> Plain:
    """The dataclass as plain data. Raises ValueError for a length that is no whole number of seconds."""
    return _write_record(type(value), value)


def from_data(kind: type[T], data: object) -> T:
    """The dataclass that `to_data` wrote. Raises DataUnreadable, also for values that the dataclass refuses."""
    try:
        return _read_record(kind, newest_format(kind), data)
    except DataUnreadable as error:
        error.inside(kind.__name__.lower())
        raise


def to_stored(value: object) -> Plain:
    """As `to_data`, with the number of the format, so that later versions can read it too."""
    return {"format": newest_format(type(value)), **to_data(value)}


def from_stored(kind: type[T], data: object) -> T:
    """The dataclass that `to_stored` wrote, in this or an earlier format. Raises as `from_data`."""
    try:
        fields = dict(forms.an_object(data))
        return _read_record(kind, _format(kind, fields), fields)
    except DataUnreadable as error:
        error.inside(kind.__name__.lower())
        raise


def _format(kind: type, fields: Plain) -> int:
    """The number of the format, which is removed from the fields."""
    if "format" not in fields:
        raise DataUnreadable(what=".format: missing")
    try:
        number = forms.whole(fields.pop("format"))
    except DataUnreadable as error:
        error.inside(".format")
        raise
    if not 1 <= number <= newest_format(kind):
        raise DataUnreadable(what=f".format: {number}")
    return number


@cache
def newest_format(kind: type) -> int:
    """The latest format that added a field to the dataclass or to one inside it; 1 where none did."""
    return max((note.format for note in _since(kind_of(kind), set())), default=1)


def _since(kind: Kind, seen: set[Any]) -> Iterator[Since]:
    yield from (note for note in kind.notes if isinstance(note, Since))
    if kind.bare in seen:
        return
    seen.add(kind.bare)
    inner = fields_of(kind.bare).values() if is_dataclass(kind.bare) else map(kind_of, get_args(kind.bare))
    for each in inner:
        yield from _since(each, seen)


@cache
def _form(kind: Kind, number: int) -> Form:
    """The form of the type in data of format `number`. Raises TypeError for a type that has none."""
    form = _bare_form(kind.bare, number, kind.note(Listed))
    return forms.or_none(form) if kind.optional else form


def _bare_form(bare: Any, number: int, listed: Listed | None) -> Form:
    if bare in forms.SIMPLE:
        return forms.SIMPLE[bare]
    if isinstance(bare, type) and is_dataclass(bare):
        return Form(partial(_write_record, bare), partial(_read_record, bare, number))
    if _is_choice(bare):
        return forms.words_of(bare)
    if isinstance(bare, NewType):
        return _form(kind_of(bare.__supertype__), number)
    if get_origin(bare) is tuple and get_args(bare)[1:] == (...,):
        return forms.items_of(_form(kind_of(get_args(bare)[0]), number))
    if get_origin(bare) is Mapping:
        keys, values = get_args(bare)
        form = _form(kind_of(values), number)
        if listed is not None:
            return forms.listed_as(listed, _form(kind_of(keys), number), form)
        if _is_choice(keys):
            return forms.by_choice(keys, form)
        if keys is str:
            return forms.by_text(form)
    raise TypeError(f"{bare} has no form in plain data")


def _is_choice(bare: Any) -> TypeGuard[type[Enum]]:
    return isinstance(bare, type) and issubclass(bare, Enum)


@cache
def _writers(kind: type) -> tuple[tuple[str, str, forms.Write | None], ...]:
    """The keys, the fields, and how each is written; None for one that is written as it is."""
    newest, fields = newest_format(kind), fields_of(kind)
    writers = ((key, name, _form(fields[name], newest).write) for key, name in names_of(kind).items())
    return tuple((key, name, None if write is forms.as_it_is else write) for key, name, write in writers)


def _write_record(kind: type, value: object) -> Plain:
    data: Plain = {}
    for key, name, write in _writers(kind):
        data[key] = getattr(value, name) if write is None else write(getattr(value, name))
    return data


class _Readers(NamedTuple):
    """How the fields of a format are read, by their keys; their names, if any has another key; and the keys of fields
    that were added later."""

    fields: Mapping[str, forms.Read]
    names: Mapping[str, str] | None
    later: frozenset[str]


@cache
def _readers(kind: type, number: int) -> _Readers:
    names, kinds = names_of(kind), fields_of(kind)
    since = {key: kinds[name].note(Since) for key, name in names.items()}
    later = frozenset(key for key, note in since.items() if note is not None and note.format > number)
    fields = {key: _form(kinds[name], number).read for key, name in names.items() if key not in later}
    return _Readers(fields, names if any(key != name for key, name in names.items()) else None, later)


def _read_record(kind: type[T], number: int, data: object) -> T:
    """Read the dataclass. In data of an earlier format, anything under the name of a later field is ignored."""
    fields, names, later = _readers(kind, number)
    if later:
        data = {key: value for key, value in forms.an_object(data).items() if key not in later}
    values = forms.read_object(data, fields)
    if names is not None:
        values = {names[key]: value for key, value in values.items()}
    try:
        return kind(**values)
    except DomainError as error:
        raise DataUnreadable(what=f": {error}") from error
