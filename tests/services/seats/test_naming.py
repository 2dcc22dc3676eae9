# ruff: noqa: RUF001 - what looks alike is what is tried here
"""What seats are called: no delegation like one who sits, members told apart by a number, a person's seat marked."""

import asyncio
from dataclasses import replace

import pytest

from deliberation.councils import Actor
from deliberation.ids import ChannelId
from deliberation.rules.presets import PRESETS
from deliberation.seats import SeatExists
from deliberation.seats._seats import NameMarked
from deliberation.seats.seatings import SeatingFault, SeatingUnreadable
from deliberation.texts import NAME_LIMIT
from services.ports import Delegation
from tests.services.chamber import CHAIR, CHANNEL, Chamber, member

NAMES = {"FR": "France", "CN": "China", "GB": "United Kingdom", "RU": "Russia", "US": "United States"}
PLACE = ChannelId(5)


def called(number: int, name: str) -> Actor:
    return replace(member(number), name=name)


async def add(chamber: Chamber, *names: str, country: str | None = None) -> None:
    await chamber.services.seating.add(CHANNEL, CHAIR, [Delegation(name=name, country=country) for name in names])


async def shown(chamber: Chamber, channel: ChannelId = CHANNEL) -> list[str]:
    return [seat.shown for seat in (await chamber.services.seats.list_in(channel, CHAIR)).seats]


@pytest.mark.parametrize("name", ["Fra\u200bnce", "Frаnce", "FRАNСE", "Ｆrance", "France\u3164"], ids=ascii)
async def test_no_delegation_is_added_that_looks_like_one_who_sits(chamber: Chamber, name: str) -> None:
    await add(chamber, "France")
    with pytest.raises(SeatExists) as refused:
        await add(chamber, "Kenya", name)
    assert (refused.value.params["seat"], refused.value.params["given"]) == ("France", name)
    assert await shown(chamber) == ["France"], "nothing half added"


async def test_nor_two_that_look_like_each_other(chamber: Chamber) -> None:
    with pytest.raises(SeatExists):
        await add(chamber, "Peru", "Реru")
    assert await shown(chamber) == []


async def test_a_name_that_is_the_same_or_a_country_that_sits_is_called_so(chamber: Chamber) -> None:
    await add(chamber, "France", country="FR")
    for again in (Delegation(name="FRANCE"), Delegation(name="Gaul", country="FR")):
        with pytest.raises(SeatExists) as refused:
            await chamber.services.seating.add(CHANNEL, CHAIR, [again])
        assert (refused.value.params["seat"], refused.value.params["alike"]) == ("France", False)


async def test_a_ready_made_seating_is_refused_whole_where_one_looks_like_who_sits(chamber: Chamber) -> None:
    await add(chamber, "Сhina")
    with pytest.raises(SeatExists) as refused:
        await chamber.services.seating.fill(CHANNEL, CHAIR, "p5", NAMES)
    assert (refused.value.params["seat"], refused.value.params["given"]) == ("Сhina", "China")
    assert await shown(chamber) == ["Сhina"]


async def test_an_import_names_every_line_that_looks_like_another_or_like_who_sits(chamber: Chamber) -> None:
    await add(chamber, "France")
    await chamber.services.seats.take(CHANNEL, called(1, "Kenya"))
    with pytest.raises(SeatingUnreadable) as refused:
        await chamber.services.seating.import_csv(CHANNEL, CHAIR, "name\nFrаnce\nfrance\nPeru\nРeru\nKenya\nMalta\n")
    assert refused.value.params["faults"] == (
        SeatingFault(2, "looks_taken", "France"),
        SeatingFault(3, "sits_already", "France"),
        SeatingFault(3, "looks_like_line", "Frаnce"),
        SeatingFault(5, "looks_like_line", "Peru"),
        SeatingFault(6, "looks_taken", "@Kenya"),
    )


@pytest.mark.parametrize(
    "name", ["@France", "France@", "\u200fFrance@", "\u200b@France", "＠France", "﹫France", "ⓐFrance"]
)
async def test_no_delegation_bears_the_mark_of_a_person(chamber: Chamber, name: str) -> None:
    with pytest.raises(NameMarked):
        await add(chamber, name)
    with pytest.raises(SeatingUnreadable) as refused:
        await chamber.services.seating.import_csv(CHANNEL, CHAIR, f"name\n{name}\n")
    assert [fault.code for fault in refused.value.params["faults"]] == ["name_marked"]  # pyright: ignore


async def test_a_member_called_like_a_delegation_sits_beside_it_and_is_shown_as_a_person(chamber: Chamber) -> None:
    await add(chamber, "France")
    taken = await chamber.services.seats.take(CHANNEL, called(1, "France"))
    assert (taken.seat.name, taken.seat.shown) == ("France", "@France")
    assert await shown(chamber) == ["France", "@France"]


async def test_where_the_member_sits_first_the_delegation_needs_another_name(chamber: Chamber) -> None:
    await chamber.services.seats.take(CHANNEL, called(1, "Frаnce"))
    with pytest.raises(SeatExists) as refused:
        await add(chamber, "France")
    assert (refused.value.params["seat"], refused.value.params["alike"]) == ("@Frаnce", True)
    await add(chamber, "The French Republic")


async def test_members_who_look_alike_are_told_apart_by_a_number(chamber: Chamber) -> None:
    for number, name in enumerate(("Alex", "ALEX", "Аlex", "Al\u200bex", "Alexa"), 1):
        await chamber.services.seats.take(CHANNEL, called(number, name))
    assert sorted(await shown(chamber)) == sorted(["@Alex", "@ALEX (2)", "@Аlex (3)", "@Al\u200bex (4)", "@Alexa"])


async def test_a_chair_who_gives_a_seat_has_it_numbered_too(chamber: Chamber) -> None:
    await chamber.services.seats.take(CHANNEL, called(1, "Alex"))
    given = await chamber.services.seating.add_person(CHANNEL, CHAIR, member(2).person, "Alex")
    assert given.seats[0].shown == "@Alex (2)"


async def test_who_returns_is_told_apart_from_whoever_sat_down_meanwhile(chamber: Chamber) -> None:
    services = chamber.services
    await services.seats.take(CHANNEL, called(1, "Alex"))
    await services.seats.leave(CHANNEL, called(1, "Alex"))
    await services.seats.take(CHANNEL, called(2, "Alex"))
    back = await services.seats.take(CHANNEL, called(1, "Alex"))
    assert back.seat.shown == "@Alex (2)"
    assert (await services.seats.list_in(CHANNEL, member(1))).own[0].name == "Alex (2)", "as it is stored"
    await services.seats.leave(CHANNEL, called(2, "Alex"))
    await services.seats.leave(CHANNEL, called(1, "Alex"))
    given = await services.seating.add_person(CHANNEL, CHAIR, member(1).person, "Alex")
    assert given.seats[0].name == "Alex", "once nobody is called so"
    assert (await services.audit.verify()).sound


async def test_those_whose_first_ballots_come_together_are_told_apart(chamber: Chamber) -> None:
    issue = await chamber.propose("Torture")
    view = await chamber.services.rounds.open(CHANNEL, CHAIR, "1d")
    await asyncio.gather(
        *(chamber.vote(view.round, issue, number, "prohibited", by=called(number, "Alex")) for number in range(1, 8))
    )
    assert sorted(await shown(chamber)) == sorted(["@Alex", *(f"@Alex ({number})" for number in range(2, 8))])
    assert (await chamber.services.audit.verify()).sound


async def test_a_numbered_name_is_no_longer_than_a_name_may_be(chamber: Chamber) -> None:
    for number in (1, 2, 3):
        await chamber.services.seats.take(CHANNEL, called(number, "N" * 200))
    names = [seat.name for seat in (await chamber.services.seats.list_in(CHANNEL, CHAIR)).seats]
    assert len(set(names)) == 3
    assert all(len(name) <= NAME_LIMIT for name in names)
    assert {name[-4:] for name in names} == {"NNNN", " (2)", " (3)"}


async def test_another_council_has_its_own_names(chamber: Chamber) -> None:
    await chamber.found(channel=PLACE, rules=PRESETS["simple-majority"])
    await chamber.services.seats.take(CHANNEL, called(1, "Alex"))
    await chamber.services.seats.take(PLACE, called(2, "Alex"))
    assert await shown(chamber, PLACE) == ["@Alex"]


async def test_the_record_commits_to_the_name_as_it_is_stored(chamber: Chamber) -> None:
    for number in (1, 2):
        await chamber.services.seats.take(CHANNEL, called(number, "Alex"))
    data = (await chamber.services.privacy.export(member(2).person)).sections["record"]
    assert [row["value"] for row in data if row["label"] == "text"] == ["Alex (2)"]
