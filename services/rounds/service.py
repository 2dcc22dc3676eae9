"""Rounds, as chairs conduct them and members see them. What falls due by time alone is in `timetable`."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, RoundId
from deliberation.issues import chosen_docket
from deliberation.record import EntryKind, Json
from deliberation.rounds import Round, RoundStatus
from deliberation.rounds.schedules import Schedule, next_window, parse_schedule, split_length
from deliberation.texts.durations import parse_duration
from services.ports import PostKind, Store, TroubleKind, UnitOfWork
from services.posts import redraw_now
from services.record import enter_by, require_undisputed
from services.transactions import chaired_council, council_in, running_round

from ._opening import open_round_now, plan_reminders
from ._results import reminder_view, result_view
from ._settling import settle
from ._shown import round_view
from ._zones import zone_meant
from .views import ReminderView, ResultView, RoundView, ScheduleView

LONGEST_AHEAD = timedelta(days=366)
"""The longest time that an extension may leave a round; time spent paused does not count."""


class RoundService:
    """What chairs and members intend with rounds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._turns: WeakValueDictionary[ChannelId, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def _conducting(self, channel: ChannelId, actor: Actor) -> AsyncGenerator[tuple[UnitOfWork, Council], None]:
        """A transaction in which a chair conducts the council's rounds. These run one after the other, with other
        members' ballots in between: each compares what rounds rest on with the record, which takes a fifth of a second
        in a large council. Raises as `chaired_council`."""
        turn = self._turns.setdefault(channel, asyncio.Lock())
        async with turn, self._store.write(actor.person) as uow:
            yield uow, await chaired_council(uow, channel, actor)

    async def open(
        self, channel: ChannelId, actor: Actor, length: str | None = None, *, issues: Sequence[int] | None = None
    ) -> RoundView:
        """Open a round for `length` ("3d 12h"; None: the council's usual). It counts from the opening of the vote:
        after the debate, where the rules have one. `issues`: the numbers of those that the chair puts on the docket;
        None: those whose turn it is.

        Raises NoCouncil, CouncilClosed, NotChair, RecordContradicted, `Duration…`, RoundIsOpen, EmptyDocket,
        NobodyEntitled, SecretNeedsEquality, or as `chosen_docket`.
        """
        async with self._conducting(channel, actor) as (uow, council):
            await require_undisputed(uow, None, council=council.id)
            rules = council.rules
            lasting = rules.round_length if length is None else parse_duration(length)
            docket = None
            if issues is not None:
                listed = await uow.issues.list_in(council.id)
                docket = chosen_docket(listed, issues, limit=rules.docket_limit, seconders=rules.seconders)
            now = await uow.now()
            closes_at = now + lasting
            round_ = await open_round_now(
                uow, council, now=now, closes_at=closes_at, scheduled=False, by=actor.person, docket=docket
            )
            view = await round_view(uow, council, round_)
            await uow.commit()
        return view

    async def close(self, channel: ChannelId, actor: Actor, round_id: RoundId) -> ResultView | None:
        """Close the round at once: its deadline becomes this instant, and it is ruled on like any other. Returns None
        where its deadline had passed already, and it goes on by its automatic extension instead.

        Raises NoCouncil, NotChair, LookupError, DebateUnderWay, RoundPaused, or RoundIsOver, as when another chair was
        quicker.
        """
        async with self._conducting(channel, actor) as (uow, council):
            round_ = await _locked(uow, council, round_id)
            round_.require_closable()
            now = await uow.now()
            early = now < round_.closes_at
            closes_at = now if early else round_.closes_at
            before, round_ = round_, replace(round_, status=RoundStatus.CLOSING, closes_at=closes_at, ended_early=early)
            await uow.rounds.put(round_, before=before)
            if early:
                await _enter(uow, council, actor, kind=EntryKind.ROUND_ENDED_BY_CHAIR, round_=round_, at=now)
            await uow.commit()
        await settle(self._store, round_.id)
        async with self._store.read() as uow:
            round_ = await uow.rounds.get(round_.id)
            return await result_view(uow, round_) if round_.status is RoundStatus.CLOSED else None

    async def extend(self, channel: ChannelId, actor: Actor, by: str) -> RoundView:
        """Postpone the running round's deadline by a length, also in its debate or pause. Ballots stand.

        Raises NoCouncil, NotChair, `Duration…`, NoOpenRound, RoundIsOver or DeadlinePassed.
        """
        async with self._conducting(channel, actor) as (uow, council):
            round_ = await uow.rounds.lock((await running_round(uow, council.id)).id)
            now = await uow.now()
            round_.require_unfinished(now)
            await require_undisputed(uow, round_, council=council.id)
            left = LONGEST_AHEAD - (round_.closes_at - (round_.paused_at or now))
            longer = parse_duration(by, maximum=max(left, timedelta(0)))
            before, round_ = round_, replace(round_, closes_at=round_.closes_at + longer)
            await uow.rounds.put(round_, before=before)
            await _enter(uow, council, actor, kind=EntryKind.ROUND_EXTENDED, round_=round_, at=now)
            await self._announce(uow, council, round_, now=now)
            if round_.status is RoundStatus.OPEN:
                await plan_reminders(uow, round_, now=now)
            view = await round_view(uow, council, round_)
            await uow.commit()
        return view

    async def pause(self, channel: ChannelId, actor: Actor) -> RoundView:
        """Stop the open round's clock: there are no ballots, reminders or closing until it is resumed.

        Raises NoCouncil, NotChair, NoOpenRound, DebateUnderWay, RoundPaused, DeadlinePassed or RoundIsOver.
        """
        async with self._conducting(channel, actor) as (uow, council):
            round_ = await uow.rounds.lock((await running_round(uow, council.id)).id)
            now = await uow.now()
            await require_undisputed(uow, round_, council=council.id)
            await uow.posts.drop(PostKind.REMINDER, round_.id)
            view = await self._change(
                uow, council, actor, round_, round_.paused(now), kind=EntryKind.ROUND_PAUSED, at=now
            )
            await uow.commit()
        return view

    async def resume(self, channel: ChannelId, actor: Actor) -> RoundView:
        """Let the paused round go on, with the time that it had left.

        Raises NoCouncil, NotChair, NoOpenRound, RoundNotPaused or RoundIsOver.
        """
        async with self._conducting(channel, actor) as (uow, council):
            round_ = await uow.rounds.lock((await running_round(uow, council.id)).id)
            now = await uow.now()
            await require_undisputed(uow, round_, council=council.id)
            resumed = round_.resumed(now)
            await plan_reminders(uow, resumed, now=now)
            view = await self._change(uow, council, actor, round_, resumed, kind=EntryKind.ROUND_RESUMED, at=now)
            await uow.commit()
        return view

    async def cancel(self, channel: ChannelId, actor: Actor, round_id: RoundId) -> RoundView:
        """Cancel the round: nothing is ruled on, ballots stay stored, and streaks stay as they were. A round that
        cannot be ruled on because the tables contradict the record can be cancelled after its deadline too.

        Raises NoCouncil, NotChair, LookupError, RoundIsOver or DeadlinePassed.
        """
        async with self._conducting(channel, actor) as (uow, council):
            round_ = await _locked(uow, council, round_id)
            now = await uow.now()
            if await uow.troubles.find(council.id, TroubleKind.RECORD) is None or not round_.is_running:
                round_.require_unfinished(now)
            before, round_ = round_, replace(round_, status=RoundStatus.CANCELLED, closed_at=now)
            await uow.rounds.put(round_, before=before)
            await uow.proxies.end(council.id, ())
            await uow.sums.end(round_.id)
            await _enter(uow, council, actor, kind=EntryKind.ROUND_CANCELLED, round_=round_, at=now)
            await uow.posts.drop(PostKind.REMINDER, round_.id)
            await self._announce(uow, council, round_, now=now)
            view = await round_view(uow, council, round_)
            await uow.commit()
        return view

    async def schedule(self, channel: ChannelId, actor: Actor, *, when: str, length: str, zone: str) -> ScheduleView:
        """Open rounds by a timetable: "every Monday 18:00", for a length, in an IANA time zone.

        Raises NoCouncil, NotChair, ScheduleUnreadable, UnknownTimeZone, ScheduleOverlaps or `Duration…`.
        """
        async with self._conducting(channel, actor) as (uow, council):
            weekdays, at = parse_schedule(when)
            days, extra = split_length(parse_duration(length))
            schedule = Schedule(weekdays=weekdays, at=at, zone=zone_meant(zone), days=days, extra=extra)
            now = await uow.now()
            window = next_window(schedule, now)
            await uow.schedules.put(council.id, schedule, opens_at=window.opens_at)
            await enter_by(uow, council.id, actor, at=now, kind=EntryKind.SCHEDULE_SET, data={})
            await uow.commit()
        return ScheduleView(council=council, schedule=schedule, opens_at=window.opens_at, closes_at=window.closes_at)

    async def unschedule(self, channel: ChannelId, actor: Actor) -> bool:
        """End the timetable of rounds; returns whether there was one. Raises NoCouncil or NotChair."""
        async with self._conducting(channel, actor) as (uow, council):
            removed = await uow.schedules.remove(council.id)
            if removed:
                await enter_by(uow, council.id, actor, kind=EntryKind.SCHEDULE_ENDED, data={})
            await uow.commit()
        return removed

    async def status(self, channel: ChannelId) -> RoundView | None:
        """The open round, if there is one. Raises NoCouncil."""
        async with self._store.read() as uow:
            council = await council_in(uow, channel)
            round_ = await uow.rounds.find_running(council.id)
            return None if round_ is None else await round_view(uow, council, round_)

    async def view(self, round_id: RoundId) -> RoundView:
        """A round as its message shows it. Raises LookupError."""
        async with self._store.read() as uow:
            round_ = await uow.rounds.get(round_id)
            return await round_view(uow, await uow.councils.get(round_.council), round_)

    async def result(self, round_id: RoundId) -> ResultView:
        """A closed round's rulings. Raises LookupError, also where the round is not closed."""
        async with self._store.read() as uow:
            return await result_view(uow, await uow.rounds.get(round_id))

    async def reminder(self, round_id: RoundId, *, last: bool) -> ReminderView | None:
        """The people to remind of the round now; None where it is over or nobody is left to remind. Raises
        LookupError."""
        async with self._store.read() as uow:
            return await reminder_view(uow, await uow.rounds.get(round_id), last=last)

    async def _change(
        self,
        uow: UnitOfWork,
        council: Council,
        actor: Actor,
        before: Round,
        changed: Round,
        *,
        kind: EntryKind,
        at: datetime,
    ) -> RoundView:
        await uow.rounds.put(changed, before=before)
        await _enter(uow, council, actor, kind=kind, round_=changed, at=at)
        await self._announce(uow, council, changed, now=at)
        return await round_view(uow, council, changed)

    @staticmethod
    async def _announce(uow: UnitOfWork, council: Council, round_: Round, *, now: datetime) -> None:
        docket = (await uow.rounds.docket([round_.id]))[round_.id]
        await redraw_now(uow, council.id, round_id=round_.id, issues=[entry.issue for entry in docket], now=now)


async def _locked(uow: UnitOfWork, council: Council, round_id: RoundId) -> Round:
    """The council's round of that id, locked. Raises LookupError, also for a round of another council."""
    round_ = await uow.rounds.lock(round_id)
    if round_.council != council.id:
        raise LookupError(f"round {round_id} is not of council {council.id}")
    return round_


async def _enter(
    uow: UnitOfWork, council: Council, actor: Actor, *, kind: EntryKind, round_: Round, at: datetime
) -> None:
    closes_at = int(round_.closes_at.timestamp())
    data: dict[str, Json] = {"round": round_.id, "number": round_.number, "closes_at": closes_at}
    await enter_by(uow, council.id, actor, at=at, kind=kind, data=data)
