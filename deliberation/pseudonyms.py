"""Pseudonyms: what stands for a person who was erased, or forgotten after a time.

Discord's ids are above 0. A pseudonym lies below: it is drawn at random, and nothing leads from it to the person.
"""

from typing import ClassVar

from .errors import DomainError
from .ids import PersonId

FORGOTTEN = PersonId(0)
"""Stands for whoever acted longer ago than is kept."""


class ErasesAnother(DomainError):
    """One has oneself erased, and nobody else."""

    code: ClassVar[str] = "erases_another"


_SPAN = 2**62
_TAGS = 1_000_000


def pseudonym(drawn: bytes) -> PersonId:
    """The pseudonym for these random bytes, of which 8 or more are needed; else ValueError."""
    if len(drawn) < 8:
        raise ValueError("a pseudonym is drawn from at least 8 bytes")
    return PersonId(-1 - int.from_bytes(drawn, "big") % _SPAN)


def is_pseudonym(person: PersonId) -> bool:
    """Whether this stands for somebody who was erased."""
    return person < 0


def tag(person: PersonId) -> str:
    """Six digits that tell one erased person from another where both are shown."""
    return f"{-person % _TAGS:06d}"
