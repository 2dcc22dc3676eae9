"""What is rightly gone from the store, as the record itself says."""

from collections import Counter

from deliberation.record import EntryKind

from ._findings import Data, whole

TELLING = (EntryKind.MEMBER_ERASED, EntryKind.PEOPLE_FORGOTTEN, EntryKind.STATE_ENTERED)
"""Kinds of entries that announce gaps."""


class Gaps:
    """`closed`: commitments that can no longer be opened; `erased`: for each round, how many lines of its history no
    longer name anybody because of an erasure; `forgotten`: the entry up to which people are forgotten."""

    def __init__(self) -> None:
        self.closed: set[str] = set()
        self.erased: Counter[int] = Counter()
        self.forgotten = 0

    def read(self, kind: str, data: Data) -> None:
        """Take an entry of one of the kinds that announce gaps."""
        closed, ballots = data.get("closed"), data.get("ballots")
        if kind in (EntryKind.MEMBER_ERASED, EntryKind.STATE_ENTERED):
            self.closed |= {one for one in (closed if isinstance(closed, list) else ()) if isinstance(one, str)}
            for one in ballots if isinstance(ballots, list) else ():
                if isinstance(one, list) and len(one) == 2:
                    self.erased[whole(one[0])] += whole(one[1])
        if kind in (EntryKind.PEOPLE_FORGOTTEN, EntryKind.STATE_ENTERED):
            self.forgotten = max(self.forgotten, whole(data.get("until")))
