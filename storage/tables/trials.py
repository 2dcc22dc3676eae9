"""Trials of the store itself."""

from .columns import Row, whole


class TrialRow(Row, table=True):
    """What the newest trial wrote (`storage.trial`)."""

    __tablename__ = "trials"

    number: int = whole(key=True)
    filler: bytes
