"""The menu that opens one issue of a docket: on the round's message, and in a member's own docket."""

from discord import SelectOption

from cogs import limits
from cogs.custom_ids.ballots import PickIssue
from deliberation.ids import SeatId
from services.rounds import DocketLine, RoundView

from . import parts
from .formatting import category_icon, position_icon, shorten
from .localizer import Localizer
from .words import category_name, position_name


def docket_menu(
    view: RoundView, say: Localizer, *, own: bool = False, seat: SeatId | None = None
) -> parts.Select | None:
    """A menu of the issues that can be voted on, in the view's order; None where there is none. A docket
    holds no more of them than a menu does (PRODUCT §3).

    Each says where it stands or, in a member's `own` docket, how the member voted.
    """
    options = [_option(line, say, own=own) for line in view.lines if not line.entry.withdrawn][: limits.OPTIONS]
    if not options:
        return None
    custom_id = str(PickIssue(round=view.round.id, seat=seat))
    return parts.Select(custom_id=custom_id, placeholder=say.text("docket.menu"), options=options)


def _option(line: DocketLine, say: Localizer, *, own: bool) -> SelectOption:
    label = shorten(f"#{line.entry.number} {line.entry.title}", limits.OPTION)
    value = str(line.entry.issue)
    if not own:
        name = category_name(line.category, say)
        return SelectOption(label=label, value=value, emoji=category_icon(line.category), description=name)
    if line.ballot is None:
        word = say.text("docket.menu.cast") if line.voted else say.text("docket.menu.missing")
        return SelectOption(label=label, value=value, description=word)
    position = line.ballot.position
    description = say.text("docket.menu.voted", position=position_name(position, say))
    return SelectOption(label=label, value=value, emoji=position_icon(position), description=description)
