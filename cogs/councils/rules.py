"""The rules in words with their consequences, and the forms in which chairs change them."""

from collections.abc import Mapping
from typing import Any

import discord
from discord import Interaction, ui

from cogs.custom_ids import PRESET_APPLY, RULES, RULES_EDIT, RULES_FORM
from cogs.interactions.desk import Desk, actor_of
from cogs.interactions.forms import Fields
from cogs.interactions.guard import GuardedButton, open_form, reply
from cogs.showing.formatting import plain, shorten
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.rules_lines import changed_lines, consequence_lines, rules_lines
from deliberation.councils import Council
from deliberation.errors import DomainError
from deliberation.ids import CouncilId, PersonId
from deliberation.rule_changes import CHOICES, GROUPS, written
from services.councils import RulesChanged, RulesView

_TITLE_LIMIT = 45
_LABEL_LIMIT = 45
_HINT_LIMIT = 100
_DRAFT = "rules"
_LONG = ("criteria",)
PER_ROW = 3


def render_rules(view: RulesView, say: Localizer, *, chair: bool) -> ui.LayoutView:
    """The rules, each in words, what follows from them in numbers, and for chairs a button for every group."""
    council, rules = view.council, view.council.rules
    title = say.text("council.rules", preset=say.text(f"preset.{rules.preset}"))
    law = "\n".join(f"- {line}" for line in rules_lines(rules, say))
    meaning = "\n".join(f"- {line}" for line in consequence_lines(rules, say))
    warnings = "\n".join(say.text(f"council.warning.{code}") for code in view.warnings)
    rows: list[list[ui.Item]] = []
    if chair and council.closed_at is None:
        buttons: list[ui.Item] = [
            ui.Button(label=say.text(f"rules.group.{each}"), custom_id=RULES_EDIT.build(council=council.id, group=each))
            for each in GROUPS
        ]
        rows = [buttons[start : start + PER_ROW] for start in range(0, len(buttons), PER_ROW)]
    text = f"### {plain(council.name)}\n**{title}**\n{law}"
    return panel(text, f"**{say.text('rules.consequences')}**\n{meaning}", warnings, rows=rows)


def render_changed(changed: RulesChanged, say: Localizer) -> ui.LayoutView:
    """What is different from now on, line by line."""
    lines = changed_lines(changed.before, changed.council.rules, say)
    if not lines:
        return panel(say.text("rules.unchanged"))
    warnings = "\n".join(say.text(f"council.warning.{code}") for code in changed.warnings)
    text = "\n".join([say.text("rules.changed"), *(f"- {line}" for line in lines)])
    again = ui.Button(label=say.text("rules.show"), custom_id=RULES.build(council=changed.council.id))
    return panel(text, warnings, f"-# {say.text('rules.changed.when')}", rows=[[again]])


def render_preview(preview: RulesChanged, preset: str, say: Localizer) -> ui.LayoutView:
    """What a preset would change, and the button that adopts it."""
    name = say.text(f"preset.{preset}")
    lines = changed_lines(preview.before, preview.council.rules, say)
    if not lines:
        return panel(say.text("preset.same", preset=name))
    head = say.text("preset.would_change", preset=name)
    adopt = ui.Button(
        style=discord.ButtonStyle.primary,
        label=say.text("preset.apply"),
        custom_id=PRESET_APPLY.build(council=preview.council.id, preset=preset),
    )
    warnings = "\n".join(say.text(f"council.warning.{code}") for code in preview.warnings)
    return panel("\n".join([head, *(f"- {line}" for line in lines)]), warnings, rows=[[adopt]])


class ShowRules(GuardedButton, template=RULES):
    """Shows the rules again."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        council = await desk.services.councils.get(CouncilId(ids.council))
        view = await desk.services.councils.rules(council.channel)
        chair = council.is_chair(actor_of(interaction))
        await reply(interaction, render_rules(view, say, chair=chair), edit=True)


class EditRules(GuardedButton, template=RULES_EDIT):
    """Opens the form of a group, holding what was refused before, else the rules as they are."""

    opens_form = True
    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        council = await desk.services.councils.get(CouncilId(ids.council))
        draft = await desk.services.people.find_draft(
            council=council.id, person=PersonId(interaction.user.id), kind=_DRAFT, subject=_subject(ids.group)
        )
        typed = dict(written(council.rules, ids.group)) | (dict(draft.fields) if draft is not None else {})
        form = rules_form(council, ids.group, typed, say)
        await open_form(interaction, form, say=say, again=RULES_EDIT.build(council=council.id, group=ids.group))


class ApplyPreset(GuardedButton, template=PRESET_APPLY):
    """Adopts the preset that was previewed."""

    for_chairs = True

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        council = await desk.services.councils.get(CouncilId(ids.council))
        changed = await desk.services.councils.apply_preset(council.channel, actor_of(interaction), ids.preset)
        await reply(interaction, render_changed(changed, say), edit=True)


async def submitted_rules(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: Fields) -> None:
    """Take what the form brought; what is refused is kept for the next try."""
    listed = {name: fields[name] for name in GROUPS[ids.group] if name in fields}
    typed = {name: value if isinstance(value, str) else next(iter(value), "") for name, value in listed.items()}
    council = await desk.services.councils.get(CouncilId(ids.council))
    person, subject = PersonId(interaction.user.id), _subject(ids.group)
    try:
        changed = await desk.services.councils.change_rules(
            council.channel, actor_of(interaction), group=ids.group, typed=typed
        )
    except DomainError:
        await desk.services.people.keep_draft(
            council=council.id, person=person, kind=_DRAFT, subject=subject, fields=typed
        )
        raise
    await desk.services.people.drop_draft(council=council.id, person=person, kind=_DRAFT, subject=subject)
    await reply(interaction, render_changed(changed, say))


def rules_form(council: Council, group: str, typed: Mapping[str, str], say: Localizer) -> ui.Modal:
    """The form of one group of settings: choices as menus, the rest as text."""
    title = shorten(say.text(f"rules.group.{group}"), _TITLE_LIMIT)
    form = ui.Modal(title=title, custom_id=RULES_FORM.build(council=council.id, group=group), timeout=None)
    for setting in GROUPS[group]:
        form.add_item(
            ui.Label(
                text=shorten(say.text(f"setting.{setting}"), _LABEL_LIMIT),
                description=shorten(say.text(f"setting.{setting}.hint"), _HINT_LIMIT),
                component=_component(setting, typed.get(setting, ""), say),
            )
        )
    form.stop()
    return form


def _component(setting: str, value: str, say: Localizer) -> ui.Select[Any] | ui.TextInput[Any]:
    if setting not in CHOICES:
        style = discord.TextStyle.paragraph if setting in _LONG else discord.TextStyle.short
        return ui.TextInput(custom_id=setting, style=style, default=value[:300] or None, required=False, max_length=300)
    options = [
        discord.SelectOption(label=say.text(f"choice.{choice}"), value=choice, default=choice == value)
        for choice in CHOICES[setting]
    ]
    return ui.Select(custom_id=setting, options=options)


def _subject(group: str) -> int:
    return list(GROUPS).index(group)
