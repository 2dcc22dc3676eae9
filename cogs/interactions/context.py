"""What every command and button needs: the services, the catalogues, and the routes to whoever answers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import discord
from discord.ext import commands

from cogs.showing.localizer import Catalogues, Localizer
from deliberation.ids import PersonId
from services import Services

from .once import Once
from .pacing import Pacing
from .request import Request, actor_of, channel_of
from .routes import Routes

Bot = commands.Bot
"""The client into which the areas are loaded."""

RequestT = TypeVar("RequestT", bound=Request)


@dataclass(frozen=True)
class Context:
    """What answering any interaction needs; it is the client's attribute `context`.

    `under_way`: the tasks that are answering an interaction. `guarded`: called with each interaction once its work has
    ended, whatever came of it; what it has changed is stored by then.
    """

    services: Services
    catalogues: Catalogues
    routes: Routes = field(default_factory=Routes)
    under_way: set[asyncio.Task[Any]] = field(default_factory=set[asyncio.Task[Any]])
    guarded: list[Callable[[discord.Interaction[Any]], None]] = field(
        default_factory=list[Callable[[discord.Interaction[Any]], None]]
    )
    pacing: Pacing = field(default_factory=Pacing)
    once: Once = field(default_factory=Once)


def context_of(source: discord.Interaction[Any] | commands.Bot) -> Context:
    """The context of the client, or of the one that received the interaction."""
    client = source.client if isinstance(source, discord.Interaction) else source
    return cast(Context, cast(Any, client).context)


async def localizer_for(interaction: discord.Interaction[Any]) -> Localizer:
    """The member's language: the one stored under preferences, else that of the member's Discord."""
    context = context_of(interaction)
    language = await context.services.people.language(PersonId(interaction.user.id))
    return context.catalogues.localizer(language or interaction.locale.value)


async def asked(interaction: discord.Interaction[Any], kind: type[RequestT], **more: Any) -> RequestT:
    """What answering needs, as that kind of request with whatever `more` belongs to it."""
    context = context_of(interaction)
    return kind(
        interaction=interaction,
        actor=actor_of(interaction),
        channel=channel_of(interaction),
        say=await localizer_for(interaction),
        services=context.services,
        catalogues=context.catalogues,
        **more,
    )


async def request_of(interaction: discord.Interaction[Any]) -> Request:
    """What answering a command needs."""
    return await asked(interaction, Request)
