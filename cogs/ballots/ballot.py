"""One issue's ballot as its voter sees it: the text in short, where the issue stands, and the four buttons."""

from discord import ui

from cogs.showing import parts
from cogs.showing.ballot_buttons import ballot_row
from cogs.showing.formatting import plain, when
from cogs.showing.localizer import Localizer
from cogs.showing.rules_lines import abstaining_sentence
from cogs.showing.words import category_words, position_words
from deliberation.ids import SeatId
from deliberation.texts.invisible import shows
from services.issues import CardView

TITLE_SHOWN = 160
ACTION_SHOWN = 320
WHY_SHOWN = 180


def render_ballot(view: CardView, say: Localizer, *, seat: SeatId | None = None) -> ui.LayoutView:
    """One issue, ready to be voted on: always within Discord's limits, whatever the texts hold. `seat`: for which a
    member with several votes. Raises IssueWithdrawn, IssueMerged or IssueHidden once it takes no ballots any more."""
    view.issue.require_open()
    message = ui.LayoutView(timeout=None)
    message.add_item(ballot_box(view, say, seat=seat))
    message.stop()
    return message


def ballot_box(view: CardView, say: Localizer, *, note: str = "", seat: SeatId | None = None) -> parts.Container:
    """The ballot as one box; `note` stands beside the issue's category ("3 of 7 left")."""
    box = parts.Container(parts.TextDisplay("\n".join(_head_lines(view, say, note))))
    texts = [plain(_few_lines(view.issue.text.action), ACTION_SHOWN)]
    if view.issue.text.why:
        texts.append(say.text("ballot.why", why=plain(_few_lines(view.issue.text.why), WHY_SHOWN)))
    box.add_item(parts.TextDisplay("\n".join(texts)))
    if view.round is None:
        return box
    chosen = None if view.ballot is None else view.ballot.position
    if seat is not None and view.seat is not None:
        box.add_item(parts.TextDisplay(say.text("ballot.for_seat", seat=plain(view.seat.shown, 80))))
    if view.earlier:
        return box
    may_abstain = view.seat is None or view.seat.may_abstain
    row = ballot_row(
        view.round.id, view.issue.id, view.issue.version, say, chosen=chosen, seat=seat, may_abstain=may_abstain
    )
    box.add_item(row)
    box.add_item(parts.TextDisplay(f"-# {abstaining_sentence(view.round.rules, say)}"))
    return box


def _head_lines(view: CardView, say: Localizer, note: str) -> list[str]:
    small = [say.text("ballot.stands", category=category_words(view.issue.category, say))]
    if view.round is not None:
        small.append(say.text("ballot.closes", left=when(view.round.closes_at, "R")))
    if note:
        small.append(note)
    lines = [f"### #{view.issue.number} {plain(view.issue.text.title, TITLE_SHOWN)}", f"-# {' · '.join(small)}"]
    if view.earlier:
        lines.append(say.text("ballot.earlier"))
    elif view.ballot is not None:
        lines.append(say.text("ballot.own", position=position_words(view.ballot.position, say)))
    elif view.voted:
        lines.append(say.text("ballot.voted"))
    return lines


def _few_lines(text: str, most: int = 8) -> str:
    lines = [line for line in text.split("\n") if shows(line)]
    return "\n".join(lines) if len(lines) <= most else "\n".join([*lines[:most], "…"])
