"""Delegates' minds: what they vote for follows from their opinion, and reasons move it only so far."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deliberation.categories import Position
from deliberation.texts import ACTION_LIMIT, REASON_LIMIT, TITLE_LIMIT, WHY_LIMIT
from rehearsal.agenda import Agenda, load_agenda
from rehearsal.delegates import FIRM, STANDS_FOR, Delegate, Speech, position_of
from rehearsal.demonstrations import ASSEMBLY, DEMONSTRATIONS, Demonstration

PLAYERS = ASSEMBLY.players

TARIFFS = "Tariffs that pass losses on to others"


@pytest.fixture(scope="module")
def agenda() -> Agenda:
    return load_agenda(ASSEMBLY.key)


every_demonstration = pytest.mark.parametrize("shown", DEMONSTRATIONS.values(), ids=lambda shown: shown.key)


@every_demonstration
def test_an_agenda_fits_the_forms_it_is_proposed_in(shown: Demonstration):
    agenda = load_agenda(shown.key)
    assert [
        item.key
        for item in agenda.items
        if len(item.title) > TITLE_LIMIT or len(item.action) > ACTION_LIMIT or len(item.why) > WHY_LIMIT
    ] == []
    longest = max(
        len(agenda.persuaded.format(seat="South Africa", reason=text))
        for reasons in (agenda.otherwise, *(item.reasons for item in agenda.items))
        for texts in reasons.values()
        for text in texts
    )
    assert longest <= REASON_LIMIT


@every_demonstration
def test_every_delegation_that_plays_has_an_opinion_on_every_issue_and_the_visitors_none(shown: Demonstration):
    for item in load_agenda(shown.key).items:
        named = item.openness.keys() - {"otherwise"}
        assert named <= set(shown.players)
        assert named == set(shown.players) or "otherwise" in item.openness
        assert all(0 <= openness <= 1 for openness in item.openness.values())
        assert item.proposer in shown.players
    assert not set(shown.players) & set(shown.visitors)


@every_demonstration
def test_every_position_of_an_agenda_can_be_argued(shown: Demonstration):
    for item in load_agenda(shown.key).items:
        assert {Position.INDEPENDENT, Position.ADJUSTMENT, Position.PROHIBITED} <= item.reasons.keys()


def test_a_near_reason_moves_a_delegate_and_a_far_one_does_not(agenda: Agenda):
    near, far = Delegate("JP", 1), Delegate("US", 1)
    for delegate in (near, far):
        delegate.hear(TARIFFS, agenda, position=Position.PROHIBITED, seat="France")
    assert near.opinion_on(TARIFFS, agenda).now > near.opinion_on(TARIFFS, agenda).began
    assert far.opinion_on(TARIFFS, agenda).now == far.opinion_on(TARIFFS, agenda).began


def test_no_number_of_reasons_moves_a_delegate_further_than_its_instructions_allow(agenda: Agenda):
    delegate = Delegate("DE", 1)
    for _ in range(500):
        delegate.hear(TARIFFS, agenda, position=Position.PROHIBITED, seat="France")
    opinion = delegate.opinion_on(TARIFFS, agenda)
    assert opinion.now == pytest.approx(opinion.began + FIRM)


def test_abstaining_with_a_reason_moves_nobody(agenda: Agenda):
    delegate = Delegate("JP", 1)
    delegate.hear(TARIFFS, agenda, position=Position.ABSTAIN, seat="France")
    assert delegate.opinion_on(TARIFFS, agenda).now == delegate.opinion_on(TARIFFS, agenda).began


def test_a_delegate_that_was_carried_over_votes_anew_and_says_by_whom(agenda: Agenda):
    delegate, speech = Delegate("EG", 1), Speech(agenda)
    assert delegate.choose(TARIFFS, agenda) is Position.INDEPENDENT
    for _ in range(20):
        delegate.hear(TARIFFS, agenda, position=Position.ADJUSTMENT, seat="Kenya")
    assert delegate.choose(TARIFFS, agenda) is Position.ADJUSTMENT
    assert speech.reason(delegate, TARIFFS, Position.ADJUSTMENT).startswith("Kenya has a point.")


def test_delegates_of_one_mind_do_not_all_say_the_same(agenda: Agenda):
    speech, title = Speech(agenda), "Torturing prisoners"
    said = {speech.reason(Delegate(country, 1), title, Position.PROHIBITED) for country in ("BR", "DE", "JP", "MX")}
    assert len(said) == 4


def test_what_only_one_state_would_say_is_said_by_it_alone(agenda: Agenda):
    item = next(item for item in agenda.items if item.own)
    for country, texts in item.own.items():
        assert country in PLAYERS
        for position, text in texts.items():
            said = {other: Speech(agenda).reason(Delegate(other, 1), item.title, position) for other in PLAYERS}
            assert [other for other, words in said.items() if words == text] == [country]


def test_an_issue_that_the_visitor_invents_is_voted_and_argued_on_too(agenda: Agenda):
    opinions = {country: Delegate(country, 1).choose("Blockading a strait", agenda) for country in PLAYERS}
    assert len(set(opinions.values())) > 1
    for country, position in opinions.items():
        again = Delegate(country, 1)
        assert again.choose("Blockading a strait", agenda) is position
        assert Speech(agenda).reason(again, "Blockading a strait", position)


def test_a_position_is_where_its_own_reasons_stand():
    assert all(position_of(openness) is position for position, openness in STANDS_FOR.items())


def test_content_can_be_replaced_without_the_program(agenda: Agenda):
    other = replace(agenda, items=(replace(agenda.items[0], openness={"BR": 0.0}),))
    assert Delegate("BR", 1).choose(agenda.items[0].title, other) is Position.INDEPENDENT
