"""What somebody typed and had refused is kept for that member alone, whatever buttons others find."""

from __future__ import annotations

from cogs.custom_ids.ballots import ReasonForm, WriteReason
from cogs.custom_ids.councils import EditRules
from cogs.custom_ids.issues import ProposeAgain, ProposeAnyway
from cogs.custom_ids.seats import ImportSeats
from tests.security.access import State
from tests.security.assembly import CHAIR, ELSEWHERE, HALL, HOLDER, MANAGER, SEATED, STRANGER
from tests.security.conftest import Assemble

TYPED = (("issue show", "issue"), ("vote", "issue"), ("seat take", "seat"), ("seat proxy", "to"))
SECRET = "Qz what only its author may read"


async def test_try_again_opens_nobody_elses_text(assemble: Assemble):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        wire, assembly = harness.wire, harness.assembly
        council, issue = assembly.council, assembly.issue(1)
        ids = {"round": assembly.round, "issue": issue, "version": 1, "position": "prohibited"}
        refused = await wire.submit(SEATED, HALL, f"cmt:1:propose-form:{council}", {"title": SECRET + "x" * 90})
        assert "Try again" in refused.text
        await wire.submit(SEATED, HALL, str(ReasonForm(**ids)), {"reason": SECRET * 40})
        await wire.submit(CHAIR, HALL, f"cmt:1:rules-form:{council}:quorum", {"least": SECRET})
        await wire.submit(CHAIR, HALL, f"cmt:1:seat-import-form:{council}", {"seating": SECRET})

        for other in (HOLDER, MANAGER, STRANGER):
            for custom_id in (
                str(ProposeAgain(council=council)),
                str(ProposeAnyway(council=council)),
                str(WriteReason(**ids)),
                str(EditRules(council=council, group="quorum")),
                str(ImportSeats(council=council)),
            ):
                answer = await wire.tap(other, HALL, custom_id)
                assert SECRET not in answer.text, f"{custom_id} by {other.name}"
        own = await wire.tap(SEATED, HALL, str(ProposeAgain(council=council)))
        assert SECRET in own.text


async def test_what_is_typed_into_an_option_suggests_nothing_of_another_council(assemble: Assemble):
    async with assemble() as harness:
        harness.put_back(State.VOTING)
        seen = await harness.wire.command(SEATED, HALL, "issue show", typing="issue", issue="Qz")
        assert seen.choices
        for person, channel in ELSEWHERE.values():
            for name, option in TYPED:
                answer = await harness.wire.command(person, channel, name, typing=option, **{option: "Qz"})
                assert answer.acknowledged
                assert answer.choices == []
