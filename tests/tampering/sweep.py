"""Altering a council's past row by row, and asking the audit about each alteration."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from deliberation.ids import CouncilId
from services import Services
from services.record._auditing import CouncilAudit
from storage import Database
from tests.tampering.alterations import Alteration, Found, alterations_of
from tests.tampering.bare_tables import Bare, alter, everything, put_back
from tests.tampering.silent import SILENT, UNHEARD

Rows = Mapping[str, Sequence[Found]]
_REFERENCES = {"seat": "seats", "issue": "issues", "round": "rounds"}


class Said(StrEnum):
    """What came of an alteration."""

    NAMED = "named"
    NOTHING = "nothing"
    TRACEBACK = "traceback"


class Outcome(NamedTuple):
    """`detail`: the first fault, or where the traceback ended."""

    alteration: Alteration
    said: Said
    detail: str


class Sweep:
    """A database in which nothing is disputed, and somebody who alters it."""

    def __init__(self, bare: Bare, store: Database, rows: Rows) -> None:
        self._bare = bare
        self._store = store
        self.rows = rows
        self._councils = {
            table: {row.values["id"]: row.values["council"] for row in rows[table]} for table in _REFERENCES.values()
        }

    @classmethod
    async def over(cls, bare: Bare, store: Database) -> Sweep:
        return cls(bare, store, await everything(bare))

    def all(self) -> Iterator[Alteration]:
        """Everything that can be done to one row of each kind of each table."""
        for listed in self.rows.values():
            for row in {row.kind: row for row in listed}.values():
                yield from alterations_of(row, listed, dialect=self._bare.dialect)

    def slice(self, *, each: int) -> Iterator[Alteration]:
        """Of what can be done to each column, and to a table's rows, one way in `each`; to rows of each kind in turn.
        One way alone where nothing is said whatever is done, and one for each line of what is silent."""
        places: dict[str, dict[str, list[Alteration]]] = {}
        unseen = list(SILENT)
        for alteration in self.all():
            places.setdefault(alteration.place, {}).setdefault(alteration.how, []).append(alteration)
            for silence in [silence for silence in unseen if silence.covers(alteration)]:
                unseen.remove(silence)
                yield alteration
        for number, (place, ways) in enumerate(places.items()):
            step = len(ways) if place.partition(".")[0] in UNHEARD else each
            for alike in list(ways.values())[number % min(step, len(ways)) :: step]:
                yield alike[number % len(alike)]

    async def outcome(self, alteration: Alteration) -> Outcome:
        """Alter, ask, and put it back."""
        await alter(self._bare, alteration)
        try:
            faults = await self._faults(alteration.row)
        except Exception as error:
            return Outcome(alteration, Said.TRACEBACK, "".join(traceback.format_exception(error, limit=-2)))
        finally:
            await put_back(self._bare, alteration)
        return Outcome(alteration, Said.NAMED, faults[0]) if faults else Outcome(alteration, Said.NOTHING, "")

    async def outcomes(self, alterations: Iterable[Alteration]) -> list[Outcome]:
        found = [await self.outcome(alteration) for alteration in alterations]
        left = await Services.over(self._store).audit.verify()
        assert left.sound, f"not everything was put back: {left.faults}"
        return found

    async def _faults(self, row: Found) -> list[str]:
        """What `verify` finds: of the row's own council first, and where that is nothing, of everything."""
        own = self._council_of(row.table, row.values)
        if own is not None:
            async with self._store.read() as uow:
                audit = CouncilAudit(uow, CouncilId(own), "")
                await audit.run()
            if audit.faults:
                return [str(fault) for fault in audit.faults]
        report = await Services.over(self._store).audit.verify()
        return [str(fault) for fault in report.faults]

    def _council_of(self, table: str, values: Mapping[str, Any]) -> int | None:
        if table == "councils":
            return values["id"]
        if "council" in values:
            return values["council"]
        return next(
            (self._councils[of][values[name]] for name, of in _REFERENCES.items() if name in values),
            None,
        )
