"""The stand-in itself: an HTTP server for the REST API and the gateway, with methods for tests and benchmarks."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

import orjson
from aiohttp import WSMsgType, web

from bench.discord.payloads import APPLICATION, BOT, PERMISSIONS, SESSION, channel, guild, message, snowflake

IDENTIFY, RESUME, HELLO, DISPATCH, HEARTBEAT, HEARTBEAT_ACK = 2, 6, 10, 0, 1, 11
DEFERRED = (5, 6)
"""Callbacks that only promise an answer."""
Fault = Callable[[web.Request], Awaitable[web.StreamResponse | None]]
"""Called with each request to the API before it is carried out: returns an answer to send instead, or None."""


def answer(data: Any, status: int = 200, **headers: str) -> web.Response:
    # discord.py decodes JSON only where the content type says exactly this.
    return web.Response(body=orjson.dumps(data), status=status, headers={"Content-Type": "application/json", **headers})


@dataclass(slots=True)
class Answered:
    """How an interaction was answered: the type and data of its callback, and the seconds from sending it to that. If
    it was deferred first, data and seconds are those of the answer that followed."""

    type: int
    data: Any
    seconds: float


@dataclass(slots=True)
class Session:
    """One connection to the gateway."""

    socket: web.WebSocketResponse
    shard: tuple[int, int]
    sequence: int = 0

    async def send(self, event: str, data: Any) -> None:
        self.sequence += 1
        frame = orjson.dumps({"op": DISPATCH, "t": event, "s": self.sequence, "d": data})
        await self.socket.send_str(frame.decode())


@dataclass
class StandIn:
    """`url`, `gateway_url`: the values for the bot's settings. `guilds`: each server's channels, in which everybody has
    the permissions `allowed`. `max_concurrency`: how many shards may identify at once. `fault`: see `Fault`.
    `greetings`: the frames that the next connections get instead of HELLO; `readies`: each changes the data of one
    READY to come.

    `greeted` counts the connections that may identify or resume; `identified` and `resumed` get the number of each
    shard that did. `published`: the commands. `messages`: the messages in the channels, by id, as last sent or edited;
    `requests`: every request about them, as token, method and path.
    """

    guilds: dict[int, list[int]] = field(default_factory=dict)
    allowed: str = PERMISSIONS
    max_concurrency: int = 1
    fault: Fault | None = None
    greetings: list[str] = field(default_factory=list)
    readies: list[Callable[[dict[str, Any]], Any]] = field(default_factory=list)
    url: str = ""
    gateway_url: str = ""
    published: list[Any] = field(default_factory=list)
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    greeted: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    identified: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    resumed: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    sessions: dict[int, Session] = field(default_factory=dict)
    connected: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[str, tuple[float, asyncio.Future[Answered]]] = field(default_factory=dict)

    async def interact(self, payload: dict[str, Any]) -> Answered:
        """Send an interaction to the shard that owns its server; returns the bot's final answer."""
        future: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting[payload["id"]] = (time.perf_counter(), future)
        await self.session_of(int(payload["guild_id"])).send("INTERACTION_CREATE", payload)
        return await future

    def session_of(self, guild_id: int) -> Session:
        """The connection that owns the server. Raises LookupError where its shard is not connected."""
        for session in self.sessions.values():
            shard, shards = session.shard
            if (guild_id >> 22) % shards == shard:
                return session
        raise LookupError(f"no shard of {guild_id} is connected")

    async def _callback(self, request: web.Request) -> web.Response:
        body = orjson.loads(await _json_part(request))
        number = request.match_info["interaction"]
        if body["type"] not in DEFERRED:
            self._answered(number, body["type"], body.get("data"))
        if "with_response" not in request.query:
            return web.Response(status=204)
        made = {"id": number, "type": 3, "response_message_id": number, "response_message_loading": False}
        made["response_message_ephemeral"] = True
        if body["type"] not in (4, 7):
            return answer({"interaction": made})
        resource = {"type": body["type"], "message": message(int(number), 1, flags=64)}
        return answer({"interaction": made, "resource": resource})

    async def _follow_up(self, request: web.Request) -> web.Response:
        """A message that answers a deferred interaction, or follows an answer."""
        body = orjson.loads(await _json_part(request))
        number = request.match_info["token"].removeprefix("token-")
        self._answered(number, DEFERRED[0], body)
        return answer(message(int(number), 1, body.get("components"), flags=64))

    def _answered(self, number: str, kind: int, data: Any) -> None:
        sent_at, future = self._waiting.pop(number, (0.0, None))
        if future is not None and not future.done():
            future.set_result(Answered(kind, data, time.perf_counter() - sent_at))

    async def _send_message(self, request: web.Request) -> web.Response:
        body = orjson.loads(await _json_part(request))
        place, number = int(request.match_info["channel"]), snowflake(time.time_ns() // 1_000_000)
        sent = message(number, place, body.get("components"))
        self.messages[number] = sent
        self._note(request)
        return answer(sent)

    async def _edit_message(self, request: web.Request) -> web.Response:
        body = orjson.loads(await _json_part(request))
        number = int(request.match_info["message"])
        edited = message(number, int(request.match_info["channel"]), body.get("components"))
        self.messages[number] = edited
        self._note(request)
        return answer(edited)

    async def _list_messages(self, request: web.Request) -> web.Response:
        place = request.match_info["channel"]
        found = [each for each in self.messages.values() if each["channel_id"] == place]
        self._note(request)
        return answer(found[::-1][: int(request.query.get("limit", 50))])

    async def _publish(self, request: web.Request) -> web.Response:
        self.published = await request.json()
        return answer([])

    async def _gateway_bot(self, request: web.Request) -> web.Response:
        limit = SESSION | {"max_concurrency": self.max_concurrency}
        return answer({"url": self.gateway_url, "shards": 1, "session_start_limit": limit})

    async def _channel(self, request: web.Request) -> web.Response:
        place = int(request.match_info["channel"])
        owner = next((guild_id for guild_id, channels in self.guilds.items() if place in channels), None)
        return (
            answer({"message": "Unknown Channel", "code": 10003}, 404)
            if owner is None
            else answer(channel(place, owner))
        )

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        hello = _frame(HELLO, {"heartbeat_interval": 40_000})
        await socket.send_str(self.greetings.pop(0) if self.greetings else hello)
        self.greeted.release()
        session: Session | None = None
        async for received in socket:
            if received.type not in (WSMsgType.TEXT, WSMsgType.BINARY):
                continue
            frame = orjson.loads(received.data)
            if frame["op"] == IDENTIFY:
                session = await self._identify(socket, frame["d"])
            elif frame["op"] == RESUME:
                session = await self._resume(socket, frame["d"])
            elif frame["op"] == HEARTBEAT:
                await socket.send_str(_frame(HEARTBEAT_ACK, None))
        if session is not None and self.sessions.get(session.shard[0]) is session:
            del self.sessions[session.shard[0]]
        self.left.set()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: Any) -> Session:
        shard, shards = data.get("shard", (0, 1))
        session = self.sessions[shard] = Session(socket, (shard, shards))
        owned = [each for each in self.guilds if (each >> 22) % shards == shard]
        ready = {"v": 10, "user": BOT, "session_id": f"session-{shard}-{shards}", "shard": [shard, shards]}
        ready["guilds"] = [{"id": str(each), "unavailable": True} for each in owned]
        ready |= {"application": {"id": BOT["id"], "flags": 0}, "resume_gateway_url": self.gateway_url}
        await session.send("READY", self.readies.pop(0)(ready) if self.readies else ready)
        for each in owned:
            await session.send("GUILD_CREATE", self._server(each))
        self.connected.set()
        self.identified.put_nowait(shard)
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Any) -> Session:
        shard, shards = map(int, data["session_id"].split("-")[1:])
        session = self.sessions[shard] = Session(socket, (shard, shards), int(data["seq"]))
        await session.send("RESUMED", {})
        self.resumed.put_nowait(shard)
        return session

    def _note(self, request: web.Request) -> None:
        token = request.headers["Authorization"].removeprefix("Bot ")
        self.requests.append((token, request.method, request.path.removeprefix("/api/v10")))

    def _server(self, guild_id: int) -> dict[str, Any]:
        return guild(guild_id, self.guilds[guild_id], allowed=self.allowed)

    def app(self) -> web.Application:
        @web.middleware
        async def faulty(request: web.Request, handler: Callable[[web.Request], Awaitable[Any]]) -> web.StreamResponse:
            found = await self.fault(request) if self.fault is not None else None
            return found if found is not None else await handler(request)

        app = web.Application(middlewares=[faulty])
        for method, path, handler in self._routes():
            app.router.add_route(method, path if path == "/gateway/" else f"/api/v10{path}", handler)
        return app

    def _routes(self) -> Sequence[tuple[str, str, Callable[[web.Request], Awaitable[web.StreamResponse]]]]:
        async def me(_: web.Request) -> web.Response:
            return answer(BOT)

        async def application(_: web.Request) -> web.Response:
            return answer(APPLICATION)

        async def no_content(request: web.Request) -> web.Response:
            self._note(request)
            return web.Response(status=204)

        def of_server(part: Callable[[dict[str, Any]], Any]) -> Callable[[web.Request], Awaitable[web.Response]]:
            async def shown(request: web.Request) -> web.Response:
                number = int(request.match_info["guild"])
                if number not in self.guilds:
                    return answer({"message": "Unknown Guild", "code": 10004}, 404)
                return answer(part(self._server(number)))

            return shown

        return [
            ("POST", "/interactions/{interaction}/{token}/callback", self._callback),
            ("POST", "/webhooks/{application}/{token}", self._follow_up),
            ("PATCH", "/webhooks/{application}/{token}/messages/@original", self._follow_up),
            ("POST", "/channels/{channel}/messages", self._send_message),
            ("PATCH", "/channels/{channel}/messages/{message}", self._edit_message),
            ("GET", "/channels/{channel}/messages", self._list_messages),
            ("PUT", "/channels/{channel}/messages/pins/{message}", no_content),
            ("GET", "/channels/{channel}", self._channel),
            ("GET", "/guilds/{guild}", of_server(dict)),
            ("GET", "/guilds/{guild}/channels", of_server(itemgetter("channels"))),
            ("GET", f"/guilds/{{guild}}/members/{BOT['id']}", of_server(lambda server: server["members"][0])),
            ("PUT", f"/applications/{BOT['id']}/commands", self._publish),
            ("GET", "/users/@me", me),
            ("GET", "/oauth2/applications/@me", application),
            ("GET", "/applications/@me", application),
            ("GET", "/gateway", self._gateway_bot),
            ("GET", "/gateway/bot", self._gateway_bot),
            ("GET", "/gateway/", self._gateway),
        ]


def _frame(op: int, data: Any) -> str:
    return orjson.dumps({"op": op, "d": data, "s": None, "t": None}).decode()


async def _json_part(request: web.Request) -> bytes:
    """The JSON of a request that may also carry files."""
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    form = await request.post()
    payload = form["payload_json"]
    return payload.encode() if isinstance(payload, str) else b"{}"


@asynccontextmanager
async def stand_in(guilds: dict[int, list[int]] | None = None) -> AsyncIterator[StandIn]:
    """Serve on a free port of loopback."""
    discord = StandIn(guilds=guilds or {})
    # With a timeout of zero, aiohttp would wait for ever for requests that are not answered.
    runner = web.AppRunner(discord.app(), shutdown_timeout=0.01, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    discord.url, discord.gateway_url = f"http://{host}:{port}/api/v10", f"ws://{host}:{port}/gateway/"
    try:
        yield discord
    finally:
        await runner.cleanup()
