"""Hostile files through every import: each is refused in one sentence, quickly and in little memory.

`python -m tests.hard.sheets --seed 1 --count 44 [--only NAME]`
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.hard.hostile_sheets import MAKERS

KINDS = ("cars", "people", "orders", "sales", "customers", "visits", "rota", "calendar")
SECONDS, BYTES = 5.0, 200 * 10**6


def memory_of(pid: int) -> int:
    """Bytes in memory of a process and its children (Linux; else 0)."""
    total = 0
    todo = [pid]
    while todo:
        one = todo.pop()
        try:
            fields = Path(f"/proc/{one}/statm").read_text("ascii").split()
            children = Path(f"/proc/{one}/task/{one}/children").read_text("ascii").split()
        except OSError:
            continue
        total += int(fields[1]) * 4096
        todo += map(int, children)
    return total


def tried(store: Path, path: Path, kind: str) -> tuple[int, str, float, int]:
    """Exit code, what was said, seconds and the most memory of an import that only looks."""
    command = [sys.executable, "-m", "floorlead", "--store", str(store), "--lang", "en", "--now", "2026-11-24T08:41"]
    began, most = time.monotonic(), 0
    with subprocess.Popen(
        [*command, "import", kind, str(path), "--dry-run"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        while process.poll() is None and time.monotonic() - began < 120:
            most = max(most, memory_of(process.pid))
            time.sleep(0.005)
            if process.stdout is not None and time.monotonic() - began > 119:
                process.kill()
        said = process.stdout.read().decode(errors="replace") if process.stdout else ""
    return process.returncode, said, time.monotonic() - began, most


def main() -> int:
    """Make the files, try each, print what came; exit code 1 when a promise is broken."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--count", type=int, default=len(MAKERS))
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    broken, slowest, largest = 0, 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "s.db"
        subprocess.run(
            [sys.executable, "-m", "floorlead", "--store", str(store), "init"], check=True, capture_output=True
        )
        for n in range(options.count):
            maker, kind = MAKERS[n % len(MAKERS)], KINDS[(n + options.seed) % len(KINDS)]
            if options.only and maker.__name__ != options.only:
                continue
            path = Path(folder) / "hostile.dat"
            path.write_bytes(maker(random.Random(f"{options.seed} {n}")))
            code, said, seconds, memory = tried(store, path, kind)
            wrong = code != 1 or len(said.strip().splitlines()) != 1 or seconds > SECONDS or memory > BYTES
            broken, slowest, largest = broken + wrong, max(slowest, seconds), max(largest, memory)
            told = said.strip().splitlines()[-1:] or [""]
            print(f"{'!!' if wrong else 'ok'} {maker.__name__:16} {kind:10} {path.stat().st_size:>10} B  exit {code}"
                  f"  {seconds:5.2f} s  {memory // 10**6:>4} MB  {told[0][:110]}", flush=True)  # fmt: skip
    print(f"{options.count} files, {broken} broken promises, slowest {slowest:.2f} s, most {largest // 10**6} MB")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
