"""What a member asks for, by a command, a tap or a form; and who asks where, according to Discord."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import discord
from discord import ui

from cogs.custom_ids.grammar import CustomId
from cogs.showing.drawing import Drawing
from cogs.showing.localizer import Catalogues, Localizer
from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId, RoleId
from services import Services

from . import answering


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What answering a member needs. `say`: in the member's language; `channel`: whose council is meant."""

    interaction: discord.Interaction[Any]
    actor: Actor
    channel: ChannelId
    say: Localizer
    services: Services
    catalogues: Catalogues

    @property
    def person(self) -> PersonId:
        return self.actor.person

    async def reply(
        self,
        view: ui.LayoutView | Drawing,
        *,
        ephemeral: bool = True,
        edit: bool = False,
        files: Sequence[discord.File] = (),
    ) -> None:
        """Answer; see `answering.reply`."""
        await answering.reply(self.interaction, view, ephemeral=ephemeral, edit=edit, files=files)

    async def open_form(self, form: ui.Modal, *, again: CustomId) -> None:
        """Open the form; where it is too late for that, answer with a button of the id `again`, which opens it."""
        await answering.open_form(self.interaction, form, say=self.say, again=str(again))


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
