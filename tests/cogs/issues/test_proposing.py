"""Proposing as a member does it: the form, look-alikes, refusals, and what hostile texts can do (nothing)."""

import pytest

from cogs.showing.formatting import plain
from tests.cogs.harness import buttons_of, text_of
from tests.cogs.issues.harness import Simulated
from tests.cogs.voting import actor


async def test_a_proposal_is_answered_with_its_number_and_what_comes_next(simulated: Simulated) -> None:
    async with simulated() as harness:
        done = await harness.fill_in(harness.alice, title="Arming satellites", why="Debris lasts.")
        said = text_of(done)
        assert done.ephemeral
        assert "#1 Arming satellites" in said
        assert f"<#{harness.channel.id}>" in said
        assert "on the docket of the next round" in said
        assert "plain text" not in said


async def test_a_scheduled_council_says_when_that_round_opens(simulated: Simulated) -> None:
    async with simulated() as harness:
        await harness.services.rounds.schedule(
            harness.place, actor(harness.chair, chair=True), when="every Monday 18:00", length="3d", zone="UTC"
        )
        done = await harness.fill_in(harness.alice, title="Arming satellites")
        info = await harness.services.councils.info(harness.place)
        assert info.next_opens_at is not None
        assert f"<t:{int(info.next_opens_at.timestamp())}:F>" in text_of(done)


async def test_an_issue_that_finds_the_docket_full_is_told_to_wait(simulated: Simulated) -> None:
    async with simulated() as harness:
        for number in range(10):
            await harness.put_up(f"Issue {number}", by=harness.boris)
        done = await harness.fill_in(harness.alice, title="Something else altogether")
        assert "docket is full" in text_of(done)


async def test_a_proposal_in_a_channel_without_a_council_says_how_to_found_one(simulated: Simulated) -> None:
    async with simulated() as harness:
        done = await harness.alice.slash(harness.elsewhere, "propose")
        assert done.ephemeral
        assert "/council setup" in text_of(done)


async def test_a_look_alike_is_shown_first_and_can_be_read_edited_or_passed_by(simulated: Simulated) -> None:
    async with simulated() as harness:
        await harness.put_up("Arming satellites", action="The one already there.")
        asked = await harness.fill_in(
            harness.boris, title="The arming of satellites", action="My words.", why="My why."
        )
        said = text_of(asked)
        assert "#1 Arming satellites" in said
        assert "Independent" in said
        assert set(buttons_of(asked)) == {"Read", "Propose anyway", "Edit"}

        read = await harness.boris.click(asked.response, label="Read")
        assert "The one already there." in text_of(read)

        edited = await harness.boris.click(asked.response, label="Edit")
        assert defaults_of(edited.modal) == {
            "title": "The arming of satellites",
            "action": "My words.",
            "why": "My why.",
        }

        done = await harness.boris.click(asked.response, label="Propose anyway")
        _, issues = await harness.services.issues.list_in(harness.place)
        assert [issue.text.title for issue in issues] == ["Arming satellites", "The arming of satellites"]
        assert done.acknowledged


async def test_propose_anyway_tapped_on_two_answers_proposes_once(simulated: Simulated) -> None:
    async with simulated() as harness:
        await harness.put_up("Arming satellites")
        first = await harness.fill_in(harness.boris, title="Arming of satellites")
        second = await harness.fill_in(harness.boris, title="Arming of satellites")
        await harness.boris.click(first.response, label="Propose anyway")
        again = await harness.boris.click(second.response, label="Propose anyway")
        assert again.acknowledged
        _, issues = await harness.services.issues.list_in(harness.place)
        assert [issue.number for issue in issues] == [1, 2]


async def test_what_was_not_put_up_comes_back_with_the_next_form_until_it_is(simulated: Simulated) -> None:
    async with simulated() as harness:
        await harness.fill_in(harness.alice, title="🔥", action="A long text.")
        opened = await harness.alice.slash(harness.channel, "propose")
        assert defaults_of(opened.modal) == {"title": "🔥", "action": "A long text.", "why": ""}
        await harness.alice.submit_modal(opened, {"title": "Fire", "action": "A long text.", "why": ""})
        opened = await harness.alice.slash(harness.channel, "propose")
        assert defaults_of(opened.modal) == {"title": "", "action": "", "why": ""}


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("   ", "nothing to read"),
        ("🔥🔥🔥", "letter"),
        ("Z" + "\u0301" * 9 + "algo", "marks"),
        ("abc\u202edef", "direction"),
    ],
)
async def test_a_refused_title_says_why_and_try_again_opens_the_form_as_it_was(
    simulated: Simulated, title: str, sentence: str
) -> None:
    async with simulated() as harness:
        refused = await harness.fill_in(harness.alice, title=title, action="A long text.", why="Dear to me.")
        assert refused.ephemeral
        assert sentence in text_of(refused).lower()
        again = await harness.alice.click(refused.response, label="Try again")
        assert defaults_of(again.modal) == {"title": title, "action": "A long text.", "why": "Dear to me."}
        done = await harness.alice.submit_modal(
            again, {"title": "Arming satellites", "action": "A long text.", "why": "Dear to me."}
        )
        assert "#1 Arming satellites" in text_of(done)


async def test_the_form_takes_no_more_than_fits_and_leaves_the_why_open(simulated: Simulated) -> None:
    async with simulated() as harness:
        opened = await harness.alice.slash(harness.channel, "propose")
        fields = [label["component"] for label in opened.modal["components"]]
        assert [(field["custom_id"], field["max_length"], field["required"]) for field in fields] == [
            ("title", 100, True),
            ("action", 1_200, True),
            ("why", 800, False),
        ]


async def test_a_form_opened_before_a_restart_is_accepted_after_it(simulated: Simulated) -> None:
    async with simulated() as harness:
        opened = await harness.alice.slash(harness.channel, "propose")
        await harness.restart()
        done = await harness.alice.submit_modal(opened, {"title": "Tariffs", "action": "Raising them.", "why": ""})
        assert "#1 Tariffs" in text_of(done)


@pytest.mark.parametrize(
    "action",
    [
        "Ping @everyone at once",
        "**bold** claims",
        "[a link](https://example.org)",
        "# A heading",
        "hello <@123456789012345678>",
    ],
)
async def test_formatting_and_mentions_are_shown_as_typed_and_the_receipt_says_so(
    simulated: Simulated, action: str
) -> None:
    async with simulated() as harness:
        done = await harness.fill_in(harness.alice, title="Arming satellites", action=action)
        assert "nobody is notified" in text_of(done)
        shown = await harness.alice.slash(harness.channel, "issue show", issue="1")
        assert plain(action) in text_of(shown)
        assert plain(action) != action


async def test_ordinary_punctuation_draws_no_remark_about_formatting(simulated: Simulated) -> None:
    async with simulated() as harness:
        done = await harness.fill_in(
            harness.alice,
            title="Tariffs above 5 * the average",
            action="A state's own (unilateral) tariffs - all of them.",
        )
        assert "plain text" not in text_of(done)


def defaults_of(modal: object) -> dict[str, str]:
    """What stands in a form's fields when it opens."""
    assert isinstance(modal, dict)
    fields = [label["component"] for label in modal["components"]]
    return {field["custom_id"]: field.get("value", "") for field in fields}
