"""From an open form to an issue, or to what stands in its way."""

from cogs.custom_ids.issues import ProposalForm, Propose, ProposeAgain, ProposeAnyway
from cogs.interactions.request import Request
from cogs.interactions.routes import Routes
from cogs.interactions.tap import Sent, Tap
from cogs.interactions.telling import warn_of_silence
from deliberation.ids import ChannelId, CouncilId
from deliberation.issues import choose_docket
from services.issues import Proposal

from .form import NOTHING, proposal_form
from .receipts import render_proposed, render_similar

routes = Routes()


@routes.button(Propose, opens_form=True)
async def propose(tap: Tap[Propose]) -> None:
    """Opens the form for a new issue."""
    await open_proposal(tap, tap.id.council)


@routes.button(ProposeAgain, opens_form=True)
async def propose_again(tap: Tap[ProposeAgain]) -> None:
    """Opens the form with what was typed before: `Try again` and `Edit`."""
    await open_proposal(tap, tap.id.council)


@routes.button(ProposeAnyway)
async def propose_anyway(tap: Tap[ProposeAnyway]) -> None:
    """Puts the draft up although others are like it; the answer takes the question's place."""
    channel = await _channel_of(tap, tap.id.council)
    await _answer(tap, await tap.services.issues.propose_draft(channel, tap.actor), edit=True)


@routes.form(ProposalForm, again=lambda form: ProposeAgain(council=form.council))
async def put_up(tap: Sent[ProposalForm]) -> None:
    """Takes what the form brings."""
    proposal = await tap.services.issues.propose(
        await _channel_of(tap, tap.id.council),
        tap.actor,
        title=tap.entered("title"),
        action=tap.entered("action"),
        why=tap.entered("why"),
        replaces=tap.id.replaces,
    )
    await _answer(tap, proposal)


async def open_proposal(request: Request, council: CouncilId, *, replaces: int | None = None) -> None:
    """Open the form, with what the member typed before and did not get put up: `Try again` may be gone from sight.

    `replaces`: the number of the issue whose place the new one would take; None: the one that the draft names, if any.
    """
    draft = await request.services.issues.draft(await _channel_of(request, council), request.actor)
    typed = NOTHING if draft is None else draft.fields
    kept = typed.get("replaces", "")
    form = proposal_form(council, request.say, typed=typed, replaces=replaces or (int(kept) if kept else None))
    await request.open_form(form, again=ProposeAgain(council=council))


async def _channel_of(request: Request, council: CouncilId) -> ChannelId:
    """Where the council sits: the form and its buttons may be used from a thread."""
    return (await request.services.councils.get(council)).channel


async def _answer(request: Request, proposal: Proposal, *, edit: bool = False) -> None:
    if proposal.issue is None:
        await request.reply(render_similar(proposal, request.say), edit=edit)
        return
    channel = proposal.council.channel
    _, issues = await request.services.issues.list_in(channel)
    info = await request.services.councils.info(channel)
    rules = proposal.council.rules
    next_docket = choose_docket(issues, limit=rules.docket_limit, seconders=rules.seconders)
    receipt = render_proposed(
        proposal.issue,
        request.say,
        where=channel,
        on_docket=any(issue.id == proposal.issue.id for issue in next_docket),
        opens_at=info.next_opens_at,
        seconders=proposal.issue.lacks_seconders(rules.seconders),
    )
    await request.reply(receipt, edit=edit)
    await warn_of_silence(request)
