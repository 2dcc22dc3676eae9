"""Councils and seats, people's preferences and schedules, as the store gives them back."""

from __future__ import annotations

from datetime import time, timedelta, timezone

import pytest

from deliberation.councils import CouncilExists
from deliberation.ids import ChannelId, CouncilId, PersonId, RoleId, SeatId
from deliberation.record import genesis
from deliberation.rounds.schedules import Schedule
from deliberation.seats import SeatKind
from services.ports import Delegation, Preferences, Reminding
from storage import Database
from tests.clocks import NOON
from tests.storage.founding import HOUR, RULES, SNOWFLAKE, council_in, seat_in


async def test_a_council_comes_back_as_it_was_founded(database: Database):
    async with database.write() as uow:
        council = await uow.councils.add(
            guild=SNOWFLAKE,
            channel=ChannelId(SNOWFLAKE + 1),
            name="Généralité",
            language="fr",
            rules=RULES,
            chair_role=RoleId(SNOWFLAKE + 2),
            voter_role=None,
            at=NOON.astimezone(timezone(timedelta(hours=5))),
        )
        await uow.commit()
    async with database.read() as uow:
        assert await uow.councils.get(council.id) == council
        assert await uow.councils.find_in(council.channel) == council
        assert await uow.councils.find_in(ChannelId(5)) is None
        assert await uow.councils.list_all() == (council,)
        assert await uow.record.head(council.id) == (0, genesis(council.id))
    assert (council.rules, council.chair_role, council.channel) == (RULES, SNOWFLAKE + 2, SNOWFLAKE + 1)
    assert council.created_at == NOON
    assert council.created_at.utcoffset() == timedelta(0)


async def test_a_channel_has_one_council_and_the_refusal_names_it(database: Database):
    async with database.write() as uow:
        await council_in(uow, name="First")
        with pytest.raises(CouncilExists) as refused:
            await council_in(uow, name="Second")
        assert refused.value.params == {"name": "First"}
        await uow.commit()
    async with database.read() as uow:
        assert [council.name for council in await uow.councils.list_all()] == ["First"]


async def test_what_is_not_there_raises_lookup_error(database: Database):
    async with database.write() as uow:
        for looking in (uow.councils.get(CouncilId(9)), uow.councils.lock(CouncilId(9)), uow.seats.get(SeatId(9))):
            with pytest.raises(LookupError):
                await looking
        with pytest.raises(LookupError):
            await uow.record.lock_head(CouncilId(9))


async def test_a_seat_keeps_its_powers_and_its_holders(database: Database):
    async with database.write() as uow:
        council = await council_in(uow)
        seat = await uow.seats.add(
            council=council.id,
            name="France",
            kind=SeatKind.DELEGATION,
            country="FR",
            weight=1_400_000_000,
            veto=True,
            observer=True,
            may_abstain=False,
            holders=[PersonId(SNOWFLAKE + 2), PersonId(SNOWFLAKE + 1)],
            at=NOON,
        )
        assert await uow.seats.get(seat.id) == seat
    assert seat.holders == (SNOWFLAKE + 2, SNOWFLAKE + 1)
    assert (seat.weight, seat.veto, seat.observer, seat.may_abstain) == (1_400_000_000, True, True, False)
    assert (seat.kind, seat.country, seat.since, seat.left_at) == (SeatKind.DELEGATION, "FR", NOON, None)


async def test_seats_are_listed_by_name_whatever_its_case_until_they_are_left(database: Database):
    async with database.write() as uow:
        council = await council_in(uow)
        seats = {name: await seat_in(uow, council, name, 1) for name in ("chad", "Albania", "Benin")}
        assert [seat.name for seat in await uow.seats.list_in(council.id)] == ["Albania", "Benin", "chad"]
        await uow.seats.leave(seats["Benin"].id, at=NOON + HOUR)
        await uow.seats.leave(seats["Benin"].id, at=NOON + 2 * HOUR)
        assert [seat.name for seat in await uow.seats.list_in(council.id)] == ["Albania", "chad"]
        left = await uow.seats.get(seats["Benin"].id)
        assert (left.left_at, left.holders) == (NOON + HOUR, ())
        assert await uow.seats.names([left.id, seats["chad"].id, SeatId(999)]) == {
            left.id: "@Benin",
            seats["chad"].id: "@chad",
        }


async def test_each_person_is_told_the_seats_held_in_each_council(database: Database):
    async with database.write() as uow:
        here, there = await council_in(uow), await council_in(uow, channel=5)
        shared = await seat_in(uow, here, "Shared", 1, 2)
        own = await seat_in(uow, here, "Own", 2)
        away = await seat_in(uow, there, "Away", 2)
        left = await seat_in(uow, here, "Left", 3)
        await uow.seats.leave(left.id, at=NOON)
        asked = [(here.id, PersonId(1)), (here.id, PersonId(2)), (there.id, PersonId(2)), (here.id, PersonId(3))]
        held = await uow.seats.held_by(asked)
    assert held == {asked[0]: (shared,), asked[1]: (shared, own), asked[2]: (away,), asked[3]: ()}


async def test_many_pairs_fit_into_one_question(database: Database):
    async with database.write() as uow:
        council = await council_in(uow)
        asked = [(council.id, PersonId(person)) for person in range(1_200)]
        seat = await seat_in(uow, council, "Last", 1_199)
        held = await uow.seats.held_by(asked)
        assert await uow.seats.held_by([]) == {}
    assert held[asked[-1]] == (seat,)
    assert sum(len(seats) for seats in held.values()) == 1


async def test_delegations_are_seated_together_in_the_order_given(database: Database):
    delegations = [
        Delegation(name="Zambia", country="ZM", holders=(PersonId(7), PersonId(8))),
        Delegation(name="Angola", holders=()),
    ]
    async with database.write() as uow:
        council = await council_in(uow)
        seats = await uow.seats.add_delegations(council.id, delegations, at=NOON)
        assert await uow.seats.add_delegations(council.id, [], at=NOON) == ()
        assert [await uow.seats.get(seat.id) for seat in seats] == list(seats)
    assert [(seat.name, seat.country, seat.holders) for seat in seats] == [
        ("Zambia", "ZM", (7, 8)),
        ("Angola", None, ()),
    ]


async def test_preferences_are_the_defaults_until_somebody_chooses(database: Database):
    person, other = PersonId(SNOWFLAKE), PersonId(SNOWFLAKE + 1)
    async with database.write() as uow:
        await uow.people.put(person, Preferences(language="ar", reminders=Reminding.DIRECT), at=NOON)
        await uow.people.put(person, Preferences(language=None, reminders=Reminding.NONE), at=NOON)
        chosen = await uow.people.preferences([person, other])
    assert chosen == {person: Preferences(reminders=Reminding.NONE), other: Preferences()}


async def test_a_schedule_is_due_when_its_window_opens_the_earliest_first(database: Database):
    weekly = Schedule(weekdays=frozenset({0}), at=time(18), zone="Europe/Berlin", days=3, extra=timedelta(minutes=30))
    async with database.write() as uow:
        first, second = await council_in(uow), await council_in(uow, channel=5)
        assert await uow.schedules.earliest() is None
        await uow.schedules.put(first.id, weekly, opens_at=NOON)
        await uow.schedules.put(first.id, weekly, opens_at=NOON + 2 * HOUR)
        await uow.schedules.put(second.id, weekly, opens_at=NOON + HOUR)
        assert await uow.schedules.find(first.id) == (weekly, NOON + 2 * HOUR)
        assert await uow.schedules.earliest() == NOON + HOUR
        assert await uow.schedules.list_due(NOON + HOUR - timedelta(microseconds=1)) == ()
        due = [(NOON + HOUR, second.id), (NOON + 2 * HOUR, first.id)]
        assert await uow.schedules.list_due(NOON + 3 * HOUR) == tuple(due)
        assert await uow.schedules.remove(second.id) is True
        assert await uow.schedules.remove(second.id) is False
        assert await uow.schedules.find(second.id) is None
