"""What one process does as a person, and another to that person or to its seat, tried again and again at random
distances: whichever comes first, nobody has two ballots, and who comes late to a seat neither sees nor changes what it
cast before (PRODUCT §6)."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from deliberation.ids import PersonId, SeatId
from deliberation.rules import Secrecy
from services.ports import BallotEvent
from tests.races.racing import Arena, Outcome, done, intend, vote
from tests.services.chamber import member

FIRST, LATE = 1_000, 100_000
"""The numbers of the first holder, or account, and of the first who comes late."""


class Tried(NamedTuple):
    """`met`: how the tries went, by how many; `broken`: what must not happen, in words."""

    tries: int
    met: Counter[str]
    broken: list[str]


async def votes_beside_erasures(arena: Arena, *, tries: int, apart: float, seed: int) -> Tried:
    """New accounts vote, and have themselves erased up to so many seconds later, more often soon; then they vote once
    more. Who is refused then was erased after the vote, and nothing is kept of it."""
    chance, met, broken = random.Random(seed), Counter[str](), list[str]()  # noqa: S311 - distances, no secrets
    [issue] = await arena.found()
    round_ = await arena.open()
    standing = 0
    for number in range(FIRST, FIRST + tries):
        erasure = intend("privacy.erase", person=number, words=True, former="Former member")
        distance = apart * chance.random() ** 2
        first, _ = arena.racers.race(vote(round_, issue, number, "independent"), erasure, apart=distance)
        again, _ = arena.racers.race(vote(round_, issue, number, "prohibited"), [])
        [line] = (await arena.services.rounds.view(round_.id)).lines
        met[f"voted {told(first)}, again {told(again)}"] += 1
        if line.cast - standing != 1:
            ballots = line.cast - standing
            broken.append(f"{1000 * distance:.1f} ms between vote and erasure: {ballots} ballots of one account")
        if not done(again) and not (await arena.services.privacy.preview(member(number).person)).nothing:
            broken.append(f"{1000 * distance:.1f} ms between vote and erasure: something is kept of who was erased")
        standing = line.cast
    return Tried(tries, met, broken)


async def looks_beside_votes(arena: Arena, secrecy: Secrecy, *, tries: int, apart: float, seed: int) -> Tried:
    """A chair lets somebody hold a seat while its holder votes; then who came late looks, votes and withdraws, in half
    of the tries while the holder votes again. Each time at another seat."""
    chance, met, broken = random.Random(seed), Counter[str](), list[str]()  # noqa: S311 - distances, no secrets
    [issue] = await arena.found(open_seating=False, secrecy=secrecy)
    seats = await arena.seat(*((FIRST + place,) for place in range(tries)))
    round_ = await arena.open()
    looked: dict[SeatId, list[Outcome]] = {}
    for place, seat in enumerate(seats):
        holder, late = FIRST + place, LATE + place
        assigned = intend("seating.assign", channel=arena.channel, actor=0, seat=seat, person=late)
        look = intend("ballots.docket_of", round_id=round_.id, actor=late)
        one, other = (apart * chance.uniform(-1, 1) * chance.random() for _ in range(2))
        more = [vote(round_, issue, holder, "abstain")] if chance.random() < 0.5 else []
        voted, given = arena.racers.race(vote(round_, issue, holder, "independent"), assigned, apart=one)
        again, tried = arena.racers.race(more, [look, vote(round_, issue, late, "prohibited"), look], apart=other)
        _, last = arena.racers.race([], [vote(round_, issue, late, None), look])
        assert all(map(done, (voted, given, *again)))
        looked[seat] = [*tried, *last]
        met[", ".join(told(outcome) for outcome in (tried[1], last[0]))] += 1
    events = await arena.history(round_)
    order = await _order(arena)
    for place, seat in enumerate(seats):
        casts = [event for event in events if event.seat == seat]
        before = [event for event in casts if order[seat, event.at] < order[seat, None]]
        after = [event for event in casts if event not in before]
        faults = _changed(before, after, member(LATE + place).person, secrecy=secrecy)
        broken += [f"seat {seat}: {fault}" for fault in (*faults, *_seen(looked[seat], after, secrecy=secrecy))]
    return Tried(tries, met, broken)


def told(outcome: Outcome) -> str:
    return "accepted" if done(outcome) else outcome["refused"]


def _changed(before: list[BallotEvent], after: list[BallotEvent], late: PersonId, *, secrecy: Secrecy) -> Iterator[str]:
    """What who came late changed of what the seat had cast before; in a secret round it casts nothing."""
    own = [event.person == late for event in after]
    if secrecy is Secrecy.SECRET and any(own):
        yield "who came late to a secret round has cast a ballot"
    if before and before[-1].position is not None and own[:1] == [True]:
        yield f"who came late has replaced {before[-1].position} by {after[0].position}"


def _seen(looked: list[Outcome], after: list[BallotEvent], *, secrecy: Secrecy) -> Iterator[str]:
    """What who came late was shown of what the seat had cast before: by a docket, or by a receipt."""
    answers = [outcome["done"] for outcome in looked if done(outcome)]
    if secrecy is Secrecy.SECRET and answers:
        yield "who came late to a secret round was answered"
    since = [event.position for event in after]
    for answer in answers:
        for position in (*answer.get("shown", ()), answer.get("previous")):
            if position is not None and position not in since:
                yield f"who came late was shown {position}"


async def _order(arena: Arena) -> dict[tuple[SeatId, datetime | None], int]:
    """The place in the record of each ballot, by its seat and instant, and (None) of the seat's assignment."""
    async with arena.store.read() as uow:
        council = await uow.councils.find_in(arena.channel)
        assert council is not None
        entries = await uow.record.entries(council.id)
    order: dict[tuple[SeatId, datetime | None], int] = {}
    for entry in entries:
        data: Mapping[str, Any] = entry.data
        if entry.kind == "seat assigned":
            order[SeatId(data["seat"]), None] = entry.index
        elif entry.kind == "ballots cast":
            order |= {(SeatId(line["seat"]), entry.at): entry.index for line in data["ballots"]}
    return order
