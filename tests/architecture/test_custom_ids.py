"""Ids of buttons, menus and forms: no two kinds can be confused, and each has exactly one taker."""

from __future__ import annotations

import importlib
import itertools
import pkgutil
from collections import Counter
from typing import Any, Literal

import pytest

import cogs
from cogs import limits
from cogs.custom_ids import kinds
from cogs.custom_ids.grammar import NUMBER, CustomId
from cogs.interactions.routes import Route, Routes
from deliberation.ids import RoundId, SeatId
from tests.architecture.loaded import Loaded, load_everything
from tests.architecture.source import Module


class Vote(CustomId, noun="vote"):
    """A kind of ids as they are tried here."""

    round: RoundId
    position: Literal["yes", "no"]
    seat: SeatId | None = None


@pytest.fixture
async def loaded() -> Loaded:
    return await load_everything()


def example(kind: type[CustomId], *, longest: bool = False) -> CustomId:
    """An id of that kind."""
    values: dict[str, Any] = {}
    for field in kind.fields:
        if field.written.words:
            values[field.name] = field.read(max(field.written.words, key=len))
        elif field.written.expression == NUMBER:
            values[field.name] = (2**31 - 1 if field.optional else 10**18 - 1) if longest else 7
        elif field.read is int:
            values[field.name] = 10**20 - 1 if longest else 7
        else:
            values[field.name] = "k" * 60 if longest else "k"
    return kind(**values)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.noun)
def test_an_id_is_read_back_as_it_was_built(kind: type[CustomId]):
    built = example(kind, longest=True)
    assert len(str(built)) <= limits.CUSTOM_ID
    assert kind.parse(str(built)) == built


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.noun)
def test_a_field_is_read_as_its_type_says(kind: type[CustomId]):
    built = example(kind)
    read = kind.parse(str(built))
    assert [type(getattr(read, field.name)) for field in kind.fields] == [
        type(getattr(built, field.name)) for field in kind.fields
    ]


def test_no_id_fits_two_kinds():
    assert len({kind.noun for kind in kinds()}) == len(kinds())
    for one, other in itertools.permutations(kinds(), 2):
        assert one.parse(str(example(other))) is None


async def test_only_what_no_kind_fits_is_out_of_date(loaded: Loaded):
    for route in loaded.context.routes:
        known = example(route.kind)
        assert loaded.context.routes.find(str(known)) == (route, known)
        for other in (f"{known}:1", str(known).replace("cmt:1:", "cmt:0:"), str(known).replace("cmt:", "another:")):
            assert loaded.context.routes.find(other) is None


def test_an_id_from_before_a_field_was_added_is_read_as_without_it():
    assert Vote.parse("cmt:1:vote:3:yes") == Vote(round=RoundId(3), position="yes")
    assert Vote.parse("cmt:1:vote:3:yes:9") == Vote(round=RoundId(3), position="yes", seat=SeatId(9))
    assert str(Vote(round=RoundId(3), position="yes")) == "cmt:1:vote:3:yes"
    assert str(Vote(round=RoundId(3), position="yes", seat=SeatId(9))) == "cmt:1:vote:3:yes:9"


def test_what_does_not_fit_is_not_built():
    values: tuple[dict[str, Any], ...] = ({"round": -3, "position": "yes"}, {"round": 3, "position": "perhaps"})
    for given in values:
        with pytest.raises(ValueError, match="vote"):
            str(Vote(**given))
    assert Vote.parse("cmt:1:vote:3:perhaps") is None


def test_a_type_that_no_id_can_carry_is_refused():
    with pytest.raises(TypeError, match="float"):

        class Weighed(CustomId, noun="weighed"):
            weight: float


async def test_every_kind_has_exactly_one_taker(loaded: Loaded):
    assert Counter(route.kind.noun for route in loaded.context.routes) == Counter(kind.noun for kind in kinds())


async def test_every_route_that_is_written_is_taken_over(loaded: Loaded):
    written: list[Route] = []
    for info in pkgutil.walk_packages(cogs.__path__, "cogs."):
        found = vars(importlib.import_module(info.name)).values()
        written += [route for routes in found if isinstance(routes, Routes) for route in routes]
    assert Counter(map(id, written)) == Counter(map(id, loaded.context.routes))


def test_ids_have_types(product: list[Module]):
    """An id is a value of its own kind: nothing passes one around as anything, or makes a field of it anew."""
    loose = ("ids: Any", "RoundId(ids.", "IssueId(ids.", "CouncilId(ids.", "object.__setattr__")
    found = [
        f"{module.path}: {text}"
        for module in product
        if module.name.partition(".")[0] == "cogs"
        for text in loose
        if text in module.source
    ]
    assert found == []


async def test_no_two_commands_clash(loaded: Loaded):
    names = Counter(command.qualified_name for command in loaded.tree.walk_commands())
    assert [name for name, times in names.items() if times > 1] == []
