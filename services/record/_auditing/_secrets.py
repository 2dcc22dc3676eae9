"""What the commitments of a record hide: it must be there and unaltered, unless the record says that it is gone."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from deliberation.record import LEAST_SALT, Stored, opens
from deliberation.record.ledger import FORMS, Holds, changes_in
from services.ports import Secret

from ._findings import Data, Findings, lines_of
from ._gaps import Gaps

_COMMITMENT = re.compile("[0-9a-f]{64}")
_PEOPLE = ("by", "member", "holders")
_OTHERS = ("closed", "rows", "sum", "ballots")


class SecretsFold:
    """The commitments read so far that nothing opens, each with its entry's index and whether it is to a person."""

    def __init__(self) -> None:
        self._missing: dict[str, tuple[int, bool]] = {}

    def read(self, entry: Stored, data: Data, secrets: Mapping[str, Secret], findings: Findings) -> None:
        """Take an entry. `secrets`: what was found for its commitments."""
        for commitment, of_person in commitments_in(data):
            secret = secrets.get(commitment)
            if secret is None:
                self._missing.setdefault(commitment, (entry.index, of_person))
            elif not is_true(secret):
                where = {"index": entry.index}
                findings.dispute("secret", where, expected="what was committed to", found="something else")

    @property
    def missing(self) -> list[str]:
        """The commitments that nothing opens, in order."""
        return sorted(self._missing)

    def finish(self, findings: Findings, gaps: Gaps) -> None:
        """Everything is read: dispute what is missing without a reason in the record."""
        for commitment, (index, of_person) in self._missing.items():
            forgotten = of_person and index <= gaps.forgotten
            if commitment not in gaps.closed and not forgotten:
                what = "a person" if of_person else "a text or a ballot"
                findings.dispute("secret", {"index": index}, expected=what, found="nothing that opens it")


def commitments_in(data: Data) -> Iterator[tuple[str, bool]]:
    """Every commitment of an entry that has a secret of its own, and whether it is to a person.

    Commitments to people in rows and to casters of ballots have none: the row or the ballot's history opens them.
    """
    for name, value in data.items():
        if name not in _OTHERS:
            yield from ((one, name in _PEOPLE) for one in _texts(value) if _COMMITMENT.fullmatch(one))
    for line in lines_of(data.get("ballots")):
        yield from ((line[name], False) for name in ("ballot", "reason") if isinstance(line.get(name), str))
    for table, _, values in changes_in(data):
        for name in FORMS[table].holding(Holds.WORDS):
            if values is not None and isinstance(values.get(name), str) and values[name]:
                yield str(values[name]), False


def is_salt(value: Any) -> bool:
    """Whether the value can be the salt of a commitment."""
    return isinstance(value, bytes) and len(value) >= LEAST_SALT


def is_true(secret: Secret) -> bool:
    """Whether the secret opens the commitment under which it is stored."""
    try:
        return opens(secret.commitment, secret.salt, secret.value, secret.label)  # pyright: ignore[reportArgumentType]
    except ValueError:
        return False


def _texts(value: Any) -> Iterator[str]:
    """A single text, or the texts in a list. Rulings and other figures contain none that could be a commitment."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in cast(list[Any], value) if isinstance(one, str))
