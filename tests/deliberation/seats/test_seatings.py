"""Seatings written as CSV: what is read, and that every bad line is named."""

import pickle
import unicodedata

import pytest

from deliberation.ids import PersonId
from deliberation.seats.seatings import (
    LONGEST_LINE,
    MOST_FAULTS,
    MOST_LINES,
    MOST_SEATS,
    SeatingLine,
    SeatingUnreadable,
    parse_seating,
)

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


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("\u3164", "no_name"),
        ("\u2800\u200b", "no_name"),
        ("@France", "name_marked"),
        ("e" + "\u0301\u0316" * 2_000, "name"),
        ("x" * 81, "name_too_long"),
        ("\ufdfa" * 60, "name_too_long"),
    ],
    ids=lambda given: ascii(given)[:20],
)
def test_a_name_that_none_can_bear_is_named(name: str, code: str):
    assert [fault[:2] for fault in faults(f"name\n{name}\n")] == [(2, code)]


def test_columns_are_known_by_what_shows_of_them():
    assert parse_seating("\u200bname,VETO\u00a0\nFrance,x\n") == (SeatingLine(name="France", veto=True),)


LARGE = 200_000
"""Characters, as many as an attachment may have bytes."""
HOSTILE = {
    "commas alone": ("," * LARGE, (1, "line_too_long")),
    "commas on every line": (("name\n" + ("," * (LONGEST_LINE - 1) + "\n") * 39)[:LARGE], (1, "empty")),
    "25,000 columns": (",".join(["name"] * 25_000), (1, "line_too_long")),
    "one huge cell": ("name\n" + "x" * (LARGE - 5), (2, "line_too_long")),
    "quotes alone": ('"' * LARGE, (1, "line_too_long")),
    "a quote that nothing closes": ('name\n"' + "x\n" * (LARGE // 2 - 3), (MOST_LINES + 1, "too_many_lines")),
    "ends of lines alone": ("\n" * LARGE, (MOST_LINES + 1, "too_many_lines")),
    "empty quotes": ("name\n" + '""\n' * 60_000, (MOST_LINES + 1, "too_many_lines")),
    "marks": ("name\n" + ("e" + "\u0301\u0316" * 1_200 + "\n") * 80, (2, "name")),
    "zeros": ("name,weight\n" + ("x," + "0" * 4_000 + "x\n") * 40, (2, "weight")),
    "half a mention": ("name,members\n" + ("x," + "<@!" * 1_600 + "\n") * 40, (2, "members")),
    "seats": ("name\n" + "".join(f"S{n}\n" for n in range(30_000)), (MOST_SEATS + 2, "too_many")),
}


@pytest.mark.parametrize(("text", "first"), HOSTILE.values(), ids=HOSTILE)
def test_whatever_a_text_is_made_of_reading_it_stops_soon(
    text: str, first: tuple[int, str], monkeypatch: pytest.MonkeyPatch
):
    """Nothing is brought into a normal form that is longer than a line: marks take the square of their number."""
    assert len(text) <= LARGE
    normalized: list[int] = []
    normalize = unicodedata.normalize
    monkeypatch.setattr(unicodedata, "normalize", lambda form, of: normalized.append(len(of)) or normalize(form, of))
    found = faults(text)
    assert found[0][:2] == first
    assert len(found) <= MOST_FAULTS
    assert all(len(told) <= 80 for _, _, told in found)
    assert max(normalized, default=0) <= 100
    assert len(normalized) <= 3 * (MOST_SEATS + MOST_FAULTS)


def test_no_more_faults_are_looked_for_than_anybody_reads():
    text = "name,weight\n" + "".join(f"Seat {number},none\n" for number in range(500))
    assert faults(text) == [(line, "weight", "none") for line in range(2, 2 + MOST_FAULTS)]


def test_what_is_given_returned_and_raised_can_go_to_another_process_and_back():
    assert pickle.loads(pickle.dumps(parse_seating)) is parse_seating  # noqa: S301
    read = parse_seating(f"name,members,veto\nFrance,<@{ALICE}>,yes\n")
    assert pickle.loads(pickle.dumps(read)) == read  # noqa: S301
    with pytest.raises(SeatingUnreadable) as refused:
        parse_seating("name\n----\n")
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301
    assert isinstance(again, SeatingUnreadable)
    assert (again.code, again.params) == (refused.value.code, refused.value.params)
