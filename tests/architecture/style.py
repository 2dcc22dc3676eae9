"""The habits of the house that a reader of the source can check: length, names, handlers, unfinished work."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import PurePosixPath

LONGEST = 300
LONGEST_TEST = 350
MIGRATIONS = "storage/migrations/versions/"
MOST_IN_A_FOLDER = 20
VAGUE = ("util", "utils", "helper", "helpers", "manager", "managers", "common", "misc")
CATCH_ALL = {
    "cogs/interactions/guard.py": "whatever a member's command, tap or form raises is answered",
    "bot/connection/gateway.py": "a frame that cannot be read ends no connection, and its words reach no log",
    "bot/posts/outbox.py": "a post that fails for a reason of its own is put off, and a council's other posts go out",
    "services/transactions/group.py": "whoever shares a transaction gets its own answer, and not another's failure",
    "services/rounds/_set_back.py": "a round that cannot be settled is set back, and a council's others are settled",
}
"""Where every exception may be caught, and why."""
WHO_ACTS = "cogs/interactions/request.py"
"""Where what Discord says of a member is written down for the services."""
REFUSED_RIGHTS = frozenset(
    {"NotChair", "NoSeat", "NotHolder", "NotProposer", "AmendNeedsChair", "Barred", "ErasesAnother"}
)
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b")


def length_breaches(*, path: str, source: str) -> list[str]:
    """A module past 300 lines, a test past 350; migrations are written once, and may be as long as they must."""
    lines, is_test = source.count("\n"), path.startswith(("tests/", "bench/"))
    longest = LONGEST_TEST if is_test else LONGEST
    if lines <= longest or path.startswith(MIGRATIONS):
        return []
    return [f"{path} has {lines} lines, more than {longest}: split it along the seam that is already there"]


def crowd_breaches(*, paths: Iterable[str]) -> list[str]:
    """A folder with more than twenty modules side by side: nobody finds a room among so many doors."""
    crowds = Counter(PurePosixPath(path).parent.as_posix() for path in paths)
    return [
        f"{folder} has {modules} modules, more than {MOST_IN_A_FOLDER}: group them by subject"
        for folder, modules in crowds.items()
        if modules > MOST_IN_A_FOLDER
    ]


def name_breaches(*, path: str) -> list[str]:
    """A module or folder whose name says nothing of what is in it."""
    return [
        f"{path}: {part!r} says nothing of what is in it; name it by the words of the product"
        for part in PurePosixPath(path).with_suffix("").parts
        if part.strip("_").rpartition("_")[2] in VAGUE
    ]


def handler_breaches(*, path: str, source: str) -> list[str]:
    """Where every exception is caught, but in the places that need it; clean-up that raises again is none."""
    return [] if path in CATCH_ALL else catches_all(path=path, source=source)


def catches_all(*, path: str, source: str) -> list[str]:
    """Each handler for every exception, and each gathering that hands them out as answers."""
    breaches: list[str] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ExceptHandler(type=kind) if _catches(kind, "Exception") or kind is None:
                breaches.append(f"{path}:{node.lineno} catches every exception: name those that can be answered")
            case ast.ExceptHandler(type=kind) if _catches(kind, "BaseException") and not _raises_again(node):
                breaches.append(f"{path}:{node.lineno} catches BaseException and does not raise it again")
            case ast.keyword(arg="return_exceptions", value=ast.Constant(value=True)):
                breaches.append(f"{path}:{node.lineno} gathers every exception: name those that can be answered")
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=args):
                if any(_catches(arg, "Exception") or _catches(arg, "BaseException") for arg in args):
                    breaches.append(f"{path}:{node.lineno} suppresses every exception: name those that do no harm")
            case ast.keyword(arg="return_exceptions"):
                breaches.append(f"{path}:{node.lineno} gathers every exception: name those that can be answered")
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


def rights_breaches(*, path: str, source: str) -> list[str]:
    """Where a cog decides who may do a thing: by a refusal that is about rights, or by what a member may on the server.
    The services decide that, in the transaction in which it is done. Who chairs may be asked to draw what chairs see.
    """
    if not path.startswith("cogs/") or path == WHO_ACTS:
        return []
    breaches: list[str] = []
    tree = ast.parse(source)
    drawn = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "chair"}
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Name(id=name) | ast.Call(func=ast.Name(id=name))) if name in REFUSED_RIGHTS:
                breaches.append(f"{path}:{node.lineno} raises {name}: who may is for a service to say")
            case ast.Attribute(attr="manages_server" | "manage_guild"):
                breaches.append(f"{path}:{node.lineno} looks at {node.attr}: who may is for a service to say")
            case ast.Call(func=ast.Attribute(attr="is_chair")) if id(node) not in drawn:
                breaches.append(f"{path}:{node.lineno} asks who chairs, not to draw: who may is for a service to say")
    return breaches


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
