"""What tests of the version before share: its database in a fresh file, brought up to date on either kind.

`tests/data/before-12` was made once, by version b0846ca, with the generator that stands in the history of this folder.
Later versions must open what is there, and not make it anew.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.before.upgraded import filled


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The URL of the old database as it was left, which the command line names too."""
    url = filled(tmp_path / "comity.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COMITY_DATABASE_URL", url)
    return url
