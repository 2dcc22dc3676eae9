"""A stand-in for Discord on loopback: as much of its API and gateway as a bot needs to come up and stay."""

from __future__ import annotations

import asyncio
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
SESSION = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}


class StandIn:
    """`url`, `gateway_url`: what the bot's settings name. `commands`: what it published."""

    def __init__(self) -> None:
        self.url = ""
        self.gateway_url = ""
        self.commands: list[str] = []
        self.connected = asyncio.Event()
        self.left = asyncio.Event()

    async def _me(self, request: web.Request) -> web.Response:
        return answer(BOT)

    async def _application(self, request: web.Request) -> web.Response:
        return answer(APPLICATION)

    async def _gateway_bot(self, request: web.Request) -> web.Response:
        return answer({"url": self.gateway_url, "shards": 1, "session_start_limit": SESSION})

    async def _publish(self, request: web.Request) -> web.Response:
        published = await request.json()
        self.commands = [command["name"] for command in published]
        return answer([])

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 40_000}, "s": None, "t": None}))
        async for message in socket:
            received = json.loads(message.data)
            if received["op"] == 2:
                ready = {"v": 10, "user": BOT, "guilds": [], "session_id": "s", "application": {"id": "1", "flags": 0}}
                ready["resume_gateway_url"] = self.gateway_url
                await socket.send_str(json.dumps({"op": 0, "d": ready, "s": 1, "t": "READY"}))
                self.connected.set()
        self.left.set()
        return socket

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/api/v10/users/@me", self._me)
        app.router.add_get("/api/v10/oauth2/applications/@me", self._application)
        app.router.add_get("/api/v10/applications/@me", self._application)
        app.router.add_get("/api/v10/gateway/bot", self._gateway_bot)
        app.router.add_put("/api/v10/applications/1/commands", self._publish)
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
