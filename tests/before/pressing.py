"""Using everything that stands in a restored server: buttons, menus and open forms, by somebody who sees them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from tests.before.simulated import Server, controls
from tests.end_to_end.world import World, text_in, text_of

LAST = (
    "propose-anyway",
    "preset-apply",
    "seat-remove",
    "seat-fill",
    "seat-fill-pick",
    "close",
    "cancel",
    "council-close",
    "erase",
)
"""What would keep others from being used: these come last, in this order."""
CHAIRS = ("seat-fill", "seat-fill-pick")
BREATH = timedelta(seconds=1)
ENTERED: dict[str, dict[str, Any]] = {
    "reason-form": {"reason": "It was open before the upgrade."},
    "give-reason-form": {"reason": "It was open before the upgrade."},
    "propose-form": {"title": "Whaling", "action": "Hunting whales.", "why": "They are few."},
    "amend-form": {"title": "Absence", "action": "Of those who are due.", "why": ""},
    "seat-import-form": {"seating": "name\nPeru\nChad"},
    "setup-form": {"name": "Hall", "preset": ["consensus"], "length": "2d"},
    "rules-form": {},
}
"""What is typed, by the form's noun; the rest is sent as it stands there."""


async def use_everything(world: World, server: Server) -> list[str]:
    """Use the buttons and menus, wherever they stand, and send each form; a line for each answer; then the rules as
    they have become, and what still goes wrong."""
    usable = sorted(_found(server), key=lambda each: _rank(each[0]["custom_id"]))
    first = [each for each in usable if not _rank(each[0]["custom_id"])]
    told = [await _use(world, server, *each) for each in first]
    told += [await _send(world, *each) for each in server.forms]
    told += [await _use(world, server, *each) for each in usable[len(first) :]]
    for channel, command in (("assembly", "council rules"), ("silenced", "council info")):
        told += text_of(await server.members["Chair"].slash(server.channels[channel], command)).splitlines()
    return [_DRAWN.sub("Former member …", line) for line in told]


async def _use(world: World, server: Server, part: dict[str, Any], message: ResponseMessage) -> str:
    """A button or menu, on its message as it stood, whatever has been drawn there since."""
    custom_id = part["custom_id"]
    member = _who(server, custom_id, message)
    world.clock.advance(BREATH)
    server.put_back(message)
    if "options" in part:
        value = part["options"][0]["value"]
        answer, used = await member.select(message, [value], custom_id=custom_id), f"{custom_id} = {value}"
    else:
        answer, used = await member.click(message, custom_id=custom_id), custom_id
    return f"{member.name} uses {used}: {outcome(answer, message)}"


async def _send(world: World, member: MemberActor, form: InteractionResult) -> str:
    modal = form.modal
    assert modal is not None
    world.clock.advance(BREATH)
    entered = {part["custom_id"]: entered_in(part) for part in controls(modal["components"])}
    answer = await member.submit_modal(form, entered | ENTERED[modal["custom_id"].split(":")[2]])
    return f"{member.name} sends {modal['custom_id']}: {outcome(answer)}"


def outcome(answer: InteractionResult, message: ResponseMessage | None = None) -> str:
    """What an interaction was answered with: the form and what its fields hold, or where the answer stands, its first
    line and what can be used on it."""
    assert answer.acknowledged
    if answer.modal is not None:
        fields = {part["custom_id"]: entered_in(part) for part in controls(answer.modal["components"])}
        return f"form {answer.modal['custom_id']} {json.dumps(fields, ensure_ascii=False)}"
    [shown, *more] = [*([] if answer.response is None else [answer.response]), *answer.followups]
    where = "redrawn" if message is not None and shown.id == message.id else "told" if shown.ephemeral else "posted"
    words = text_in(shown).partition("\n")[0]
    ids = " ".join(part["custom_id"] for part in controls(shown.components))
    return f"{where} “{words}”" + (f" [{ids}]" if ids else "") + "".join(f" + “{text_in(each)}”" for each in more)


def entered_in(part: dict[str, Any]) -> Any:
    """What stands in a field of a form when it opens."""
    if part["type"] != _TEXT:
        return [option["value"] for option in part.get("options", ()) if option.get("default")]
    return part.get("value") or ""


_TEXT = 4
_DRAWN = re.compile(r"Former member [0-9]+")
"""Pseudonyms are drawn at random."""


def _found(server: Server) -> Iterator[tuple[dict[str, Any], ResponseMessage]]:
    """What can be used, with its message: each id once, and of a kind that differs by its numbers alone two in a
    channel, for they go the same way."""
    seen: set[tuple[int, str]] = set()
    alike: Counter[tuple[int, str]] = Counter()
    for message in server.messages:
        for part in controls(message.components):
            one = (message.channel_id, part["custom_id"])
            kind = (message.channel_id, re.sub("[0-9]+", "", part["custom_id"]))
            if one not in seen and alike[kind] < 2:
                seen.add(one)
                alike[kind] += 1
                yield part, message


def _rank(custom_id: str) -> int:
    noun = custom_id.split(":")[2]
    return LAST.index(noun) + 1 if noun in LAST else 0


def _who(server: Server, custom_id: str, message: ResponseMessage) -> MemberActor:
    """Whom the answer is for; what everybody sees is used by Boris, or by the chair."""
    return server.only_for(message) or server.members["Chair" if custom_id.split(":")[2] in CHAIRS else "Boris"]
