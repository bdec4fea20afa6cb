"""Printing a month's targets from the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead.paper.queries import prints
from floorlead.targets import rules
from floorlead.targets.papers import read
from floorlead.targets.sheet import draw
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def print_month(desk: Desk, month: str) -> None:
    """Print a month's targets on the showroom's printer."""
    day = rules.first_of(month)
    nth = prints(desk.store, "targets", day, 0) + 1
    printing.send(desk, draw(read(desk.store, month, nth)), "targets", day, 0, f"{month}-targets")
