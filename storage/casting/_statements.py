"""The statements of a group of ballots, in the order in which they are carried out."""

from sqlalchemy import and_, bindparam, or_, select, update

from storage.repositories.posts.outbox import moving_forward
from storage.repositories.repository import replacing
from storage.tables import (
    BallotEventRow,
    BallotRow,
    CouncilRow,
    DocketRow,
    EntitlementRow,
    IssueRow,
    MessageRow,
    PostRow,
    RecordEntryRow,
    RecordHeadRow,
    RoundRow,
    SeatHolderRow,
    SeatRow,
    SumRow,
    table_of,
)

from ._prepared import OneOf, Prepared, PreparedInsert, ServerTime

_rounds, _councils, _sums = table_of(RoundRow), table_of(CouncilRow), table_of(SumRow)
_docket, _issues, _messages = table_of(DocketRow), table_of(IssueRow), table_of(MessageRow)
_seats, _holders, _entitled = table_of(SeatRow), table_of(SeatHolderRow), table_of(EntitlementRow)
_ballots, _heads = table_of(BallotRow), table_of(RecordHeadRow)
_every = _holders.alias("every_holder")

LOCKED = Prepared(
    select(_rounds).where(OneOf(_rounds.c.id, "rounds")).order_by(_rounds.c.id).with_for_update(key_share=True)
)
STANDING = Prepared(
    select(ServerTime().label("now"), _councils, _rounds.c.id.label("round"), _sums.c.salt, _sums.c.text)
    .join(_rounds, _rounds.c.council == _councils.c.id)
    .outerjoin(_sums, _sums.c.round == _rounds.c.id)
    .where(OneOf(_rounds.c.id, "rounds"))
)
"""A row for each round: the time, its council, and its running sum."""
LISTED = Prepared(
    select(_docket, _issues.c.status)
    .join(_issues, _issues.c.id == _docket.c.issue)
    .where(OneOf(_docket.c.round, "rounds"))
    .order_by(_docket.c.round, _docket.c.place)
)
VOTERS = Prepared(
    select(_seats, _holders.c.person, _holders.c.since.label("held_since"))
    .add_columns(_rounds.c.id.label("round"), _entitled.c.round.label("entitled"))
    .add_columns(*(_entitled.c[name].label(f"entitled_{name}") for name in ("weight", "veto", "may_abstain")))
    .add_columns(_every.c.person.label("holder"))
    .join(_holders, _holders.c.seat == _seats.c.id)
    .join(_rounds, _rounds.c.council == _seats.c.council)
    .join(_every, and_(_every.c.seat == _seats.c.id, _every.c.until.is_(None)))
    .outerjoin(_entitled, and_(_entitled.c.round == _rounds.c.id, _entitled.c.seat == _seats.c.id))
    .where(_holders.c.until.is_(None), OneOf(_holders.c.person, "people"), OneOf(_rounds.c.id, "rounds"))
    .where(or_(_seats.c.left_at.is_(None), _entitled.c.round.is_not(None)))
    .order_by(_seats.c.id, _every.c.id)
)
"""A row for each holder of each seat that one of the people holds, in each round."""
POSITIONS = Prepared(
    select(_ballots.c.round, _ballots.c.issue, _ballots.c.seat, _ballots.c.position).where(
        OneOf(_ballots.c.round, "rounds"), OneOf(_ballots.c.seat, "seats")
    )
)
POSTED = Prepared(
    select(_messages).where(
        or_(
            and_(_messages.c.kind == "round", OneOf(_messages.c.subject, "rounds")),
            and_(_messages.c.kind == "card", OneOf(_messages.c.subject, "issues")),
        )
    )
)
HEADS = Prepared(
    select(_heads.c.council, _heads.c.index.label("last"), _heads.c.digest)
    .where(OneOf(_heads.c.council, "councils"))
    .order_by(_heads.c.council)
    .with_for_update()
)

BALLOTS = PreparedInsert(BallotRow, lambda insert: replacing(insert, key=("round", "issue", "seat")))
EVENTS = PreparedInsert(BallotEventRow)
SUMS = PreparedInsert(SumRow, lambda insert: replacing(insert, key=("round",)))
ENTRIES = PreparedInsert(RecordEntryRow)
MOVED_ON = Prepared(
    update(_heads)
    .where(_heads.c.council == bindparam("of_council"))
    .values({"index": bindparam("last_index"), "digest": bindparam("last_digest")})
)
REDRAWS = PreparedInsert(PostRow, moving_forward)
