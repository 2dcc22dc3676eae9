"""Proxies at the close of a round: which ballots come by proxy, and what they add to the tallies (PRODUCT §6)."""

from collections.abc import Iterable, Mapping

from deliberation.ballots.proxies import ballots_by_proxy
from deliberation.ids import IssueId, SeatId
from deliberation.rounds import Ballot, Entitlement, Round
from deliberation.rulings.tallies import SeatBallot, Tally
from services.ports import UnitOfWork


async def proxied_ballots(uow: UnitOfWork, round_: Round) -> tuple[Ballot, ...]:
    """The ballots that seats without one of their own get by proxy if the round closes as it is now."""
    proxies = await uow.proxies.list_in(round_.council)
    if not proxies:
        return ()
    involved = {proxy.seat for proxy in proxies} | {proxy.proxy for proxy in proxies}
    entitled = await uow.rounds.find_entitlements((round_.id, seat) for seat in involved)
    cast = await uow.ballots.of_seats(round_.id, involved)
    docket = (await uow.rounds.docket([round_.id]))[round_.id]
    return ballots_by_proxy(
        proxies,
        ballots={(ballot.issue, ballot.seat): ballot for ballot in cast},
        entitled={seat: entitlement for (_, seat), entitlement in entitled.items()},
        docket=[entry.issue for entry in docket if not entry.withdrawn],
        at=round_.closes_at,
    )


async def with_proxied(
    uow: UnitOfWork, round_: Round, tallies: Mapping[IssueId, Tally], proxied: Iterable[Ballot]
) -> dict[IssueId, Tally]:
    """The tallies with the ballots that come by proxy."""
    listed = list(proxied)
    found = await uow.rounds.find_entitlements((round_.id, ballot.seat) for ballot in listed)
    entitled = {seat: entitlement for (_, seat), entitlement in found.items()}
    return {
        issue: tally.with_ballots(_seat_ballots((b for b in listed if b.issue == issue), entitled))
        for issue, tally in tallies.items()
    }


def _seat_ballots(ballots: Iterable[Ballot], entitled: Mapping[SeatId, Entitlement]) -> list[SeatBallot]:
    return [
        SeatBallot(
            seat=ballot.seat,
            position=ballot.position,
            weight=entitled[ballot.seat].weight,
            veto=entitled[ballot.seat].veto,
        )
        for ballot in ballots
    ]
