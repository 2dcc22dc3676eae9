"""The explanation of an issue in three tabs: the arithmetic, what would move it, and the ballots under other rules."""

from collections.abc import Iterable

import discord
from discord import ui

from cogs.custom_ids.issues import Explain
from cogs.showing import parts
from cogs.showing.formatting import category_icon, moment, plain
from cogs.showing.localizer import Localizer
from cogs.showing.panels import panel
from cogs.showing.rulings import ruling_line, ruling_sentence
from cogs.showing.words import category_name, needed_share
from deliberation.rules import Measure
from deliberation.rules.presets import adopted
from deliberation.rulings import CriterionFigures, Ruling, RulingCode
from deliberation.rulings.movement import Movement
from services.issues import Explanation

TABS = ("why", "move", "rules")
TITLE_SHOWN = 100


def render_explanation(explained: Explanation, tab: str, say: Localizer) -> ui.LayoutView:
    """One tab of the explanation, and the way to the others."""
    issue = explained.issue
    head = f"### #{issue.number} {plain(issue.text.title, TITLE_SHOWN)}"
    if explained.ruling is None:
        return panel(head, _unexplained(explained, say))
    when = _which_round(explained, say)
    lines = {"why": _why, "move": _move, "rules": _compare}[tab](explained, explained.ruling, say)
    buttons: list[parts.Item] = [
        parts.Button(
            style=discord.ButtonStyle.primary if each == tab else discord.ButtonStyle.secondary,
            label=say.text(f"explain.tab.{each}"),
            custom_id=str(Explain(issue=issue.id, view=each)),
        )
        for each in TABS
    ]
    return panel(f"{head}\n-# {when}", "\n".join(lines), rows=[buttons])


def _unexplained(explained: Explanation, say: Localizer) -> str:
    if explained.round is None:
        return say.text("explain.no_round")
    return say.text("explain.hidden", round=explained.round.number, closes=moment(explained.round.closes_at))


def _which_round(explained: Explanation, say: Localizer) -> str:
    number = 0 if explained.round is None else explained.round.number
    return say.text("explain.provisional" if explained.provisional else "explain.ruled", round=number)


def _why(explained: Explanation, ruling: Ruling, say: Localizer) -> list[str]:
    """The ruling's sentence, then every figure that decided it."""
    lines = [ruling_sentence(ruling, say, names=explained.names), ""]
    quorum = ruling.quorum
    if quorum.needed:
        key = "explain.quorum.met" if quorum.met else "explain.quorum.missed"
        figures = {"cast": quorum.cast, "entitled": quorum.entitled, "needed": quorum.needed}
        lines.append(_point(say.text(key, **figures), met=quorum.met))
    if ruling.test is not None:
        lines += [_criterion(figures, ruling, say) for figures in ruling.test.criteria]
    if ruling.vetoed_by:
        seats = say.list_of(plain(name) for name in _names(explained, ruling.vetoed_by, say))
        lines.append(_point(say.text("explain.veto", seats=seats), met=False))
    if ruling.sustained is not None and ruling.sustained.needed > 1:
        streak = ruling.sustained
        lines.append(say.text("explain.sustained", rounds=streak.rounds, needed=streak.needed))
    if ruling.floor is not None:
        floor = ruling.floor
        text = say.text("explain.floor", reached=floor.reached, of=floor.of, floor=str(floor.floor))
        lines.append(_point(text, met=not floor.below))
    return lines


def _criterion(figures: CriterionFigures, ruling: Ruling, say: Localizer) -> str:
    criterion = figures.criterion
    target = "" if ruling.test is None else category_name(ruling.test.target, say)
    measure = "seats" if criterion.measure is Measure.SEATS else "weight"
    text = say.text(
        f"explain.criterion.{measure}",
        target=target,
        reached=say.number(figures.reached),
        of=say.number(figures.of),
        base=say.text(f"explain.base.{criterion.base.value}"),
        share=needed_share(criterion.threshold, say),
        needed=say.number(figures.needed),
    )
    if figures.disregarded:
        text = f"{text} {say.text('explain.disregarded')}"
    return _point(text, met=figures.holds or figures.disregarded)


def _move(explained: Explanation, ruling: Ruling, say: Localizer) -> list[str]:
    """What the issue lacks for the next rung; at the top, how far it is from falling."""
    movement = explained.movement
    if movement is None:
        return [say.text("explain.no_round")]
    lines = list(_towards(explained, movement, say))
    if movement.floor is not None:
        name = category_name(ruling.before.category, say)
        lines.append(say.plural("explain.to_floor", movement.floor, category=name))
    return lines or [say.text("explain.nothing_moves")]


def _towards(explained: Explanation, movement: Movement, say: Localizer) -> Iterable[str]:
    if movement.target is None:
        return
    target = category_name(movement.target, say)
    if movement.out_of_reach:
        yield say.text("explain.out_of_reach", target=target)
    elif movement.silent_needed == 0:
        yield say.text("explain.met", target=target)
    elif movement.silent_needed is not None:
        yield say.plural("explain.silent", movement.silent_needed, target=target)
    elif movement.changes_needed is not None:
        yield say.plural("explain.changes", movement.changes_needed, target=target)
    if movement.vetoes:
        seats = say.list_of(plain(name) for name in _names(explained, movement.vetoes, say))
        yield say.text("explain.move.veto", seats=seats)
    if movement.quorum_missing:
        yield say.plural("explain.move.quorum", movement.quorum_missing)
    if movement.rounds_missing:
        yield say.plural("explain.move.rounds", movement.rounds_missing)


def _compare(explained: Explanation, ruling: Ruling, say: Localizer) -> list[str]:
    """The council's own ruling first, then what each preset would have ruled on the same ballots."""
    rules = explained.council.rules if explained.round is None else explained.round.rules
    lines = [_compared(say.text("explain.own_rules"), ruling, explained, say)]
    lines += [
        _compared(say.text(f"preset.{name}"), other, explained, say)
        for name, other in explained.compared
        if adopted(rules, name) != rules
    ]
    return [*lines, f"-# {say.text('explain.compared')}"]


def _compared(name: str, ruling: Ruling, explained: Explanation, say: Localizer) -> str:
    move = f" → {category_icon(ruling.after.category)}" if ruling.moved else ""
    mark = "✅" if ruling.code is RulingCode.PROMOTED else "⬇️" if ruling.code is RulingCode.RELEGATED else "▫️"
    line = ruling_line(ruling, say, names=explained.names)
    return f"{mark} **{name}**{move}\n-# {line}"


def _names(explained: Explanation, seats: Iterable[int], say: Localizer) -> list[str]:
    return [explained.names.get(seat) or say.text("explain.a_seat") for seat in seats]  # pyright: ignore[reportArgumentType, reportCallIssue]


def _point(text: str, *, met: bool) -> str:
    return f"{'✅' if met else '❌'} {text}"
