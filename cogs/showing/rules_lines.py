"""A council's rules in words: what a rung takes, what a quorum is, and what abstaining does (PRODUCT §2)."""

from collections.abc import Iterable
from datetime import timedelta

from deliberation.categories import Category, Position
from deliberation.fields import names_of
from deliberation.ids import SeatId
from deliberation.rules import Base, Criterion, Measure, Quorum, Rules, Rung, Secrecy
from deliberation.rulings import examine
from deliberation.rulings.tallies import SeatBallot, count

from .localizer import Localizer
from .words import category_name, exact_share, needed_share

_OF = {
    (Measure.WEIGHT, Base.VOTING): "rules.of.weight.voting",
    (Measure.WEIGHT, Base.CAST): "rules.of.weight.cast",
    (Measure.WEIGHT, Base.ENTITLED): "rules.of.weight.entitled",
    (Measure.SEATS, Base.VOTING): "rules.of.seats.voting",
    (Measure.SEATS, Base.CAST): "rules.of.seats.cast",
    (Measure.SEATS, Base.ENTITLED): "rules.of.seats.entitled",
}
_EXAMPLES = ((10, 5, 20), (10, 5, 0))
"""Ballots for, against and abstaining: a majority of those who take a side, with many abstentions and with none."""

_SECRECY = {
    Secrecy.OPEN: "rules.secrecy.open",
    Secrecy.SEALED: "rules.secrecy.sealed",
    Secrecy.SECRET: "rules.secrecy.secret",
}


def rules_lines(rules: Rules, say: Localizer) -> list[str]:
    """The rules, a line each, in the order in which a newcomer asks: what moves an issue, who must vote, how."""
    lines = [_rung_line(category, rules, say) for category in (Category.ADJUSTMENT, Category.PROHIBITED)]
    lines += _floor_lines(rules, say)
    if rules.blocking_minority is not None:
        lines.append(say.plural("rules.blocking_minority", rules.blocking_minority))
    lines.append(_quorum_line(rules.quorum, say))
    lines.append(abstaining_sentence(rules, say))
    lines.append(say.text("rules.reason.required") if rules.reason_required else say.text("rules.reason.free"))
    lines.append(say.text(_SECRECY[rules.secrecy]))
    lines.append(say.text("rules.seating.open") if rules.open_seating else say.text("rules.seating.closed"))
    lines.append(say.plural("rules.docket", rules.docket_limit, length=say.duration(rules.round_length)))
    lines.append(say.plural("rules.review", rules.review_seconders))
    lines += _procedure_lines(rules, say)
    if rules.reminders:
        offsets = say.list_of([say.duration(offset) for offset in rules.reminders])
        lines.append(say.text("rules.reminders", offsets=offsets))
    return lines


def changed_lines(before: Rules, after: Rules, say: Localizer) -> list[str]:
    """What differs between two sets of rules: what no longer holds struck through, then what holds instead."""
    was, is_now = rules_lines(before, say), rules_lines(after, say)
    gone = [f"~~{line}~~" for line in was if line not in is_now]
    return gone + [line for line in is_now if line not in was]


def consequence_lines(rules: Rules, say: Localizer) -> list[str]:
    """What follows from the rules, in numbers that the procedure itself has counted."""
    lines: list[str] = []
    for category in (Category.ADJUSTMENT, Category.PROHIBITED):
        name = category_name(category, say)
        for supporting, opposed, abstaining in _EXAMPLES:
            met = _example(rules, category, supporting=supporting, opposed=opposed, abstaining=abstaining)
            key = "rules.example.passes" if met else "rules.example.fails"
            figures = {"supporting": supporting, "opposed": opposed, "abstaining": abstaining}
            lines.append(say.text(key, category=name, **figures))
    if any(rules.rung(category).vetoes for category in (Category.ADJUSTMENT, Category.PROHIBITED)):
        lines.append(say.text("rules.example.veto"))
    if rules.secrecy is Secrecy.SECRET:
        lines.append(say.text("rules.example.secret"))
    return lines


def _example(rules: Rules, category: Category, *, supporting: int, opposed: int, abstaining: int) -> bool:
    """Whether these ballots, of equal seats and with nobody silent, meet the quorum and the test for the category."""
    below = Position.on(category.below or Category.INDEPENDENT)
    positions = [Position.on(category)] * supporting + [below] * opposed + [Position.ABSTAIN] * abstaining
    tally = count(SeatBallot(seat=SeatId(seat), position=each) for seat, each in enumerate(positions, start=1))
    quorate = rules.quorum.met(tally.cast.seats, tally.entitled.seats)
    return quorate and examine(category, tally, rules).met


def abstaining_sentence(rules: Rules, say: Localizer) -> str:
    """What abstaining does under these rules: whether it lowers the share, and whether it counts for the quorum."""
    bases = {criterion.base for criterion in (*rules.adjustment.criteria, *rules.prohibited.criteria)}
    quorate = rules.quorum.share is not None or rules.quorum.least > 0
    if bases == {Base.VOTING}:
        key = "abstaining.left_out.quorum" if quorate else "abstaining.left_out"
    elif Base.VOTING in bases:
        key = "abstaining.mixed.quorum" if quorate else "abstaining.mixed"
    else:
        key = "abstaining.against.quorum" if quorate else "abstaining.against"
    return say.text(key)


def _procedure_lines(rules: Rules, say: Localizer) -> Iterable[str]:
    """What a council may add to the plain course of a round: a line for each setting that is on and has a sentence for
    it in the catalogue. The others are told above, on or off."""
    for setting, name in names_of(Rules).items():
        value, key = getattr(rules, name), f"setting.{setting}.on"
        if not value or not say.has(key):
            continue
        match value:
            case timedelta():
                yield say.text(key, length=say.duration(value))
            case bool():
                yield say.text(key)
            case _:
                yield say.plural(key, value)


def _rung_line(category: Category, rules: Rules, say: Localizer) -> str:
    rung = rules.rung(category)
    conditions = [_criterion_phrase(criterion, say) for criterion in rung.criteria]
    conditions += _further_conditions(rung, say)
    return say.text("rules.rung", category=category_name(category, say), conditions=say.list_of(conditions))


def _criterion_phrase(criterion: Criterion, say: Localizer) -> str:
    share = needed_share(criterion.threshold, say)
    if not criterion.threshold.more_than:
        share = say.text("share.at_least", share=share)
    return say.text(_OF[criterion.measure, criterion.base], share=share)


def _further_conditions(rung: Rung, say: Localizer) -> Iterable[str]:
    if rung.vetoes:
        yield say.text("rules.vetoes")
    if rung.broad is not None:
        share = needed_share(rung.broad.threshold, say)
        yield say.plural("rules.broad", rung.broad.least_seats, share=share)
    if rung.sustained > 1:
        yield say.plural("rules.sustained", rung.sustained)


def _floor_lines(rules: Rules, say: Localizer) -> Iterable[str]:
    for category in (Category.ADJUSTMENT, Category.PROHIBITED):
        floor = rules.floor(category)
        if floor is not None:
            name, share = category_name(category, say), exact_share(floor, say)
            yield say.plural("rules.floor", rules.relegate_after, category=name, share=share)


def _quorum_line(quorum: Quorum, say: Localizer) -> str:
    if quorum.share is None:
        return say.plural("rules.quorum.least", quorum.least) if quorum.least else say.text("rules.quorum.none")
    share = needed_share(quorum.share, say)
    if not quorum.share.more_than:
        share = say.text("share.at_least", share=share)
    if not quorum.least:
        return say.text("rules.quorum.share", share=share)
    return say.plural("rules.quorum.both", quorum.least, share=share)
