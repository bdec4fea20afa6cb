"""The price of the standard day: keys and seconds of a keystroke-level model, task by task, for both ways of typing.

The same scripts are replayed through a pseudo-terminal by the tests; here they are counted.
"""

from __future__ import annotations

from tests.app.day import SCRIPTS
from tests.app.terminal import content, overhead, thinking

KEY_SECONDS, THINK_SECONDS = 0.28, 1.35
"""A named key and a mental preparation of an average typist (Card, Moran, Newell 1980)."""


def lines() -> list[str]:
    """The table: overhead + content = total, seconds."""
    told = []
    for hand, tasks in SCRIPTS.items():
        sums = [0, 0, 0.0]
        for task, script in tasks.items():
            spent, given = overhead(script), content(script)
            seconds = KEY_SECONDS * (spent + given) + THINK_SECONDS * thinking(script)
            sums = [sums[0] + spent, sums[1] + given, sums[2] + seconds]
            told.append(f"{hand:3} {task:13} {spent:4} + {given:3} = {spent + given:4} keys {seconds:6.1f} s")
        told.append(f"{hand:3} {'together':13} {sums[0]:4} + {sums[1]:3} = {sums[0] + sums[1]:4} keys {sums[2]:6.1f} s")
    return told


if __name__ == "__main__":
    print("\n".join(lines()))
