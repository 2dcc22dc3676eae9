"""What members touch: one package per area, with its commands, cards, buttons and forms."""

AREAS = ("council", "seats", "issues", "ballots", "rounds", "explaining", "order", "people", "help")
"""The extensions that the client loads, in this order."""
