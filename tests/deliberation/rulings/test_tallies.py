from deliberation.categories import Category, Position
from deliberation.rules import Base, Measure
from deliberation.rulings.tallies import Count, count
from tests.deliberation.councils import council, group


def test_support_at_a_rung_counts_the_ballots_for_it_and_for_those_above():
    tally = count(group(independent=4, adjustment=2, prohibited=3))
    assert tally.support(Category.INDEPENDENT).seats == 9
    assert tally.support(Category.ADJUSTMENT).seats == 5
    assert tally.support(Category.PROHIBITED).seats == 3


def test_those_opposed_to_a_rung_voted_below_it():
    tally = count(group(independent=4, adjustment=2, prohibited=3))
    assert tally.opposed(Category.INDEPENDENT).seats == 0
    assert tally.opposed(Category.ADJUSTMENT).seats == 4
    assert tally.opposed(Category.PROHIBITED).seats == 6


def test_an_abstention_neither_supports_nor_opposes():
    tally = count(group(abstain=5))
    assert tally.support(Category.INDEPENDENT) == tally.opposed(Category.PROHIBITED) == Count()
    assert tally.abstained.seats == 5


def test_the_three_bases_take_in_ever_more_seats():
    tally = count(group(independent=1, prohibited=2, abstain=3, silent=4))
    assert tally.base(Base.VOTING).seats == 3
    assert tally.base(Base.CAST).seats == 6
    assert tally.base(Base.ENTITLED).seats == 10
    assert tally.silent.seats == 4


def test_weights_are_added_up_beside_the_seats():
    tally = count(council(group(prohibited=2, weight=5), group(independent=1, silent=1, weight=3), group(abstain=1)))
    assert tally.support(Category.PROHIBITED) == Count(2, 10)
    assert tally.voting == Count(3, 13)
    assert tally.cast == Count(4, 14)
    assert tally.entitled == Count(5, 17)
    assert tally.silent == Count(1, 3)
    assert (tally.voting.by(Measure.SEATS), tally.voting.by(Measure.WEIGHT)) == (3, 13)


def test_a_seat_of_weight_zero_is_counted_as_a_seat():
    tally = count(group(prohibited=1, weight=0))
    assert tally.support(Category.PROHIBITED) == Count(1, 0)


def test_veto_seats_are_listed_with_their_position_unless_they_kept_silent():
    seats = council(group(independent=1, abstain=1, silent=1, veto=True), group(prohibited=1))
    assert count(seats).vetoes == {1: Position.INDEPENDENT, 2: Position.ABSTAIN}


def test_each_bloc_has_a_tally_of_its_own_seats():
    tally = count(
        council(
            group(prohibited=2, silent=1, bloc="east"),
            group(independent=1, weight=7, bloc="west"),
            group(prohibited=5),
        )
    )
    assert list(tally.blocs) == ["east", "west"]
    assert tally.blocs["east"].support(Category.PROHIBITED) == Count(2, 2)
    assert tally.blocs["east"].entitled == Count(3, 3)
    assert tally.blocs["west"].voting == Count(1, 7)
    assert tally.support(Category.PROHIBITED) == Count(7, 7)


def test_a_council_without_seats_has_an_empty_tally():
    tally = count([])
    assert tally.entitled == tally.cast == tally.silent == Count()
    assert tally.counts == {position: Count() for position in Position}
