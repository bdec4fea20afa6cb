"""A system call upon the file fails, the n-th of its kind, once or from then on: told, never a traceback, nothing half."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

from floorlead.store import open_store
from tests.hard.campaign import main
from tests.store.lives import CLOCK
from tests.store.test_io_errors import failing, whole
from tests.store.test_power_cut import no_strace

CALLS = ("pwrite64", "pread64", "fsync", "fdatasync", "unlink", "openat", "newfstatat", "fcntl")


def attempt(dice: random.Random, folder: Path) -> str:
    """One terminal with one fault."""
    if no_strace():
        return "skipped: " + no_strace()
    path = folder / "showroom.db"
    open_store(path, CLOCK).close()
    call, when = dice.choice(CALLS), f"{dice.randint(1, 40)}{dice.choice(('', '+'))}"
    done = failing(path, call, dice.choice(("EIO", "ENOSPC", "EACCES")), when)
    if "Traceback" in done.stderr:
        return f"traceback: {call} {when}"
    marks = [line for line in done.stdout.splitlines() if line.startswith("full-")]
    if len(marks) < 5 and "refused" not in done.stdout:
        return f"silent: {call} {when}"
    with contextlib.ExitStack() as stack:
        whole(path, marks, lambda: stack.enter_context(contextlib.closing(open_store(path, CLOCK))))
    return "told" if "refused" in done.stdout else "done all the same"


if __name__ == "__main__":
    main(attempt, ("traceback", "silent"), count=400)
