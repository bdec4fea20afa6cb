"""`python -m tests.bench.rota [--seeds N] [--quick] [--json FILE] [--check]`: how long a proof takes, whole processes.

Each run is a new process from start to answer; CPU seconds (user and system of that process) judge, as the machine may
be shared, wall seconds stand beside them.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.planning.conflicts import PLANTED, planted
from tests.planning.instances import instance

ROOT = Path(__file__).parent.parent.parent


@dataclass
class Goal:
    """A line of the table: the CPU seconds of its runs, how many are proven, and what is hoped for."""

    what: str
    part: float
    """The part of the runs that must be within `most` CPU seconds, 0.5 the median."""
    most: float
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    proven: int = 0

    def at(self, part: float, values: list[float]) -> float:
        """The value that this part of the runs does not exceed."""
        return sorted(values)[min(len(values) - 1, int(part * len(values)))]

    @property
    def missed(self) -> bool:
        """Whether the goal is not met."""
        return self.at(self.part, self.cpu) > self.most or self.proven < int(self.part * len(self.cpu))


def run(problem: dict[str, Any], goal: Goal) -> dict[str, Any]:
    """One process from start to answer, its times written down."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "floorlead.planning.child"],
        input=json.dumps(problem),
        text=True,
        capture_output=True,
        cwd=ROOT,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    goal.wall.append(time.monotonic() - begun)
    goal.cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    rota: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])["rota"]
    sure = rota["status"] == "optimal"
    if "conflict" in rota:
        sure = rota["conflict"]["verified"]
    elif "minimal" in rota:
        sure = rota["minimal"]
    goal.proven += sure
    return rota


def goals(seeds: int) -> list[Goal]:
    """All lines of the table, measured; so many seeds for a week, twice as many for a month."""
    week, tight = Goal("12 people, 7 days", 0.5, 3.0), Goal("8 people, 7 days, tight", 0.95, 15.0)
    month, repair = Goal("20 people, 31 days", 0.95, 20.0), Goal("repair after a sick call, 20 x 31", 0.95, 1.0)
    small, conflict = (
        Goal("repair after a sick call, 12 x 7", 0.95, 1.0),
        Goal("conflict, 12 x 7 and 20 x 31", 0.95, 3.0),
    )
    for seed in range(1, seeds + 1):
        problem = instance(12, 7, seed)
        _sick(problem, run(problem, week), seed, small)
        run(instance(8, 7, seed, tight=True), tight)
        run(planted(PLANTED[seed % len(PLANTED)], *((12, 7) if seed % 2 else (20, 31)), seed), conflict)
    for seed in range(1, 2 * seeds + 1):
        problem = instance(20, 31, seed)
        _sick(problem, run(problem, month), seed, repair)
    return [week, tight, month, small, repair, conflict]


def _sick(problem: dict[str, Any], rota: dict[str, Any], seed: int, goal: Goal) -> None:
    """Somebody who is to work calls in sick before the showroom opens."""
    cell = random.Random(seed).choice([one for one in rota["cells"] if one["shift"] != "-"])
    absent = {"person": cell["person"], "date": cell["date"]}
    run({**problem, "repair": {"rota": rota, "absent": [absent], "now": f"{cell['date']}T07:40"}}, goal)


def table(found: list[Goal]) -> str:
    """The figures as a markdown table."""
    lines = [
        "| what | runs | proven | CPU p50 | p95 | most | wall p50 | goal |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
    ]
    for one in found:
        told = " | ".join(
            f"{value:.2f} s"
            for value in (one.at(0.5, one.cpu), one.at(0.95, one.cpu), max(one.cpu), one.at(0.5, one.wall))
        )
        told += f" | {one.part:.0%} <= {one.most:g} s{' MISSED' if one.missed else ''}"
        lines.append(f"| {one.what} | {len(one.cpu)} | {one.proven} | {told} |")
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, perhaps judge."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.rota", description=__doc__)
    parser.add_argument("--seeds", type=int, default=20, help="problems of a week; twice as many of a month")
    parser.add_argument("--quick", action="store_true", help="three seeds, for a first look")
    parser.add_argument("--json", type=Path, help="all figures into this file")
    parser.add_argument("--check", action="store_true", help="exit 1 where a goal is missed")
    options = parser.parse_args(arguments)
    found = goals(3 if options.quick else options.seeds)
    print(table(found))
    if options.json:
        options.json.write_text(json.dumps([asdict(one) for one in found], indent=1))
    return 1 if options.check and any(one.missed for one in found) else 0


if __name__ == "__main__":
    sys.exit(main())
