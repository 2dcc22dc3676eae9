"""The running sum of a round in the store and in the record, and whether the ballots still add up to it."""

from collections.abc import Mapping, Sequence

from deliberation.ballots.sums import Sum
from deliberation.ids import IssueId
from deliberation.record import commit
from deliberation.rounds import Entitlement, Round
from deliberation.rulings.tallies import Tally
from deliberation.seats import Seat
from services.ports import RunningSum, UnitOfWork


async def begin_sum(uow: UnitOfWork, round_: Round, entitled: Sequence[Seat]) -> str:
    """Voting opens with these seats: store their sum, with one salt for the whole round. Returns the commitment."""
    opening = Sum()
    for seat in entitled:
        opening.entitle(Entitlement(round=round_.id, seat=seat.id, weight=seat.weight, veto=seat.veto))
    running = RunningSum(salt=uow.salt(), text=opening.text)
    await uow.sums.put({round_.id: running})
    return committed(running)


def committed(running: RunningSum) -> str:
    """The sum as the record enters it."""
    return commit(running.salt, running.text, "sum")


async def comes_to(uow: UnitOfWork, round_: Round, tallies: Mapping[IssueId, Tally], entered: str) -> bool:
    """Whether the counted ballots, without those by proxy, add up to the sum whose commitment was entered last."""
    running = (await uow.sums.find([round_.id])).get(round_.id)
    if running is None:
        return False
    counted = Sum.of(tallies, entitled=await uow.rounds.entitled_sum(round_.id))
    return committed(RunningSum(salt=running.salt, text=counted.text)) == entered
