"""Hiding what no log and no screen may show: tokens of every kind, and the passwords in the settings.

A password is searched for as it was typed, not as a URL is parsed: if an @ in it is not escaped, the part behind it is
parsed as the name of a host, which every message would show. So everything between the user and the last @ is hidden,
whole and in parts, and so is every parameter that is not known to be harmless.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any, TextIO
from urllib.parse import quote, quote_plus, unquote, unquote_plus

from .database_urls import PARAMETERS
from .settings import TOKEN, Settings

HIDDEN = "***"
_LEAST, _LONG = 4, 8
"""The lengths from which on a secret is hidden wherever it is a whole word, and wherever it occurs at all. A shorter
one is hidden only where it is placed as in a URL: it may be a word that the log needs."""
_SCHEME = re.compile(r"[A-Za-z][\w+.-]*:?//|")
_APART = re.compile(r"[@:/?#&=\[\]\s]+")
"""What separates the parts of a URL."""
_HARMLESS = PARAMETERS - {"password", "passfile"} | {"sslmode"}
"""Parameters that may be shown."""
_SECRET = re.compile(
    r"access_token|api_?key|key|pass|passfile|passwd|password|pwd|secret|sslkey|sslpassword|token", re.I
)
"""Parameters whose values are secrets. With any other, even the name may be part of a secret."""
_SHAPES = (
    (re.compile(r"(/(?:interactions|webhooks)/\d+/)[^/\s?'\"\\]+"), rf"\1{HIDDEN}"),
    (re.compile(r"(://[^\s:/@'\"]*:)[^\s@/'\"]+(?=@)"), rf"\1{HIDDEN}"),
    (re.compile(rf"([?&](?:{_SECRET.pattern})=)[^\s&'\"]+", re.IGNORECASE), rf"\1{HIDDEN}"),
    # A bot's token: its id, a time and a signature in base64.
    (re.compile(r"\b[A-Za-z\d_-]{23,28}\.[A-Za-z\d_-]{6,7}\.[A-Za-z\d_-]{27,}"), HIDDEN),
)


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that hides in a text these secrets, as a URL, JSON or Python may write them, and everything that has
    the form of a secret."""
    written = {form for each in secrets for form in _written(each)}
    ordered = sorted(written, key=len, reverse=True)
    known = re.compile("|".join(map(_found, ordered)), re.IGNORECASE) if ordered else None

    def redact(text: str) -> str:
        if known is not None:
            text = known.sub(HIDDEN, text)
        for shape, hidden in _SHAPES:
            text = shape.sub(hidden, text)
        return text

    return redact


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """The token, and every secret in the settings that are URLs."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    urls = (settings.database_url, settings.discord_api_url, settings.discord_gateway_url)
    return (token, *(secret for url in urls if url is not None for secret in secrets_in(_as_typed(url))))


def _as_typed(url: str) -> str:
    """The URL of a setting as it was before it was parsed: an escaped @ behind the host was not escaped when it was
    typed."""
    return unquote(url) if "%40" in url.rpartition("@")[2] else url


def secrets_in(typed: str) -> set[str]:
    """The secrets in a text that somebody typed as a URL, even if it is not one."""
    typed = typed.strip().strip("'\"")
    scheme = _SCHEME.match(typed)
    rest = typed[scheme.end() :] if scheme else typed
    # The file of an SQLite database may have any name.
    of_file = typed.lower().startswith("sqlite") and rest.startswith("/")
    user_and_password, at, _ = rest.rpartition("@")
    password = user_and_password.partition(":")[2] if at and not of_file else ""
    found = {password, *_APART.split(password)}
    for parameter in rest.partition("?")[2].split("&"):
        name, equals, value = parameter.partition("=")
        if equals and _SECRET.fullmatch(name):
            found |= {value, *_APART.split(value)}
        elif name.lower() not in _HARMLESS:
            found |= {parameter, *_APART.split(parameter)}
    return found - {""}


class Covered:
    """A stream of text on which everything is written as `redact` returns it."""

    def __init__(self, stream: TextIO, redact: Callable[[str], str]) -> None:
        self._stream = stream
        self._redact = redact

    def write(self, text: str) -> int:
        self._stream.write(self._redact(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def cover(typed: Iterable[tuple[str, str]]) -> None:
    """Hide the settings' secrets in everything that is written to stdout and stderr. `typed`: variables and their
    values.

    This covers what commands print, the log once more, tracebacks, warnings, and anything that a library prints outside
    the log.
    """
    secrets = [each for name, value in typed for each in ({value.strip()} if name == TOKEN else secrets_in(value))]
    streams: Any = sys
    redact = redactor(secrets)
    streams.stdout, streams.stderr = Covered(sys.stdout, redact), Covered(sys.stderr, redact)


def _written(secret: str) -> set[str]:
    """The forms in which the secret may be written, plain and escaped, no matter which of the two was typed."""
    plain = {secret, unquote(secret), unquote_plus(secret)}
    escaped = {form for each in plain for form in (quote(each, safe=""), quote(each), quote_plus(each))}
    quoted = {form for each in plain for form in (repr(each)[1:-1], json.dumps(each)[1:-1])}
    return (plain | escaped | quoted) - {""}


def _found(secret: str) -> str:
    """A pattern that finds the secret."""
    pattern = re.escape(secret)
    if len(secret) >= _LONG:
        return pattern
    if len(secret) >= _LEAST:
        return rf"(?:(?<!\w)|(?<=%[0-9a-f]{{2}})){pattern}(?!\w)"
    return rf"(?:(?<=[:/@=?&])|(?<=%[0-9a-f]{{2}})){pattern}(?=[:/@=?&\s'\"]|%[0-9a-f]{{2}}|$)"
