"""Starts the program as often as a test wants: everything is imported once, and each program is forked from there.

What a program does is what `python -m bot …` does, from the reading of its settings to its end; to import it takes ten
times as long as most commands. Run as `python -m tests.bot.nursery FD`.
"""

from __future__ import annotations

import asyncio
import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

LARGEST = 1 << 16
ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).resolve().parents[2])}


class Nursery:
    """The test's end."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders

    async def printed(self, *command: str, folder: Path, environment: Mapping[str, str]) -> str:
        """What the program prints on both streams until it ends, started in that folder and with nothing else in its
        environment."""
        loop = asyncio.get_running_loop()
        ours, theirs = os.pipe()
        order = {"command": command, "folder": str(folder), "environment": dict(environment)}
        try:
            socket.send_fds(self._orders, [json.dumps(order).encode()], [theirs])
        finally:
            os.close(theirs)
        reader = asyncio.StreamReader()
        transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(ours, "rb"))
        try:
            return (await reader.read()).decode()
        finally:
            transport.close()


@contextmanager
def nursery() -> Iterator[Nursery]:
    """Ends with whatever it has started."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ours, theirs:
        process = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, "-m", "tests.bot.nursery", str(theirs.fileno())],
            env=ENVIRONMENT,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        try:
            yield Nursery(ours)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _reap(*_: object) -> None:
    """The pipe's end tells of a program's; nobody else waits for it."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main(number: int) -> None:
    """Fork at each order; returns in the programs, made ready to run."""
    # Loaded beforehand; drivers and the scheduler are imported late by others.
    import bot.command_line
    import bot.program
    from storage import Database

    assert bot.command_line.app
    assert bot.program
    for url in ("sqlite:///nothing.db", "postgresql://nobody@127.0.0.1:1/nothing"):
        Database(url)
    # What is there is looked through neither in the programs nor at their end.
    gc.collect()
    gc.freeze()
    orders = socket.socket(fileno=number)
    signal.signal(signal.SIGCHLD, _reap)
    while True:
        told, [output], *_ = socket.recv_fds(orders, LARGEST, 1)
        if os.fork():
            os.close(output)
            continue
        orders.close()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        order = json.loads(told)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for descriptor, stream in ((nothing, 0), (output, 1), (output, 2)):
            os.dup2(descriptor, stream)
        os.close(nothing)
        os.close(output)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["folder"])
        sys.argv = ["bot", *order["command"]]
        return


if __name__ == "__main__":
    main(int(sys.argv[1]))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
