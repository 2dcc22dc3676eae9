"""Councils in every state that there is, with every kind of row: what an audit has to look through.

Everything is done through the services, over a hundred days, the last of which is "today".
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from deliberation.councils import Actor
from deliberation.ids import ChannelId, RoleId, RoundId, SeatId
from deliberation.issues import Issue
from deliberation.rounds import Round
from deliberation.rounds.roll_calls import Presence
from deliberation.rules import Quorum, Rules, Secrecy
from deliberation.rules.presets import PRESETS
from deliberation.seats import Seat
from services import Services
from services.ports import Delegation, DraftKind, PostKind, Preferences, Reminding, Trouble, TroubleKind
from storage import Database
from tests.clocks import NOON, SetClock
from tests.drafts import keep_draft
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member

BEGINNING = NOON - timedelta(days=100)
HOUR = timedelta(hours=1)
DELEGATES, SECRET, CLOSED, DEBATE, PAUSED, CLOSING, ROLL, EMPTY = (
    ChannelId(CHANNEL + number) for number in range(1, 9)
)
EASY = replace(PRESETS["simple-majority"], quorum=Quorum(), reminders=(timedelta(hours=1),))
LATE, GONE, KEPT_OUT, KEPT_OUT_AND_GONE, WATCHING = (member(number) for number in (40, 41, 42, 43, 44))
"""Who takes a seat with a first ballot; who is erased, in the middle of a round too; two who are barred, of whom one is
erased; and an observer."""


def former(language: str, tag: str) -> str:
    return f"Former member {tag}"


async def live(database: Database, clock: SetClock) -> None:
    """Let all of it happen on an empty database. The clock is set."""
    clock.set(BEGINNING)
    life = _Life(Chamber(Services.over(database), clock), database)
    await life.first_months()
    await life.last_days()
    await life.today()


class _Life(Chamber):
    """The councils, one after the other."""

    def __init__(self, chamber: Chamber, store: Database) -> None:
        super().__init__(chamber.services, chamber.clock)
        self._store = store

    async def first_months(self) -> None:
        """What is old enough to be forgotten, and is."""
        await self._found(CHANNEL, "The council", replace(PRESETS["meta-regime"], debate=timedelta(0)))
        await self._found(DELEGATES, "Delegates", _assigned(PRESETS["security-council"], secrecy=Secrecy.SEALED))
        await self._open_council_begins()
        await self._delegates_begin()
        self.clock.advance(timedelta(days=60))
        while await self.services.retention.carry_out(30):
            pass

    async def last_days(self) -> None:
        """What is remembered, and over."""
        await self._found(SECRET, "Behind the curtain", replace(EASY, secrecy=Secrecy.SECRET))
        await self._found(CLOSED, "No more", EASY)
        await self._open_council_goes_on()
        await self._secret_council_begins()
        await self._end_a_council()

    async def today(self) -> None:
        """What is under way."""
        self.clock.set(NOON)
        await self._open_council_votes()
        await self._delegates_vote()
        await self._secret_council_votes()
        await self._debate()
        await self._pause()
        await self._call_the_roll()
        await self._found(EMPTY, "Nothing yet", EASY, guild=2)
        await self._leave_closing()
        await self._around_it()

    async def _found(self, channel: ChannelId, name: str, rules: Rules, *, guild: int = 1) -> None:
        await self.services.hosting.found(
            CHAIR,
            guild=guild,
            channel=channel,
            name=name,
            language="en",
            rules=rules,
            chair_role=RoleId(77) if guild == 2 else None,
        )

    async def _open_council_begins(self) -> None:
        torture = await self.propose("Torture", by=member(1))
        tariffs = await self.propose("Tariffs", by=GONE)
        await self.seat(*range(1, 10))
        await self.services.seating.add_person(CHANNEL, CHAIR, WATCHING.person, "The observer", observer=True)
        seats = await self._seats(CHANNEL)
        await self.services.proxies.give(CHANNEL, member(8), to=seats[0].id)
        await self.services.proxies.give(CHANNEL, member(9), to=seats[1].id, issue=2)
        opened = (await self.open("3d")).round
        await self.vote_all(opened, torture, {"prohibited": 4, "adjustment": 1, "independent": 1, "abstain": 1})
        await self.vote(opened, tariffs, 2, "adjustment")
        await self.vote(opened, tariffs, 1, "independent", by=GONE, reason="I pay them.")
        await self._vote_again(opened, tariffs)
        await self.services.reasons.give(opened.id, torture.id, WATCHING, "It is forbidden everywhere.")
        await self.pass_time(3 * DAY)

    async def _vote_again(self, opened: Round, tariffs: Issue) -> None:
        await self.vote(opened, tariffs, 3, "prohibited", reason="They start wars.")
        await self.vote(opened, tariffs, 3, "independent", reason="Or so I thought.")
        await self.vote(opened, tariffs, 4, "adjustment")
        await self._withdraw(opened, tariffs, member(4))

    async def _open_council_goes_on(self) -> None:
        torture, _ = await self._issues(CHANNEL, 1, 2)
        opened = (await self.open("2d")).round
        await self.vote_all(opened, torture, {"prohibited": 7})
        await self.pass_time(2 * DAY)
        cancelled = (await self.open("2d")).round
        tariffs = await self._issue(CHANNEL, 2)
        for number in (1, 5):
            await self.vote(cancelled, tariffs, number, "adjustment")
        await self.services.rounds.cancel(CHANNEL, CHAIR, cancelled.id)
        for number in (5, 6, 7):
            await self.services.issues.review(CHANNEL, member(number), 1)
        for number, title in enumerate(("Spam", "Insults", "Spam again", "Bribes", "Raids"), start=3):
            await self.propose(title, by=member(number))
        await self.services.editing.hide(CHANNEL, CHAIR, 4, note="It breaks the rules.")
        await self.services.editing.merge(CHANNEL, CHAIR, 5, into=3)
        await self.services.issues.withdraw(CHANNEL, member(6), 6)
        await self.services.editing.amend(
            CHANNEL, member(7), 7, title="Raids", action="Of others' harbours", why="As ever."
        )
        await self.services.issues.propose(
            CHANNEL, member(2), title="Lower tariffs", action="A tenth", why="", replaces=2, anyway=True
        )
        await self.services.privacy.erase(GONE.person, words=True, former=former)

    async def _open_council_votes(self) -> None:
        for who in (KEPT_OUT, KEPT_OUT_AND_GONE):
            await self.services.seating.bar(CHANNEL, CHAIR, who.person)
        opened = (await self.open("7d")).round
        await self.services.councils.change_rules(CHANNEL, CHAIR, group="ballots", typed={"seconds": "2"})
        await self.propose("Piracy", by=member(1))
        await self.services.editing.second(CHANNEL, member(2), 9)
        spam, raids = await self._issues(CHANNEL, 3, 7)
        self.clock.advance(HOUR)
        for number, position in enumerate(("prohibited", "adjustment", "independent", "abstain"), start=1):
            await self.vote(opened, spam, number, position)
        await self.vote(opened, raids, 2, "adjustment", version=2)
        await self.vote(opened, spam, 1, "prohibited", by=LATE)
        await self.vote(opened, spam, 5, "adjustment", reason="It fills the channel.")
        seats = await self._seats(CHANNEL)
        await self.services.proxies.give(CHANNEL, member(6), to=seats[0].id)
        await self.services.proxies.give(CHANNEL, member(7), to=seats[1].id, issue=3)
        await self.services.privacy.erase(member(5).person, words=False, former=former)
        await self.services.privacy.erase(KEPT_OUT_AND_GONE.person, words=True, former=former)
        await self.services.seats.leave(CHANNEL, member(4))

    async def _delegates_begin(self) -> None:
        people = [member(number).person for number in range(11, 20)]
        seated = [
            Delegation(name="France", country="FR", holders=(people[0], people[1]), weight=3, veto=True),
            Delegation(name="Ghana", country="GH", holders=(people[2],), weight=2, may_abstain=False),
            Delegation(name="Peru", country="PE", holders=(people[3],)),
            Delegation(name="Chad", country="TD"),
            Delegation(name="Press", holders=(people[4],), observer=True),
        ]
        await self.services.seating.add(DELEGATES, CHAIR, seated)
        claims = {"open_seating": "no", "claims": "yes", "membership": "", "roll_call": "no"}
        await self.services.councils.change_rules(DELEGATES, CHAIR, group="seating", typed=claims)
        await self.services.seats.take(DELEGATES, member(16), (await self._seat(DELEGATES, "Chad")).id)
        issue = await self.propose("Blockades", channel=DELEGATES)
        opened = (await self.open("2d", channel=DELEGATES)).round
        await self.vote(opened, issue, 12, "independent")
        for number in (13, 14, 16):
            await self.vote(opened, issue, number, "prohibited")
        await self.pass_time(2 * DAY)
        await self.services.seating.unassign(DELEGATES, CHAIR, await self._id(DELEGATES, "France"), people[1])

    async def _delegates_vote(self) -> None:
        assigned = member(17).person
        await self.services.seating.assign(DELEGATES, CHAIR, await self._id(DELEGATES, "Ghana"), assigned)
        await self.services.roll_calls.call(DELEGATES, CHAIR)
        await self.services.roll_calls.answer(DELEGATES, member(11), Presence.PRESENT)
        opened = (await self.open("5d", channel=DELEGATES)).round
        blockades = await self._issue(DELEGATES, 1)
        await self.vote(opened, blockades, 11, "independent", reason="We need them.")
        for number in (13, 17):
            await self.vote(opened, blockades, number, "adjustment", reason=f"Said by {number}.")
        await self.services.proxies.give(DELEGATES, member(16), to=await self._id(DELEGATES, "France"))
        await self.services.seating.remove(DELEGATES, CHAIR, await self._id(DELEGATES, "Peru"))

    async def _secret_council_begins(self) -> None:
        issue = await self.propose("Spying", channel=SECRET, by=member(21))
        await self.seat(*range(21, 26), channel=SECRET)
        seats = await self._seats(SECRET)
        await self.services.proxies.give(SECRET, member(25), to=seats[0].id)
        opened = (await self.open("1d", channel=SECRET)).round
        for number, position in enumerate(("prohibited", "adjustment", "independent", "abstain"), start=21):
            await self.vote(opened, issue, number, position, reason=f"Whispered by {number}." if number < 23 else "")
        await self.pass_time(1 * DAY)

    async def _secret_council_votes(self) -> None:
        opened = (await self.open("4d", channel=SECRET)).round
        issue = await self._issue(SECRET, 1)
        for number in (21, 22):
            await self.vote(opened, issue, number, "prohibited", reason="")
        await self.vote(opened, issue, 23, "prohibited", reason="Nobody would say so aloud.")
        await self._withdraw(opened, issue, member(22))

    async def _end_a_council(self) -> None:
        issue = await self.propose("Late nights", channel=CLOSED)
        await self.seat(1, 2, channel=CLOSED)
        opened = (await self.open("1d", channel=CLOSED)).round
        await self.vote(opened, issue, 1, "prohibited")
        self.clock.advance(HOUR)
        await self.services.rounds.close(CLOSED, CHAIR, opened.id)
        await self.services.councils.close(CLOSED, CHAIR)

    async def _debate(self) -> None:
        """A round that a schedule announced a moment ago."""
        await self._found(DEBATE, "Talking", replace(EASY, debate=5 * HOUR))
        await self.propose("Noise", channel=DEBATE)
        await self.seat(1, 2, channel=DEBATE)
        await self.services.rounds.schedule(DEBATE, CHAIR, when="Monday 14:00", length="1d", zone="UTC")
        await self.pass_time(HOUR)
        debated = await self._running(DEBATE)
        issue = await self._issue(DEBATE, 1)
        await self.services.reasons.give(debated.id, issue.id, member(1), "I cannot sleep.")

    async def _pause(self) -> None:
        """A round that went on for want of a quorum and was then paused, after one that everybody had voted in."""
        rules = _assigned(EASY, early_close=True, extension=2 * HOUR, quorum=Quorum(least=2))
        await self._found(PAUSED, "Resting", rules)
        issue = await self.propose("Overtime", channel=PAUSED)
        holders = [(member(number).person,) for number in (31, 32)]
        seated = [Delegation(name=f"Shift {place}", holders=each) for place, each in enumerate(holders)]
        await self.services.seating.add(PAUSED, CHAIR, seated)
        early = (await self.open("1d", channel=PAUSED)).round
        for number in (31, 32):
            await self.vote(early, issue, number, "adjustment")
        await self.services.timetable.settle_due()
        paused = (await self.open("1h", channel=PAUSED)).round
        await self.vote(paused, issue, 31, "prohibited")
        await self.pass_time(HOUR)
        await self.services.rounds.pause(PAUSED, CHAIR)

    async def _call_the_roll(self) -> None:
        await self._found(ROLL, "Assembling", _assigned(EASY, roll_call=True), guild=2)
        await self.propose("Absence", channel=ROLL)
        holders = [(member(number).person,) for number in (33, 34)]
        seated = [Delegation(name=f"Bench {place}", holders=each) for place, each in enumerate(holders)]
        await self.services.seating.add(ROLL, CHAIR, seated)
        await self.services.roll_calls.call(ROLL, CHAIR)
        await self.services.roll_calls.answer(ROLL, member(33), Presence.PRESENT)
        await self.services.roll_calls.answer(ROLL, member(34), Presence.VOTING)

    async def _leave_closing(self) -> None:
        """A round that a process had claimed when it ended."""
        await self._found(CLOSING, "Almost", EASY)
        issue = await self.propose("Delays", channel=CLOSING)
        await self.seat(1, 2, 3, channel=CLOSING)
        round_ = (await self.open("1h", channel=CLOSING)).round
        await self.vote(round_, issue, 1, "prohibited")
        self.clock.advance(HOUR)
        async with self._store.write() as uow:
            assert await uow.rounds.claim_due(round_.id, await uow.now()) is not None
            for kind in TroubleKind:
                trouble = Trouble(council=round_.council, kind=kind, detail="a0b1", failures=1, since=await uow.now())
                await uow.troubles.put(replace(trouble, again_at=await uow.now() + DAY))
            await uow.commit()

    async def _around_it(self) -> None:
        """What surrounds the deliberation: settings, drafts, messages, a trial of the store."""
        people = self.services.people
        await people.put(member(1).person, Preferences(language="fr", reminders=Reminding.DIRECT))
        await people.put(member(2).person, Preferences())
        council = (await self.services.councils.in_channel(CHANNEL)).id
        for kind in (DraftKind.ISSUE, DraftKind.REASON):
            fields = {"title": "Half a thought"}
            await keep_draft(self._store, council=council, person=member(2).person, kind=kind, fields=fields)
        for post in (await self.services.posts.due(most=200))[:-5]:
            begun = await self.services.posts.begin(post)
            if begun is not None:
                await self.services.posts.posted(begun, channel=CHANNEL, message=800 + post.id)
        await self.services.posts.redraw(council, PostKind.BOARD, int(council))
        await self._store.try_writing()

    async def _withdraw(self, round_: Round, issue: Issue, by: Actor) -> None:
        await self.services.ballots.withdraw(RoundId(round_.id), issue.id, issue.version, by)

    async def _issues(self, channel: ChannelId, *numbers: int) -> list[Issue]:
        return [await self._issue(channel, number) for number in numbers]

    async def _issue(self, channel: ChannelId, number: int) -> Issue:
        _, issues = await self.services.issues.list_in(channel)
        return next(issue for issue in issues if issue.number == number)

    async def _running(self, channel: ChannelId) -> Round:
        view = await self.services.rounds.status(channel)
        assert view is not None
        return view.round

    async def _seats(self, channel: ChannelId) -> tuple[Seat, ...]:
        return (await self.services.seats.list_in(channel, CHAIR)).seats

    async def _seat(self, channel: ChannelId, name: str) -> Seat:
        return next(seat for seat in await self._seats(channel) if seat.name == name)

    async def _id(self, channel: ChannelId, name: str) -> SeatId:
        return (await self._seat(channel, name)).id


def _assigned(rules: Rules, **changes: object) -> Rules:
    return replace(rules, open_seating=False, **changes)  # pyright: ignore[reportArgumentType]
