"""The same bot on a simulated Discord in the browser, with a demonstration council."""

from rehearsal.program import serve

__all__ = ["serve"]
