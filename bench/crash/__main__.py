"""`make crash-test`: at least 200 processes killed at random instants under load, on both databases.

Printed: a line for each trial, the seed, and every broken promise; ends with an error where there is one. `--seed`
repeats the instants and choices of an earlier run, though never the exact interleaving; `--json FILE` writes the
figures.
"""

import argparse
import json
import secrets
import sys
from pathlib import Path
from typing import Any

from bench.crash.runs import HEADINGS, Run, run_all


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument(
        "--kills", type=int, default=200, help="how many processes to kill, half of them on each database"
    )
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--json", type=Path, help="a file to write the figures to")
    given = parser.parse_args(arguments)
    print(f"seed {given.seed}, {given.kills} kills", flush=True)
    print("  ".join(f"{heading:>{width}}" for heading, width in HEADINGS.items()), flush=True)
    runs = run_all(kills=given.kills, seed=given.seed, each=_show)
    broken = [violation for run in runs for violation in run.findings.violations]
    if given.json is not None:
        figures: dict[str, Any] = {"seed": given.seed, "violations": broken, "trials": [run.figures() for run in runs]}
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    for violation in broken[:50]:
        print(violation)
    print(f"{sum(run.ledger.kills for run in runs)} kills, {len(broken)} violations")
    return 1 if broken else 0


def _show(run: Run) -> None:
    figures = run.figures().values()
    print("  ".join(f"{figure:>{width}}" for figure, width in zip(figures, HEADINGS.values(), strict=True)), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
