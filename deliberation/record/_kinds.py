"""The kinds of entries in the record. Their words are part of what is hashed, and must never change."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry of the record is about."""

    COUNCIL_FOUNDED = "council founded"
    COUNCIL_CLOSED = "council closed"
    ROLES_CHANGED = "roles changed"
    RULES_CHANGED = "rules changed"
    SCHEDULE_SET = "schedule set"
    SCHEDULE_ENDED = "schedule ended"
    START_NOT_HELD = "start not held"

    ROUND_ANNOUNCED = "round announced"
    ROUND_OPENED = "round opened"
    ROUND_EXTENDED = "round extended"
    ROUND_PAUSED = "round paused"
    ROUND_RESUMED = "round resumed"
    ROUND_CANCELLED = "round cancelled"
    ROUND_COMPLETE = "round complete"
    ROUND_ENDED_BY_CHAIR = "round ended by chair"
    ROUND_CLOSED = "round closed"

    ROLL_CALLED = "roll called"
    ROLL_ANSWERED = "roll answered"
    ROLL_CALLED_OFF = "roll called off"

    SEAT_TAKEN = "seat taken"
    SEAT_ADDED = "seat added"
    SEAT_CLAIMED = "seat claimed"
    SEAT_LEFT = "seat left"
    SEAT_ASSIGNED = "seat assigned"
    SEAT_UNASSIGNED = "seat unassigned"
    SEAT_CHANGED = "seat changed"
    SEAT_REMOVED = "seat removed"
    SEAT_LOST_BY_BAR = "seat lost by bar"
    MEMBER_BARRED = "member barred"
    MEMBER_UNBARRED = "member unbarred"

    ISSUE_PROPOSED = "issue proposed"
    ISSUE_SECONDED = "issue seconded"
    ISSUE_AMENDED = "issue amended"
    ISSUE_MERGED = "issue merged"
    ISSUE_HIDDEN = "issue hidden"
    ISSUE_SHOWN = "issue shown"
    ISSUE_WITHDRAWN = "issue withdrawn"
    REVIEW_ASKED = "review asked"
    REVIEW_OPENED = "review opened"

    BALLOTS_CAST = "ballots cast"
    BALLOTS_BY_PROXY = "ballots by proxy"
    REASON_GIVEN = "reason given"
    PROXY_GIVEN = "proxy given"
    PROXY_ENDED = "proxy ended"

    MEMBER_ERASED = "member erased"
    PEOPLE_FORGOTTEN = "people forgotten"
    STATE_ENTERED = "state entered"
