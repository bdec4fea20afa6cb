"""A table from the bytes of a file: CSV in any encoding, or the first filled sheet of a workbook.

What the bytes are decides, not what the file is called; a workbook's cells become the text that a CSV would hold.
No file, whatever it holds, takes more memory and time than a long list does.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from floorlead.child import Running, Stopped
from floorlead.tables import sheets
from floorlead.tables.csvtext import Record, Unreadable, checked, decode, records
from floorlead.tables.sheets import as_text
from floorlead.words import _

__all__ = ["Record", "Unreadable", "as_text", "read_table"]


def read_table(data: bytes, name: str = "") -> list[Record]:
    """Every record of a table, blank ones too; `name` is what the file is called, for what is told.

    Raises Unreadable where the bytes are no table.
    """
    if data.startswith((sheets.ZIP, sheets.OLE)):
        return _workbook(data, name)
    return list(records(decode(checked(data))))


def _workbook(data: bytes, name: str) -> list[Record]:
    """The first sheet that has cells; a record's line is the sheet's row."""
    found: list[Record] = []
    last: dict[str, Any] = {}
    far = (0, 0)
    try:
        for told in _answers(data):
            if isinstance(told, list):
                found += [Record.joined(line, row, sheets.SEPARATOR) for line, row in enumerate(told, len(found) + 1)]
            else:
                last = told
                far = tuple(told.get("far", far))
    except Stopped as error:
        raise Unreadable(_stopped(*far)) from error
    if "end" not in last:
        raise Unreadable(_refusal(last.get("refused", ""), name))
    if not found:
        raise Unreadable(_("The file is empty."))
    return found


def _answers(data: bytes) -> Iterator[Any]:
    """What the reading process tells: lists of rows, and objects. Raises Stopped."""
    memory = sheets.MOST_MEMORY if sys.platform == "win32" else sheets.MEMORY + 3 * len(data)
    running = Running("tables.sheets", data, memory=memory, cpu=sheets.SECONDS + 1, wall=sheets.WALL)
    for line in running.lines():
        yield json.loads(line)


def _refusal(what: str, name: str) -> str:
    if what == "broken":
        told = _("This spreadsheet cannot be read. Save it as CSV, then read the CSV file.")
        return f"{name}: {told}" if name else told
    if what == "cell":
        return _("A cell of the spreadsheet holds far too much text.")
    return _("The spreadsheet is too large.")


def _stopped(rows: int, columns: int) -> str:
    """Why the reading process ended: most often a single cell stands at the end of the sheet."""
    if rows > sheets.MOST_ROWS or columns > sheets.MOST_COLUMNS or rows * columns > sheets.MOST_PLACES:
        told = _("The spreadsheet is too large: it goes on to row {row}, column {column}; delete what stands there.")
        return told.format(row=rows, column=columns)
    return _("The spreadsheet takes too much memory or time. Save it as CSV, then read the CSV file.")
