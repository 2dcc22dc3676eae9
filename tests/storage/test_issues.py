"""Issues, their standing and seconds, and refused drafts, as the store gives them back."""

from __future__ import annotations

import pytest

from deliberation.categories import Category
from deliberation.ids import IssueId, PersonId
from deliberation.issues import IssueStatus
from deliberation.rulings.standings import Standing
from deliberation.texts import IssueText
from services.ports import Draft
from storage import Database
from tests.clocks import NOON
from tests.storage.founding import SNOWFLAKE, council_in, issue_in, seat_in


async def test_an_issue_comes_back_as_it_was_proposed(database: Database):
    text = IssueText(title="Ban 🧨", action="line\n" * 240, why="")
    async with database.write() as uow:
        council = await council_in(uow)
        assert await uow.issues.last_number(council.id) == 0
        issue = await uow.issues.add(council=council.id, number=7, text=text, proposer=PersonId(SNOWFLAKE), at=NOON)
        assert await uow.issues.get(issue.id) == issue
        assert await uow.issues.find(council.id, 7) == issue
        assert await uow.issues.find(council.id, 8) is None
        assert await uow.issues.text(issue.id, 1) == text
        assert await uow.issues.last_number(council.id) == 7
    assert (issue.number, issue.version, issue.text, issue.proposer) == (7, 1, text, SNOWFLAKE)
    assert (issue.standing, issue.status, issue.ruled) == (Standing(), IssueStatus.OPEN, False)
    assert (issue.proposed_at, issue.last_round, issue.seconders) == (NOON, 0, 0)


async def test_an_issue_or_text_that_is_not_there_raises_lookup_error(database: Database):
    async with database.write() as uow:
        issue = await issue_in(uow, await council_in(uow), 1)
        with pytest.raises(LookupError):
            await uow.issues.get(IssueId(issue.id + 1))
        with pytest.raises(LookupError):
            await uow.issues.text(issue.id, 2)


async def test_issues_are_listed_by_number_withdrawn_ones_too(database: Database):
    async with database.write() as uow:
        council = await council_in(uow)
        for number in (3, 1, 2):
            issue = await issue_in(uow, council, number)
        await issue_in(uow, await council_in(uow, channel=5), 1)
        await uow.issues.withdraw(issue.id, at=NOON)
        listed = await uow.issues.list_in(council.id)
    assert [(issue.number, issue.status.value) for issue in listed] == [(1, "open"), (2, "withdrawn"), (3, "open")]


async def test_a_round_moves_an_issue_and_marks_it_ruled(database: Database):
    moved = Standing(category=Category.PROHIBITED, sustained=1, wavering=2, under_review=True)
    async with database.write() as uow:
        council = await council_in(uow)
        issue, other = await issue_in(uow, council, 1), await issue_in(uow, council, 2)
        await uow.issues.put_standing(issue.id, moved, before=issue.standing)
        await uow.issues.mark_ruled([issue.id], round_number=4)
        await uow.issues.mark_ruled([], round_number=5)
        after = await uow.issues.get(issue.id)
        assert await uow.issues.get(other.id) == other
    assert (after.standing, after.ruled, after.last_round) == (moved, True, 4)


async def test_a_seat_seconds_once_until_the_seconds_are_cleared(database: Database):
    async with database.write() as uow:
        council = await council_in(uow)
        issue = await issue_in(uow, council, 1)
        seats = [await seat_in(uow, council, name, 1) for name in ("A", "B")]
        assert [await uow.issues.second(issue.id, seat.id, at=NOON) for seat in [*seats, seats[0]]] == [
            True,
            True,
            False,
        ]
        assert (await uow.issues.get(issue.id)).seconders == 2
        await uow.issues.clear_seconders(issue.id)
        assert (await uow.issues.get(issue.id)).seconders == 0
        assert await uow.issues.second(issue.id, seats[0].id, at=NOON) is True


async def test_a_refused_draft_is_kept_as_typed_and_replaced_by_the_next(database: Database):
    # A null character and half of a surrogate pair: what no database's text can hold.
    typed = {"title": "\u0000 \ud83d", "why": "ok"}
    async with database.write() as uow:
        council = await council_in(uow)
        key = {"council": council.id, "person": PersonId(SNOWFLAKE), "kind": "issue", "subject": 0}
        await uow.drafts.put(Draft(fields={"title": "first"}, **key), at=NOON)
        await uow.drafts.put(Draft(fields=typed, **key), at=NOON)
        assert await uow.drafts.find(**key) == Draft(fields=typed, **key)
        assert await uow.drafts.find(**{**key, "subject": 1}) is None
        await uow.drafts.drop(**key)
        assert await uow.drafts.find(**key) is None
