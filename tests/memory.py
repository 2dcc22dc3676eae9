"""Where tests keep what they throw away: in memory, so that no disk is waited for."""

from __future__ import annotations

import shutil
from pathlib import Path

_MEMORY = Path("/dev/shm")  # noqa: S108 - thrown away at once
_ROOM = 2 << 30
"""Bytes. A container's is often as small as 64 MB."""


def memory_folder() -> str | None:
    """A folder in memory with room enough; None where there is none."""
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free >= _ROOM:
        return str(_MEMORY)
    return None
