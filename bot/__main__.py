"""The command line: `comity run | rehearse | replay | db upgrade|backup|restore | verify | doctor | healthcheck`."""


def main() -> None:
    """The entry point `comity`."""
    # Imported late: the worker process starts with this module too, and needs none of it.
    from .command_line import app
    from .redaction import cover
    from .settings import typed

    cover(typed())
    app()


if __name__ == "__main__":
    main()
