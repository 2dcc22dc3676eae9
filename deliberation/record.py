"""The record: one append-only chain of entries per council, in which each entry seals all before it.

Anybody can recompute it, in any language, from the entries alone:

- *Canonical text* of a value is its JSON in UTF-8 as RFC 8785 writes it: no spaces; keys in ascending order; in
  strings only `"`, `\\` and characters below U+0020 are escaped (`\\b \\t \\n \\f \\r`, else `\\u00xx` in lower case).
  Values are strings, integers from -(2^53-1) to 2^53-1, true, false, null, arrays and objects; keys are ASCII.
  There are no other numbers.
- *Hash* is SHA-256, written as 64 lower-case hexadecimal digits.
- *Genesis*, the head of a council's empty record, is the hash of the canonical text of
  `{"council": <id>, "format": "comity-record/1"}`.
- An entry's `digest` is the hash of the canonical text of
  `{"at": …, "council": <id>, "data": …, "format": "comity-record/1", "index": …, "kind": …, "previous": …}`.
  `index` counts from 1; `at` is UTC with six decimals, "2026-01-05T18:00:00.000000Z"; `previous` is the digest of
  the entry before, and genesis for the first. The *head* of a record is its last entry's index and digest.
- A *commitment* is the hash of the canonical text of
  `{"format": "comity-commitment/1", "label": "person", "text" or "ballot", "salt": <hexadecimal>, "value": …}`.

Entries hold ids of seats, issues and rounds, and commitments to people and texts, whose salts and values are kept
elsewhere: once those are erased the chain still holds, and nobody can tell what was committed to.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from .ids import CouncilId

Json = str | int | bool | None | Sequence["Json"] | Mapping[str, "Json"]
Label = Literal["person", "text", "ballot"]
What = Literal["altered", "missing", "misplaced", "surplus"]

RECORD_FORMAT = "comity-record/1"
COMMITMENT_FORMAT = "comity-commitment/1"
LEAST_SALT = 16
_GREATEST = 2**53 - 1
_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class Event(NamedTuple):
    """Something official, not yet entered: when, of what kind, and its figures."""

    at: datetime
    kind: str
    data: Mapping[str, Json]


class Head(NamedTuple):
    """The last entry of a record, as a result's message shows it; index 0 stands for genesis."""

    index: int
    digest: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a council's record. What `data` holds must not be changed afterwards."""

    index: int
    at: datetime
    kind: str
    data: Mapping[str, Json]
    previous: str
    digest: str

    @property
    def head(self) -> Head:
        """The record's head when this entry is its last."""
        return Head(self.index, self.digest)


class Fault(NamedTuple):
    """What is wrong with a record, and at which entry.

    altered: it is not what was entered. missing: it and perhaps more after it are gone. misplaced: it stands after a
    later one, or twice. surplus: it and perhaps more after it follow the known end.
    """

    index: int
    what: What


def genesis(council: CouncilId) -> str:
    """The head digest of a council's empty record."""
    return _hash({"council": council, "format": RECORD_FORMAT})


def append(head: str, *, council: CouncilId, index: int, at: datetime, kind: str, data: Mapping[str, Json]) -> Entry:
    """The entry that follows the digest `head`. Raises ValueError or TypeError for what has no canonical text."""
    digest = _digest(council=council, index=index, at=at, kind=kind, data=data, previous=head)
    return Entry(index=index, at=at, kind=kind, data=data, previous=head, digest=digest)


def append_all(head: Head, *, council: CouncilId, events: Iterable[Event]) -> tuple[Entry, ...]:
    """The entries for these events in order, following `head`: `Head(0, genesis(council))` if the record is empty."""
    entries: list[Entry] = []
    for event in events:
        entry = append(
            head.digest, council=council, index=head.index + 1, at=event.at, kind=event.kind, data=event.data
        )
        entries.append(entry)
        head = entry.head
    return tuple(entries)


def verify(
    entries: Iterable[Entry], council: CouncilId, *, end: Head | None = None, published: Iterable[Head] = ()
) -> tuple[Fault, ...]:
    """Every fault found in a whole record, in the order met; none means that it is as it was entered.

    `end` is where the record is known to end and `published` are heads seen on the way: only they can show that the
    last entries were cut off or that all from some entry on were made anew. After a fault it goes on from what stands
    there, so that one change makes one fault. An entry is also altered if its own digest fits but the one after it
    sealed another.
    """
    audit = _Audit(council)
    listed = tuple(entries)
    present = {entry.index for entry in listed}
    for entry in listed:
        audit.read(entry, present)
    for head in published:
        audit.compare(head)
    if end is not None:
        audit.compare(end)
        if audit.last > end.index:
            audit.note(end.index + 1, "surplus")
    return tuple(audit.faults)


class _Audit:
    """How far a record has been read: the digests that stand at each index, stored and recomputed, and the faults."""

    def __init__(self, council: CouncilId) -> None:
        self.council = council
        self.last = 0
        self.digests: dict[int, tuple[str | None, ...]] = {0: (genesis(council),)}
        self.faults: dict[Fault, None] = {}

    def note(self, index: int, what: What) -> None:
        self.faults[Fault(index, what)] = None

    def read(self, entry: Entry, present: set[int]) -> None:
        actual = _recomputed(entry, self.council)
        intact = actual == entry.digest
        expected = self.last + 1
        follows = entry.previous in self.digests[self.last]
        # A broken entry's index may be what was altered: its link then tells where it belongs.
        index = expected if follows and not intact else entry.index
        if not intact:
            self.note(index, "altered")
        if index < expected:
            if intact:
                self.note(index, "misplaced")
            return
        if index > expected:
            # The first that stands nowhere; the others turn up as misplaced.
            absent = next(number for number in range(expected, index + 1) if number == index or number not in present)
            if absent < index:
                self.note(absent, "missing")
        elif intact and not follows:
            self.note(max(self.last, 1), "altered")
        self.last = index
        self.digests[index] = (entry.digest, actual)

    def compare(self, head: Head) -> None:
        if head.index > self.last:
            self.note(self.last + 1, "missing")
        elif head.index in self.digests and head.digest not in self.digests[head.index]:
            self.note(head.index, "altered")


def commit(salt: bytes, value: str, label: Label) -> str:
    """A commitment to `value`, which shows nothing of it to whoever lacks the salt.

    The salt is random, of its own for each value, and at least 16 bytes long; else ValueError.
    """
    if len(salt) < LEAST_SALT:
        raise ValueError("a salt has at least 16 bytes")
    return _hash({"format": COMMITMENT_FORMAT, "label": label, "salt": salt.hex(), "value": value})


def opens(commitment: str, salt: bytes, value: str, label: Label) -> bool:
    """Whether this salt, value and label are what was committed to."""
    return commit(salt, value, label) == commitment


def canonical(value: Json) -> bytes:
    """The value's canonical text. Raises TypeError for a type that has none, ValueError for a value that has none."""
    _check(value)
    return _encode(value).encode()


def instant_text(at: datetime) -> str:
    """The moment as entries write it, "2026-01-05T18:00:00.000000Z", for data too. Raises ValueError if it is naive."""
    if at.tzinfo is None:
        raise ValueError("an aware datetime is needed")
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _digest(*, at: datetime, **fields: Any) -> str:
    return _hash({"at": instant_text(at), "format": RECORD_FORMAT, **fields})


def _recomputed(entry: Entry, council: CouncilId) -> str | None:
    """The digest that the entry should have; None where its contents could never have been entered."""
    try:
        return _digest(
            council=council,
            index=entry.index,
            at=entry.at,
            kind=entry.kind,
            data=entry.data,
            previous=entry.previous,
        )
    except (TypeError, ValueError):
        return None


def _hash(value: Json) -> str:
    return sha256(canonical(value)).hexdigest()


def _check(value: object) -> None:
    # Every ballot passes here: the commonest kinds are asked for first.
    if isinstance(value, str) or value is None:
        return
    if isinstance(value, int):
        if not -_GREATEST <= value <= _GREATEST:
            raise ValueError("an integer of the record lies within 2^53, so that every language reads it")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("a key of the record is a string")
            if not key.isascii():
                raise ValueError("a key of the record is ASCII, so that every language sorts it alike")
            _check(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            _check(inner)
    else:
        raise TypeError(f"the record holds no {type(value).__name__}")
