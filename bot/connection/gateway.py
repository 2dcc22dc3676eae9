"""Surviving, and logging, what Discord's gateway sends and discord.py cannot read.

In discord.py it would end the client, and with it the program. Here an event that cannot be read is skipped; a
connection that has become unreadable is given up for another one, after a pause that grows. This is the only module
that touches private parts of discord.py's connection to the gateway.
"""

import asyncio
import re
import secrets
import traceback
from typing import Any, cast

import aiohttp
import discord
import structlog
from discord.backoff import ExponentialBackoff
from discord.gateway import DiscordWebSocket, ReconnectWebSocket
from discord.utils import _from_json

log = structlog.get_logger(__name__)

_PASSED_ON = (ReconnectWebSocket, discord.ConnectionClosed, OSError, aiohttp.ClientError)
"""The errors after which discord.py itself makes another connection."""
_EVENT = re.compile(r"[A-Z][A-Z_]{0,63}")
_BEATS = (1_000, 600_000)
"""Milliseconds: the plausible range of the time between two heartbeats."""
_SESSION_LOST = 4000
"""After a close with this code Discord retains the session, so that it can be resumed."""


class Unreadable(Exception):
    """Something that discord.py accepts, but that would make the connection useless."""


def read_patiently(bot: discord.Client) -> None:
    """Let every connection that the bot makes to the gateway survive what it cannot read."""
    patience = _Patience(bot)
    state: Any = bot._connection
    update = state._update_references

    def attach(socket: DiscordWebSocket) -> None:
        update(socket)
        _Reader(socket, patience)

    # discord.py calls this with each connection, before anything is read from it.
    state._update_references = attach


class _Patience:
    """How often each shard's connection of one bot was given up, and where in its session."""

    def __init__(self, bot: discord.Client) -> None:
        self._bot = bot
        self._backoffs: dict[int | None, ExponentialBackoff[Any]] = {}
        self._given_up_at: dict[int | None, tuple[str | None, int | None]] = {}

    def is_stuck(self, shard: int | None, *, session: str | None, sequence: int | None) -> bool:
        """Whether the last connection came no further than this: Discord would send the same again and again."""
        place = session, sequence
        stuck = self._given_up_at.get(shard) == place
        self._given_up_at[shard] = place
        return stuck

    async def wait(self, shard: int | None) -> None:
        """Dispatch that the connection is lost, and wait, longer each time."""
        self._bot.dispatch("disconnect")
        if shard is not None:
            self._bot.dispatch("shard_disconnect", shard)
        await asyncio.sleep(self._backoffs.setdefault(shard, ExponentialBackoff()).delay())


class _Reader:
    """Reads the frames of one connection."""

    def __init__(self, socket: DiscordWebSocket, patience: _Patience) -> None:
        self._socket: Any = socket
        self._patience = patience
        self._read = socket.received_message
        self._text: str | bytes | None = None
        self._socket.received_message = self._receive
        # Called with each frame as soon as it is unpacked.
        self._socket.log_receive = self._note

    async def _receive(self, received: Any) -> None:
        """Read one frame. Raises only errors after which discord.py makes another connection."""
        socket = self._socket
        session, sequence = socket.session_id, socket.sequence
        try:
            await self._read(received)
            if socket.session_id is not session:
                _require_session(socket)
            return
        except _PASSED_ON:
            raise
        except Exception as error:
            # Only the error's place is logged: its text may quote what was sent, and so a token.
            failed = error
        finally:
            text, self._text = self._text, None
            if not isinstance(socket.sequence, int | None):
                socket.sequence = sequence
        op, event = _kind(text)
        if op == socket.DISPATCH and event != "READY":
            _tell("gateway_event_unreadable", failed, event_type=event, shard=socket.shard_id)
            if event == "RESUMED":
                # This event needs no data: its name says everything.
                socket._discord_parsers[event]({"__shard_id__": socket.shard_id})
            return
        _tell("gateway_connection_unreadable", failed, event_type=event, op=op, shard=socket.shard_id)
        await self._give_up(session_begun=event != "READY" and socket.session_id is not None)

    async def _give_up(self, *, session_begun: bool) -> None:
        """Close the connection and ask for another, which resumes the session, or begins a new one if resuming did not
        help."""
        socket = self._socket
        shard, session, sequence = socket.shard_id, socket.session_id, socket.sequence
        resume = not self._patience.is_stuck(shard, session=session, sequence=sequence) and session_begun
        if not resume:
            socket.session_id = socket.sequence = None
        await socket.close(code=_SESSION_LOST)
        await self._patience.wait(shard)
        raise ReconnectWebSocket(shard, resume=resume)

    def _note(self, text: str | bytes) -> None:
        self._text = text
        if self._socket._keep_alive is None:
            _require_beats(text)


def _kind(text: str | bytes | None) -> tuple[int | None, str | None]:
    """The op of a frame and the name of its event, where they can be read."""
    try:
        frame = _from_json(cast(str, text)) if text is not None else None
    except ValueError:
        return None, None
    if not isinstance(frame, dict):
        return None, None
    op, event = frame.get("op"), frame.get("t")
    named = isinstance(event, str) and _EVENT.fullmatch(event) is not None
    return op if isinstance(op, int) else None, event if named else None


def _require_beats(text: str | bytes) -> None:
    """Refuse a HELLO that asks for impossible heartbeats: so fast that nobody can send them, or years apart."""
    frame = _from_json(cast(str, text))
    if not isinstance(frame, dict) or frame.get("op") != DiscordWebSocket.HELLO:
        return
    between = frame["d"]["heartbeat_interval"]
    if isinstance(between, bool) or not _BEATS[0] <= between <= _BEATS[1]:
        raise Unreadable


def _require_session(socket: Any) -> None:
    """After READY: check that the session can be resumed, and at a possible address."""
    if socket.session_id is None:
        return
    if not isinstance(socket.session_id, str) or not socket.session_id:
        raise Unreadable
    if socket.gateway.scheme not in ("ws", "wss") or not socket.gateway.host:
        socket.gateway = socket.DEFAULT_GATEWAY


def _tell(happened: str, error: Exception, **told: Any) -> None:
    """Log one line, which contains nothing from the payload except the event's name."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{place.filename.rpartition('/')[2]}:{place.lineno}"
    log.error(happened, incident=secrets.token_hex(4), error=type(error).__name__, at=where, **told)
