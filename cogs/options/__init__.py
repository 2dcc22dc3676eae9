"""The options of commands: how each kind is suggested while somebody types, and read from what was typed."""
