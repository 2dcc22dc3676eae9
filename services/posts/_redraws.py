"""When a card or a round's message is redrawn (PRODUCT §3 "A quiet channel", §4).

Discord throttles edits of messages older than an hour. Young messages follow the ballots within seconds; an old
round's message at most every ten minutes; an old card only at milestones: opening, extension, close, change of text.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from deliberation.ids import CouncilId, IssueId, RoundId
from services.ports import Message, PostKind, Redraw, UnitOfWork

Subject = tuple[CouncilId, PostKind, int]

PAUSE = timedelta(seconds=4)
"""The least time between two redraws of one message, so that many ballots make one edit."""
OLD = timedelta(hours=1)
PAUSE_WHEN_OLD = timedelta(minutes=10)
SHARE = 200
"""Drawing a message may take at most a two-hundredth of the time: one that takes long to count is redrawn less often,
except at milestones."""
LONGEST_REST = timedelta(minutes=2)
"""The most by which a slow drawing prolongs the pause."""


async def redraw_now(
    uow: UnitOfWork,
    council: CouncilId,
    *,
    round_id: RoundId | None = None,
    issues: Iterable[IssueId] = (),
    roll_call: bool = False,
    now: datetime,
) -> None:
    """A milestone: the round's message and these issues' cards are to be posted or redrawn at once, and so is the
    council's board where it has one."""
    wanted = [(PostKind.CARD, int(issue)) for issue in issues]
    if roll_call:
        wanted.append((PostKind.ROLL_CALL, int(council)))
    if await uow.posts.messages([(PostKind.BOARD, int(council))]):
        wanted.append((PostKind.BOARD, int(council)))
    if round_id is not None:
        wanted.insert(0, (PostKind.ROUND, int(round_id)))
    await uow.posts.redraw((council, kind, subject, now) for kind, subject in wanted)


async def redraw_live(uow: UnitOfWork, subjects: Iterable[Subject], *, now: datetime) -> None:
    """Ballots came in: ask for each message that may be redrawn, as early as it may be."""
    listed = list(subjects)
    messages = await uow.posts.messages((kind, subject) for _, kind, subject in listed)
    await uow.posts.redraw(live_redraws(listed, messages, now=now))


def live_redraws(
    subjects: Iterable[Subject], messages: Mapping[tuple[PostKind, int], Message], *, now: datetime
) -> list[Redraw]:
    """What ballots have outdated and may be redrawn, and when. `messages`: where those of the subjects stand."""
    redraws: list[Redraw] = []
    for council, kind, subject in dict.fromkeys(subjects):
        due_at = live_redraw_at(messages.get((kind, subject)), kind=kind, now=now)
        if due_at is not None:
            redraws.append((council, kind, subject, due_at))
    return redraws


def rest_after(drawn_in: timedelta) -> timedelta:
    """How much longer than PAUSE a message rests if it took `drawn_in` to draw."""
    return min(max(drawn_in * SHARE - PAUSE, timedelta(0)), LONGEST_REST)


def live_redraw_at(message: Message | None, *, kind: PostKind, now: datetime) -> datetime | None:
    """When a message that ballots have made out of date is redrawn; None where it waits for the next milestone."""
    if message is None:
        return now
    if now - message.posted_at < OLD:
        return max(now, message.edited_at + PAUSE)
    return None if kind is PostKind.CARD else max(now, message.edited_at + PAUSE_WHEN_OLD)
