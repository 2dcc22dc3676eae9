"""The arrows of the house: what each package may import, read from the source without running it."""

from __future__ import annotations

import ast
import sys
from collections import deque
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

OURS = frozenset({"deliberation", "services", "storage", "cogs", "bot", "rehearsal"})
LOG = frozenset({"structlog"})


@dataclass(frozen=True)
class Room:
    """What one package may import: packages of ours, and libraries beside the standard one (None: any)."""

    ours: frozenset[str]
    libraries: frozenset[str] | None


ROOMS = {
    "deliberation": Room(frozenset({"deliberation"}), frozenset()),
    "services": Room(frozenset({"deliberation", "services"}), frozenset({"confusable_homoglyphs", "rapidfuzz"}) | LOG),
    "storage": Room(
        frozenset({"deliberation", "services", "storage"}),
        frozenset({"sqlmodel", "sqlalchemy", "alembic", "aiosqlite", "asyncpg", "pydantic"}) | LOG,
    ),
    "cogs": Room(frozenset({"deliberation", "services", "cogs"}), frozenset({"discord", "aiohttp", "babel"}) | LOG),
    "bot": Room(OURS, None),
    "rehearsal": Room(frozenset({"deliberation", "services", "cogs", "bot", "rehearsal"}), None),
}
STORE_LIBRARIES = frozenset({"sqlmodel", "sqlalchemy", "alembic", "aiosqlite", "asyncpg"})
BLOCS = "deliberation.blocs"
COMMAND_LINE = ("bot.__main__", "bot.command_line")
IMPURE = frozenset({"logging", "time", "asyncio", "threading", "os", "pathlib", "shutil", "tempfile"}) | frozenset(
    {"socket", "urllib", "http", "sqlite3", "subprocess", "secrets"}
)
CLOCKS = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}, "uuid": {"uuid1", "uuid4"}}


@dataclass(frozen=True)
class Import:
    """One imported name, in full ("services.ports.Clock"); late if it stands inside a function."""

    name: str
    line: int
    late: bool

    @property
    def top(self) -> str:
        return self.name.partition(".")[0]


def within(name: str, package: str) -> bool:
    """Whether a dotted name is the package or stands inside it."""
    return name == package or name.startswith(package + ".")


def imports_of(*, module: str, source: str, is_package: bool = False) -> Iterator[Import]:
    """Every import of a module's source, relative ones resolved, `import_module("...")` with a literal included."""
    yield from _imports(ast.parse(source), package=module if is_package else module.rpartition(".")[0], late=False)


def _imports(node: ast.AST, *, package: str, late: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                yield from (Import(alias.name, child.lineno, late) for alias in names)
            case ast.ImportFrom(names=names):
                origin = _origin(child, package)
                yield from (Import(f"{origin}.{alias.name}", child.lineno, late) for alias in names)
            case ast.Call(
                func=ast.Name(id=called) | ast.Attribute(attr=called), args=[ast.Constant(value=str(name)), *_]
            ):
                if called in {"import_module", "__import__"}:
                    yield Import(name, child.lineno, late)
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _imports(child, package=package, late=late or inside)


def _origin(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parents, node.module] if node.module else parents)


def imported_by(modules: Mapping[str, Iterable[Import]]) -> dict[str, set[str]]:
    """By module, those of the same modules that it imports, wherever in its source: `from package import name` means
    the module of that name where there is one, else the package's face."""
    return {
        name: {target for found in imports if (target := _module_in(found.name, modules)) not in (None, name)}
        for name, imports in modules.items()
    }  # pyright: ignore[reportReturnType]


def _module_in(name: str, modules: Container[str]) -> str | None:
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def rings(imported: Mapping[str, set[str]]) -> list[list[str]]:
    """Modules that import each other in a ring, each ring once and as short as it is found, in order."""
    found: list[list[str]] = []
    waiting = {name: set(targets) for name, targets in imported.items()}
    for name in sorted(waiting):
        while (ring := _way(name, name, waiting)) is not None:
            found.append(ring)
            waiting[ring[-1]].discard(name)
    return found


def _way(start: str, end: str, imported: Mapping[str, set[str]]) -> list[str] | None:
    """The shortest way from one module to another by imports, the last left out; None where there is none."""
    ways = deque([[start]])
    seen: set[str] = set()
    while ways:
        way = ways.popleft()
        for target in sorted(imported.get(way[-1], ())):
            if target == end:
                return way
            if target not in seen:
                seen.add(target)
                ways.append([*way, target])
    return None


def import_breaches(
    *, module: str, source: str, is_package: bool = False, areas: frozenset[str] = frozenset()
) -> list[str]:
    """What a module imports against the table, a sentence each. `areas` are the names of the sub-packages of cogs."""
    breaches = []
    for found in imports_of(module=module, source=source, is_package=is_package):
        why = _library_breach(module, found) if found.top not in OURS else _own_breach(module, found, areas)
        if why:
            breaches.append(f"{module}:{found.line} imports {found.name}: {why}")
    return breaches


def _library_breach(module: str, found: Import) -> str | None:
    package = module.partition(".")[0]
    if found.top in sys.stdlib_module_names:
        if package == "deliberation" and found.top in IMPURE:
            return "the procedure is pure; time, files, tasks and logs belong to its callers"
        return None
    if found.top == "numpy" and within(module, BLOCS):
        return None
    if package == "rehearsal" and found.top in STORE_LIBRARIES:
        return "the rehearsal runs the bot, and leaves the store to it"
    allowed = ROOMS[package].libraries
    if allowed is not None and found.top not in allowed:
        return f"{package} may use of libraries only: {', '.join(sorted(allowed)) or 'the standard one'}"
    return None


def _own_breach(module: str, found: Import, areas: frozenset[str]) -> str | None:
    package = module.partition(".")[0]
    if package == "bot" and found.top == "rehearsal":
        if not any(within(module, place) for place in COMMAND_LINE):
            return "only the command line may import the rehearsal"
        return None if found.late else "the command line imports the rehearsal late, inside a function"
    if found.top not in ROOMS[package].ours:
        return f"{package} may import of ours only: {', '.join(sorted(ROOMS[package].ours))}"
    if package == "storage" and found.top == "services" and not within(found.name, "services.ports"):
        return "storage knows of services only their ports"
    if package == "cogs" and found.top == "cogs":
        return _area_breach(module, found, areas)
    return None


def _area_breach(module: str, found: Import, areas: frozenset[str]) -> str | None:
    imported = [*found.name.split("."), ""][1]
    importing = [*module.split("."), ""][1]
    if imported not in areas or imported == importing or module == "cogs":
        return None
    if importing in areas:
        return f"the areas {importing} and {imported} share by a named module of cogs, not by importing each other"
    return "a module that areas share imports none of them"


def clock_breaches(*, module: str, source: str) -> list[str]:
    """Where a module reads a clock, makes an id or does I/O by itself: `datetime.now()`, `uuid4()`, `print()` …"""
    breaches = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr=name, value=ast.Name(id=owner) | ast.Attribute(attr=owner)):
                if owner in CLOCKS and name in CLOCKS[owner]:
                    breaches.append(f"{module}:{node.lineno} uses {owner}.{name}: time and ids are arguments here")
            case ast.Call(func=ast.Name(id=("print" | "open" | "input" | "uuid4") as name)):
                breaches.append(f"{module}:{node.lineno} calls {name}(): the procedure has no I/O and makes no ids")
    return breaches
