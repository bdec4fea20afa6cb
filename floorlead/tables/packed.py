"""What a packed workbook really unfolds to, counted while it streams by: sizes and cells that it states can lie."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from floorlead.record import record
from floorlead.tables.csvtext import MOST_CELLS

CHUNK = 2**18
MOST_BYTES = 400 * 2**20
"""Bytes that a workbook may unfold to."""
MOST_PARTS = 5_000
BINARY_CELL = 12
"""Bytes of a cell in a part that is no XML, at least."""
LONGEST = 2**20
"""Bytes between two marks of a part's XML: a cell holds 32,767 characters."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tiff", ".tif", ".bin")
_CELL = re.compile(rb""" r=["']([A-Z]{1,3})(\d{1,7})["'][^>]{0,200}?(/?)>""")


class TooLarge(Exception):
    """The workbook holds more than is looked at; `what` is `size`, `cell` or `parts`."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@record
class Contents:
    """What reading it asks for: bytes of shared text, cells of the sheets that are no larger than a list, and places in
    the largest of their rectangles; `rows` and `columns` are those of the farthest cell of all (counted from 1)."""

    strings: int
    cells: int
    places: int
    rows: int
    columns: int


class _Sheet:
    """What is counted in one part."""

    def __init__(self) -> None:
        self.size = self.cells = self.marked = self.rows = self.columns = self.told_rows = 0

    def count(self, text: bytes) -> None:
        """Count in a stretch of its XML; a cell that is only coloured is empty and makes no rectangle."""
        found = _CELL.findall(text)
        self.marked += len(found)
        self.cells += text.count(b"<c ") + text.count(b"<c>") + text.count(b":c ") + text.count(b":table-cell")
        self.told_rows += text.count(b"<row")
        places = [(column, row) for column, row, empty in found if not empty]
        if places:
            self.rows = max(self.rows, max(int(row) for _column, row in places))
            self.columns = max(self.columns, max(map(number_of, {column for column, _row in places})))

    def end(self) -> None:
        """Cells without a place stand one behind the other."""
        if self.cells > self.marked:
            self.rows = max(self.rows, self.told_rows)


def contents(data: bytes, most_rows: int, most_columns: int) -> Contents:
    """What a zip holds; a sheet larger than the given rows and columns is no list, and no memory is wanted for it.

    Raises TooLarge, and what zipfile and zlib raise for a broken one.
    """
    size = strings = cells = places = rows = columns = 0
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = packed.infolist()
        if len(parts) > MOST_PARTS:
            raise TooLarge("parts")
        for part in parts:
            sheet = _counted(packed, part, MOST_BYTES - size)
            size += sheet.size
            strings += sheet.size * ("haredStrings" in part.filename)
            if sheet.rows <= most_rows and sheet.columns <= most_columns:
                cells += sheet.size // BINARY_CELL if part.filename.endswith(".bin") else sheet.cells
                places = max(places, sheet.rows * sheet.columns)
            rows, columns = max(rows, sheet.rows), max(columns, sheet.columns)
    return Contents(strings, cells, places, rows, columns)


def _counted(packed: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> _Sheet:
    sheet = _Sheet()
    for piece in _pieces(packed, part, room):
        sheet.size += len(piece.fresh)
        sheet.count(piece.whole)
        if sheet.cells > MOST_CELLS:
            raise TooLarge("size")
    sheet.end()
    return sheet


@record
class _Piece:
    """A stretch of a part that ends before a mark: what is new, and with what was left over of the one before."""

    fresh: bytes
    whole: bytes


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo, room: int) -> Iterator[_Piece]:
    """A part's stretches. Raises TooLarge when there is more than `room`, whatever size the part states."""
    part.file_size = 2**40
    rest = b""
    with packed.open(part) as file:
        while fresh := file.read(CHUNK):
            room -= len(fresh)
            if room < 0:
                raise TooLarge("size")
            whole = rest + fresh
            cut = whole.rfind(b"<")
            rest = whole[cut:] if cut > 0 else b"" if part.filename.lower().endswith(PICTURES) else whole
            if len(rest) > LONGEST:
                raise TooLarge("cell")
            yield _Piece(fresh, whole[: len(whole) - len(rest)])
    yield _Piece(b"", rest)


def number_of(column: bytes) -> int:
    """A column's number from its letters: A is 1, XFD is 16384."""
    found = 0
    for letter in column:
        found = found * 26 + letter - 64
    return found
