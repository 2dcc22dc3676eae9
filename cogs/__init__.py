"""What members touch: one package per area, with its commands, cards, buttons and forms."""
