"""An import in a process of its own, to be killed: for each line read it makes a fresh import of a file and says so."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from floorlead import clock
from floorlead.exchange import files, moves
from floorlead.finding import search_words
from floorlead.store import open_store


def main(store_path: Path, folder: Path) -> None:
    """For each number read, a child that imports that file; `pid` before it begins, `dead` when it is over."""
    search_words("青屿云母白")  # the pinyin library once, not in every child
    for line in sys.stdin:
        process = os.fork()
        if not process:
            store = open_store(store_path, clock.stopped("2026-11-24T08:41"), check="none")
            table = files.read((folder / f"{line.strip()}.csv").read_bytes(), "x.csv", "cars")
            moves.carry_out(store, moves.plan(store, table))
            os.write(1, b"done\n")
            os._exit(0)
        os.write(1, f"pid {process}\n".encode())
        os.waitpid(process, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
