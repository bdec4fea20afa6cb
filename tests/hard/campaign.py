"""How a campaign runs: each attack has dice of its own by seed and number, so that one alone can be told again."""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import apart

apart.begin()
Attempt = Callable[[random.Random, Path], str]
"""One attack with its dice in an empty folder; answers what came of it, a short word for the table."""


@dataclass
class Figures:
    """What came of a campaign: how often each answer, and the numbers of the attacks that gave it."""

    seed: int
    found: dict[str, list[int]] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        return {answer: len(numbers) for answer, numbers in sorted(self.found.items())}

    def bad(self, answers: Collection[str]) -> dict[str, list[int]]:
        """Which attacks gave an answer that must not be; `answers` name it by how it begins."""
        return {found: at for found, at in self.found.items() if found.startswith(tuple(answers))}


def sample(attempt: Attempt, *, seed: int, count: int, first: int = 0) -> Figures:
    """Run the attacks `first` to `first + count - 1` of a seed."""
    figures = Figures(seed)
    for number in range(first, first + count):
        figures.found.setdefault(one(attempt, seed, number), []).append(number)
    return figures


def one(attempt: Attempt, seed: int, number: int) -> str:
    """Run one attack in an empty folder of its own; what escapes from it is an answer too."""
    with _folder() as folder:
        try:
            return attempt(random.Random(f"{seed} {number}"), folder)
        except Exception as error:
            return f"broke: {type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}"[:100]


def main(attempt: Attempt, bad: Collection[str], *, count: int, seed: int = 1) -> None:
    """Run a campaign from the command line (`--seed`, `--count`, `--first`); exit code 1 when a bad answer came."""
    parser = argparse.ArgumentParser(description=sys.modules[attempt.__module__].__doc__)
    parser.add_argument("--seed", type=int, default=seed)
    parser.add_argument("--count", type=int, default=count)
    parser.add_argument("--first", type=int, default=0, help="begin with this attack, to tell one again")
    asked = parser.parse_args()
    begun = time.monotonic()
    figures = sample(attempt, seed=asked.seed, count=asked.count, first=asked.first)
    wrong = figures.bad(("broke", *bad))
    print(f"seed {asked.seed}, {asked.count} attacks, {time.monotonic() - begun:.0f} s")
    for answer, times in figures.counts.items():
        mark = " <- must not be: " + " ".join(map(str, figures.found[answer][:20])) if answer in wrong else ""
        print(f"{times:7}  {answer}{mark}")
    sys.exit(1 if wrong else 0)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="floorlead-hard-") as folder:
        yield Path(folder)
