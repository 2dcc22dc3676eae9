"""What is kept about a person is handed out whole, and erased without a trace, while every count still verifies."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from deliberation.categories import Position
from deliberation.ids import PersonId
from deliberation.pseudonyms import ErasesAnother, is_pseudonym
from deliberation.rules import Secrecy
from deliberation.rules.presets import PRESETS
from deliberation.seats import Barred, ErasedInRound
from services.ports import PostKind
from storage import Database
from tests.services.chamber import CHAIR, CHANNEL, DAY, Chamber, member
from tests.services.past import ELSEWHERE, ERASED, NAME, WORDS, everything, former, found_in, tables
from tests.services.record.test_audit import alter


async def kept_of(chamber: Chamber) -> set[str]:
    return set((await chamber.services.privacy.export(ERASED.person)).sections)


async def test_the_export_holds_everything_of_every_council_and_nothing_of_others(lived: Chamber):
    data = await lived.services.privacy.export(ERASED.person)
    assert {name: len(rows) for name, rows in data.sections.items()} == {
        "councils": 2,
        "seats": 2,
        "rounds": 1,
        "ballots": 1,
        "reasons": 1,
        "issues": 2,
        "wordings": 2,
        "proxies": 1,
        "drafts": 1,
        "preferences": 1,
        "history": 3,
        "record": 7,
    }
    assert [row["position"] for row in data.sections["history"]] == ["prohibited", "adjustment", "prohibited"]
    said = [row["value"] for row in data.sections["record"] if row["label"] == "text"]
    assert sorted(said) == sorted([NAME, WORDS, f"{WORDS} Or so I thought.", f"{WORDS} Abroad."])
    assert "It harms." not in str(data), "another member's words"
    assert "Member 2" not in str(data)


async def test_nobody_erases_another_who_was_asked(lived: Chamber):
    with pytest.raises(ErasesAnother):
        await lived.services.privacy.erase_self(ERASED.person, asked=PersonId(1), words=True, former=former)
    assert not (await lived.services.privacy.preview(ERASED.person)).nothing
    await lived.services.privacy.erase_self(ERASED.person, asked=ERASED.person, words=True, former=former)
    assert (await lived.services.privacy.preview(ERASED.person)).nothing


async def test_erasing_leaves_neither_id_nor_name_nor_words_anywhere(lived: Chamber, database: Database):
    assert await found_in(database, str(ERASED.person), NAME, WORDS)
    counted = await tables(database, "ballots", "rulings", "entitlements", "docket", "issue_seconds")
    record = (await everything(database))["record_entries"]
    erased = await lived.services.privacy.erase(ERASED.person, words=True, former=former)
    assert is_pseudonym(erased.pseudonym)
    assert await found_in(database, str(ERASED.person), NAME, WORDS) == []
    assert await tables(database, "ballots", "rulings", "entitlements", "docket", "issue_seconds") == counted
    assert await tables(database, "proxies") == {"proxies": []}, "nobody stands behind it any more"
    assert (await everything(database))["record_entries"][: len(record)] == record, "the record is only added to"
    assert await kept_of(lived) == set()
    report = await lived.services.audit.verify()
    assert report.sound, report.faults
    assert report.ballots == 7
    for number in range(2, 7):
        assert await found_in(database, str(member(number).person)), "the others stay"


async def test_words_are_kept_under_the_pseudonym_where_they_are_not_to_go(lived: Chamber, database: Database):
    erased = await lived.services.privacy.erase(ERASED.person, words=False, former=former)
    assert await found_in(database, str(ERASED.person), NAME) == []
    tag = f"{-erased.pseudonym % 1_000_000:06d}"
    reasons = await lived.services.reasons.list_of(CHANNEL, 1)
    mine = [given for given in reasons.reasons if WORDS in given.reason.text]
    assert [given.seat_name for given in mine] == [f"@Former member {tag}"]
    _, issues = await lived.services.issues.list_in(ELSEWHERE)
    assert [issue.proposer for issue in issues] == [erased.pseudonym], "one pseudonym in every council"


async def test_a_ballot_altered_after_an_erasure_is_still_found(lived: Chamber, database: Database):
    await lived.services.privacy.erase(ERASED.person, words=True, former=former)
    assert await alter(database, "UPDATE ballots SET position = 'independent' WHERE position = 'adjustment'")
    assert {fault.what for fault in (await lived.services.audit.verify()).faults} == {"ballot"}


async def test_who_is_erased_in_a_round_casts_no_second_ballot_in_it(lived: Chamber):
    opened = await lived.open("3d")
    issue = (await lived.services.issues.list_in(CHANNEL))[1][0]
    await lived.vote(opened.round, issue, 1, Position.PROHIBITED)
    await lived.services.privacy.erase(ERASED.person, words=False, former=former)
    with pytest.raises(ErasedInRound):
        await lived.vote(opened.round, issue, 1, Position.INDEPENDENT)
    with pytest.raises(ErasedInRound):
        await lived.services.seats.take(CHANNEL, ERASED)
    with pytest.raises(ErasedInRound) as told:
        await lived.services.seating.add_person(CHANNEL, CHAIR, ERASED.person, NAME)
    assert told.value.params["other"] is True
    status = await lived.services.rounds.status(CHANNEL)
    assert status is not None
    assert (status.voted, status.entitled) == (1, 6), "the ballot stands, and none came to it"
    await lived.pass_time(3 * DAY)
    again = await lived.open("3d")
    await lived.vote(again.round, issue, 1, Position.INDEPENDENT)
    report = await lived.services.audit.verify()
    assert report.sound, report.faults


async def test_ballots_cast_at_the_instant_of_an_erasure_leave_no_trace_of_the_person(
    chamber: Chamber, database: Database
):
    council = await chamber.found_with(ELSEWHERE, "simple-majority")
    issue = await chamber.propose("Torture", channel=council)
    await chamber.seat(1, 2, channel=council)
    opened = await chamber.open("3d", channel=council)
    positions = ("prohibited", "independent", "adjustment") * 4
    votes = [chamber.vote(opened.round, issue, 1, position, reason=None) for position in positions]
    erase = chamber.services.privacy.erase(ERASED.person, words=True, former=former)
    answers = await asyncio.gather(*votes[:6], erase, *votes[6:], return_exceptions=True)
    refused = [answer for answer in answers if isinstance(answer, BaseException)]
    assert all(isinstance(answer, ErasedInRound) for answer in refused), refused
    assert await found_in(database, str(ERASED.person), NAME) == []
    assert len((await everything(database))["ballots"]) <= 1, "one seat, one ballot"
    report = await chamber.services.audit.verify()
    assert report.sound, report.faults


async def test_a_round_that_closes_while_somebody_is_erased_keeps_no_trace_of_it_either(
    lived: Chamber, database: Database, monkeypatch: pytest.MonkeyPatch
):
    opened = await lived.open("3d")
    issue = (await lived.services.issues.list_in(CHANNEL))[1][0]
    await lived.vote(opened.round, issue, 1, "prohibited")
    write = database.write

    def closing_first(*people: PersonId) -> Any:
        monkeypatch.setattr(database, "write", write)
        return Late(lived, write(*people))

    monkeypatch.setattr(database, "write", closing_first)
    await lived.services.privacy.erase(ERASED.person, words=True, former=former)
    assert await found_in(database, str(ERASED.person), NAME, WORDS) == []


class Late:
    """A transaction that begins only once three days have passed."""

    def __init__(self, chamber: Chamber, uow: Any) -> None:
        self.chamber, self.uow = chamber, uow

    async def __aenter__(self) -> Any:
        await self.chamber.pass_time(3 * DAY)
        return await self.uow.__aenter__()

    async def __aexit__(self, *error: Any) -> None:
        await self.uow.__aexit__(*error)


async def test_a_bar_outlives_an_erasure_until_a_chair_lifts_it(chamber: Chamber, database: Database):
    await chamber.seat(1, 2)
    await chamber.services.seating.bar(CHANNEL, CHAIR, ERASED.person)
    await chamber.services.privacy.erase(ERASED.person, words=False, former=former)
    assert await found_in(database, str(ERASED.person), NAME) == []
    with pytest.raises(Barred):
        await chamber.services.seats.take(CHANNEL, ERASED)
    issue = await chamber.propose("Torture")
    opened = await chamber.open("3d")
    with pytest.raises(Barred):
        await chamber.vote(opened.round, issue, 1, "prohibited")
    with pytest.raises(Barred):
        await chamber.services.seating.add_person(CHANNEL, CHAIR, ERASED.person, NAME)
    with pytest.raises(Barred):
        await chamber.services.seating.bar(CHANNEL, CHAIR, ERASED.person)
    await chamber.services.seating.unbar(CHANNEL, CHAIR, ERASED.person)
    await chamber.services.seats.take(CHANNEL, ERASED)


async def test_a_delegation_stays_when_one_of_its_holders_is_erased(chamber: Chamber):
    services = chamber.services
    await chamber.propose("Torture")
    people = [member(number).person for number in (1, 2, 3)]
    await services.hosting.seat_delegation(CHANNEL, name="France", country="FR", holders=people)
    opened = await chamber.open("3d")
    issue = (await services.issues.list_in(CHANNEL))[1][0]
    await chamber.vote(opened.round, issue, 1, "prohibited")
    erased = await services.privacy.erase(ERASED.person, words=False, former=former)
    [seat] = (await services.seats.list_in(CHANNEL, CHAIR)).seats
    assert (seat.name, seat.holders) == ("France", (member(2).person, member(3).person))
    receipt = await chamber.vote(opened.round, issue, 2, "adjustment")
    assert receipt.previous is Position.PROHIBITED
    assert receipt.previous_by == erased.pseudonym


async def test_a_secret_ballot_is_handed_out_without_what_would_prove_it(chamber: Chamber):
    secret = await chamber.found_with(ELSEWHERE, "simple-majority", secrecy=Secrecy.SECRET)
    issue = await chamber.propose("Torture", channel=secret)
    await chamber.seat(1, 2, channel=secret)
    opened = await chamber.open("3d", channel=secret)
    await chamber.vote(opened.round, issue, 1, "prohibited", reason=WORDS)
    data = await chamber.services.privacy.export(ERASED.person)
    assert [row["position"] for row in data.sections["history"]] == ["prohibited"]
    [said] = [row for row in data.sections["record"] if row["value"] == WORDS]
    assert (said["salt"], said["commitment"]) == (None, None)
    assert not [row for row in data.sections["record"] if row["label"] == "ballot"]


async def test_a_card_that_names_the_veto_of_who_is_erased_is_redrawn(chamber: Chamber, database: Database):
    council = await chamber.found_with(ELSEWHERE, "security-council")
    await chamber.services.seating.add_person(council, CHAIR, ERASED.person, NAME, veto=True)
    for number in (2, 3, 4):
        await chamber.services.seating.add_person(council, CHAIR, member(number).person, f"Member {number}")
    issue = await chamber.propose("Torture", channel=council)
    opened = await chamber.open("3d", channel=council)
    await chamber.vote(opened.round, issue, 1, "independent")
    for number in (2, 3, 4):
        await chamber.vote(opened.round, issue, number, "prohibited")
    await chamber.pass_time(3 * DAY)
    await send_everything(chamber)
    await chamber.services.privacy.erase(ERASED.person, words=False, former=former)
    assert [(post.kind, post.subject) for post in await chamber.services.posts.due()] == [(PostKind.CARD, issue.id)]
    card = await chamber.services.issues.card(issue.id)
    assert [name.startswith("@Former member") for name in card.names.values()] == [True]


async def send_everything(chamber: Chamber) -> None:
    """As the outbox does."""
    while due := await chamber.services.posts.due():
        for post in due:
            await chamber.services.posts.begin(post)
            await chamber.services.posts.posted(post, channel=CHANNEL, message=post.id)


async def test_a_member_of_whom_nothing_is_kept_is_told_so(chamber: Chamber):
    preview = await chamber.services.privacy.preview(PersonId(5))
    assert preview.nothing
    assert (await chamber.services.privacy.export(PersonId(5))).empty


async def test_the_preview_names_the_rounds_in_which_the_ballots_stand(lived: Chamber):
    before = await lived.services.privacy.preview(ERASED.person)
    assert (before.councils, before.seats, before.issues, before.rounds) == (2, 2, 2, ())
    opened = await lived.open("3d")
    bound = await lived.services.privacy.preview(ERASED.person)
    assert [round_.id for _, round_ in bound.rounds] == [opened.round.id]


async def test_many_erasures_and_presets_verify(chamber: Chamber):
    assert PRESETS["meta-regime"].open_seating
    issue = await chamber.propose("Torture")
    await chamber.seat(*range(1, 7))
    opened = await chamber.open("3d")
    for number in range(1, 7):
        await chamber.vote(opened.round, issue, number, "prohibited")
        await chamber.services.privacy.erase(member(number).person, words=bool(number % 2), former=former)
    await chamber.pass_time(3 * DAY)
    result = await chamber.services.rounds.result(opened.round.id)
    assert [line.ruling.after.category.word for line in result.lines] == ["adjustment"]
    report = await chamber.services.audit.verify()
    assert report.sound, report.faults


LARGE = ("ballots", "ballot_events", "reasons", "record_entries", "record_secrets", "entitlements", "issues", "posts")
