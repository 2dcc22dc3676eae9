"""Seatings written as CSV: what is read, and that every bad line is named."""

import pytest

from deliberation.ids import PersonId
from deliberation.seatings import MOST_SEATS, SeatingLine, SeatingUnreadable, parse_seating

ALICE, BORIS = 123456789012345678, 223456789012345678


def faults(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(SeatingUnreadable) as refused:
        parse_seating(text)
    return [(fault.line, fault.code, fault.text) for fault in refused.value.params["faults"]]  # pyright: ignore


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_columns_in_any_order_and_by_any_separator(separator: str):
    text = "weight,name,veto,observer,country\n83000000,Germany,no,,DE\n1,Holy See,,yes,\n".replace(",", separator)
    assert parse_seating(text) == (
        SeatingLine(name="Germany", country="DE", weight=83_000_000),
        SeatingLine(name="Holy See", observer=True),
    )


def test_members_are_ids_or_mentions_and_stand_once():
    [line] = parse_seating(f"name,members\nFrance,<@{ALICE}> {BORIS};<@!{ALICE}>\n")
    assert line.members == (PersonId(ALICE), PersonId(BORIS))


def test_quotes_a_byte_order_mark_and_empty_lines_do_no_harm():
    text = '\ufeffname,veto\r\n\r\n"Korea, Republic of",x\r\n'
    assert parse_seating(text) == (SeatingLine(name="Korea, Republic of", veto=True),)


def test_every_bad_line_is_named_at_once():
    text = "name,members,weight,veto\nFrance,nobody,1,no\n,,1,\nKenya,,-3,maybe\nfrance,,1,\nPeru,,1,no,surplus\n"
    assert faults(text) == [
        (2, "members", "nobody"),
        (3, "no_name", ""),
        (4, "weight", "-3"),
        (4, "veto", "maybe"),
        (5, "name_twice", "france"),
        (6, "surplus_cells", ""),
    ]


def test_what_is_no_seating_at_all():
    assert faults("") == [(1, "empty", "")]
    assert faults("name\n") == [(1, "empty", "")]
    assert faults("mood,weight\nsunny,1\n") == [(1, "unknown_column", "mood"), (1, "no_name_column", "")]
    assert faults("name\n" + "".join(f"S{n}\n" for n in range(MOST_SEATS + 1)))[0][1] == "too_many"
    assert faults("name,weight\nBig,900000000001\n") == [(2, "weight", "900000000001")]
    assert faults("name,country\nX,FRA\n") == [(2, "country", "FRA")]
