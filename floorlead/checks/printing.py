"""Printing a day's cards from the app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.checks.papers import PAPER_CARDS, read
from floorlead.checks.sheet import draw
from floorlead.paper.queries import prints
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def print_card(desk: Desk, day: date, codes: Sequence[str]) -> None:
    """Print a day's cards on the showroom's printer."""
    nth = prints(desk.store, "card", day, 0) + 1
    name = f"{day:%Y%m%d}-card" + ("" if tuple(codes) == PAPER_CARDS else f"-{codes[0]}")
    printing.send(desk, draw(read(desk.store, day, codes, nth)), "card", day, 0, name)
