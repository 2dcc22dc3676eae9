"""The connection to Discord: where it is, and what comes through the gateway."""
