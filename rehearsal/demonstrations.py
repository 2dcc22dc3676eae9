"""The councils that a rehearsal can show: their rules, their seats, and the delegations for which the visitor may
act."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from deliberation.rules.presets import EU_COUNCIL, META_REGIME, SECURITY_COUNCIL

NAMES: Mapping[str, str] = Locale("en").territories
"""Countries' names, by ISO 3166 alpha-2 code."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """A council to be shown.

    `key`: its name on the command line, and that of its agenda. `preset`: its rules. `seating`: the ready-made seating
    that fills it, None where each delegation is seated separately. `visitors`: the delegations for which the visitor
    may act; `players`: those that act automatically, both by country. The visitor may act as chair too.
    """

    key: str
    council: str
    preset: str
    seating: str | None
    visitors: tuple[str, ...]
    players: tuple[str, ...]


ASSEMBLY = Demonstration(
    key="assembly",
    council="The General Assembly of twelve",
    preset=META_REGIME.preset,
    seating=None,
    visitors=("FR", "KE"),
    players=("BR", "CN", "EG", "DE", "IN", "JP", "MX", "NG", "ZA", "US"),
)
"""Twelve equal seats under the default rules."""

SECURITY = Demonstration(
    key="security-council",
    council="The Security Council",
    preset=SECURITY_COUNCIL.preset,
    seating="security-council",
    visitors=("FR", "DK"),
    players=("CN", "RU", "GB", "US", "BH", "CO", "CD", "GR", "LV", "LR", "PK", "PA", "SO"),
)
"""Fifteen seats, five of them with a veto. One of these vetoes the embargo."""

UNION = Demonstration(
    key="eu",
    council="The Council of the twenty-seven",
    preset=EU_COUNCIL.preset,
    seating="eu",
    visitors=("FR", "EE"),
    players=(
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "ES", "FI", "GR", "HR", "HU", "IE"),
        *("IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    ),
)
"""Twenty-seven seats weighted by population: a majority of the states may lack a majority of the people."""

DEMONSTRATIONS: Mapping[str, Demonstration] = {each.key: each for each in (ASSEMBLY, SECURITY, UNION)}
