"""`python -m tests.bench.pasting [--rounds N]`: what a paste costs, in multiples of a bare Textual input line's cost.

A paste ends when the key behind it has painted. The same bytes go to both programs, in turns.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from floorlead.clock import stopped
from floorlead.setup.demo import make_demo
from tests.bench.programs import NOW, ROOT
from tests.bench.terminal import Terminal

BRACKETED = b"\x1b[200~" + b"x" * 1_000_000 + b"\x1b[201~"
TYPED = b"x" * 200_000
PASTES = {"1 MB, bracketed": BRACKETED, "200 kB, not bracketed": TYPED}
F1, F2 = b"\x1bOP", b"\x1bOQ"
LIMIT = 200
"""Characters that the compared line holds: an endless one would cost the square of what is pasted."""
PATIENCE = 120.0


def main() -> int:
    """Measure and print; 1 where a paste costs more than five times the bare line's."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pasting", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory(prefix="floorlead-paste-") as name:
        kept, work = Path(name) / "kept.db", Path(name) / "s.db"
        make_demo(kept, stopped(NOW), "standard", days=10)
        for what, data in PASTES.items():
            taken: dict[str, list[float]] = {}
            for _round in range(options.rounds):
                for program, argv, lead, key, needle in programs(work):
                    shutil.copyfile(kept, work)
                    taken.setdefault(program, []).append(seconds(argv, lead, data, key, needle))
            least = statistics.median(taken["bare line"])
            for program, found in taken.items():
                ratio = statistics.median(found) / least
                missed |= ratio > 5 and program != "bare line"
                print(f"{what:24} {program:28} {statistics.median(found) * 1000:8.0f} ms  {ratio:5.2f} x")
    return int(missed)


def programs(store: Path) -> Iterator[tuple[str, list[str], list[bytes], bytes, bytes]]:
    """Name, command, keys before, the key behind the paste, what it paints."""
    bare = [sys.executable, "-m", "tests.bench.bare_input"]
    yield "bare line", [*bare, str(LIMIT)], [], F2, b"Finished"
    app = [sys.executable, "-m", "floorlead", "--store", str(store), "--lang", "en", "--now", NOW]
    yield "remarks", app, [b"\x1b[20~", b"\r"], F1, b"Everywhere"
    yield "no field open", app, [], F1, b"Everywhere"


def seconds(argv: list[str], lead: list[bytes], data: bytes, key: bytes, needle: bytes) -> float:
    """From the first byte of the paste to the picture that the key behind it paints."""
    terminal = Terminal(argv, 80, 24, ROOT)
    try:
        terminal.pump(5)
        terminal.settle(1.0)
        for before in lead:
            os.write(terminal.fd, before)
            terminal.settle(0.3)
        start, seen = time.perf_counter(), len(terminal.chunks)
        left = data + key
        os.set_blocking(terminal.fd, False)
        while time.perf_counter() - start < PATIENCE:
            if left:
                with contextlib.suppress(BlockingIOError):
                    left = left[os.write(terminal.fd, left[:65536]) :]
            terminal.pump(0.001 if left else 0.01)
            if not left and needle in b"".join(chunk for _at, chunk in terminal.chunks[seen:]):
                return time.perf_counter() - start
        return PATIENCE
    finally:
        os.set_blocking(terminal.fd, True)
        terminal.close()


if __name__ == "__main__":
    sys.exit(main())
