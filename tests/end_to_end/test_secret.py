"""A secret council tells nobody who voted what: everything it ever shows is the same, however the ballots are dealt.

The same council is held twice, with the same positions and reasons given by different seats. Whatever anybody but the
voter in the act of voting can see must not differ: messages, answers, the record, the log, and every view.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from deliberation.councils import Actor
from deliberation.ids import PersonId, RoundId
from deliberation.record import canonical
from storage import upgrade
from tests.end_to_end.world import GIVEN_NAMES, World, rehearsed_world, text_of, texts

VOTERS = GIVEN_NAMES[:7]
DEALT = {
    "as they come": ("Prohibited", "Prohibited", "Prohibited", "Adjustment", "Independent", "Independent", "Abstain"),
    "otherwise": ("Independent", "Abstain", "Prohibited", "Prohibited", "Independent", "Adjustment", "Prohibited"),
}
REASONS = {
    "Prohibited": ("It harms the weak.", "Nobody is safe from it.", "We renounced it ourselves."),
    "Adjustment": ("Let us begin with inspections.",),
    "Independent": ("Each must answer for itself.", "No common rule can fit."),
    "Abstain": ("",),
}
HASHED = re.compile(r"[0-9a-f]{12,64}")


async def held(world: World, dealt: tuple[str, ...]) -> list[str]:
    """Hold a secret round in which the seats vote as dealt; everything that others can see of it."""
    opened = await world.chair.slash(world.channel, "council setup", secrecy="secret")
    fields = {"name": "The Council", "preset": ["meta-regime"], "length": "1h", "voters": [], "chairs": []}
    await world.chair.submit_modal(opened, fields)
    members = [world.member(name) for name in VOTERS]
    for member in members:
        await member.slash(world.channel, "seat take")
    await world.propose(world.chair, "Torture")
    await world.chair.slash(world.channel, "round open", length="1h")
    await world.run_due()
    seen: list[str] = []
    said = {position: list(texts) for position, texts in REASONS.items()}
    for member, position in zip(members, dealt, strict=True):
        reason = said[position].pop(0)
        receipt = await world.vote(member, await world.card(1), position, reason=reason or None)
        assert position in text_of(receipt), "the voter is told what was recorded"
        await world.pass_time(timedelta(seconds=10))
        seen += shown(world)
        for reader in (world.chair, member):
            seen += await asked(world, reader)
    await world.pass_time(timedelta(hours=1))
    seen += shown(world)
    for reader in (world.chair, *members):
        seen += await asked(world, reader)
    seen += await stored(world)
    seen += [json.dumps(entry, default=str, sort_keys=True) for entry in world.log]
    return [HASHED.sub("#", each) for each in seen]


def shown(world: World) -> list[str]:
    """Every public message as it stands now."""
    return ["\n".join(texts(message.components)) for message in world.posted()]


async def asked(world: World, reader) -> list[str]:
    """What the reader is answered, seat holders among them: a seat can change hands."""
    answers = [
        await reader.slash(world.channel, "issue show", issue="1"),
        await reader.slash(world.channel, "reasons", issue="1"),
        await reader.slash(world.channel, "round status"),
        await reader.slash(world.channel, "seat list"),
        await reader.slash(world.channel, "order board"),
        await reader.slash(world.channel, "order verify"),
        await reader.slash(world.channel, "docket"),
        await reader.slash(world.channel, "vote", issue="1"),
        await reader.click(await world.card(1), label="Why?"),
    ]
    return [text_of(answer) for answer in answers]


async def stored(world: World) -> list[str]:
    """The record as it would be exported, and the views that exports would be made of."""
    views = world.services
    council = await views.councils.in_channel(world.place)
    async with views.councils._store.read() as uow:
        entries = await uow.record.entries(council.id)
    _, [issue] = await views.issues.list_in(world.place)
    explained = await views.explaining.of_issue(issue.id)
    actor = Actor(person=PersonId(1), name="Nobody", manages_server=True)
    result = await views.rounds.result(entries_round(entries))
    return [
        *(f"{entry.kind} {canonical(entry.data).decode()}" for entry in entries),
        str(explained.names),
        repr(explained.compared),
        str([asdict(line) for line in result.lines]),
        str([asdict(given) for given in (await views.reasons.of_issue(issue.id)).reasons]),
        repr(await views.issues.show(world.place, actor, 1)),
    ]


def entries_round(entries) -> RoundId:
    return RoundId(next(entry.data["round"] for entry in entries if entry.kind == "round opened"))


async def test_nothing_that_a_secret_council_shows_depends_on_who_voted_what(tmp_path: Path):
    seen = {}
    for name, dealt in DEALT.items():
        url = f"sqlite:///{tmp_path / name.replace(' ', '-')}.db"
        await upgrade(url)
        async with rehearsed_world(url) as world:
            seen[name] = await held(world, dealt)
            report = await world.services.audit.verify()
            assert report.sound
            assert (report.ballots, report.rulings) == (7, 1)
    one, other = seen.values()
    assert len(one) == len(other)
    for left, right in zip(one, other, strict=True):
        assert left == right
    everything = "\n".join(one)
    assert "It harms the weak." in everything, "reasons are shown after the close, without names"
    assert '"position"' not in everything, "the record holds commitments"
