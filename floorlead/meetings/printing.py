"""Printing a meeting's sheet from the app."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from floorlead.meetings.papers import read
from floorlead.meetings.records import Kind
from floorlead.meetings.sheet import draw
from floorlead.paper.queries import prints
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def print_meeting(desk: Desk, day: date, kind: Kind) -> None:
    """Print a meeting's sheet on the showroom's printer."""
    nth = prints(desk.store, kind.value, day, 0) + 1
    printing.send(desk, draw(read(desk.store, day, kind, nth)), kind.value, day, 0, f"{day:%Y%m%d}-{kind.value}")
