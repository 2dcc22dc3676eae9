"""Where Discord is: the only module that touches the two attributes of discord.py that carry the URLs."""

from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.settings import Settings


def point_at(settings: Settings) -> None:
    """Point discord.py at the settings' URLs, for the whole process. Where a setting is None, the URL stays as it is.

    `Route` joins `BASE` and each path. The gateway is at `DEFAULT_GATEWAY` with an explicit shard count and after an
    invalid session, else at the URL that the API names.
    """
    if settings.discord_api_url is not None:
        Route.BASE = settings.discord_api_url.rstrip("/")
    if settings.discord_gateway_url is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.discord_gateway_url)
