"""The command line: `comity run | rehearse | replay | db upgrade | verify | healthcheck`."""

from .command_line import main

if __name__ == "__main__":
    main()
