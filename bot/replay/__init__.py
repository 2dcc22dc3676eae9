"""`comity replay`: recorded votes, run through the same services and storage as a council's own."""

from .command import replay_command

__all__ = ["replay_command"]
