"""What the services return about posts that do not get through."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.ports import PostKind, Trouble, TroubleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TroublesView:
    """What goes wrong in a council. `waiting`: the kinds of posts that Discord has not accepted yet."""

    troubles: Mapping[TroubleKind, Trouble]
    waiting: tuple[PostKind, ...]
