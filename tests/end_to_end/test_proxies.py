"""Proxies as members give them: told who votes for whom, shown as such in the result, and ended by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.end_to_end.conftest import Rehearse
from tests.end_to_end.councils import told
from tests.end_to_end.world import World, text_in, text_of

HOUR = timedelta(hours=1)


async def seated(world: World) -> tuple[Any, Any, Any]:
    """A council with an issue, and three members with a country each."""
    await world.found()
    members = tuple(world.members(3))
    for member, country in zip(members, ("FR", "IN", "MT"), strict=True):
        await world.chair.slash(world.channel, "seat add", country=country, member=member)
    await world.propose(world.chair, "Torture")
    return members


async def open_round(world: World) -> None:
    await world.chair.slash(world.channel, "round open", length="1h")
    await world.run_due()


async def test_a_proxy_votes_for_one_round_and_the_result_says_so(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris, _ = await seated(world)
        given = await alice.slash(world.channel, "seat proxy", to="India")
        told(given, "**🇮🇳 India** votes for **🇫🇷 France**", "in the next round.", "ends by itself")
        assert "🇫🇷 France · proxy: India" in text_of(await boris.slash(world.channel, "seat list"))
        await open_round(world)
        told(await world.vote(boris, await world.card(1), "Prohibited"), "Prohibited: recorded")
        await world.pass_time(HOUR)
        result = text_in(world.message_with("Result of round 1"))
        assert "1 ballot by proxy" in result
        assert "Promoted to adjustment" in result
        full = await alice.click(world.message_with("Result of round 1"), label="Read all")
        assert "1 ballot by proxy (France ← India)" in text_of(full), "whose ballot came by proxy"
        assert "proxy: India" not in text_of(await boris.slash(world.channel, "seat list"))
        await open_round(world)
        await world.vote(boris, await world.card(1), "Prohibited")
        await world.pass_time(HOUR)
        assert "by proxy" not in text_in(world.message_with("Result of round 2"))


async def test_a_ballot_of_ones_own_goes_first(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris, chen = await seated(world)
        await open_round(world)
        told(await alice.slash(world.channel, "seat proxy", to="India"), "in round 1.")
        await world.vote(boris, await world.card(1), "Prohibited")
        await world.vote(alice, await world.card(1), "Independent")
        await world.vote(chen, await world.card(1), "Independent")
        await world.pass_time(HOUR)
        result = text_in(world.message_with("Result of round 1"))
        assert "by proxy" not in result
        assert "Nothing moved" in result


async def test_a_proxy_for_an_issue_is_taken_back_in_words(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris, _ = await seated(world)
        told(await alice.slash(world.channel, "seat proxy", to="India", issue="1"), "on #1, in its next round.")
        told(await alice.slash(world.channel, "seat proxy"), "You have given no such proxy")
        told(await alice.slash(world.channel, "seat proxy", issue="1"), "**🇮🇳 India** no longer votes for")
        told(await alice.slash(world.channel, "seat proxy", issue="1"), "You have given no such proxy")
        assert "proxy:" not in text_of(await boris.slash(world.channel, "seat list"))


async def test_what_cannot_be_a_proxy_is_refused_with_what_to_do(rehearse: Rehearse):
    async with rehearse() as world:
        alice, _, _ = await seated(world)
        dalia = world.member("Dalia")
        told(await alice.slash(world.channel, "seat proxy", to="France"), "cannot be its own proxy")
        told(await alice.slash(world.channel, "seat proxy", to="Atlantis"), "There is no such seat here")
        told(await alice.slash(world.channel, "seat proxy", to="India", issue="9"), "There is no issue “9” here")
        told(
            await alice.slash(world.channel, "seat proxy", to="India", seat="Malta"),
            "**Malta** is held by somebody else, or by nobody",
        )
        told(await dalia.slash(world.channel, "seat proxy", to="India"), "You hold no seat in this council yet")
        await world.chair.slash(world.channel, "seat add", name="Order of Malta", member=alice)
        told(await alice.slash(world.channel, "seat proxy", to="India"), "You hold several seats", "option `seat`")
        own = await alice.autocomplete(world.channel, "seat proxy", "seat", "")
        assert [choice["name"] for choice in own] == ["🇫🇷 France", "Order of Malta"]


async def test_no_proxy_of_a_proxy(rehearse: Rehearse):
    async with rehearse() as world:
        alice, boris, chen = await seated(world)
        await alice.slash(world.channel, "seat proxy", to="India")
        await boris.slash(world.channel, "seat proxy", to="Malta")
        await open_round(world)
        await world.vote(chen, await world.card(1), "Prohibited")
        await world.pass_time(HOUR)
        assert "1 ballot by proxy" in text_in(world.message_with("Result of round 1")), "India's, not France's"
