"""Help: what this is and how one votes, on one page."""

from discord import Interaction, app_commands
from discord.ext import commands

from cogs.interactions.context import request_of
from cogs.showing.panels import panel


class HelpCommands(commands.Cog):
    """The page for whoever is new."""

    @app_commands.command()
    async def help(self, interaction: Interaction) -> None:
        """Show the page."""
        request = await request_of(interaction)
        say = request.say
        await request.reply(
            panel(
                say.text("help.what"),
                say.text("help.vote"),
                say.text("help.ladder"),
                say.text("help.chair"),
                say.text("help.know"),
            )
        )


async def setup(bot: commands.Bot) -> None:
    """Load the area."""
    await bot.add_cog(HelpCommands())
