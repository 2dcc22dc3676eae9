"""What the services return about one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deliberation.councils import Council
from deliberation.ids import PersonId
from deliberation.rounds import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """Everything stored about a person, as plain data: `sections` of rows, most of which name their council."""

    person: PersonId
    sections: Mapping[str, tuple[Mapping[str, Any], ...]]

    @property
    def empty(self) -> bool:
        return not any(self.sections.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasurePreview:
    """What erasing would touch: councils, seats held now, issues proposed, and the running rounds in which the person
    will take no other seat. `barred`: the person is barred in some council; `nothing`: nothing is stored about them."""

    councils: int
    seats: int
    issues: int
    rounds: tuple[tuple[Council, Round], ...]
    barred: bool
    nothing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What became of a person. `pseudonym` now stands in their place; `words`: the texts of their reasons are gone
    too."""

    pseudonym: PersonId
    words: bool
    preview: ErasurePreview
