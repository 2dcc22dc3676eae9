"""Ready-made seatings, a tap away: under a council that was just founded."""

import discord

from cogs.custom_ids.seats import FillSeats, PickSeating
from deliberation.councils import Council

from . import parts
from .localizer import Localizer

SEATINGS = ("security-council", "eu", "un", "g20", "p5")
FITTING = {"security-council": "security-council", "eu-council": "eu"}
"""Which seating goes with a preset."""


def seating_rows(council: Council, say: Localizer) -> list[list[parts.Item] | parts.ActionRow]:
    """A button for the seating that goes with the council's rules, else a menu of all."""
    fitting = FITTING.get(council.rules.preset)
    if fitting is not None:
        return [
            [
                parts.Button(
                    style=discord.ButtonStyle.primary,
                    label=say.text(f"seating.{fitting}.button"),
                    custom_id=str(FillSeats(council=council.id, seating=fitting)),
                )
            ]
        ]
    options = [discord.SelectOption(label=say.text(f"seating.{key}"), value=key) for key in SEATINGS]
    menu = parts.Select(
        custom_id=str(PickSeating(council=council.id)), placeholder=say.text("seating.menu"), options=options
    )
    return [parts.ActionRow(menu)]
