"""The roll call: a message with two buttons, which shows who has answered."""

import discord
from discord import ui

from cogs.custom_ids.rounds import AnswerRollCall
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Tap
from cogs.showing import parts
from cogs.showing.formatting import flag, plain, shorten
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.rounds.roll_calls import Presence
from deliberation.seats import Seat
from services.rounds import RollCallView

BUDGET = 1_500
"""Characters of names in each of the two lists."""
NAME_SHOWN = 40

routes = Routes()


def render_roll_call(view: RollCallView, say: Localizer) -> ui.LayoutView:
    """Who is present, who is present and voting, and how many have not answered."""
    answers = view.roll_call.answers
    present = [seat for seat in view.seats if answers.get(seat.id) is Presence.PRESENT]
    voting = [seat for seat in view.seats if answers.get(seat.id) is Presence.VOTING]
    silent = len(view.seats) - len(present) - len(voting)
    key = "roll_call.binding" if view.council.rules.roll_call else "roll_call.free"
    head = f"### {say.text('roll_call.title', number=view.roll_call.number)}\n-# {say.text(key)}"
    lists = [
        _list(say.plural("roll_call.present", len(present)), present, say),
        _list(say.plural("roll_call.voting", len(voting)), voting, say),
        say.plural("roll_call.silent", silent),
    ]
    council = view.council.id
    buttons: list[parts.Item] = [
        parts.Button(
            style=discord.ButtonStyle.primary,
            label=say.text("roll_call.button.present"),
            custom_id=str(AnswerRollCall(council=council, presence=Presence.PRESENT)),
        ),
        parts.Button(
            label=say.text("roll_call.button.voting"),
            custom_id=str(AnswerRollCall(council=council, presence=Presence.VOTING)),
        ),
    ]
    return panel(head, "\n".join(lists), rows=[buttons])


def render_ended_call(say: Localizer) -> ui.LayoutView:
    """The message once the roll call is over."""
    return panel(say.text("roll_call.over"))


def render_called(view: RollCallView, say: Localizer, *, ended: bool) -> ui.LayoutView:
    """The chair's receipt."""
    if ended:
        return panel(say.text("roll_call.called_off"))
    return panel(say.plural("roll_call.called", len(view.seats)))


@routes.button(AnswerRollCall)
async def answer_roll_call(tap: Tap[AnswerRollCall]) -> None:
    """A seat answers: present, or present and voting."""
    council, presence = await tap.services.councils.get(tap.id.council), tap.id.presence
    await tap.services.roll_calls.answer(council.channel, tap.actor, presence, tap.id.seat)
    await tap.reply(panel(tap.say.text(f"roll_call.answered.{presence.value}")))


def _list(title: str, seats: list[Seat], say: Localizer) -> str:
    """The title and the names, as many as fit."""
    shown: list[str] = []
    length = 0
    for seat in seats:
        name = " ".join(part for part in (flag(seat.country), plain(shorten(seat.shown, NAME_SHOWN))) if part)
        length += len(name) + 2
        if length > BUDGET:
            break
        shown.append(name)
    if not shown:
        return title
    more = [say.plural("roll_call.more", len(seats) - len(shown))] if len(shown) < len(seats) else []
    return f"{title}: {', '.join([*shown, *more])}"
