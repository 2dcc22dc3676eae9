"""How the source uses message keys, as the tests about the catalogues read it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

KEY = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)*")
SAID = ("text", "plural", "has")


@dataclass
class Uses:
    """Literal keys passed to a localizer, keys as patterns where a part is computed, and every other literal."""

    direct: dict[str, str] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    literals: dict[str, str] = field(default_factory=dict)
    given: dict[str, list[tuple[str, frozenset[str]]]] = field(default_factory=dict)
    """By literal key: the places where it is said, and the names of what each gives to it."""

    def add(self, other: Uses) -> None:
        self.direct |= other.direct
        self.patterns |= other.patterns
        self.literals |= other.literals
        for key, places in other.given.items():
            self.given.setdefault(key, []).extend(places)


def uses_in(*, path: str, source: str) -> Uses:
    """What a module says of keys, each with the place."""
    found = Uses()
    for node in ast.walk(ast.parse(source)):
        place = f"{path}:{getattr(node, 'lineno', 0)}"
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[first, *_], keywords=given) if name in SAID:
                named = frozenset(one.arg for one in given if one.arg is not None)
                for key in _strings(first):
                    found.direct[key] = place
                    if name != "has" and len(named) == len(given):
                        found.given.setdefault(key, []).append((place, named | ({"n"} if name == "plural" else set())))
            case ast.JoinedStr():
                if pattern := _pattern(node):
                    found.patterns[pattern] = place
            case ast.Constant(value=str(text)) if KEY.fullmatch(text):
                found.literals[text] = place
    return found


def _strings(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _strings(body)
            yield from _strings(orelse)


def _pattern(node: ast.JoinedStr) -> str | None:
    """The regular expression of an f-string that may be a key: dots and words around computed parts."""
    parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    fixed = "".join(str(part) for part in parts if part is not None)
    if "." not in fixed or not re.fullmatch(r"[a-z0-9_.-]+", fixed):
        return None
    return "".join(r"[a-z0-9_.-]+" if part is None else re.escape(str(part)) for part in parts)


def sentences_in(*, path: str, source: str) -> list[str]:
    """Literals that a member might read: three words or more, outside docstrings, errors raised and the log."""
    tree = ast.parse(source)
    silent = {id(part) for node in ast.walk(tree) for part in _silent(node)}
    return [
        f"{path}:{node.lineno}: {node.value!r} belongs into a catalogue"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in silent
        and len(re.findall(r"[A-Za-z]{2,}", node.value)) >= 3
        and re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", node.value)
    ]


def _silent(node: Any) -> Iterator[ast.AST]:
    match node:
        case ast.Raise():
            yield from ast.walk(node)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="_log"))):
            yield from ast.walk(node)
        case ast.Expr(value=ast.Constant() as text):
            yield text
