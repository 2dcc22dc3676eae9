"""The rules in words with their consequences, and the forms in which chairs change them."""

from collections.abc import Mapping

import discord
from discord import ui
from discord.utils import as_chunks

from cogs import limits
from cogs.custom_ids.councils import ApplyPreset, EditRules, RulesForm, ShowRules
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Sent, Tap
from cogs.showing import parts
from cogs.showing.formatting import plain, shorten
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.rules_lines import changed_lines, consequence_lines, rules_lines
from deliberation.councils import Council
from deliberation.rules.changes import CHOICES, GROUPS
from services.councils import RulesChanged, RulesView

_LONG = ("criteria",)
PER_ROW = 3
_FIELD = 300
"""Characters that a setting takes."""

routes = Routes()


def render_rules(view: RulesView, say: Localizer, *, chair: bool) -> ui.LayoutView:
    """The rules, each in words, what follows from them in numbers, and for chairs a button for every group."""
    council, rules = view.council, view.council.rules
    title = say.text("council.rules", preset=say.text(f"preset.{rules.preset}"))
    law = "\n".join(f"- {line}" for line in rules_lines(rules, say))
    meaning = "\n".join(f"- {line}" for line in consequence_lines(rules, say))
    warnings = "\n".join(say.text(f"council.warning.{code}") for code in view.warnings)
    rows: list[list[parts.Item]] = []
    if chair and council.closed_at is None:
        buttons: list[parts.Item] = [
            parts.Button(
                label=say.text(f"rules.group.{each}"), custom_id=str(EditRules(council=council.id, group=each))
            )
            for each in GROUPS
        ]
        rows = list(as_chunks(buttons, PER_ROW))
    text = f"### {plain(council.name)}\n**{title}**\n{law}"
    return panel(text, f"**{say.text('rules.consequences')}**\n{meaning}", warnings, rows=rows)


def render_changed(changed: RulesChanged, say: Localizer) -> ui.LayoutView:
    """What is different from now on, line by line."""
    lines = changed_lines(changed.before, changed.council.rules, say)
    if not lines:
        return panel(say.text("rules.unchanged"))
    warnings = "\n".join(say.text(f"council.warning.{code}") for code in changed.warnings)
    text = "\n".join([say.text("rules.changed"), *(f"- {line}" for line in lines)])
    again = parts.Button(label=say.text("rules.show"), custom_id=str(ShowRules(council=changed.council.id)))
    return panel(text, warnings, f"-# {say.text('rules.changed.when')}", rows=[[again]])


def render_preview(preview: RulesChanged, preset: str, say: Localizer) -> ui.LayoutView:
    """What a preset would change, and the button that adopts it."""
    name = say.text(f"preset.{preset}")
    lines = changed_lines(preview.before, preview.council.rules, say)
    if not lines:
        return panel(say.text("preset.same", preset=name))
    head = say.text("preset.would_change", preset=name)
    adopt = parts.Button(
        style=discord.ButtonStyle.primary,
        label=say.text("preset.apply"),
        custom_id=str(ApplyPreset(council=preview.council.id, preset=preset)),
    )
    warnings = "\n".join(say.text(f"council.warning.{code}") for code in preview.warnings)
    return panel("\n".join([head, *(f"- {line}" for line in lines)]), warnings, rows=[[adopt]])


@routes.button(ShowRules)
async def show_rules(tap: Tap[ShowRules]) -> None:
    """Shows the rules again."""
    council = await tap.services.councils.get(tap.id.council)
    view = await tap.services.councils.rules(council.channel)
    await tap.reply(render_rules(view, tap.say, chair=council.is_chair(tap.actor)), edit=True)


@routes.button(EditRules, opens_form=True, for_chairs=True)
async def edit_rules(tap: Tap[EditRules]) -> None:
    """Opens the form of a group, holding what was refused before, else the rules as they are."""
    council, group = await tap.services.councils.get(tap.id.council), tap.id.group
    typed = await tap.services.councils.typed_rules(council, tap.actor, group)
    await tap.open_form(rules_form(council, group, typed, tap.say), again=tap.id)


@routes.button(ApplyPreset, for_chairs=True)
async def apply_preset(tap: Tap[ApplyPreset]) -> None:
    """Adopts the preset that was previewed."""
    council = await tap.services.councils.get(tap.id.council)
    changed = await tap.services.councils.apply_preset(council.channel, tap.actor, tap.id.preset)
    await tap.reply(render_changed(changed, tap.say), edit=True)


@routes.form(RulesForm, again=lambda form: EditRules(council=form.council, group=form.group), for_chairs=True)
async def change_rules(tap: Sent[RulesForm]) -> None:
    """Takes what the form brought; what is refused is kept for the next try."""
    group = tap.id.group
    typed = {name: tap.entered(name) for name in GROUPS[group] if name in tap.fields}
    council = await tap.services.councils.get(tap.id.council)
    changed = await tap.services.councils.change_rules(council.channel, tap.actor, group=group, typed=typed)
    await tap.reply(render_changed(changed, tap.say))


def rules_form(council: Council, group: str, typed: Mapping[str, str], say: Localizer) -> ui.Modal:
    """The form of one group of settings: choices as menus, the rest as text."""
    title = shorten(say.text(f"rules.group.{group}"), limits.FORM_TITLE)
    form = ui.Modal(title=title, custom_id=str(RulesForm(council=council.id, group=group)), timeout=None)
    for setting in GROUPS[group]:
        form.add_item(
            parts.Label(
                text=shorten(say.text(f"setting.{setting}"), limits.LABEL),
                description=shorten(say.text(f"setting.{setting}.hint"), limits.HINT),
                component=_component(setting, typed.get(setting, ""), say),
            )
        )
    form.stop()
    return form


def _component(setting: str, value: str, say: Localizer) -> parts.Select | parts.TextInput:
    if setting not in CHOICES:
        style = discord.TextStyle.paragraph if setting in _LONG else discord.TextStyle.short
        return parts.TextInput(
            custom_id=setting, style=style, default=value[:_FIELD] or None, required=False, max_length=_FIELD
        )
    options = [
        discord.SelectOption(label=say.text(f"choice.{choice}"), value=choice, default=choice == value)
        for choice in CHOICES[setting]
    ]
    return parts.Select(custom_id=setting, options=options)
