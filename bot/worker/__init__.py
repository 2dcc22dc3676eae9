"""The worker: a process beside the bot for work that would delay answers."""
