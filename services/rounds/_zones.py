"""The time zone that a chair means, and those that a name nobody knows may mean."""

from collections import defaultdict
from functools import cache

from rapidfuzz import fuzz, process

from deliberation.rounds.schedules import UnknownTimeZone, find_zone, zone_names

_LIKE = 60
"""Of a hundred: from there on a name may be a slip for another."""
_LONGEST = 64


def zone_meant(typed: str) -> str:
    """The IANA name of the zone. Raises UnknownTimeZone with up to three names that it may be a slip for."""
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
    """Zones by their names and by their cities, in lower case. Etc/GMT+2 is two hours behind UTC: nobody who types
    "GMT+2" means it."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for lower, name in zone_names().items():
        if not lower.startswith("etc/"):
            for word in {lower, lower.rpartition("/")[2]}:
                names[word].append(name)
    return names
