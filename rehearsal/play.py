"""The play: what delegations and the chair's office do as the council's time passes, with the buttons and forms that
members use."""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import simcord
import structlog

from bot.client import Comity
from cogs.custom_ids.ballots import CastBallot, ReasonForm
from cogs.custom_ids.grammar import CustomId
from cogs.custom_ids.issues import ProposalForm
from deliberation.categories import Position
from deliberation.ids import IssueId, ReasonId, RoundId
from deliberation.rounds import DocketEntry, Round
from services.ports import PostKind

from .agenda import Agenda, AgendaItem
from .delegates import Delegate, Speech
from .demonstrations import NAMES
from .simulated import message_in
from .world import ROUND, World

BREAK = timedelta(seconds=45)
"""From one round's close to the next one's opening."""
PROPOSED_AFTER = timedelta(seconds=20)
"""How long after the break began new issues are put up."""
NEW_ISSUES = 2
"""How many issues are put up in each break, as long as there are any."""
VOTES_WITHIN = (0.03, 0.80)
"""The parts of a round's time between which delegates cast their first ballots."""
SECOND_THOUGHTS = (0.84, 0.95)
"""The parts of a round's time between which they read what the others said, and may change their ballots."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, order=True)
class Act:
    """A delegation's turn to vote on an issue, at an instant of the council's time."""

    at: datetime
    country: str
    issue: IssueId
    entry: DocketEntry = field(compare=False)
    again: bool = field(default=False, compare=False)


def plan_votes(round_: Round, docket: tuple[DocketEntry, ...], countries: tuple[str, ...], seed: int) -> Iterator[Act]:
    """When each delegation votes on each issue, and when it reconsiders; the same for the same seed and round."""
    chance = random.Random(f"{seed} {round_.number}")  # noqa: S311 - a play, no secret
    length = round_.closes_at - round_.opened_at
    for country in countries:
        for entry in docket:
            for part, again in ((VOTES_WITHIN, False), (SECOND_THOUGHTS, True)):
                at = round_.opened_at + length * chance.uniform(*part)
                yield Act(at, country, entry.issue, entry, again)


class Play:
    """What everybody except the visitor does. `step` carries out what is due."""

    def __init__(self, world: World, bot: Comity, agenda: Agenda, *, seed: int) -> None:
        self._world, self._bot, self._agenda, self._seed = world, bot, agenda, seed
        self._delegates = {country: Delegate(country, seed) for country in world.players}
        self._speech = Speech(agenda)
        self._waiting = [item for item in agenda.items if not item.opens_with]
        self._acts: list[Act] = []
        self._round: RoundId | None = None
        self._heard: dict[str, set[ReasonId]] = {country: set() for country in world.players}
        self._cast: dict[tuple[RoundId, IssueId, str], Position] = {}
        self._reopens_at: datetime | None = None
        self._proposed = False

    async def begin(self) -> None:
        """Put up what the agenda opens with. The first `step` opens the first round."""
        for item in self._agenda.items:
            if item.opens_with:
                await self._propose(item)
        self._reopens_at = self._now()
        self._proposed = True

    async def step(self) -> bool:
        """Carry out what is due; returns whether anything was."""
        status = await self._bot.context.services.rounds.status(self._world.place)
        if status is None:
            return await self._take_break()
        if status.round.id != self._round:
            self._round, self._reopens_at = status.round.id, None
            docket = tuple(line.entry for line in status.lines)
            self._acts = list(plan_votes(status.round, docket, tuple(self._delegates), self._seed))
            heapq.heapify(self._acts)
            self._cast.clear()
        acted = False
        while self._acts and self._acts[0].at <= self._now():
            acted |= await self._carry_out(status.round, heapq.heappop(self._acts))
        return acted

    def _now(self) -> datetime:
        return self._world.env.now()

    async def _take_break(self) -> bool:
        """Between rounds: new issues after a while, then the next round."""
        now = self._now()
        if self._reopens_at is None:
            self._reopens_at, self._proposed = now + BREAK, False
        if not self._proposed and now >= self._reopens_at - BREAK + PROPOSED_AFTER:
            self._proposed = True
            new, self._waiting = self._waiting[:NEW_ISSUES], self._waiting[NEW_ISSUES:]
            for item in new:
                await self._propose(item)
            return bool(new)
        if now >= self._reopens_at:
            # An empty docket is refused; trying again at once would not help.
            self._reopens_at = now + BREAK
            await self._world.secretary.slash(self._world.channel, "round open", length=ROUND)
            return True
        return False

    async def _propose(self, item: AgendaItem) -> None:
        """Put an issue up as its delegation would, with `/propose` and the form."""
        member = self._world.players[item.proposer]
        shown = await member.slash(self._world.channel, "propose")
        if not _opened(shown, ProposalForm):
            _log.warning("rehearsal_form_missing", issue=item.key)
            return
        await member.submit_modal(shown, {"title": item.title, "action": item.action, "why": item.why})

    async def _carry_out(self, round_: Round, act: Act) -> bool:
        """Vote, with a tap on the card and the form that it opens, unless the same ballot stands already."""
        delegate = self._delegates[act.country]
        await self._read_reasons(delegate, act)
        position = delegate.choose(act.entry.title, self._agenda)
        key = (round_.id, act.issue, act.country)
        if self._cast.get(key) is position or (act.again and key not in self._cast):
            return False
        member = self._world.players[act.country]
        card = await self._card(act.issue)
        if card is None:
            return False
        tapped = str(CastBallot(round=round_.id, issue=act.issue, version=act.entry.version, position=position))
        try:
            shown = await member.click(card, custom_id=tapped)
        except simcord.SetupError as missing:
            # The card has no such button if the issue was withdrawn, or the round has just ended.
            _log.info("rehearsal_vote_skipped", issue=act.entry.number, country=act.country, why=str(missing))
            return False
        if _opened(shown, ReasonForm):
            reason = self._speech.reason(delegate, act.entry.title, position)
            await member.submit_modal(shown, {"reason": reason})
        self._cast[key] = position
        return True

    async def _card(self, issue: IssueId) -> simcord.ResponseMessage | None:
        placed = await self._bot.context.services.posts.message(PostKind.CARD, issue)
        return None if placed is None else message_in(self._world.channel, self._world.env, placed.message)

    async def _read_reasons(self, delegate: Delegate, act: Act) -> None:
        """Let the delegate hear the reasons that are new to them. Sealed reasons are not shown to delegates either."""
        view = await self._bot.context.services.reasons.of_issue(act.issue)
        own, heard = NAMES[delegate.country], self._heard[delegate.country]
        for given in reversed(view.reasons):
            if given.reason.id in heard or given.seat_name in (None, own):
                continue
            heard.add(given.reason.id)
            delegate.hear(act.entry.title, self._agenda, position=given.reason.position, seat=given.seat_name or "")


def _opened(shown: simcord.InteractionResult, form: type[CustomId]) -> bool:
    return shown.modal is not None and form.parse(shown.modal["custom_id"]) is not None
