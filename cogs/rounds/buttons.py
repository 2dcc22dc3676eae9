"""The confirmations of a chair, and `Read all`."""

from cogs.custom_ids.rounds import CancelRound, CloseRound, ReadRound
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Tap
from cogs.interactions.telling import warn_of_silence
from deliberation.rounds import RoundStatus

from .answers import render_cancelled, render_closed, render_extended
from .full import render_result_page, render_round_page

routes = Routes()


@routes.button(CloseRound, for_chairs=True)
async def close_round(tap: Tap[CloseRound]) -> None:
    """Closes the round that the confirmation spoke of."""
    rounds = tap.services.rounds
    result = await rounds.close(tap.channel, tap.actor, tap.id.round)
    if result is None:
        await tap.reply(render_extended(await rounds.view(tap.id.round), tap.say), edit=True)
        return
    await tap.reply(render_closed(result, tap.say), edit=True)
    await warn_of_silence(tap)


@routes.button(CancelRound, for_chairs=True)
async def cancel_round(tap: Tap[CancelRound]) -> None:
    """Cancels the round that the confirmation spoke of."""
    view = await tap.services.rounds.cancel(tap.channel, tap.actor, tap.id.round)
    await tap.reply(render_cancelled(view, tap.say), edit=True)


@routes.button(ReadRound)
async def read_round(tap: Tap[ReadRound]) -> None:
    """Opens a page of a round: its docket while it runs, its result afterwards."""
    rounds, page = tap.services.rounds, tap.id.page
    view = await rounds.view(tap.id.round)
    if view.round.status is RoundStatus.CLOSED:
        shown = render_result_page(await rounds.result(tap.id.round), tap.say, page=page)
    else:
        shown = render_round_page(view, tap.say, page=page)
    await tap.reply(shown, edit=tap.own)
