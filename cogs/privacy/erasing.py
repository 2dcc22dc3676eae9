"""Having oneself erased: what goes, what stays and why, asked once with both ways to answer."""

from collections.abc import Callable
from typing import Any

import discord
from discord import Interaction, ui

from cogs.custom_ids import ERASE
from cogs.interactions.desk import Desk
from cogs.interactions.guard import GuardedButton, reply
from cogs.showing.formatting import moment, plain
from cogs.showing.localizer import Catalogues, Localizer
from cogs.showing.panels import panel
from deliberation.councils import Council
from deliberation.ids import PersonId
from deliberation.pseudonyms import ErasesAnother, tag
from deliberation.rounds import Round
from services.privacy import Erased, ErasurePreview

from .handing import render_nothing

ROUNDS_SHOWN = 5


def render_question(preview: ErasurePreview, asked: int, say: Localizer) -> ui.LayoutView:
    """What erasing does, and the two buttons that do it: for whoever asked, and nobody else."""
    held = [say.plural("privacy.count.councils", preview.councils), say.plural("privacy.count.seats", preview.seats)]
    goes = say.text("privacy.erase.goes", held=say.list_of(held))
    stays = say.text("privacy.erase.stays")
    buttons: list[ui.Item[Any]] = [
        ui.Button(
            style=discord.ButtonStyle.danger,
            label=say.text(f"privacy.erase.button.{words}"),
            custom_id=ERASE.build(asked=str(asked), words=words),
        )
        for words in ("keep", "erase")
    ]
    return panel(
        f"### {say.text('privacy.erase.title')}\n{goes}",
        stays,
        "\n".join([*_exceptions(preview, say), say.text("privacy.erase.outside")]),
        rows=[ui.TextDisplay(say.text("privacy.erase.choose")), buttons],
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


def _bound(council: Council, round_: Round, say: Localizer) -> str:
    name, closes = plain(council.name, 80), moment(round_.closes_at)
    return say.text("privacy.erase.round", number=round_.number, council=name, moment=closes)


def render_erased(erased: Erased, say: Localizer) -> ui.LayoutView:
    """It is done: what stands in the member's place, and what still is in force."""
    done = say.text("privacy.erased", name=say.text("member.former", tag=tag(erased.pseudonym)))
    words = [say.text("privacy.erased.words")] if erased.words else []
    return panel("\n".join([done, *words]), "\n".join(_exceptions(erased.preview, say)))


class ConfirmErasure(GuardedButton, template=ERASE):
    """Erases the member who asked, and presses."""

    async def act(self, interaction: Interaction, desk: Desk, say: Localizer, ids: Any) -> None:
        if ids.asked != str(interaction.user.id):
            raise ErasesAnother
        erased = await desk.services.privacy.erase(
            PersonId(interaction.user.id), words=ids.words == "erase", former=naming(desk.catalogues)
        )
        desk.services.people.forget(PersonId(interaction.user.id))
        # A second tap finds nobody left.
        done = render_nothing(say) if erased.preview.nothing else render_erased(erased, say)
        await reply(interaction, done, edit=True)


def naming(catalogues: Catalogues) -> Callable[[str, str], str]:
    """What a seat is called in its council's language once its holder is erased."""

    def former(language: str, number: str) -> str:
        return catalogues.localizer(language).text("member.former", tag=number)

    return former
