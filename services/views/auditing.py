"""What the services answer with about the record."""

from collections.abc import Mapping
from dataclasses import dataclass

from deliberation.councils import Council
from deliberation.record import Head


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """The head of a council's record, and whether the chain was found sound up to it."""

    council: Council
    head: Head
    sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that `verify` disputes. `what`: "entry", "ballot", "ruling" or "standing"; `where` names it in figures
    (council, round, issue, seat, index), `expected` and `found` as data."""

    council: str
    what: str
    where: Mapping[str, int]
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was recomputed, and every fault found."""

    councils: int
    entries: int
    ballots: int
    rulings: int
    faults: tuple[Fault, ...]

    @property
    def sound(self) -> bool:
        return not self.faults
