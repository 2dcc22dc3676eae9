"""Asks whether an advisory is known for anything in the lock files. `make audit` runs it in an environment of its own.

Fails where one is. Where the advisories cannot be asked for (no network, or an index that keeps none) it says so and
passes: a build must not depend on somebody else's service.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

ACCEPTED: Mapping[str, str] = {}
"""Advisories that do not concern us, by id, with the reason."""
SECONDS = 20
"""For each file."""


def verdict(report: Mapping[str, Any] | None) -> tuple[int, list[str]]:
    """The exit code for a report of pip-audit's, None where there is none, and what to print."""
    asked = [] if report is None else [each for each in report["dependencies"] if "vulns" in each]
    unasked = [] if report is None else [each for each in report["dependencies"] if "vulns" not in each]
    found = [
        f"{each['name']} {each['version']}: {advisory['id']}, mended by {_mended(advisory)}"
        for each in asked
        for advisory in each["vulns"]
        if not ACCEPTED.keys() & {advisory["id"], *advisory.get("aliases", ())}
    ]
    if found:
        return 1, ["Known vulnerabilities among what is locked:", *found]
    if not asked:
        return 0, ["Could not ask for advisories: none were to be had from here. Nothing was audited."]
    lines = [f"No advisory is known for the {len(asked)} packages that could be asked about."]
    if unasked:
        lines.append(f"Could not ask about {', '.join(sorted(each['name'] for each in unasked))}.")
    return 0, lines


def _mended(advisory: Mapping[str, Any]) -> str:
    return " or ".join(advisory["fix_versions"]) or "nothing yet"


def report_on(files: Sequence[str]) -> Mapping[str, Any] | None:
    """pip-audit's reports as one; None where it got no answer in time."""
    reports = [report for file in files if (report := _report_on(file)) is not None]
    known = {(each["name"], each.get("version")): each for report in reports for each in report["dependencies"]}
    return {"dependencies": list(known.values())} if reports else None


def _report_on(file: str) -> Mapping[str, Any] | None:
    options = ["--format=json", "--progress-spinner=off", "--require-hashes", "--disable-pip", "--timeout=10"]
    command = [sys.executable, "-m", "pip_audit", *options, "-r", file]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        print(f"pip-audit: {(done.stderr.strip().splitlines() or ['no word'])[-1]}", file=sys.stderr)
        return None


if __name__ == "__main__":
    code, lines = verdict(report_on(sys.argv[1:]))
    print("\n".join(lines))
    sys.exit(code)
