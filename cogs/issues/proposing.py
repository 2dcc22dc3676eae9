"""From an open form to an issue, or to what stands in its way."""

from typing import Any

from discord import Interaction

from cogs.custom_ids import PROPOSE_AGAIN
from cogs.interactions.desk import Desk, actor_of
from cogs.interactions.guard import open_form, reply
from cogs.interactions.telling import warn_of_silence
from cogs.showing.localizer import Localizer
from deliberation.ids import ChannelId, CouncilId
from deliberation.issues import choose_docket
from services.issues import Proposal

from .form import NOTHING, proposal_form
from .receipts import render_proposed, render_similar


async def open_proposal(
    interaction: Interaction, desk: Desk, council: CouncilId, say: Localizer, *, replaces: int | None = None
) -> None:
    """Open the form, with what the member typed before and did not get put up: `Try again` may be gone from sight.

    `replaces`: the number of the issue whose place the new one would take; None: the one that the draft names, if any.
    """
    draft = await desk.services.issues.draft(await channel_of_council(desk, council), actor_of(interaction))
    typed = NOTHING if draft is None else draft.fields
    kept = typed.get("replaces", "")
    form = proposal_form(council, say, typed=typed, replaces=replaces or (int(kept) if kept else None))
    await open_form(interaction, form, say=say, again=PROPOSE_AGAIN.build(council=council))


async def propose_anyway(interaction: Interaction, desk: Desk, council: CouncilId, say: Localizer) -> None:
    """Put the draft up although others are like it; the answer takes the question's place."""
    channel = await channel_of_council(desk, council)
    proposal = await desk.services.issues.propose_draft(channel, actor_of(interaction))
    await _answer(interaction, desk, say, proposal, edit=True)


async def submitted(interaction: Interaction, desk: Desk, say: Localizer, ids: Any, fields: dict[str, str]) -> None:
    """Take what the form brings."""
    proposal = await desk.services.issues.propose(
        await channel_of_council(desk, CouncilId(ids.council)),
        actor_of(interaction),
        title=fields.get("title", ""),
        action=fields.get("action", ""),
        why=fields.get("why", ""),
        replaces=ids.replaces,
    )
    await _answer(interaction, desk, say, proposal)


async def channel_of_council(desk: Desk, council: CouncilId) -> ChannelId:
    """Where the council sits: the form and its buttons may be used from a thread."""
    return (await desk.services.councils.get(council)).channel


async def _answer(
    interaction: Interaction, desk: Desk, say: Localizer, proposal: Proposal, *, edit: bool = False
) -> None:
    if proposal.issue is None:
        await reply(interaction, render_similar(proposal, say), edit=edit)
        return
    channel = proposal.council.channel
    _, issues = await desk.services.issues.list_in(channel)
    info = await desk.services.councils.info(channel)
    rules = proposal.council.rules
    next_docket = choose_docket(issues, limit=rules.docket_limit, seconds=rules.seconds)
    receipt = render_proposed(
        proposal.issue,
        say,
        where=channel,
        on_docket=any(issue.id == proposal.issue.id for issue in next_docket),
        opens_at=info.next_opens_at,
        seconds=proposal.issue.lacks_seconds(rules.seconds),
    )
    await reply(interaction, receipt, edit=edit)
    await warn_of_silence(interaction, say)
