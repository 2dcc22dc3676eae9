"""Founding a council: one form, whose fields all have a sensible beginning; what is refused comes back as typed."""

from collections.abc import Mapping

import discord
from discord import ui

from cogs import limits
from cogs.custom_ids.councils import SetUpAgain, SetupForm
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Sent, Tap
from cogs.showing import parts
from cogs.showing.formatting import shorten
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.permissions import missing_permissions
from deliberation.councils import CouncilExists
from deliberation.ids import RoleId
from deliberation.rules import Secrecy
from deliberation.rules.presets import META_REGIME, PRESETS
from deliberation.texts import NAME_LIMIT

from .founded import render_founded

_LENGTH_LIMIT = 100
_FIELDS = ("name", "preset", "length", "voters", "chairs")
_BEGINNING = {"preset": META_REGIME.preset, "length": "3d", "voters": "", "chairs": ""}


routes = Routes()


async def offer_form(request: Request, *, secrecy: Secrecy, typed: Mapping[str, str] | None = None) -> None:
    """Open the form, or say at once why it would be in vain. Raises CouncilExists."""
    existing = await request.services.councils.find_in(request.channel)
    if existing is not None:
        raise CouncilExists(name=existing.name)
    if await _lacks_permissions(request):
        return
    name = getattr(request.interaction.channel, "name", None) or ""
    form = setup_form(_BEGINNING | {"name": name} | dict(typed or {}), request.say, secrecy=secrecy)
    await request.open_form(form, again=SetUpAgain(secrecy=secrecy))


async def _lacks_permissions(request: Request) -> bool:
    """Whether the bot lacks permissions in the channel; then the answer says which."""
    missing = missing_permissions(request.interaction.app_permissions, request.say)
    if missing:
        await request.reply(panel(request.say.text("council.permissions_missing", permissions=missing)))
    return bool(missing)


@routes.button(SetUpAgain, opens_form=True)
async def set_up_again(tap: Tap[SetUpAgain]) -> None:
    """Opens the form with what was typed before."""
    tap.services.councils.require_founder(tap.actor)
    typed = await tap.services.councils.typed_setup(tap.channel, tap.actor)
    await offer_form(tap, secrecy=tap.id.secrecy, typed=typed)


@routes.form(SetupForm, again=lambda form: SetUpAgain(secrecy=form.secrecy))
async def found(tap: Sent[SetupForm]) -> None:
    """Founds the council as the form says; what is refused is kept for the next try."""
    tap.services.councils.require_founder(tap.actor)
    if await _lacks_permissions(tap):
        return
    guild, typed = tap.interaction.guild, {name: tap.entered(name) for name in _FIELDS}
    spoken = tap.catalogues.localizer((tap.interaction.guild_locale or tap.interaction.locale).value)
    info = await tap.services.councils.setup(
        tap.actor,
        guild=tap.interaction.guild_id or 0,
        channel=tap.channel,
        name=typed["name"],
        language=spoken.language,
        preset=typed["preset"],
        round_length=typed["length"],
        secrecy=tap.id.secrecy,
        voter_role=_role(typed["voters"], guild),
        chair_role=_role(typed["chairs"], guild),
    )
    # For everybody in the channel, in the council's language: this is where its members find the first buttons.
    await tap.reply(render_founded(info, spoken), ephemeral=False)


def setup_form(typed: Mapping[str, str], say: Localizer, *, secrecy: Secrecy) -> ui.Modal:
    """The form, filled in with `typed`: name, preset, length, voters and chairs (ids of roles, or "")."""
    form = ui.Modal(
        title=shorten(say.text("setup.title"), limits.FORM_TITLE), custom_id=str(SetupForm(secrecy=secrecy))
    )
    name = parts.TextInput(custom_id="name", default=shorten(typed["name"], NAME_LIMIT), max_length=NAME_LIMIT)
    length = parts.TextInput(custom_id="length", default=typed["length"], max_length=_LENGTH_LIMIT)
    form.add_item(parts.Label(text=say.text("setup.name"), component=name))
    form.add_item(
        parts.Label(
            text=say.text("setup.preset"),
            description=say.text("setup.preset.hint"),
            component=parts.Select(custom_id="preset", options=_preset_options(typed["preset"], say)),
        )
    )
    form.add_item(
        parts.Label(text=say.text("setup.length"), description=say.text("setup.length.hint"), component=length)
    )
    for field, text, hint in (
        ("voters", "setup.voters", "setup.voters.hint"),
        ("chairs", "setup.chairs", "setup.chairs.hint"),
    ):
        roles = _role_menu(field, typed[field])
        form.add_item(parts.Label(text=say.text(text), description=say.text(hint), component=roles))
    return form


def _preset_options(chosen: str, say: Localizer) -> list[discord.SelectOption]:
    chosen = chosen if chosen in PRESETS else META_REGIME.preset
    return [
        discord.SelectOption(
            label=shorten(say.text(f"preset.{preset}"), limits.OPTION),
            description=shorten(say.text(f"preset.{preset}.hint"), limits.OPTION),
            value=preset,
            default=preset == chosen,
        )
        for preset in PRESETS
    ]


def _role_menu(field: str, chosen: str) -> parts.RoleSelect:
    known = chosen.isascii() and chosen.isdigit()
    default = [discord.SelectDefaultValue(id=int(chosen), type=discord.SelectDefaultValueType.role)] if known else []
    return parts.RoleSelect(custom_id=field, required=False, min_values=0, max_values=1, default_values=default)


def _role(chosen: str, guild: discord.Guild | None) -> RoleId | None:
    """The server's role of that id; None for none, and for the one that everybody holds."""
    roles = () if guild is None else guild.roles
    return next((RoleId(role.id) for role in roles if str(role.id) == chosen and not role.is_default()), None)
