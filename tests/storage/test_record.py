"""The record: entries that verify when read back, a head to build on, and secrets beside it."""

from __future__ import annotations

import pytest

from deliberation.record import EntryKind, Event, Head, append_all, commit, genesis, opens
from deliberation.record._chain import verify
from services.ports import Secret
from storage import Database
from storage.errors import DRIVER
from tests.clocks import NOON
from tests.storage.founding import HOUR, council_in

DATA = {
    "seat": 2**53 - 1,
    "texts": ["é\u2028 \U0001f9e8", '"\\'],
    "none": None,
    "yes": True,
    "inner": {"b": 1, "a": [-1]},
}


async def test_a_record_verifies_when_it_is_read_back(database: Database):
    async with database.write() as uow:
        council = (await council_in(uow)).id
        other = (await council_in(uow, channel=5)).id
        head = Head(*await uow.record.lock_head(council))
        first = append_all(
            head,
            council=council,
            events=[Event(NOON, EntryKind.ROUND_OPENED, DATA), Event(NOON, EntryKind.BALLOTS_CAST, {})],
        )
        await uow.record.append(council, first)
        await uow.record.append(council, [])
        second = append_all(
            first[-1].head, council=council, events=[Event(NOON + HOUR, EntryKind.ROUND_CLOSED, {"n": 1})]
        )
        await uow.record.append(council, second)
        await uow.commit()
    async with database.read() as uow:
        entries = await uow.record.entries(council)
        assert await uow.record.head(council) == second[-1].head
        assert await uow.record.head(other) == (0, genesis(other))
        assert await uow.record.entries(other) == ()
    assert entries == (*first, *second)
    assert verify(entries, council, end=second[-1].head) == ()


async def test_the_last_entry_of_a_kind_until_an_instant_is_found(database: Database):
    async with database.write() as uow:
        council = (await council_in(uow)).id
        events = [
            Event(NOON, EntryKind.ROUND_CLOSED, {}),
            Event(NOON, EntryKind.ROUND_OPENED, {}),
            Event(NOON + HOUR, EntryKind.ROUND_CLOSED, {}),
        ]
        entries = append_all(Head(0, genesis(council)), council=council, events=events)
        await uow.record.append(council, entries)
        assert await uow.record.last_of(council, EntryKind.ROUND_CLOSED, until=NOON) == entries[0].head
        assert await uow.record.last_of(council, EntryKind.ROUND_CLOSED, until=NOON + HOUR) == entries[2].head
        with pytest.raises(LookupError):
            await uow.record.last_of(council, EntryKind.ROUND_EXTENDED, until=NOON)


async def test_no_entry_can_be_entered_twice(database: Database):
    async with database.write() as uow:
        council = (await council_in(uow)).id
        entries = append_all(
            Head(0, genesis(council)), council=council, events=[Event(NOON, EntryKind.ROUND_OPENED, {})]
        )
        await uow.record.append(council, entries)
        with pytest.raises(DRIVER, match=r"(?i)unique"):
            await uow.record.append(council, entries)


async def test_secrets_open_their_commitments(database: Database):
    salt, name = bytes(range(16)), "Ngozi \u0301"
    secret = Secret(commitment=commit(salt, name, "person"), label="person", salt=salt, value=name)
    async with database.write() as uow:
        council = (await council_in(uow)).id
        await uow.record.keep(council, [secret])
        await uow.record.keep(council, [secret])
        found = await uow.record.secrets([secret.commitment, "0" * 64])
    assert found == {secret.commitment: secret}
    kept = found[secret.commitment]
    assert opens(kept.commitment, kept.salt, kept.value, "person")
