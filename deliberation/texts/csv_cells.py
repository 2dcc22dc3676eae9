"""Cells of CSV files that a spreadsheet opens as plain text.

Spreadsheets run anything that begins like a formula, and members choose titles, names and reasons (OWASP, "CSV
Injection").
"""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - some read wide signs too


def cell(value: object) -> str:
    """The value as a cell: empty for None, and with an apostrophe before a text that could be taken for a formula.

    Numbers stay as they are, negative ones too.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return str(value)
