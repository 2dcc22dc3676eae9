"""Discord's limits: what would be refused is found before it is sent, and long texts share the room there is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.showing.checking import check_message, share


def button(custom_id: str = "b", label: str = "B") -> dict[str, Any]:
    return {"type": 2, "style": 2, "label": label, "custom_id": custom_id}


def text(content: str = "text") -> dict[str, Any]:
    return {"type": 10, "content": content}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def menu(*values: str, **more: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "m", "options": [{"label": value, "value": value} for value in values], **more}


def form(*parts: dict[str, Any], title: str = "Form") -> dict[str, Any]:
    return {"type": 9, "data": {"title": title, "custom_id": "f", "components": list(parts)}}


def field(custom_id: str = "t", label: str = "Label", **more: Any) -> dict[str, Any]:
    return {"type": 18, "label": label, "component": {"type": 4, "style": 1, "custom_id": custom_id, **more}}


def container(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"components": [{"type": 17, "components": list(parts)}]}


@pytest.mark.parametrize(
    "fits",
    [
        container(text("x" * 2_000), text("y" * 2_000), row(*(button(f"b{n}", "L" * 80) for n in range(5)))),
        container(*(text() for _ in range(39))),
        container(row(menu(*map(str, range(25))))),
        form(*(field(f"t{n}", "L" * 45, value="v" * 4_000) for n in range(5)), title="T" * 45),
        {"type": 8, "data": {"choices": [{"name": "n" * 100, "value": str(n)} for n in range(25)]}},
        {"type": 5, "data": {"flags": 64}},
        {"type": 6},
        {"allowed_mentions": {"parse": [], "users": [str(n) for n in range(100)]}, **container(text())},
    ],
    ids=range(8),
)
def test_what_discord_takes_passes(fits: dict[str, Any]):
    assert check_message(fits) == []


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (container(text("x" * 2_000), text("y" * 2_001)), "4001 characters of text"),
        ({"type": 4, "data": container(text("x" * 4_001))}, "4001 characters of text"),
        (container(*(text() for _ in range(40))), "41 components"),
        (container(row(button("same"), button("same"))), "'same' stands 2 times"),
        (container(row(*(button(str(n)) for n in range(6)))), "an action row"),
        (container(row()), "an action row"),
        (container(row(button("a"), menu("x"))), "an action row"),
        (container(row(button("a" * 101))), "custom_id has 101"),
        (container(row(button(label="L" * 81))), "label has 81"),
        (container(row(menu(*map(str, range(26))))), "26 options"),
        (container(row(menu())), "0 options"),
        (container(row(menu("a", "a"))), "'a' stands 2 times"),
        (container(row(menu("x" * 101))), "label has 101"),
        (container(row(menu("x", placeholder="p" * 151))), "placeholder has 151"),
        (container(text(" ")), "an empty text"),
        (container(), "an empty container"),
        (container({"type": 9, "components": [text()]}), "a section"),
        (container({"type": 9, "components": [text()] * 4, "accessory": button()}), "a section"),
        (form(field(), title="T" * 46), "title has 46"),
        (form(field(label="L" * 46)), "label has 46"),
        (form(field(description="d")), ""),
        (form(*(field(str(n)) for n in range(6))), "6 parts"),
        (form(field(value="long", max_length=3)), "value has 4"),
        ({"type": 8, "data": {"choices": [{"name": "n" * 101, "value": "v"}]}}, "suggestion has 101"),
        ({"type": 8, "data": {"choices": [{"name": "n", "value": "v"}] * 26}}, "26 suggestions"),
        ({"content": "x" * 2_001}, "content has more"),
        ({"allowed_mentions": {"users": [str(n) for n in range(101)]}}, "101 mentioned users"),
    ],
)
def test_what_discord_refuses_is_found(broken: dict[str, Any], told: str):
    found = check_message(broken)
    assert (told == "" and found == []) or any(told in each for each in found), found


@given(st.lists(st.text("ab\\*", max_size=40), max_size=6), st.integers(0, 120))
def test_shared_texts_never_exceed_the_room(parts: list[str], room: int):
    shared = share(parts, room)
    assert len(shared) == len(parts)
    assert sum(map(len, shared)) <= room
    if sum(map(len, parts)) <= room:
        assert shared == parts


def test_a_short_text_stays_whole_beside_a_long_one():
    assert share(["short", "x" * 100], 55) == ["short", "x" * 48 + "…"]
