"""What one process alone may do at a time: the others wait, and no longer than it lives."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import DatabaseReadOnly, DatabaseUnreachable
from storage.turns import turn
from tests.conftest import ROOT

HOLDING = """
import asyncio, sys
from storage.turns import turn

async def hold(url):
    async with turn(url, 1):
        print("held", flush=True)
        await asyncio.Event().wait()

asyncio.run(hold(sys.argv[1]))
"""


async def test_one_has_the_turn_and_the_other_waits_for_its_end(head_url: str):
    entered: list[str] = []

    async def second() -> None:
        async with turn(head_url, 1):
            entered.append("second")

    async with asyncio.timeout(60):
        async with turn(head_url, 1):
            waiting = asyncio.create_task(second())
            await _take_others(head_url)
            entered.append("first leaves")
        await waiting
    assert entered == ["first leaves", "second"]


async def test_the_turn_of_a_process_that_is_killed_ends_with_it(head_url: str):
    async with asyncio.timeout(60):
        held = await asyncio.to_thread(_held_elsewhere, head_url)
        waiting = asyncio.create_task(_take(head_url, 1))
        await _take_others(head_url)
        assert not waiting.done()
        held.kill()
        await asyncio.to_thread(held.communicate)
        await waiting


async def _take_others(url: str) -> None:
    """Turns that nobody has: whoever began to wait for one before would have had it by now."""
    for _ in range(3):
        await _take(url, 2)


def _held_elsewhere(url: str) -> subprocess.Popen[str]:
    """A process that has the turn, and does not end by itself."""
    command = [sys.executable, "-c", HOLDING, url]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own code
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


async def _take(url: str, number: int) -> None:
    async with turn(url, number):
        pass


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", DatabaseUnreachable),
        ("sqlite:///{folder}/missing/comity.db", DatabaseReadOnly),
    ],
)
async def test_without_a_database_there_are_no_turns(tmp_path: Path, url: str, error: type[Exception]):
    with pytest.raises(error):
        await _take(url.format(folder=tmp_path), 1)
