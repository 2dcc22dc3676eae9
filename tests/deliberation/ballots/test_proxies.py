"""Proxies at the close: whose ballot is taken, and whose never (PRODUCT §6)."""

from datetime import UTC, datetime

from deliberation.ballots.proxies import Proxy, ballots_by_proxy
from deliberation.categories import Position
from deliberation.ids import CouncilId, IssueId, RoundId, SeatId
from deliberation.rounds import Ballot, Entitlement

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
ROUND, ISSUE, OTHER = RoundId(1), IssueId(1), IssueId(2)


def proxy(seat: int, to: int, issue: IssueId | None = None) -> Proxy:
    return Proxy(council=CouncilId(1), seat=SeatId(seat), proxy=SeatId(to), issue=issue, given_at=AT)


def ballot(seat: int, position: str, issue: IssueId = ISSUE, by: int | None = None) -> Ballot:
    return Ballot(
        round=ROUND,
        issue=issue,
        seat=SeatId(seat),
        position=Position(position),
        version=1,
        cast_at=AT,
        proxy=None if by is None else SeatId(by),
    )


def taken(*proxies: Proxy, ballots: list[Ballot], seats: tuple[int, ...] = (1, 2, 3), strict: int = 0):
    found = ballots_by_proxy(
        proxies,
        ballots={(each.issue, each.seat): each for each in ballots},
        entitled={SeatId(n): Entitlement(round=ROUND, seat=SeatId(n), may_abstain=n != strict) for n in seats},
        docket=[ISSUE, OTHER],
        at=AT,
    )
    return [(each.issue, each.seat, each.position.value, each.proxy) for each in found]


def test_a_seat_without_a_ballot_takes_its_proxys_own():
    assert taken(proxy(1, 2), ballots=[ballot(2, "prohibited")]) == [(ISSUE, 1, "prohibited", 2)]


def test_its_own_ballot_always_overrides():
    assert taken(proxy(1, 2), ballots=[ballot(2, "prohibited"), ballot(1, "abstain")]) == []


def test_a_proxy_for_the_issue_goes_before_one_for_the_round():
    ballots = [ballot(2, "prohibited"), ballot(3, "independent"), ballot(2, "prohibited", OTHER)]
    found = taken(proxy(1, 2), proxy(1, 3, ISSUE), ballots=ballots)
    assert (ISSUE, 1, "independent", 3) in found
    assert (OTHER, 1, "prohibited", 2) in found


def test_proxies_are_never_chained():
    assert taken(proxy(1, 2), proxy(2, 3), ballots=[ballot(3, "prohibited")]) == [(ISSUE, 2, "prohibited", 3)]
    assert taken(proxy(1, 2), ballots=[ballot(2, "prohibited", by=3)]) == []


def test_only_entitled_seats_vote_or_are_voted_for():
    assert taken(proxy(1, 2), ballots=[ballot(2, "prohibited")], seats=(2, 3)) == []
    assert taken(proxy(1, 2), ballots=[ballot(2, "prohibited")], seats=(1, 3)) == []


def test_a_seat_that_is_present_and_voting_takes_no_abstention():
    assert taken(proxy(1, 2), ballots=[ballot(2, "abstain")]) == [(ISSUE, 1, "abstain", 2)]
    assert taken(proxy(1, 2), ballots=[ballot(2, "abstain")], strict=1) == []
