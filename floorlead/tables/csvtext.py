"""From the bytes of a table to records of cells, whatever program wrote it.

What cannot be read is said, with its line; a stray quotation mark costs its own line and never the rest.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator

from floorlead.phones import safe
from floorlead.words import _

QUOTED_LINES = 5  # a quoted field that runs on for longer is a stray quotation mark
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
STEP = 2**16
UNIT = "\x1f"
"""Between the cells of a workbook's row."""
MOST_LINES, MOST_CELLS = 250_000, 6_000_000
"""Of a text that is still looked at."""
LONGEST = 2**20
"""Bytes of a line."""
_LINE = re.compile(rb"[^\r\n]+")
_FOREIGN = re.compile("[^\x00-\x7f]")
# Chinese text is Han, Latin letters and punctuation; Big5 that is read as GB 18030 gives kana and Cyrillic.
_ODD = re.compile(
    "[^\x00-\x7f\u00b7\u00c0-\u024f\u2010-\u203f\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003fffd]"
)


class Unreadable(ValueError):
    """The file as a whole cannot be taken; carries one sentence, already translated."""

    def __init__(self, sentence: str) -> None:
        super().__init__(safe(sentence))


class Record:
    """One record: its first line counted from 1, its cells (None where the quotes do not match), its text.

    A record that was merely cut at a separator keeps its text alone: a long list then needs a third of the memory.
    """

    __slots__ = ("_cells", "_separator", "_text", "line")

    def __init__(self, line: int, cells: list[str] | None, text: str) -> None:
        self.line, self._cells, self._text, self._separator = line, cells, text, ""

    @classmethod
    def joined(cls, line: int, text: str, separator: str) -> Record:
        """A record whose cells stand in `text` between separators."""
        made = cls(line, None, text)
        made._separator = separator
        return made

    @property
    def cells(self) -> list[str] | None:
        """What stands between the separators; None where the quotes do not match."""
        return self._text.split(self._separator) if self._separator else self._cells

    @property
    def text(self) -> str:
        """The line as it stood in the file; a workbook's row as a CSV would have it."""
        return self._text if self._separator != UNIT else self._text.replace(UNIT, ",").rstrip(",")

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        cells = self.cells
        return cells is not None and not any(map(str.strip, cells))

    def said(self, text: str) -> Record:
        """The same record with other words for its text."""
        return Record(self.line, self.cells, text)


def checked(data: bytes) -> bytes:
    """The bytes, when they are no more than a long list. Raises Unreadable."""
    if max(data.count(b"\n"), data.count(b"\r")) > MOST_LINES:
        raise Unreadable(_("The file has more than {count} lines.").format(count=MOST_LINES))
    if max(map(data.count, (b",", b"\t", b";"))) > MOST_CELLS:
        raise Unreadable(_("The file has more than {count} cells.").format(count=MOST_CELLS))
    if found := next((one for one in _LINE.finditer(data) if one.end() - one.start() > LONGEST), None):
        line = data.count(b"\n", 0, found.start()) + 1
        raise Unreadable(_("Line {line} is too long for a line of a list.").format(line=line))
    return data


def decode(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without BOM), UTF-16 with BOM or GB 18030.

    Raises Unreadable for a workbook, for what is not text, and for a file in two encodings or an unknown one.
    """
    if data.startswith(_WORKBOOKS):
        raise Unreadable(_("This is a spreadsheet file. Save it there as CSV, then read the CSV file."))
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        text = "\0" if wide or b"\0" in data else _decode_gb(data, error)
    if "\0" in text:
        raise Unreadable(_("This is not a text file. Choose a CSV file."))
    return text


def _decode_gb(data: bytes, not_utf8: UnicodeDecodeError) -> str:
    """The text in GB 18030; the error tells where the data stops being UTF-8."""
    line = len((not_utf8.object[: not_utf8.start] + b".").splitlines())
    if any(map(_is_utf8_han, data.splitlines())):
        message = _("The encoding changes in line {line}. Save the file as UTF-8 and read it again.")
        raise Unreadable(message.format(line=line))
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or _count(_ODD, text) * 40 > _count(_FOREIGN, text):
        message = _("The encoding is not known (line {line}). Save the file as UTF-8 and read it again.")
        raise Unreadable(message.format(line=line))
    return text


def _count(pattern: re.Pattern[str], text: str) -> int:
    """How many characters match, without a list of all of them."""
    return sum(len(pattern.findall(text, at, at + STEP)) for at in range(0, len(text), STEP))


def _is_utf8_han(line: bytes) -> bool:
    """Whether a line is Chinese in UTF-8; the few that are common Chinese in GB too are not told apart."""
    try:
        han = any(char > "\u07ff" for char in line.decode("utf-8"))
    except UnicodeDecodeError:
        return False
    try:
        line.decode("gb2312")
    except UnicodeDecodeError:
        return han
    return False


def split_rows(text: str) -> list[tuple[int, list[str]]]:
    """The records that can be split, as (first line counted from 1, cells); blank ones are skipped.

    A line whose quotation marks do not match is left out alone; `records` has it with `cells` None.
    """
    return [(r.line, r.cells) for r in records(text) if r.cells is not None and not r.blank]


def records(text: str) -> Iterator[Record]:
    """Every record, the blank and the unsplittable ones too; together they hold every line of the text."""
    lines = re.split("\r\n|\r|\n", text)
    if not lines[-1]:
        lines.pop()
    comma = max(",\t;", key=next(filter(str.strip, lines), "").count)
    cells: list[str] | None
    width = at = 0
    while at < len(lines):
        if '"' in lines[at]:
            cells, used = _split(lines[at : at + QUOTED_LINES], comma, width)
            record = Record(at + 1, cells, "\n".join(lines[at : at + used]))
        else:
            used, record = 1, Record.joined(at + 1, lines[at], comma)
        yield record
        if not width and not record.blank and (cells := record.cells):
            width = len(cells)
        at += used


def _split(lines: list[str], comma: str, width: int) -> tuple[list[str] | None, int]:
    """The cells of the record that begins these lines and how many lines it takes.

    It takes further lines only to have `width` cells (0 = any), so that two stray quotes rarely pair.
    """
    for used in range(1, len(lines) + 1):
        try:
            cells = next(csv.reader(["\n".join(lines[:used])], delimiter=comma, strict=True))
        except csv.Error:
            continue
        if used == 1 or width in (0, len(cells)):
            return cells, used
    return None, 1
