"""What the commitments of a record hide: still there and unaltered, unless the record says that it is gone."""

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
    """The commitments met so far whose openings are missing: with their entries, and whether a person is behind it."""

    def __init__(self) -> None:
        self._missing: dict[str, tuple[int, bool]] = {}

    def read(self, entry: Stored, data: Data, secrets: Mapping[str, Secret], findings: Findings) -> None:
        """Take an entry. `secrets`: what was found of its commitments."""
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
        """Everything is read: what is missing is gone for a reason that the record gives, or disputed."""
        for commitment, (index, of_person) in self._missing.items():
            forgotten = of_person and index <= gaps.forgotten
            if commitment not in gaps.closed and not forgotten:
                what = "a person" if of_person else "a text or a ballot"
                findings.dispute("secret", {"index": index}, expected=what, found="nothing that opens it")


def commitments_in(data: Data) -> Iterator[tuple[str, bool]]:
    """Every commitment of an entry that has a secret of its own, and whether it is to a person.

    Who stands in a row, or has cast a ballot, is opened by the row or by the ballot's history.
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
    """Whether a commitment may be made with it."""
    return isinstance(value, bytes) and len(value) >= LEAST_SALT


def is_true(secret: Secret) -> bool:
    """Whether it opens the commitment under which it is kept."""
    try:
        return opens(secret.commitment, secret.salt, secret.value, secret.label)  # pyright: ignore[reportArgumentType]
    except ValueError:
        return False


def _texts(value: Any) -> Iterator[str]:
    """Texts in a list or standing alone: rulings and other figures hold none that could be a commitment."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (one for one in cast(list[Any], value) if isinstance(one, str))
