"""What the services return about the record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from deliberation.councils import Council
from deliberation.record import Head


class Kept(Enum):
    """What became of a head that somebody saved earlier: the record has it, the record ends before it, or another entry
    is in its place."""

    STANDS = "stands"
    BEYOND = "beyond"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """The head of a council's record, and whether the chain is sound up to it. If it is not, `head` is where the fault
    was found. `compared`, `kept`: the head that was asked about, and what became of it."""

    council: Council
    head: Head
    sound: bool
    compared: Head | None = None
    kept: Kept | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that `verify` disputes. `what`: an entry, a secret, a ballot, a ruling, a standing, or a table (with
    its column, where one value of a row is meant). `where`: its place in figures (round, issue, seat, index, or a row's
    key). `expected` and `found`: as data."""

    council: str
    what: str
    where: Mapping[str, int | str]
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was recomputed, and every fault found. `more`: how many faults were counted beyond those listed.

    `register`: the register's last line as a head, which vouches for the list of councils; None where there are none.
    `kept`: for each head that was asked about, the name of the council that has it, or that of the register.
    """

    councils: int
    entries: int
    ballots: int
    rulings: int
    faults: tuple[Fault, ...]
    more: int = 0
    register: Head | None = None
    kept: Mapping[Head, str] = field(default_factory=dict[Head, str])

    @property
    def differences(self) -> int:
        return len(self.faults) + self.more

    @property
    def sound(self) -> bool:
        return not self.faults
