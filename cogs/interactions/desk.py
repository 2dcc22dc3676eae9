"""What every command and button needs: the services, the catalogues, and who acts where according to Discord."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, cast

import discord
from discord.ext import commands

from cogs.showing.localizer import Catalogues, Localizer
from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId, RoleId
from services import Services

from .forms import Forms
from .items import Items
from .once import Once
from .pacing import Pacing


@dataclass(frozen=True)
class Desk:
    """What the client lays out for the areas; it is the client's attribute `desk`.

    `under_way`: the tasks that are answering an interaction. `guarded`: called with each interaction once its work has
    ended, whatever came of it; what it has changed is stored by then.
    """

    services: Services
    catalogues: Catalogues
    forms: Forms = field(default_factory=Forms)
    items: Items = field(default_factory=Items)
    under_way: set[asyncio.Task[Any]] = field(default_factory=set)
    guarded: list[Callable[[discord.Interaction[Any]], None]] = field(default_factory=list)
    pacing: Pacing = field(default_factory=Pacing)
    once: Once = field(default_factory=Once)


def desk_of(source: discord.Interaction[Any] | commands.Bot) -> Desk:
    """The desk of the client, or of the one that received the interaction."""
    client = source.client if isinstance(source, discord.Interaction) else source
    return cast(Desk, cast(Any, client).desk)


def actor_of(interaction: discord.Interaction[Any]) -> Actor:
    """Who acts, with the name, roles and permission that the interaction carries: no cache, no further request."""
    user = interaction.user
    roles = [role.id for role in user.roles] if isinstance(user, discord.Member) else []
    return Actor(
        person=PersonId(user.id),
        name=user.display_name,
        roles=frozenset(RoleId(role) for role in roles),
        manages_server=interaction.permissions.manage_guild,
        member_for=_member_for(interaction),
    )


def _member_for(interaction: discord.Interaction[Any]) -> timedelta | None:
    """For how long the member has been on the server, by Discord's own clock."""
    joined_at = interaction.user.joined_at if isinstance(interaction.user, discord.Member) else None
    return None if joined_at is None else interaction.created_at - joined_at


def channel_of(interaction: discord.Interaction[Any]) -> ChannelId:
    """The channel whose council is meant: a thread belongs to its parent."""
    channel = interaction.channel
    if isinstance(channel, discord.Thread):
        return ChannelId(channel.parent_id)
    return ChannelId(interaction.channel_id or 0)


async def localizer_for(interaction: discord.Interaction[Any]) -> Localizer:
    """The member's language: the one stored under preferences, else that of the member's Discord."""
    desk = desk_of(interaction)
    language = await desk.services.people.language(PersonId(interaction.user.id))
    return desk.catalogues.localizer(language or interaction.locale.value)
