"""From the bytes of a table to records of cells, whatever program wrote it.

What cannot be read is said, with its line; a stray quotation mark costs its own line and never the rest.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from typing import NamedTuple

from floorlead.words import _

QUOTED_LINES = 5  # a quoted field that runs on for longer is a stray quotation mark
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_FOREIGN = re.compile("[^\x00-\x7f]")
# Chinese text is Han, Latin letters and punctuation; Big5 that is read as GB 18030 gives kana and Cyrillic.
_ODD = re.compile(
    "[^\x00-\x7f\u00b7\u00c0-\u024f\u2010-\u203f\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003fffd]"
)


class Unreadable(ValueError):
    """The file as a whole cannot be taken; carries one sentence, already translated."""


class Record(NamedTuple):
    """One record: its first line counted from 1, its cells (None where the quotes do not match), its text."""

    line: int
    cells: list[str] | None
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.cells is not None and not any(map(str.strip, self.cells))


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
    if not text or len(_ODD.findall(text)) * 40 > len(_FOREIGN.findall(text)):
        message = _("The encoding is not known (line {line}). Save the file as UTF-8 and read it again.")
        raise Unreadable(message.format(line=line))
    return text


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
            cells, used = lines[at].split(comma), 1
            record = Record(at + 1, cells, lines[at])
        yield record
        if not width and cells and not record.blank:
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
