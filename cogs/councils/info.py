"""The council at a glance: what is under discussion, when one votes, and the rules in force, in words."""

from discord import ui

from cogs.custom_ids.seats import TurnSeats
from cogs.showing import parts
from cogs.showing.formatting import category_icon, moment, plain
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.rules_lines import rules_lines
from cogs.showing.words import category_name
from deliberation.categories import Category
from services.councils import CouncilInfo
from services.seats import SeatList

from .founded import council_buttons, needs_vetoes, who_chairs, who_votes


def render_info(info: CouncilInfo, seats: SeatList, say: Localizer) -> ui.LayoutView:
    """Everything that holds in this council now."""
    council, rules = info.council, info.council.rules
    ended = [] if council.closed_at is None else [say.text("council.is_closed", at=moment(council.closed_at))]
    state = [*ended, _issues(info, say), _round(info, say), _seats(info, say)]
    if info.next_opens_at is not None:
        state.append(say.text("council.schedule", next=moment(info.next_opens_at)))
    law = [who_chairs(council, say), *rules_lines(rules, say)]
    if council.voter_role is not None:
        law.insert(0, who_votes(council, say))
    if needs_vetoes(rules) and not any(seat.veto for seat in seats.seats):
        law.append(say.text("council.no_vetoes"))
    listed = parts.Button(label=say.text("council.show_seats"), custom_id=str(TurnSeats(council=council.id, page=0)))
    return panel(
        f"## {plain(council.name)}\n" + "\n".join(state),
        f"**{say.text('council.rules', preset=say.text(f'preset.{rules.preset}'))}**\n"
        + "\n".join(f"- {line}" for line in law),
        rows=[[*council_buttons(council, say), listed]],
    )


def _issues(info: CouncilInfo, say: Localizer) -> str:
    if not sum(info.issues.values()):
        return say.text("council.no_issues")
    counts = [
        f"{category_icon(category)} {say.number(info.issues.get(category, 0))} {category_name(category, say)}"
        for category in reversed(Category)
    ]
    return say.text("council.issues", counts=" · ".join(counts))


def _round(info: CouncilInfo, say: Localizer) -> str:
    if info.round is None:
        return say.text("council.no_round")
    return say.text("council.round", number=info.round.number, closes=moment(info.round.closes_at))


def _seats(info: CouncilInfo, say: Localizer) -> str:
    seats = say.plural("council.seats", info.seats)
    return f"{seats} {say.plural('council.observers', info.observers)}" if info.observers else seats
