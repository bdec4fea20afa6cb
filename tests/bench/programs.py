"""What is measured from outside: programs in terminals, in turns and in random order, so that their ratios hold."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.terminal import Terminal, latencies

ROOT = Path(__file__).parents[2]
NOW = "2026-11-24T08:41"


@dataclass(frozen=True)
class Program:
    """A program: what it paints first, the keys that lead to the place, the keys that are measured.

    `wait` and `quiet` are seconds of silence, after the start and after a key; `fresh` is called before each start.
    """

    name: str
    command: Sequence[str]
    needle: bytes
    lead: Sequence[str] = ()
    keys: Sequence[str] = ()
    wait: float = 0.3
    quiet: float = 0.04
    fresh: Callable[[], None] = lambda: None


@dataclass
class Figures:
    """What one program's runs gave."""

    start: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)
    size: list[int] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)
    pressed: int = 0

    def to_dict(self) -> dict[str, float]:
        """Medians and slow ends, in ms, bytes and MiB."""
        found = {"keys": self.pressed, "seen": len(self.first)}
        named = {"start": self.start, "taken": self.taken, "first": self.first, "last": self.last, "bytes": self.size,
                 "peak": self.peak}  # fmt: skip
        for name, values in named.items():
            if values:
                found |= {name: statistics.median(values), f"{name}_min": min(values), f"{name}_p95": slow(values)}
        return {name: round(value, 3) for name, value in found.items()}


def slow(values: Sequence[float]) -> float:
    """The value that nineteen of twenty stay below or reach."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def app(store: Path, *more: str) -> list[str]:
    """The app on a store, as users run it, at a fixed time in Chinese."""
    return [sys.executable, "-m", "floorlead", "--store", str(store), "--lang", "zh", "--now", NOW, *more]


def run(programs: Sequence[Program], rounds: int, cells: int, lines: int) -> dict[str, Figures]:
    """Every program once a round; the first round warms the file cache and is dropped."""
    found = {program.name: Figures() for program in programs}
    for number in range(rounds + 1):
        for program in random.sample(list(programs), len(programs)):
            into = found[program.name] if number else Figures()
            _once(program, into, cells, lines)
        print(f"  round {number} of {rounds} at {cells}x{lines}", file=sys.stderr, flush=True)
    return found


def _once(program: Program, into: Figures, cells: int, lines: int) -> None:
    program.fresh()
    terminal = Terminal(list(program.command), cells, lines, ROOT)
    try:
        into.start.append(terminal.wait_for(program.needle))
        _lead(terminal, program, into)
        presses = [terminal.press(key, program.quiet) for key in program.keys]
        into.peak.append(terminal.peak_mib())
    finally:
        terminal.close()
    first, last, size = latencies(terminal, presses)
    into.first += first
    into.last += last
    into.size += size
    into.pressed += len(program.keys)


def _lead(terminal: Terminal, program: Program, into: Figures) -> None:
    """The first key is sent the moment the first screen stands: how soon it is answered tells when keys are taken."""
    lead = list(program.lead)
    if lead:
        known = len(terminal.chunks)
        terminal.press(lead.pop(0), quiet=0.3)
        if len(terminal.chunks) > known:
            into.taken.append((terminal.chunks[known][0] - terminal.started) * 1000)
    terminal.settle(program.wait)
    for key in lead:
        terminal.press(key, quiet=0.15)
