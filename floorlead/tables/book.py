"""Many tables in one XLSX file, a sheet each; text is text, whatever stands in it."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from floorlead.record import record
from floorlead.tables.writing import guarded
from floorlead.text import show

MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its heading."""
MOST_CHARACTERS = 32_000
_WIDTH = 16
_EXACT = 2**53


@record
class Sheet:
    """A sheet: its name, its heading and its rows of texts, numbers and None."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]


def book(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one XLSX file."""
    import xlsxwriter

    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as workbook:
        bold = workbook.add_format({"bold": True})
        for number, sheet in enumerate(sheets):
            page = workbook.add_worksheet(_name(sheet.name, number))
            page.set_column(0, max(0, len(sheet.headings) - 1), _WIDTH)
            for column, heading in enumerate(sheet.headings):
                page.write_string(0, column, show(heading), bold)
            for line, row in enumerate(sheet.rows[:MOST_ROWS], 1):
                for column, cell in enumerate(row):
                    _put(page, line, column, cell)
            page.freeze_panes(1, 0)
    return made.getvalue()


def _put(page: Any, line: int, column: int, cell: Any) -> None:
    if isinstance(cell, float) and cell - cell != 0:
        cell = str(cell)
    if isinstance(cell, int | float) and abs(cell) < _EXACT:
        page.write_number(line, column, cell)
    elif cell is not None and cell != "":
        text = show(str(cell))[:MOST_CHARACTERS]
        page.write_string(line, column, guarded(text) if text[:1] == "'" else text)


def _name(name: str, number: int) -> str:
    """A sheet's name as Excel takes it; one that cannot be is its number."""
    plain = re.sub(r"[\[\]:*?/\\']", "", show(name))[:31]
    return plain or str(number)
