"""`/seat add|assign|set|remove|bar|fill|import`, for chairs."""

import discord
from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.admission import FOR_CHAIRS
from cogs.interactions.context import request_of
from cogs.interactions.tree import OPENS_FORM
from cogs.options.country import Country
from cogs.options.seat import AnySeat
from cogs.options.words import SeatingName
from cogs.showing.countries import country_names
from deliberation.ids import PersonId
from services.ports import Delegation

from .buttons import fill
from .importing import import_file, open_import
from .receipts import (
    ask_removal,
    render_added,
    render_assigned,
    render_barred,
    render_changed,
    render_nothing_named,
)

Weight = app_commands.Range[int, 0, 900_000_000_000]


class ChairCommands(commands.GroupCog):
    """What chairs do with seats."""

    @app_commands.command(extras=FOR_CHAIRS)
    async def add(
        self,
        interaction: Interaction,
        country: Country | None = None,
        name: str | None = None,
        member: discord.User | None = None,
        weight: Weight = 1,
        veto: bool = False,
        observer: bool = False,
    ) -> None:
        """Add a seat: a country's, a named delegation's, or a member's own."""
        request = await request_of(interaction)
        channel, actor, seating = request.channel, request.actor, request.services.seating
        language = (await request.services.councils.in_channel(channel)).language
        code = None if country is None else country.code(language)
        if code is not None or name:
            named = name or country_names(language)[code or ""]
            holders = () if member is None else (PersonId(member.id),)
            delegation = Delegation(
                name=named, country=code, holders=holders, weight=weight, veto=veto, observer=observer
            )
            receipt = await seating.add(channel, actor, [delegation])
        elif member is not None:
            receipt = await seating.add_person(
                channel,
                actor,
                PersonId(member.id),
                member.display_name,
                weight=weight,
                veto=veto,
                observer=observer,
            )
        else:
            await request.reply(render_nothing_named(request.say))
            return
        await request.reply(render_added(receipt, request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def assign(self, interaction: Interaction, seat: AnySeat, member: discord.User, remove: bool = False) -> None:
        """Let a member hold a seat, besides those who do, or no longer."""
        request = await request_of(interaction)
        seating = request.services.seating
        change = seating.unassign if remove else seating.assign
        meant = await seat.id_in(request)
        receipt = await change(request.channel, request.actor, meant, PersonId(member.id))
        await request.reply(render_assigned(receipt, member.mention, request.say, removed=remove))

    @app_commands.command(name="set", extras=FOR_CHAIRS)
    async def set_(
        self,
        interaction: Interaction,
        seat: AnySeat,
        weight: Weight | None = None,
        veto: bool | None = None,
        observer: bool | None = None,
        present_and_voting: bool | None = None,
    ) -> None:
        """Change a seat's weight and powers from the next round on."""
        request = await request_of(interaction)
        receipt = await request.services.seating.change(
            request.channel,
            request.actor,
            await seat.id_in(request),
            weight=weight,
            veto=veto,
            observer=observer,
            may_abstain=None if present_and_voting is None else not present_and_voting,
        )
        await request.reply(render_changed(receipt, request.say))

    @app_commands.command(extras=FOR_CHAIRS)
    async def remove(self, interaction: Interaction, seat: AnySeat) -> None:
        """Ask for confirmation, with what removing the seat would do."""
        request = await request_of(interaction)
        meant = await seat.id_in(request)
        listed = await request.services.seats.list_in(request.channel, request.actor)
        status = await request.services.rounds.status(request.channel)
        await request.reply(ask_removal(listed, meant, request.say, running=status is not None))

    @app_commands.command(extras=FOR_CHAIRS)
    async def bar(self, interaction: Interaction, member: discord.User, lift: bool = False) -> None:
        """Keep a member from holding a seat, or no longer."""
        request = await request_of(interaction)
        seating = request.services.seating
        change = seating.unbar if lift else seating.bar
        receipt = await change(request.channel, request.actor, PersonId(member.id))
        await request.reply(render_barred(receipt, member.mention, request.say, lifted=lift))

    @app_commands.command(extras=FOR_CHAIRS)
    async def fill(self, interaction: Interaction, seating: SeatingName) -> None:
        """Seat a ready-made seating."""
        await fill(await request_of(interaction), seating)

    @app_commands.command(name="import", extras=FOR_CHAIRS | OPENS_FORM)
    async def import_(self, interaction: Interaction, file: discord.Attachment | None = None) -> None:
        """Seat what a CSV lists: attached, or pasted into a form."""
        request = await request_of(interaction)
        if file is None:
            await open_import(request)
        else:
            await import_file(request, file)
