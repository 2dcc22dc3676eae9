"""A round according to the record: its ballots, their casters and reasons, and its rulings."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from deliberation.categories import Position
from deliberation.ids import RoundId, SeatId
from deliberation.record import EntryKind, Json, Stored, instant_text
from deliberation.rulings.tallies import SeatBallot
from services.ports import FoundRow, Secret, UnitOfWork, Unreadable
from services.record._entering import WITHDRAWN

from ._findings import Data, Findings, lines_of, whole
from ._gaps import Gaps
from ._history import Cast, History

Place = tuple[int, int]
"""An issue and a seat."""


class Standing(NamedTuple):
    """A ballot as it stands. `at` is None for an old one by proxy, from before that instant was entered."""

    position: str
    version: int
    at: str | None
    proxy: int | None


class Given(NamedTuple):
    """A reason as it stands: the commitment to its text, the position that it came with, and its instant."""

    commitment: str
    position: str | None
    at: str


class RoundFold:
    """What the entries read so far say about one round. `old`: some are from before every row was entered."""

    def __init__(self, round_id: RoundId) -> None:
        self.id = round_id
        self.number = 0
        self.standing: dict[Place, Standing] = {}
        self.reasons: dict[Place, Given] = {}
        self.rulings: dict[int, Json] = {}
        self.sum: str | None = None
        self.old = False
        self.over = False
        self.history = History()
        self._secret = set[Place]()

    def cast(self, entry: Stored, data: Data, secrets: Mapping[str, Secret]) -> None:
        """Take an entry of ballots, cast or by proxy: one group's, in the order in which they were cast."""
        instant, given = instant_text_of(entry), dict[Place, Given]()
        # Ballots by proxy count from the deadline.
        stands_since = instant if entry.kind == EntryKind.BALLOTS_CAST else data.get("at")
        for cast, by, line in casts_in(entry, data, secrets):
            _, issue, seat, position, version = cast
            place = issue, seat
            if position is None:
                self.standing.pop(place, None)
            else:
                self.standing[place] = Standing(position, version, _text(stands_since), line.get("proxy"))
            if entry.kind == EntryKind.BALLOTS_CAST:
                self.history.add(cast, by, entry.index)
            if "ballot" in line:
                self._secret.add(place)
            if _gives_reason(line.get("reason"), secrets):
                given[place] = Given(str(line["reason"]), position, instant)
        # Only the reasons of ballots that stand after the group are retained.
        self.reasons |= {place: one for place, one in given.items() if place in self.standing}
        if isinstance(data.get("sum"), str):
            self.sum = str(data["sum"])

    def say(self, entry: Stored, data: Data) -> None:
        """Take a reason given without a ballot."""
        place = whole(data.get("issue")), whole(data.get("seat"))
        if isinstance(data.get("reason"), str):
            self.reasons[place] = Given(str(data["reason"]), None, instant_text_of(entry))

    def ballots_on(self, issue: int, entitled: Mapping[int, tuple[int, bool]]) -> Iterator[SeatBallot]:
        """Every entitled seat with its ballot on the issue, if it has one."""
        for seat, (weight, veto) in entitled.items():
            standing = self.standing.get((issue, seat))
            position = None if standing is None else known_position(standing.position)
            yield SeatBallot(seat=SeatId(seat), position=position, weight=weight, veto=veto)

    async def check(self, uow: UnitOfWork, findings: Findings, gaps: Gaps) -> int:
        """Compare the round's ballots and reasons with the tables; returns how many ballots are stored there."""
        stored = await self._check_ballots(uow, findings)
        await self._check_reasons(uow, findings, gaps)
        return stored

    async def _check_ballots(self, uow: UnitOfWork, findings: Findings) -> int:
        missing, stored = dict(self.standing), 0
        async for row in uow.audit.rows_of_round("ballots", self.id):
            stored += 1
            place = row["issue"], row["seat"]
            expected = missing.pop(place, None)
            found = _found_ballot(row)
            if found is not None and expected is not None and expected.at is None:
                found = found._replace(at=None)
            if expected is None or found is None or found != expected:
                self._dispute_ballot(findings, place, expected=expected, found=found or "no such ballot")
        for place, expected in missing.items():
            self._dispute_ballot(findings, place, expected=expected, found=None)
        return stored

    def _dispute_ballot(self, findings: Findings, place: tuple[Any, Any], *, expected: object, found: object) -> None:
        where = {"round": self.number, "issue": place[0], "seat": place[1]}
        findings.dispute("ballot", where, expected=_ballot_text(expected), found=_ballot_text(found))

    async def _check_reasons(self, uow: UnitOfWork, findings: Findings, gaps: Gaps) -> None:
        missing = dict(self.reasons)
        secrets = await uow.audit.secrets({given.commitment for given in self.reasons.values()})
        async for row in uow.audit.rows_of_round("reasons", self.id):
            expected = missing.pop((row["issue"], row["seat"]), None)
            if not self._is_given(row, expected, secrets, gaps):
                where = {"round": self.number, "issue": row["issue"], "seat": row["seat"]}
                findings.dispute("reasons", where, expected=expected or "no reason", found=_found_reason(row))
        for (issue, seat), expected in missing.items():
            # Under secrecy an empty reason was entered too, so that it looks like the others.
            if expected.commitment not in gaps.closed or (issue, seat) not in self._secret:
                where = {"round": self.number, "issue": issue, "seat": seat}
                findings.dispute("reasons", where, expected=expected, found="no reason")

    def _is_given(self, row: FoundRow, expected: Given | None, secrets: Mapping[str, Secret], gaps: Gaps) -> bool:
        found = _found_reason(row)
        if expected is None or found is None:
            return False
        if self.old and found.position != expected.position:
            # In old versions a reason took the position that stood after its group.
            found = found._replace(position=expected.position)
        if found != expected:
            return False
        secret = secrets.get(expected.commitment)
        if secret is None:
            return row["text"] == "" or expected.commitment not in gaps.closed
        return row["text"] == secret.value


def casts_in(
    entry: Stored, data: Data, secrets: Mapping[str, Secret]
) -> Iterator[tuple[Cast, str | None, Mapping[str, Any]]]:
    """Each ballot of an entry, the commitment to its caster, and the entry's line."""
    instant = instant_text_of(entry)
    for line in lines_of(data.get("ballots")):
        by = line.get("by")
        cast = (
            instant,
            whole(line.get("issue")),
            whole(line.get("seat")),
            _position(line, secrets),
            whole(line.get("version")),
        )
        yield cast, by if isinstance(by, str) else None, line


def instant_text_of(entry: Stored) -> str:
    """The entry's instant; "" where somebody has put something else there."""
    return "" if entry.at is None else instant_text(entry.at)


def _position(line: Mapping[str, Any], secrets: Mapping[str, Secret]) -> str | None:
    """The position that a line enters, None where the ballot was withdrawn."""
    if "ballot" not in line:
        return line["position"] if isinstance(line.get("position"), str) else None
    secret = secrets.get(str(line["ballot"]))
    if secret is None:
        return "unreadable"
    return None if secret.value == WITHDRAWN else secret.value


def _gives_reason(commitment: Any, secrets: Mapping[str, Secret]) -> bool:
    """Whether a reason was given: under secrecy an empty text has a commitment too."""
    if not isinstance(commitment, str):
        return False
    secret = secrets.get(commitment)
    return secret is None or bool(secret.value)


def known_position(position: str) -> Position | None:
    try:
        return Position(position)
    except ValueError:
        return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _found_ballot(row: FoundRow) -> Standing | None:
    values = [row[name] for name in ("position", "version", "cast_at", "proxy")]
    if any(isinstance(value, Unreadable) for value in values):
        return None
    position, version, at, proxy = values
    return Standing(position, version, instant_text(at), proxy)


def _found_reason(row: FoundRow) -> Given | None:
    values = [row[name] for name in ("commitment", "position", "given_at")]
    if any(isinstance(value, Unreadable) for value in values) or isinstance(row["text"], Unreadable):
        return None
    commitment, position, at = values
    return Given(commitment, position, instant_text(at))


def _ballot_text(ballot: object) -> str:
    if isinstance(ballot, Standing):
        by = "" if ballot.proxy is None else f" by proxy of seat {ballot.proxy}"
        return f"{ballot.position} on version {ballot.version} at {ballot.at}{by}"
    return "no ballot" if ballot is None else str(ballot)
