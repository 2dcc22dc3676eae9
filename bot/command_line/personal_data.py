"""What an operator does for people who cannot use `/privacy`, since they left every server or lost their account."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

from bot.faults import OperatorFault
from bot.settings import Settings
from bot.stores import missing_file
from cogs.privacy.erasing import naming
from cogs.privacy.export import document
from cogs.showing.localizer import SOURCE, Catalogues
from deliberation.ids import PersonId
from deliberation.pseudonyms import tag
from services import Services
from storage.database import Database
from storage.schema import require_newest

Answer = TypeVar("Answer")


async def export_person(settings: Settings, person: int) -> str:
    """Everything stored about the person, as the file that `/privacy export` hands out."""
    data = await _with_services(settings, lambda services: services.privacy.export(PersonId(person)))
    whole = document(data, Catalogues.load().localizer(SOURCE), at=datetime.now(UTC))
    return json.dumps(whole, ensure_ascii=False, indent=1)


async def erase_person(settings: Settings, person: int, *, words: bool) -> str:
    """Erase the person as `/privacy erase` does. Returns a line that says which pseudonym stands in their place."""
    former = naming(Catalogues.load())

    async def erase(services: Services) -> str:
        if (await services.privacy.preview(PersonId(person))).nothing:
            raise OperatorFault(f"Nothing is kept about the user {person}.")
        erased = await services.privacy.erase(PersonId(person), words=words, former=former)
        held = "".join(
            f"\nUntil round {round_.number} of {council.name} closes, a salted fingerprint is kept: nobody votes twice."
            for council, round_ in erased.preview.rounds
        )
        barred = "\nA chair's bar stays in force by a salted fingerprint." if erased.preview.barred else ""
        return f"The user {person} is erased; the pseudonym's number is {tag(erased.pseudonym)}.{held}{barred}"

    return await _with_services(settings, erase)


async def _with_services(settings: Settings, work: Callable[[Services], Awaitable[Answer]]) -> Answer:
    missing = missing_file(settings.database_url)
    if missing is not None:
        raise OperatorFault(f"There is no database at {missing}: name it in COMITY_DATABASE_URL.")
    await require_newest(settings.database_url)
    store = Database(settings.database_url)
    try:
        return await work(Services.over(store))
    finally:
        await store.dispose()
