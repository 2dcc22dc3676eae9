"""What the handler of a button, menu or form receives: one object."""

import re
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from cogs.custom_ids.grammar import NUMBER, CustomId
from deliberation.errors import DomainError

from .entered import Fields
from .request import Request

IdT = TypeVar("IdT", bound=CustomId, covariant=True)


class ChoiceUnknown(DomainError):
    """What was chosen from a menu is none of what it offers."""

    code: ClassVar[str] = "choice_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap(Request, Generic[IdT]):
    """A tap on a button. `own`: it sits on a message that only this member sees, which may be redrawn for it."""

    id: IdT
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked(Tap[IdT]):
    """Something has been chosen from a menu. What, is the client's word, and to be checked like an id."""

    chosen: str

    @property
    def number(self) -> int:
        """The number that was chosen. Raises ChoiceUnknown where it is none."""
        if not re.fullmatch(NUMBER, self.chosen):
            raise ChoiceUnknown
        return int(self.chosen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Tap[IdT]):
    """A form has been sent. `fields`: what was entered."""

    fields: Fields

    def entered(self, name: str) -> str:
        """What was entered into a field, or chosen in it first; "" for nothing."""
        found = self.fields.get(name, "")
        return found if isinstance(found, str) else next(iter(found), "")
