"""The schema's history, applied by `storage.schema.upgrade`. A new revision: `python -m storage.migrations "what"`."""
