"""Explaining: why an issue is at its category, what would move it, and what other rules would have decided."""

import asyncio
from collections.abc import Sequence

from deliberation.councils import Council
from deliberation.ids import IssueId
from deliberation.issues import Issue, IssueStatus
from deliberation.rounds import Round, RoundStatus
from deliberation.rulings import Ruling
from deliberation.rulings.comparison import under_presets
from deliberation.rulings.movement import what_would_move
from deliberation.rulings.tallies import SeatBallot, count
from services.ports import Store, UnitOfWork
from services.rounds import decide
from services.transactions import find_entry

from .views import Explanation


class ExplainService:
    """What members intend when they want to know why."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of_issue(self, issue: IssueId) -> Explanation:
        """Explain the issue by the open round's ballots if any were cast and they may be seen, else by those of its
        last round.

        Raises LookupError.
        """
        async with self._store.read() as uow:
            found = await uow.issues.get(issue)
            council = await uow.councils.get(found.council)
            running = await uow.rounds.find_running(council.id)
            history = (await uow.rulings.of_issues([issue]))[issue]
            if running is not None and await _votes_on(uow, running, found):
                now = await _of_open_round(uow, council, found, running)
                if now.ruling is None or now.ruling.tally.cast.seats or not history:
                    return now
            if not history:
                return Explanation(council=council, issue=found)
            round_, ruling = history[-1]
            ballots = await uow.ballots.of_issue(round_.id, issue)
            return await _explained(uow, council, found, round_, ruling, ballots, provisional=False)


async def _votes_on(uow: UnitOfWork, round_: Round, issue: Issue) -> bool:
    if round_.status is RoundStatus.DEBATE or issue.status is not IssueStatus.OPEN:
        return False
    return await find_entry(uow, round_, issue.id) is not None


async def _of_open_round(uow: UnitOfWork, council: Council, issue: Issue, round_: Round) -> Explanation:
    if round_.hides_positions:
        return Explanation(council=council, issue=issue, round=round_, provisional=True)
    entry = await find_entry(uow, round_, issue.id)
    ballots = await uow.ballots.of_issue(round_.id, issue.id)
    entries = [] if entry is None else [entry]
    ruling = (await decide(uow, round_, entries, {issue.id: count(ballots)}))[issue.id]
    return await _explained(uow, council, issue, round_, ruling, ballots, provisional=True)


async def _explained(
    uow: UnitOfWork,
    council: Council,
    issue: Issue,
    round_: Round,
    ruling: Ruling,
    ballots: Sequence[SeatBallot],
    *,
    provisional: bool,
) -> Explanation:
    # What would have moved the issue in that round, or still would while it is open. With thousands of ballots this and
    # the comparison take long, and they need nothing but the arguments.
    movement = await asyncio.to_thread(what_would_move, ballots, standing=ruling.before, rules=round_.rules)
    compared = await asyncio.to_thread(under_presets, ballots, ruling.before)
    vetoing = {seat for _, other in compared for seat in other.vetoed_by} | {*ruling.vetoed_by, *movement.vetoes}
    return Explanation(
        council=council,
        issue=issue,
        round=round_,
        provisional=provisional,
        ruling=ruling,
        movement=movement,
        compared=compared,
        names={} if round_.is_secret else await uow.seats.names(vetoing),
    )
