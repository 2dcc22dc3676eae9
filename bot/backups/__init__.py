"""Backups: made by hand and by day, and restored."""
