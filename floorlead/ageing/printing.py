"""Printing the ageing list from the app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.ageing.papers import read
from floorlead.ageing.sheet import draw
from floorlead.paper.queries import prints
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def print_list(desk: Desk, day: date, shown: Sequence[int] | None = None) -> None:
    """Print the cars over the push age, or those shown, on the showroom's printer."""
    nth = prints(desk.store, "ageing", day, 0) + 1
    name = f"{day:%Y%m%d}-ageing" + ("" if shown is None else "-shown")
    printing.send(desk, draw(read(desk.store, day, shown, nth)), "ageing", day, 0, name)
