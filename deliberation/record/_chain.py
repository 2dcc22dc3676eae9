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
  `{"format": "comity-commitment/1", "label": "person", "text", "ballot" or "sum", "salt": <hexadecimal>,
  "value": …}`.
- The *register* has a line for each council, in the order of their founding: its id, the digest of its record's first
  entry, and `previous`, the hash of the canonical text of the line before with `"format": "comity-register/1"`, which
  is "" in the first. A council that is gone from the database still stands there.

Entries hold ids of seats, issues and rounds, and commitments to people and texts, whose salts and values are stored
elsewhere. Once those are erased, the chain is still sound, and nobody can find out what was committed to.
"""

import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, ClassVar, Literal, NamedTuple, cast

from deliberation.errors import DomainError
from deliberation.ids import CouncilId

from ._canonical import Json, canonical, hash_of, instant_text
from ._kinds import EntryKind

What = Literal["altered", "missing", "misplaced", "surplus"]

RECORD_FORMAT = "comity-record/1"
REGISTER_FORMAT = "comity-register/1"
_COPIED = re.compile(r"(?<![0-9a-zA-Z])([0-9]{1,15})\s*:\s*([0-9a-fA-F]{64})(?![0-9a-zA-Z])")


class Event(NamedTuple):
    """Something official that is not entered yet: its instant, its kind and its data."""

    at: datetime
    kind: EntryKind
    data: Mapping[str, Json]


class Registered(NamedTuple):
    """A line of the register of all councils: the council, the digest of its record's first entry, and that of the line
    before."""

    council: CouncilId
    digest: str
    previous: str

    @property
    def sealed(self) -> str:
        """The digest of the line itself. The last line's is the head of the register."""
        return hash_of({**self._asdict(), "format": REGISTER_FORMAT})


class Head(NamedTuple):
    """The last entry of a record, as a result's message shows it; index 0 stands for genesis."""

    index: int  # pyright: ignore[reportIncompatibleMethodOverride]
    digest: str

    @property
    def written(self) -> str:
        """The head as people save it and `read_head` reads it: "12:" and the digest."""
        return f"{self.index}:{self.digest}"


class HeadUnreadable(DomainError):
    """The text is no head of a record. Parameter: `given`."""

    code: ClassVar[str] = "head_unreadable"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a council's record. The contents of `data` must not be changed afterwards."""

    index: int  # pyright: ignore[reportIncompatibleMethodOverride]
    at: datetime
    kind: str
    data: Mapping[str, Json]
    previous: str
    digest: str

    @property
    def head(self) -> Head:
        """The record's head when this entry is its last."""
        return Head(self.index, self.digest)

    def recomputed(self, council: CouncilId) -> str | None:
        """The digest that the entry should have; None where its contents could never have been entered."""
        try:
            return _digest(
                council=council, index=self.index, at=self.at, kind=self.kind, data=self.data, previous=self.previous
            )
        except (TypeError, ValueError):
            return None


class Stored(NamedTuple):
    """An entry as the store returns it, not parsed yet: `text` is its data's canonical text. `at` is None where the
    stored value is no instant."""

    index: int  # pyright: ignore[reportIncompatibleMethodOverride]
    at: datetime | None
    kind: str
    text: str
    previous: str
    digest: str

    @property
    def data(self) -> Mapping[str, Any]:
        """The data; empty where somebody has put something else there, which the check of the chain disputes."""
        try:
            data = json.loads(self.text)
        except (RecursionError, ValueError):
            return {}
        return cast(dict[str, Any], data) if isinstance(data, dict) else {}

    def recomputed(self, council: CouncilId) -> str | None:
        """The digest that the entry should have, from its text; None where it could never have been entered."""
        if self.at is None:
            return None
        try:
            fields = {"council": council, "index": self.index, "kind": self.kind, "previous": self.previous}
            sealed = canonical({**fields, "at": instant_text(self.at), "data": None, "format": RECORD_FORMAT})
        except (TypeError, ValueError):
            return None
        return sha256(sealed.replace(b'"data":null', b'"data":' + self.text.encode(errors="replace"), 1)).hexdigest()


class Fault(NamedTuple):
    """What is wrong with a record, and at which entry.

    altered: it is not what was entered. missing: it, and perhaps more after it, is gone. misplaced: it comes after a
    later one, or twice. surplus: it, and perhaps more after it, follows the known end.
    """

    index: int  # pyright: ignore[reportIncompatibleMethodOverride]
    what: What


def read_head(text: str) -> Head:
    """The head in a text that was copied from somewhere, perhaps with other words around it. Raises HeadUnreadable."""
    copied = _COPIED.search(text)
    if copied is None:
        raise HeadUnreadable(given=text)
    return Head(int(copied[1]), copied[2].lower())


def genesis(council: CouncilId) -> str:
    """The head digest of a council's empty record."""
    return hash_of({"council": council, "format": RECORD_FORMAT})


def append(head: str, *, council: CouncilId, index: int, at: datetime, kind: str, data: Mapping[str, Json]) -> Entry:
    """The entry that follows the digest `head`. Raises ValueError or TypeError for data that has no canonical text."""
    digest = _digest(council=council, index=index, at=at, kind=kind, data=data, previous=head)
    return Entry(index=index, at=at, kind=kind, data=data, previous=head, digest=digest)


def append_all(head: Head, *, council: CouncilId, events: Iterable[Event]) -> tuple[Entry, ...]:
    """The entries for these events in order, following `head`: `Head(0, genesis(council))` if the record is empty."""
    entries: list[Entry] = []
    for event in events:
        entry = append(
            head.digest, council=council, index=head.index + 1, at=event.at, kind=str(event.kind), data=event.data
        )
        entries.append(entry)
        head = entry.head
    return tuple(entries)


def verify(
    entries: Iterable[Entry], council: CouncilId, *, end: Head | None = None, published: Iterable[Head] = ()
) -> tuple[Fault, ...]:
    """Every fault in a whole record, in the order found. None means that it is as it was entered.

    `end`: where the record is known to end; `published`: heads that were seen before. Only these can show that the last
    entries were cut off, or that all entries from some point on were replaced. After a fault, verifying goes on from
    the entry as it is, so that one change makes one fault. An entry counts as altered, too, if its own digest fits but
    the next entry sealed another one.
    """
    listed = tuple(entries)
    chain = Chain(council, published=published, present={entry.index for entry in listed})
    for entry in listed:
        chain.read(entry)
    return chain.finish(end)


class Chain:
    """A record that is read entry by entry, as `verify` reads a whole one.

    `since`: an entry that was found sound before; reading begins after it. `present`: the indexes of all entries, where
    these do not come in order.
    """

    def __init__(
        self,
        council: CouncilId,
        *,
        since: Head | None = None,
        published: Iterable[Head] = (),
        present: Container[int] = (),
    ) -> None:
        begun = since or Head(0, genesis(council))
        self._council = council
        self._present = present
        self._published = {head for head in published if head.index > begun.index}
        self._known = {head.index for head in self._published} | {begun.index}
        self._faults: dict[Fault, None] = {}
        self.last = begun.index
        self._end: tuple[str | None, ...] = (begun.digest,)
        self._digests: dict[int, tuple[str | None, ...]] = {begun.index: self._end}

    @property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(self._faults)

    def finish(self, end: Head | None = None) -> tuple[Fault, ...]:
        """Everything is read: returns every fault. `end`: where the record is known to end."""
        for head in self._published:
            self._compare(head)
        if end is not None:
            self._compare(end)
            if self.last > end.index:
                self._note(end.index + 1, "surplus")
        return self.faults

    def _note(self, index: int, what: What) -> None:
        self._faults[Fault(index, what)] = None

    def read(self, entry: Entry | Stored) -> None:
        """Take the next entry."""
        actual = entry.recomputed(self._council)
        intact = actual == entry.digest
        expected = self.last + 1
        follows = entry.previous in self._end
        # If an entry is altered, its index may be what was altered: its link then shows where it belongs.
        index = expected if follows and not intact else entry.index
        if not intact:
            self._note(index, "altered")
        if index < expected:
            if intact:
                self._note(index, "misplaced")
            return
        if index > expected:
            # The first index that no entry has; entries that come later will be found misplaced.
            absent = next(
                number for number in range(expected, index + 1) if number == index or number not in self._present
            )
            if absent < index:
                self._note(absent, "missing")
        elif intact and not follows:
            self._note(max(self.last, 1), "altered")
        self.last, self._end = index, (entry.digest, actual)
        if index in self._known:
            self._digests[index] = self._end

    def _compare(self, head: Head) -> None:
        found = self._end if head.index == self.last else self._digests.get(head.index)
        if head.index > self.last:
            self._note(self.last + 1, "missing")
        elif found is not None and head.digest not in found:
            self._note(head.index, "altered")


def _digest(*, at: datetime, **fields: Any) -> str:
    return hash_of({"at": instant_text(at), "format": RECORD_FORMAT, **fields})
