"""The way in: the bare app, `report` and `card` do without the command-line library, all else is `cli`."""

from __future__ import annotations

import gc
import os
import sys

gc.disable()  # start-up makes no garbage worth collecting; the shell turns it on again
sys.dont_write_bytecode = False  # without compiled modules every start of a checkout costs half as much again


def main() -> None:
    """Run floorlead; exits with the program's code."""
    from floorlead import streams
    from floorlead.entry import COMPLETING, opens_app, run_app

    streams.open_closed()
    arguments = sys.argv[1:]
    if COMPLETING not in os.environ:
        options = opens_app(arguments)
        if options is not None:
            sys.exit(run_app(options))
        from floorlead.quick import quick

        if (code := quick(arguments)) is not None:
            sys.exit(code)
    gc.enable()
    from floorlead.cli import cli

    try:
        cli(prog_name="floorlead", complete_var=COMPLETING)
    except OSError as error:  # not even the help could be printed
        sys.exit(streams.ended(streams.refused(error)))


if __name__ == "__main__":
    main()
