"""The ladder's three rungs, and the positions that a ballot can take on them."""

from enum import IntEnum, StrEnum


class Category(IntEnum):
    """A rung of the ladder; a higher rung is a greater value (PRODUCT §1)."""

    INDEPENDENT = 0
    ADJUSTMENT = 1
    PROHIBITED = 2

    @property
    def word(self) -> str:
        """The category's name in data: commands, rows, records and exports."""
        return self.name.lower()

    @property
    def above(self) -> "Category | None":
        """The next rung up, or None at the top."""
        return Category(self + 1) if self < Category.PROHIBITED else None

    @property
    def below(self) -> "Category | None":
        """The next rung down, or None at the bottom."""
        return Category(self - 1) if self > Category.INDEPENDENT else None

    @classmethod
    def of(cls, word: str) -> "Category":
        """The category with that name. Raises KeyError for any other word."""
        return cls[word.upper()]


class Position(StrEnum):
    """What a ballot says: a category, or an abstention."""

    INDEPENDENT = "independent"
    ADJUSTMENT = "adjustment"
    PROHIBITED = "prohibited"
    ABSTAIN = "abstain"

    @property
    def category(self) -> Category | None:
        """The category voted for; None for an abstention, which takes no side."""
        return None if self is Position.ABSTAIN else Category.of(self.value)

    @classmethod
    def on(cls, category: Category) -> "Position":
        """The ballot that votes for this category."""
        return cls(category.word)
