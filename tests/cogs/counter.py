"""An area with one button for everything that can happen behind a button, for the tests of the guard."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, cast

from discord import Interaction, ui
from discord.ext import commands

from cogs.custom_ids import CANCEL, CLOSE, DOCKET, PICK, PROPOSE, PROPOSE_AGAIN, PROPOSE_FORM, ROUND_FULL
from cogs.interactions.answering import SLOW, SLOW_BEFORE_FORM
from cogs.interactions.desk import Desk, desk_of
from cogs.interactions.forms import Fields
from cogs.interactions.guard import GuardedButton, GuardedSelect, open_form, reply
from cogs.showing.drawing import Drawing, box, text
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.rounds import EmptyDocket
from deliberation.seats import NoSeat
from deliberation.texts import TextEmpty


class Refuses(GuardedButton, template=CLOSE):
    """Round 1: a plain refusal; any other: one that taking a seat would mend."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        raise EmptyDocket if ids.round == 1 else NoSeat(open_seating=True)


class Breaks(GuardedButton, template=CANCEL):
    """Round 1: before an answer; any other: after one."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        if ids.round != 1:
            await reply(interaction, panel("answered"))
        raise RuntimeError("the cupboard is bare")


class Dawdles(GuardedButton, template=DOCKET):
    """Answers (in Discord's simulated time) a second after its deferral (round 1), or at the same instant, some turns
    of the loop earlier or later."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await asyncio.sleep(SLOW + (1 if ids.round == 1 else 0))
        for _ in range(ids.round):
            await asyncio.sleep(0)
        await reply(interaction, panel("done at last") if ids.round % 2 else Drawing(box(text("done at last"))))
        await reply(interaction, Drawing(box(text("and more"))))


class OpensForm(GuardedButton, template=PROPOSE):
    """Opens a form: at once (council 1), or only after the deferral."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await asyncio.sleep(SLOW_BEFORE_FORM + 0.5 if ids.council != 1 else 0)
        form = ui.Modal(title="Form", custom_id=PROPOSE_FORM.build(council=ids.council))
        form.add_item(ui.Label(text="Title", component=ui.TextInput(custom_id="title", required=False)))
        await open_form(interaction, form, say=say, again=PROPOSE.build(council=1))


class Echoes(GuardedSelect, template=PICK):
    """Says what was chosen."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await reply(interaction, panel(f"chose {', '.join(self.values)}"))


class Repaints(GuardedButton, template=ROUND_FULL):
    """Redraws the message that it sits on."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        await reply(interaction, panel(f"page {ids.page}"), edit=True)


async def submitted(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: Fields) -> None:
    if not fields["title"]:
        raise TextEmpty(field="title")
    await reply(interaction, panel(f"council {ids.council} got {fields['title']} @everyone"))


class Anywhere:
    """There is no council here whose things could be named."""

    async def require(self, channel: object, **named: object) -> None:
        return None


async def setup(bot: commands.Bot) -> None:
    desk = desk_of(bot)
    cast(Any, bot).desk = replace(desk, services=replace(desk.services, places=cast(Any, Anywhere())))
    desk_of(bot).items.add(Refuses, Breaks, Dawdles, OpensForm, Echoes, Repaints)
    desk_of(bot).forms.add(PROPOSE_FORM, submitted, again=PROPOSE_AGAIN)
