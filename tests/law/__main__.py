"""The law of PRODUCT §6 over as many random histories as one likes, in slices that are each a seed of their own.

    python -m tests.law --histories 100000 --seed 7 --jobs 2

`--without-guards` takes each guard of the law away in turn, and says after how many histories it was missed.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed

import pytest

from tests.law.guards import GUARDS
from tests.law.oracle import BrokenLaw
from tests.law.stage import Staged, play_slice, staged

SLICE = 1_000
MOST = 10_000
"""Histories after which a guard that was taken away is taken not to be missed."""


def _slice(seed: int, histories: int) -> tuple[Counter[str], str]:
    try:
        return play_slice(seed, histories=histories), ""
    except BaseException:  # What goes wrong is the finding: it is reported, and the other slices go on.
        return Counter(histories=histories), traceback.format_exc()


def campaign(histories: int, seed: int, jobs: int) -> int:
    """Play them; how many slices failed."""
    began, failed, told = time.monotonic(), 0, Counter[str]()
    sizes = [min(SLICE, histories - begun) for begun in range(0, histories, SLICE)]
    with ProcessPoolExecutor(jobs) as pool:
        slices = {pool.submit(_slice, seed + place, size): seed + place for place, size in enumerate(sizes)}
        for finished in as_completed(slices):
            counted, fault = finished.result()
            told += counted
            if fault:
                failed += 1
                print(f"\nslice {slices[finished]} failed:\n{fault}", file=sys.stderr, flush=True)
            print(f"{told['histories']:>8,} after {time.monotonic() - began:,.0f} s", flush=True)
    print(f"{told['histories']:,} histories, {len(slices)} slices from seed {seed}, {failed} failed: {dict(told)}")
    return failed


def without_guards(seed: int) -> int:
    """How many of the guards were not missed."""
    with staged() as stages:
        found = [_missed(name, stages, seed) for name in GUARDS]
    return found.count(False)


def _missed(name: str, stages: Staged, seed: int) -> bool:
    began = time.monotonic()
    with pytest.MonkeyPatch.context() as patch:
        GUARDS[name].take_away(patch)
        try:
            play_slice(seed, histories=MOST, on=stages, shrink=False)
        except BrokenLaw as broken:
            print(f"without '{name}', after {time.monotonic() - began:.0f} s: {broken}", *broken.__notes__, sep="\n")
            return True
    print(f"without '{name}': not missed in {MOST:,} histories", flush=True)
    return False


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--histories", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--without-guards", action="store_true")
    asked = parser.parse_args()
    failed = without_guards(asked.seed) if asked.without_guards else campaign(asked.histories, asked.seed, asked.jobs)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
