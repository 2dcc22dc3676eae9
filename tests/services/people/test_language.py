"""The language a member is answered in: asked for once a minute, and changed at once."""

from __future__ import annotations

import pytest

from deliberation.ids import PersonId
from services.people.service import KNOWN_SECONDS, PeopleService
from services.ports import Preferences
from storage import Database

ALICE = PersonId(2**60 + 1)


class Ticks:
    """A clock that a test moves on."""

    now = 1_000.0

    def __call__(self) -> float:
        return self.now


async def test_a_language_that_is_chosen_holds_from_the_next_answer_on(database: Database) -> None:
    people = PeopleService(database, ticks=Ticks())
    assert await people.language(ALICE) is None
    await people.put(ALICE, Preferences(language="fr"))
    assert await people.language(ALICE) == "fr"


async def test_one_that_is_erased_is_not_remembered(database: Database) -> None:
    people, elsewhere = PeopleService(database, ticks=Ticks()), PeopleService(database, ticks=Ticks())
    await people.put(ALICE, Preferences(language="fr"))
    assert await people.language(ALICE) == "fr"
    await elsewhere.put(ALICE, Preferences())
    people.forget(ALICE)
    assert await people.language(ALICE) is None


@pytest.mark.parametrize("begins_with", [None, "fr"])
async def test_one_that_is_chosen_through_another_process_holds_within_a_minute(
    database: Database, begins_with: str | None
) -> None:
    ticks = Ticks()
    here, there = PeopleService(database, ticks=ticks), PeopleService(database, ticks=ticks)
    await there.put(ALICE, Preferences(language=begins_with))
    assert await here.language(ALICE) == begins_with
    await there.put(ALICE, Preferences(language="de"))
    ticks.now += KNOWN_SECONDS + 1
    assert await here.language(ALICE) == "de"
