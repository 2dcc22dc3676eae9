"""The first message of a council: what was set up, and what to do next."""

import discord
from discord import ui

from cogs.custom_ids.issues import Propose
from cogs.custom_ids.seats import TakeSeat
from cogs.showing import parts
from cogs.showing.formatting import plain
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.seating_menu import seating_rows
from deliberation.councils import Council
from deliberation.rules import Rules, Secrecy
from services.councils import CouncilInfo


def render_founded(info: CouncilInfo, say: Localizer) -> ui.LayoutView:
    """What was set up in plain words, with the buttons that members begin with."""
    council, rules = info.council, info.council.rules
    lines = [
        who_votes(council, say),
        who_chairs(council, say),
        say.text(f"preset.{rules.preset}.hint"),
        say.text("council.round_length", length=say.duration(rules.round_length)),
    ]
    if rules.secrecy is Secrecy.SEALED:
        lines.append(say.text("council.sealed"))
    if rules.secrecy is Secrecy.SECRET:
        lines.append(say.text("council.secret"))
    if needs_vetoes(rules):
        lines.append(say.text("council.no_vetoes"))
    if rules.adjustment.broad is not None or rules.prohibited.broad is not None:
        lines.append(say.text("council.warning.broad_without_blocs"))
    return panel(
        f"## {say.text('council.founded', name=plain(council.name))}\n" + "\n".join(f"- {line}" for line in lines),
        say.text("council.next"),
        rows=[*seating_rows(council, say), council_buttons(council, say)],
    )


def who_votes(council: Council, say: Localizer) -> str:
    """Who may take a seat and vote."""
    if not council.rules.open_seating:
        return say.text("council.voters.assigned")
    if council.voter_role is None:
        return say.text("council.voters.everybody")
    return say.text("council.voters.role", role=f"<@&{council.voter_role}>")


def who_chairs(council: Council, say: Localizer) -> str:
    """Who opens and closes rounds."""
    if council.chair_role is None:
        return say.text("council.chairs.server")
    return say.text("council.chairs.role", role=f"<@&{council.chair_role}>")


def needs_vetoes(rules: Rules) -> bool:
    """Whether the rules give seats with a veto a say of their own."""
    return rules.adjustment.vetoes or rules.prohibited.vetoes


def council_buttons(council: Council, say: Localizer) -> list[parts.Item]:
    """What a member begins with."""
    buttons: list[parts.Item] = []
    if council.rules.open_seating:
        take = str(TakeSeat(council=council.id))
        buttons.append(parts.Button(style=discord.ButtonStyle.primary, label=say.text("way.take_seat"), custom_id=take))
    buttons.append(parts.Button(label=say.text("council.propose"), custom_id=str(Propose(council=council.id))))
    return buttons
