"""What Discord's gateway might send and nobody could read: events, frames, greetings and beginnings of sessions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from bench.discord.payloads import button_press, channel, guild
from cogs.custom_ids.ballots import CastBallot
from deliberation.categories import Position
from deliberation.ids import IssueId, RoundId
from tests.bot.loopback import GUILD, VOTER
from tests.services.chamber import CHANNEL

SECRET = "aW50ZXJhY3Rpb246c2VjcmV0"
"""A token that stands in every payload, and may stand in no log."""

ROLE = {"id": "5", "name": "Chairs", "permissions": SECRET}
VOTE = str(CastBallot(round=RoundId(1), issue=IssueId(1), version=1, position=Position.PROHIBITED))
TAP = button_press(VOTE, VOTER, guild_id=GUILD, channel_id=CHANNEL, ms=1_800_000_000_000) | {"token": SECRET}


def filled(frame: str) -> str:
    return frame.replace("%s", SECRET)


UNREADABLE: Sequence[tuple[str, Any]] = [
    ("INTERACTION_CREATE", None),
    ("INTERACTION_CREATE", []),
    ("INTERACTION_CREATE", SECRET),
    ("INTERACTION_CREATE", {"token": SECRET}),
    ("INTERACTION_CREATE", TAP | {"id": None}),
    ("INTERACTION_CREATE", TAP | {"id": SECRET}),
    ("INTERACTION_CREATE", {name: each for name, each in TAP.items() if name != "application_id"}),
    ("INTERACTION_CREATE", TAP | {"authorizing_integration_owners": SECRET}),
    ("INTERACTION_CREATE", TAP | {"data": None}),
    ("INTERACTION_CREATE", TAP | {"guild_id": SECRET}),
    ("INTERACTION_CREATE", TAP | {"data": {"custom_id": SECRET}}),
    ("INTERACTION_CREATE", TAP | {"data": [SECRET]}),
    ("INTERACTION_CREATE", TAP | {"type": 5, "data": {"token": SECRET}}),
    ("INTERACTION_CREATE", TAP | {"entitlements": 7}),
    ("INTERACTION_CREATE", TAP | {"member": {"user": SECRET}}),
    ("GUILD_CREATE", None),
    ("GUILD_CREATE", {"name": SECRET}),
    ("GUILD_CREATE", {"id": SECRET}),
    ("GUILD_CREATE", guild(GUILD, [CHANNEL]) | {"roles": SECRET}),
    ("GUILD_CREATE", guild(GUILD, [CHANNEL]) | {"roles": [None]}),
    ("GUILD_CREATE", guild(GUILD, [CHANNEL]) | {"channels": [{"type": 0, "topic": SECRET}]}),
    ("GUILD_CREATE", guild(GUILD, [CHANNEL]) | {"members": 7}),
    ("GUILD_UPDATE", {"name": SECRET}),
    ("GUILD_UPDATE", {"id": [SECRET]}),
    ("GUILD_DELETE", None),
    ("GUILD_DELETE", {"id": {}}),
    ("CHANNEL_UPDATE", None),
    ("CHANNEL_UPDATE", channel(CHANNEL, GUILD) | {"guild_id": SECRET}),
    ("CHANNEL_UPDATE", channel(CHANNEL, GUILD) | {"permission_overwrites": [{"allow": SECRET}]}),
    ("CHANNEL_DELETE", {"guild_id": str(GUILD)}),
    ("GUILD_ROLE_CREATE", {"guild_id": str(GUILD), "role": None}),
    ("GUILD_ROLE_UPDATE", {"guild_id": str(GUILD)}),
    ("GUILD_ROLE_DELETE", {"guild_id": str(GUILD), "role_id": SECRET}),
    ("THREAD_CREATE", {"guild_id": str(GUILD), "id": SECRET}),
    ("THREAD_LIST_SYNC", {"guild_id": str(GUILD), "threads": SECRET}),
    ("MESSAGE_CREATE", {"channel_id": SECRET}),
    ("MESSAGE_DELETE", {}),
    ("GUILD_MEMBER_UPDATE", {"guild_id": str(GUILD), "user": SECRET}),
    ("USER_UPDATE", {"username": SECRET}),
    ("ENTITLEMENT_CREATE", {"id": SECRET}),
    ("RESUMED", None),
    ("RESUMED", [SECRET]),
]

READ_AFTER_ALL: Sequence[tuple[str, Any]] = [
    ("CHANNEL_CREATE", {"id": "4", "type": 0, "name": SECRET}),
    ("CHANNEL_UPDATE", {"id": str(CHANNEL), "type": None, "name": SECRET}),
    ("GUILD_ROLE_UPDATE", {"guild_id": str(GUILD), "role": ROLE}),
    ("INTERACTION_CREATE", TAP | {"message": {"content": SECRET}}),
    ("INTERACTION_CREATE", TAP | {"type": "three"}),
    ("INTERACTION_CREATE", TAP | {"type": 77, "data": {}}),
    ("INTERACTION_CREATE", TAP | {"data": {"custom_id": 7, "component_type": 2}}),
    ("INTERACTION_CREATE", TAP | {"data": {"custom_id": VOTE, "component_type": 3, "values": SECRET}}),
    ("INTERACTION_CREATE", TAP | {"channel": None, "locale": 7, "app_permissions": "0"}),
    ("INTERACTION_CREATE", TAP | {"member": None}),
    ("INTERACTION_CREATE", TAP | {"type": 2, "data": {"id": "7", "name": SECRET, "type": 1}}),
    ("INTERACTION_CREATE", TAP | {"type": 2, "data": {"id": "7", "name": "help", "type": 1, "options": 7}}),
    ("INTERACTION_CREATE", TAP | {"type": 5, "data": {"custom_id": SECRET, "components": 7}}),
    ("INTERACTION_CREATE", TAP | {"type": 5, "data": {"custom_id": VOTE, "components": [{"type": 1}]}}),
]
"""What discord.py takes, or fails at only later."""

HARMLESS = [
    '{"op":99,"d":{"token":"%s"},"s":null,"t":null}',
    '{"op":null,"d":"%s"}',
    '{"op":"dispatch","d":"%s"}',
    '{"d":"%s"}',
    "{}",
    '{"op":0,"t":"A_NEW_EVENT","s":5,"d":{"token":"%s"}}',
    '{"op":0,"t":["%s"],"s":5,"d":{}}',
    '{"op":0,"t":{"INTERACTION_CREATE":"%s"},"s":5,"d":{}}',
    '{"op":0,"t":7,"s":5,"d":"%s"}',
    '{"op":0,"t":null,"s":null,"d":null}',
    '{"op":0,"t":"MESSAGE_CREATE","s":"%s","d":null}',
    '{"op":0,"t":"A_NEW_EVENT","s":{"token":"%s"},"d":null}',
    '{"op":11,"d":{"token":"%s"}}',
    '{"op":1,"d":"%s"}',
    '{"op":0,"t":"%s","s":null,"d":[[[[]]]]}',
]

LOST: dict[str, str | bytes] = {
    "no JSON": SECRET,
    "half of it": '{"op":0,"t":"INTERACTION_CREATE","s":7,"d":{"token":"' + SECRET,
    "nothing": "",
    "a lone surrogate": '{"op":0,"t":"INTERACTION_CREATE","s":7,"d":{"name":"\\ud83d"}}',
    "no object": f'["{SECRET}"]',
    "a number": "7",
    "null": "null",
    "nested too deep": "[" * 5_000,
    "not compressed as agreed": b"\x00" + SECRET.encode() + b"\x00\x00\xff\xff",
    "HELLO without its data": '{"op":10,"d":null}',
    "HELLO without an interval": filled('{"op":10,"d":{"token":"%s"}}'),
    "HELLO with words": filled('{"op":10,"d":{"heartbeat_interval":"%s"}}'),
}
RESUMED_BY_ITSELF = {"RECONNECT": filled('{"op":7,"d":"%s"}'), "INVALID_SESSION": '{"op":9,"d":true}'}
ANEW = {"INVALID_SESSION": filled('{"op":9,"d":"%s"}'), "null": '{"op":9,"d":null}'}

GREETINGS = (
    SECRET,
    "null",
    '{"op":10,"d":{}}',
    '{"op":10,"d":{"heartbeat_interval":null}}',
    '{"op":10,"d":{"heartbeat_interval":0}}',
    '{"op":10,"d":{"heartbeat_interval":-41250}}',
    '{"op":10,"d":{"heartbeat_interval":true}}',
    '{"op":10,"d":{"heartbeat_interval":1e300}}',
)


def without(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda ready: {key: value for key, value in ready.items() if key != name}


def changed(**names: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda ready: ready | names


READIES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "null": lambda _: None,
    "words": lambda _: SECRET,
    "no session": without("session_id"),
    "no user": without("user"),
    "no servers": without("guilds"),
    "no address": without("resume_gateway_url"),
    "a user of words": changed(user=SECRET),
    "servers without ids": changed(guilds=[{"name": SECRET}]),
    "a session that is a number": changed(session_id=7),
    "a session of nothing": changed(session_id=""),
    "an address that is a number": changed(resume_gateway_url=7),
}
