"""The simulated Discord as text, and back: servers, channels, members, every message and every open form, by the same
ids. What stood in Discord when a bot was upgraded stands there afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import simcord
from pydantic import TypeAdapter
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.backend.models import Channel, Guild, Interaction, Message, User
from simcord.builders import ChannelHandle, GuildHandle, UserHandle
from simcord.components import walk_components
from simcord.results import InteractionResult, ResponseMessage


@dataclass
class Simulated:
    """All that the members of one server see: `forms` are those that somebody has open."""

    guild: Guild
    users: list[User] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    forms: list[Interaction] = field(default_factory=list)


def kept(env: simcord.Env, guild: int) -> str:
    """The server as text, a line for each thing in it; of texts the first line, which is enough to find them by."""
    backend = env.backend
    channels = [channel for channel in backend.channels.values() if channel.guild_id in (guild, None)]
    messages = [message for channel in channels for message in backend.messages.get(channel.id, {}).values()]
    forms = [each for each in backend.interactions.values() if each.modal is not None and not each.modal_consumed]
    state = Simulated(
        guild=backend.guilds[guild],
        users=list(backend.users.values()),
        channels=channels,
        messages=list(_worth_keeping(messages, {form.source_message_id for form in forms})),
        forms=forms,
    )
    whole = _FORMAT.dump_python(state, mode="json", exclude_defaults=True, exclude={"messages": {"__all__": _UNREAD}})
    for message in whole["messages"]:
        if asked := message.get("interaction_metadata"):
            message["interaction_metadata"] = {"id": asked["id"], "type": asked["type"], "user": asked["user"]["id"]}
        for part in walk_components(message.get("components", [])):
            if "content" in part:
                part["content"] = part["content"].partition("\n")[0]
    for part in walk_components([form["modal"] for form in whole["forms"]]):
        part.pop("description", None)
    parts = [
        f'"{name}": [\n{_lines(value)}\n]' if isinstance(value, list) else f'"{name}": {_line(value)}'
        for name, value in whole.items()
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def restored(env: simcord.Env, text: str) -> Server:
    """The server in a simulated Discord that had none of its own, which the bot joins."""
    state, backend = _FORMAT.validate_json(text), env.backend
    backend.users.update({user.id: user for user in state.users})
    backend.channels.update({channel.id: channel for channel in state.channels})
    backend.dm_channels.update({each.recipient_ids[0]: each.id for each in state.channels if each.recipient_ids})
    for channel in state.channels:
        backend.messages[channel.id] = {}
    for message in state.messages:
        backend.messages[message.channel_id][message.id] = message
        if (asked := message.interaction_metadata) is not None:
            user = serializers.user_payload(backend.get_user(int(asked["user"])))
            message.interaction_metadata = {**asked, "user": dict(user), "authorizing_integration_owners": {}}
    for form in state.forms:
        backend.interactions[form.id] = form
        backend.interaction_tokens[form.token] = form.id
    backend.guilds[state.guild.id] = state.guild
    backend.emit("GUILD_CREATE", serializers.guild_create_payload(backend, state.guild))
    return Server(env, state)


def controls(components: Any) -> Iterator[dict[str, Any]]:
    """The buttons and menus that a member can use."""
    raw = [part if isinstance(part, dict) else part.to_dict() for part in components]
    for part in walk_components(raw):
        if part.get("custom_id") and not part.get("disabled"):
            yield part


class Server:
    """A restored server, as tests speak of it: its members and channels by their names, its messages, and the open
    forms, each with the member who has it."""

    def __init__(self, env: simcord.Env, state: Simulated) -> None:
        self._env, self._stored = env, {message.id: message for message in state.messages}
        self._stood = {message.id: deepcopy(message.components) for message in state.messages}
        self.guild = GuildHandle(env, state.guild)
        users = [user for user in state.users if user.id in state.guild.members]
        self.members = {user.name: MemberActor(env, self.guild, UserHandle(env, user)) for user in users}
        self.channels = {channel.name: ChannelHandle(env, self.guild, channel) for channel in state.channels}
        self.messages = [ResponseMessage(env, message) for message in state.messages]
        self.forms = [(self._member(form.user_id), InteractionResult(env, form)) for form in state.forms]

    def only_for(self, message: ResponseMessage) -> MemberActor | None:
        """Who alone sees the message; None where everybody does."""
        asked = self._stored[message.id].interaction_metadata
        return self._member(int(asked["user"]["id"])) if asked is not None and message.ephemeral else None

    def put_back(self, message: ResponseMessage) -> None:
        """Show on the message what it showed when it was restored."""
        self._stored[message.id].components = deepcopy(self._stood[message.id])

    def _member(self, user: int) -> MemberActor:
        return next(member for member in self.members.values() if member.id == user)

    def permit(self, channel: str) -> None:
        """The bot may post in the channel again."""
        backend = self._env.backend
        stored = backend.channels[self.channels[channel].id]
        stored.overwrites.clear()
        backend.emit("CHANNEL_UPDATE", dict(serializers.channel_payload(backend, stored)))


_FORMAT = TypeAdapter(Simulated)
_UNREAD = {"allowed_mentions", "mention_user_ids", "ping_user_ids", "mention_role_ids", "ping_role_ids"}


def _worth_keeping(messages: list[Message], in_use: set[int | None]) -> Iterator[Message]:
    """What everybody sees, and of the answers to one member those with a control that stands on no earlier one."""
    seen: set[tuple[int, str]] = set()
    for message in sorted(messages, key=lambda message: (message.is_ephemeral, message.id)):
        own = {(message.channel_id, part["custom_id"]) for part in controls(message.components)}
        if not message.is_ephemeral or message.id in in_use or own - seen:
            yield message
        seen |= own


def _lines(listed: list[Any]) -> str:
    return ",\n".join(_line(value) for value in listed)


def _line(value: Any) -> str:
    return json.dumps(_said(value), ensure_ascii=False, separators=(",", ":"))


def _said(value: Any) -> Any:
    """Without what says nothing: null, a switch that is off, a component's place in its message."""
    if not isinstance(value, dict):
        return [_said(each) for each in value] if isinstance(value, list) else value
    off = ("disabled", "spoiler", "default")
    placed = "type" in value and isinstance(value.get("id"), int) and value["id"] < 1_000
    return {
        key: _said(each)
        for key, each in value.items()
        if each is not None and not (key in off and each is False) and not (key == "id" and placed)
    }
