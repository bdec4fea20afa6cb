"""A list as a file for a spreadsheet program: CSV or XLSX, by its name, whole or not at all.

Text is text: a VIN keeps its zeros, and nothing that was typed ever becomes a formula.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from floorlead import outputs
from floorlead.store import Refused
from floorlead.tables.cells import FORMULA
from floorlead.text import show, width
from floorlead.words import _

KINDS = ("text", "number", "date")
"""What a column holds: text (a VIN and a phone too), whole or broken numbers, days."""
SUFFIXES = (".csv", ".xlsx")
_LEAST, _MOST = 8, 48


def write_table(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]], kinds: Sequence[str], store: Path
) -> int:
    """Write a table out of the showroom whose file is `store`; returns how many rows. Raises Refused."""
    data, count = table(path, headings, rows, kinds)
    outputs.write(path, data, store)
    return count


def table(
    path: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]], kinds: Sequence[str]
) -> tuple[bytes, int]:
    """A table as the bytes of a file, its form told by the path's suffix, and how many rows it has. Raises Refused.

    A cell is text, a number, a date or None; `kinds` says of each column which.
    """
    if wrong := form_trouble(path):
        raise Refused("E170", wrong)
    held = [[_cell(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows]
    return _csv(headings, held) if path.suffix.lower() == ".csv" else _xlsx(headings, held, kinds), len(held)


def form_trouble(path: Path) -> str:
    """Why a file of this name cannot be written, as a sentence; empty where its end names a form."""
    told = _("{path} names no form that is known; end the name in .csv or .xlsx")
    return "" if path.suffix.lower() in SUFFIXES else told.format(path=path.name)


def _cell(value: Any, kind: str) -> Any:
    """A value as its column holds it; what does not fit there is text."""
    if value is None or value == "":
        return ""
    if kind == "number" and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if kind == "date" and isinstance(value, str):
        return _day(value)
    return value if isinstance(value, date) else show(str(value))


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return show(text)


def guarded(text: str) -> str:
    """Text that no spreadsheet program takes for a formula; what only looks guarded is guarded once more."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA) else text


def _csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(map(guarded, headings))
    for row in rows:
        writer.writerow([cell if isinstance(cell, int | float) else _plain(cell) for cell in row])
    return made.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else guarded(cell)


def _xlsx(headings: Sequence[str], rows: Sequence[Sequence[Any]], kinds: Sequence[str]) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet()
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
            sheet.set_column(column, column, _cells([heading, *(row[column] for row in rows[:500])]))
        for line, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(line, column, cell, day)
                elif isinstance(cell, int | float):
                    sheet.write_number(line, column, cell)
                elif cell:
                    sheet.write_string(line, column, guarded(cell) if cell[0] == "'" else cell)
        sheet.freeze_panes(1, 0)
    return made.getvalue()


def _cells(values: Sequence[Any]) -> int:
    """A column's width in characters: what it holds, within reason."""
    return max(_LEAST, min(_MOST, max(width(str(value)) for value in values) + 2))
