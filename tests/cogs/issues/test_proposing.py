"""Proposing as a member does it: the form, look-alikes, refusals, and what hostile texts can do (nothing)."""

import pytest

from cogs.showing.formatting import plain
from tests.cogs.issues.bench import Simulated, buttons_of, text_of


async def test_a_proposal_is_answered_with_its_number_and_what_comes_next(simulated: Simulated) -> None:
    async with simulated() as bench:
        done = await bench.fill_in(bench.alice, title="Arming satellites", why="Debris lasts.")
        said = text_of(done.response.components)
        assert done.ephemeral
        assert "#1 Arming satellites" in said
        assert f"<#{bench.channel.id}>" in said
        assert "on the docket of the next round" in said
        assert "plain text" not in said


async def test_a_scheduled_council_says_when_that_round_opens(simulated: Simulated) -> None:
    async with simulated() as bench:
        await bench.services.rounds.schedule(
            bench.place, bench.chair, when="every Monday 18:00", length="3d", zone="UTC"
        )
        done = await bench.fill_in(bench.alice, title="Arming satellites")
        info = await bench.services.councils.info(bench.place)
        assert info.next_opens_at is not None
        assert f"<t:{int(info.next_opens_at.timestamp())}:F>" in text_of(done.response.components)


async def test_an_issue_that_finds_the_docket_full_is_told_to_wait(simulated: Simulated) -> None:
    async with simulated() as bench:
        for number in range(10):
            await bench.put_up(f"Issue {number}", by=bench.boris)
        done = await bench.fill_in(bench.alice, title="Something else altogether")
        assert "docket is full" in text_of(done.response.components)


async def test_a_proposal_in_a_channel_without_a_council_says_how_to_found_one(simulated: Simulated) -> None:
    async with simulated() as bench:
        done = await bench.alice.slash(bench.elsewhere, "propose")
        assert done.ephemeral
        assert "/council setup" in text_of(done.response.components)


async def test_a_look_alike_is_shown_first_and_can_be_read_edited_or_passed_by(simulated: Simulated) -> None:
    async with simulated() as bench:
        await bench.put_up("Arming satellites", action="The one already there.")
        asked = await bench.fill_in(bench.boris, title="The arming of satellites", action="My words.", why="My why.")
        said = text_of(asked.response.components)
        assert "#1 Arming satellites" in said
        assert "Independent" in said
        assert set(buttons_of(asked.response.components)) == {"Read", "Propose anyway", "Edit"}

        read = await bench.boris.click(asked.response, label="Read")
        assert "The one already there." in text_of(read.response.components)

        edited = await bench.boris.click(asked.response, label="Edit")
        assert defaults_of(edited.modal) == {
            "title": "The arming of satellites",
            "action": "My words.",
            "why": "My why.",
        }

        done = await bench.boris.click(asked.response, label="Propose anyway")
        _, issues = await bench.services.issues.list_in(bench.place)
        assert [issue.text.title for issue in issues] == ["Arming satellites", "The arming of satellites"]
        assert done.acknowledged


async def test_propose_anyway_tapped_on_two_answers_proposes_once(simulated: Simulated) -> None:
    async with simulated() as bench:
        await bench.put_up("Arming satellites")
        first = await bench.fill_in(bench.boris, title="Arming of satellites")
        second = await bench.fill_in(bench.boris, title="Arming of satellites")
        await bench.boris.click(first.response, label="Propose anyway")
        again = await bench.boris.click(second.response, label="Propose anyway")
        assert again.acknowledged
        _, issues = await bench.services.issues.list_in(bench.place)
        assert [issue.number for issue in issues] == [1, 2]


async def test_what_was_not_put_up_comes_back_with_the_next_form_until_it_is(simulated: Simulated) -> None:
    async with simulated() as bench:
        await bench.fill_in(bench.alice, title="🔥", action="A long text.")
        opened = await bench.alice.slash(bench.channel, "propose")
        assert defaults_of(opened.modal) == {"title": "🔥", "action": "A long text.", "why": ""}
        await bench.alice.submit_modal(opened, {"title": "Fire", "action": "A long text.", "why": ""})
        opened = await bench.alice.slash(bench.channel, "propose")
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
    async with simulated() as bench:
        refused = await bench.fill_in(bench.alice, title=title, action="A long text.", why="Dear to me.")
        assert refused.ephemeral
        assert sentence in text_of(refused.response.components).lower()
        again = await bench.alice.click(refused.response, label="Try again")
        assert defaults_of(again.modal) == {"title": title, "action": "A long text.", "why": "Dear to me."}
        done = await bench.alice.submit_modal(
            again, {"title": "Arming satellites", "action": "A long text.", "why": "Dear to me."}
        )
        assert "#1 Arming satellites" in text_of(done.response.components)


async def test_the_form_takes_no_more_than_fits_and_leaves_the_why_open(simulated: Simulated) -> None:
    async with simulated() as bench:
        opened = await bench.alice.slash(bench.channel, "propose")
        fields = [label["component"] for label in opened.modal["components"]]
        assert [(field["custom_id"], field["max_length"], field["required"]) for field in fields] == [
            ("title", 100, True),
            ("action", 1_200, True),
            ("why", 800, False),
        ]


async def test_a_form_opened_before_a_restart_is_accepted_after_it(simulated: Simulated) -> None:
    async with simulated() as bench:
        opened = await bench.alice.slash(bench.channel, "propose")
        await bench.restart()
        done = await bench.alice.submit_modal(opened, {"title": "Tariffs", "action": "Raising them.", "why": ""})
        assert "#1 Tariffs" in text_of(done.response.components)


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
    async with simulated() as bench:
        done = await bench.fill_in(bench.alice, title="Arming satellites", action=action)
        assert "nobody is notified" in text_of(done.response.components)
        shown = await bench.alice.slash(bench.channel, "issue show", issue="1")
        assert plain(action) in text_of(shown.response.components)
        assert plain(action) != action


async def test_ordinary_punctuation_draws_no_remark_about_formatting(simulated: Simulated) -> None:
    async with simulated() as bench:
        done = await bench.fill_in(
            bench.alice,
            title="Tariffs above 5 * the average",
            action="A state's own (unilateral) tariffs - all of them.",
        )
        assert "plain text" not in text_of(done.response.components)


def defaults_of(modal: object) -> dict[str, str]:
    """What stands in a form's fields when it opens."""
    assert isinstance(modal, dict)
    fields = [label["component"] for label in modal["components"]]
    return {field["custom_id"]: field.get("value", "") for field in fields}
