"""Ballots: the reasons given with them, the proxies by which some of them come, and what they add up to."""
