"""The outbox: what is to be posted to Discord, and the messages that came of it."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, func, literal_column, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from deliberation.ids import ChannelId, CouncilId
from services.ports import REDRAWN, Message, Post, PostKind, Redraw, Shards
from storage.repositories.repository import INSERTS, Inserting, Item, Repository, chunks, plain_text
from storage.tables import CouncilRow, MessageRow, PostRow

_WAITING = col(PostRow.done_at).is_(None)
# Written out as in the index, without parameters: these cannot stand in the target of an upsert of many rows.
_REDRAW = col(PostRow.kind).in_([literal_column(f"'{kind.value}'") for kind in REDRAWN])
_ASKED = func.coalesce(PostRow.again_at, PostRow.due_at)

_FIRST_DUE = select(PostRow.due_at).where(_WAITING).order_by(col(PostRow.due_at)).limit(1)


class Posts(Repository):
    async def add(
        self, *, council: CouncilId, kind: PostKind, subject: int, due_at: datetime, data: Mapping[str, Any]
    ) -> None:
        values = fresh(council=council, kind=kind, subject=subject, due_at=due_at)
        await self._store(PostRow(**{**values, "data": plain_text(data)}))

    async def redraw(self, redraws: Iterable[Redraw]) -> None:
        await self._each(_redraw(self._dialect), redraw_values(redraws))

    async def drop(self, kind: PostKind, subject: int) -> None:
        about = and_(col(PostRow.kind) == kind.value, col(PostRow.subject) == subject)
        await self._session.exec(delete(PostRow).where(about, _WAITING))

    async def list_due(
        self, now: datetime, *, most: int, shards: Shards | None = None, aside: Collection[CouncilId] = ()
    ) -> tuple[Post, ...]:
        due = select(PostRow).where(_WAITING, PostRow.due_at <= now, col(PostRow.council).not_in(aside))
        ordered = _of(shards, due).order_by(case((_REDRAW, 1), else_=0), col(PostRow.due_at), col(PostRow.id))
        return tuple(map(_post, await self._session.exec(ordered.limit(most))))

    async def count_due(self, now: datetime, *, shards: Shards | None) -> int:
        due = _of(shards, select(PostRow.id).where(_WAITING, PostRow.due_at <= now))
        return (await self._session.exec(select(func.count()).select_from(due.subquery()))).one()

    async def list_put_off(self, council: CouncilId) -> tuple[PostKind, ...]:
        refused = select(PostRow.kind).distinct().where(_WAITING, PostRow.council == council)
        kinds = await self._session.exec(refused.where(col(PostRow.error).is_not(None)).order_by(col(PostRow.kind)))
        return tuple(map(PostKind, kinds))

    async def hasten(self, council: CouncilId, *, now: datetime) -> None:
        forbidden = and_(_WAITING, col(PostRow.council) == council, col(PostRow.error).startswith("403 "))
        await self._session.exec(update(PostRow).where(forbidden).values(due_at=now, held_until=None))

    async def begin(self, post: int, *, now: datetime, until: datetime) -> Post | None:
        # What the sending shows is read after this: a redraw asked for so far is part of it.
        begun = update(PostRow).where(_this(post), col(PostRow.due_at) <= now)
        begun = begun.values(attempts=PostRow.attempts + 1, again_at=None, due_at=until, held_until=until, error=None)
        row = (await self._session.exec(begun.returning(PostRow))).scalar()
        return None if row is None else replace(_post(row), attempts=row.attempts - 1)

    async def done(self, post: int, *, at: datetime, due_at: datetime, again_from: datetime | None = None) -> None:
        asked_meanwhile = or_(col(PostRow.again_at).is_not(None), col(PostRow.due_at) != due_at)
        later = _ASKED if again_from is None else case((due_at < _ASKED, again_from), else_=_ASKED)
        again = update(PostRow).where(_this(post), _REDRAW, asked_meanwhile)
        again = again.values(due_at=later, again_at=None, held_until=None, attempts=0, error=None)
        if await self._changed(again) or await self._changed(delete(PostRow).where(_this(post), _REDRAW)):
            return
        await self._session.exec(update(PostRow).where(_this(post)).values(done_at=at, error=None))

    async def put_off(self, post: int, *, until: datetime, error: str) -> None:
        later = update(PostRow).where(_this(post)).values(due_at=until, held_until=until, error=error)
        await self._session.exec(later)

    async def give_up(self, post: int, *, at: datetime, error: str) -> None:
        await self._session.exec(update(PostRow).where(_this(post)).values(done_at=at, error=error))

    async def next_due(self, shards: Shards | None = None) -> datetime | None:
        # Not the least of all, for which every post that waits would be looked at.
        return (await self._session.exec(_of(shards, _FIRST_DUE))).first()

    async def messages(self, wanted: Iterable[tuple[PostKind, int]]) -> dict[tuple[PostKind, int], Message]:
        asked, messages = set(wanted), dict[tuple[PostKind, int], Message]()
        redrawn = select(MessageRow).where(col(MessageRow.kind).in_([kind.value for kind in REDRAWN]))
        for chunk in chunks(subject for _, subject in asked):
            # A card and a round of one number are both found, whichever of them is asked for.
            for row in await self._session.exec(redrawn.where(col(MessageRow.subject).in_(chunk))):
                if (PostKind(row.kind), row.subject) in asked:
                    messages[PostKind(row.kind), row.subject] = as_message(row)
        return messages

    async def put_message(self, message: Message) -> None:
        values = {
            "kind": message.kind.value,
            "subject": message.subject,
            "channel": message.channel,
            "message": message.message,
            "posted_at": message.posted_at,
            "edited_at": message.edited_at,
        }
        await self._put(MessageRow, [values], key=("kind", "subject"))

    async def touch_message(self, kind: PostKind, subject: int, *, at: datetime) -> None:
        await self._session.exec(update(MessageRow).where(_named(kind, subject)).values(edited_at=at))

    async def forget_message(self, kind: PostKind, subject: int) -> None:
        await self._session.exec(delete(MessageRow).where(_named(kind, subject)))


def moving_forward(insert: Inserting) -> Inserting:
    """The insert, which moves a waiting redraw forward, though never before the instant until which it is held."""
    due_at, again_at, held_until = col(PostRow.due_at), col(PostRow.again_at), col(PostRow.held_until)
    asked = insert.excluded.due_at
    sooner = _earlier(due_at, asked)
    held = and_(held_until.is_not(None), sooner < held_until)
    return insert.on_conflict_do_update(
        index_elements=["kind", "subject"],
        index_where=and_(_WAITING, _REDRAW),
        set_={
            "due_at": case((held, held_until), else_=sooner),
            "again_at": _earlier(func.coalesce(again_at, asked), asked),
        },
    )


@cache
def _redraw(dialect: str) -> Inserting:
    return moving_forward(INSERTS[dialect](PostRow))


def redraw_values(redraws: Iterable[Redraw]) -> list[dict[str, Any]]:
    earliest: dict[tuple[CouncilId, PostKind, int], datetime] = {}
    for council, kind, subject, due_at in redraws:
        earliest[council, kind, subject] = min(due_at, earliest.get((council, kind, subject), due_at))
    # In one order everywhere, so that two processes never wait for each other.
    asked = sorted(earliest.items(), key=lambda redraw: redraw[0][1:])
    return [
        fresh(council=council, kind=kind, subject=subject, due_at=due_at) for (council, kind, subject), due_at in asked
    ]


def fresh(*, council: CouncilId, kind: PostKind, subject: int, due_at: datetime) -> dict[str, Any]:
    return {
        "council": council,
        "kind": kind.value,
        "subject": subject,
        "due_at": due_at,
        "data": "{}",
        "attempts": 0,
        "again_at": None,
        "held_until": None,
        "done_at": None,
        "error": None,
    }


def _earlier(one: ColumnElement[Any] | Mapped[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((other < one, other), else_=one)


def _this(post: int) -> ColumnElement[bool]:
    """That post, while it waits."""
    return and_(col(PostRow.id) == post, _WAITING)


def _named(kind: PostKind, subject: int) -> ColumnElement[bool]:
    return and_(col(MessageRow.kind) == kind.value, col(MessageRow.subject) == subject)


def _of(shards: Shards | None, posts: SelectOfScalar[Item]) -> SelectOfScalar[Item]:
    """Those of the posts that belong to councils of these shards."""
    if shards is None:
        return posts
    # The shift is written out: PostgreSQL knows none by a 64-bit number.
    shard = col(CouncilRow.guild).op(">>")(literal_column("22")) % shards.count
    return posts.join(CouncilRow, col(CouncilRow.id) == PostRow.council).where(shard.in_(shards.ids))


def _post(row: PostRow) -> Post:
    return Post(
        id=row.id,
        council=CouncilId(row.council),
        kind=PostKind(row.kind),
        subject=row.subject,
        due_at=row.due_at,
        data=json.loads(row.data),
        attempts=row.attempts,
    )


def as_message(row: MessageRow) -> Message:
    return Message(
        kind=PostKind(row.kind),
        subject=row.subject,
        channel=ChannelId(row.channel),
        message=row.message,
        posted_at=row.posted_at,
        edited_at=row.edited_at,
    )
