"""The councils of `assembly`, made once for each state and put back before each thing that is tried."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import structlog

from tests.clocks import SetClock
from tests.security.assembly import PLANS
from tests.security.harness import RestoringHarness, founded


@pytest.fixture(scope="session")
def states(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A database in every state."""
    folder = tmp_path_factory.mktemp("states")
    with ThreadPoolExecutor(1) as thread:
        return {
            name: thread.submit(
                lambda plan=plan, name=name: asyncio.run(founded(sqlite_template, folder / f"{name}.db", plan))
            ).result()
            for name, plan in PLANS.items()
        }


Assemble = Callable[[], AbstractAsyncContextManager[RestoringHarness]]


@pytest.fixture
def assemble(states: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Assemble:
    """`async with assemble() as harness`; on leaving nothing may stand in the log as an error."""

    @asynccontextmanager
    async def assembled() -> AsyncIterator[RestoringHarness]:
        with structlog.testing.capture_logs() as log:
            async with RestoringHarness.on(tmp_path / "comity.db", SetClock(), states, log) as harness:
                harness.note_refusals(monkeypatch)
                yield harness

    return assembled
