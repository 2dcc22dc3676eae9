"""Pseudonyms: ids that stand for a person who was erased, or forgotten after a time.

Discord's ids are above 0. A pseudonym is below 0; it is drawn at random, and nothing leads from it to the person.
"""

from typing import ClassVar

from .errors import DomainError
from .ids import PersonId

FORGOTTEN = PersonId(0)
"""Stands for anyone who acted before the time of retention."""


class ErasesAnother(DomainError):
    """Members can erase only themselves."""

    code: ClassVar[str] = "erases_another"


_SPAN = 2**62
_TAGS = 1_000_000


def pseudonym(drawn: bytes) -> PersonId:
    """The pseudonym for these random bytes. Raises ValueError for fewer than 8."""
    if len(drawn) < 8:
        raise ValueError("a pseudonym is drawn from at least 8 bytes")
    return PersonId(-1 - int.from_bytes(drawn, "big") % _SPAN)


def is_pseudonym(person: PersonId) -> bool:
    """Whether this id stands for an erased person."""
    return person < 0


def tag(person: PersonId) -> str:
    """Six digits that distinguish erased people where several are shown."""
    return f"{-person % _TAGS:06d}"
