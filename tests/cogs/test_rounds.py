"""Rounds as chairs and members use them, on a simulated Discord."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cogs.options.zone import suggest_zones
from cogs.rounds.result import render_result
from deliberation.categories import Position
from deliberation.rounds import RoundStatus
from tests.cogs.conftest import Discord
from tests.cogs.harness import buttons_of, text_of
from tests.cogs.voting import actor, found, opened, vote

AREAS = ("councils", "seats", "issues", "ballots", "rounds")
TITLES = ("Torture", "Tariffs on neighbours", "AI weapons")


async def test_a_chair_opens_a_round_and_is_told_until_when(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        done = await harness.chair.slash(harness.channel, "round open", length="3d 12h")
        view = await harness.services.rounds.status(harness.place)
        assert view is not None
        assert done.ephemeral
        assert view.round.closes_at == harness.clock.now() + timedelta(days=3, hours=12)
        assert "Round 1 is open** on 3 issues" in text_of(done)
        assert f"<t:{int(view.round.closes_at.timestamp())}:F>" in text_of(done)


async def test_without_a_length_it_runs_as_long_as_the_council_agreed(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        await harness.chair.slash(harness.channel, "round open")
        view = await harness.services.rounds.status(harness.place)
        assert view is not None
        assert view.round.closes_at == harness.clock.now() + timedelta(days=3)


@pytest.mark.parametrize(
    ("length", "said"),
    [("soon", "cannot be read"), ("-3d", "cannot be read"), ("0", "cannot be read"), ("999y", "too long")],
)
async def test_a_length_that_is_none_opens_nothing(length: str, said: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        refused = await harness.chair.slash(harness.channel, "round open", length=length)
        assert refused.ephemeral
        assert said in text_of(refused)
        assert "`3d" in text_of(refused)
        assert await harness.services.rounds.status(harness.place) is None


@pytest.mark.parametrize("command", ["open", "close", "cancel", "extend", "schedule"])
async def test_members_who_do_not_chair_are_told_who_does(command: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        given = {"extend": {"by": "1d"}, "schedule": {"when": "every Monday 18:00"}}.get(command, {})
        refused = await harness.alice.slash(harness.channel, f"round {command}", **given)
        assert refused.ephemeral
        assert "*Manage Server*" in text_of(refused)


@pytest.mark.parametrize("command", ["close", "cancel", "extend"])
async def test_with_no_round_open_the_answer_says_so(command: str, on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        given = {"by": "1d"} if command == "extend" else {}
        refused = await harness.chair.slash(harness.channel, f"round {command}", **given)
        assert "No round is open" in text_of(refused)


async def test_an_empty_docket_opens_no_round(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness)
        assert "No issue is ready" in text_of(await harness.chair.slash(harness.channel, "round open"))


async def test_a_second_round_is_refused(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        await opened(harness)
        assert "Round 1 is still open" in text_of(await harness.chair.slash(harness.channel, "round open"))


async def test_closing_asks_first_and_then_rules(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        await vote(harness, view, 1, {harness.alice: Position.PROHIBITED, harness.boris: Position.ADJUSTMENT})
        asked = await harness.chair.slash(harness.channel, "round close")
        assert asked.ephemeral
        assert "Close round 1 now?" in text_of(asked)
        assert "2 seats have not voted on everything" in text_of(asked)
        assert "2 issues lack their quorum" in text_of(asked)
        assert await harness.services.rounds.status(harness.place) is not None

        done = await harness.chair.click(asked.response, label="Close round 1 now")
        assert "Round 1 is closed.** 1 issue moved" in text_of(done)
        assert "#1** Promoted to adjustment: 2 of 2" in text_of(done)
        assert list(buttons_of(done)) == ["Read all"]
        assert await harness.services.rounds.status(harness.place) is None


async def test_of_two_chairs_closing_at_once_the_second_is_told_that_it_is_over(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        await opened(harness)
        first = await harness.chair.slash(harness.channel, "round close")
        second = await harness.chair.slash(harness.channel, "round close")
        await harness.chair.click(first.response, label="Close round 1 now")
        refused = await harness.chair.click(second.response, label="Close round 1 now")
        assert refused.ephemeral
        assert "Round 1 is over" in text_of(refused)


async def test_an_old_confirmation_closes_or_cancels_no_later_round(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        earlier = await opened(harness)
        close = await harness.chair.slash(harness.channel, "round close")
        cancel = await harness.chair.slash(harness.channel, "round cancel")
        await harness.services.rounds.close(harness.place, actor(harness.chair, chair=True), earlier.round.id)
        later = await opened(harness)
        for asked, label in ((close, "Close round 1 now"), (cancel, "Cancel round 1")):
            refused = await harness.chair.click(asked.response, label=label)
            assert "Round 1 is over" in text_of(refused)
        still = await harness.services.rounds.status(harness.place)
        assert still is not None
        assert still.round.id == later.round.id


async def test_extending_moves_the_deadline(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness)
        done = await harness.chair.slash(harness.channel, "round extend", by="12h")
        later = view.round.closes_at + timedelta(hours=12)
        assert f"<t:{int(later.timestamp())}:F>" in text_of(done)
        assert (await harness.services.rounds.view(view.round.id)).round.closes_at == later


async def test_cancelling_asks_first_and_decides_nothing(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        view = await opened(harness)
        asked = await harness.chair.slash(harness.channel, "round cancel")
        assert "every issue would stay where it is" in text_of(asked)
        done = await harness.chair.click(asked.response, label="Cancel round 1")
        assert "Round 1 is cancelled" in text_of(done)
        assert (await harness.services.rounds.view(view.round.id)).round.status is RoundStatus.CANCELLED


async def test_a_schedule_is_read_back_in_words_with_its_next_window(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        done = await harness.chair.slash(
            harness.channel, "round schedule", when="every monday and thu 18:00", length="2d 6h", zone="europe/berlin"
        )
        said = text_of(done)
        info = await harness.services.councils.info(harness.place)
        assert info.next_opens_at is not None
        assert "Every Monday and Thursday, 18:00 by the clocks of Europe/Berlin, for 2 days, 6 hours" in said
        assert f"opens <t:{int(info.next_opens_at.timestamp())}:F>" in said

        shown = await harness.alice.slash(harness.channel, "round status")
        assert "No round is open." in text_of(shown)
        assert f"<t:{int(info.next_opens_at.timestamp())}:F>" in text_of(shown)

        assert "The schedule is gone" in text_of(
            await harness.chair.slash(harness.channel, "round schedule", when="off")
        )
        assert "no schedule" in text_of(await harness.chair.slash(harness.channel, "round schedule", when="off"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"when": "sometimes"}, "every Monday 18:00"),
        ({"when": "every Monday 18:00", "zone": "Europe/Berln"}, "Europe/Berlin"),
        ({"when": "every Monday 18:00", "zone": "Nowhere at all"}, "There is no time zone"),
        ({"when": "daily 18:00", "length": "3d"}, "1 day"),
        ({"when": "every Monday 18:00", "length": "soon"}, "cannot be read"),
    ],
)
async def test_a_schedule_that_cannot_be_is_refused_with_a_way_out(
    given: dict[str, str], said: str, on_discord: Discord
) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES)
        refused = await harness.chair.slash(harness.channel, "round schedule", **given)
        assert refused.ephemeral
        assert said in text_of(refused)
        assert (await harness.services.councils.info(harness.place)).schedule is None


async def test_time_zones_are_suggested_by_city(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness)
        suggested = await harness.chair.autocomplete(harness.channel, "round schedule", "zone", "new yo")
        assert suggested == [{"name": "America/New_York", "value": "America/New_York"}]
    assert suggest_zones("")[0] == "UTC"
    assert suggest_zones("paris") == ["Europe/Paris"]
    assert len(suggest_zones("a")) == 25


async def test_status_shows_the_open_round_and_read_all_every_issue(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, *(f"Question number {word}" for word in ("one", "two", "three")))
        view = await opened(harness)
        await vote(harness, view, 1, {harness.alice: Position.PROHIBITED})
        shown = await harness.alice.slash(harness.channel, "round status")
        assert "Round 1 is open" in text_of(shown)
        page = await harness.alice.click(shown.response, label="Read all")
        assert "🔴 Prohibited 1" in text_of(page)
        assert "Page 1 of 2" in text_of(page)
        page = await harness.alice.click(page.response, label="More ▶")
        assert "#6 Question number three" in text_of(page)


async def test_a_closed_round_can_be_read_again_in_full(on_discord: Discord) -> None:
    async with on_discord(*AREAS) as harness:
        await found(harness, *TITLES, preset="simple-majority")
        view = await opened(harness)
        await vote(harness, view, 1, {harness.alice: Position.PROHIBITED})
        result = await harness.services.rounds.close(harness.place, actor(harness.chair, chair=True), view.round.id)
        assert result is not None
        say = harness.bot.context.catalogues.localizer("en")
        await harness.bot.get_partial_messageable(harness.channel.id).send(view=render_result(result, say))
        message = harness.channel.last_message
        assert "Because." in text_of(message)
        page = await harness.boris.click(message, label="Read all")
        assert page.ephemeral
        assert "1 of 1 voting seat put it at adjustment or above: 100" in text_of(page)
        assert "0 of 1 seats voted and 1 was needed" in text_of(page)
