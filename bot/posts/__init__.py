"""Posts: drawing what is in the outbox, and sending it to Discord, at least once."""
