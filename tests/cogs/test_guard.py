"""The guard: every tap and form is answered once, in time, and never with a traceback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
from discord import ui
from structlog.testing import capture_logs

from cogs.custom_ids.ballots import CastBallot, OpenDocket, PickIssue
from cogs.custom_ids.issues import Propose
from cogs.custom_ids.rounds import CancelRound, CloseRound, ReadRound
from cogs.custom_ids.seats import TakeSeat
from cogs.interactions import callback
from cogs.interactions.guard import incident_code
from cogs.interactions.timing import SLOW, SLOW_BEFORE_FORM
from deliberation.categories import Position
from deliberation.ids import CouncilId, IssueId, RoundId
from services.ports import PostKind, StoreUnavailable
from tests.cogs.conftest import Discord
from tests.cogs.harness import Harness, buttons_of, text_of

COUNTER = ("tests.cogs.counter", "seats", "councils")


@asynccontextmanager
async def counter(on_discord: Discord, *custom_ids: str) -> AsyncIterator[tuple[Harness, Any]]:
    """A harness whose channel shows a message with a button for each id."""
    async with on_discord(*COUNTER) as harness:
        yield harness, await post(harness, *custom_ids)


async def post(harness: Harness, *custom_ids: str, menu: str = "") -> Any:
    view = ui.LayoutView(timeout=None)
    row: ui.ActionRow[Any] = ui.ActionRow()
    for custom_id in custom_ids:
        row.add_item(ui.Button(label=custom_id, custom_id=custom_id))
    if menu:
        row.add_item(ui.Select(custom_id=menu, options=[discord.SelectOption(label=value) for value in "ab"]))
    view.add_item(row)
    view.stop()
    channel = harness.bot.get_partial_messageable(harness.channel.id, guild_id=harness.guild.id)
    await channel.send(view=view, allowed_mentions=discord.AllowedMentions.none())
    return harness.channel.last_message


async def slow_click(harness: Harness, message: Any, custom_id: str) -> Any:
    """A tap whose work waits for Discord's simulated time to pass."""
    patience, harness.env.settle_timeout = harness.env.settle_timeout, SLOW * 0.8
    shown = await harness.alice.click(message, custom_id=custom_id)
    harness.env.settle_timeout = patience
    return shown


def on_its_way(send: Any) -> Any:
    """The same request, which takes some turns of the loop to reach Discord."""

    async def sent(*args: Any, **kwargs: Any) -> Any:
        for _ in range(4):
            await asyncio.sleep(0)
        return await send(*args, **kwargs)

    return sent


def callbacks(harness: Harness) -> list[int]:
    """The types of the first answers so far, one for each interaction."""
    return [entry.json["type"] for entry in harness.env.http_requests if entry.path.endswith("/callback")]


async def test_a_refusal_is_a_sentence_that_only_the_member_sees(on_discord: Discord):
    refuses = str(CloseRound(round=RoundId(1)))
    async with counter(on_discord, refuses) as (harness, message):
        refused = await harness.alice.click(message, custom_id=refuses)
        assert refused.ephemeral
        assert "No issue is ready to be voted on. Propose one with `/propose`" in text_of(refused)
        assert buttons_of(refused) == {}


async def test_a_missing_seat_comes_with_the_button_that_takes_one(on_discord: Discord):
    refuses = str(CloseRound(round=RoundId(2)))
    async with counter(on_discord, refuses) as (harness, message):
        await harness.set_up()
        refused = await harness.alice.click(message, custom_id=refuses)
        council = await harness.services.councils.in_channel(harness.place)
        assert buttons_of(refused) == {"Take a seat": str(TakeSeat(council=council.id))}


async def test_anything_unforeseen_is_an_apology_with_a_code_that_stands_in_the_log(on_discord: Discord):
    breaks = str(CancelRound(round=RoundId(1)))
    async with counter(on_discord, breaks) as (harness, message):
        with capture_logs() as log:
            shown = await harness.alice.click(message, custom_id=breaks)
        assert shown.ephemeral
        [entry] = [entry for entry in log if entry["event"] == "incident"]
        assert f"incident `{entry['incident']}`" in text_of(shown)
        assert len(entry["incident"]) == 8
        assert entry["data"] == "cancel", "what was used, and nothing that could tell how somebody votes"
        assert str(entry["exc_info"]) == "the cupboard is bare"
        assert "cupboard" not in text_of(shown)


async def test_an_error_after_the_answer_is_told_as_well(on_discord: Discord):
    breaks = str(CancelRound(round=RoundId(2)))
    async with counter(on_discord, breaks) as (harness, message):
        with capture_logs() as log:
            shown = await harness.alice.click(message, custom_id=breaks)
        assert text_of(shown) == "answered"
        assert "incident" in text_of(shown.followups[0])
        assert [entry["event"] for entry in log] == ["incident"]


async def test_an_incident_has_the_same_code_whoever_asks(on_discord: Discord):
    assert incident_code(7) == incident_code(7) != incident_code(8)
    assert incident_code(2**63).isalnum()


async def test_slow_work_is_deferred_and_then_answered(on_discord: Discord):
    dawdles = str(OpenDocket(round=RoundId(1)))
    async with counter(on_discord, dawdles) as (harness, message):
        shown = await slow_click(harness, message, dawdles)
        assert not shown.acknowledged
        await harness.env.advance_time(SLOW)
        assert shown.deferred
        await harness.env.advance_time(1)
        assert text_of(shown) == "done at last"
        assert [text_of(more) for more in shown.followups] == ["and more"]
        assert callbacks(harness) == [5]


@pytest.mark.parametrize("turns", range(2, 10))
async def test_an_answer_and_its_deferral_at_the_same_time_acknowledge_once(
    on_discord: Discord, turns: int, monkeypatch: pytest.MonkeyPatch
):
    dawdles = str(OpenDocket(round=RoundId(turns)))
    monkeypatch.setattr(discord.InteractionResponse, "defer", on_its_way(discord.InteractionResponse.defer))
    monkeypatch.setattr(callback, "send", on_its_way(callback.send))
    async with counter(on_discord, dawdles) as (harness, message):
        with capture_logs() as log:
            shown = await slow_click(harness, message, dawdles)
            await harness.env.advance_time(SLOW)
        assert text_of(shown) == "done at last"
        assert len(callbacks(harness)) == 1
        assert log == []


async def test_quick_work_is_answered_at_once(on_discord: Discord):
    refuses = str(CloseRound(round=RoundId(1)))
    async with counter(on_discord, refuses) as (harness, message):
        shown = await harness.alice.click(message, custom_id=refuses)
        assert not shown.deferred
        assert callbacks(harness) == [4]
        assert len(harness.bot.guarded) == 1, "the client is told that something may have become due"


async def test_a_form_is_kept_nowhere_and_found_by_its_id(on_discord: Discord):
    opens = str(Propose(council=CouncilId(1)))
    async with counter(on_discord, opens) as (harness, message):
        opened = await harness.alice.click(message, custom_id=opens)
        assert harness.bot._connection._view_store._modals == {}
        await harness.restart()
        shown = await harness.alice.submit_modal(opened, {"title": "A title"})
        assert "council 1 got A title" in text_of(shown)
        assert len(callbacks(harness)) == 2


async def test_a_refused_text_can_be_tried_again(on_discord: Discord):
    opens = str(Propose(council=CouncilId(1)))
    async with counter(on_discord, opens) as (harness, message):
        opened = await harness.alice.click(message, custom_id=opens)
        refused = await harness.alice.submit_modal(opened, {"title": ""})
        assert "The title holds nothing to read" in text_of(refused)
        assert buttons_of(refused) == {"Try again": "cmt:1:propose-again:1"}


async def test_a_form_that_comes_too_late_is_offered_by_a_button(on_discord: Discord):
    opens = str(Propose(council=CouncilId(2)))
    async with counter(on_discord, opens) as (harness, message):
        shown = await slow_click(harness, message, opens)
        await harness.env.advance_time(SLOW_BEFORE_FORM)
        assert shown.deferred
        await harness.env.advance_time(0.5)
        opened = await harness.alice.click(shown.response, label="Open the form")
        assert opened.modal is not None


async def test_a_menu_tells_what_was_chosen(on_discord: Discord):
    async with on_discord(*COUNTER) as harness:
        message = await post(harness, menu=str(PickIssue(round=RoundId(1))))
        shown = await harness.alice.select(message, ["b"], custom_id=str(PickIssue(round=RoundId(1))))
        assert text_of(shown) == "chose b"


async def test_an_answer_may_stand_where_the_button_was(on_discord: Discord):
    paints = str(ReadRound(round=RoundId(1), page=3))
    async with counter(on_discord, paints) as (harness, message):
        await harness.alice.click(message, custom_id=paints)
        assert text_of(harness.channel.last_message) == "page 3"
        assert callbacks(harness) == [7]


async def test_nothing_that_is_answered_mentions_anybody_or_stays_in_memory(on_discord: Discord):
    opens = str(Propose(council=CouncilId(1)))
    async with counter(on_discord, opens) as (harness, message):
        opened = await harness.alice.click(message, custom_id=opens)
        await harness.alice.submit_modal(opened, {"title": "Hear, hear"})
        data = next(
            entry.json["data"] for entry in reversed(harness.env.http_requests) if "@everyone" in str(entry.json)
        )
        assert data["allowed_mentions"] == {"parse": []}
        assert harness.bot._connection._view_store._views == {}


@pytest.mark.parametrize(
    "stale", ["cmt:0:ballot:1:2:prohibited", "cmt:1:gone:4", "cmt:1:docket:soon", "cmt:2:docket:1"]
)
async def test_a_button_from_before_an_update_says_so(on_discord: Discord, stale: str):
    async with counter(on_discord, stale) as (harness, message):
        shown = await harness.alice.click(message, custom_id=stale)
        assert shown.ephemeral
        assert "out of date" in text_of(shown)


async def test_a_form_from_before_an_update_says_so(on_discord: Discord):
    opens = str(Propose(council=CouncilId(1)))
    async with counter(on_discord, opens) as (harness, message):
        opened = await harness.alice.click(message, custom_id=opens)
        harness.bot.context.routes._routes.pop("propose-form")
        shown = await harness.alice.submit_modal(opened, {"title": "A title"})
        assert "out of date" in text_of(shown)


async def test_an_outdated_card_is_redrawn(on_discord: Discord):
    stale = "cmt:0:ballot:5:9:1:prohibited"
    async with counter(on_discord, stale) as (harness, message):
        await harness.set_up()
        council = await harness.services.councils.in_channel(harness.place)
        await harness.services.posts.redraw(council.id, PostKind.CARD, 9)
        [due] = await harness.services.posts.due()
        await harness.services.posts.posted(due, channel=harness.place, message=message.id)
        assert await harness.services.posts.due() == ()

        shown = await harness.alice.click(message, custom_id=stale)
        assert "being redrawn" in text_of(shown)
        assert [(post.kind, post.subject) for post in await harness.services.posts.due()] == [(PostKind.CARD, 9)]


async def test_an_id_that_was_never_ours_is_answered_too(on_discord: Discord):
    async with counter(on_discord, "poll:1") as (harness, message):
        shown = await harness.alice.click(message, custom_id="poll:1")
        assert "out of date" in text_of(shown)


async def test_a_store_that_fails_is_apologised_for_all_the_same(on_discord: Discord, monkeypatch: pytest.MonkeyPatch):
    taps = str(TakeSeat(council=CouncilId(1)))
    async with counter(on_discord, taps) as (harness, message):

        async def fail(person: object) -> None:
            raise OSError("disk gone")

        monkeypatch.setattr(harness.services.people, "preferences", fail)
        with capture_logs() as log:
            shown = await harness.alice.click(message, custom_id=taps)
        assert "Something went wrong on my side" in text_of(shown)
        assert {entry["event"] for entry in log} == {"incident", "language_unknown"}


async def test_while_the_store_is_away_the_member_is_told_so_and_nothing_is_an_incident(
    on_discord: Discord, monkeypatch: pytest.MonkeyPatch
):
    taps = str(TakeSeat(council=CouncilId(1)))
    async with counter(on_discord, taps) as (harness, message):

        async def away(person: object) -> None:
            raise StoreUnavailable

        monkeypatch.setattr(harness.services.people, "preferences", away)
        with capture_logs() as log:
            shown = await harness.alice.click(message, custom_id=taps)
        assert shown.ephemeral
        assert "I cannot confirm that. Do it again in a minute" in text_of(shown)
        assert [(entry["event"], entry["log_level"]) for entry in log] == [("store_unavailable", "warning")]


async def test_an_interaction_that_ran_out_is_logged_and_not_an_incident(on_discord: Discord):
    refuses = str(CloseRound(round=RoundId(1)))
    async with counter(on_discord, refuses) as (harness, message):
        harness.env.inject_error(
            "POST", "/interactions/*/callback", status=404, code=10062, message="Unknown interaction"
        )
        with capture_logs() as log:
            await harness.alice.click(message, custom_id=refuses)
        assert [entry["event"] for entry in log] == ["answered_too_late"]


def test_a_ballot_fits_into_an_id():
    biggest = 10**18 - 1
    ballot = CastBallot(round=RoundId(biggest), issue=IssueId(biggest), version=biggest, position=Position.INDEPENDENT)
    assert len(str(ballot)) <= 100
