"""What a chair is answered: a round opened, extended or scheduled, and what closing or cancelling would do."""

from datetime import datetime, timedelta

import discord
from discord import ui

from cogs.custom_ids.rounds import CancelRound, CloseRound, ReadRound
from cogs.showing import parts
from cogs.showing.formatting import moment, when
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.rulings import ruling_line
from deliberation.rounds import RoundStatus
from deliberation.rounds.schedules import EVERY_DAY, Schedule
from services.rounds import ResultView, RoundView, ScheduleView

_DAYS = (
    "weekday.monday",
    "weekday.tuesday",
    "weekday.wednesday",
    "weekday.thursday",
    "weekday.friday",
    "weekday.saturday",
    "weekday.sunday",
)


def render_opened(view: RoundView, say: Localizer) -> ui.LayoutView:
    """The receipt of an opened round."""
    round_ = view.round
    until = moment(round_.closes_at)
    if round_.status is RoundStatus.DEBATE:
        opens = moment(round_.opened_at)
        text = say.plural("round.announced", len(view.lines), number=round_.number, opens=opens, until=until)
        return panel(text, f"-# {say.text('round.opened.posted')}")
    text = say.plural("round.opened", len(view.lines), number=round_.number, until=until)
    return panel(text, f"-# {say.text('round.opened.posted')}")


def render_extended(view: RoundView, say: Localizer) -> ui.LayoutView:
    """The receipt of an extension."""
    return panel(say.text("round.extended", number=view.round.number, until=moment(view.round.closes_at)))


def render_paused(view: RoundView, say: Localizer) -> ui.LayoutView:
    """The receipt of a pause."""
    return panel(say.text("round.paused.receipt", number=view.round.number))


def render_resumed(view: RoundView, say: Localizer) -> ui.LayoutView:
    """The receipt of a resumption, with the new deadline."""
    return panel(say.text("round.resumed.receipt", number=view.round.number, until=moment(view.round.closes_at)))


def ask_close(view: RoundView, say: Localizer) -> ui.LayoutView:
    """What closing now would do, and the button that does it. Raises DebateUnderWay, RoundPaused or RoundIsOver."""
    round_ = view.round
    round_.require_closable()
    lines = [say.text("round.close.ask", number=round_.number, until=moment(round_.closes_at))]
    if waiting := view.entitled - view.complete:
        lines.append(say.plural("round.close.waiting", waiting))
    short = [
        line
        for line in view.lines
        if not line.entry.withdrawn and not round_.rules.quorum.met(line.cast, view.entitled)
    ]
    if short:
        lines.append(say.plural("round.close.short", len(short)))
    lines.append(say.text("round.close.final"))
    button = _danger(say.text("round.close.button", number=round_.number), str(CloseRound(round=round_.id)))
    return panel("\n".join(lines), rows=[[button]])


def ask_cancel(view: RoundView, say: Localizer) -> ui.LayoutView:
    """What cancelling would do, and the button that does it."""
    round_ = view.round
    button = _danger(say.text("round.cancel.button", number=round_.number), str(CancelRound(round=round_.id)))
    return panel(say.plural("round.cancel.ask", view.voted, number=round_.number), rows=[[button]])


def render_closed(view: ResultView, say: Localizer) -> ui.LayoutView:
    """The receipt of a close: the result itself is posted to the channel."""
    moved = [line for line in view.lines if line.ruling.moved]
    lines = [
        say.plural("round.closed.receipt", len(moved), number=view.round.number)
        if moved
        else say.text("round.closed.receipt.none", number=view.round.number)
    ]
    lines += [f"**#{line.entry.number}** {ruling_line(line.ruling, say, names=line.names)}" for line in moved]
    read_all = parts.Button(label=say.text("round.read_all"), custom_id=str(ReadRound(round=view.round.id, page=0)))
    return panel("\n".join(lines), rows=[[read_all]])


def render_cancelled(view: RoundView, say: Localizer) -> ui.LayoutView:
    """The receipt of a cancellation."""
    return panel(say.text("round.cancelled.receipt", number=view.round.number))


def render_scheduled(view: ScheduleView, say: Localizer) -> ui.LayoutView:
    """The receipt of a schedule, with its next window in the reader's own time."""
    window = say.text("schedule.next", opens=moment(view.opens_at), closes=when(view.closes_at))
    return panel(say.text("schedule.set", schedule=schedule_words(view.schedule, say)), window)


def render_unscheduled(say: Localizer, *, removed: bool) -> ui.LayoutView:
    """That no round opens by itself any more, or that none ever did."""
    return panel(say.text("schedule.removed") if removed else say.text("schedule.none"))


def render_no_round(say: Localizer, *, schedule: Schedule | None, next_opens_at: datetime | None) -> ui.LayoutView:
    """That no round is open, and when one will be."""
    lines = [say.text("round.none")]
    if schedule is not None and next_opens_at is not None:
        lines.append(say.text("round.next", at=moment(next_opens_at)))
        lines.append(f"-# {schedule_words(schedule, say)}")
    else:
        lines.append(say.text("round.none.open"))
    return panel("\n".join(lines))


def schedule_words(schedule: Schedule, say: Localizer) -> str:
    """The rule in words, by the clocks of its zone."""
    days = [say.text(_DAYS[day]) for day in sorted(schedule.weekdays)]
    named = say.text("weekday.every") if schedule.weekdays == EVERY_DAY else say.list_of(days)
    length = say.duration(timedelta(days=schedule.days) + schedule.extra)
    return say.text("schedule.words", days=named, time=f"{schedule.at:%H:%M}", zone=schedule.zone, length=length)


def _danger(label: str, custom_id: str) -> parts.Button:
    return parts.Button(style=discord.ButtonStyle.danger, label=label, custom_id=custom_id)
