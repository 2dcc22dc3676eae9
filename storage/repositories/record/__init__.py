"""The record, the running sums of rounds, and what an audit reads."""

from .audit import Audit
from .entries import Record
from .sums import Sums

__all__ = ["Audit", "Record", "Sums"]
