"""What the audit of the lock files makes of an answer, and of none."""

from __future__ import annotations

import runpy
from typing import Any

from tests.conftest import ROOT

verdict = runpy.run_path(str(ROOT / ".ci" / "audit.py"))["verdict"]
SOUND: dict[str, Any] = {"name": "yarl", "version": "1.2", "vulns": []}
HOLED: dict[str, Any] = {
    "name": "aiohttp",
    "version": "3.0",
    "vulns": [{"id": "PYSEC-2024-1", "fix_versions": ["3.1"], "aliases": ["CVE-2024-1"]}],
}
UNASKED: dict[str, Any] = {"name": "uvloop", "skip_reason": "not found"}


def test_a_known_vulnerability_fails_and_is_named():
    code, lines = verdict({"dependencies": [SOUND, HOLED, UNASKED]})
    assert code == 1
    assert "aiohttp 3.0: PYSEC-2024-1, mended by 3.1" in lines


def test_nobody_to_ask_is_said_and_fails_nothing():
    for report in (None, {"dependencies": [UNASKED]}):
        code, lines = verdict(report)
        assert code == 0
        assert "Could not ask" in lines[0]


def test_what_could_not_be_asked_about_is_named_beside_what_is_sound():
    code, lines = verdict({"dependencies": [SOUND, UNASKED]})
    assert code == 0
    assert lines == [
        "No advisory is known for the 1 packages that could be asked about.",
        "Could not ask about uvloop.",
    ]
