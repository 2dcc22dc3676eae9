"""The time zone that a chair means, and suggestions for an unknown name."""

from collections import defaultdict
from functools import cache

from rapidfuzz import fuzz, process

from deliberation.rounds.schedules import UnknownTimeZone, find_zone, zone_names

_LIKE = 60
"""The likeness, from 0 to 100, from which on a name may be a slip for another."""
_LONGEST = 64


def zone_meant(typed: str) -> str:
    """The IANA name of the zone. Raises UnknownTimeZone with up to three names that may have been meant."""
    try:
        return find_zone(typed).key
    except UnknownTimeZone:
        raise UnknownTimeZone(name=typed, matches=_like("_".join(typed.split()).lower())) from None


def _like(wanted: str) -> tuple[str, ...]:
    names = _by_word()
    found = process.extract(wanted[:_LONGEST], names.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE, limit=3)
    return tuple(dict.fromkeys(name for word, _, _ in found for name in names[word]))[:3]


@cache
def _by_word() -> dict[str, list[str]]:
    """Zones by their names and by their cities, in lower case. Zones like Etc/GMT+2 are left out: that one is two hours
    behind UTC, which nobody who types "GMT+2" means."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for lower, name in zone_names().items():
        if not lower.startswith("etc/"):
            for word in {lower, lower.rpartition("/")[2]}:
                names[word].append(name)
    return names
