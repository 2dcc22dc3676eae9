"""A stand-in for Discord on loopback: as much of its API and gateway as a bot needs to come up and stay."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import discord
from aiohttp import web

BOT = {"id": "1", "username": "Comity", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION = {
    **{"id": "1", "name": "Comity", "description": "", "icon": None, "flags": 0, "verify_key": ""},
    **{"bot_public": True, "bot_require_code_grant": False, "rpc_origins": [], "owner": BOT, "team": None},
}
CHANNEL = 700_000_000_000_000_001
INTERACTION_TOKEN = "an-interactions-token-that-nobody-may-see"
SESSION = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}


class StandIn:
    """`url`, `gateway_url`: what the bot's settings name. `commands`: what it published. `answers`: its answers to
    interactions; while `holding_back`, Discord takes them and says nothing. `behind`: its clock against ours.
    `allowed`: what everybody may do on the one server that it knows, 1."""

    def __init__(self) -> None:
        self.url = ""
        self.gateway_url = ""
        self.commands: list[str] = []
        self.connected = asyncio.Event()
        self.left = asyncio.Event()
        self.answers: list[Any] = []
        self.answered = asyncio.Event()
        self.holding_back = False
        self.behind = timedelta(0)
        self.allowed = discord.Permissions(view_channel=True, send_messages=True, read_message_history=True)
        self.let_go = asyncio.Event()
        self._socket: web.WebSocketResponse | None = None

    async def _me(self, request: web.Request) -> web.Response:
        return answer(BOT)

    async def _application(self, request: web.Request) -> web.Response:
        return answer(APPLICATION)

    async def _gateway_bot(self, request: web.Request) -> web.Response:
        return answer({"url": self.gateway_url, "shards": 1, "session_start_limit": SESSION})

    async def _gateway_address(self, request: web.Request) -> web.Response:
        response = answer({"url": self.gateway_url})
        response.headers["Date"] = format_datetime(datetime.now(UTC) - self.behind, usegmt=True)
        return response

    async def _guild(self, request: web.Request) -> web.Response:
        everyone = {"id": "1", "name": "@everyone", "permissions": str(self.allowed.value), "position": 0, "color": 0}
        everyone |= {"hoist": False, "managed": False, "mentionable": False, "flags": 0}
        return answer({"id": "1", "name": "World", "owner_id": "5", "roles": [everyone], "emojis": [], "features": []})

    async def _channels(self, request: web.Request) -> web.Response:
        overwrites: list[Any] = []
        channel = {"id": str(CHANNEL), "type": 0, "name": "council", "position": 0, "permission_overwrites": overwrites}
        return answer([channel])

    async def _member(self, request: web.Request) -> web.Response:
        joined = "2020-01-01T00:00:00+00:00"
        return answer({"user": BOT, "roles": [], "joined_at": joined, "deaf": False, "mute": False, "flags": 0})

    async def _publish(self, request: web.Request) -> web.Response:
        published = await request.json()
        self.commands = [command["name"] for command in published]
        return answer([])

    async def _callback(self, request: web.Request) -> web.Response:
        self.answers.append(await request.json())
        self.answered.set()
        if self.holding_back:
            await self.let_go.wait()
        return answer({"interaction": {"id": request.match_info["id"], "type": 2}})

    async def interact(self, data: dict[str, Any]) -> None:
        """A member uses a command."""
        member = {"user": {**BOT, "id": "77", "username": "alice", "bot": False}, "roles": [], "flags": 0}
        member |= {"joined_at": "2020-01-01T00:00:00+00:00", "deaf": False, "mute": False, "permissions": "0"}
        interaction = {
            "id": "1400000000000000123",
            "application_id": "1",
            "type": 2,
            "token": INTERACTION_TOKEN,
            "version": 1,
        }
        interaction |= {"guild_id": "1", "channel_id": str(CHANNEL), "member": member, "locale": "en-GB"}
        interaction |= {"channel": {"id": str(CHANNEL), "type": 0, "name": "council", "guild_id": "1", "position": 0}}
        interaction |= {"app_permissions": "0", "entitlements": [], "authorizing_integration_owners": {}, "context": 0}
        interaction["attachment_size_limit"] = 0
        assert self._socket is not None
        event = {"op": 0, "d": {**interaction, "data": data}, "s": 2, "t": "INTERACTION_CREATE"}
        await self._socket.send_str(json.dumps(event))

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
                self._socket = socket
                self.connected.set()
        self.left.set()
        return socket

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/api/v10/users/@me", self._me)
        app.router.add_get("/api/v10/oauth2/applications/@me", self._application)
        app.router.add_get("/api/v10/applications/@me", self._application)
        app.router.add_get("/api/v10/gateway/bot", self._gateway_bot)
        app.router.add_get("/api/v10/gateway", self._gateway_address)
        app.router.add_get("/api/v10/guilds/1", self._guild)
        app.router.add_get("/api/v10/guilds/1/channels", self._channels)
        app.router.add_get("/api/v10/guilds/1/members/1", self._member)
        app.router.add_put("/api/v10/applications/1/commands", self._publish)
        app.router.add_post("/api/v10/interactions/{id}/{token}/callback", self._callback)
        app.router.add_get("/gateway/", self._gateway)
        return app


def answer(data: Any) -> web.Response:
    # discord.py decodes JSON only where the content type says exactly this.
    return web.Response(body=json.dumps(data).encode(), headers={"Content-Type": "application/json"})


@asynccontextmanager
async def stand_in() -> AsyncIterator[StandIn]:
    """Serve on a free port."""
    standing = StandIn()
    runner = web.AppRunner(standing.app(), shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    standing.url, standing.gateway_url = f"http://{host}:{port}/api/v10", f"ws://{host}:{port}/gateway/"
    try:
        yield standing
    finally:
        standing.let_go.set()
        await runner.cleanup()
