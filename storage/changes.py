"""What a transaction changes of the tables that the record vouches for, until that is entered."""

from collections.abc import Callable, Mapping
from typing import Any

from deliberation.record.ledger import FORMS
from services.ports import Change
from storage.tables import Row

SALT = "salt"
"""The column that opens a row's commitment to a person."""


class Changes:
    """Notes rows as they are written, by their keys: of several changes of one row the outcome.

    `salt`: sixteen fresh random bytes.
    """

    def __init__(self, salt: Callable[[], bytes]) -> None:
        self.salt = salt
        self._noted: dict[tuple[str, tuple[Any, ...]], dict[str, Any] | None] = {}

    def note(self, kind: type[Row], values: Mapping[Any, Any]) -> None:
        """The row was written: whole, or those columns of it. `values` holds its key too, and may hold more."""
        form = FORMS[kind.__tablename__]
        noted = {name: value for name, value in values.items() if name in form.columns or name == SALT}
        place = kind.__tablename__, tuple(values[name] for name in form.key)
        self._noted[place] = {**(self._noted.get(place) or {}), **noted}

    def note_gone(self, kind: type[Row], values: Mapping[Any, Any]) -> None:
        """The row was deleted. `values` holds its key, and may hold more."""
        table = kind.__tablename__
        self._noted[table, tuple(values[name] for name in FORMS[table].key)] = None

    def take(self) -> tuple[Change, ...]:
        """Everything noted since this was last asked, by table, in the order in which it was written."""
        taken = tuple(Change(table, key, values) for (table, key), values in self._noted.items())
        self._noted.clear()
        return taken

    def require_entered(self) -> None:
        """Raises RuntimeError where something was changed and not entered: a defect, and not to be committed."""
        if self._noted:
            tables = ", ".join(sorted({table for table, _ in self._noted}))
            raise RuntimeError(f"changed and not entered into the record: rows of {tables}")
