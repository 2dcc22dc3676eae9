"""What can be altered without `comity verify` saying a word, and why nothing is decided by it."""

from __future__ import annotations

from typing import NamedTuple

from tests.tampering.alterations import Alteration


class Silence(NamedTuple):
    """`place`: a table, for whatever is done to it, or a column as `table.column`. `how` and `kind` narrow it down to
    alterations of that name, and to rows of a kind in which that word stands."""

    place: str
    reason: str
    how: str = ""
    kind: str = ""

    def covers(self, alteration: Alteration) -> bool:
        return (
            self.place in (alteration.row.table, alteration.place)
            and self.how in ("", alteration.how)
            and self.kind in alteration.row.kind
        )

    def __str__(self) -> str:
        return ", ".join(part for part in (self.place, self.how, self.kind) if part)


_BESIDE_A_PSEUDONYM = "a salt beside a pseudonym, or beside nobody, opens nothing"

SILENT = (
    Silence("posts", "the outbox: what is still to be said in Discord; nothing is decided by it"),
    Silence("messages", "where cards stand in Discord; a card shows what the other tables say"),
    Silence("troubles", "what goes wrong at present; it holds up no deadline for good"),
    Silence("trials", "what the health check writes"),
    Silence("people", "a member's own language and reminders"),
    Silence("drafts", "a form that was refused, for its author to go on with"),
    Silence("ballot_events.id", "only orders what is shown of the history; instants are vouched for"),
    Silence("ballot_events.person", "which former member it was; that it was one, the record says", kind="erased"),
    Silence("reasons.id", "a handle; round, issue, seat and text are vouched for"),
    Silence("record_heads.forgotten", "where forgetting goes on; what is forgotten, the record says"),
    Silence("record_heads", "the same line once more", how="twice"),
    Silence("record_secrets.council", "where erasure looks; what it opens, the commitment says"),
    Silence("record_secrets", "the same opening once more", how="twice"),
    Silence("record_secrets", "opens nothing that the record holds", how="another like it"),
    Silence("register.number", "a number that leaves the lines in their order, which their digests give"),
    Silence("rounds.status", "past its deadline an open round is claimed again", how="as open", kind="closing"),
    Silence("sums", "of a round that does not run, nobody asks for the sum", how="another like it"),
    Silence("issues.salt", _BESIDE_A_PSEUDONYM, how="something"),
    Silence("issue_versions.salt", _BESIDE_A_PSEUDONYM, how="something"),
    Silence("seat_holders.salt", _BESIDE_A_PSEUDONYM, how="something"),
)
"""Each line has to be silent still: what is named by now goes from here."""

UNHEARD = frozenset(line.place for line in SILENT if not (line.how or line.kind or "." in line.place))
"""Tables of which the record tells nothing."""
