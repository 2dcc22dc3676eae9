"""A stand-in for Discord on loopback: as much of its API and gateway as a bot needs to come up and stay."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

BOT = {"id": "1", "username": "Comity", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    **{"id": "1", "name": "Comity", "description": "", "icon": None, "flags": 0, "verify_key": ""},
    **{"bot_public": True, "bot_require_code_grant": False, "rpc_origins": [], "owner": BOT, "team": None},
}
MEMBER = {"id": "2", "username": "Alice", "discriminator": "0", "avatar": None}
INSTANT = "2026-01-05T12:00:00+00:00"


class StandIn:
    """`url`, `gateway_url`: what the bot's settings name. `commands`: what it published. `greeted` counts the
    connections that may identify, `identified` gets the number of each shard that did. `posted`: who (by token) posted
    where. `max_concurrency`: how many shards may identify at once.
    """

    def __init__(self) -> None:
        self.url = ""
        self.gateway_url = ""
        self.commands: list[str] = []
        self.connected = asyncio.Event()
        self.left = asyncio.Event()
        self.max_concurrency = 1
        self.greeted = asyncio.Semaphore(0)
        self.identified: asyncio.Queue[int] = asyncio.Queue()
        self.posted: list[tuple[str, int]] = []
        self._shards: dict[int, tuple[int, web.WebSocketResponse]] = {}
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._ids = itertools.count(1 << 40)

    async def command(self, guild: int, channel: int, name: str) -> dict[str, Any]:
        """What a member of the server is answered to a command; the shard that the server belongs to is asked."""
        [socket] = [socket for shard, (count, socket) in self._shards.items() if (guild >> 22) % count == shard]
        interaction = next(self._ids)
        self._answers[interaction] = asyncio.get_running_loop().create_future()
        member = {"user": MEMBER, "roles": [], "joined_at": INSTANT, "deaf": False, "mute": False, "permissions": "0"}
        told = {
            **{"id": str(interaction), "application_id": "1", "type": 2, "token": "t", "version": 1, "locale": "en-US"},
            **{"data": {"id": "9", "name": name, "type": 1}, "guild_id": str(guild), "channel_id": str(channel)},
            **{"channel": {"id": str(channel), "type": 0, "name": "council", "position": 0}, "entitlements": []},
            **{"member": {**member, "flags": 0}, "authorizing_integration_owners": {}, "context": 0},
            **{"attachment_size_limit": 1, "app_permissions": "0"},
        }
        await socket.send_str(json.dumps({"op": 0, "d": told, "s": 2, "t": "INTERACTION_CREATE"}))
        return await self._answers[interaction]

    async def _callback(self, request: web.Request) -> web.Response:
        interaction = request.match_info["interaction"]
        self._answers[int(interaction)].set_result(await request.json())
        return answer({"interaction": {"id": interaction, "type": 2}})

    async def _post(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        self.posted.append((request.headers["Authorization"].removeprefix("Bot "), int(channel)))
        message = {"id": str(next(self._ids)), "channel_id": channel, "author": BOT, "content": "", "type": 0}
        lists = {name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")}
        flags = {"tts": False, "mention_everyone": False, "pinned": False}
        return answer({**message, **lists, **flags, "timestamp": INSTANT, "edited_timestamp": None})

    async def _me(self, request: web.Request) -> web.Response:
        return answer(BOT)

    async def _application(self, request: web.Request) -> web.Response:
        return answer(APPLICATION)

    async def _gateway_bot(self, request: web.Request) -> web.Response:
        return answer({"url": self.gateway_url, "shards": 1, "session_start_limit": self._session()})

    def _session(self) -> dict[str, int]:
        return {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": self.max_concurrency}

    async def _publish(self, request: web.Request) -> web.Response:
        published = await request.json()
        self.commands = [command["name"] for command in published]
        return answer([])

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 40_000}, "s": None, "t": None}))
        self.greeted.release()
        async for message in socket:
            received = json.loads(message.data)
            if received["op"] == 2:
                ready = {"v": 10, "user": BOT, "guilds": [], "session_id": "s", "application": {"id": "1", "flags": 0}}
                ready["resume_gateway_url"] = self.gateway_url
                shard, count = ready["shard"] = received["d"].get("shard", [0, 1])
                self._shards[shard] = (count, socket)
                await socket.send_str(json.dumps({"op": 0, "d": ready, "s": 1, "t": "READY"}))
                self.connected.set()
                self.identified.put_nowait(shard)
        self.left.set()
        return socket

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/api/v10/users/@me", self._me)
        app.router.add_get("/api/v10/oauth2/applications/@me", self._application)
        app.router.add_get("/api/v10/applications/@me", self._application)
        app.router.add_get("/api/v10/gateway/bot", self._gateway_bot)
        app.router.add_put("/api/v10/applications/1/commands", self._publish)
        app.router.add_post("/api/v10/interactions/{interaction}/{token}/callback", self._callback)
        app.router.add_post("/api/v10/channels/{channel}/messages", self._post)
        app.router.add_get("/gateway/", self._gateway)
        return app


def answer(data: Any) -> web.Response:
    # discord.py decodes JSON only where the content type says exactly this.
    return web.Response(body=json.dumps(data).encode(), headers={"Content-Type": "application/json"})


@asynccontextmanager
async def stand_in() -> AsyncIterator[StandIn]:
    """Serve on a free port."""
    discord = StandIn()
    runner = web.AppRunner(discord.app(), shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    discord.url, discord.gateway_url = f"http://{host}:{port}/api/v10", f"ws://{host}:{port}/gateway/"
    try:
        yield discord
    finally:
        await runner.cleanup()
