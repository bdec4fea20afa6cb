"""A table from the bytes of a file: CSV in any encoding, or the first filled sheet of a workbook.

What the bytes are decides, not what the file is called; a workbook's cells become the text that a CSV would hold.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from floorlead.tables.csvtext import Record, Unreadable, decode, records
from floorlead.words import _

__all__ = ["Record", "Unreadable", "read_table"]

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_ROWS, MOST_COLUMNS = 200_000, 500
"""Cells of a sheet that are still looked at: more is not a list of cars."""
MOST_BYTES = 400 * 2**20
"""Bytes that a workbook may unfold to."""


def read_table(data: bytes, name: str = "") -> list[Record]:
    """Every record of a table, blank ones too; `name` is what the file is called, for what is told.

    Raises Unreadable where the bytes are no table.
    """
    if data.startswith(_WORKBOOKS):
        return _workbook(data, name)
    return list(records(decode(data)))


def _workbook(data: bytes, name: str) -> list[Record]:
    """The first sheet that has cells; a record's line is the sheet's row."""
    from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound, ZipError

    try:
        _not_a_bomb(data)
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            for sheet in map(book.get_sheet_by_name, book.sheet_names):
                if sheet.end is not None:
                    _not_too_large(sheet.end[0] + 1, sheet.end[1] + 1)
                    return list(_records(sheet.to_python(skip_empty_area=False)))
    except (CalamineError, WorksheetNotFound, ZipError, zipfile.BadZipFile, OSError, ValueError) as error:
        if isinstance(error, Unreadable):
            raise
        told = _("This spreadsheet cannot be read. Save it as CSV, then read the CSV file.")
        raise Unreadable(f"{name}: {told}" if name else told) from error
    raise Unreadable(_("The file is empty."))


def _not_a_bomb(data: bytes) -> None:
    if data.startswith(_WORKBOOKS[0]):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(member.file_size for member in packed.infolist())
        if size > MOST_BYTES:
            raise Unreadable(_("The spreadsheet is too large."))


def _not_too_large(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise Unreadable(_("The spreadsheet is too large."))


def _records(rows: Iterable[list[Any]]) -> Iterable[Record]:
    for line, row in enumerate(rows, 1):
        cells = [as_text(cell) for cell in row]
        yield Record(line, cells, ",".join(cells).rstrip(","))


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
