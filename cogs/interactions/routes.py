"""Buttons, menus and forms are found by their custom id alone: whatever the message, and after any restart.

discord.py's dynamic items would do the same by trying every pattern and building the tapped message's whole view anew,
and leave a tap unanswered where the message no longer has the item; its forms are forgotten in a restart.
"""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from cogs.custom_ids.grammar import CustomId, noun_of

from .tap import IdT, Picked, Sent, Tap

TapT = TypeVar("TapT", bound=Tap[Any])
Handler = Callable[[TapT], Awaitable[None]]
Registering = Callable[[Handler[TapT]], Handler[TapT]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Who answers the ids of one kind, and what it is given. `opens_form`: its answer may be a form; `for_chairs`: it
    does nothing for anybody else; `again`: the id of the button that opens a form once more."""

    kind: type[CustomId]
    handler: Handler[Any]
    given: type[Tap[Any]]
    opens_form: bool = False
    for_chairs: bool = False
    again: Callable[[Any], CustomId] | None = None


class Routes:
    """Routes by noun: each module of an area has its own, and the context those of all."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}

    def button(self, kind: type[IdT], *, opens_form: bool = False, for_chairs: bool = False) -> Registering[Tap[IdT]]:
        """Let the function answer taps on buttons with such ids."""

        def register(handler: Handler[Tap[IdT]]) -> Handler[Tap[IdT]]:
            self._add(Route(kind=kind, handler=handler, given=Tap, opens_form=opens_form, for_chairs=for_chairs))
            return handler

        return register

    def menu(self, kind: type[IdT], *, for_chairs: bool = False) -> Registering[Picked[IdT]]:
        """Let the function answer choices from menus with such ids."""

        def register(handler: Handler[Picked[IdT]]) -> Handler[Picked[IdT]]:
            self._add(Route(kind=kind, handler=handler, given=Picked, for_chairs=for_chairs))
            return handler

        return register

    def form(
        self, kind: type[IdT], *, again: Callable[[IdT], CustomId], for_chairs: bool = False
    ) -> Registering[Sent[IdT]]:
        """Let the function take what forms with such ids bring."""

        def register(handler: Handler[Sent[IdT]]) -> Handler[Sent[IdT]]:
            self._add(Route(kind=kind, handler=handler, given=Sent, for_chairs=for_chairs, again=again))
            return handler

        return register

    def include(self, *others: "Routes") -> None:
        """Take these routes over. An area that is loaded anew replaces its own."""
        for route in (route for routes in others for route in routes):
            self._add(route)

    def find(self, custom_id: str) -> tuple[Route, CustomId] | None:
        """Whose id this is, and what it says; None where it is no id of today's."""
        route = self._routes.get(noun_of(custom_id))
        parsed = None if route is None else route.kind.parse(custom_id)
        return None if route is None or parsed is None else (route, parsed)

    def __iter__(self) -> Iterator[Route]:
        return iter(self._routes.values())

    def _add(self, route: Route) -> None:
        self._routes[route.kind.noun] = route
