"""An area with one button for everything that can happen behind a button, for the tests of the guard."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, cast

from discord import ui
from discord.ext import commands

from cogs.custom_ids.ballots import OpenDocket, PickIssue
from cogs.custom_ids.issues import ProposalForm, Propose, ProposeAgain
from cogs.custom_ids.rounds import CancelRound, CloseRound, ReadRound
from cogs.interactions.context import context_of
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Picked, Sent, Tap
from cogs.interactions.timing import SLOW, SLOW_BEFORE_FORM
from cogs.showing.drawing import Drawing, box, text
from cogs.showing.panels import panel
from deliberation.ids import CouncilId
from deliberation.rounds import EmptyDocket
from deliberation.seats import NoSeat
from deliberation.texts import TextEmpty

routes = Routes()


@routes.button(CloseRound)
async def refuse(tap: Tap[CloseRound]) -> None:
    """Round 1: a plain refusal; any other: one that taking a seat would mend."""
    raise EmptyDocket if tap.id.round == 1 else NoSeat(open_seating=True)


@routes.button(CancelRound)
async def break_down(tap: Tap[CancelRound]) -> None:
    """Round 1: before an answer; any other: after one."""
    if tap.id.round != 1:
        await tap.reply(panel("answered"))
    raise RuntimeError("the cupboard is bare")


@routes.button(OpenDocket)
async def dawdle(tap: Tap[OpenDocket]) -> None:
    """Answers (in Discord's simulated time) a second after its deferral (round 1), or at the same instant, some turns
    of the loop earlier or later."""
    await asyncio.sleep(SLOW + (1 if tap.id.round == 1 else 0))
    for _ in range(tap.id.round):
        await asyncio.sleep(0)
    await tap.reply(panel("done at last") if tap.id.round % 2 else Drawing(box(text("done at last"))))
    await tap.reply(Drawing(box(text("and more"))))


@routes.button(Propose, opens_form=True)
async def offer_form(tap: Tap[Propose]) -> None:
    """Opens a form: at once (council 1), or only after the deferral."""
    await asyncio.sleep(SLOW_BEFORE_FORM + 0.5 if tap.id.council != 1 else 0)
    form = ui.Modal(title="Form", custom_id=str(ProposalForm(council=tap.id.council)))
    form.add_item(ui.Label(text="Title", component=ui.TextInput(custom_id="title", required=False)))
    await tap.open_form(form, again=Propose(council=CouncilId(1)))


@routes.menu(PickIssue)
async def echo(tap: Picked[PickIssue]) -> None:
    """Says what was chosen."""
    await tap.reply(panel(f"chose {tap.chosen}"))


@routes.button(ReadRound)
async def repaint(tap: Tap[ReadRound]) -> None:
    """Redraws the message that it sits on."""
    await tap.reply(panel(f"page {tap.id.page}"), edit=True)


@routes.form(ProposalForm, again=lambda form: ProposeAgain(council=form.council))
async def take(tap: Sent[ProposalForm]) -> None:
    """Says what was entered, unless that is nothing."""
    if not tap.entered("title"):
        raise TextEmpty(field="title")
    await tap.reply(panel(f"council {tap.id.council} got {tap.entered('title')} @everyone"))


class Anywhere:
    """There is no council here whose things could be named."""

    async def require(self, channel: object, **named: object) -> None:
        return None


async def setup(bot: commands.Bot) -> None:
    context = context_of(bot)
    cast(Any, bot).context = replace(context, services=replace(context.services, places=cast(Any, Anywhere())))
    context.routes.include(routes)
