"""Printing the day's log from the app."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from floorlead.log.papers import read
from floorlead.log.sheet import draw
from floorlead.paper.queries import prints
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def print_log(desk: Desk, day: date) -> None:
    """Print a day's log on the showroom's printer."""
    nth = prints(desk.store, "log", day, 0) + 1
    printing.send(desk, draw(read(desk.store, day, nth)), "log", day, 0, f"{day:%Y%m%d}-log")
