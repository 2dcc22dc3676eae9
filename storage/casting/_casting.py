"""What a group of ballots is decided on, and what is stored for it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from deliberation.categories import Position
from deliberation.ids import CouncilId, IssueId, PersonId, RoundId, SeatId
from deliberation.record import Event, Head, append_all
from deliberation.rounds import DocketEntry, Entitlement
from services.ports import Grounds, Outcome, RunningSum, Voter
from storage.repositories.ballots.ballots import ballot_values, event_values
from storage.repositories.councils import as_council
from storage.repositories.posts.outbox import as_message, redraw_values
from storage.repositories.record.entries import entry_values
from storage.repositories.record.sums import sum_values
from storage.repositories.repository import found
from storage.repositories.rounds.rounds import as_docket_entry, as_round
from storage.repositories.seats.holding import as_seat

from . import _statements as statements
from ._driver import Write, read, write
from ._prepared import Prepared

_BY_VALUE = {position.value: position for position in Position}


class Casting:
    """Speaks through the connection of one unit of work, and so inside its transaction. `time`: makes the store's time
    of what PostgreSQL or the system tells."""

    def __init__(self, connection: AsyncConnection, *, time: Callable[[datetime], datetime]) -> None:
        self._connection = connection
        self._time = time

    async def gather(
        self, *, rounds: Collection[RoundId], issues: Collection[IssueId], people: Collection[PersonId]
    ) -> Grounds:
        locked = {RoundId(row.id): as_round(row) for row in await self._read(statements.LOCKED, rounds=sorted(rounds))}
        of_rounds = list(locked)
        standing = await self._read(statements.STANDING, rounds=of_rounds)
        told: datetime | None = standing[0].now if standing else None
        now = self._time(told or datetime.now(UTC))
        voters = _voters(await self._read(statements.VOTERS, rounds=of_rounds, people=list(people)))
        seats = list({voter.seat.id for voter in voters})
        messages = map(as_message, await self._read(statements.POSTED, rounds=of_rounds, issues=list(issues)))
        return Grounds(
            now=now,
            rounds=locked,
            councils={CouncilId(row.id): as_council(row) for row in standing},
            sums={RoundId(row.round): RunningSum(row.salt, row.text) for row in standing if row.salt is not None},
            dockets=_dockets(of_rounds, await self._read(statements.LISTED, rounds=of_rounds)),
            voters=voters,
            positions={
                (RoundId(row.round), IssueId(row.issue), SeatId(row.seat)): _BY_VALUE[row.position]
                for row in await self._read(statements.POSITIONS, rounds=of_rounds, seats=seats)
            },
            messages={(message.kind, message.subject): message for message in messages},
        )

    async def store(self, outcome: Outcome) -> None:
        await write(
            self._connection,
            [
                (statements.BALLOTS, list(map(ballot_values, outcome.ballots))),
                (statements.EVENTS, list(map(event_values, outcome.events))),
                (statements.SUMS, sum_values(outcome.sums)),
                *await self._entries(outcome.entered),
                (statements.REDRAWS, redraw_values(outcome.redraws)),
            ],
        )

    async def _entries(self, entered: Mapping[CouncilId, Sequence[Event]]) -> list[Write]:
        """The events as entries that follow each council's last, whose record is locked."""
        rows = await self._read(statements.HEADS, councils=list(entered))
        heads = {CouncilId(row.council): Head(row.last, row.digest) for row in rows}
        entries: list[Mapping[str, Any]] = []
        moved: list[Mapping[str, Any]] = []
        for council, events in entered.items():
            appended = append_all(found(heads.get(council), "record", council), council=council, events=events)
            entries += [entry_values(council, entry) for entry in appended]
            last = appended[-1].head
            moved.append({"of_council": council, "last_index": last.index, "last_digest": last.digest})
        return [(statements.ENTRIES, entries), (statements.MOVED_ON, moved)]

    async def _read(self, statement: Prepared, **values: Any) -> Sequence[Any]:
        return await read(self._connection, statement, **values)


def _dockets(rounds: Iterable[RoundId], rows: Iterable[Any]) -> dict[RoundId, tuple[DocketEntry, ...]]:
    listed: dict[RoundId, list[DocketEntry]] = {round_id: [] for round_id in rounds}
    for row in rows:
        listed[RoundId(row.round)].append(as_docket_entry(row, row.status))
    return {round_id: tuple(entries) for round_id, entries in listed.items()}


def _voters(rows: Iterable[Any]) -> tuple[Voter, ...]:
    seats: dict[tuple[int, int, int], tuple[Any, list[PersonId]]] = {}
    for row in rows:
        _, holders = seats.setdefault((row.id, row.round, row.person), (row, []))
        holders.append(PersonId(row.holder))
    return tuple(_voter(row, holders) for row, holders in seats.values())


def _voter(row: Any, holders: Sequence[PersonId]) -> Voter:
    round_id, seat = RoundId(row.round), as_seat(row, holders)
    entitlement = None
    if row.entitled is not None:
        entitlement = Entitlement(
            round=round_id,
            seat=seat.id,
            weight=row.entitled_weight,
            veto=row.entitled_veto,
            may_abstain=row.entitled_may_abstain,
        )
    return Voter(round=round_id, person=PersonId(row.person), seat=seat, since=row.held_since, entitlement=entitlement)
