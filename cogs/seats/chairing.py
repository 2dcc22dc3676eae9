"""`/seat add|assign|set|remove|bar|fill|import`, for chairs."""

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_CHAIRS
from cogs.interactions.desk import actor_of, channel_of, desk_of, localizer_for
from cogs.interactions.guard import OPENS_FORM, reply
from cogs.options.seat import seat_meant, suggest_seat
from cogs.showing.countries import country_names, find_countries, find_country
from deliberation.ids import PersonId
from deliberation.seats import NoSuchCountry
from services.ports import Delegation

from .importing import import_file, open_import
from .receipts import (
    ask_removal,
    render_added,
    render_assigned,
    render_barred,
    render_changed,
    render_filled,
    render_nothing_named,
)

Weight = app_commands.Range[int, 0, 900_000_000_000]


class ChairCommands(commands.GroupCog):
    """What chairs do with seats."""

    @app_commands.command(extras=FOR_CHAIRS)
    async def add(
        self,
        interaction: Interaction,
        country: str | None = None,
        name: str | None = None,
        member: discord.User | None = None,
        weight: Weight = 1,
        veto: bool = False,
        observer: bool = False,
    ) -> None:
        """Add a seat: a country's, a named delegation's, or a member's own."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        actor, seating = actor_of(interaction), desk.services.seating
        council = await desk.services.councils.in_channel(channel)
        if not country and not name:
            if member is None:
                await reply(interaction, render_nothing_named(say))
                return
            receipt = await seating.add_person(
                channel,
                actor,
                PersonId(member.id),
                member.display_name,
                weight=weight,
                veto=veto,
                observer=observer,
            )
            await reply(interaction, render_added(receipt, say))
            return
        code = _code(country, council.language)
        delegation = Delegation(
            name=name or country_names(council.language)[code or ""],
            country=code,
            holders=() if member is None else (PersonId(member.id),),
            weight=weight,
            veto=veto,
            observer=observer,
        )
        await reply(interaction, render_added(await seating.add(channel, actor, [delegation]), say))

    @add.autocomplete("country")
    async def _suggest_country(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Countries by name, in the member's language and the council's."""
        council = await desk_of(interaction).services.councils.find_in(channel_of(interaction))
        say = await localizer_for(interaction)
        languages = [say.language] if council is None else [council.language, say.language]
        return [app_commands.Choice(name=label[:100], value=code) for code, label in find_countries(typed, *languages)]

    @app_commands.command(extras=FOR_CHAIRS)
    @app_commands.autocomplete(seat=suggest_seat)
    async def assign(self, interaction: Interaction, seat: str, member: discord.User, remove: bool = False) -> None:
        """Let a member hold a seat, besides those who do, or no longer."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        change = desk.services.seating.unassign if remove else desk.services.seating.assign
        meant = await seat_meant(desk, channel, seat)
        receipt = await change(channel, actor_of(interaction), meant, PersonId(member.id))
        await reply(interaction, render_assigned(receipt, member.mention, say, removed=remove))

    @app_commands.command(name="set", extras=FOR_CHAIRS)
    @app_commands.autocomplete(seat=suggest_seat)
    async def set_(
        self,
        interaction: Interaction,
        seat: str,
        weight: Weight | None = None,
        veto: bool | None = None,
        observer: bool | None = None,
        present_and_voting: bool | None = None,
    ) -> None:
        """Change a seat's weight and powers from the next round on."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        receipt = await desk.services.seating.change(
            channel,
            actor_of(interaction),
            await seat_meant(desk, channel, seat),
            weight=weight,
            veto=veto,
            observer=observer,
            may_abstain=None if present_and_voting is None else not present_and_voting,
        )
        await reply(interaction, render_changed(receipt, say))

    @app_commands.command(extras=FOR_CHAIRS)
    @app_commands.autocomplete(seat=suggest_seat)
    async def remove(self, interaction: Interaction, seat: str) -> None:
        """Ask for confirmation, with what removing the seat would do."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        meant = await seat_meant(desk, channel, seat)
        listed = await desk.services.seats.list_in(channel, actor_of(interaction))
        status = await desk.services.rounds.status(channel)
        await reply(interaction, ask_removal(listed, meant, say, running=status is not None))

    @app_commands.command(extras=FOR_CHAIRS)
    async def bar(self, interaction: Interaction, member: discord.User, lift: bool = False) -> None:
        """Keep a member from holding a seat, or no longer."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        change = desk.services.seating.unbar if lift else desk.services.seating.bar
        receipt = await change(channel, actor_of(interaction), PersonId(member.id))
        await reply(interaction, render_barred(receipt, member.mention, say, lifted=lift))

    @app_commands.command(extras=FOR_CHAIRS)
    @app_commands.choices(
        seating=[app_commands.Choice(name=key, value=key) for key in ("security-council", "eu", "un", "g20", "p5")]
    )
    async def fill(self, interaction: Interaction, seating: str) -> None:
        """Seat a ready-made seating."""
        desk, say, channel = desk_of(interaction), await localizer_for(interaction), channel_of(interaction)
        council = await desk.services.councils.in_channel(channel)
        names = country_names(council.language)
        receipt = await desk.services.seating.fill(channel, actor_of(interaction), seating, names)
        await reply(interaction, render_filled(receipt, say))

    @app_commands.command(name="import", extras=FOR_CHAIRS | OPENS_FORM)
    async def import_(self, interaction: Interaction, file: discord.Attachment | None = None) -> None:
        """Seat what a CSV lists: attached, or pasted into a form."""
        if file is None:
            await open_import(interaction)
        else:
            await import_file(interaction, file)


def _code(country: str | None, language: str) -> str | None:
    """The code of a country as typed or chosen. Raises NoSuchCountry where none, or more than one, goes by that."""
    if not country:
        return None
    code = find_country(country, language)
    if code is None:
        raise NoSuchCountry(given=country)
    return code
