"""Printing the day report from the app: the sealed one as it is kept, or a draft that says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from floorlead.paper.queries import prints
from floorlead.report import queries
from floorlead.report.sheet import draw
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


def print_report(desk: Desk, day: date, *, draft: bool = False) -> None:
    """Print the day's report, or its draft."""
    store = desk.store
    report = queries.current(store, day)
    nth = prints(store, "report", day, report.revision) + 1 if report.sealed else 0
    templates = queries.kept_template(store, report) if report.sealed else {}
    name = f"{day:%Y%m%d}-report-{f'r{report.revision}' if report.sealed else 'draft'}"
    paper = draw(report, nth=nth, draft=draft)
    printing.send(desk, paper, "report", day, report.revision if report.sealed else 0, name, templates)
