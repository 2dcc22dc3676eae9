"""A member who taps like a machine is told to wait, and nobody else notices."""

from __future__ import annotations

from datetime import timedelta

from tests.security.access import State
from tests.security.assembly import HALL, HOLDER, SEATED, dump
from tests.security.conftest import Assemble

WAIT = "That was a great deal in a short time"


async def test_a_docket_is_voted_through_in_one_go_and_a_machine_is_stopped(assemble: Assemble):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        wire, assembly = harness.wire, harness.assembly
        ballot = f"cmt:1:ballot:{assembly.round}:{assembly.issue(1)}:1"

        async def tap() -> str:
            return (await wire.tap(SEATED, HALL, f"{ballot}:prohibited")).text

        answers = [await tap(), *[(await wire.command(SEATED, HALL, "help")).text for _ in range(58)], await tap()]
        assert not any(WAIT in answer for answer in answers), "twenty-five issues with two taps each, and more"
        before = dump(assembly.file)
        assert WAIT in await tap()
        assert WAIT in (await wire.command(SEATED, HALL, "issue list")).text
        form = f"cmt:1:reason-form:{assembly.round}:{assembly.issue(1)}:1:prohibited"
        assert WAIT in (await wire.submit(SEATED, HALL, form, {"reason": "Because."})).text
        assert dump(assembly.file) == before

        assert WAIT not in (await wire.tap(HOLDER, HALL, f"{ballot}:prohibited")).text
        wire.clock.advance(timedelta(seconds=1))
        assert [WAIT in await tap() for _ in range(4)] == [False, False, False, True]


async def test_who_types_like_a_machine_gets_no_more_suggestions_and_can_still_vote(assemble: Assemble):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        wire = harness.wire
        found = [
            (await wire.command(SEATED, HALL, "issue show", typing="issue", issue="")).choices != [] for _ in range(62)
        ]
        assert found == [True] * 60 + [False] * 2
        assert WAIT not in (await wire.command(SEATED, HALL, "docket")).text


async def test_a_whole_day_of_it_is_stopped_too(assemble: Assemble):
    async with assemble() as harness:
        pacing, person = harness.wire.bot.context.pacing, 77
        served = 0
        for _ in range(86_400 // 10):
            harness.wire.clock.advance(timedelta(seconds=10))
            served += sum(pacing.wait(person) == 0.0 for _ in range(10))
        assert 2_000 < served < 2_000 + 86_400 // 30 + 2
