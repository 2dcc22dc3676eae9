"""The guards of the law (PRODUCT §6) in the code, each to be taken away: the law is broken then, and that is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from deliberation.ids import PersonId, RoundId
from deliberation.rounds import Round
from deliberation.seats import Seat
from storage.repositories import Proxies, Seats
from tests.law.councils import GIVEN, OWN
from tests.law.history import Act

OPEN, SEALED, SECRET = range(3)
"""Places of rules under which delegations are claimed."""


class Guard(NamedTuple):
    """`places`: where it stands in the code; `instead`: what is done there without it; `rules`, `acts`: a history that
    breaks the law then, under the rules at that place."""

    places: Sequence[str | tuple[type, str]]
    instead: Callable[..., Any]
    rules: int
    acts: Sequence[Act]

    def take_away(self, patch: pytest.MonkeyPatch) -> None:
        for place in self.places:
            if isinstance(place, str):
                patch.setattr(place, self.instead)
            else:
                patch.setattr(*place, self.instead)


async def _no_objection(*_: object, **__: object) -> None:
    return None


async def _nothing(*_: object, **__: object) -> frozenset[Any]:
    return frozenset()


async def _none_removed(
    _: object, holders: Sequence[tuple[RoundId, PersonId]]
) -> dict[tuple[RoundId, PersonId], tuple[Seat, ...]]:
    return {pair: () for pair in holders}


def _never_late(round_: Round, seat: Seat, since: datetime | None) -> None:
    return None


GUARDS: Mapping[str, Guard] = MappingProxyType(
    {
        "a claimed seat that has voted rests": Guard(
            ["services.seats.service.resting"],
            _nothing,
            OPEN,
            [Act("stint", 1, 0, 0), Act("leave", 1, 0, 0), Act("claim", 1, 0, 0)],
        ),
        "who voted for a claimed seat takes no other": Guard(
            ["services.seats.service.require_no_other_vote", "services.seats._taking.require_no_other_vote"],
            _no_objection,
            OPEN,
            [Act("stint", 1, 0, 0), Act("stint", 1, 1, 0)],
        ),
        "who was erased takes no other seat": Guard(
            ["services.seats.service.require_new", "services.seats._taking.require_new"],
            _no_objection,
            OPEN,
            [Act("stint", 1, 0, 0), Act("erase", 1, 0, 0), Act("vote", 1, 0, 0)],
        ),
        "a seat removed in the round is a claimed seat still": Guard(
            [(Seats, "removed_held_by")],
            _none_removed,
            OPEN,
            [Act("claim", 1, 0, 0), Act("stint", 1, 1, 9), Act("vote", 1, 0, 9)],
        ),
        "a proxy ends with the last holder": Guard(
            [(Proxies, "end_of")],
            _no_objection,
            OPEN,
            [Act("claim", 1, 0, 0), Act("proxy", 1, 0, 1), Act("stint", 1, 1, 4)],
        ),
        "a proxy ends with a seat of one's own that is left": Guard(
            [(Proxies, "end_of")],
            _no_objection,
            OPEN,
            [Act("stint", OWN, 0, 0), Act("vote", GIVEN, 0, 0)],
        ),
        "a late holder replaces nothing": Guard(
            ["services.ballots._casting.late_since"],
            _never_late,
            SEALED,
            [Act("assign", 1, 0, 0), Act("vote", 1, 0, 0), Act("assign", 2, 0, 0), Act("vote", 2, 0, 2)],
        ),
        "a late holder does not vote in a secret round": Guard(
            ["services.ballots._casting.require_in_time"],
            _no_objection,
            SECRET,
            [Act("assign", 1, 0, 0), Act("assign", 2, 0, 0), Act("vote", 2, 0, 0)],
        ),
    }
)
