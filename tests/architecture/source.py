"""The source of the house, as the tests about it read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("deliberation", "services", "storage", "cogs", "bot", "rehearsal")


@dataclass(frozen=True)
class Module:
    """One source file: its path from the root, its dotted name, its text."""

    path: str
    name: str
    is_package: bool
    source: str


def modules_under(*folders: str) -> list[Module]:
    """Every Python file under these folders of the repository, in order."""
    return [
        Module(
            path=file.relative_to(ROOT).as_posix(),
            name=".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"),
            is_package=file.name == "__init__.py",
            source=file.read_text(encoding="utf-8"),
        )
        for folder in folders
        for file in sorted((ROOT / folder).rglob("*.py"))
    ]
