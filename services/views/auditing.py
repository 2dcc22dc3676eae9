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
    """Something that `verify` disputes. `what`: an entry, a secret, a ballot, a ruling, a standing, or a table, with
    its column where one value of a row is meant; `where` names it in figures (round, issue, seat, index, or a row's
    key), `expected` and `found` as data."""

    council: str
    what: str
    where: Mapping[str, int | str]
    expected: str
    found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was recomputed, and every fault found. `more`: how many faults were counted beyond those listed.

    `register`: the digest of the register's last line, which vouches for the councils that there are.
    """

    councils: int
    entries: int
    ballots: int
    rulings: int
    faults: tuple[Fault, ...]
    more: int = 0
    register: str = ""

    @property
    def sound(self) -> bool:
        return not self.faults
