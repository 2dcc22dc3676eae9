"""The command line: `comity run | rehearse | replay | db upgrade|backup|restore | verify | healthcheck`."""

from .command_line import main

if __name__ == "__main__":
    main()
