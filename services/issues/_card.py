"""Gathering what a card shows, as far as the round's secrecy allows."""

from dataclasses import replace

from deliberation.councils import Council
from deliberation.issues import Issue, merged_with
from deliberation.rounds import Round, RoundStatus
from deliberation.seats import Seat
from services.ports import UnitOfWork
from services.reasons import reasons_view
from services.rounds import own_ballots
from services.seats import Holder
from services.transactions import find_entry

from .views import CardView


async def card_view(uow: UnitOfWork, council: Council, issue: Issue, *, viewer: Holder | None) -> CardView:
    """An issue's card, with the ballot of the viewer's seat where there is one and the viewer may see it."""
    round_ = await uow.rounds.find_running(council.id)
    entry = None if round_ is None else await find_entry(uow, round_, issue.id)
    history = (await uow.rulings.of_issues([issue.id]))[issue.id]
    view = CardView(
        council=council,
        issue=issue,
        trend=tuple((past.number, ruling) for past, ruling in history),
        names=await uow.seats.names({seat for _, ruling in history for seat in ruling.vetoed_by}),
        reasons=len((await reasons_view(uow, council, issue)).reasons),
        seat=None if viewer is None else viewer.seat,
        merged=tuple(other.number for other in merged_with(issue, await uow.issues.merged(issue.council))),
    )
    if round_ is None or entry is None:
        return view
    if round_.status is RoundStatus.DEBATE:
        return replace(view, round=round_)
    tally = (await uow.ballots.tally(round_.id, issue.id))[issue.id]
    own, earlier = await own_ballots(uow, round_, viewer)
    return replace(
        view,
        round=round_,
        seat=None if viewer is None else await _as_entitled(uow, round_, viewer.seat),
        tally=None if round_.hides_positions else tally,
        cast=tally.cast.seats,
        entitled=tally.entitled.seats,
        ballot=None if round_.is_secret or issue.id in earlier else own.get(issue.id),
        voted=issue.id in own,
        earlier=issue.id in earlier,
    )


async def _as_entitled(uow: UnitOfWork, round_: Round, seat: Seat) -> Seat:
    """The seat as the round froze it: after a roll call it may be one that may not abstain."""
    frozen = await uow.rounds.find_entitlements([(round_.id, seat.id)])
    return seat if not frozen else replace(seat, may_abstain=frozen[round_.id, seat.id].may_abstain)
