"""What chairs have done with seats while a round runs, for everybody to read."""

from discord import ui

from cogs import limits
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.words import member_words
from deliberation.ids import PersonId
from services.ports import NoticeKind
from services.seats import SeatsNotice

from .receipts import named

NOTICES = (
    NoticeKind.HOLDER_ASSIGNED,
    NoticeKind.HOLDER_REMOVED,
    NoticeKind.SEAT_REMOVED,
    NoticeKind.SEATS_ADDED,
)
"""Those that are shown here."""


def render_seats_notice(notice: SeatsNotice, say: Localizer) -> tuple[ui.LayoutView, list[PersonId]]:
    """The notice in the council's language, and whom it may mention: the seat's other holders."""
    number = say.number(notice.number)
    if notice.seat is None:
        return panel(say.plural("notice.seats_added", notice.count, number=number)), []
    member = say.text("notice.member_unknown") if notice.member is None else member_words(notice.member, say)
    told = say.text(f"notice.{notice.kind}", seat=named(notice.seat), member=member, number=number)
    mention = list(notice.mention[: limits.MENTIONED])
    others = say.text("notice.other_holders", people=" ".join(f"<@{person}>" for person in mention))
    return panel(told, f"-# {others}" if mention else ""), mention
