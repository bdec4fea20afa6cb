"""The month's appraisal as a table for HR: CSV or XLSX, a row for each person and each point."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from floorlead import shelf
from floorlead.appraisal import sheet
from floorlead.appraisal.records import INDICATORS, Appraisal, Sheet
from floorlead.store import Store
from floorlead.tables.writing import write_table
from floorlead.words import _


def usual_path(store: Store, month: str) -> Path:
    """Where the table goes when no other place is named: beside the store."""
    return shelf.own(store.path) / "exports" / f"appraisal-{month.replace('-', '')}.xlsx"


def write(found: Appraisal, path: Path, store: Path) -> int:
    """Write a month of the showroom in the file `store`, its form told by the path's suffix; returns how many rows.

    A person's row has the scores and indicators; the points follow it, each with its day and its objection. Raises Refused.
    """
    parts = list(found.part_words)
    headings = [
        _("Month"), _("Number"), _("Name"), _("total"), _("daily work"), _("attendance"), _("days missed"), _("points"),
        *(found.part(code) for code in parts), *(_(word) for word in INDICATORS.values()),
        _("Day"), _("What"), _("Objection"),
    ]  # fmt: skip
    scores = len(parts)
    kinds = [
        "text",
        "text",
        "text",
        *(["number"] * (5 + scores)),
        *(["text"] * len(INDICATORS)),
        "date",
        "text",
        "text",
    ]
    return write_table(path, headings, _rows(found, parts), kinds, store)


def _rows(found: Appraisal, parts: list[str]) -> Iterator[list[Any]]:
    blank: list[Any] = [None] * (len(parts) + len(INDICATORS))
    for one in found.sheets:
        yield [found.month, one.number, one.shown, *_scores(one, parts), None, None, None]
        for taken in one.taken:
            off = taken.point.points if taken.counts else 0
            day, what, said = taken.point.day, sheet.what(taken), sheet.answer(taken)
            yield [found.month, one.number, one.shown, None, None, None, None, -off, *blank, day, what, said]


def _scores(one: Sheet, parts: list[str]) -> list[Any]:
    numbers = [one.total, one.work, one.attendance, one.absent_days, -sheet.deducted(one)]
    return [*numbers, *(one.parts.get(code) for code in parts), *(one.indicators[code] for code in INDICATORS)]
