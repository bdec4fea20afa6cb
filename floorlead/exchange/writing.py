"""A list out of the store into a file, and where such files lie when nobody names a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from floorlead import outputs, shelf
from floorlead.access import moves as access
from floorlead.access.records import Subject
from floorlead.exchange.lists import LISTS
from floorlead.exchange.marketlists import shown_in_full, whole
from floorlead.exchange.orderlists import Row
from floorlead.exchange.parsing import STEP, Progress, silent
from floorlead.store import Store
from floorlead.tables.writing import table, write_table


def write_list(store: Store, name: str, path: Path, progress: Progress = silent, *, phones: bool = False) -> int:
    """Write a list (`cars`, `ageing`, ...) as CSV or XLSX by the path's suffix; returns its rows. Raises Refused.

    `phones` writes telephone numbers whole, and is noted together with it.
    """
    one = LISTS[name]
    headings, kinds = [column.heading for column in one.columns], [column.kind for column in one.columns]
    if not (phones and one.phones):
        return write_table(path, headings, _watched(one.rows(store), progress), kinds, store.path)
    data, count = table(path, headings, _watched(one.rows(store, whole), progress), kinds)
    with outputs.pending(path, data, store.path) as file:
        _put_noted(store, file, shown_in_full(store, name))
    return count


def _put_noted(store: Store, file: outputs.Pending, subjects: Sequence[Subject]) -> None:
    """Whole numbers leave only together with the note of it: neither without the other."""
    try:
        with access.noting(store, "export", subjects, str(file.path.absolute())):
            file.put(keep=True)
    except BaseException:
        file.take_back()
        raise


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
