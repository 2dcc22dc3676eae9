"""Taking a seat, leaving it, and who sits where."""

from __future__ import annotations

from deliberation.councils import Actor
from deliberation.ids import PersonId
from tests.cogs.conftest import Discord
from tests.cogs.harness import buttons_of, text_of

AREAS = ("councils", "seats")


async def test_one_tap_under_the_founding_message_takes_a_seat(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        founded = await harness.set_up(name="Assembly")
        taken = await harness.alice.click(founded.response, label="Take a seat")
        assert taken.ephemeral
        assert "You now hold a seat in Assembly: **@Alice**." in text_of(taken)
        assert list(buttons_of(taken)) == ["Propose"]

        twice = await harness.alice.click(founded.response, label="Take a seat")
        assert "You already hold a seat here: **@Alice**" in text_of(twice)


async def test_a_seat_is_given_up_and_taken_again(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        await harness.set_up()
        await harness.alice.slash(harness.channel, "seat take")
        left = await harness.alice.slash(harness.channel, "seat leave")
        assert "You gave up your seat" in text_of(left)
        again = await harness.alice.click(left.response, label="Take a seat again")
        assert "You now hold a seat" in text_of(again)


async def test_who_gives_up_no_seat_is_offered_one(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        await harness.set_up()
        refused = await harness.boris.slash(harness.channel, "seat leave")
        assert "hold no seat" in text_of(refused)
        taken = await harness.boris.click(refused.response, label="Take a seat")
        assert "You now hold a seat" in text_of(taken)


async def test_seats_by_role_say_which_role_is_missing(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        role = harness.guild.create_role("Delegates")
        await harness.set_up(voters=[role])
        refused = await harness.alice.slash(harness.channel, "seat take")
        assert f"Only holders of <@&{role.id}> may sit" in text_of(refused)

        dora = harness.member("Dora", roles=[role])
        assert "You now hold a seat" in text_of(await dora.slash(harness.channel, "seat take"))


async def test_a_deleted_role_is_not_shown_as_a_number(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        role = harness.guild.create_role("Delegates")
        await harness.set_up(voters=[role])
        harness.env.backend.delete_role(harness.guild.id, role.id)
        await harness.env.settle()
        refused = await harness.alice.slash(harness.channel, "seat take")
        assert "that role was deleted" in text_of(refused)
        assert str(role.id) not in text_of(refused)


async def test_the_list_turns_its_pages_and_marks_ones_own_seat(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        await harness.set_up(name="Assembly")
        for number in range(24):
            actor = Actor(person=PersonId(1_000 + number), name=f"Member *{number:02}*")
            await harness.services.seats.take(harness.place, actor)
        await harness.services.hosting.seat_delegation(
            harness.place, name="France", country="FR", holders=[PersonId(1), PersonId(2)]
        )
        await harness.alice.slash(harness.channel, "seat take")

        first = await harness.alice.slash(harness.channel, "seat list")
        assert "26 seats" in text_of(first)
        assert "Alice · **yours**" in text_of(first)
        assert "🇫🇷 France · delegation of 2" in text_of(first)
        assert "Member \\*00\\*" in text_of(first)
        assert "Page 1 of 2" in text_of(first)

        second = await harness.alice.click(first.response, label="More ▶")
        assert "Page 2 of 2" in text_of(first.response), "the answer itself is redrawn"
        assert "Member \\*23\\*" in text_of(first.response)
        assert second.acknowledged


async def test_who_holds_no_seat_can_take_one_from_the_list(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        await harness.set_up()
        shown = await harness.boris.slash(harness.channel, "seat list")
        assert "Nobody sits here yet." in text_of(shown)
        taken = await harness.boris.click(shown.response, label="Take a seat")
        assert "**@Boris**" in text_of(taken)


async def test_a_name_with_markdown_and_mentions_is_shown_as_it_is(on_discord: Discord):
    async with on_discord(*AREAS) as harness:
        await harness.set_up()
        rude = harness.member("**@everyone** <@1>")
        taken = await rude.slash(harness.channel, "seat take")
        assert "\\*\\*@\u200beveryone\\*\\* \\<@1>" in text_of(taken)
