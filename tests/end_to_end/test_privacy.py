"""A member gets everything kept about it as a file, and has itself erased, as it meets it in Discord."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

from discord import ui

from cogs.privacy.export import attachments, document
from cogs.showing.localizer import Catalogues
from cogs.showing.panels import panel
from deliberation.ids import PersonId
from services.privacy import PersonalData
from tests.clocks import NOON
from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import ids_of, redrawn, told
from tests.end_to_end.world import World, text_in, text_of
from tests.services.past import found_in

DAY = timedelta(days=1)
REASON = "It burns those who never consented."


async def in_session(world: World) -> tuple[Any, Any]:
    """A council whose round is open on an issue of Alice's, with a ballot and a reason of hers."""
    await world.found(preset="meta-regime", length="3d")
    alice, boris = world.members(2)
    await world.propose(alice, "Torture")
    for member in (alice, boris):
        await member.slash(world.channel, "seat take")
    await world.chair.slash(world.channel, "round open")
    await world.run_due()
    await world.vote(alice, await world.card(1), "Prohibited", reason=REASON)
    return alice, boris


async def handed_out(answer: Any) -> dict[str, Any]:
    [file] = answer.response.attachments
    assert file.filename == "comity-my-data.json"
    return json.loads(await file.read())


async def test_a_member_gets_a_file_that_explains_itself(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris = await in_session(world)
        answer = await alice.slash(world.channel, "privacy export")
        told(answer, "1 council, 1 ballot as you cast it, 1 reason, and 1 issue", "Only you see this answer")
        file = await handed_out(answer)
        assert file["member"] == str(alice.user.id)
        assert [row["text"] for row in file["data"]["reasons"]] == [REASON]
        assert [row["position"] for row in file["data"]["history"]] == ["prohibited"]
        assert file["data"]["councils"][0]["guild"] == str(world.guild.id)
        assert file["meaning"].keys() == file["data"].keys()
        assert str(boris.user.id) not in json.dumps(file)
        told(await world.member("Chen").slash(world.channel, "privacy export"), "This bot keeps nothing about you")


async def test_a_member_has_itself_erased_while_its_ballot_counts(rehearse_on_either: Rehearse):
    async with rehearse_on_either() as world:
        alice, boris = await in_session(world)
        asked = await alice.slash(world.channel, "privacy erase")
        told(asked, "1 council and 1 seat that you hold", "Round 1 of The Council is running", "Nobody can undo this.")
        done = await alice.click(asked.response, label="Erase me and my reasons")
        redrawn(done, "You are erased.", "Former member", "The words of your reasons are gone too.")
        database: Any = world.bot._database
        assert await found_in(database, str(alice.user.id), "Alice", REASON) == []
        told(await alice.slash(world.channel, "privacy export"), "This bot keeps nothing about you")
        told(await alice.slash(world.channel, "privacy erase"), "This bot keeps nothing about you")
        await world.run_due()
        listed = text_of(await boris.slash(world.channel, "reasons", issue="1"))
        assert "Former member" in listed
        assert "erased at the author's wish" in listed
        assert "Proposed by Former member" in text_of(await boris.slash(world.channel, "issue show", issue="1"))
        again = await alice.click(await world.card(1), label="Independent")
        form = await alice.submit_modal(again, {"reason": "A second ballot."})
        told(form, "You had yourself erased while round 1 was open")
        await world.pass_time(3 * DAY)
        assert "1 of 2 seats" in text_in(world.message_with("Result of round 1"))
        told(await alice.slash(world.channel, "seat take"), "Alice")
        assert (await world.services.audit.verify()).sound


async def test_only_who_asked_can_confirm(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris = await in_session(world)
        asked = await alice.slash(world.channel, "privacy erase")
        [keep, erase] = ids_of(asked.response, "erase")
        assert {keep, erase} == {f"cmt:1:erase:{alice.user.id}:{words}" for words in ("keep", "erase")}
        # As if it stood where others see it, which no message of the bot's does.
        button: Any = ui.Button(label="Erase", custom_id=keep)
        await world.bot.get_partial_messageable(world.channel.id).send(view=panel("Here", rows=[[button]]))
        refused = await boris.click(world.message_with("Here"), label="Erase")
        told(refused, "This button erases the member who asked for it, and nobody else.")
        for member in (alice, boris):
            assert not (await world.services.privacy.preview(PersonId(member.user.id))).nothing


def test_what_is_too_large_for_discord_comes_in_zipped_parts_that_lose_nothing():
    rows = tuple({"round": number, "at": NOON, "salt": bytes([number % 256] * 16)} for number in range(400))
    data = PersonalData(person=PersonId(7), sections={"history": rows, "ballots": rows[:7]})
    whole = document(data, Catalogues.load().localizer("en"), at=NOON)
    [(name, _)] = attachments(whole, limit=10**6)
    assert name == "comity-my-data.json"
    parts = attachments(whole, limit=1500)
    assert len(parts) > 1
    assert all(len(content) <= 1500 for _, content in parts)
    read = [unzipped(content) for _, content in parts]
    assert [(part["part"], part["parts"]) for part in read] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
    for section in whole["data"]:
        assert [row for part in read for row in part["data"].get(section, [])] == whole["data"][section]


def unzipped(content: bytes) -> dict[str, Any]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        [name] = archive.namelist()
        return json.loads(archive.read(name))
