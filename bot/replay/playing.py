"""Playing the recorded rounds as a council's own: with the same services and storage, and the clock set to each
date."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from deliberation.councils import Actor
from deliberation.ids import ChannelId, IssueId, PersonId, RoundId, SeatId
from deliberation.rounds import Round
from deliberation.rules import Rules
from deliberation.rulings import Ruling
from services import Services
from services.ballots import Cast
from services.ports import Delegation, Store
from storage.database import Database
from storage.schema import upgrade

from .votes import RecordedRound

LENGTH = timedelta(hours=1)
"""How long each round is open, from its date's first instant, or from the end of the issue's round before it."""

_CHAIR = Actor(person=PersonId(0), name="Replay", manages_server=True)
_GUILD = 1


@dataclass(frozen=True, slots=True)
class ReplayedRound:
    """A recorded round, and what the procedure decided in it."""

    recorded: RecordedRound
    ruling: Ruling


@dataclass(slots=True)
class SetClock:
    """Returns the instant that it was set to."""

    instant: datetime

    def now(self) -> datetime:
        return self.instant


@dataclass(slots=True)
class _Council:
    """A council of the replay: its one issue, and the seat of each country that votes on it in any round."""

    channel: ChannelId
    issue: IssueId
    seats: dict[str, SeatId]


async def play_all(
    rounds: Sequence[RecordedRound], rules: Rules, *, advance: Callable[[int], object]
) -> tuple[ReplayedRound, ...]:
    """Play the rounds in a temporary database, which is removed afterwards. Returns what was decided, in the order
    given.

    `advance` is called with each wave's number of votes once they are counted. Raises StorageError or OSError where the
    temporary folder cannot be used.
    """
    with tempfile.TemporaryDirectory(prefix="comity-replay-", ignore_cleanup_errors=True) as folder:
        url = f"sqlite:///{Path(folder) / 'replay.db'}"
        await upgrade(url)
        clock = SetClock(datetime.min.replace(tzinfo=UTC))
        store = Database(url, clock=clock, own_thread=False)
        try:
            return await Replay(store, clock, rules).play(rounds, advance=advance)
        finally:
            await store.dispose()


class Replay:
    """Recorded rounds, played on a store whose time comes from `clock`. Each issue is a council of its own."""

    def __init__(self, store: Store, clock: SetClock, rules: Rules) -> None:
        self._services = Services.over(store)
        self._clock = clock
        self._rules = rules
        self._councils: dict[str, _Council] = {}
        self._people: dict[str, PersonId] = {}

    async def play(
        self, rounds: Sequence[RecordedRound], *, advance: Callable[[int], object]
    ) -> tuple[ReplayedRound, ...]:
        """Play the rounds, the earliest first; those that begin at the same instant are played together."""
        numbers: dict[int, int] = {}
        countries: defaultdict[str, set[str]] = defaultdict(set)
        for recorded in rounds:
            countries[recorded.issue].update(recorded.votes)
        for opens_at, wave in timetable(rounds):
            self._clock.instant = opens_at
            for place in wave:
                if rounds[place].issue not in self._councils:
                    await self._found(rounds[place].issue, countries[rounds[place].issue])
            opened = {place: await self._open(rounds[place]) for place in wave}
            casts = [cast for place in wave for cast in self._casts(rounds[place], opened[place].id)]
            await asyncio.gather(*map(self._services.ballots.cast, casts))
            self._clock.instant = opens_at + LENGTH
            await self._services.timetable.settle_due()
            numbers.update((place, round_.number) for place, round_ in opened.items())
            advance(len(casts))
        rulings = {issue: await self._rulings(bench) for issue, bench in self._councils.items()}
        return tuple(
            ReplayedRound(recorded, rulings[recorded.issue][numbers[place]]) for place, recorded in enumerate(rounds)
        )

    async def _rulings(self, bench: _Council) -> dict[int, Ruling]:
        """What was decided, by the number of the round in its council."""
        return dict((await self._services.issues.card(bench.issue)).trend)

    async def _found(self, issue: str, countries: Iterable[str]) -> None:
        """Found the issue's council, put the issue up there, and seat every country that ever votes on it."""
        channel = ChannelId(len(self._councils) + 1)
        await self._services.hosting.found(
            _CHAIR, guild=_GUILD, channel=channel, name=f"Council {channel}", language="en", rules=self._rules
        )
        proposal = await self._services.issues.propose(channel, _CHAIR, title=issue, action=issue, why="", anyway=True)
        if proposal.issue is None:
            raise RuntimeError(f"the issue {issue!r} was not put up")
        named = sorted(countries)
        delegations = [Delegation(name=country, holders=(self._person(country),)) for country in named]
        seats = await self._services.hosting.seat_delegations(channel, delegations)
        taken = {country: seat.id for country, seat in zip(named, seats, strict=True)}
        self._councils[issue] = _Council(channel, proposal.issue.id, taken)

    async def _open(self, recorded: RecordedRound) -> Round:
        """Open the round for exactly the countries with a vote in it."""
        bench = self._councils[recorded.issue]
        return await self._services.hosting.open_round(
            bench.channel,
            _CHAIR,
            issues=[bench.issue],
            seats=[bench.seats[country] for country in recorded.votes],
            length=LENGTH,
        )

    def _casts(self, recorded: RecordedRound, round_id: RoundId) -> list[Cast]:
        """Every vote of the round as a ballot, none with a reason."""
        issue = self._councils[recorded.issue].issue
        return [
            Cast(round_id, issue, 1, position, Actor(person=self._person(country), name=country))
            for country, position in recorded.votes.items()
        ]

    def _person(self, country: str) -> PersonId:
        """The delegate of a country, who is the same person in every council."""
        return self._people.setdefault(country, PersonId(len(self._people) + 1))


def timetable(rounds: Sequence[RecordedRound]) -> list[tuple[datetime, list[int]]]:
    """When each round opens, the earliest first, with the places in `rounds` of those that open then.

    Rounds of one issue follow one another, even those of one date. `rounds` must be in the order of issue and date.
    """
    opening: defaultdict[datetime, list[int]] = defaultdict(list)
    free_at: dict[str, datetime] = {}
    for place, recorded in enumerate(rounds):
        midnight = datetime.combine(recorded.date, time(), UTC)
        opens_at = max(midnight, free_at.get(recorded.issue, midnight))
        free_at[recorded.issue] = opens_at + LENGTH
        opening[opens_at].append(place)
    return sorted(opening.items())
