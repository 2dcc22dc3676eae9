"""What members touch: one package per area, with its commands, cards, buttons and forms."""

AREAS = ("councils", "seats", "issues", "ballots", "rounds", "explaining", "order", "people", "privacy", "help")
"""The extensions that the client loads, in this order."""
