"""The check against Discord's description accepts what Discord takes and names what it would refuse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import discord
import pytest
import simcord
from discord import app_commands, ui
from simcord import HttpLogEntry

from tests.discord_schema import DiscordSchema, load_schema, validate_requests


@pytest.fixture(scope="module")
def schema(shared_data: Path) -> DiscordSchema:
    return load_schema(shared_data / "discord-openapi.json")


def sent(method: str, path: str, json: Any = None, **params: Any) -> HttpLogEntry:
    return HttpLogEntry(method, path, params, json, None)


def message(*components: dict[str, Any]) -> HttpLogEntry:
    return sent("POST", "/channels/1/messages", {"flags": 1 << 15, "components": list(components)})


def container(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 17, "components": list(components)}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def button(*, label: str = "Vote", custom_id: str = "cmt:1:vote:1", style: int = 1) -> dict[str, Any]:
    return {"type": 2, "style": style, "label": label, "custom_id": custom_id}


def form(*, title: str = "Propose", label: str = "Title") -> HttpLogEntry:
    field = {"type": 18, "label": label, "component": {"type": 4, "style": 1, "custom_id": "title"}}
    data = {"title": title, "custom_id": "cmt:1:propose:1", "components": [field]}
    return sent("POST", "/interactions/1/token/callback", {"type": 9, "data": data}, with_response="1")


def commands(**changes: Any) -> HttpLogEntry:
    return sent("PUT", "/applications/1/commands", [{"name": "propose", "description": "Propose", **changes}])


@pytest.mark.parametrize(
    "request_",
    [
        message(container({"type": 10, "content": "Text"}, row(button()))),
        message(row(button(label="x" * 80, custom_id="y" * 100))),
        form(title="t" * 45, label="l" * 45),
        commands(name="n" * 32, description="d" * 100),
        sent("POST", "/channels/1/messages", {"content": "x", "message_reference": {"message_id": 5}}),
        sent("POST", "/channels/1/messages", {"content": "x", "message_reference": {"message_id": "5"}}),
        sent("GET", "/channels/1/messages", limit=5),
        sent("PATCH", "/webhooks/1/token/messages/@original", {"content": "later"}),
        sent("DELETE", "/channels/1/messages/2"),
    ],
)
def test_takes_what_discord_takes(schema: DiscordSchema, request_: HttpLogEntry) -> None:
    assert validate_requests([request_], schema) == []


@pytest.mark.parametrize(
    ("request_", "complaint"),
    [
        (sent("POST", "/channels/1/mesages", {"content": "x"}), "Discord has no such operation"),
        (sent("PUT", "/channels/1/messages/2", {"content": "x"}), "Discord has no such operation"),
        (sent("DELETE", "/channels/general/messages/2"), "channel_id in the path may not be 'general'"),
        (sent("GET", "/channels/1/messages", limitt=5), "there is no query parameter 'limitt'"),
        (sent("POST", "/channels/1/messages"), "a body is required"),
        (sent("DELETE", "/channels/1/messages/2", {"content": "x"}), "no body is expected"),
        (sent("POST", "/channels/1/messages", {"content": 3}), 'content breaks type ["string", "null"]: 3'),
        (sent("POST", "/interactions/1/token/callback", {"type": 44}), "type may not be 44 here"),
        (message(row(button(label="x" * 81))), "components[0].components[0].label breaks maxLength 80"),
        (message(row(button(custom_id="x" * 101))), "components[0].components[0].custom_id breaks maxLength 100"),
        (message(container(row(button(label="x" * 81)))), "components[0].components[0].components[0].label breaks"),
        (message(container({"type": 10})), "components[0].components[0] lacks content"),
        (message(container(container())), "components[0].components[0].type may not be 17 here"),
        (message({"type": 99}), "components[0].type may not be 99 here"),
        (form(title="t" * 46), "data.title breaks maxLength 45"),
        (form(label="l" * 46), "data.components[0].label breaks maxLength 45"),
        (commands(name="n" * 33), "[0].name breaks maxLength 32"),
        (commands(description="d" * 101), "[0].description breaks maxLength 100"),
    ],
)
def test_names_what_discord_would_refuse(schema: DiscordSchema, request_: HttpLogEntry, complaint: str) -> None:
    (line,) = validate_requests([request_], schema)

    assert line.startswith(f"request 1, {request_.method} {request_.path}: ")
    assert complaint in line


def test_counts_requests_from_one(schema: DiscordSchema) -> None:
    lines = validate_requests([form(), form(title="t" * 46), form(), form(label="l" * 46)], schema)

    assert [line.split(",")[0] for line in lines] == ["request 2", "request 4"]


class Visitor(discord.Client):
    """A client with one command, which opens a form; its submission is deferred, answered and followed up."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree(self)

        @self.tree.command(name="propose", description="Propose an issue")
        async def propose(interaction: discord.Interaction) -> None:
            choice = ui.Select(custom_id="category", options=[discord.SelectOption(label="One", value="1")])
            rules = [discord.RadioGroupOption(label=word.title(), value=word) for word in ("open", "sealed")]
            secrecy = ui.RadioGroup(custom_id="secrecy", options=rules)
            shown = ui.Modal(title="Propose", custom_id="cmt:1:propose:1", timeout=None)
            shown.add_item(ui.Label(text="Category", component=choice))
            shown.add_item(ui.Label(text="Chairs", component=ui.RoleSelect(custom_id="chairs")))
            shown.add_item(ui.Label(text="Secrecy", component=secrecy))
            shown.stop()
            await interaction.response.send_modal(shown)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.modal_submit:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(view=card())
            await interaction.followup.send(view=card(), ephemeral=True)


def card() -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    section = ui.Section(ui.TextDisplay("Text"), accessory=ui.Button(label="Read all", custom_id="cmt:1:read:1"))
    view.add_item(ui.Container(ui.TextDisplay("## Title"), ui.Separator(), section))
    view.stop()
    return view


async def test_finds_nothing_wrong_with_what_discord_py_sends(schema: DiscordSchema, tmp_path: Path) -> None:
    chart = tmp_path / "chart.png"
    chart.write_bytes(b"picture")
    async with simcord.run(Visitor()) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("council")
        chair = guild.create_role("Chair")
        alice = guild.add_member(env.create_user("alice"))
        form_shown = await alice.slash(channel, "propose")
        await alice.submit_modal(form_shown, {"category": ["1"], "chairs": [chair], "secrecy": "open"})
        here = env.bot.get_partial_messageable(channel.id, guild_id=guild.id)
        posted = await here.send(view=card(), nonce="1", allowed_mentions=discord.AllowedMentions.none())
        await here.get_partial_message(posted.id).edit(view=card())
        await here.get_partial_message(posted.id).create_thread(name="Discussion")
        await here.send(file=discord.File(chart, description="A chart"))
        await (await env.bot.create_dm(discord.Object(alice.id))).send(view=card())

        assert len(env.http_requests) >= 11
        assert validate_requests(env.http_requests, schema) == []
