"""The one guard around every command, button, menu and form (ARCHITECTURE, decision 9).

What a member does is acknowledged in time; what the procedure refuses is answered in a sentence that says what to do
instead; anything else is answered with an apology and an incident code that stands in the log. discord.py swallows
errors in dynamic items and forgets forms when it restarts, so that taps and forms come here straight from the gateway.
"""

import base64
import hashlib
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, ClassVar, cast

import discord
import structlog
from discord import app_commands, ui

from cogs.custom_ids import NUMBER, OPTIONAL, SEAT_TAKE, Template, noun_of
from cogs.showing.choosing import render_chooser
from cogs.showing.localizer import SOURCE, Localizer
from cogs.showing.panels import panel
from deliberation.errors import DomainError
from deliberation.seats import NoSeat, WhichSeat
from services.ports import StoreUnavailable

from .admission import require_admitted, require_chair
from .answering import AnswerLost, answer_in_time, note_failure, open_form, reply
from .descriptions import describe
from .desk import Desk, channel_of, desk_of, localizer_for
from .forms import fields_of, mend
from .pacing import TooQuick
from .refreshing import refresh_message
from .refusals import CORRECTABLE, STALE, refusal

__all__ = [
    "OPENS_FORM",
    "GuardedButton",
    "GuardedItem",
    "GuardedSelect",
    "GuardedTree",
    "answer_outdated",
    "dispatch",
    "guarded",
    "open_form",
    "reply",
    "used_by",
]

OPENS_FORM = {"opens_form": True}
"""The `extras` of a command whose answer may be a form."""

_TOO_LATE = (10062, 10015, 50027, 40060)
"""Discord's codes for an interaction that ran out or was answered elsewhere: nothing can be said to it any more."""
_NO_ACCESS = (50001, 50013)

Work = Callable[[], Awaitable[None]]

_log = structlog.get_logger(__name__)


class ChoiceUnknown(DomainError):
    """What was chosen from a menu is none of what it offers."""

    code: ClassVar[str] = "choice_unknown"


async def guarded(
    interaction: discord.Interaction[Any], work: Work, *, opens_form: bool = False, again: str | None = None
) -> None:
    """Await `work`; whatever it raises is answered. `again`: the custom id of the button that opens the form anew."""
    answer_in_time(interaction, opens_form=opens_form)
    try:
        if not await _is_too_quick(interaction):
            await work()
    except Exception as error:
        await _answer(interaction, error, again=again)


class GuardedItem:
    """A button or menu, found by its custom id and guarded. What is drawn is a plain item with such an id.

    A class is made for a `Template`: its fields are the `ids` of `act`. `values`: what was chosen from a menu.
    `for_chairs`: it does nothing for anybody else.
    """

    opens_form: ClassVar[bool] = False
    for_chairs: ClassVar[bool] = False
    ids_template: ClassVar[Template]

    def __init_subclass__(cls, *, template: Template | None = None) -> None:
        if template is not None:
            cls.ids_template = template

    def __init__(self, values: Sequence[str] = ()) -> None:
        self.values = values

    async def answer(self, interaction: discord.Interaction[Any], ids: Any) -> None:
        """Answer a tap; where the member holds several seats and the id names none, ask for which."""
        template, desk = self.ids_template, desk_of(interaction)
        await _require_here(interaction, desk, template, ids)
        if self.for_chairs:
            await require_chair(interaction)
        say = await localizer_for(interaction)
        try:
            await self.act(interaction, desk, say, ids)
        except WhichSeat as error:
            if ("seat", OPTIONAL) not in template.fields:
                raise
            known: dict[str, Any] = ids._asdict()
            await reply(interaction, render_chooser(error, say, lambda seat: template.build(**known | {"seat": seat})))

    async def act(self, interaction: discord.Interaction[Any], desk: Desk, say: Localizer, ids: Any) -> None:
        """What a tap does."""
        raise NotImplementedError


class GuardedButton(GuardedItem):
    """A guarded button."""


class GuardedSelect(GuardedItem):
    """A guarded menu: something has been chosen from it. What, is the client's word, and to be checked like an id."""

    @property
    def chosen(self) -> str:
        return str(self.values[0])

    @property
    def number(self) -> int:
        """The number that was chosen. Raises ChoiceUnknown where it is none."""
        if not re.fullmatch(NUMBER, self.chosen):
            raise ChoiceUnknown
        return int(self.chosen)

    async def answer(self, interaction: discord.Interaction[Any], ids: Any) -> None:
        if not self.values:
            await answer_outdated(interaction)
            return
        await super().answer(interaction, ids)


class GuardedTree(app_commands.CommandTree[Any]):
    """The commands, guarded, and described from the catalogue."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        if interaction.type is discord.InteractionType.autocomplete:
            if too_quick := desk_of(interaction).pacing.wait(interaction.user.id, typing=True) > 0:
                await interaction.response.autocomplete([])
            return not too_quick
        if not desk_of(interaction).once.is_new(interaction.id):
            return False
        answer_in_time(interaction, opens_form=_may_open_form(interaction))
        if await _is_too_quick(interaction):
            return False
        try:
            await require_admitted(interaction)
        except Exception as error:
            await _answer(interaction, error)
            return False
        mend(interaction.data)
        return True

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        await _answer(interaction, error)

    async def sync(self, *, guild: discord.abc.Snowflake | None = None) -> list[app_commands.AppCommand]:
        describe(self.walk_commands(), desk_of(self.client).catalogues.localizer(SOURCE))
        return await super().sync(guild=guild)


async def dispatch(interaction: discord.Interaction[Any]) -> None:
    """Hand a tap or a sent form to the area that registered it, by its custom id; commands are left to their tree."""
    handlers = {
        discord.InteractionType.component: _dispatch_item,
        discord.InteractionType.modal_submit: _dispatch_form,
    }
    handler = handlers.get(interaction.type)
    if handler is not None and desk_of(interaction).once.is_new(interaction.id):
        await handler(interaction)


async def _dispatch_item(interaction: discord.Interaction[Any]) -> None:
    data = cast("dict[str, Any]", interaction.data)
    found = desk_of(interaction).items.find(data["custom_id"])
    if found is None:
        await guarded(interaction, lambda: answer_outdated(interaction))
        return
    item, ids = found
    tapped = item(data.get("values", ()))
    await guarded(interaction, lambda: tapped.answer(interaction, ids), opens_form=item.opens_form)


async def _dispatch_form(interaction: discord.Interaction[Any]) -> None:
    data = cast("dict[str, Any]", interaction.data)
    desk = desk_of(interaction)
    found = desk.forms.find(data["custom_id"])
    if found is None:
        await guarded(interaction, lambda: answer_outdated(interaction))
        return
    form, ids = found

    async def submitted() -> None:
        await _require_here(interaction, desk, form.template, ids)
        if form.for_chairs:
            await require_chair(interaction)
        await form.submitted(interaction, desk, await localizer_for(interaction), ids, fields_of(data))

    await guarded(interaction, submitted, again=form.again_id(ids))


async def _require_here(interaction: discord.Interaction[Any], desk: Desk, template: Template, ids: Any) -> None:
    """Raises NotHere where the ids name something of another channel's council: they are the client's word."""
    if template.places:
        named = {name: getattr(ids, name) for name in template.places}
        await desk.services.places.require(channel_of(interaction), **named)


async def _is_too_quick(interaction: discord.Interaction[Any]) -> bool:
    """Whether the member has to wait; it is told for how long, without asking the store anything."""
    desk = desk_of(interaction)
    wait = desk.pacing.wait(interaction.user.id)
    if wait <= 0:
        return False
    error = TooQuick(again_at=interaction.created_at + timedelta(seconds=wait + 1))
    await reply(interaction, panel(refusal(error, desk.catalogues.localizer(interaction.locale.value))))
    return True


async def answer_outdated(interaction: discord.Interaction[Any]) -> None:
    """Say that the message or form is from before an update, and have the message redrawn."""
    desk, say = desk_of(interaction), await localizer_for(interaction)
    redrawn = await refresh_message(interaction, desk, channel_of(interaction))
    await reply(interaction, panel(say.text("outdated.redrawn" if redrawn else "outdated")))


def incident_code(interaction_id: int) -> str:
    """Eight characters that name one interaction, in an apology and in the log."""
    return base64.b32encode(hashlib.blake2b(str(interaction_id).encode(), digest_size=5).digest()).decode()


async def _answer(interaction: discord.Interaction[Any], error: Exception, *, again: str | None = None) -> None:
    if isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    note_failure(interaction, error)
    try:
        if isinstance(error, DomainError):
            await _refuse(interaction, error, again)
        elif isinstance(error, StoreUnavailable):
            _log.warning("store_unavailable", interaction=interaction.id, error=str(error))
            await reply(interaction, panel(_spoken(interaction).text("bot.store_unavailable")))
        elif _unheard(error):
            _note_unheard(interaction, error)
        elif isinstance(error, discord.Forbidden) and error.code in _NO_ACCESS:
            _log.warning("permission_missing", channel=interaction.channel_id, error=str(error))
            await reply(interaction, panel((await _localizer(interaction)).text("bot.forbidden")))
        elif isinstance(error, app_commands.AppCommandError):
            _log.warning("command_does_not_fit", interaction=interaction.id, error=str(error))
            await reply(interaction, panel((await _localizer(interaction)).text("bot.command_changed")))
        else:
            await _apologise(interaction, error)
    except Exception as second:
        if _unheard(second):
            _note_unheard(interaction, second)
            return
        _log.error("no_answer", incident=incident_code(interaction.id), first=repr(error), exc_info=second)


def _unheard(error: Exception) -> bool:
    """Whether nothing can be said to the member any more. What was done stands; doing it again says so."""
    return isinstance(error, AnswerLost) or (isinstance(error, discord.HTTPException) and error.code in _TOO_LATE)


def _note_unheard(interaction: discord.Interaction[Any], error: Exception) -> None:
    """In the log, with the seconds since Discord passed the interaction on: past three, the program was held up."""
    about = {"interaction": interaction.id, "error": str(error)}
    seconds = round((discord.utils.utcnow() - interaction.created_at).total_seconds(), 1)
    if isinstance(error, AnswerLost):
        _log.warning("answer_lost", seconds=seconds, **about)
    else:
        _log.warning("answered_too_late", seconds=seconds, **about)


async def _refuse(interaction: discord.Interaction[Any], error: DomainError, again: str | None) -> None:
    say = await _localizer(interaction)
    desk, channel, guild = desk_of(interaction), channel_of(interaction), interaction.guild
    text = refusal(error, say, has_role=lambda role: guild is None or guild.get_role(role) is not None)
    ways: list[ui.Item[Any]] = []
    if again and isinstance(error, CORRECTABLE):
        ways.append(_way(say.text("form.again"), again))
    if isinstance(error, NoSeat) and error.params.get("open_seating"):
        council = await desk.services.councils.find_in(channel)
        if council is not None:
            ways.append(_way(say.text("way.take_seat"), SEAT_TAKE.build(council=council.id)))
    await reply(interaction, panel(text, rows=[ways]))
    if isinstance(error, STALE):
        await refresh_message(interaction, desk, channel)


async def _apologise(interaction: discord.Interaction[Any], error: Exception) -> None:
    code = incident_code(interaction.id)
    _log.error("incident", incident=code, channel=interaction.channel_id, data=used_by(interaction), exc_info=error)
    await reply(interaction, panel((await _localizer(interaction)).text("bot.incident", code=code)))


async def _localizer(interaction: discord.Interaction[Any]) -> Localizer:
    """As `localizer_for`; where the store fails, which may be what is being answered, Discord's language."""
    try:
        return await localizer_for(interaction)
    except Exception as error:
        _log.error("language_unknown", interaction=interaction.id, exc_info=error)
        return _spoken(interaction)


def _spoken(interaction: discord.Interaction[Any]) -> Localizer:
    """In the language of the member's Discord, for which nothing has to be looked up."""
    return desk_of(interaction).catalogues.localizer(interaction.locale.value)


def _way(label: str, custom_id: str) -> ui.Button[Any]:
    return ui.Button(style=discord.ButtonStyle.primary, label=label, custom_id=custom_id)


def _may_open_form(interaction: discord.Interaction[Any]) -> bool:
    command = interaction.command
    return isinstance(command, app_commands.Command) and bool(command.extras.get("opens_form"))


def used_by(interaction: discord.Interaction[Any]) -> str:
    """What was used: a button's or form's noun, or a command's name; never what was typed, and no ballot's position."""
    data = cast("dict[str, Any]", interaction.data or {})
    return noun_of(str(data.get("custom_id") or "")) or str(data.get("name") or "")
