"""Finding the council, the issue and the seat that an intention is about, or raising why there is none."""

from deliberation.councils import Actor, Council, NoCouncil
from deliberation.errors import DomainError
from deliberation.ids import ChannelId, CouncilId, IssueId, PersonId, SeatId
from deliberation.issues import Issue, NoSuchIssue
from deliberation.rounds import DocketEntry, NoOpenRound, Round
from deliberation.seats import NoSeat, NotHolder, Seat, SeatKind, SeatNeedsRole, WhichSeat
from services.ports import UnitOfWork


async def council_in(uow: UnitOfWork, channel: ChannelId) -> Council:
    """The channel's council. Raises NoCouncil."""
    council = await uow.councils.find_in(channel)
    if council is None:
        raise NoCouncil
    return council


async def sitting_council(uow: UnitOfWork, channel: ChannelId) -> Council:
    """The channel's council, for an intention that changes something. Raises NoCouncil or CouncilClosed."""
    council = await council_in(uow, channel)
    council.require_sitting()
    return council


async def locked_council(uow: UnitOfWork, channel: ChannelId) -> Council:
    """As `sitting_council`, locked: the check is made on the row once nobody else can change it."""
    council = await uow.councils.lock((await council_in(uow, channel)).id)
    council.require_sitting()
    return council


async def chaired_council(uow: UnitOfWork, channel: ChannelId, actor: Actor) -> Council:
    """The channel's council, locked, if the actor chairs it. Raises NoCouncil, CouncilClosed or NotChair."""
    council = await locked_council(uow, channel)
    council.require_chair(actor)
    return council


async def issue_numbered(uow: UnitOfWork, council: CouncilId, number: int) -> Issue:
    """The council's issue of that number. Raises NoSuchIssue."""
    issue = await uow.issues.find(council, number) if 0 < number < 2**31 else None
    if issue is None:
        raise NoSuchIssue(given=number, last=await uow.issues.last_number(council))
    return issue


async def seats_of(uow: UnitOfWork, council: CouncilId, person: PersonId) -> tuple[Seat, ...]:
    """The seats that the person holds, in the order in which they were taken."""
    return (await uow.seats.held_by([(council, person)]))[council, person]


async def acting_seat(uow: UnitOfWork, council: Council, actor: Actor, seat: SeatId | None) -> Seat:
    """The seat for which the actor acts: the one named, else its only one.

    Raises NotHolder, WhichSeat where the actor holds several and names none, or the errors of `no_seat`.
    """
    held = await seats_of(uow, council.id, actor.person)
    if seat is not None and held:
        named = next((each for each in held if each.id == seat), None)
        if named is None:
            sitting = {each.id: each.shown for each in await uow.seats.list_in(council.id)}
            raise NotHolder(seat=sitting.get(seat, ""))
        return named
    if len(held) > 1:
        raise WhichSeat(seats=held)
    if not held:
        raise no_seat(council, actor)
    return held[0]


async def seat_of(uow: UnitOfWork, council: CouncilId, person: PersonId) -> Seat | None:
    """The seat that the person holds; of several, the one taken first."""
    held = (await uow.seats.held_by([(council, person)]))[council, person]
    return held[0] if held else None


async def running_round(uow: UnitOfWork, council: CouncilId) -> Round:
    """The council's running round. Raises NoOpenRound with the start of the next, where one is scheduled."""
    round_ = await uow.rounds.find_running(council)
    if round_ is None:
        scheduled = await uow.schedules.find(council)
        raise NoOpenRound(next_at=None if scheduled is None else scheduled[1])
    return round_


async def find_entry(uow: UnitOfWork, round_: Round, issue: IssueId) -> DocketEntry | None:
    """The issue's entry on the round's docket."""
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    return next((entry for entry in docket if entry.issue == issue), None)


def require_role(council: Council, seat: Seat, actor: Actor) -> None:
    """Raises SeatNeedsRole where a seat taken under open seating needs a role that its holder has lost."""
    if seat.kind is not SeatKind.PERSON or not council.rules.open_seating:
        return
    if council.voter_role is not None and council.voter_role not in actor.roles:
        raise SeatNeedsRole(role=council.voter_role)


def no_seat(council: Council, actor: Actor) -> DomainError:
    """Why a member without a seat cannot act: they must take one first, or there is none that they could take."""
    return council.seating_refusal(actor) or NoSeat(open_seating=True)
