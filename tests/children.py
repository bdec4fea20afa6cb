"""What surrounds a program that a test starts: this run's own surroundings, so that it lives at the same time, without the user's floorlead."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OWN = ("FLOORLEAD_SHIFT",)


def around(**more: str) -> dict[str, str]:
    """The environment of a child that finds this tree's floorlead and tests."""
    kept = {name: value for name, value in os.environ.items() if name in OWN or not name.startswith("FLOORLEAD")}
    path = os.pathsep.join(filter(None, [str(ROOT), kept.get("PYTHONPATH", "")]))
    return kept | {"PYTHONPATH": path} | more


def undisturbed(**more: str) -> dict[str, str]:
    """As `around`, for a test of the standard streams: a tool that shifts the clock from outside opens files of its own."""
    return {name: value for name, value in around(**more).items() if name != "LD_PRELOAD" and "FAKETIME" not in name}
