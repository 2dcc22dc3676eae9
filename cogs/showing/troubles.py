"""What goes wrong in a council and what its chairs can do about it, in words."""

from discord import ui

from deliberation.councils import Council
from services.ports import TroubleKind
from services.posts import TroublesView

from .formatting import moment, plain
from .localizer import Localizer
from .panels import panel


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


def render_lost_channel(council: Council, say: Localizer) -> ui.LayoutView:
    """That the council's channel is gone, and what that means."""
    return panel(say.text("trouble.channel", council=plain(council.name)))
