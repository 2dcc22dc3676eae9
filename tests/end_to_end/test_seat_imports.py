"""Seats imported from a file or a pasted list: all of them or none, and every bad line is named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import ids_of, told
from tests.end_to_end.world import World, text_of

BAD = """name,country,members,weight,veto,observer
France,FR,,65,yes,no
,DE,,1,no,no
Italy,ITA,,1,no,no
Spain,ES,@alice,1,no,no
Poland,PL,,many,no,no
Malta,MT,,1,perhaps,no
Cyprus,CY,,1,no,no,more
France,FR,,1,no,no
"""
TOLD = (
    "Nothing was imported. Mend these lines and send them again:",
    "line 3: has no name",
    "line 4: “ITA” is no country code of two letters",
    "line 5: “@alice” are no members",
    "line 6: “many” is no weight",
    "line 7: “perhaps” is neither yes nor no (veto)",
    "line 8: has more cells than there are columns",
    "line 9: “France” stands on an earlier line already",
)


async def attach(world: World, content: bytes) -> Any:
    return await world.chair.slash(world.channel, "seat import", file=("seats.csv", content))


async def listed(world: World) -> str:
    return text_of(await world.chair.slash(world.channel, "seat list"))


async def test_a_file_is_seated_whole_with_its_members_and_powers(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        good = f"name;country;members;weight;veto;observer\nFrance;FR;<@{alice.id}>;65;yes;no\nRed Cross;;;1;no;yes\n"
        told(await attach(world, f"\ufeff{good}".encode()), "2 seats added:", "🇫🇷 France and Red Cross")
        shown = await listed(world)
        assert "🇫🇷 France · weight 65 · veto" in shown
        assert "Red Cross · free · observer, no ballot" in shown
        told(await alice.slash(world.channel, "seat leave"), "🇫🇷 France")
        told(await attach(world, good.encode()), "line 2: **France** sits here already", "line 3: **Red Cross**")
        assert "2 seats" in await listed(world)


async def test_every_bad_line_is_reported_and_nothing_is_imported(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        for _ in range(2):
            told(await attach(world, BAD.encode()), *TOLD)
        assert "0 seats" in await listed(world)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "there is no seat in it"),
        (b"name\n", "there is no seat in it"),
        (b"\x89PNG\r\n\x1a\n\xff", "no text in UTF-8"),
        (b"name\n" + b"x" * 200_001, "larger than 200 kB"),
        (b"country,weight\nFR,1\n", "the column `name` is missing"),
        (b"name,colour\nFrance,red\n", "there is no column “colour”"),
        (b"name\n" + b"\n".join(b"Seat %d" % number for number in range(1_001)), "more than 1000 seats"),
        (b"name\n@everyone <@&1> \xe2\x80\xae\n", "no name that can be shown"),
    ],
)
async def test_a_file_that_is_none_is_refused_in_words(rehearse: Rehearse, content: bytes, sentence: str):
    async with rehearse() as world:
        await world.found()
        told(await attach(world, content), "Nothing was imported", sentence)
        assert "0 seats" in await listed(world)


async def test_hundreds_of_bad_lines_fit_into_one_answer(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        content = "name,weight\n" + "\n".join(f"{'**x**' * 10} {number},none" for number in range(300))
        told(await attach(world, content.encode()), "line 2:", "line 21:", "and more; mend these first")


async def test_what_was_pasted_is_kept_until_it_is_right(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        opened = await world.chair.slash(world.channel, "seat import")
        refused = await world.chair.submit_modal(opened, {"seating": BAD})
        told(refused, *TOLD)
        [again] = ids_of(refused.response, "seat-import")
        reopened = await world.chair.click(refused.response, custom_id=again)
        assert "Spain,ES,@alice" in str(reopened.modal)
        done = await world.chair.submit_modal(reopened, {"seating": "name\nFrance\nMalta\n"})
        told(done, "2 seats added:", "France and Malta")
        fresh = await world.chair.slash(world.channel, "seat import")
        assert "@alice" not in str(fresh.modal), "what was accepted is not offered again"
        told(await world.chair.submit_modal(fresh, {"seating": "name\nFRANCE\n"}), "line 2: **", "sits here already")


async def test_a_member_who_is_barred_is_named_by_the_line(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        await world.chair.slash(world.channel, "seat bar", member=alice)
        told(await attach(world, f"name,members\nFrance,{alice.id}\n".encode()), "line 2:", "barred")
        assert "0 seats" in await listed(world)
