"""What goes wrong in a council and what its chairs can do about it, in words."""

from typing import Any

import discord
from discord import ui

from deliberation.councils import Council
from services.ports import TroubleKind
from services.posts import TroublesView

from .answering import reply
from .desk import Desk, actor_of, channel_of
from .formatting import moment, plain
from .localizer import Localizer
from .panels import panel
from .permissions import missing_permissions


async def tell_troubles(interaction: discord.Interaction[Any], desk: Desk, say: Localizer) -> bool:
    """Say what goes wrong in the channel's council, where anything does; whether its round itself may be beyond
    reading. Raises NoCouncil."""
    found = await desk.services.troubles.of(channel_of(interaction))
    lines = trouble_lines(found, say, missing=missing_permissions(interaction.app_permissions, say))
    if lines:
        await reply(interaction, panel("\n".join(lines)))
    return TroubleKind.SETTLING in found.troubles


def trouble_lines(found: TroublesView, say: Localizer, *, missing: str) -> list[str]:
    """A sentence for each trouble. `missing`: the permissions that the bot lacks in the channel now."""
    lines: list[str] = []
    settling, record = found.troubles.get(TroubleKind.SETTLING), found.troubles.get(TroubleKind.RECORD)
    if settling is not None and settling.again_at is not None and record is not None:
        lines.append(say.text("trouble.record", what=f"`{plain(record.detail)}`", at=moment(settling.again_at)))
    elif settling is not None and settling.again_at is not None:
        lines.append(say.text("trouble.settling", code=settling.detail, at=moment(settling.again_at)))
    if missing:
        lines.append(say.text("permissions.missing", permissions=missing))
    if found.waiting:
        kinds = say.list_of(say.text(f"trouble.post.{kind.value}") for kind in found.waiting)
        back = not missing and TroubleKind.POSTING in found.troubles
        lines.append(say.text("trouble.posting_again" if back else "trouble.waiting", posts=kinds))
    return lines


async def tell_lost_channels(interaction: discord.Interaction[Any], desk: Desk) -> None:
    """After a chair's command: say which of the server's councils have lost their channel, to each council once."""
    lost = await desk.services.troubles.untold(interaction.guild_id or 0, actor_of(interaction))
    for council in lost:
        say = desk.catalogues.localizer(interaction.locale.value)
        await reply(interaction, render_lost_channel(council, say))
        await desk.services.troubles.told(council.id)


def render_lost_channel(council: Council, say: Localizer) -> ui.LayoutView:
    """That the council's channel is gone, and what that means."""
    return panel(say.text("trouble.channel", council=plain(council.name)))
