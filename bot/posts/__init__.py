"""Posts: what the outbox holds is drawn and sent to Discord, at least once."""
