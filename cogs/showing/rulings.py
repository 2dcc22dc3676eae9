"""The sentences of rulings: what a round decided on an issue, with the arithmetic that decided it (PRODUCT §2).

A ruling is data; here it is put into words, in full for a card and in one line for a list. Figures are shown in seats
wherever seats and weights agree, so that a council of equals never reads of weights.
"""

from collections.abc import Mapping
from fractions import Fraction

from deliberation.categories import Category
from deliberation.ids import SeatId
from deliberation.rules import Base, Measure
from deliberation.rulings import BlocFigures, CriterionFigures, FloorFigures, Ruling, RulingCode
from deliberation.rulings.tallies import Tally

from .formatting import plain
from .localizer import Localizer
from .words import category_name, exact_share, needed_share

NOBODY: Mapping[SeatId, str] = {}

_SUPPORT = {
    (Measure.SEATS, Base.VOTING): "ruling.support.seats.voting",
    (Measure.SEATS, Base.CAST): "ruling.support.seats.cast",
    (Measure.SEATS, Base.ENTITLED): "ruling.support.seats.entitled",
    (Measure.WEIGHT, Base.VOTING): "ruling.support.weight.voting",
    (Measure.WEIGHT, Base.CAST): "ruling.support.weight.cast",
    (Measure.WEIGHT, Base.ENTITLED): "ruling.support.weight.entitled",
}
_EMPTY = {
    Base.VOTING: "ruling.empty.voting",
    Base.CAST: "ruling.empty.cast",
    Base.ENTITLED: "ruling.empty.entitled",
}


def ruling_sentence(ruling: Ruling, say: Localizer, *, names: Mapping[SeatId, str] = NOBODY) -> str:
    """What was decided and every figure that decided it, as a member would say it; the decision stands last.

    `names`: the seats' names as they are stored, for a veto's sentence; without them the vetoes are counted.
    """
    return say.text("ruling.reasoned", arithmetic=_arithmetic(ruling, say, names), decision=_decision(ruling, say))


def ruling_line(ruling: Ruling, say: Localizer, *, names: Mapping[SeatId, str] = NOBODY) -> str:
    """The same in a few words, the decision first, for a list of many issues."""
    figures = _short_figures(ruling, say, names)
    decision = _short_decision(ruling, say)
    return say.text("ruling.line", decision=decision, figures=figures) if figures else decision


def _decision(ruling: Ruling, say: Localizer) -> str:
    before, after = category_name(ruling.before.category, say), category_name(ruling.after.category, say)
    match ruling.code:
        case RulingCode.INQUORATE:
            return say.text("ruling.inquorate", category=after)
        case RulingCode.VETOED:
            return say.text("ruling.vetoed", category=after)
        case RulingCode.PROMOTED:
            return say.text("ruling.promoted", category=after)
        case RulingCode.SUSTAINING:
            return say.text("ruling.sustaining", category=after)
        case RulingCode.RELEGATED:
            return say.text("ruling.relegated", category=after)
        case RulingCode.WAVERING:
            return say.text("ruling.wavering", category=after)
        case RulingCode.HELD:
            return say.text("ruling.held", category=before)


def _short_decision(ruling: Ruling, say: Localizer) -> str:
    after = category_name(ruling.after.category, say)
    match ruling.code:
        case RulingCode.INQUORATE:
            return say.text("ruling.short.inquorate")
        case RulingCode.VETOED:
            return say.text("ruling.short.vetoed")
        case RulingCode.PROMOTED:
            return say.text("ruling.short.promoted", category=after)
        case RulingCode.SUSTAINING:
            return say.text("ruling.short.sustaining")
        case RulingCode.RELEGATED:
            return say.text("ruling.short.relegated", category=after)
        case RulingCode.WAVERING:
            return say.text("ruling.short.wavering")
        case RulingCode.HELD:
            return say.text("ruling.short.held", category=after)


def _arithmetic(ruling: Ruling, say: Localizer, names: Mapping[SeatId, str]) -> str:
    """The figures behind the decision, a sentence each."""
    if ruling.code is RulingCode.INQUORATE:
        quorum = ruling.quorum
        return say.plural("ruling.quorum_missed", quorum.needed, cast=quorum.cast, entitled=quorum.entitled)
    if not ruling.tally.voting.seats:
        return say.text("ruling.nobody_took_a_side")
    sentences = _floor_sentences(ruling, say) if _by_floor(ruling) else _test_sentences(ruling, say)
    if ruling.code is RulingCode.VETOED:
        sentences.append(_veto_sentence(ruling, say, names))
    if ruling.sustained is not None and ruling.sustained.needed > 1:
        streak = ruling.sustained
        if ruling.code is RulingCode.PROMOTED:
            sentences.append(say.plural("ruling.streak.complete", streak.needed))
        elif ruling.code is RulingCode.SUSTAINING:
            sentences.append(say.plural("ruling.streak", streak.needed, rounds=streak.rounds))
    return " ".join(sentences) or say.text("ruling.not_tested")


def _by_floor(ruling: Ruling) -> bool:
    """Whether the floor decided: the issue fell or wavers by it, or nothing else was to be tested."""
    if ruling.floor is None:
        return False
    return ruling.code in (RulingCode.RELEGATED, RulingCode.WAVERING) or ruling.test is None


def _test_sentences(ruling: Ruling, say: Localizer) -> list[str]:
    if ruling.test is None:
        return []
    target, tally = ruling.test.target, ruling.tally
    criteria = [_criterion_sentence(figures, target, tally, say) for figures in ruling.test.criteria]
    return criteria + [_bloc_sentence(figures, say) for figures in ruling.test.blocs]


def _criterion_sentence(figures: CriterionFigures, target: Category, tally: Tally, say: Localizer) -> str:
    if not figures.of:
        return say.text(_EMPTY[figures.criterion.base])
    support = _support(figures, target, tally, say)
    needed = needed_share(figures.criterion.threshold, say)
    if figures.disregarded:
        withheld = tally.entitled.seats - tally.support(target).seats
        return say.plural("ruling.criterion.disregarded", withheld, support=support, needed=needed)
    if figures.holds:
        return say.text("ruling.criterion", support=support, needed=needed)
    return say.text("ruling.criterion.missed", support=support, needed=needed, count=say.number(figures.needed))


def _support(figures: CriterionFigures, target: Category, tally: Tally, say: Localizer) -> str:
    criterion = figures.criterion
    measure = Measure.SEATS if _equals(tally) else criterion.measure
    return say.plural(
        _SUPPORT[measure, criterion.base],
        figures.of,
        reached=say.number(figures.reached),
        of=say.number(figures.of),
        rung=_rung(target, say),
        share=say.percent(Fraction(figures.reached, figures.of)),
    )


def _rung(category: Category, say: Localizer) -> str:
    name = category_name(category, say)
    return name if category is Category.PROHIBITED else say.text("ruling.or_above", category=name)


def _equals(tally: Tally) -> bool:
    """Whether weights and seats are the same figures throughout, so that weights need no mention."""
    return all(count.seats == count.weight for count in (*tally.counts.values(), tally.entitled))


def _bloc_sentence(figures: BlocFigures, say: Localizer) -> str:
    bloc = plain(figures.bloc)
    if figures.disregarded:
        return say.text("ruling.bloc.silent", bloc=bloc)
    return say.text(
        "ruling.bloc",
        bloc=bloc,
        reached=say.number(figures.reached),
        of=say.number(figures.of),
        share=say.percent(Fraction(figures.reached, figures.of)) if figures.of else say.percent(Fraction(0)),
        needed=needed_share(figures.threshold, say),
    )


def _floor_sentences(ruling: Ruling, say: Localizer) -> list[str]:
    floor = ruling.floor
    if floor is None:
        return []
    sentences = [_floor_sentence(floor, ruling.tally, say)]
    if ruling.wavering is not None and floor.below:
        streak = ruling.wavering
        if streak.needed > 1:
            sentences.append(say.plural("ruling.wavering.streak", streak.needed, rounds=streak.rounds))
    return sentences


def _floor_sentence(floor: FloorFigures, tally: Tally, say: Localizer) -> str:
    if not floor.of:
        return say.text("ruling.nobody_took_a_side")
    support = say.plural(
        "ruling.support.seats.voting" if _equals(tally) else "ruling.support.weight.voting",
        floor.of,
        reached=say.number(floor.reached),
        of=say.number(floor.of),
        rung=_rung(floor.category, say),
        share=say.percent(Fraction(floor.reached, floor.of)),
    )
    key = "ruling.floor.below" if floor.below else "ruling.floor.above"
    return say.text(key, support=support, floor=exact_share(floor.floor, say))


def _veto_sentence(ruling: Ruling, say: Localizer, names: Mapping[SeatId, str]) -> str:
    named = [plain(names[seat]) for seat in ruling.vetoed_by if seat in names]
    count = len(ruling.vetoed_by)
    if len(named) < count:
        return say.plural("ruling.vetoes", count)
    return say.plural("ruling.vetoes.named", count, names=say.list_of(named))


def _short_figures(ruling: Ruling, say: Localizer, names: Mapping[SeatId, str]) -> str:
    if ruling.code is RulingCode.INQUORATE:
        quorum = ruling.quorum
        return say.text("ruling.short.quorum", cast=quorum.cast, entitled=quorum.entitled, needed=quorum.needed)
    if not ruling.tally.voting.seats:
        return say.text("ruling.short.nobody")
    if ruling.code is RulingCode.VETOED and all(seat in names for seat in ruling.vetoed_by):
        return say.text("ruling.short.by", names=say.list_of([plain(names[seat]) for seat in ruling.vetoed_by]))
    if _by_floor(ruling) and ruling.floor is not None:
        return _short_floor(ruling, ruling.floor, say)
    if ruling.test is None:
        return ""
    figures = [_short_criterion(each, say) for each in ruling.test.criteria]
    figures += [_short_bloc(each, say) for each in ruling.test.blocs if not each.holds and not each.disregarded]
    if ruling.code is RulingCode.SUSTAINING and ruling.sustained is not None:
        streak = ruling.sustained
        figures.append(say.text("ruling.short.streak", rounds=streak.rounds, needed=streak.needed))
    return "; ".join(figures)


def _short_criterion(figures: CriterionFigures, say: Localizer) -> str:
    if not figures.of:
        return say.text("ruling.short.nobody")
    return say.text(
        "ruling.short.criterion",
        reached=say.number(figures.reached),
        of=say.number(figures.of),
        share=say.percent(Fraction(figures.reached, figures.of)),
        needed=needed_share(figures.criterion.threshold, say),
    )


def _short_bloc(figures: BlocFigures, say: Localizer) -> str:
    return say.text(
        "ruling.short.bloc",
        bloc=plain(figures.bloc),
        reached=say.number(figures.reached),
        of=say.number(figures.of),
        needed=needed_share(figures.threshold, say),
    )


def _short_floor(ruling: Ruling, floor: FloorFigures, say: Localizer) -> str:
    parts = [
        say.text(
            "ruling.short.floor",
            reached=say.number(floor.reached),
            of=say.number(floor.of),
            share=say.percent(Fraction(floor.reached, floor.of)),
            floor=exact_share(floor.floor, say),
        )
    ]
    if ruling.code is RulingCode.WAVERING and ruling.wavering is not None:
        streak = ruling.wavering
        parts.append(say.text("ruling.short.streak", rounds=streak.rounds, needed=streak.needed))
    return "; ".join(parts)
