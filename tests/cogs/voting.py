"""A council with issues and an open round, for the tests of ballots and rounds, and views made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cogs.showing.checking import check_message
from deliberation.ballots.reasons import Reason
from deliberation.categories import Category, Position
from deliberation.councils import Actor, Council
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, ReasonId, RoundId, SeatId
from deliberation.record import Head
from deliberation.rounds import DocketEntry, Round, RoundStatus
from deliberation.rules import Rules, Secrecy
from deliberation.rules.presets import META_REGIME
from deliberation.rulings import rule
from deliberation.rulings.standings import Standing
from deliberation.rulings.tallies import SeatBallot, Tally, count
from services.ballots import Cast
from services.ports import Message, PostKind
from services.reasons import SeatReason
from services.rounds import DocketLine, ResultLine, ResultView, RoundView
from tests.cogs.harness import Harness

OPENED = datetime(2026, 1, 5, 18, tzinfo=UTC)
CLOSES = OPENED + timedelta(days=3)
HOSTILE = (
    "@everyone **bold** <@1> [click](https://evil.example) `code` ||spoiler|| # head ~~x~~ " + "\\" * 14,
    "w" * 100,
    "*" * 100,
    "حظر الاستيلاء على الأراضي بالقوة",
    "👩‍👩‍👧‍👦" * 14,
    "- list > quote <t:1:R> <#5> 1. one",
)


def actor(member: Any, *, chair: bool = False) -> Actor:
    return Actor(person=PersonId(member.user.id), name=member.user.name, manages_server=chair)


async def found(
    harness: Harness,
    *titles: str,
    preset: str = "meta-regime",
    secrecy: Secrecy = Secrecy.OPEN,
    open_seating: bool = True,
) -> None:
    """A council with these issues, put up by its chair."""
    chair = actor(harness.chair, chair=True)
    await harness.services.councils.setup(
        chair,
        guild=harness.guild.id,
        channel=harness.place,
        name="Council",
        language="en",
        preset=preset,
        round_length="3d",
        secrecy=secrecy,
        voter_role=None,
        chair_role=None,
        open_seating=open_seating,
    )
    for title in titles:
        await harness.services.issues.propose(
            harness.place, chair, title=title, action="No state does it.", why="It ends badly.", anyway=True
        )


async def opened(harness: Harness, length: str = "3d") -> RoundView:
    return await harness.services.rounds.open(harness.place, actor(harness.chair, chair=True), length)


async def vote(
    harness: Harness, view: RoundView, number: int, votes: Mapping[Any, Position], *, reason: str = "Because."
) -> None:
    """Cast these members' ballots on the issue of that number; who abstains gives no reason."""
    entry = next(line.entry for line in view.lines if line.entry.number == number)
    for member, position in votes.items():
        given = "" if position is Position.ABSTAIN else reason
        await harness.services.ballots.cast(
            Cast(view.round.id, entry.issue, entry.version, position, actor(member), given)
        )


async def ballots_on(harness: Harness, round_id: RoundId, number: int) -> dict[str, int]:
    """Seats at each position on that issue, as stored; positions nobody took are left out."""
    view = await harness.services.rounds.view(round_id)
    tally = next(line.tally for line in view.lines if line.entry.number == number)
    assert tally is not None
    return {position.value: figure.seats for position, figure in tally.counts.items() if figure.seats}


# --- views made by hand ---


def council(rules: Rules = META_REGIME) -> Council:
    return Council(
        id=CouncilId(1),
        guild=1176543210987654321,
        channel=ChannelId(1176543210987654322),
        name="Council",
        language="en",
        rules=rules,
        chair_role=None,
        voter_role=None,
        created_at=OPENED,
    )


def round_of(status: RoundStatus = RoundStatus.OPEN, **changes: Any) -> Round:
    given: dict[str, Any] = {
        "id": RoundId(7),
        "council": CouncilId(1),
        "number": 3,
        "status": status,
        "rules": META_REGIME,
        "opened_at": OPENED,
        "closes_at": CLOSES,
    }
    return Round(**(given | changes))


def entry(number: int, title: str) -> DocketEntry:
    return DocketEntry(
        round=RoundId(7), issue=IssueId(100 + number), number=number, title=title, version=1, place=number
    )


def tally_of(**counts: int) -> Tally:
    """So many seats of weight 1 at each position; `silent` ones cast no ballot."""
    positions = [None if word == "silent" else Position(word) for word, seats in counts.items() for _ in range(seats)]
    return count(SeatBallot(seat=SeatId(place), position=position) for place, position in enumerate(positions, 1))


def round_view(titles: Sequence[str], *, sealed: bool = False, **round_changes: Any) -> RoundView:
    tally = tally_of(independent=3, adjustment=4, prohibited=30, abstain=1, silent=7)
    lines = tuple(
        DocketLine(
            entry=entry(number, title),
            category=Category.ADJUSTMENT,
            tally=None if sealed else tally,
            cast=38,
            card=Message(
                kind=PostKind.CARD,
                subject=100 + number,
                channel=ChannelId(1176543210987654322),
                message=1176543210987654399,
                posted_at=OPENED,
                edited_at=OPENED,
            ),
        )
        for number, title in enumerate(titles, 1)
    )
    return RoundView(
        council=council(), round=round_of(**round_changes), lines=lines, entitled=45, voted=38, complete=12
    )


def result_view(titles: Sequence[str], *, moving: bool = True, **round_changes: Any) -> ResultView:
    """Every issue promoted, with a long reason from either side; or none of them moved."""
    tally = tally_of(independent=3, adjustment=4, prohibited=30) if moving else tally_of(independent=30, prohibited=5)
    lines = tuple(
        ResultLine(
            entry=entry(number, title),
            ruling=rule(Standing(), tally, META_REGIME),
            reasons=tuple(_reason(number, position) for position in (Position.PROHIBITED, Position.INDEPENDENT)),
            shifts={Position.ADJUSTMENT: 4, Position.ABSTAIN: 1},
        )
        for number, title in enumerate(titles, 1)
    )
    changes = {"status": RoundStatus.CLOSED, "closed_at": CLOSES} | round_changes
    return ResultView(
        council=council(),
        round=round_of(**changes),
        lines=lines,
        voted=38,
        entitled=45,
        head=Head(812, "3fa81c20ab12" + "0" * 52),
        next_opens_at=CLOSES + timedelta(days=4),
    )


def _reason(number: int, position: Position) -> SeatReason:
    reason = Reason(
        id=ReasonId(number),
        round=RoundId(7),
        issue=IssueId(100 + number),
        seat=SeatId(1),
        position=position,
        text=("[x](https://evil.example) @everyone **because** " * 20)[:600],
        given_at=OPENED,
    )
    return SeatReason(reason=reason, seat_name="France_*", round_number=3)


def breaks(view: Any) -> list[str]:
    """Every limit of Discord that the view would break."""
    return check_message({"components": view.to_components()})


def words(view: Any) -> str:
    """All text of a view."""
    found: list[str] = []
    waiting = list(view.to_components())
    while waiting:
        part = waiting.pop(0)
        if part["type"] == 10:
            found.append(part["content"])
        waiting = [*part.get("components", ()), *waiting]
    return "\n".join(found)
