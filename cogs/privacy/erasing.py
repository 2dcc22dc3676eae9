"""Having oneself erased: what goes, what stays and why, asked once with both ways to answer."""

from collections.abc import Callable
from typing import Literal

import discord
from discord import ui

from cogs.custom_ids.people import EraseMember
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Tap
from cogs.showing import parts
from cogs.showing.formatting import moment, plain
from cogs.showing.localizer import Catalogues, Localizer
from cogs.showing.panels import panel
from deliberation.ids import PersonId
from deliberation.pseudonyms import tag
from services.privacy import Erased, ErasurePreview

from .handing import render_nothing

ROUNDS_SHOWN = 5

routes = Routes()


def render_question(preview: ErasurePreview, asked: PersonId, say: Localizer) -> ui.LayoutView:
    """What erasing does, and the two buttons that do it: for whoever asked, and nobody else."""
    held = [say.plural("privacy.count.councils", preview.councils), say.plural("privacy.count.seats", preview.seats)]
    goes = say.text("privacy.erase.goes", held=say.list_of(held))
    stays = say.text("privacy.erase.stays")
    ways: tuple[Literal["keep", "erase"], ...] = ("keep", "erase")
    buttons: list[parts.Item] = [
        parts.Button(
            style=discord.ButtonStyle.danger,
            label=say.text(f"privacy.erase.button.{words}"),
            custom_id=str(EraseMember(asked=asked, words=words)),
        )
        for words in ways
    ]
    return panel(
        f"### {say.text('privacy.erase.title')}\n{goes}",
        stays,
        "\n".join([*_exceptions(preview, say), say.text("privacy.erase.outside")]),
        rows=[parts.TextDisplay(say.text("privacy.erase.choose")), buttons],
    )


def _exceptions(preview: ErasurePreview, say: Localizer) -> list[str]:
    """What is kept for a time, or in spite of it all."""
    lines = [
        say.text(
            "privacy.erase.round",
            number=round_.number,
            council=plain(council.name, 80),
            moment=moment(round_.closes_at),
        )
        for council, round_ in preview.rounds[:ROUNDS_SHOWN]
    ]
    if (more := len(preview.rounds) - ROUNDS_SHOWN) > 0:
        lines.append(say.plural("privacy.erase.rounds", more))
    return [*lines, say.text("privacy.erase.barred")] if preview.barred else lines


def render_erased(erased: Erased, say: Localizer) -> ui.LayoutView:
    """It is done: what stands in the member's place, and what still is in force."""
    done = say.text("privacy.erased", name=say.text("member.former", tag=tag(erased.pseudonym)))
    words = [say.text("privacy.erased.words")] if erased.words else []
    return panel("\n".join([done, *words]), "\n".join(_exceptions(erased.preview, say)))


@routes.button(EraseMember)
async def erase_member(tap: Tap[EraseMember]) -> None:
    """Erases the member who asked, and presses."""
    privacy, words = tap.services.privacy, tap.id.words == "erase"
    erased = await privacy.erase_self(tap.person, asked=tap.id.asked, words=words, former=naming(tap.catalogues))
    tap.services.people.forget(tap.person)
    # A second tap finds nobody left.
    done = render_nothing(tap.say) if erased.preview.nothing else render_erased(erased, tap.say)
    await tap.reply(done, edit=True)


def naming(catalogues: Catalogues) -> Callable[[str, str], str]:
    """What a seat is called in its council's language once its holder is erased."""

    def former(language: str, number: str) -> str:
        return catalogues.localizer(language).text("member.former", tag=number)

    return former
