"""Notices: a scheduled start that was not held, and why."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from discord import ui

from cogs.formatting import when
from cogs.localizer import Localizer
from cogs.panels import panel
from deliberation.councils import Council

_SENTENCES = {
    "start_skipped": "notice.start_skipped",
    "docket_empty": "notice.docket_empty",
    "nobody_entitled": "notice.nobody_entitled",
}


def render_notice(council: Council, data: Mapping[str, Any], say: Localizer) -> ui.LayoutView:
    """The notice in the council's language. `data`: the code, `opens_at` in epoch seconds, and for missed windows
    their `count`. Raises KeyError for a code that there is none of."""
    at = when(datetime.fromtimestamp(int(data["opens_at"]), UTC))
    if data["code"] == "windows_missed":
        return panel(say.plural("notice.windows_missed", int(data["count"]), at=at))
    return panel(say.text(_SENTENCES[data["code"]], at=at))
