"""Members go on voting with what was on their screens when the bot was upgraded."""

from __future__ import annotations

from simcord.results import InteractionResult, ResponseMessage

from tests.before.pressing import outcome
from tests.before.simulated import Server, controls

UNDER_WAY = ("assembly", "embassy", "curtain", "union", "resting", "silenced", "crashed")
"""Where rounds were."""


async def vote_with_what_is_open(server: Server) -> list[str]:
    """Ballots by a form that was open, by a card, and by a docket's menu; a line for each answer."""
    told: list[str] = []

    def noted(name: str, answer: InteractionResult) -> InteractionResult:
        told.append(f"{name}: {outcome(answer)}")
        return answer

    chen, dalia, emeka = (server.members[name] for name in ("Chen", "Dalia", "Emeka"))
    [opened] = [form for member, form in server.forms if member is chen]
    noted("Chen", await chen.submit_modal(opened, {"reason": "I had begun to say so."}))
    adjustment, pick = "cmt:1:ballot:11:1:1:adjustment", "cmt:1:pick:11"
    form = noted("Emeka", await emeka.click(_standing(server, adjustment), custom_id=adjustment))
    noted("Emeka", await emeka.submit_modal(form, {"reason": "They may come round."}))
    docket = _standing(server, pick)
    [menu] = [part for part in controls(docket.components) if part["custom_id"] == pick]
    picked = noted("Dalia", await dalia.select(docket, [menu["options"][1]["value"]], custom_id=pick))
    assert picked.response is not None
    [*_, abstain] = [part["custom_id"] for part in controls(picked.response.components)]
    noted("Dalia", await dalia.click(picked.response, custom_id=abstain))
    return told


def _standing(server: Server, custom_id: str) -> ResponseMessage:
    """The message that everybody sees, with that button or menu."""
    found = [message for message in server.messages if server.only_for(message) is None]
    return next(each for each in found if any(part["custom_id"] == custom_id for part in controls(each.components)))
