"""Cells of CSV files that open in a spreadsheet as the text they are.

Spreadsheets run what begins like a formula; members choose titles, names and reasons (OWASP, "CSV Injection").
"""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - some read wide signs too


def cell(value: object) -> str:
    """The value as a cell: nothing for None, and before a text that could be taken for a formula an apostrophe.

    Numbers stay as they are, negative ones too.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return str(value)
