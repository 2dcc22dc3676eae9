"""What an audit of one council disputes."""

from collections.abc import Mapping
from typing import Any, cast

from deliberation.record import Json
from services.ports import Unreadable
from services.record.views import Fault

MOST = 1_000
"""How many faults of a council are listed; the others are counted."""
_SHOWN = 300
"""How many characters of a value are shown."""


class Findings:
    """Faults, in the order in which they were found."""

    def __init__(self, council: str) -> None:
        self._council = council
        self.faults: list[Fault] = []
        self.more = 0

    def dispute(self, what: str, where: Mapping[str, Any], *, expected: object, found: object) -> None:
        """Something is not as it should be."""
        if len(self.faults) >= MOST:
            self.more += 1
            return
        named = {name: value if isinstance(value, int) else str(value) for name, value in where.items()}
        one, other = _shown(expected, found)
        self.faults.append(Fault(council=self._council, what=what, where=named, expected=one, found=other))

    def __bool__(self) -> bool:
        return bool(self.faults)


def lines_of(value: Any) -> list[dict[str, Any]]:
    """The objects in a list of an entry's data. Anything else that somebody put there is skipped; the chain disputes
    it."""
    listed = cast(list[Any], value) if isinstance(value, list) else []
    return [line for line in listed if isinstance(line, dict)]


def whole(value: Any) -> int:
    """A whole number in an entry; 0 where somebody has put something else there."""
    return value if isinstance(value, int) else 0


def _shown(expected: object, found: object) -> tuple[str, str]:
    """Both as text; of long ones, the part in which they differ."""
    one, other = (value.text if isinstance(value, Unreadable) else str(value) for value in (expected, found))
    pairs = enumerate(zip(one, other, strict=False))
    same = next((place for place, (left, right) in pairs if left != right), 0)
    begin = max(0, same - _SHOWN // 3)
    return _part(one, begin), _part(other, begin)


def _part(text: str, begin: int) -> str:
    if len(text) <= _SHOWN:
        return text
    end = begin + _SHOWN
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


Data = Mapping[str, Json]
