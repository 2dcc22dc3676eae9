"""Notices: a scheduled start that was not held, and why; and rules that have changed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from discord import ui

from cogs.showing.formatting import shorten, when
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.rules_lines import changed_lines
from deliberation.codec import rules_from_data
from deliberation.councils import Council

_SENTENCES = {
    "start_skipped": "notice.start_skipped",
    "docket_empty": "notice.docket_empty",
    "nobody_entitled": "notice.nobody_entitled",
    "secret_needs_equality": "notice.secret_needs_equality",
    "voting_missed": "notice.voting_missed",
}


LINES_SHOWN = 12
_LINE = 300


def _rules_changed(data: Mapping[str, Any], say: Localizer) -> ui.LayoutView:
    """What holds from the next round on, and what no longer does."""
    lines = changed_lines(rules_from_data(data["before"]), rules_from_data(data["after"]), say)
    shown = [f"- {shorten(line, _LINE)}" for line in lines[:LINES_SHOWN]]
    return panel("\n".join([say.text("notice.rules_changed"), *shown]), f"-# {say.text('notice.rules_changed.when')}")


def render_notice(council: Council, data: Mapping[str, Any], say: Localizer) -> ui.LayoutView:
    """The notice in the council's language. `data`: the code, `opens_at` in epoch seconds, and for missed windows
    their `count`. Raises KeyError for a code that there is none of."""
    if data["code"] == "rules_changed":
        return _rules_changed(data, say)
    if data["code"] == "record_contradicted":
        return panel(say.text("notice.record_contradicted", what=f"`{shorten(str(data['what']), _LINE)}`"))
    at = when(datetime.fromtimestamp(int(data["opens_at"]), UTC))
    if data["code"] == "windows_missed":
        return panel(say.plural("notice.windows_missed", int(data["count"]), at=at))
    return panel(say.text(_SENTENCES[data["code"]], at=at))
