"""Finding the council, the issue and the seat that an intention is about, or saying why there is none."""

from deliberation.councils import Actor, Council, NoCouncil
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, CouncilId, PersonId
from deliberation.issues import Issue, NoSuchIssue
from deliberation.rounds import NoOpenRound, Round
from deliberation.seats import NoSeat, Seat, SeatKind, SeatNeedsRole, seating_refusal

from .ports import UnitOfWork


async def council_in(uow: UnitOfWork, channel: ChannelId) -> Council:
    """The channel's council. Raises NoCouncil."""
    council = await uow.councils.find_in(channel)
    if council is None:
        raise NoCouncil
    return council


async def issue_numbered(uow: UnitOfWork, council: CouncilId, number: int) -> Issue:
    """The council's issue of that number. Raises NoSuchIssue."""
    issue = await uow.issues.find(council, number) if 0 < number < 2**31 else None
    if issue is None:
        raise NoSuchIssue(given=number, last=await uow.issues.last_number(council))
    return issue


async def seat_of(uow: UnitOfWork, council: CouncilId, person: PersonId) -> Seat | None:
    """The seat that the person holds; of several, the one taken first."""
    held = (await uow.seats.held_by([(council, person)]))[council, person]
    return held[0] if held else None


async def open_round(uow: UnitOfWork, council: CouncilId) -> Round:
    """The council's open round. Raises NoOpenRound with the start of the next, where one is scheduled."""
    round_ = await uow.rounds.find_open(council)
    if round_ is None:
        scheduled = await uow.schedules.find(council)
        raise NoOpenRound(next_at=None if scheduled is None else scheduled[1])
    return round_


def require_role(council: Council, seat: Seat, actor: Actor) -> None:
    """Raises SeatNeedsRole where a seat taken under open seating asks for a role that its holder has lost."""
    if seat.kind is SeatKind.PERSON and council.rules.open_seating and not council.may_take_seat(actor):
        raise SeatNeedsRole(role=council.voter_role)


def no_seat(council: Council, actor: Actor) -> DomainError:
    """Why somebody without a seat cannot act: one is to be taken first, or is not to be had."""
    if council.may_take_seat(actor):
        return NoSeat(open_seating=True)
    return seating_refusal(open_seating=council.rules.open_seating, role=council.voter_role)
