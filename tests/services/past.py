"""A member with a past in two councils, and looking for what is stored of it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from deliberation.ids import ChannelId, SeatId
from services.ports import DraftKind, Preferences, Reminding
from storage import Database
from storage.tables import metadata
from tests.drafts import keep_draft
from tests.services.chamber import CHANNEL, DAY, Chamber, member

ELSEWHERE = ChannelId(700_000_000_000_000_002)
ERASED = member(1)
NAME = "Member 1"
WORDS = "It burns those who never consented."


def former(language: str, tag: str) -> str:
    return f"Former member {tag}"


async def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table."""
    async with database.read() as uow:
        connection = await uow._session.connection()
        return {
            table.name: [dict(row._mapping) for row in await connection.execute(sa.select(table))]
            for table in metadata.sorted_tables
        }


async def found_in(database: Database, *wanted: str) -> list[str]:
    """Where one of these is stored, in any column of any table."""
    rows = await everything(database)
    return [
        f"{table}.{column}: {value!r}"
        for table, listed in rows.items()
        for row in listed
        for column, value in row.items()
        for one in wanted
        if one in (value.decode("latin-1") if isinstance(value, bytes) else str(value))
    ]


async def tables(database: Database, *names: str) -> dict[str, list[dict[str, Any]]]:
    rows = await everything(database)
    return {name: sorted(rows[name], key=str) for name in names}


async def live(chamber: Chamber, database: Database) -> None:
    """A member with a past in two councils of two servers: every kind of trace of it is stored."""
    services = chamber.services
    await chamber.found_with(ELSEWHERE)
    await services.hosting.seat_delegation(ELSEWHERE, name="France", country="FR", holders=[ERASED.person])
    for channel in (CHANNEL, ELSEWHERE):
        await services.issues.propose(channel, ERASED, title="Torture", action="In all its forms", why="")
    await chamber.seat(*range(1, 7))
    torture = (await services.issues.list_in(CHANNEL))[1][0]
    opened = await chamber.open("3d")
    for number in range(1, 7):
        await chamber.vote(opened.round, torture, number, "prohibited", reason=WORDS if number == 1 else "It harms.")
    await chamber.vote(opened.round, torture, 1, "adjustment", reason=f"{WORDS} Or so I thought.")
    away = await chamber.open("3d", channel=ELSEWHERE)
    abroad = (await services.issues.list_in(ELSEWHERE))[1][0]
    await chamber.vote(away.round, abroad, 1, "prohibited", reason=f"{WORDS} Abroad.")
    await chamber.pass_time(3 * DAY)
    await services.people.put(ERASED.person, Preferences(language="fr", reminders=Reminding.DIRECT))
    await keep_draft(
        database, council=torture.council, person=ERASED.person, kind=DraftKind.ISSUE, fields={"title": NAME}
    )
    await services.proxies.give(CHANNEL, ERASED, to=SeatId(3), issue=None)
