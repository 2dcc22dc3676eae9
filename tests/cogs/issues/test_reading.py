"""Reading issues and reasons, and what may be asked for an issue, by command and button."""

import pytest

from deliberation.categories import Position
from deliberation.rules import Secrecy
from tests.cogs.harness import buttons_of, text_of
from tests.cogs.issues.harness import Simulated
from tests.cogs.voting import actor


@pytest.mark.parametrize("typed", ["2", "#2", " # 2 ", "#2 Tariffs on a neighbour", "tariffs"])
async def test_an_issue_is_found_by_number_or_title(simulated: Simulated, typed: str) -> None:
    async with simulated() as harness:
        await harness.put_up("Arming satellites")
        await harness.put_up("Tariffs on a neighbour")
        shown = await harness.alice.slash(harness.channel, "issue show", issue=typed)
        assert shown.ephemeral
        assert "### #2 Tariffs on a neighbour" in text_of(shown)


@pytest.mark.parametrize("typed", ["3", "0", "-1", "99999999999999999999", "nonsense", "!!!", "@everyone", "a"])
async def test_what_names_no_issue_or_several_is_answered_with_what_there_is(simulated: Simulated, typed: str) -> None:
    async with simulated() as harness:
        await harness.put_up("Arming satellites")
        await harness.put_up("Tariffs on a neighbour")
        [france] = await harness.seat("France")
        for command in ("issue show", "issue withdraw", "issue review", "reasons"):
            refused = await france.slash(harness.channel, command, issue=typed)
            said = text_of(refused)
            assert refused.ephemeral
            assert "2" in said
            assert "@everyone" not in said


async def test_the_option_suggests_issues_by_number_and_title_and_nothing_without_a_council(
    simulated: Simulated,
) -> None:
    async with simulated() as harness:
        await harness.put_up("A" * 100)
        await harness.put_up("Tariffs on a neighbour")
        every = await harness.alice.autocomplete(harness.channel, "issue show", "issue", "")
        assert [choice["value"] for choice in every] == ["1", "2"]
        assert all(len(choice["name"]) <= 100 for choice in every)
        assert [c["name"] for c in await harness.alice.autocomplete(harness.channel, "reasons", "issue", "neigh")] == [
            "#2 Tariffs on a neighbour"
        ]
        assert [c["value"] for c in await harness.alice.autocomplete(harness.channel, "reasons", "issue", "#1")] == [
            "1"
        ]
        assert await harness.alice.autocomplete(harness.elsewhere, "reasons", "issue", "") == []


async def test_the_list_goes_by_category_and_turns_its_pages_in_place(simulated: Simulated) -> None:
    async with simulated() as harness:
        for number in range(15):
            await harness.put_up(f"Issue {number}", by=harness.boris if number % 2 else harness.alice)
        listed = await harness.alice.slash(harness.channel, "issue list")
        said = text_of(listed)
        assert "15 under discussion" in said
        assert "🟢 Independent" in said
        assert "#15 Issue 14" in said
        assert "#1 Issue 0" not in said
        turned = await harness.alice.click(listed.response, custom_id="cmt:1:issues:1:1")
        assert turned.acknowledged
        assert "#1 Issue 0" in text_of(turned)


async def test_an_empty_council_offers_the_form(simulated: Simulated) -> None:
    async with simulated() as harness:
        listed = await harness.alice.slash(harness.channel, "issue list")
        opened = await harness.alice.click(listed.response, label="Propose an issue")
        assert opened.modal["custom_id"] == "cmt:1:propose-form:1"


async def test_showing_an_issue_in_an_open_round_gives_ones_own_ballot_and_the_buttons(simulated: Simulated) -> None:
    async with simulated() as harness:
        france, kenya = await harness.seat("France", "Kenya")
        issue = await harness.put_up("Arming satellites")
        await harness.open_round()
        await harness.vote(issue, {france: Position.PROHIBITED})
        own = await france.slash(harness.channel, "issue show", issue="1")
        assert "Your ballot: **🔴 Prohibited**" in text_of(own)
        assert "Abstain" in buttons_of(own)
        other = await kenya.slash(harness.channel, "issue show", issue="1")
        assert "You have not voted on it yet." in text_of(other)
        assert "1 of 2 seats voted" in text_of(other)


async def test_sealed_nothing_of_positions_is_shown_but_ones_own_ballot(simulated: Simulated) -> None:
    async with simulated(secrecy=Secrecy.SEALED) as harness:
        france, kenya, chile = await harness.seat("France", "Kenya", "Chile")
        issue = await harness.put_up("Arming satellites")
        round_ = await harness.open_round()
        await harness.vote(issue, {france: Position.PROHIBITED, chile: Position.PROHIBITED}, reason="Debris lasts.")

        shown = text_of(await kenya.slash(harness.channel, "issue show", issue="1"))
        assert "Prohibited" not in shown
        assert "2 of 3 seats voted" in shown

        sealed = text_of(await kenya.slash(harness.channel, "reasons", issue="1"))
        assert "Debris" not in sealed
        assert f"<t:{int(round_.closes_at.timestamp())}:F>" in sealed

        await harness.close_round()
        after = text_of(await kenya.slash(harness.channel, "reasons", issue="1"))
        assert "**@France**, round 1\nDebris lasts." in after


async def test_reasons_stand_under_their_position_newest_first_with_names_escaped(simulated: Simulated) -> None:
    async with simulated() as harness:
        france, kenya, star = await harness.seat("France", "Kenya", "*Star*")
        issue = await harness.put_up("Arming satellites")
        await harness.open_round()
        await harness.vote(issue, {france: Position.PROHIBITED}, reason="First @everyone")
        await harness.vote(issue, {kenya: Position.INDEPENDENT}, reason="No.")
        await harness.close_round()
        await harness.open_round()
        await harness.vote(issue, {star: Position.PROHIBITED}, reason="Second")
        said = text_of(await france.slash(harness.channel, "reasons", issue="1"))
        assert said.index("Prohibited** (2)") < said.index("Second") < said.index("First") < said.index("Independent**")
        assert r"**@\*Star\***, round 2" in said
        assert "@everyone" not in said


async def test_many_long_reasons_fill_pages_and_none_is_cut(simulated: Simulated) -> None:
    async with simulated() as harness:
        members = await harness.seat(*(f"Seat {number}" for number in range(9)))
        issue = await harness.put_up("Arming satellites")
        await harness.open_round()
        for member in members:
            await harness.vote(issue, {member: Position.ADJUSTMENT}, reason="*" * 598 + "ok")
        first = await harness.alice.slash(harness.channel, "reasons", issue="1")
        pages, answer = [text_of(first)], first
        while "More ▶" in buttons_of(answer):
            answer = await harness.alice.click(answer.response, label="More ▶")
            pages.append(text_of(answer))
        assert len(pages) > 1
        assert sum(page.count("ok") for page in pages) == 9
        assert all("Adjustment** (9)" in page for page in pages)


async def test_reasons_from_a_card_come_to_the_reader_alone_and_leave_the_card(simulated: Simulated) -> None:
    async with simulated() as harness:
        issue = await harness.put_up("Arming satellites")
        card = await harness.post_card(issue)
        opened = await harness.boris.click(card, label="Reasons")
        assert opened.ephemeral
        assert "No reasons yet." in text_of(opened)
        read = await harness.boris.click(card, label="Read all")
        assert read.ephemeral
        assert "Proposed by" in text_of(read)
        assert "Read all" in buttons_of(harness.channel.last_message)


async def test_withdrawing_is_for_the_proposer_and_only_before_the_first_ruling(simulated: Simulated) -> None:
    async with simulated() as harness:
        (france,) = await harness.seat("France")
        issue = await harness.put_up("Arming satellites", by=harness.alice)
        refused = await harness.boris.slash(harness.channel, "issue withdraw", issue="1")
        assert "withdrawn" not in text_of(refused).split(".")[0]
        done = await harness.alice.slash(harness.channel, "issue withdraw", issue="1")
        assert "#1 Arming satellites** is withdrawn" in text_of(done)
        again = await harness.alice.slash(harness.channel, "issue withdraw", issue="1")
        assert "Ballots on it are kept" not in text_of(again)
        shown = await harness.alice.slash(harness.channel, "issue show", issue="1")
        assert "Withdrawn" in text_of(shown)

        issue = await harness.put_up("Tariffs", by=harness.alice)
        await harness.open_round()
        await harness.vote(issue, {france: Position.INDEPENDENT})
        await harness.close_round()
        late = await harness.alice.slash(harness.channel, "issue withdraw", issue="2")
        assert "Ballots on it are kept" not in text_of(late)
        assert (await harness.services.issues.show(harness.place, actor(harness.alice), 2)).issue.may_be_voted


async def test_a_review_says_how_many_seconds_it_still_needs_until_it_has_them(simulated: Simulated) -> None:
    async with simulated() as harness:
        seats = await harness.seat("France", "Kenya", "Chile")
        issue = await harness.put_up("Arming satellites")
        early = await seats[0].slash(harness.channel, "issue review", issue="1")
        assert "more seat" not in text_of(early)
        for _ in range(2):
            await harness.open_round()
            await harness.vote(issue, dict.fromkeys(seats, Position.PROHIBITED))
            await harness.close_round()
        said = []
        for seat in (*seats[:2], seats[1], seats[2]):
            said.append(text_of(await seat.slash(harness.channel, "issue review", issue="1")))
        assert "2 more seats" in said[0]
        assert "1 more seat" in said[1]
        assert "/issue review 1" in said[1]
        assert "more seat must" not in said[2]
        assert "on the docket of the next round" in said[3]
        without = await harness.boris.slash(harness.channel, "issue review", issue="1")
        assert without.acknowledged
        shown = await harness.alice.slash(harness.channel, "issue show", issue="1")
        assert "under review" in text_of(shown)


async def test_in_a_channel_without_a_council_every_command_says_so(simulated: Simulated) -> None:
    async with simulated() as harness:
        for command, options in (
            ("issue list", {}),
            ("issue show", {"issue": "1"}),
            ("issue withdraw", {"issue": "tariffs"}),
            ("issue review", {"issue": "1"}),
            ("reasons", {"issue": "1"}),
        ):
            refused = await harness.alice.slash(harness.elsewhere, command, **options)
            assert refused.ephemeral
            assert "/council setup" in text_of(refused)


async def test_asked_for_what_can_be_voted_on_only_the_open_docket_is_suggested(simulated: Simulated) -> None:
    async with simulated() as harness:
        await harness.seat("France")
        await harness.put_up("Arming satellites")
        suggest = harness.services.issues.suggest
        assert await suggest(harness.place, "", votable=True) == ()
        await harness.open_round()
        await harness.put_up("Proposed too late")
        assert [issue.number for issue in await suggest(harness.place, "", votable=True)] == [1]
