"""What the operator can mend: explained in a line or two, without a traceback."""

import aiohttp
import discord
from sqlalchemy.engine import make_url

from storage.errors import StorageError, shown

from .redaction import redactor
from .settings import Settings


class OperatorFault(Exception):
    """The program cannot go on, and the operator can do something about it. `str()` gives the text to print."""


STORAGE = {
    "database_url_invalid": "COMITY_DATABASE_URL names no database that Comity can use: {given}\n"
    "Write sqlite:///file.db or postgresql://user:password@host/database.",
    "database_unreachable": "The database {database} cannot be reached: {reason}\n"
    "Check COMITY_DATABASE_URL, and that the server runs and lets this user in.",
    "database_read_only": "The database {database} cannot be written.\n"
    "Give the bot's user the right to write there, or name another place in COMITY_DATABASE_URL.",
    "database_locked": "The database {database} is locked by another program. Stop that program, then start again.",
    "database_in_use": "The database {database} is in use. Stop the bot first, and start it again afterwards.",
    "database_conflict": "The database {database} undid a transaction that stood in another's way. Try again.",
    "database_unusable": "The database {database} cannot be used: {reason}",
    "database_newer": "The database {database} belongs to a newer version of Comity ({found}, after {known}).\n"
    "Install that version, or name another database in COMITY_DATABASE_URL.",
    "database_older": "The database {database} is of an older version of Comity, or empty. "
    "Bring it up to date first: comity db upgrade",
}
"""Explanations by the code of the error (`storage.errors`)."""


def explain(error: BaseException, settings: Settings) -> str | None:
    """What an exception means to the operator, or None where it is a defect of the program."""
    match error:
        case OperatorFault():
            return str(error)
        case StorageError():
            return STORAGE[error.code].format(**{name: one_line(value) for name, value in error.params.items()})
        case discord.LoginFailure():
            return (
                "Discord refused the token. Copy a fresh one from the Discord Developer Portal (your application, Bot, "
                "Reset Token) into DISCORD_TOKEN."
            )
        case discord.ConnectionClosed():
            return f"Discord closed the connection for good: {one_line(error)}"
        case discord.PrivilegedIntentsRequired():
            return "Discord refuses an intent of the bot (close code 4014). Comity asks for none that must be allowed."
        case discord.DiscordServerError():
            return f"Discord has trouble at the moment, try again later: {one_line(error)}"
        case discord.GatewayNotFound():
            return "Discord's gateway cannot be reached. Check the network and COMITY_DISCORD_GATEWAY_URL."
        case aiohttp.ClientConnectionError():
            where = settings.discord_api_url or "discord.com"
            return f"{where} cannot be reached: {one_line(error)}\nCheck the network and COMITY_DISCORD_API_URL."
    return None


def shown_url(url: str) -> str:
    """A database's URL as it may be printed: without its password; for a file, the path alone."""
    return shown(make_url(url)) or ":memory:"


def one_line(value: object) -> str:
    """A value's text on one line, with secrets hidden; the name of an exception that has no text."""
    return redactor()(" ".join(str(value).split())) or type(value).__name__
