"""A killed import is all there or not there at all."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from floorlead import clock
from floorlead.store import open_store, verify
from tests.exchange.conftest import vin

ROOT = Path(__file__).parent.parent.parent
KILLS, LINES = 100, 250
LONGEST = 0.12
"""Seconds; an import of so many lines takes about half of it."""
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and kill")


def test_killed_at_a_random_moment(tmp_path):
    """A hundred imports of 250 cars, each killed somewhere between its beginning and its end: each is there whole or not at all."""
    place, dice = tmp_path / "showroom.db", random.Random(20261124)
    at = clock.stopped("2026-11-24T08:41")
    open_store(place, at).close()
    for n in range(KILLS):
        rows = [
            f"{vin(n * LINES + k)},M{n},白,2026-11-01,D{n}-{k}"
            if k < 3
            else f"{vin(n * LINES + k)},M{n},白,2026-11-01,"
            for k in range(LINES)
        ]
        (tmp_path / f"{n}.csv").write_text("\n".join(["vin,model,colour,arrived_on,spot", *rows]))
    done = set()
    with _child(place, tmp_path) as child:
        for n in range(KILLS):
            if _one_life(child, n, dice.uniform(0.0, LONGEST)):
                done.add(n)
    with contextlib.closing(open_store(place, at)) as store:
        there = dict(store.rows("SELECT m.code, count(*) FROM cars c JOIN models m ON m.id = c.model_id GROUP BY 1"))
        assert set(there.values()) <= {LINES}
        assert {f"M{n}" for n in done} <= set(there)
        assert store.one("SELECT count(*) FROM models") == store.one("SELECT count(*) FROM actions") == len(there)
        assert store.one("SELECT count(*) FROM furniture") == 3 * len(there)
    assert 5 < len(there) < KILLS
    assert verify.verify(place).findings == []


def _one_life(child: subprocess.Popen[str], number: int, seconds: float) -> bool:
    """One import, killed; whether it had said that it was done."""
    assert child.stdin
    assert child.stdout
    child.stdin.write(f"{number}\n")
    child.stdin.flush()
    said = [child.stdout.readline()]
    while not said[-1].startswith("pid"):
        said.append(child.stdout.readline())
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        os.kill(int(said[-1].split()[1]), signal.SIGKILL)
    said += list(iter(child.stdout.readline, "dead\n"))
    return "done\n" in said


@contextlib.contextmanager
def _child(place: Path, folder: Path):
    command = [sys.executable, "-m", "tests.exchange.writer", str(place), str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as child:
        yield child
        assert child.stdin
        child.stdin.close()
