"""The durable store: tables, repositories, unit of work, migrations."""
