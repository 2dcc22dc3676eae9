"""What may stand in no log and no error: the bot's token, tokens of interactions and webhooks, passwords in URLs."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from sqlalchemy.engine import make_url

from .settings import Settings

HIDDEN = "***"
_LEAST = 8
"""Characters of a password that is looked for by itself: a shorter one may be a word that the log needs."""
_SHAPES = (
    (re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s?'\"\\]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(://[^\s:/@'\"]*:)[^\s@/'\"]+(?=@)"), rf"\1{HIDDEN}"),
    # A bot's token: its id, a time and a signature in base64.
    (re.compile(r"\b[A-Za-z\d_-]{23,28}\.[A-Za-z\d_-]{6,7}\.[A-Za-z\d_-]{27,}"), HIDDEN),
)


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that hides in a text these secrets, and everything that has the shape of one."""
    ordered = sorted({each for each in secrets if each}, key=len, reverse=True)
    known = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def redact(text: str) -> str:
        if known is not None:
            text = known.sub(HIDDEN, text)
        for shape, hidden in _SHAPES:
            text = shape.sub(hidden, text)
        return text

    return redact


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """The token and the database's password, as they are and as a URL writes them."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    password = str(make_url(settings.database_url).password or "")
    if len(password) < _LEAST:
        return (token,)
    return (token, password, quote(password, safe=""))
