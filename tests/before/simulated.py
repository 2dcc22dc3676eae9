"""The simulated Discord as text, and back: servers, channels, members, every message and every open form, by the same
ids. What stood in Discord when a bot was upgraded stands there afterwards."""

from __future__ import annotations

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
