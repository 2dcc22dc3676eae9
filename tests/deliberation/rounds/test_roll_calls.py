"""Roll calls: who is entitled after one, who may abstain, and what the absent do to the figures (PRODUCT §6)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from deliberation.ballots.proxies import Proxy, ballots_by_proxy
from deliberation.categories import Position
from deliberation.ids import CouncilId, IssueId, RoundId, SeatId
from deliberation.rounds import Ballot, Entitlement
from deliberation.rounds.roll_calls import Presence, RollCall
from deliberation.rules import Rules
from deliberation.rules.presets import EU_COUNCIL, GENERAL_ASSEMBLY, SECURITY_COUNCIL, SIMPLE_MAJORITY
from deliberation.rulings.tallies import SeatBallot
from deliberation.seats import Seat
from tests.deliberation.motions import IMPORTANT, figures, put

AT = datetime(2026, 1, 5, 12, tzinfo=UTC)
PRESENT, VOTING = Presence.PRESENT, Presence.VOTING


def seat(number: int, **powers: object) -> Seat:
    return replace(Seat(id=SeatId(number), council=CouncilId(1), name=f"Seat {number}", since=AT), **powers)  # type: ignore[arg-type]


def roll(answers: dict[int, Presence]) -> RollCall:
    return RollCall(
        council=CouncilId(1),
        number=1,
        called_at=AT,
        answers={SeatId(number): given for number, given in answers.items()},
    )


def entitled(answers: dict[int, Presence], *seats: Seat, binding: bool) -> list[tuple[int, bool]]:
    """The numbers of the seats that vote in the round, and whether they may abstain."""
    return [(each.id, each.may_abstain) for each in roll(answers).entitled(seats, binding=binding)]


@pytest.mark.parametrize(
    ("answers", "binding", "expected"),
    [
        pytest.param({}, True, [], id="binding, nobody answered"),
        pytest.param({}, False, [(1, True), (2, True), (3, True)], id="not binding, nobody answered"),
        pytest.param({1: PRESENT, 3: PRESENT}, True, [(1, True), (3, True)], id="binding, one absent"),
        pytest.param({1: PRESENT}, False, [(1, True), (2, True), (3, True)], id="not binding, two absent"),
        pytest.param({1: PRESENT, 2: VOTING}, True, [(1, True), (2, False)], id="binding, present and voting"),
        pytest.param({2: VOTING}, False, [(1, True), (2, False), (3, True)], id="not binding, present and voting"),
    ],
)
def test_who_votes_and_who_may_abstain(answers: dict[int, Presence], binding: bool, expected: list[tuple[int, bool]]):
    assert entitled(answers, seat(1), seat(2), seat(3), binding=binding) == expected


@pytest.mark.parametrize("binding", [True, False], ids=["binding", "not binding"])
class TestAnsweringGivesNoOtherRight:
    def test_an_observer_that_answers_does_not_vote(self, binding: bool):
        assert entitled({1: VOTING, 2: PRESENT}, seat(1, observer=True), seat(2), binding=binding) == [(2, True)]

    def test_a_seat_that_was_removed_before_the_round_does_not_vote(self, binding: bool):
        assert entitled({1: PRESENT, 2: PRESENT}, seat(1, left_at=AT), seat(2), binding=binding) == [(2, True)]

    def test_a_seat_that_may_not_abstain_gets_no_leave_by_being_merely_present(self, binding: bool):
        assert entitled({1: PRESENT}, seat(1, may_abstain=False), binding=binding) == [(1, False)]

    def test_weight_and_veto_stay_as_they_are(self, binding: bool):
        [answered] = roll({1: VOTING}).entitled([seat(1, weight=1_400_000_000, veto=True)], binding=binding)
        assert (answered.weight, answered.veto) == (1_400_000_000, True)


def held(rules: Rules, *, binding: bool, present: int, f: int, a: int = 0, of: int) -> tuple[str, tuple[int, ...]]:
    """The ruling in a council of so many seats, the first of which are present; some of them vote, the rest keep
    silent. The figures are the quorum's where it is missed, else the first criterion's."""
    seats = [seat(number) for number in range(1, of + 1)]
    answers = {number: PRESENT for number in range(1, present + 1)}
    cast = [Position.PROHIBITED] * f + [Position.INDEPENDENT] * a
    ballots = [
        SeatBallot(seat=each.id, position=cast[each.id - 1] if each.id <= len(cast) else None, weight=each.weight)
        for each in roll(answers).entitled(seats, binding=binding)
    ]
    ruling = put(IMPORTANT, rules, ballots)
    if ruling.test is None:
        return ruling.code.value, (ruling.quorum.cast, ruling.quorum.entitled, ruling.quorum.needed)
    return ruling.code.value, figures(ruling)[0]


@pytest.mark.parametrize(
    ("rules", "of", "present", "f", "a", "bound", "unbound"),
    [
        pytest.param(
            SECURITY_COUNCIL, 15, 13, 8, 0, ("promoted", (8, 13, 8)), ("held", (8, 15, 9)), id="three fifths of all"
        ),
        pytest.param(EU_COUNCIL, 27, 20, 11, 0, ("held", (11, 20, 11)), ("held", (11, 27, 15)), id="EU, few people"),
        pytest.param(
            EU_COUNCIL, 27, 20, 13, 0, ("promoted", (13, 20, 11)), ("held", (13, 27, 15)), id="EU, participants only"
        ),
        pytest.param(
            GENERAL_ASSEMBLY,
            10,
            6,
            4,
            0,
            ("promoted", (4, 4, 3)),
            ("inquorate", (4, 10, 6)),
            id="more than half present",
        ),
        pytest.param(
            SIMPLE_MAJORITY, 10, 6, 3, 2, ("promoted", (3, 5, 3)), ("promoted", (3, 5, 3)), id="of those voting alone"
        ),
    ],
)
def test_the_absent_leave_the_base_and_the_quorum_only_where_the_roll_call_binds(
    rules: Rules,
    of: int,
    present: int,
    f: int,
    a: int,
    bound: tuple[str, tuple[int, ...]],
    unbound: tuple[str, tuple[int, ...]],
):
    assert held(rules, binding=True, present=present, f=f, a=a, of=of) == bound
    assert held(rules, binding=False, present=present, f=f, a=a, of=of) == unbound


@pytest.mark.parametrize(
    ("answer", "taken"),
    [pytest.param(PRESENT, ["abstain"], id="present"), pytest.param(VOTING, [], id="present and voting")],
)
def test_who_is_present_and_voting_abstains_not_even_by_proxy(answer: Presence, taken: list[str]):
    seats = roll({1: answer, 2: PRESENT}).entitled([seat(1), seat(2)], binding=True)
    own = Ballot(round=RoundId(1), issue=IssueId(1), seat=SeatId(2), position=Position.ABSTAIN, version=1, cast_at=AT)
    found = ballots_by_proxy(
        [Proxy(council=CouncilId(1), seat=SeatId(1), proxy=SeatId(2), issue=None, given_at=AT)],
        ballots={(own.issue, own.seat): own},
        entitled={each.id: Entitlement(round=RoundId(1), seat=each.id, may_abstain=each.may_abstain) for each in seats},
        docket=[own.issue],
        at=AT,
    )
    assert [ballot.position.value for ballot in found] == taken
