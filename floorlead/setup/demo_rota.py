"""The invented showroom's rota: a few weeks in `rota.csv`, told again and again from the first day of its past on.

The demo's weeks fall on weeks, because its people rest by the weekday; the standard day's first day is today.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import shelf
from floorlead.duty import moves as duty
from floorlead.people import queries as people
from floorlead.store import Store
from floorlead.words import N_

WRITTEN_FOR = date(2026, 11, 23)
"""The Monday of the file's first week."""
WEEK = timedelta(days=7)


def load(store: Store, folder: Sequence[str], today: date) -> None:
    """Plan every day from the week of the store's day to the end of the file, counted from today; none can be undone."""
    rows = _rows(folder)
    span = max((row["on"] - WRITTEN_FOR).days for row in rows) + 1
    begins = today if span == WEEK.days else _monday(today)
    ids = {person.number: person.id for person in people.everybody(store)}
    with store.write(N_("Rota of the demo showroom"), kind="note") as db:
        for row, day in _told(rows, span, _monday(store.today()), begins):
            if row["slot"]:
                duty.put_desk(db, day, row["slot"], ids[row["holder"]], ids[row["substitute"]])
            else:
                duty.put_cell(db, day, ids[row["person"]], row["shift"])


def _rows(folder: Sequence[str]) -> list[dict[str, Any]]:
    with shelf.find(*folder, "rota.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{**row, "on": date.fromisoformat(row["date"])} for row in csv.DictReader(file)]


def _told(
    rows: Sequence[dict[str, Any]], span: int, first: date, begins: date
) -> Iterator[tuple[dict[str, Any], date]]:
    """Each line of the file on each of its days, every `span` days; the file's first day falls on `begins`."""
    for row in rows:
        day = begins + (row["on"] - WRITTEN_FOR)
        while day >= first:
            yield row, day
            day -= timedelta(days=span)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
