"""The outbox: what is to be posted to Discord, and the messages that came of it."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    or_,
    select,
    update,
)

from deliberation.ids import ChannelId, CouncilId
from services.ports import REDRAWN, Message, Post, PostKind, Shards
from storage import tables
from storage.repositories.connected import Connected, Inserting, chunks, plain_text
from storage.repositories.prepared import OneOf, Prepared, PreparedInsert
from storage.tables import posts as table

_MESSAGES, _COUNCILS = tables.messages, tables.councils
_POSTED = Prepared(
    select(_MESSAGES).where(
        _MESSAGES.c.kind.in_([literal_column(f"'{kind.value}'") for kind in REDRAWN]),
        OneOf(_MESSAGES.c.subject, "subjects"),
    )
)
_WAITING = table.c.done_at.is_(None)
# Written out as in the index, without parameters: these cannot stand in the target of an upsert of many rows.
_REDRAW = table.c.kind.in_([literal_column(f"'{kind.value}'") for kind in REDRAWN])

_THIS = and_(table.c.id == bindparam("of_id"), _WAITING)
_UNTIL = bindparam("until", type_=table.c.due_at.type)
_BEGUN = Prepared(
    update(table)
    .where(_THIS, table.c.due_at <= bindparam("now"))
    .values(attempts=table.c.attempts + 1, again_at=None, due_at=_UNTIL, held_until=_UNTIL, error=None)
    .returning(table)
)
_ASKED = func.coalesce(table.c.again_at, table.c.due_at)
_AGAIN_FROM = bindparam("again_from", type_=table.c.due_at.type)
_WAS_DUE_AT = bindparam("was_due_at", type_=table.c.due_at.type)
_AGAIN = Prepared(
    update(table)
    .where(_THIS, _REDRAW, or_(table.c.again_at.is_not(None), table.c.due_at != _WAS_DUE_AT))
    .values(
        due_at=case((and_(_AGAIN_FROM.is_not(None), _ASKED > _WAS_DUE_AT), _AGAIN_FROM), else_=_ASKED),
        again_at=None,
        held_until=None,
        attempts=0,
        error=None,
    )
    .returning(table.c.id)
)
_DRAWN = Prepared(delete(table).where(_THIS, _REDRAW).returning(table.c.id))
_DONE = Prepared(update(table).where(_THIS).values(done_at=bindparam("at", type_=table.c.due_at.type), error=None))
_NAMED = and_(_MESSAGES.c.kind == bindparam("of_kind"), _MESSAGES.c.subject == bindparam("of_subject"))
_TOUCH = Prepared(update(_MESSAGES).where(_NAMED).values(edited_at=bindparam("at", type_=_MESSAGES.c.edited_at.type)))


class Posts(Connected):
    async def add(
        self, *, council: CouncilId, kind: PostKind, subject: int, due_at: datetime, data: Mapping[str, Any]
    ) -> None:
        values = _fresh(council=council, kind=kind, subject=subject, due_at=due_at)
        await self._connection.execute(table.insert().values({**values, "data": plain_text(data)}))

    async def redraw(self, redraws: Iterable[tuple[CouncilId, PostKind, int, datetime]]) -> None:
        earliest: dict[tuple[CouncilId, PostKind, int], datetime] = {}
        for council, kind, subject, due_at in redraws:
            earliest[council, kind, subject] = min(due_at, earliest.get((council, kind, subject), due_at))
        # In one order everywhere, so that two processes never wait for each other.
        asked = sorted(earliest.items(), key=lambda redraw: redraw[0][1:])
        values = [
            _fresh(council=council, kind=kind, subject=subject, due_at=due_at)
            for (council, kind, subject), due_at in asked
        ]
        await self._each(_redraw_row(self._inserting), values)

    async def drop(self, kind: PostKind, subject: int) -> None:
        await self._connection.execute(
            delete(table).where(table.c.kind == kind.value, table.c.subject == subject, _WAITING)
        )

    async def list_due(
        self, now: datetime, *, most: int, shards: Shards | None = None, aside: Collection[CouncilId] = ()
    ) -> tuple[Post, ...]:
        due = _of(shards, select(table).where(_WAITING, table.c.due_at <= now, table.c.council.not_in(aside)))
        ordered = due.order_by(case((_REDRAW, 1), else_=0), table.c.due_at, table.c.id).limit(most)
        return tuple(_post(row) for row in await self._rows(ordered))

    async def count_due(self, now: datetime, *, shards: Shards | None) -> int:
        due = _of(shards, select(table.c.id).where(_WAITING, table.c.due_at <= now))
        return await self._value(select(func.count()).select_from(due.subquery()))

    async def list_put_off(self, council: CouncilId) -> tuple[PostKind, ...]:
        query = select(table.c.kind).distinct().where(_WAITING, table.c.council == council, table.c.error.is_not(None))
        return tuple(PostKind(row.kind) for row in await self._rows(query.order_by(table.c.kind)))

    async def hasten(self, council: CouncilId, *, now: datetime) -> None:
        forbidden = update(table).where(_WAITING, table.c.council == council, table.c.error.startswith("403 "))
        await self._connection.execute(forbidden.values(due_at=now, held_until=None))

    async def begin(self, post: int, *, now: datetime, until: datetime) -> Post | None:
        # What the sending shows is read after this: a redraw asked for so far is part of it.
        row = await self._first(_BEGUN, of_id=post, now=now, until=until)
        return None if row is None else replace(_post(row), attempts=row.attempts - 1)

    async def done(self, post: int, *, at: datetime, due_at: datetime, again_from: datetime | None = None) -> None:
        if await self._first(_AGAIN, of_id=post, was_due_at=due_at, again_from=again_from) is not None:
            return
        if await self._first(_DRAWN, of_id=post) is None:
            await self._each(_DONE, [{"of_id": post, "at": at}])

    async def put_off(self, post: int, *, until: datetime, error: str) -> None:
        await self._connection.execute(_one(post).values(due_at=until, held_until=until, error=error))

    async def give_up(self, post: int, *, at: datetime, error: str) -> None:
        await self._connection.execute(_one(post).values(done_at=at, error=error))

    async def next_due(self, shards: Shards | None = None) -> datetime | None:
        # Not the least of all, for which every post that waits would be looked at.
        return await self._value(_of(shards, select(table.c.due_at).where(_WAITING)).order_by(table.c.due_at).limit(1))

    async def messages(self, wanted: Iterable[tuple[PostKind, int]]) -> dict[tuple[PostKind, int], Message]:
        asked, messages = set(wanted), dict[tuple[PostKind, int], Message]()
        for chunk in chunks(subject for _, subject in asked):
            # A card and a round of one number are both found, whichever of them is asked for.
            found = [_message(row) for row in await self._rows(_POSTED, subjects=chunk)]
            messages.update({key: one for one in found if (key := (one.kind, one.subject)) in asked})
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
        await self._each(self._upserting(_MESSAGES, "kind", "subject"), [values])

    async def touch_message(self, kind: PostKind, subject: int, *, at: datetime) -> None:
        await self._each(_TOUCH, [{"of_kind": kind.value, "of_subject": subject, "at": at}])

    async def forget_message(self, kind: PostKind, subject: int) -> None:
        named = and_(_MESSAGES.c.kind == kind.value, _MESSAGES.c.subject == subject)
        await self._connection.execute(delete(_MESSAGES).where(named))


@cache
def _redraw_row(insert: Callable[[Table], Inserting]) -> PreparedInsert:
    """An insert that moves a waiting redraw forward, though never before the instant until which it is held."""
    redraw = insert(table)
    asked = redraw.excluded.due_at
    sooner = _earlier(table.c.due_at, asked)
    held = and_(table.c.held_until.is_not(None), sooner < table.c.held_until)
    moved_forward = redraw.on_conflict_do_update(
        index_elements=["kind", "subject"],
        index_where=and_(_WAITING, _REDRAW),
        set_={
            "due_at": case((held, table.c.held_until), else_=sooner),
            "again_at": _earlier(func.coalesce(table.c.again_at, asked), asked),
        },
    )
    return PreparedInsert(moved_forward)


def _earlier(one: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((other < one, other), else_=one)


def _one(post: int) -> Update:
    """A change of that post while it waits."""
    return update(table).where(table.c.id == post, _WAITING)


def _of(shards: Shards | None, posts: Select[Any]) -> Select[Any]:
    """Those of the posts that belong to councils of these shards."""
    if shards is None:
        return posts
    # The shift is written out: PostgreSQL knows none by a 64-bit number.
    shard = _COUNCILS.c.guild.op(">>")(literal_column("22")) % shards.count
    return posts.join(_COUNCILS, _COUNCILS.c.id == table.c.council).where(shard.in_(shards.ids))


def _fresh(*, council: CouncilId, kind: PostKind, subject: int, due_at: datetime) -> dict[str, Any]:
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


def _post(row: Row[Any]) -> Post:
    return Post(
        id=row.id,
        council=CouncilId(row.council),
        kind=PostKind(row.kind),
        subject=row.subject,
        due_at=row.due_at,
        data=json.loads(row.data),
        attempts=row.attempts,
    )


def _message(row: Row[Any]) -> Message:
    return Message(
        kind=PostKind(row.kind),
        subject=row.subject,
        channel=ChannelId(row.channel),
        message=row.message,
        posted_at=row.posted_at,
        edited_at=row.edited_at,
    )
