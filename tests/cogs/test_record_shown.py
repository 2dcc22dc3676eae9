"""What `/order verify` answers: a head to keep where the record is sound, and whom to ask where it is not."""

from __future__ import annotations

from cogs.order.board import render_record
from cogs.showing.localizer import Localizer
from deliberation.record import Head
from services.record import Kept, RecordView
from tests.cogs.voting import council, words

HEAD = Head(12, "5f" * 32)


def test_a_sound_record_shows_its_head_whole_and_what_it_is_for(say: Localizer):
    shown = words(render_record(RecordView(council=council(), head=HEAD, sound=True), say))
    assert f"`12:{HEAD.digest}`" in shown
    assert "`/order verify head:` says later whether anything up to it was changed" in shown


def test_a_record_that_was_changed_shows_no_head_to_keep(say: Localizer):
    shown = words(render_record(RecordView(council=council(), head=HEAD, sound=False), say))
    assert "Ask whoever runs the bot to run `comity verify`." in shown
    assert HEAD.digest not in shown


def test_a_head_that_does_not_stand_says_whom_to_ask(say: Localizer):
    for kept in (Kept.BEYOND, Kept.REPLACED):
        view = RecordView(council=council(), head=HEAD, sound=True, compared=HEAD, kept=kept)
        assert "ask whoever runs the bot" in words(render_record(view, say)).lower()
