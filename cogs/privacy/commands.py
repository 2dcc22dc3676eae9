"""`/privacy export|erase`."""

import asyncio

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.context import request_of

from .erasing import render_question
from .export import attachments, document
from .handing import render_export, render_nothing


class Privacy(commands.GroupCog, group_name="privacy"):
    """What is kept about whoever asks, in every council on every server of this bot."""

    @app_commands.command()
    async def export(self, interaction: Interaction) -> None:
        """Hand out everything as a file, in parts where Discord takes no file of that size."""
        request = await request_of(interaction)
        data, say = await request.services.privacy.export(request.person), request.say
        if data.empty:
            await request.reply(render_nothing(say))
            return
        # Written in a thread: it may be a hundred thousand rows.
        whole = await asyncio.to_thread(document, data, say, at=interaction.created_at)
        files = await asyncio.to_thread(attachments, whole, limit=interaction.filesize_limit)
        for number, (name, content) in enumerate(files, 1):
            view, file = render_export(data, name, content, say, number=number, of=len(files))
            await request.reply(view, files=[file])

    @app_commands.command()
    async def erase(self, interaction: Interaction) -> None:
        """Say what would be erased and what stays, and ask."""
        request = await request_of(interaction)
        preview = await request.services.privacy.preview(request.person)
        if preview.nothing:
            await request.reply(render_nothing(request.say))
            return
        await request.reply(render_question(preview, request.person, request.say))
