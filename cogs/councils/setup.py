"""Founding a council: one form, whose fields all have a sensible beginning; what is refused comes back as typed."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import Interaction, ui

from cogs.custom_ids import SETUP_AGAIN, SETUP_FORM
from cogs.interactions.desk import Desk, actor_of, channel_of
from cogs.interactions.forms import Fields
from cogs.interactions.guard import GuardedButton, open_form, reply
from cogs.showing.formatting import shorten
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.permissions import missing_permissions
from deliberation.councils import CouncilExists, NotChair
from deliberation.errors import DomainError
from deliberation.ids import PersonId, RoleId
from deliberation.presets import META_REGIME, PRESETS
from deliberation.rules import Secrecy
from deliberation.texts import NAME_LIMIT
from services.people import NO_COUNCIL

from .founded import render_founded

_DRAFT = "setup"
_TITLE_LIMIT = 45
_OPTION_LIMIT = 100
_LENGTH_LIMIT = 100
_FIELDS = ("name", "preset", "length", "voters", "chairs")
_BEGINNING = {"preset": META_REGIME.preset, "length": "3d", "voters": "", "chairs": ""}


async def offer_form(
    interaction: Interaction, desk: Desk, say: Localizer, *, secrecy: str, typed: Mapping[str, str] | None = None
) -> None:
    """Open the form, or say at once why it would be in vain. Raises NotChair or CouncilExists."""
    require_manager(interaction)
    existing = await desk.services.councils.find_in(channel_of(interaction))
    if existing is not None:
        raise CouncilExists(name=existing.name)
    if missing := missing_permissions(interaction.app_permissions, say):
        await reply(interaction, panel(say.text("council.permissions_missing", permissions=missing)))
        return
    name = getattr(interaction.channel, "name", None) or ""
    form = setup_form(_BEGINNING | {"name": name} | dict(typed or {}), say, secrecy=secrecy)
    await open_form(interaction, form, say=say, again=SETUP_AGAIN.build(secrecy=secrecy))


def require_manager(interaction: Interaction) -> None:
    """Raises NotChair: where no council is yet, who manages the server founds one."""
    if not actor_of(interaction).manages_server:
        raise NotChair(role=None)


class SetUpAgain(GuardedButton, template=SETUP_AGAIN):
    """Opens the form with what was typed before."""

    opens_form = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        require_manager(interaction)
        draft = await desk.services.people.find_draft(
            council=NO_COUNCIL, person=PersonId(interaction.user.id), kind=_DRAFT, subject=channel_of(interaction)
        )
        await offer_form(interaction, desk, say, secrecy=ids.secrecy, typed=draft.fields if draft else None)


async def submitted(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: Fields) -> None:
    """Found the council as the form says; what is refused is kept for the next try."""
    require_manager(interaction)
    listed = {name: fields.get(name, "") for name in _FIELDS}
    typed = {name: value if isinstance(value, str) else next(iter(value), "") for name, value in listed.items()}
    if missing := missing_permissions(interaction.app_permissions, say):
        await reply(interaction, panel(say.text("council.permissions_missing", permissions=missing)))
        return
    spoken = desk.catalogues.localizer((interaction.guild_locale or interaction.locale).value)
    guild, channel = interaction.guild_id or 0, channel_of(interaction)
    try:
        info = await desk.services.councils.setup(
            actor_of(interaction),
            guild=guild,
            channel=channel,
            name=typed["name"],
            language=spoken.language,
            preset=typed["preset"],
            round_length=typed["length"],
            secrecy=Secrecy(ids.secrecy),
            voter_role=_role(typed["voters"], interaction),
            chair_role=_role(typed["chairs"], interaction),
        )
    except DomainError:
        person = PersonId(interaction.user.id)
        await desk.services.people.keep_draft(
            council=NO_COUNCIL, person=person, kind=_DRAFT, subject=channel, fields=typed
        )
        raise
    # For everybody in the channel, in the council's language: this is where its members find the first buttons.
    await reply(interaction, render_founded(info, spoken), ephemeral=False)


def setup_form(typed: Mapping[str, str], say: Localizer, *, secrecy: str) -> ui.Modal:
    """The form, filled in with `typed`: name, preset, length, voters and chairs (ids of roles, or "")."""
    form = ui.Modal(title=shorten(say.text("setup.title"), _TITLE_LIMIT), custom_id=SETUP_FORM.build(secrecy=secrecy))
    name = ui.TextInput(custom_id="name", default=shorten(typed["name"], NAME_LIMIT), max_length=NAME_LIMIT)
    length = ui.TextInput(custom_id="length", default=typed["length"], max_length=_LENGTH_LIMIT)
    form.add_item(ui.Label(text=say.text("setup.name"), component=name))
    form.add_item(
        ui.Label(
            text=say.text("setup.preset"),
            description=say.text("setup.preset.hint"),
            component=ui.Select(custom_id="preset", options=_preset_options(typed["preset"], say)),
        )
    )
    form.add_item(ui.Label(text=say.text("setup.length"), description=say.text("setup.length.hint"), component=length))
    for field, text, hint in (
        ("voters", "setup.voters", "setup.voters.hint"),
        ("chairs", "setup.chairs", "setup.chairs.hint"),
    ):
        roles = _role_menu(field, typed[field])
        form.add_item(ui.Label(text=say.text(text), description=say.text(hint), component=roles))
    return form


def _preset_options(chosen: str, say: Localizer) -> list[discord.SelectOption]:
    chosen = chosen if chosen in PRESETS else META_REGIME.preset
    return [
        discord.SelectOption(
            label=shorten(say.text(f"preset.{preset}"), _OPTION_LIMIT),
            description=shorten(say.text(f"preset.{preset}.hint"), _OPTION_LIMIT),
            value=preset,
            default=preset == chosen,
        )
        for preset in PRESETS
    ]


def _role_menu(field: str, chosen: str) -> ui.RoleSelect[Any]:
    known = chosen.isascii() and chosen.isdigit()
    default = [discord.SelectDefaultValue(id=int(chosen), type=discord.SelectDefaultValueType.role)] if known else []
    return ui.RoleSelect(custom_id=field, required=False, min_values=0, max_values=1, default_values=default)


def _role(chosen: str, interaction: Interaction) -> RoleId | None:
    """The server's role of that id; None for none, and for the one that everybody holds."""
    roles = [] if interaction.guild is None else interaction.guild.roles
    return next((RoleId(role.id) for role in roles if str(role.id) == chosen and not role.is_default()), None)
