"""The running program: composition root, client, settings, command line, scheduler and outbox."""
