"""The first filled sheet of a workbook, read in a process of its own: bytes in, lines of JSON out.

First what it holds is counted, then the limits are set by that, then it is read: a file that unfolds to far more than
it holds ends the process. `{"far": [row, column]}` comes first, then lists of rows, then `{"end": rows}` or
`{"refused": code}`; without either of these the process was ended.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from time import process_time
from typing import Any

from floorlead.child import widen
from floorlead.tables.csvtext import UNIT
from floorlead.tables.packed import BINARY_CELL, Contents, TooLarge, contents

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_ROWS, MOST_COLUMNS = 250_000, 500
"""Of a sheet that is still looked at: more is no list of cars."""
MOST_TEXT = 64 * 2**20
"""Characters that its cells may hold together."""
BATCH = 500
SEPARATOR, NEAR_IT = UNIT, "\x1e"
"""Between the cells of a row; where a cell holds it, another character that no cell may hold stands for it."""
MEMORY = 96 * 2**20
"""Bytes at the beginning, the program itself among them."""
A_CELL, A_PLACE, MOST_PLACES = 100, 32, 4_000_000
"""Bytes that the reader needs for a cell, and for a place in the sheet's rectangle."""
MOST_MEMORY = 640 * 2**20
SECONDS, CELLS_A_SECOND = 3, 400_000
WALL = 60.0
"""Seconds on the clock, for a machine that has other work."""


def main() -> int:
    """Read a workbook from standard input. Exit code 0 where an answer came, a refusal too."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=2**16)
    os.dup2(2, 1)
    for line in answers(sys.stdin.buffer.read()):
        out.write(json.dumps(line) + "\n")
        if isinstance(line, dict):
            out.flush()
    out.close()
    return 0


def answers(data: bytes) -> Iterator[Any]:
    """What is told of a workbook's bytes, line by line."""
    from python_calamine import CalamineError, WorksheetNotFound, ZipError

    try:
        old = Contents(0, len(data) // BINARY_CELL, 0, 0, 0)
        held = contents(data, MOST_ROWS, MOST_COLUMNS) if data.startswith(ZIP) else old
        yield {"far": [held.rows, held.columns]}
        widen(memory_for(held, len(data)), SECONDS + int(process_time()) + held.cells // CELLS_A_SECOND)
        yield from _sheet(data)
    except TooLarge as error:
        yield {"refused": error.what}
    except (CalamineError, WorksheetNotFound, ZipError, zipfile.BadZipFile, zlib.error, OSError, ValueError,
            EOFError, NotImplementedError, RuntimeError):  # fmt: skip
        yield {"refused": "broken"}


def memory_for(held: Contents, size: int) -> int:
    """Bytes for reading what a workbook of `size` bytes holds."""
    places = min(held.places or held.cells, MOST_PLACES)
    return min(MEMORY + 3 * size + 4 * held.strings + held.cells * A_CELL + places * A_PLACE, MOST_MEMORY)


def _sheet(data: bytes) -> Iterator[Any]:
    """The rows of the first sheet that has cells, and how many there are."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for sheet in map(book.get_sheet_by_name, book.sheet_names):
            if sheet.end is None or sheet.start is None:
                continue
            if sheet.end[0] >= MOST_ROWS or sheet.end[1] >= MOST_COLUMNS:
                raise TooLarge("size")
            yield from _rows(sheet.iter_rows(), sheet.start[1])
            return
    yield {"end": 0}


def _rows(rows: Iterator[list[Any]], before: int) -> Iterator[Any]:
    """Batches of rows, each row one text; `before` columns stand empty at their left."""
    batch: list[str] = []
    left, text, count = SEPARATOR * before, 0, 0
    for row in rows:
        told = left + SEPARATOR.join([as_text(cell).replace(SEPARATOR, NEAR_IT) for cell in row])
        text, count = text + len(told) - len(row), count + 1
        if text > MOST_TEXT:
            raise TooLarge("size")
        batch.append(told)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch
    yield {"end": count}


def as_text(cell: Any) -> str:
    """A workbook's cell as a CSV would hold it: 123.0 is `123`, a midnight is its day."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.strftime("%H:%M") if isinstance(cell, time) else str(cell) if not _nothing(cell) else ""


def _nothing(cell: Any) -> bool:
    return cell is None or (isinstance(cell, timedelta) and not cell)
