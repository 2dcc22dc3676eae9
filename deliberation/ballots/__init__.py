"""Ballots: the reasons given with them, the proxies by which they come, and what they add up to."""
