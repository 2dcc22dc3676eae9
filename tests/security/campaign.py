"""A hundred thousand hostile interactions: `make hostile`, in slices that can be gone on with after an interruption.

    python -m tests.security.campaign --interactions 100000 --seed 7 --jobs 2

Each slice is a seed of its own; those that are done stand in the progress file and are left out the next time.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import re
import secrets
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.security.assembly import PLANS
from tests.security.harness import founded
from tests.security.hostile import scenes
from tests.security.stage import Stage
from tests.stores import upgrade_now

ACTS = 25
"""Acts in a scene, which begins with the councils as they were founded."""
SCENES = 80
_IDLE = re.compile(r"\s*Act\(\s*kind='nothing',.*?\),(?=\s*(?:Act\(|\]))", re.DOTALL)
"""What stands in a shrunk scene for an act that did not matter."""


def run_slice(seed: int, states: dict[str, Path], *, examples: int = SCENES, derandomize: bool = False) -> Counter[str]:
    """Play that many scenes; what was sent, by kind. Raises what goes wrong first, shrunk to the acts that matter."""
    with tempfile.TemporaryDirectory(prefix="comity-hostile-", dir=_memory()) as folder, asyncio.Runner() as runner:
        stage = runner.run(Stage.built(Path(folder) / "comity.db", states))
        try:
            chosen = settings(
                max_examples=examples,
                deadline=None,
                database=None,
                derandomize=derandomize,
                phases=[Phase.generate, Phase.shrink],
                suppress_health_check=[
                    HealthCheck.too_slow,
                    HealthCheck.data_too_large,
                    HealthCheck.large_base_example,
                ],
                print_blob=False,
            )

            @given(scenes(stage.wire, length=ACTS))
            def played(scene: object) -> None:
                runner.run(stage.play(scene))  # pyright: ignore[reportArgumentType]

            gc.freeze()
            gc.set_threshold(50_000, 50, 50)
            test = chosen(played)
            (test if derandomize else hypothesis.seed(seed)(test))()
        finally:
            runner.run(stage.strike())
    return stage.sent


def _slice(seed: int, states: dict[str, Path]) -> tuple[Counter[str], str]:
    try:
        return run_slice(seed, states), ""
    except BaseException:  # What goes wrong is the finding: it is reported, and the other slices go on.
        return Counter(), _IDLE.sub("", traceback.format_exc())


def _memory() -> str | None:
    """A folder in memory, where there is one: what is written here is thrown away."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108


def made(folder: Path) -> dict[str, Path]:
    """A database in every state."""
    template = folder / "template.db"
    upgrade_now(f"sqlite:///{template}")
    return {name: asyncio.run(founded(template, folder / f"{name}.db", plan)) for name, plan in PLANS.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--progress", type=Path, default=None, help="default: .hostile-<seed>.json")
    asked = parser.parse_args()
    progress = asked.progress or Path(f".hostile-{asked.seed}.json")
    done: dict[str, dict[str, int]] = json.loads(progress.read_text()) if progress.exists() else {}
    print(
        f"seed {asked.seed}: {asked.interactions:,} interactions; done are {len(done)} slices ({progress})", flush=True
    )
    began, failed, number = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory(prefix="comity-states-") as folder, ProcessPoolExecutor(asked.jobs) as pool:
        states = made(Path(folder))
        while _total(done) < asked.interactions and not failed:
            seeds = [
                seed for seed in range(asked.seed + number, asked.seed + number + asked.jobs) if str(seed) not in done
            ]
            number += asked.jobs
            for seed, (sent, fault) in zip(seeds, pool.map(_slice, seeds, [states] * len(seeds)), strict=True):
                if fault:
                    failed += 1
                    print(f"\nslice {seed} failed:\n{fault}", file=sys.stderr, flush=True)
                    continue
                done[str(seed)] = dict(sent)
                progress.write_text(json.dumps(done))
                print(f"{_total(done):>8,} after {time.monotonic() - began:,.0f} s", flush=True)
    kinds = sum((Counter(sent) for sent in done.values()), Counter[str]())
    print(f"{_total(done):,} interactions, {len(done)} slices, {failed} failed: {dict(kinds)}")
    return 1 if failed else 0


def _total(done: dict[str, dict[str, int]]) -> int:
    return sum(count for sent in done.values() for kind, count in sent.items() if kind in KINDS)


KINDS = ("command", "typing", "tap", "real", "form")
"""What is an interaction; the rest of what is counted says what became of them."""

if __name__ == "__main__":
    sys.exit(main())
