"""Plain SQL, then the bot's own close: it rules on nothing that the record contradicts, and says so to the chairs; what
no ruling rests on, `verify` names."""

from __future__ import annotations

from typing import NamedTuple

import pytest
import sqlalchemy as sa

from deliberation.ids import SeatId
from deliberation.rounds import Round, RoundStatus
from deliberation.rules import Quorum
from services import Services
from services.ports import PostKind, TroubleKind
from services.record import RecordContradicted
from storage import Database
from storage.tables import metadata
from tests.clocks import SetClock
from tests.pasts import Pasts
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member

RULES = {"quorum": Quorum(), "reminders": ()}
GHOST = (
    "INSERT INTO seats (id, council, name, kind, weight, veto, observer, may_abstain, since) "
    "SELECT 99, council, 'Ghost', kind, {weight}, veto, observer, may_abstain, since FROM seats WHERE id = 1",
    "INSERT INTO entitlements SELECT round, 99, {weight}, veto, may_abstain FROM entitlements "
    "WHERE round = 2 AND seat = 1",
    "INSERT INTO ballots SELECT round, issue, 99, 'independent', version, cast_at, proxy FROM ballots "
    "WHERE round = 2 AND seat = 1",
)


def ghost(weight: int) -> tuple[str, ...]:
    return tuple(statement.format(weight=weight) for statement in GHOST)


IN_MID_ROUND: dict[str, tuple[str, ...]] = {
    "a ghost seat of weight 1,000": ghost(1_000),
    "a ghost seat like any that joins with its first ballot": ghost(1),
    "a weight": ("UPDATE entitlements SET weight = 7 WHERE round = 2 AND seat = 2",),
    "a veto": ("UPDATE entitlements SET veto = true WHERE round = 2 AND seat = 2",),
    "a seat kept out": ("DELETE FROM entitlements WHERE round = 2 AND seat = 6",),
    "a seat's own weight": ("UPDATE seats SET weight = 7 WHERE id = 2",),
    "a ballot": ("UPDATE ballots SET position = 'independent' WHERE round = 2 AND seat = 2",),
    "a ballot taken away": ("DELETE FROM ballots WHERE round = 2 AND seat = 2",),
    "a forged proxy": ("INSERT INTO proxies SELECT 5, 0, council, 4, given_at FROM proxies WHERE seat = 6",),
    "a proxy for another": ("UPDATE proxies SET proxy = 4",),
    "a proxy taken away": ("DELETE FROM proxies",),
    "an earlier deadline": ("UPDATE rounds SET closes_at = opened_at WHERE id = 2",),
    "the round's terms": (
        "UPDATE rounds SET rules = replace(rules, '\"relegate_after\"\\:2', '\"relegate_after\"\\:1') WHERE id = 2",
    ),
    "an earlier round's terms": (
        "UPDATE rounds SET rules = replace(rules, '\"relegate_after\"\\:2', '\"relegate_after\"\\:1') WHERE id = 1",
    ),
    "an issue hidden": ("UPDATE issues SET status = 'hidden' WHERE id = 1",),
    "where an issue stands": ("UPDATE issues SET category = 'independent', sustained = 1 WHERE id = 1",),
    "another text on the docket": ("UPDATE docket SET version = 2 WHERE round = 2",),
    "an issue off the docket": ("DELETE FROM docket WHERE round = 2 AND issue = 2",),
    "a round invented, with its ruling": (
        "INSERT INTO rounds SELECT 99, council, 99, status, rules, opened_at, closes_at, closed_at, scheduled, "
        "ended_early, paused_at, extended, may_end_early FROM rounds WHERE id = 1",
        "INSERT INTO docket SELECT 99, issue, number, title, version, place FROM docket WHERE round = 1",
        "INSERT INTO rulings SELECT 99, issue, ruling FROM rulings WHERE round = 1",
    ),
    "the sum of the ballots taken away": ("DELETE FROM sums",),
    "an earlier ruling taken away": ("DELETE FROM rulings WHERE round = 1",),
    "another text on an earlier docket": ("UPDATE docket SET version = 2 WHERE round = 1",),
}

AT_REST: dict[str, tuple[str, ...]] = {
    "a seat's weight multiplied": ("UPDATE seats SET weight = weight * 1000 WHERE id = 1",),
    "a seat that votes no more": ("UPDATE seats SET observer = true WHERE id = 1",),
    "the council's rules": (
        "UPDATE councils SET rules = replace(rules, '\"relegate_after\"\\:2', '\"relegate_after\"\\:1')",
    ),
    "an issue taken off": ("UPDATE issues SET withdrawn_at = proposed_at, status = 'withdrawn' WHERE id = 1",),
    "a round cancelled": ("UPDATE rounds SET status = 'cancelled'",),
}

NAMED: dict[str, tuple[tuple[str, ...], str]] = {
    "texts swapped": (
        (
            "UPDATE issue_versions SET action = CASE issue WHEN 1 THEN 'Tariffs, in all its forms' "
            "ELSE 'Torture, in all its forms' END",
        ),
        "issue_versions.action",
    ),
    "reasons swapped": (
        (
            "UPDATE reasons SET text = CASE seat WHEN 1 THEN 'Said by 2.' ELSE 'Said by 1.' END "
            "WHERE round = 2 AND seat IN (1, 2)",
        ),
        "reasons",
    ),
    "a ruling": (("UPDATE rulings SET ruling = replace(ruling, '\"promoted\"', '\"held\"')",), "ruling"),
    "whose seat it is": (("UPDATE seat_holders SET person = 5 WHERE seat = 1",), "seat_holders.person"),
    "somebody let in": (("DELETE FROM barred",), "barred"),
    "who cast a ballot": (("UPDATE ballot_events SET person = 5 WHERE seat = 1",), "ballot_events"),
    "a round called off": (("UPDATE rounds SET status = 'cancelled' WHERE id = 2",), "rounds.status"),
    "a later deadline": (
        ("UPDATE rounds SET closes_at = '2036-01-05 12:00:00.000000' WHERE id = 2",),
        "rounds.closes_at",
    ),
}


class Voted(NamedTuple):
    """A council in the middle of its second round."""

    chamber: Chamber
    database: Database
    round: Round

    async def alter(self, statements: tuple[str, ...]) -> None:
        async with self.database._writing.begin() as connection:
            for statement in statements:
                assert (await connection.execute(sa.text(statement))).rowcount > 0

    async def disputed(self) -> set[str]:
        report = await self.chamber.services.audit.verify()
        return {fault.what for fault in report.faults}


@pytest.fixture
async def voted(database: Database, clock: SetClock, pasts: Pasts) -> Voted:
    chamber = Chamber(Services.over(database), clock)
    opened = await pasts.of(lambda: vote(chamber), name=vote, database=database, clock=clock)
    return Voted(chamber, database, opened)


async def vote(chamber: Chamber) -> Round:
    """A round that promotes an issue, and another up to its last ballot."""
    await chamber.found_with(CHANNEL, "simple-majority", **RULES)
    torture = await chamber.propose("Torture")
    await chamber.propose("Tariffs")
    await chamber.seat(*range(1, 7))
    await chamber.services.seating.bar(CHANNEL, CHAIR, member(9).person)
    await chamber.round_with(torture, {"adjustment": 4})
    opened = (await chamber.open("3d")).round
    for number, position in enumerate(("prohibited", "prohibited", "adjustment", "independent"), start=1):
        await chamber.vote(opened, torture, number, position, reason=f"Said by {number}.")
    await chamber.services.proxies.give(CHANNEL, member(6), to=(await seats(chamber))[0])
    assert (await chamber.services.audit.verify()).sound
    return opened


async def seats(chamber: Chamber) -> list[SeatId]:
    return [seat.id for seat in (await chamber.services.seats.list_in(CHANNEL, CHAIR)).seats]


@pytest.mark.parametrize("statements", IN_MID_ROUND.values(), ids=IN_MID_ROUND.keys())
async def test_the_close_rules_on_nothing_that_was_altered(voted: Voted, statements: tuple[str, ...]) -> None:
    await voted.alter(statements)
    await voted.chamber.pass_time(3 * DAY)
    async with voted.database.read() as uow:
        round_ = await uow.rounds.find_running(voted.round.council)
        rulings = await uow.rulings.of_round(voted.round.id)
        troubles = {trouble.kind for trouble in await uow.troubles.list_in(voted.round.council)}
    assert round_ is not None
    assert (round_.id, round_.status, rulings) == (voted.round.id, RoundStatus.CLOSING, {})
    assert TroubleKind.RECORD in troubles
    notices = [post.data for post in await voted.chamber.services.posts.due(most=100) if post.kind is PostKind.NOTICE]
    assert [notice["code"] for notice in notices] == ["record_contradicted"]
    assert await voted.disputed()


@pytest.mark.parametrize("statements", AT_REST.values(), ids=AT_REST.keys())
async def test_no_round_opens_on_what_was_altered_between_rounds(voted: Voted, statements: tuple[str, ...]) -> None:
    await voted.chamber.pass_time(3 * DAY)
    await voted.alter(statements)
    with pytest.raises(RecordContradicted):
        await voted.chamber.open("3d")
    assert await voted.disputed()


@pytest.mark.parametrize(("statements", "what"), NAMED.values(), ids=NAMED.keys())
async def test_what_no_ruling_rests_on_is_named_afterwards(
    voted: Voted, statements: tuple[str, ...], what: str
) -> None:
    await voted.alter(statements)
    await voted.chamber.pass_time(3 * DAY)
    assert what in await voted.disputed()


async def test_a_council_that_somebody_deleted_is_missed(voted: Voted) -> None:
    kept = {"register", "people", "trials"}
    async with voted.database._writing.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in kept:
                await connection.execute(sa.delete(table))
    assert await voted.disputed()


async def test_nothing_is_refused_where_nobody_altered_anything(voted: Voted) -> None:
    await voted.chamber.pass_time(3 * DAY)
    assert (await voted.chamber.services.rounds.view(voted.round.id)).round.status is RoundStatus.CLOSED
    await voted.chamber.open("3d")
    assert (await voted.chamber.services.audit.verify()).sound
