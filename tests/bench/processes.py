"""Whole processes and what they load: the report on the command line against a Python that does nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench.programs import NOW, ROOT
from tests.bench.terminal import environment

HEAVY = ("textual", "rich.console", "sqlite_utils", "arrow")
"""What a report on the command line must never load."""
LOADED = """
import json, sys
from floorlead.__main__ import main
sys.argv = ["floorlead", *sys.argv[1:]]
try:
    main()
except SystemExit:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def run(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds from start to end of each command, in turns; the first round does not count."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name in random.sample(list(commands), len(commands)):
            took = _once(commands[name])
            if number:
                found[name].append(took)
    return found


def _once(command: Sequence[str]) -> float:
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment(), check=False)
    took = (time.perf_counter() - started) * 1000
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr.decode()[-500:]}")
    return took


def floorlead(store: Path, *words: str) -> list[str]:
    """The program as users start it."""
    return [sys.executable, "-m", "floorlead", "--store", str(store), "--lang", "zh", "--now", NOW, *words]


def loaded(store: Path) -> list[str]:
    """The heavy modules that a report on the command line loads: none, it is hoped."""
    command = [sys.executable, "-c", LOADED, *floorlead(store, "report")[3:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment(), check=True)
    names = json.loads(done.stderr.strip().splitlines()[-1])
    return [name for name in names if name in HEAVY or name.split(".")[0] in HEAVY]
