"""Starts the processes of the crash test: everything is imported once, and then each process is forked.

Run as `python -m bench.crash.nursery URL`. Reads a line for each process to start: JSON with the arguments of `Load`.
All write to the same pipe; this process writes the number of each one that it has started.
"""

import asyncio
import json
import os
import signal
import sys

from bench.crash.load import Load
from storage import Database


def main(url: str) -> None:
    # No code waits for the children: they are killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    # Load the driver here, so that not every child has to load it.
    Database(url)
    for line in sys.stdin:
        given = json.loads(line)
        child = os.fork()
        if child == 0:
            asyncio.run(Load(url, **given).run())
        os.write(1, (json.dumps(["started", child, given["slot"]]) + "\n").encode())


if __name__ == "__main__":
    main(sys.argv[1])
