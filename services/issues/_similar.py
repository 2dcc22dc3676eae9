"""Finding issues with a similar title, which are shown before a duplicate is put up."""

from collections.abc import Iterable

from rapidfuzz import fuzz

from deliberation.issues import Issue, IssueStatus
from deliberation.texts import fold

_ALIKE = 72
"""The likeness, from 0 to 100, from which on two titles count as similar."""


def similar(title: str, issues: Iterable[Issue], *, most: int = 3) -> tuple[Issue, ...]:
    """Issues under discussion whose titles are similar to `title`, the closest first."""
    wanted = fold(title)
    scored = [(_likeness(wanted, fold(issue.text.title)), issue) for issue in issues]
    alike = [(score, issue) for score, issue in scored if score >= _ALIKE and issue.status is IssueStatus.OPEN]
    alike.sort(key=lambda pair: (-pair[0], pair[1].number))
    return tuple(issue for _, issue in alike[:most])


def _likeness(wanted: str, other: str) -> float:
    """How alike two folded titles are, 0 to 100: by their letters in order, or by the words they share."""
    words, others = set(wanted.split()), set(other.split())
    fewer = min(len(words), len(others))
    shared = 100 * len(words & others) / fewer if fewer > 1 else 0.0
    return max(fuzz.ratio(wanted, other), shared)
