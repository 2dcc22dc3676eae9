"""The habits of the house that a reader of the source can check: length, names, handlers, unfinished work."""

from __future__ import annotations

import ast
import re
from pathlib import PurePosixPath

LONGEST = 350
MIGRATIONS = "storage/migrations/versions/"
VAGUE = ("util", "utils", "helper", "helpers", "manager", "managers", "common", "misc")
CATCH_ALL = frozenset({"cogs/interactions/guard.py", "bot/scheduler.py", "bot/gateway.py"})
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")


def length_breaches(*, path: str, source: str) -> list[str]:
    """A module past 350 lines; migrations are written once, and may be as long as they must."""
    lines = source.count("\n")
    if lines <= LONGEST or path.startswith(MIGRATIONS):
        return []
    return [f"{path} has {lines} lines, more than {LONGEST}: split it along the seam that is already there"]


def name_breaches(*, path: str) -> list[str]:
    """A module or folder whose name says nothing of what is in it."""
    return [
        f"{path}: {part!r} says nothing of what is in it; name it by the words of the product"
        for part in PurePosixPath(path).with_suffix("").parts
        if part.strip("_").rpartition("_")[2] in VAGUE
    ]


def handler_breaches(*, path: str, source: str) -> list[str]:
    """A handler for every exception, outside the three places that need one; clean-up that raises again is none."""
    if path in CATCH_ALL:
        return []
    breaches = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ExceptHandler(type=kind) if _catches(kind, "Exception") or kind is None:
                breaches.append(f"{path}:{node.lineno} catches every exception: name those that can be answered")
            case ast.ExceptHandler(type=kind) if _catches(kind, "BaseException") and not _raises_again(node):
                breaches.append(f"{path}:{node.lineno} catches BaseException and does not raise it again")
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=args):
                if any(_catches(arg, "Exception") or _catches(arg, "BaseException") for arg in args):
                    breaches.append(f"{path}:{node.lineno} suppresses every exception: name those that do no harm")
    return breaches


def _catches(kind: ast.expr | None, name: str) -> bool:
    match kind:
        case ast.Name(id=found) | ast.Attribute(attr=found):
            return found == name
        case ast.Tuple(elts=kinds):
            return any(_catches(each, name) for each in kinds)
    return False


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def unfinished_breaches(*, path: str, source: str) -> list[str]:
    """A note of work left undone: what is missing belongs into an issue."""
    return [
        f"{path}:{number} leaves a note of unfinished work: finish it, or file an issue"
        for number, line in enumerate(source.splitlines(), start=1)
        if UNFINISHED.search(line)
    ]


def event_breaches(*, path: str, source: str) -> list[str]:
    """An event of the log whose name is not words joined by underscores: whoever searches the log must know it."""
    return [
        f"{path}:{node.lineno} logs {node.args[0].value!r}: name the event like post_put_off"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("log", "_log")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and not re.fullmatch(r"[a-z]+(_[a-z]+)*", str(node.args[0].value))
    ]
