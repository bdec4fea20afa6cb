"""Hostile files through every import: each is refused in one sentence within 5 s and 200 MB, by itself on a quiet machine."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from tests.children import around
from tests.hard import campaign
from tests.tables.hostile import MAKERS

KINDS = ("cars", "people", "orders", "sales", "customers", "visits", "rota", "calendar")
SECONDS, BYTES = 5.0, 200 * 10**6
BAD = ("slow", "large", "taken", "said", "ended")


def memory_of(pid: int) -> int:
    """Bytes in memory of a process and its children (Linux; else 0)."""
    total, todo = 0, [pid]
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


def tried(path: Path, kind: str) -> tuple[int, str, float, int]:
    """Exit code, what was said, seconds and the most memory of an import into a new file that only looks."""
    command = [sys.executable, "-m", "floorlead", "--store", str(path.with_name("s.db")), "--lang", "en"]
    subprocess.run([*command, "init"], check=True, capture_output=True, env=around())
    began, most = time.monotonic(), 0
    asked = [*command, "import", kind, str(path), "--dry-run"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=around()) as process:
        while process.poll() is None and time.monotonic() - began < 20 * SECONDS:
            most = max(most, memory_of(process.pid))
            time.sleep(0.005)
        process.kill()
        said = process.stdout.read().decode(errors="replace") if process.stdout else ""
    return process.returncode, said, time.monotonic() - began, most


def attempt(dice: random.Random, folder: Path) -> str:
    """One file, one import."""
    maker, kind = dice.choice(MAKERS), dice.choice(KINDS)
    path = folder / "hostile.dat"
    path.write_bytes(maker(dice))
    code, said, seconds, memory = tried(path, kind)
    lines = said.strip().splitlines()
    if code != 1:
        return f"{'taken' if not code else 'ended'} {maker.__name__} {kind} {code}"
    if len(lines) != 1:
        return f"said {len(lines)} lines {maker.__name__} {kind}"
    if seconds > SECONDS:
        return f"slow {maker.__name__} {kind} {seconds:.1f} s"
    if memory > BYTES:
        return f"large {maker.__name__} {kind} {memory // 10**6} MB"
    return f"refused {maker.__name__}"


if __name__ == "__main__":
    campaign.main(attempt, BAD, count=60)
