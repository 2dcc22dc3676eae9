"""The bots that are measured, each in a process of its own."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.discord import StandIn

READY_SECONDS, STOP_SECONDS = 60, 15
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Bot:
    """A running bot. `started_in`: seconds from the start of its process to READY."""

    pid: int
    started_in: float

    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory(self) -> float:
        """Resident memory, in MiB."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        resident = next(line for line in lines if line.startswith("VmRSS"))
        return int(resident.split()[1]) / 1024


@asynccontextmanager
async def running(discord: StandIn, url: str | None) -> AsyncIterator[Bot]:
    """Comity on the database `url`, or (None) the bare bot; it is stopped at the end."""
    discord.connected.clear()
    environment = {
        **os.environ,
        "DISCORD_TOKEN": "bench",
        "COMITY_DISCORD_API_URL": discord.url,
        "COMITY_DISCORD_GATEWAY_URL": discord.gateway_url,
        "COMITY_DATABASE_URL": url or "",
        "COMITY_METRICS": "off",
        "COMITY_BACKUPS": "off",
        "COMITY_LOG_LEVEL": "error",
    }
    module = ("bench.bare",) if url is None else ("bot", "run")
    started = time.perf_counter()
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *module, env=environment)
    try:
        await asyncio.wait_for(discord.connected.wait(), READY_SECONDS)
        yield Bot(process.pid, time.perf_counter() - started)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
