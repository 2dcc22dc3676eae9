"""How `tests/data/before-12` was made: `python -m tests.before.make`, once, with the version of commit b0846ca.

It documents the fixture and need not work with later versions: they must open what is there, not make it anew.
"""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import tempfile
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path

from typer.testing import CliRunner

from bot.command_line import app
from cogs.custom_ids import NUMBER, OPTIONAL, Template, templates
from tests.before.lifetime import Life
from tests.before.pressing import use_everything
from tests.before.simulated import kept
from tests.before.upgraded import FOLDER, come_to_their_ends, filled, opened, written
from tests.before.voting import UNDER_WAY, vote_with_what_is_open
from tests.end_to_end.bench import rehearsed_world

EXPORTED = ("Alice", "Goran")
_INSERT = re.compile(r'INSERT INTO "[a-z_]+" VALUES')


def main() -> None:
    """Write every file of the fixture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        asyncio.run(_play(folder / "comity.db"))
        _write("database.sql", _backed_up(folder))
        _write("verified.txt", _verified(folder))
        asyncio.run(_export(folder / "exported.db"))
        asyncio.run(_use(folder / "used.db"))
        asyncio.run(_rule(folder / "ruled.db"))
    _write("ids.txt", "".join(f"{each}\n" for each in _ids()))


async def _play(file: Path) -> None:
    async with rehearsed_world(f"sqlite+aiosqlite:///{file}", logged=("post_put_off", "channel_gone")) as world:
        await Life(world, file).play()
        _write("discord.json", kept(world.env, world.guild.id))


def _backed_up(folder: Path) -> str:
    """The backup as text, which is the database as text."""
    _comity(folder / "comity.db", "db", "backup", str(folder / "backup.db"))
    assert _dumped(folder / "backup.db") == _dumped(folder / "comity.db")
    text = _rows_together(_dumped(folder / "backup.db"))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(text)
        assert list(connection.iterdump()) == _dumped(folder / "backup.db")
    return text


def _dumped(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def _rows_together(statements: list[str]) -> str:
    """The rows of a table in one statement, a line each."""
    parts: list[str] = []
    for table, listed in groupby(statements, lambda each: found[0] if (found := _INSERT.match(each)) else ""):
        rows = [each.removeprefix(table).removesuffix(";") for each in listed]
        parts += [f"{table}\n" + ",\n".join(rows) + ";"] if table else [f"{each};" for each in rows]
    return "\n".join(parts) + "\n"


def _verified(folder: Path) -> str:
    """What `comity verify` says, given every entry of every council as a head that somebody kept."""
    with closing(sqlite3.connect(folder / "comity.db")) as connection:
        entries = connection.execute('SELECT "index", digest FROM record_entries ORDER BY council, "index"').fetchall()
    heads = [part for index, digest in entries for part in ("--head", f"{index}:{digest}")]
    return _comity(folder / "comity.db", "verify", *heads)


async def _export(file: Path) -> None:
    async with opened(filled(file), written("discord.json")) as (_, server):
        for name in EXPORTED:
            answer = await server.members[name].slash(server.channels["assembly"], "privacy export")
            assert answer.response is not None
            [attached] = answer.response.attachments
            _write(f"export-{name.lower()}.json", (await attached.read()).decode())


async def _use(file: Path) -> None:
    async with opened(filled(file), written("discord.json")) as (world, server):
        _write("answers.txt", "".join(f"{line}\n" for line in await use_everything(world, server)))


async def _rule(file: Path) -> None:
    async with opened(filled(file), written("discord.json")) as (world, server):
        told = await vote_with_what_is_open(server)
        told += await come_to_their_ends(world, server, UNDER_WAY)
        _write("results.txt", "".join(f"{line}\n" for line in told))


def _ids() -> list[str]:
    """Ids of every kind that this version builds, with every word: the shortest, and the longest that Discord takes."""
    found: list[str] = []
    for template in templates():
        words = {name: kind for name, kind in template.fields if not isinstance(kind, str)}
        for place in range(max((len(kind) for kind in words.values()), default=1)):
            chosen: dict[str, object] = {name: kind[place % len(kind)] for name, kind in words.items()}
            least = {name: 0 if kind == NUMBER else "a-B_9.z" for name, kind in template.fields if kind != OPTIONAL}
            found += [template.build(**least | chosen), _longest(template, chosen)]
    return found


def _longest(template: Template, chosen: dict[str, object]) -> str:
    for digits in range(18, 0, -1):
        numbers = (NUMBER, OPTIONAL)
        most = {name: 10**digits - 1 if kind in numbers else "k" * 60 for name, kind in template.fields}
        with suppress(ValueError):
            return template.build(**most | chosen)
    raise AssertionError(template)


def _comity(file: Path, *command: str) -> str:
    os.environ["COMITY_DATABASE_URL"] = f"sqlite:///{file}"
    done = CliRunner().invoke(app, command, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def _write(name: str, text: str) -> None:
    (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
