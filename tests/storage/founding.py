"""What most tests of the store begin with: a council, its seats, issues, and a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deliberation.categories import Position
from deliberation.councils import Council
from deliberation.ids import ChannelId, IssueId, PersonId, SeatId
from deliberation.issues import Issue
from deliberation.rounds import Ballot, Round
from deliberation.rules.presets import META_REGIME
from deliberation.seats import Seat, SeatKind
from deliberation.texts import IssueText
from services.ports import UnitOfWork
from storage import Database
from tests.clocks import NOON

RULES = META_REGIME
HOUR = timedelta(hours=1)
SNOWFLAKE = 2**63 - 1_000_000
"""Far beyond 32 bits, as Discord's ids are; they are counted up from here."""


@dataclass(frozen=True)
class Founded:
    """A council with its seats and issues, and a round on all of them if one was opened."""

    council: Council
    seats: tuple[Seat, ...]
    issues: tuple[Issue, ...]
    round: Round

    def ballot(self, seat: int, issue: int, position: Position, *, at: datetime = NOON) -> Ballot:
        """A ballot of the seat and on the issue at these places, counted from 0."""
        return Ballot(
            round=self.round.id,
            issue=self.issues[issue].id,
            seat=self.seats[seat].id,
            position=position,
            version=1,
            cast_at=at,
        )

    def key(self, seat: int, issue: int):
        return self.round.id, IssueId(self.issues[issue].id), SeatId(self.seats[seat].id)


async def council_in(
    uow: UnitOfWork, *, channel: int = SNOWFLAKE, name: str = "Assembly", guild: int = SNOWFLAKE
) -> Council:
    return await uow.councils.add(
        guild=guild,
        channel=ChannelId(channel),
        name=name,
        language="en",
        rules=RULES,
        chair_role=None,
        voter_role=None,
        at=NOON,
    )


async def seat_in(uow: UnitOfWork, council: Council, name: str, *holders: int, weight: int = 1, veto: bool = False):
    people = [PersonId(holder) for holder in holders]
    return await uow.seats.add(
        council=council.id, name=name, kind=SeatKind.PERSON, weight=weight, veto=veto, holders=people, at=NOON
    )


async def issue_in(uow: UnitOfWork, council: Council, number: int) -> Issue:
    text = IssueText(title=f"Issue {number}", action="Do it", why="Because")
    return await uow.issues.add(council=council.id, number=number, text=text, proposer=PersonId(SNOWFLAKE), at=NOON)


async def open_round(
    uow: UnitOfWork,
    council: Council,
    *,
    number: int = 1,
    docket: Sequence[Issue] = (),
    entitled: Sequence[Seat] = (),
    closes_at: datetime = NOON + HOUR,
) -> Round:
    return await uow.rounds.add(
        council=council.id,
        number=number,
        rules=RULES,
        opened_at=NOON,
        closes_at=closes_at,
        scheduled=False,
        docket=docket,
        entitled=entitled,
    )


async def founded(
    database: Database,
    *,
    seats: int = 3,
    issues: int = 2,
    channel: int = SNOWFLAKE,
    weights: Sequence[int] = (),
    vetoes: Sequence[int] = (),
    closes_at: datetime = NOON + HOUR,
) -> Founded:
    """A council with an open round, stored. `weights`: of the first seats, else 1; `vetoes`: places of veto seats."""
    async with database.write() as uow:
        council = await council_in(uow, channel=channel)
        seated = [
            await seat_in(
                uow,
                council,
                f"Seat {place}",
                SNOWFLAKE + place,
                weight=weights[place] if place < len(weights) else 1,
                veto=place in vetoes,
            )
            for place in range(seats)
        ]
        proposed = [await issue_in(uow, council, number) for number in range(1, issues + 1)]
        round_ = await open_round(uow, council, docket=proposed, entitled=seated, closes_at=closes_at)
        await uow.commit()
    return Founded(council, tuple(seated), tuple(proposed), round_)
