"""Printing the day's advice from the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead.advice import queries
from floorlead.advice.papers import sheet_of
from floorlead.advice.sheet import draw
from floorlead.paper.queries import prints
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.advice.records import Saved
    from floorlead.widgets.desk import Desk


def print_advice(desk: Desk, draft: Saved | None = None) -> None:
    """Print the day's newest version, or a draft that is not saved, on the showroom's printer."""
    saved = draft or queries.record_of(desk.store, desk.store.today())
    day = saved.advice.as_of
    nth = prints(desk.store, "advice", day, saved.version) + 1 if saved.version else 0
    name = f"{day:%Y%m%d}-advice" + (f"-v{saved.version}" if saved.version else "")
    printing.send(desk, draw(sheet_of(desk.store, saved, nth)), "advice", day, saved.version, name)
