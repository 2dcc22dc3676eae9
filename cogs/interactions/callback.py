"""An interaction's first answer, sent as Discord's "Create Interaction Response" takes it.

discord.py's own calls also ask for the message that comes of it, and build that with all its components, though nobody
reads it: beside the request itself they take three times as long. This is the only module that touches what discord.py
keeps to itself of an interaction.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from discord import AllowedMentions, Interaction, InteractionResponseType, MessageFlags
from discord.http import Route
from discord.webhook.async_ import async_context

SHOWN = MessageFlags(components_v2=True).value
SHOWN_TO_THE_MEMBER = MessageFlags(components_v2=True, ephemeral=True).value
NOBODY = AllowedMentions.none().to_dict()
Components = Sequence[Mapping[str, Any]]


async def send(interaction: Interaction[Any], components: Components, *, ephemeral: bool) -> None:
    """Answer with a message, to the member alone where it is `ephemeral`. Nobody is mentioned.

    Raises discord.HTTPException, aiohttp.ClientError or OSError.
    """
    flags = SHOWN_TO_THE_MEMBER if ephemeral else SHOWN
    await _respond(interaction, InteractionResponseType.channel_message, flags, components)


async def edit(interaction: Interaction[Any], components: Components) -> None:
    """Put this where the button was. Nobody is mentioned. Raises as `send` does."""
    await _respond(interaction, InteractionResponseType.message_update, SHOWN, components)


async def _respond(
    interaction: Interaction[Any], kind: InteractionResponseType, flags: int, components: Components
) -> None:
    # The route's parameters are named for webhooks, by which discord.py tells apart what must not overtake each other.
    route = Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=interaction.id,
        webhook_token=interaction.token,
    )
    http = interaction.client.http
    await async_context.get().request(
        route,
        interaction._session,  # pyright: ignore[reportPrivateUsage]
        proxy=http.proxy,
        proxy_auth=http.proxy_auth,
        payload={
            "type": kind.value,
            "data": {"flags": flags, "components": components, "allowed_mentions": NOBODY},
        },
    )
    interaction.response._response_type = kind  # pyright: ignore[reportPrivateUsage]
