"""A council with a chair and members, spoken to as the commands speak to it."""

from dataclasses import replace
from datetime import timedelta

from deliberation.categories import Position
from deliberation.councils import Actor
from deliberation.ids import ChannelId, PersonId, RoleId
from deliberation.issues import Issue
from deliberation.rounds import Round
from deliberation.rules import Rules, Secrecy
from deliberation.rules.presets import PRESETS
from services import Services
from services.ballots import BallotReceipt, Cast
from services.ports import Post, PostKind
from services.rounds import ResultView, RoundView
from tests.clocks import SetClock

CHANNEL = ChannelId(700_000_000_000_000_001)
CHAIR = Actor(person=PersonId(900_000_000_000_000_001), name="The chair", manages_server=True)
DAY = timedelta(days=1)


def member(number: int, *roles: int) -> Actor:
    """The member of that number, from 1."""
    held = frozenset(RoleId(role) for role in roles)
    return Actor(person=PersonId(900_000_000_000_000_100 + number), name=f"Member {number}", roles=held)


class Chamber:
    """What a test does in a council; every method is what one person does."""

    def __init__(self, services: Services, clock: SetClock) -> None:
        self.services = services
        self.clock = clock

    async def found(
        self, *, channel: ChannelId = CHANNEL, rules: Rules = PRESETS["meta-regime"], role: int = 0
    ) -> None:
        await self.services.hosting.found(
            CHAIR,
            guild=1,
            channel=channel,
            name="The council",
            language="en",
            rules=rules,
            voter_role=RoleId(role) if role else None,
        )

    async def found_with(self, channel: int, preset: str = "meta-regime", **changes: object) -> ChannelId:
        """Another council, in another channel, under a preset with changes."""
        rules = replace(PRESETS[preset], **changes)  # pyright: ignore[reportArgumentType]
        await self.found(channel=ChannelId(channel), rules=rules)
        return ChannelId(channel)

    async def propose(self, title: str, *, channel: ChannelId = CHANNEL, by: Actor = CHAIR) -> Issue:
        proposal = await self.services.issues.propose(
            channel, by, title=title, action=f"{title}, in all its forms", why=""
        )
        assert proposal.issue is not None
        return proposal.issue

    async def seat(self, *numbers: int, channel: ChannelId = CHANNEL) -> None:
        for number in numbers:
            await self.services.seats.take(channel, member(number))

    async def open(self, length: str | None = None, *, channel: ChannelId = CHANNEL) -> RoundView:
        return await self.services.rounds.open(channel, CHAIR, length)

    async def vote(
        self,
        round_: Round,
        issue: Issue,
        number: int,
        position: Position | str,
        *,
        reason: str | None = "It harms those who had no say.",
        version: int = 1,
        by: Actor | None = None,
    ) -> BallotReceipt:
        cast = Cast(round_.id, issue.id, version, Position(position), by or member(number), reason)
        return await self.services.ballots.cast(cast)

    async def vote_all(self, round_: Round, issue: Issue, positions: dict[str, int]) -> None:
        """So many members for each position, from member 1 on."""
        number = 0
        for position, count in positions.items():
            for _ in range(count):
                number += 1
                await self.vote(round_, issue, number, position)

    async def pass_time(self, by: timedelta) -> None:
        self.clock.advance(by)
        await self.services.timetable.settle_due()

    async def round_with(self, issue: Issue, positions: dict[str, int]) -> ResultView:
        """A whole round of three days over whatever is on the docket, in which members vote on one issue."""
        view = await self.open("3d", channel=CHANNEL)
        await self.vote_all(view.round, issue, positions)
        await self.pass_time(3 * DAY)
        return await self.services.rounds.result(view.round.id)


__all__ = ["CHAIR", "CHANNEL", "DAY", "Chamber", "Secrecy", "member"]


async def kinds_due(chamber: Chamber) -> list[PostKind]:
    return [post.kind for post in await chamber.services.posts.due()]


async def begun(chamber: Chamber, post: Post) -> Post:
    """The post, whose sending has begun."""
    sending = await chamber.services.posts.begin(post)
    assert sending is not None
    return sending
