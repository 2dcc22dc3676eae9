"""What members and chairs do in the lifetime behind `tests/data/before-12`, each in a line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import discord
from simcord.backend.models import Overwrite
from simcord.backend.serializers import channel_payload
from simcord.enums import OverwriteType

from tests.before.pressing import entered_in
from tests.before.simulated import controls
from tests.end_to_end.bench import World, text_of

NAMES = ("Alice", "Boris", "Chen", "Dalia", "Emeka", "Farah", "Goran", "Hanna", "Ines", "Jamal")


class Acting:
    """One server, in one of its channels at a time. `people`: the members by name, the chair too."""

    def __init__(self, world: World, file: Path) -> None:
        self.world, self._file = world, file
        self.people = dict(zip(NAMES, world.members(len(NAMES)), strict=True)) | {"Chair": world.chair}

    async def use(self, name: str, command: str, /, **options: Any) -> Any:
        """A slash command, in the channel that the world is in."""
        return _answered(await self.people[name].slash(self.world.channel, command, **options))

    async def send(self, name: str, command: str, fields: dict[str, Any], /, **options: Any) -> Any:
        """A slash command that opens a form, which is sent."""
        form = await self.use(name, command, **options)
        return _answered(await self.people[name].submit_modal(form, fields))

    async def tap(self, name: str, shown: Any, noun: str = "", last: str = "") -> Any:
        """The button of that noun with that last word; the last where there are several."""
        custom_id = _id_in(shown, noun, last)
        return _answered(await self.people[name].click(shown, custom_id=custom_id))

    async def choose(self, name: str, shown: Any, noun: str, last: str, value: str) -> Any:
        """A choice from the menu of that noun."""
        custom_id = _id_in(shown, noun, last)
        return _answered(await self.people[name].select(shown, [value], custom_id=custom_id))

    def enter(self, channel: str) -> None:
        """Go to a channel, which is made where there is none of that name."""
        channels = self.world.guild.channels
        self.world.channel = channels.get(channel) or self.world.guild.create_text_channel(channel)

    async def found(self, channel: str, preset: str, *, secrecy: str = "open", length: str) -> None:
        """A council in a channel of its own, where the world is from then on."""
        self.enter(channel)
        fields = {"name": channel.title(), "preset": [preset], "length": length, "voters": [], "chairs": []}
        await self.send("Chair", "council setup", fields, secrecy=secrecy)

    async def change_rules(self, group: str, **fields: Any) -> None:
        """A group of rules, by its form; what is not named stays as it is."""
        rules = await self.use("Chair", "council rules")
        form = await self.tap("Chair", rules.response, "rules-edit", group)
        shown = {part["custom_id"]: part for part in controls(form.modal["components"])}
        kept = {name: entered_in(part) for name, part in shown.items()}
        _answered(await self.people["Chair"].submit_modal(form, kept | fields))

    async def propose(self, name: str, title: str, action: str = "What is done.", why: str = "", **options: Any) -> Any:
        """An issue, by its form."""
        answer = await self.send(name, "propose", {"title": title, "action": action, "why": why}, **options)
        await self.world.run_due()
        return answer

    async def open_round(self, **options: Any) -> None:
        """A round, its message posted."""
        await self.use("Chair", "round open", **options)
        await self.world.run_due()

    async def vote(self, name: str, position: str, *, issue: int = 1, reason: str | None = None) -> Any:
        """A ballot by the card's button, and the form where one opens. Who holds several seats votes for the last."""
        answer = await self.tap(name, await self.world.card(issue), last=position)
        if answer.modal is None and "which" in text_of(answer).lower():
            answer = await self.tap(name, answer.response)
        if answer.modal is not None and reason is not None:
            answer = _answered(await self.people[name].submit_modal(answer, {"reason": reason}))
        return answer

    async def pass_time(self, *spans: timedelta) -> None:
        """Time, in steps, with whatever falls due."""
        for span in spans:
            await self.world.pass_time(span)

    def forbid(self) -> None:
        """The bot may no longer post in the channel."""
        backend, channel = self.world.env.backend, self.world.env.backend.channels[self.world.channel.id]
        bit = discord.Permissions(send_messages=True).value
        channel.overwrites[:] = [Overwrite(backend.bot_user.id, OverwriteType.MEMBER, deny=bit)]
        backend.emit("CHANNEL_UPDATE", dict(channel_payload(backend, channel)))

    async def crash_while_closing(self, span: timedelta) -> None:
        """The deadline passes, and the process that began to close the round ends there."""
        self.world.clock.advance(span)
        await self.world.env.advance_time(span.total_seconds())
        of_this = "SELECT id FROM councils WHERE channel = ?"
        statement = f"UPDATE rounds SET status = 'closing' WHERE council = ({of_this})"  # noqa: S608
        with closing(sqlite3.connect(self._file)) as connection, connection:
            connection.execute(statement, [self.world.channel.id])


def _answered(answer: Any) -> Any:
    assert answer.acknowledged
    return answer


def _id_in(shown: Any, noun: str, last: str) -> str:
    ids = [part["custom_id"] for part in controls(shown.components)]
    words = [each.split(":") for each in ids]
    found = [":".join(each) for each in words if noun in ("", each[2]) and last in ("", each[-1])]
    assert found, (noun, last, ids)
    return found[-1]
