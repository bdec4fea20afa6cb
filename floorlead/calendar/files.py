"""A year's special days from a file: date, kind, name; every line behind the heading is a day or refused with its reason."""

from __future__ import annotations

from floorlead.calendar.records import Kind, Special
from floorlead.record import record
from floorlead.tables import cells
from floorlead.tables.reading import Record, Unreadable, read_table
from floorlead.tables.refused import RefusedLine, refused_line
from floorlead.text import show
from floorlead.words import _

__all__ = ["CalendarFile", "RefusedLine", "Unreadable", "read_calendar"]

_HEADINGS = {
    "day": ("date", "day", "日期"),
    "kind": ("kind", "type", "类型", "类别"),
    "name": ("name", "holiday", "名称", "节日", "节假日"),
    "name_en": ("name_en", "english", "english name", "英文名", "英文名称"),
}
_FIELDS = {word: field for field, words in _HEADINGS.items() for word in words}
_KINDS = {
    Kind.HOLIDAY: ("holiday", "off", "放假", "休", "休息", "节假日", "假"),
    Kind.WORKDAY: ("workday", "work", "make-up workday", "上班", "班", "补班", "调休", "调休上班", "工作日"),
}
_KIND = {word: kind for kind, words in _KINDS.items() for word in words}


@record
class CalendarFile:
    """The whole file: every record but the heading and the blank ones is in `days` or in `refused`."""

    days: tuple[Special, ...]
    refused: tuple[RefusedLine, ...]


def read_calendar(data: bytes) -> CalendarFile:
    """The special days of a CSV or XLSX file with a heading line in Chinese or English, its columns in any order.

    Raises Unreadable when the file cannot be decoded, is empty, or its heading lacks the date or the kind.
    """
    filled = [record for record in read_table(data) if not record.blank]
    if not filled:
        raise Unreadable(_("The file is empty."))
    columns = _columns(filled[0])
    days: list[Special] = []
    refused: list[RefusedLine] = []
    taken: dict[str, int] = {}
    for line in filled[1:]:
        try:
            special = _special(line, columns, len(filled[0].cells or ()))
            _only_once(special, line.line, taken)
            days.append(special)
        except cells.Wrong as wrong:
            refused.append(refused_line(line, wrong))
    return CalendarFile(tuple(days), tuple(refused))


def _columns(heading: Record) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(heading.cells or ()):
        field = _FIELDS.get(cells.key(cell))
        if field in columns:
            raise Unreadable(_("Two columns are both '{heading}'.").format(heading=show(cell)))
        if field:
            columns[field] = place
    if not {"day", "kind"} <= set(columns):
        raise Unreadable(_("The first line must name the columns: date,kind,name or 日期,类型,名称."))
    return columns


def _special(line: Record, columns: dict[str, int], width: int) -> Special:
    texts = cells.cells_of(line, width)
    text = {field: cells.word(texts[place]) for field, place in columns.items()}
    day = cells.day(text["day"])
    if day is None:
        raise cells.Wrong(_("the date is missing"))
    kind = _KIND.get(cells.key(text["kind"]))
    if kind is None:
        sentence = _("unknown kind '{kind}'; write holiday or workday")
        raise cells.Wrong(sentence.format(kind=text["kind"]))
    name, english = text.get("name", ""), text.get("name_en", "")
    if "name_en" in columns:
        return Special(0, day, kind, name, english)
    return Special(0, day, kind, "" if name.isascii() else name, name if name.isascii() else "")


def _only_once(special: Special, line: int, taken: dict[str, int]) -> None:
    first = taken.setdefault(special.day.isoformat(), line)
    if first != line:
        raise cells.Wrong(_("{day} stands in line {line} already").format(day=special.day, line=first))
