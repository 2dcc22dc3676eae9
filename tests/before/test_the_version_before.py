"""Nothing that people have is lost in an upgrade: what the version before kept and sent is opened by this one.

`tests/data/before-12` was made by that version (`make` tells how): its database, the server in which it had posted, and
what it answered and ruled. A sentence that is meant to read otherwise changes in `answers.txt` and `results.txt`; what
is hashed, exported or built as an id never does.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.command_line import app
from cogs.custom_ids import kinds
from tests.before.pressing import use_everything
from tests.before.simulated import Server
from tests.before.upgraded import come_to_their_ends, filled, lines, opened, written
from tests.before.voting import UNDER_WAY, vote_with_what_is_open
from tests.discord_schema import DiscordSchema
from tests.end_to_end.world import text_of

EXPORTED = ("Alice", "Goran")
STANDS = re.compile(r"(?P<head>[0-9]+:[0-9a-f]{64}): stands in (?P<council>\w+)\.")
KEPT = [(found["head"], found["council"]) for line in lines("verified.txt") if (found := STANDS.fullmatch(line))]
"""Every entry of every council's record, as a head that somebody could have kept."""
HEADS = {council: head for head, council in KEPT}
"""The last of each council's; the chain is as it was where these stand in it and it is sound."""
GONE = "Lost"
"""The council whose channel was deleted."""


def comity(*command: str) -> str:
    """What the command prints; it succeeds."""
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def verified(heads: Iterable[str]) -> str:
    """What `comity verify` says, given these heads."""
    return comity("verify", *(part for head in heads for part in ("--head", head)))


def stands(heads: Mapping[str, str]) -> set[str]:
    """What it says of them where they stand in the record."""
    return {f"{head}: stands in {council}." for council, head in heads.items()}


def test_every_entry_of_the_record_has_its_hash_and_every_ruling_is_recomputed(old: str):
    comity("db", "upgrade")
    assert verified(head for head, _ in KEPT) == written("verified.txt")


def test_a_backup_is_restored_into_either_database_and_has_the_same_record(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_DATABASE_URL", database_url)
    filled(tmp_path / "backup.db", backup=True)
    counted = lines("verified.txt")[-2]
    assert comity("db", "restore", "backup.db").splitlines()[-1].endswith(f": {counted}")
    assert set(verified(HEADS.values()).splitlines()) == {*stands(HEADS), *lines("verified.txt")[-2:]}


def test_every_id_of_a_button_menu_or_form_is_read_and_built_to_the_same_text():
    by_noun = {kind.noun: kind for kind in kinds()}
    sent = re.findall(r'"custom_id":"(cmt:[^"]+)"', written("discord.json"))
    listed = lines("ids.txt")
    assert {_noun_of(each) for each in sent} <= {_noun_of(each) for each in listed}
    for custom_id in {*sent, *listed}:
        assert str(by_noun[_noun_of(custom_id)].parse(custom_id)) == custom_id


def _noun_of(custom_id: str) -> str:
    return custom_id.split(":")[2]


async def test_members_are_told_the_same_of_the_record_and_handed_the_same_data(
    old: str, openapi: DiscordSchema | None
):
    async with opened(old, written("discord.json"), schema=openapi) as (_, server):
        for name in EXPORTED:
            assert await exported(server, name) == written(f"export-{name.lower()}.json").encode()
        for council, head in HEADS.items():
            if council != GONE:
                asked = server.channels[council.lower()]
                told = text_of(await server.members["Ines"].slash(asked, "order verify", head=head))
                assert "The record is sound" in told
                assert f"still stands in it, as entry {head.partition(':')[0]}" in told
                assert f"Its head: `{head}`" in told


def test_an_operator_hands_out_the_same_data(old: str):
    """All but the instant at which the file is made."""
    comity("db", "upgrade")
    before = json.loads(written("export-goran.json"))
    now = json.loads(comity("person", "export", before["member"]))
    assert now | {"made_at": before["made_at"]} == before


async def test_every_button_menu_and_form_that_stood_there_does_what_it_did(old: str, openapi: DiscordSchema | None):
    async with opened(old, written("discord.json"), schema=openapi) as (world, server):
        assert await use_everything(world, server) == lines("answers.txt")
        await world.run_due()
    assert stands(HEADS) <= set((await asyncio.to_thread(verified, HEADS.values())).splitlines())


async def test_ballots_by_what_was_open_count_and_every_round_closes_as_it_would_have(
    old: str, openapi: DiscordSchema | None
):
    async with opened(old, written("discord.json"), schema=openapi) as (world, server):
        told = await vote_with_what_is_open(server)
        for name, issue, position in (("Chen", 1, "prohibited"), ("Emeka", 1, "adjustment"), ("Dalia", 7, "abstain")):
            history = json.loads(await exported(server, name))["data"]["history"]
            cast = {(row["council"], row["round"], row["issue"], row["position"]) for row in history}
            assert (1, 3, issue, position) in cast
        assert [*told, *await come_to_their_ends(world, server, UNDER_WAY)] == lines("results.txt")
    assert stands(HEADS) <= set((await asyncio.to_thread(verified, HEADS.values())).splitlines())


async def exported(server: Server, name: str) -> bytes:
    """The file that `/privacy export` hands out."""
    answer = await server.members[name].slash(server.channels["assembly"], "privacy export")
    assert answer.response is not None
    [attached] = answer.response.attachments
    return await attached.read()
