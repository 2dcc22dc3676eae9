"""A member's data as a file: JSON that says of each part what it is, in the member's language.

Numbers that Discord gives are texts, because many programs round them; instants are in UTC, bytes hexadecimal.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cogs.showing.localizer import Localizer
from deliberation.record import instant_text
from services.privacy import PersonalData

FORMAT = "comity-personal-data/1"
NAME = "comity-my-data"
_GREATEST = 2**53

Row = tuple[str, Mapping[str, Any]]
"""A section's name and one of its rows."""


def document(data: PersonalData, say: Localizer, *, at: datetime) -> dict[str, Any]:
    """The whole file, as it is written."""
    return {
        "format": FORMAT,
        "about": say.text("privacy.file.about"),
        "member": str(data.person),
        "made_at": instant_text(at),
        "meaning": {name: say.text(f"privacy.file.{name}") for name in data.sections},
        "data": {name: [_plain(row) for row in rows] for name, rows in data.sections.items()},
    }


def attachments(whole: Mapping[str, Any], *, limit: int) -> list[tuple[str, bytes]]:
    """The file by its name; zipped, and in as many parts as it takes, where it has more than `limit` bytes. Every part
    says for itself what it holds."""
    written = _written(whole)
    if len(written) <= limit:
        return [(f"{NAME}.json", written)]
    rows = [(name, row) for name, listed in whole["data"].items() for row in listed]
    of = 1
    while True:
        parts = [_zipped(_part(whole, rows, number, of), number, of) for number in range(1, of + 1)]
        if of >= len(rows) or all(len(content) <= limit for _, content in parts):
            return parts
        of *= 2


def _part(whole: Mapping[str, Any], rows: Sequence[Row], number: int, of: int) -> dict[str, Any]:
    sections: dict[str, list[Mapping[str, Any]]] = {}
    for name, row in rows[len(rows) * (number - 1) // of : len(rows) * number // of]:
        sections.setdefault(name, []).append(row)
    return {**whole, "part": number, "parts": of, "data": sections}


def _zipped(part: Mapping[str, Any], number: int, of: int) -> tuple[str, bytes]:
    name = NAME if of == 1 else f"{NAME}-{number}-of-{of}"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}.json", _written(part))
    return f"{name}.zip", packed.getvalue()


def _written(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items() if value is not None}


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, int) and abs(value) >= _GREATEST else value
