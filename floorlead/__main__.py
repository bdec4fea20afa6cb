"""The way in: the bare app opens without the command-line library, everything else goes through `cli`."""

from __future__ import annotations

import gc
import sys

gc.disable()  # start-up makes no garbage worth collecting; the shell turns it on again


def main() -> None:
    """Run floorlead; exits with the program's code."""
    from floorlead.entry import opens_app, run_app

    arguments = sys.argv[1:]
    options = opens_app(arguments)
    if options is not None:
        sys.exit(run_app(options))
    gc.enable()
    from floorlead.cli import cli

    cli(prog_name="floorlead")


if __name__ == "__main__":
    main()
