"""Printing the day report from the app: the sealed one as it is kept, or a draft that says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from floorlead.paper.queries import prints
from floorlead.report import queries
from floorlead.report.sheet import draw
from floorlead.widgets import printing

if TYPE_CHECKING:
    from floorlead.paper.model import Paper
    from floorlead.store import Store
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


def week_paper(store: Store, day: date | None = None) -> Paper:
    """The roll-up of the week of a day as a paper; without one of the week that is looked at now."""
    from floorlead.report import week, weeksheet

    return weeksheet.draw(week.read(store, day or week.shown(store.today())))


def print_week(desk: Desk, day: date) -> None:
    """Print the roll-up of the week of a day."""
    from floorlead.report.week import monday

    printing.send(desk, week_paper(desk.store, day), "week", day, 0, f"{monday(day):%Y%m%d}-week")
