"""A list out of the store into a file, and where such files lie when nobody names a place."""

from __future__ import annotations

from pathlib import Path

from floorlead import shelf
from floorlead.exchange.lists import LISTS
from floorlead.store import Store
from floorlead.tables.writing import write_table


def write_list(store: Store, name: str, path: Path) -> int:
    """Write a list (`cars`, `ageing`, ...) as CSV or XLSX by the path's suffix; returns its rows. Raises Refused."""
    one = LISTS[name]
    headings = [column.heading for column in one.columns]
    return write_table(path, headings, one.rows(store), [column.kind for column in one.columns])


def usual_path(store: Store, name: str) -> Path:
    """Where a list goes when no other place is named: beside the store, dated today."""
    return shelf.own(store.path) / "exports" / f"{name}-{store.today():%Y%m%d}.csv"
