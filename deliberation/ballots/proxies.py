"""Proxies: at the close a seat without a ballot on an issue takes its proxy's own ballot on it (PRODUCT §6)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from deliberation.categories import Position
from deliberation.errors import DomainError
from deliberation.ids import CouncilId, IssueId, SeatId
from deliberation.rounds import Ballot, Entitlement


class ProxyToSelf(DomainError):
    """A seat names another seat as its proxy. Parameter: `seat` (its name)."""

    code: ClassVar[str] = "proxy_to_self"


class ProxyMayNotVote(DomainError):
    """The proxy casts no ballots itself: it is an observer, or not entitled in the round. Parameter: `seat`."""

    code: ClassVar[str] = "proxy_may_not_vote"


class NoProxy(DomainError):
    """The seat has given no such proxy."""

    code: ClassVar[str] = "no_proxy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxy:
    """A seat's authority to another to vote in its place.

    `issue` None: for one round, the running one or else the next; otherwise for that issue in its next round. It ends
    when that round is closed; one for a round ends also when the round is cancelled.
    """

    council: CouncilId
    seat: SeatId
    proxy: SeatId
    issue: IssueId | None
    given_at: datetime


def ballots_by_proxy(
    proxies: Iterable[Proxy],
    *,
    ballots: Mapping[tuple[IssueId, SeatId], Ballot],
    entitled: Mapping[SeatId, Entitlement],
    docket: Iterable[IssueId],
    at: datetime,
) -> tuple[Ballot, ...]:
    """The ballots that come by proxy at the close, by issue and seat.

    `ballots`: those that the seats cast themselves, by issue and seat; `entitled`: the round's seats; `docket`: the
    issues still up for a vote. A seat's own ballot always comes first; a proxy for the issue goes before one for the
    round. A proxy passes on only a ballot that it cast itself, and no abstention to a seat that is present and voting.
    """
    by_seat = {(proxy.seat, proxy.issue): proxy for proxy in proxies}
    taken: list[Ballot] = []
    for issue in sorted(docket):
        for seat in sorted(entitled):
            proxy = by_seat.get((seat, issue)) or by_seat.get((seat, None))
            own = None if proxy is None else ballots.get((issue, proxy.proxy))
            if own is None or own.proxy is not None or (issue, seat) in ballots or own.seat not in entitled:
                continue
            if own.position is Position.ABSTAIN and not entitled[seat].may_abstain:
                continue
            taken.append(
                Ballot(
                    round=own.round,
                    issue=issue,
                    seat=seat,
                    position=own.position,
                    version=own.version,
                    cast_at=at,
                    proxy=own.seat,
                )
            )
    return tuple(taken)
