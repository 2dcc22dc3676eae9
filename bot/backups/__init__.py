"""Backups: made by hand or daily, and restored."""
