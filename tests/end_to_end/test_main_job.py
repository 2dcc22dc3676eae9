"""The main job: a council is set up, members propose and vote, and an issue climbs from independent to prohibited."""

from __future__ import annotations

from datetime import timedelta

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.world import text_in, text_of

SECOND = timedelta(seconds=1)
THREE_DAYS = timedelta(days=3)
TITLE = "Acquiring territory by force"


async def test_an_issue_climbs_to_prohibited_in_two_rounds(rehearse_on_either: Rehearse):
    async with rehearse_on_either() as world:
        await world.found(preset="meta-regime")
        members = world.members(5)
        for member in members:
            assert (await member.slash(world.channel, "seat take")).ephemeral
        await world.propose(members[0], TITLE, why="It breaks every other rule.")
        assert "Independent" in text_in(await world.card(1))

        for number, category, needed in ((1, "adjustment", "60 %"), (2, "prohibited", "80 %")):
            await world.chair.slash(world.channel, "round open")
            await world.run_due()
            for member in members[:4]:
                done = await world.vote(member, await world.card(1), "Prohibited", reason="Nobody is safe from it.")
                assert done.ephemeral
                assert "Prohibited" in text_of(done)
            await world.vote(members[4], await world.card(1), "Abstain")
            await world.pass_time(THREE_DAYS - SECOND)
            assert "is closed" not in text_in(await world.round_message())
            await world.pass_time(SECOND)
            result = text_in(world.message_with(f"Result of round {number}"))
            assert f"4 of 4 voting seats put it at {category}" in result
            assert f"100 %, and {needed} was needed. Promoted to {category}." in result

        assert "Prohibited" in text_in(await world.card(1))
        told = text_of(await members[0].slash(world.channel, "docket"))
        assert "Acquiring" not in told
        report = await world.services.audit.verify()
        assert report.sound
        assert (report.rulings, report.ballots) == (2, 10)


async def test_one_tap_votes_where_no_reason_is_required_and_the_card_shows_it(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found(preset="simple-majority")
        alice, boris = world.members(2)
        await world.propose(alice, TITLE)
        for member in (alice, boris):
            await member.slash(world.channel, "seat take")
        await world.chair.slash(world.channel, "round open", length="1h")
        await world.run_due()
        await world.vote(alice, await world.card(1), "Adjustment")
        await world.pass_time(timedelta(seconds=4))
        assert "Adjustment 1" in text_in(await world.card(1))
        assert "1/2" in text_in(await world.round_message())


async def test_a_chair_may_close_early_and_the_result_is_posted(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        await world.propose(alice, TITLE)
        await alice.slash(world.channel, "seat take")
        await world.chair.slash(world.channel, "round open", length="2d")
        await world.run_due()
        await world.vote(alice, await world.card(1), "Prohibited")
        asked = await world.chair.slash(world.channel, "round close")
        await world.chair.click(asked.response, label="Close round 1 now")
        await world.run_due()
        assert "Promoted to adjustment" in text_in(world.message_with("Result of round 1"))


async def test_scheduled_rounds_open_and_close_by_themselves(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        [alice] = world.members(1)
        await alice.slash(world.channel, "seat take")
        await world.propose(alice, TITLE)
        # The clock starts on a Monday at noon.
        await world.chair.slash(world.channel, "round schedule", when="every Monday 18:00", length="2d")
        await world.pass_time(timedelta(hours=6) - SECOND)
        assert await world.services.rounds.status(world.place) is None
        await world.pass_time(SECOND)
        assert "Round 1 is open" in text_in(await world.round_message())
        await world.pass_time(timedelta(days=2))
        world.message_with("Result of round 1")
        await world.pass_time(timedelta(days=5))
        assert "Round 2 is open" in text_in(await world.round_message())


async def test_reminders_reach_those_who_have_not_voted_as_they_chose(rehearse: Rehearse):
    async with rehearse() as world:
        await world.found()
        alice, boris, chen, dalia = world.members(4)
        for member in (alice, boris, chen, dalia):
            await member.slash(world.channel, "seat take")
        for member, choice in ((chen, "direct"), (dalia, "none")):
            panel = await member.slash(world.channel, "preferences")
            await member.select(panel.response, [choice], custom_id="cmt:1:preferences:reminders")
        await world.propose(alice, TITLE)
        await world.chair.slash(world.channel, "round open")
        await world.run_due()
        await world.vote(alice, await world.card(1), "Prohibited")
        before = len(world.posted())
        await world.pass_time(timedelta(days=2) - SECOND)
        assert len(world.posted()) == before
        await world.pass_time(SECOND)
        reminder = world.posted()[-1]
        assert f"<@{boris.user.id}>" in text_in(reminder)
        for other in (alice, chen, dalia):
            assert f"<@{other.user.id}>" not in text_in(reminder)
        assert [user.id for user in reminder.mentions] == [boris.user.id]
        assert "The Council" in text_in(chen.user.dm_channel.last_message)
        assert dalia.user.dm_channel.last_message is None
