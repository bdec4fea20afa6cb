"""A list out of the store into a file, and where such files lie when nobody names a place."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from floorlead import shelf
from floorlead.access import moves as access
from floorlead.exchange.lists import LISTS
from floorlead.exchange.marketlists import shown_in_full, whole
from floorlead.exchange.orderlists import Row
from floorlead.exchange.parsing import STEP, Progress, silent
from floorlead.store import Refused, Store
from floorlead.tables.writing import write_table
from floorlead.words import _


def write_list(store: Store, name: str, path: Path, progress: Progress = silent, *, phones: bool = False) -> int:
    """Write a list (`cars`, `ageing`, ...) as CSV or XLSX by the path's suffix; returns its rows. Raises Refused.

    `phones` writes telephone numbers whole, and is noted before a single one is written.

    Only the showroom's own folder is made where it is missing: another one is a slip of the finger.
    """
    with contextlib.suppress(OSError):
        if not path.parent.is_dir() and path.parent.absolute() != usual_path(store, name).parent.absolute():
            told = _("There is no folder {folder}; make it first, or write the file elsewhere")
            raise Refused("E182", told.format(folder=path.parent))
    one = LISTS[name]
    headings = [column.heading for column in one.columns]
    if phones and one.phones:
        access.note(store, "export", shown_in_full(store, name), str(path))
    rows = _watched(one.rows(store, whole) if phones and one.phones else one.rows(store), progress)
    return write_table(path, headings, rows, [column.kind for column in one.columns])


def _watched(rows: Iterable[Row], progress: Progress) -> Iterator[Row]:
    """The rows, of which `progress` is told; it may stop the work before anything is written."""
    count = 0
    for count, row in enumerate(rows, 1):
        if not count % STEP:
            progress(count, 0)
        yield row
    progress(count, count)


def usual_path(store: Store, name: str) -> Path:
    """Where a list goes when no other place is named: beside the store, dated today."""
    return shelf.own(store.path) / "exports" / f"{name}-{store.today():%Y%m%d}.csv"
