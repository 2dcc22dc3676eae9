"""The rehearsal's agenda, read from `agendas/`: who proposes which issue, and what can be said about it."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from deliberation.categories import Position

Reasons = Mapping[Position, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """An issue that a delegation will propose.

    `proposer` is a country (ISO 3166 alpha-2), as are the keys of `openness`: readiness to see the action restricted,
    from 0 (free to act) to 1 (prohibited). `opens_with`: it is put up before the first round. `own`: what only one
    country would say for a position. The key "otherwise" of `openness` stands for every country that is not named.
    """

    key: str
    title: str
    action: str
    why: str
    proposer: str
    opens_with: bool
    openness: Mapping[str, float]
    reasons: Reasons
    own: Mapping[str, Mapping[Position, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """All issues in the order in which they are proposed; what is said on any other issue; and how a persuaded
    delegation begins."""

    items: tuple[AgendaItem, ...]
    otherwise: Reasons
    persuaded: str

    def find(self, title: str) -> AgendaItem | None:
        """The item with that title, or None for an issue that is not on this agenda."""
        return next((item for item in self.items if item.title == title), None)


def load_agenda(key: str) -> Agenda:
    """The agenda of the demonstration with that key."""
    data = tomllib.loads(resources.files("rehearsal").joinpath(f"agendas/{key}.toml").read_text(encoding="utf-8"))
    return Agenda(
        items=tuple(_item(each) for each in data["issues"]),
        otherwise=_reasons(data["otherwise"]),
        persuaded=data["phrases"]["persuaded"],
    )


def _item(data: Mapping[str, Any]) -> AgendaItem:
    return AgendaItem(
        key=data["key"],
        title=data["title"],
        action=data["action"],
        why=data["why"],
        proposer=data["proposer"],
        opens_with=data.get("opens_with", False),
        openness=data["openness"],
        reasons=_reasons(data["reasons"]),
        own={
            country: {Position(word): text for word, text in texts.items()}
            for country, texts in data.get("own", {}).items()
        },
    )


def _reasons(data: Mapping[str, Sequence[str]]) -> Reasons:
    return {Position(word): tuple(texts) for word, texts in data.items()}
