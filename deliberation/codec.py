"""Rules, standings, tallies and rulings as plain data, for storage, hashing and exports, and back again.

Plain data is what JSON knows: dict, list, str, int, bool and None. A fraction is `[numerator, denominator]`, a length
of time whole seconds. Reading back what was written gives an equal value, and data that reads is what writing its
value gives. Keys and words are part of stored records: they change only with `FORMAT`.
"""

from deliberation import _plain as plain

from ._plain import DataUnreadable
from ._rules_plain import (
    FORMAT,
    Plain,
    check_format,
    criterion,
    criterion_to_data,
    rules_from_data,
    rules_to_data,
    threshold,
    threshold_to_data,
)
from .categories import Category, Position
from .ids import SeatId
from .rulings import BlocFigures, CriterionFigures, FloorFigures, QuorumFigures, Ruling, RulingCode, Streak, Test
from .standings import Standing
from .tallies import Count, Tally

__all__ = [
    "FORMAT",
    "DataUnreadable",
    "Plain",
    "rules_from_data",
    "rules_to_data",
    "ruling_from_data",
    "ruling_to_data",
    "standing_from_data",
    "standing_to_data",
    "tally_from_data",
    "tally_to_data",
]


def standing_to_data(standing: Standing) -> Plain:
    return {
        "category": standing.category.word,
        "sustained": standing.sustained,
        "wavering": standing.wavering,
        "under_review": standing.under_review,
    }


def standing_from_data(data: object) -> Standing:
    """Raises DataUnreadable."""
    return _standing(data, "standing")


def tally_to_data(tally: Tally) -> Plain:
    return {
        "counts": {position.value: _count_to_data(tally.counts[position]) for position in Position},
        "entitled": _count_to_data(tally.entitled),
        "vetoes": [{"seat": seat, "position": tally.vetoes[seat].value} for seat in sorted(tally.vetoes)],
        "blocs": {bloc: tally_to_data(tally.blocs[bloc]) for bloc in sorted(tally.blocs)},
    }


def tally_from_data(data: object) -> Tally:
    """Raises DataUnreadable."""
    return _tally(data, "tally")


def ruling_to_data(ruling: Ruling) -> Plain:
    return {
        "format": FORMAT,
        "code": ruling.code.value,
        "before": standing_to_data(ruling.before),
        "after": standing_to_data(ruling.after),
        "tally": tally_to_data(ruling.tally),
        "quorum": {
            "cast": ruling.quorum.cast,
            "entitled": ruling.quorum.entitled,
            "needed": ruling.quorum.needed,
            "met": ruling.quorum.met,
        },
        "test": _test_to_data(ruling.test),
        "vetoed_by": list(ruling.vetoed_by),
        "sustained": _streak_to_data(ruling.sustained),
        "floor": _floor_to_data(ruling.floor),
        "wavering": _streak_to_data(ruling.wavering),
    }


def ruling_from_data(data: object) -> Ruling:
    """Raises DataUnreadable."""
    names = "format code before after tally quorum test vetoed_by sustained floor wavering"
    given = plain.fields(data, "ruling", *names.split())
    check_format(given["format"], "ruling.format")
    with plain.reading("ruling"):
        return Ruling(
            code=plain.one_of(RulingCode)(given["code"], "ruling.code"),
            before=_standing(given["before"], "ruling.before"),
            after=_standing(given["after"], "ruling.after"),
            tally=_tally(given["tally"], "ruling.tally"),
            quorum=_quorum_figures(given["quorum"], "ruling.quorum"),
            test=plain.optional(given["test"], "ruling.test", _test),
            vetoed_by=plain.items(given["vetoed_by"], "ruling.vetoed_by", _seat),
            sustained=plain.optional(given["sustained"], "ruling.sustained", _streak),
            floor=plain.optional(given["floor"], "ruling.floor", _floor),
            wavering=plain.optional(given["wavering"], "ruling.wavering", _streak),
        )


def _category(data: object, where: str) -> Category:
    word = plain.text(data, where)
    for category in Category:
        if category.word == word:
            return category
    raise DataUnreadable(what=f"{where}: {word}")


def _seat(data: object, where: str) -> SeatId:
    return SeatId(plain.whole(data, where))


def _standing(data: object, where: str) -> Standing:
    given = plain.fields(data, where, "category", "sustained", "wavering", "under_review")
    return Standing(
        category=_category(given["category"], f"{where}.category"),
        sustained=plain.whole(given["sustained"], f"{where}.sustained"),
        wavering=plain.whole(given["wavering"], f"{where}.wavering"),
        under_review=plain.truth(given["under_review"], f"{where}.under_review"),
    )


def _count_to_data(count: Count) -> Plain:
    return {"seats": count.seats, "weight": count.weight}


def _count(data: object, where: str) -> Count:
    given = plain.fields(data, where, "seats", "weight")
    return Count(plain.whole(given["seats"], f"{where}.seats"), plain.whole(given["weight"], f"{where}.weight"))


def _tally(data: object, where: str) -> Tally:
    given = plain.fields(data, where, "counts", "entitled", "vetoes", "blocs")
    counts = plain.fields(given["counts"], f"{where}.counts", *(position.value for position in Position))
    vetoes = plain.items(given["vetoes"], f"{where}.vetoes", _veto)
    if [seat for seat, _ in vetoes] != sorted({seat for seat, _ in vetoes}):
        raise DataUnreadable(what=f"{where}.vetoes: order")
    blocs = given["blocs"]
    if not isinstance(blocs, dict):
        raise DataUnreadable(what=f"{where}.blocs: {type(blocs).__name__}")
    return Tally(
        counts={position: _count(counts[position], f"{where}.counts.{position}") for position in Position},
        entitled=_count(given["entitled"], f"{where}.entitled"),
        vetoes=dict(vetoes),
        blocs={
            plain.text(bloc, f"{where}.blocs"): _tally(inside, f"{where}.blocs.{bloc}")
            for bloc, inside in blocs.items()
        },
    )


def _veto(data: object, where: str) -> tuple[SeatId, Position]:
    given = plain.fields(data, where, "seat", "position")
    return _seat(given["seat"], f"{where}.seat"), plain.one_of(Position)(given["position"], f"{where}.position")


def _quorum_figures(data: object, where: str) -> QuorumFigures:
    given = plain.fields(data, where, "cast", "entitled", "needed", "met")
    return QuorumFigures(
        cast=plain.whole(given["cast"], f"{where}.cast"),
        entitled=plain.whole(given["entitled"], f"{where}.entitled"),
        needed=plain.whole(given["needed"], f"{where}.needed"),
        met=plain.truth(given["met"], f"{where}.met"),
    )


def _test_to_data(test: Test | None) -> Plain | None:
    if test is None:
        return None
    return {
        "target": test.target.word,
        "criteria": [
            {"criterion": criterion_to_data(figures.criterion), "needed": figures.needed, **_figures_to_data(figures)}
            for figures in test.criteria
        ],
        "blocs": [
            {"bloc": figures.bloc, "threshold": threshold_to_data(figures.threshold), **_figures_to_data(figures)}
            for figures in test.blocs
        ],
    }


def _figures_to_data(figures: CriterionFigures | BlocFigures) -> Plain:
    return {
        "reached": figures.reached,
        "of": figures.of,
        "holds": figures.holds,
        "disregarded": figures.disregarded,
    }


def _test(data: object, where: str) -> Test:
    given = plain.fields(data, where, "target", "criteria", "blocs")
    return Test(
        target=_category(given["target"], f"{where}.target"),
        criteria=plain.items(given["criteria"], f"{where}.criteria", _criterion_figures),
        blocs=plain.items(given["blocs"], f"{where}.blocs", _bloc_figures),
    )


def _criterion_figures(data: object, where: str) -> CriterionFigures:
    given = plain.fields(data, where, "criterion", "needed", "reached", "of", "holds", "disregarded")
    return CriterionFigures(
        criterion=criterion(given["criterion"], f"{where}.criterion"),
        needed=plain.whole(given["needed"], f"{where}.needed"),
        reached=plain.whole(given["reached"], f"{where}.reached"),
        of=plain.whole(given["of"], f"{where}.of"),
        holds=plain.truth(given["holds"], f"{where}.holds"),
        disregarded=plain.truth(given["disregarded"], f"{where}.disregarded"),
    )


def _bloc_figures(data: object, where: str) -> BlocFigures:
    given = plain.fields(data, where, "bloc", "threshold", "reached", "of", "holds", "disregarded")
    return BlocFigures(
        bloc=plain.text(given["bloc"], f"{where}.bloc"),
        threshold=threshold(given["threshold"], f"{where}.threshold"),
        reached=plain.whole(given["reached"], f"{where}.reached"),
        of=plain.whole(given["of"], f"{where}.of"),
        holds=plain.truth(given["holds"], f"{where}.holds"),
        disregarded=plain.truth(given["disregarded"], f"{where}.disregarded"),
    )


def _floor_to_data(floor: FloorFigures | None) -> Plain | None:
    if floor is None:
        return None
    return {
        "category": floor.category.word,
        "floor": plain.fraction_to_data(floor.floor),
        "reached": floor.reached,
        "of": floor.of,
    }


def _floor(data: object, where: str) -> FloorFigures:
    given = plain.fields(data, where, "category", "floor", "reached", "of")
    return FloorFigures(
        category=_category(given["category"], f"{where}.category"),
        floor=plain.fraction(given["floor"], f"{where}.floor"),
        reached=plain.whole(given["reached"], f"{where}.reached"),
        of=plain.whole(given["of"], f"{where}.of"),
    )


def _streak_to_data(streak: Streak | None) -> Plain | None:
    return None if streak is None else {"rounds": streak.rounds, "needed": streak.needed}


def _streak(data: object, where: str) -> Streak:
    given = plain.fields(data, where, "rounds", "needed")
    return Streak(plain.whole(given["rounds"], f"{where}.rounds"), plain.whole(given["needed"], f"{where}.needed"))
