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
from services.ports import NoticeKind

_SENTENCES = {
    NoticeKind.START_SKIPPED: "notice.start_skipped",
    NoticeKind.DOCKET_EMPTY: "notice.docket_empty",
    NoticeKind.NOBODY_ENTITLED: "notice.nobody_entitled",
    NoticeKind.SECRET_NEEDS_EQUALITY: "notice.secret_needs_equality",
    NoticeKind.VOTING_MISSED: "notice.voting_missed",
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
    if data["code"] == NoticeKind.RULES_CHANGED:
        return _rules_changed(data, say)
    if data["code"] == NoticeKind.RECORD_CONTRADICTED:
        return panel(say.text("notice.record_contradicted", what=f"`{shorten(str(data['what']), _LINE)}`"))
    at = when(datetime.fromtimestamp(int(data["opens_at"]), UTC))
    if data["code"] == NoticeKind.WINDOWS_MISSED:
        return panel(say.plural("notice.windows_missed", int(data["count"]), at=at))
    return panel(say.text(_SENTENCES[data["code"]], at=at))
