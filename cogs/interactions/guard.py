"""The one guard around every command, button, menu and form (ARCHITECTURE, decision 9).

What a member does is acknowledged in time; what the procedure refuses is answered in a sentence that says what to do
instead; anything else is answered with an apology and an incident code that stands in the log. discord.py swallows
errors in dynamic items and forgets forms when it restarts, so that taps and forms come here straight from the gateway.
"""

import base64
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any, cast

import discord
import structlog
from discord import app_commands

from cogs.custom_ids.grammar import CustomId, noun_of
from cogs.custom_ids.seats import TakeSeat
from cogs.showing import parts
from cogs.showing.choosing import render_chooser
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from deliberation.errors import DomainError
from deliberation.ids import CouncilId, IssueId, RoundId
from deliberation.seats import NoSeat, WhichSeat
from services.ports import StoreUnavailable

from .admission import require_admitted, require_chair
from .answering import AnswerLost, reply
from .context import asked, context_of, localizer_for
from .entered import fields_of
from .pacing import TooQuick
from .refreshing import refresh_message
from .refusals import CORRECTABLE, STALE, refusal
from .request import channel_of
from .routes import Route
from .tap import Picked, Sent
from .timing import answer_in_time, note_failure

_TOO_LATE = (10062, 10015, 50027, 40060)
"""Discord's codes for an interaction that ran out or was answered elsewhere: nothing can be said to it any more."""
_NO_ACCESS = (50001, 50013)

Work = Callable[[], Awaitable[None]]

_log = structlog.get_logger(__name__)


async def guarded(
    interaction: discord.Interaction[Any], work: Work, *, opens_form: bool = False, again: str | None = None
) -> None:
    """Await `work`; whatever it raises is answered. `again`: the custom id of the button that opens the form anew."""
    answer_in_time(interaction, opens_form=opens_form)
    try:
        if not await _is_too_quick(interaction):
            await work()
    except Exception as error:
        await answer_failure(interaction, error, again=again)


async def admitted(interaction: discord.Interaction[Any], *, opens_form: bool) -> bool:
    """Whether a command may go on, which is answered in time from now on. Where it may not, it has been answered."""
    answer_in_time(interaction, opens_form=opens_form)
    try:
        if await _is_too_quick(interaction):
            return False
        await require_admitted(interaction)
    except Exception as error:
        await answer_failure(interaction, error)
        return False
    return True


async def dispatch(interaction: discord.Interaction[Any]) -> None:
    """Hand a tap or a sent form to the area that registered it, by its custom id; commands are left to their tree."""
    is_form = interaction.type is discord.InteractionType.modal_submit
    if not is_form and interaction.type is not discord.InteractionType.component:
        return
    context, data = context_of(interaction), cast("dict[str, Any]", interaction.data)
    if not context.once.is_new(interaction.id):
        return
    found = context.routes.find(data["custom_id"])
    if found is None or not _fits(found[0], data, is_form=is_form):
        await guarded(interaction, lambda: answer_outdated(interaction))
        return
    route, custom_id = found
    again = None if route.again is None else str(route.again(custom_id))
    work = partial(_carry_out, interaction, route, custom_id)
    await guarded(interaction, work, opens_form=route.opens_form, again=again)


def _fits(route: Route, data: Mapping[str, Any], *, is_form: bool) -> bool:
    """Whether that came which the route answers: a form, something chosen from a menu, or a tap."""
    if is_form or route.given is Sent:
        return is_form and route.given is Sent
    return route.given is not Picked or bool(data.get("values"))


async def _carry_out(interaction: discord.Interaction[Any], route: Route, custom_id: CustomId) -> None:
    """Let the route answer; where the member holds several seats and a button's id names none, ask for which."""
    await _require_here(interaction, custom_id)
    if route.for_chairs:
        await require_chair(interaction)
    own = interaction.message is not None and interaction.message.flags.ephemeral
    tap = await asked(interaction, route.given, id=custom_id, own=own, **_brought(interaction, route))
    try:
        await route.handler(tap)
    except WhichSeat as error:
        if route.given is Sent or not custom_id.may_name("seat"):
            raise
        await tap.reply(render_chooser(error, tap.say, lambda seat: custom_id.changed(seat=seat)))


def _brought(interaction: discord.Interaction[Any], route: Route) -> Mapping[str, Any]:
    """What came with the tap."""
    data = cast("dict[str, Any]", interaction.data)
    if route.given is Picked:
        return {"chosen": str(data["values"][0])}
    return {"fields": fields_of(data)} if route.given is Sent else {}


async def _require_here(interaction: discord.Interaction[Any], custom_id: CustomId) -> None:
    """Raises NotHere where the id names something of another channel's council: it is the client's word."""
    await context_of(interaction).services.places.require(
        channel_of(interaction),
        council=custom_id.named(CouncilId),
        round=custom_id.named(RoundId),
        issue=custom_id.named(IssueId),
    )


async def _is_too_quick(interaction: discord.Interaction[Any]) -> bool:
    """Whether the member has to wait; it is told for how long, without asking the store anything."""
    wait = context_of(interaction).pacing.wait(interaction.user.id)
    if wait <= 0:
        return False
    error = TooQuick(again_at=interaction.created_at + timedelta(seconds=wait + 1))
    await reply(interaction, panel(refusal(error, _spoken(interaction))))
    return True


async def answer_outdated(interaction: discord.Interaction[Any]) -> None:
    """Say that the message or form is from before an update, and have the message redrawn."""
    say = await localizer_for(interaction)
    redrawn = await refresh_message(interaction)
    await reply(interaction, panel(say.text("outdated.redrawn" if redrawn else "outdated")))


def incident_code(interaction_id: int) -> str:
    """Eight characters that name one interaction, in an apology and in the log."""
    return base64.b32encode(hashlib.blake2b(str(interaction_id).encode(), digest_size=5).digest()).decode()


async def answer_failure(interaction: discord.Interaction[Any], error: Exception, *, again: str | None = None) -> None:
    """Answer what went wrong: refused, unforeseen, or beyond an answer."""
    error = _cause(error)
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


def _cause(error: Exception) -> Exception:
    """What a command's own code raised, while it ran or while it read an option."""
    if isinstance(error, app_commands.CommandInvokeError):
        return error.original
    if isinstance(error, app_commands.TransformerError) and isinstance(error.__cause__, DomainError):
        return error.__cause__
    return error


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
    guild = interaction.guild
    text = refusal(error, say, has_role=lambda role: guild is None or guild.get_role(role) is not None)
    ways: list[parts.Item] = []
    if again and isinstance(error, CORRECTABLE):
        ways.append(_way(say.text("form.again"), again))
    if isinstance(error, NoSeat) and error.params.get("open_seating"):
        council = await context_of(interaction).services.councils.find_in(channel_of(interaction))
        if council is not None:
            ways.append(_way(say.text("way.take_seat"), str(TakeSeat(council=council.id))))
    await reply(interaction, panel(text, rows=[ways]))
    if isinstance(error, STALE):
        await refresh_message(interaction)


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
    return context_of(interaction).catalogues.localizer(interaction.locale.value)


def _way(label: str, custom_id: str) -> parts.Button:
    return parts.Button(style=discord.ButtonStyle.primary, label=label, custom_id=custom_id)


def used_by(interaction: discord.Interaction[Any]) -> str:
    """What was used: a button's or form's noun, or a command's name; never what was typed, and no ballot's position."""
    data = cast("dict[str, Any]", interaction.data or {})
    return noun_of(str(data.get("custom_id") or "")) or str(data.get("name") or "")
