"""`kill -9` in the middle of a round: what was acknowledged is there, and the round closes once, at its deadline."""

import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from deliberation.rulings import RulingCode
from services import Services
from services.ports import PostKind
from storage import Database
from tests.clocks import SetClock
from tests.services.chamber import DAY, Chamber, member
from tests.stores import (  # noqa: F401 - fixtures
    clock,
    head_url,
    postgres_template,
    postgresql_head_url,
    sqlite_head_url,
    sqlite_template,
)

ROOT = Path(__file__).parents[2]
ENOUGH = 40


@pytest.fixture
async def store(head_url: str, clock: SetClock) -> AsyncIterator[Database]:  # noqa: F811 - the fixtures above
    store = Database(head_url, clock=clock)
    yield store
    await store.dispose()


async def test_every_acknowledged_ballot_survives_a_kill_and_the_round_closes_once(
    head_url: str,  # noqa: F811
    store: Database,
    clock: SetClock,  # noqa: F811
) -> None:
    chamber = Chamber(Services.over(store), clock)
    await chamber.found()
    issue = await chamber.propose("Torture")
    round_ = (await chamber.open("3d")).round

    acknowledged = killed_while_voting(head_url, round_.id, issue.id)

    recorded = {reason.reason.text for reason in (await chamber.services.reasons.of_issue(issue.id)).reasons}
    assert {f"Reason {number}." for number in acknowledged} <= recorded
    again = await chamber.vote(round_, issue, acknowledged[0], "prohibited", reason=None)
    assert again.repeated, "the first member's ballot stands"
    await chamber.vote(round_, issue, 100_000, "prohibited")

    clock.advance(3 * DAY)
    restarted = Services.over(store)
    await restarted.rounds.settle_due()
    await restarted.rounds.settle_due()
    result = await restarted.rounds.result(round_.id)
    assert result.lines[0].ruling.code is RulingCode.PROMOTED
    assert result.voted >= len(acknowledged) + 1
    assert [post.kind for post in await restarted.posts.due(most=500)].count(PostKind.RESULT) == 1
    assert (await restarted.audit.verify()).sound
    assert (await restarted.seats.list_in(result.council.channel, member(1))).own is not None


def killed_while_voting(url: str, round_id: int, issue: int) -> list[int]:
    """The members whose ballots a process had acknowledged when it was killed in the middle of its work."""
    command = [sys.executable, "-m", "tests.end_to_end.voting_process", url, str(round_id), str(issue)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(ENOUGH)]
        process.kill()
        rest = process.stdout.read().splitlines()
    return acknowledged + [int(line) for line in rest if line]
