"""Sealing a day with its paper's text: what the store keeps and how it is drawn meet here."""

from __future__ import annotations

from datetime import date

from floorlead.paper.text import as_text
from floorlead.report import queries
from floorlead.report.records import Report
from floorlead.report.sheet import draw
from floorlead.store import Store


def void(store: Store, day: date, why: str) -> Report:
    """Make the report of a day still to come void, in the language spoken now. Raises Refused."""
    return queries.void(store, day, why, lambda report: as_text(draw(report)))


def seal(store: Store, day: date) -> Report:
    """Seal a day's report in the language spoken now. Raises Refused."""
    return queries.seal(store, day, lambda report: as_text(draw(report)))
