"""Why an issue stands where it does, what would move it, and what other rules would have made of it."""

from cogs.interactions.context import Bot, context_of

from . import buttons


async def setup(bot: Bot) -> None:
    """Load the area."""
    context_of(bot).routes.include(buttons.routes)
