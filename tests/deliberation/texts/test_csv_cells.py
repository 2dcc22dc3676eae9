"""No cell of a CSV that Comity writes runs as a formula."""

import csv
import io

import pytest

from deliberation.texts.csv_cells import cell


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_what_begins_like_a_formula_stays_a_text(sign: str):
    assert cell(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"


@pytest.mark.parametrize(
    ("value", "written"),
    [("Torture", "Torture"), ("a=b", "a=b"), ("", ""), (None, ""), (-3, "-3"), (0, "0"), ("'quoted", "'quoted")],
)
def test_everything_else_is_written_as_it_is(value: object, written: str):
    assert cell(value) == written


def test_commas_and_quotes_do_not_let_a_formula_out():
    row = ['a,"=1+1', 'b"\r\n=1+1', "=1+1"]
    file = io.StringIO()
    csv.writer(file).writerow([cell(value) for value in row])
    [read] = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert not [value for value in read if value.startswith("=")]
