"""The names of categories and positions, and shares as a member reads them."""

from fractions import Fraction

from deliberation.categories import Category, Position
from deliberation.ids import PersonId
from deliberation.pseudonyms import FORGOTTEN, is_pseudonym, tag
from deliberation.rules import Threshold
from deliberation.rulings.tallies import Tally

from .formatting import category_icon, plain, position_icon
from .localizer import Localizer

_CATEGORIES = {
    Category.INDEPENDENT: "category.independent",
    Category.ADJUSTMENT: "category.adjustment",
    Category.PROHIBITED: "category.prohibited",
}
_POSITIONS = {
    Position.INDEPENDENT: "position.independent",
    Position.ADJUSTMENT: "position.adjustment",
    Position.PROHIBITED: "position.prohibited",
    Position.ABSTAIN: "position.abstain",
}


def member_words(person: PersonId, say: Localizer) -> str:
    """A member as a mention; who was erased, or is forgotten, in words."""
    if is_pseudonym(person):
        return say.text("member.former", tag=tag(person))
    return say.text("member.forgotten") if person == FORGOTTEN else f"<@{person}>"


def reason_words(text: str, say: Localizer, limit: int | None = None) -> str:
    """A reason's own words, or that its author has had them erased."""
    return plain(text, limit) if text else f"*{say.text('reason.erased')}*"


def category_name(category: Category, say: Localizer) -> str:
    """The category's name, in lower case, as it stands inside a sentence."""
    return say.text(_CATEGORIES[category])


def position_name(position: Position, say: Localizer) -> str:
    """The position's name as a button shows it."""
    return say.text(_POSITIONS[position])


def needed_share(threshold: Threshold, say: Localizer) -> str:
    """What a threshold asks for: "60 %", "2/3" where no percentage says it exactly, "more than 50 %"."""
    share = exact_share(threshold.fraction, say)
    return say.text("share.more_than", share=share) if threshold.more_than else share


def exact_share(fraction: Fraction, say: Localizer) -> str:
    """A fraction as a percentage where one decimal is exact, else as the fraction itself."""
    if (fraction * 1000).denominator == 1:
        return say.percent(fraction)
    return f"{fraction.numerator}/{fraction.denominator}"


def category_words(category: Category, say: Localizer) -> str:
    """The category with its icon: never colour alone."""
    return f"{category_icon(category)} {position_name(Position.on(category), say)}"


def position_words(position: Position, say: Localizer) -> str:
    """The position with its icon."""
    return f"{position_icon(position)} {position_name(position, say)}"


def tally_words(tally: Tally, position: Position, say: Localizer) -> str:
    """How many seats took the position; besides, their weight where seats differ in it."""
    count = tally.counts[position]
    seats = f"{position_words(position, say)} {say.number(count.seats)}"
    if tally.entitled.weight == tally.entitled.seats:
        return seats
    return say.text("tally.weight", seats=seats, weight=say.number(count.weight))
