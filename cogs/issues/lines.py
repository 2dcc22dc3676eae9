"""The lines that say where an issue stands, for its card and for the full view alike. Every one is escaped already."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from cogs.showing.formatting import ballot_bar, category_icon, plain, when
from cogs.showing.localizer import Localizer
from cogs.showing.words import category_words, tally_words
from deliberation.categories import Category, Position
from deliberation.issues import Issue, IssueStatus
from deliberation.rounds import Round, RoundStatus
from deliberation.rules import Secrecy
from deliberation.rulings import Ruling, RulingCode
from deliberation.rulings.tallies import Tally
from services.issues import CardView

SEPARATOR = " · "
NO_BREAK = "\N{NO-BREAK SPACE}"

_COLOURS = {
    Category.INDEPENDENT: discord.Colour(0x2E9E5B),
    Category.ADJUSTMENT: discord.Colour(0xE0A800),
    Category.PROHIBITED: discord.Colour(0xD6453D),
}
_WITHDRAWN_COLOUR = discord.Colour(0x80848E)

_TREND_WORDS = {
    RulingCode.INQUORATE: "issues.trend.inquorate",
    RulingCode.VETOED: "issues.trend.vetoed",
    RulingCode.SUSTAINING: "issues.trend.sustaining",
    RulingCode.WAVERING: "issues.trend.wavering",
    RulingCode.HELD: "issues.trend.held",
}


def colour_of(issue: Issue) -> discord.Colour:
    """The colour of the box's edge: the category's, or grey once withdrawn."""
    return _COLOURS[issue.category] if issue.status is IssueStatus.OPEN else _WITHDRAWN_COLOUR


def headline(issue: Issue) -> str:
    """The issue's number and whole title, or that it is hidden."""
    return f"### #{issue.number} {'▒▒▒' if issue.status is IssueStatus.HIDDEN else plain(issue.text.title)}"


def name_of(issue: Issue, limit: int | None = None) -> str:
    """The issue's number and title in bold, as it is named inside a sentence or a list."""
    return f"**#{issue.number} {plain(issue.text.title, limit)}**"


def standing_line(view: CardView, say: Localizer, *, most: int) -> str:
    """The issue's category, whether it is withdrawn or under review, and its trend's last `most` parts, in small."""
    issue = view.issue
    if issue.status is not IssueStatus.OPEN:
        return f"-# {status_words(issue, say)}"
    parts = [f"**{category_words(issue.category, say)}**"]
    if issue.standing.under_review:
        parts.append(say.text("issues.under_review"))
    if issue.replaces is not None:
        parts.append(say.text("issues.replaces", number=issue.replaces))
    if view.merged:
        parts.append(say.text("issues.has_merged", numbers=", ".join(f"#{number}" for number in view.merged)))
    if issue.category is Category.PROHIBITED and not issue.standing.under_review and issue.seconders:
        parts.append(
            say.text("issues.review_asked", seconders=issue.seconders - 1, needed=view.council.rules.review_seconders)
        )
    version = [say.text("issues.version", version=issue.version)] if issue.version > 1 else []
    return f"-# {SEPARATOR.join([*parts, *trend_parts(view.trend, say, most=most), *version])}"


def status_words(issue: Issue, say: Localizer) -> str:
    """What became of an issue that is no longer under discussion."""
    return say.text(f"issues.status.{issue.status.value}")


def trend_parts(trend: Sequence[tuple[int, Ruling]], say: Localizer, *, most: int) -> list[str]:
    """The rulings of past rounds, the oldest first: moves one by one, like rulings in a row as one part."""
    if not trend:
        return [say.text("issues.trend.none")]
    stretches: list[_Stretch] = []
    for number, ruling in trend:
        last = stretches[-1] if stretches else None
        if last is not None and not ruling.moved and last.ruling.code is ruling.code:
            stretches[-1] = _Stretch(ruling, last.first, number)
        else:
            stretches.append(_Stretch(ruling, number, number))
    parts = [stretch.words(say) for stretch in stretches[-most:]]
    return ["…", *parts] if len(stretches) > most else parts


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rounds running with the same ruling."""

    ruling: Ruling
    first: int
    last: int

    def words(self, say: Localizer) -> str:
        if self.ruling.moved:
            before, after = self.ruling.before.category, self.ruling.after.category
            move = f"{category_icon(before)}→{category_icon(after)}"
            return say.text("issues.trend.moved", move=move, round=self.first)
        key = _TREND_WORDS[self.ruling.code]
        if self.first == self.last:
            return say.text(key, rounds=say.text("issues.trend.round", round=self.first))
        return say.text(key, rounds=say.text("issues.trend.rounds", first=self.first, last=self.last))


def tally_lines(tally: Tally, say: Localizer) -> list[str]:
    """A bar of the ballots cast, and how many seats took each position, in words, with their weight where seats differ
    in it; none where nobody voted."""
    voted = [position for position in Position if tally.counts[position].seats]
    figures = [tally_words(tally, position, say).replace(" ", NO_BREAK) for position in voted]
    return [ballot_bar(tally), f"-# {SEPARATOR.join(figures)}"] if figures else []


def votable_round(view: CardView) -> Round | None:
    """The open round in which the issue can be voted on: none once it is withdrawn."""
    return view.round if view.issue.status is IssueStatus.OPEN else None


def vote_lines(view: CardView, say: Localizer) -> list[str]:
    """The open round on this issue: the ballots as far as secrecy shows them, turnout, and the time left.

    Before the first ballot there is no bar: a card that is an hour old is redrawn at milestones alone (PRODUCT §4), and
    would go on showing nobody's vote.
    """
    round_ = votable_round(view)
    if round_ is None:
        return []
    if round_.status is RoundStatus.DEBATE:
        return [f"-# {say.text('issues.vote.debate', round=round_.number, opens=when(round_.opened_at, 'R'))}"]
    small = [say.text("issues.vote.round", round=round_.number)]
    if view.cast:
        small.append(say.text("issues.vote.turnout", cast=say.number(view.cast), entitled=say.number(view.entitled)))
    if view.tally is None:
        secret = round_.rules.secrecy is Secrecy.SECRET
        small.append(say.text("issues.vote.secret") if secret else say.text("issues.vote.sealed"))
    paused = round_.status is RoundStatus.PAUSED
    closes = say.text("issues.vote.closes", left=when(round_.closes_at, "R"))
    small.append(say.text("issues.vote.paused") if paused else closes)
    lines = [] if view.tally is None else tally_lines(view.tally, say)
    return [*lines, f"-# {SEPARATOR.join(small)}"]
