"""A rota from a file: a line is one person's shift on a day, or one desk slot with its holder and substitute.

Every line behind the heading is one of the two, blank, or refused with its reason; people are named as the file names
them and looked up later.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead.duty.records import Book, Kind, Shift, Slot
from floorlead.record import record
from floorlead.tables import cells
from floorlead.tables.reading import Record, Unreadable, read_table
from floorlead.tables.refused import RefusedLine, refused_line
from floorlead.text import show
from floorlead.words import _

__all__ = ["CellLine", "RefusedLine", "RotaFile", "SlotLine", "Unreadable", "read_rota"]

_HEADINGS = {
    "day": ("date", "day", "日期"),
    "number": ("number", "staff_id", "工号", "编号"),
    "person": ("person", "name", "姓名", "人员", "员工"),
    "shift": ("shift", "班次", "班", "班别"),
    "locked": ("locked", "lock", "锁定", "锁"),
    "slot": ("slot", "岗段", "岗", "时段"),
    "holder": ("holder", "值班人", "值班"),
    "substitute": ("substitute", "替班人", "替班"),
}
_FIELDS = {word: field for field, words in _HEADINGS.items() for word in words}


@record
class CellLine:
    """What somebody's day is planned as; `locked` None where the file does not say."""

    line: int
    day: date
    number: str
    name: str
    shift: Shift
    locked: bool | None


@record
class SlotLine:
    """Who holds a slot and who stands in, as the file names them; empty for nobody."""

    line: int
    day: date
    slot: Slot
    holder: str
    substitute: str


@record
class RotaFile:
    """The whole file; `records` are the raw lines by number, for a refusal that only the store can give."""

    cells: tuple[CellLine, ...]
    slots: tuple[SlotLine, ...]
    refused: tuple[RefusedLine, ...]
    records: Mapping[int, Record]


def read_rota(data: bytes, book: Book) -> RotaFile:
    """The rota in a CSV or XLSX file with a heading line in Chinese or English, its columns in any order.

    Raises Unreadable when the file cannot be decoded, is empty, or its heading lacks what a line is about.
    """
    filled = [one for one in read_table(data) if not one.blank]
    if not filled:
        raise Unreadable(_("The file is empty."))
    columns = _columns(filled[0])
    planned: list[CellLine] = []
    slots: list[SlotLine] = []
    refused: list[RefusedLine] = []
    for line in filled[1:]:
        try:
            found = _line(line, columns, len(filled[0].cells or ()), book)
        except cells.Wrong as wrong:
            refused.append(refused_line(line, wrong))
            continue
        if isinstance(found, CellLine):
            planned.append(found)
        elif found is not None:
            slots.append(found)
    return RotaFile(tuple(planned), tuple(slots), tuple(refused), {one.line: one for one in filled})


def _columns(heading: Record) -> dict[str, int]:
    columns: dict[str, int] = {}
    for place, cell in enumerate(heading.cells or ()):
        field = _FIELDS.get(cells.key(cell))
        if field in columns:
            raise Unreadable(_("Two columns are both '{heading}'.").format(heading=show(cell)))
        if field:
            columns[field] = place
    names = {"number", "person"} & set(columns)
    if "day" not in columns or not ((names and "shift" in columns) or {"slot", "holder"} <= set(columns)):
        raise Unreadable(
            _(
                "The first line must name the columns: date,person,shift or 日期,姓名,班次; a desk slot: date,slot,holder."
            )
        )
    return columns


def _line(line: Record, columns: Mapping[str, int], width: int, book: Book) -> CellLine | SlotLine | None:
    """One line; None for one that plans nothing. Raises Wrong."""
    texts = cells.cells_of(line, width)
    text = {field: cells.word(texts[place]) for field, place in columns.items()}
    day = cells.day(text["day"])
    if day is None:
        raise cells.Wrong(_("the date is missing"))
    if text.get("slot"):
        pair = (cells.filled(text.get(name, "")) for name in ("holder", "substitute"))
        return SlotLine(line.line, day, _slot(book, text["slot"]), *pair)
    number, name = cells.not_lost(text.get("number", "")), text.get("person", "")
    if not number and not name:
        raise cells.Wrong(_("the person is missing"))
    if not text.get("shift"):
        return None
    locked = cells.yes_no(text["locked"]) if "locked" in columns else None
    return CellLine(line.line, day, number, name, _shift(book, text["shift"]), locked)


def _shift(book: Book, said: str) -> Shift:
    """A shift by its code, its sign or its word in either language; leave and outings have their own pages."""
    wanted = cells.key(said)
    found = next((one for one in book.shifts if wanted in _names(one)), None)
    if found is None:
        known = ", ".join(one.shown for one in book.shifts if one.digit)
        raise cells.Wrong(_("'{word}' is no shift; there are: {known}").format(word=said, known=known))
    if found.kind in (Kind.LEAVE, Kind.OUTING):
        raise cells.Wrong(
            _("'{word}' is not planned with the rota: leave and outings have their own pages").format(word=said)
        )
    return found


def _names(shift: Shift) -> set[str]:
    return {cells.key(word) for word in (shift.code, shift.sign_zh, shift.sign_en, shift.zh, shift.en)}


def _slot(book: Book, said: str) -> Slot:
    """A slot by its code, its band, or post and band."""
    wanted = cells.key(said)
    for one in book.slots:
        bands = (one.shown, f"{one.post.zh} {one.shown}", f"{one.post.en} {one.shown}", f"{one.post.zh}{one.shown}")
        named = {cells.key(one.code), *(cells.key(band) for band in bands)}
        if wanted in named:
            return one
    known = ", ".join(one.shown for one in book.slots)
    raise cells.Wrong(_("'{word}' is no slot; there are: {known}").format(word=said, known=known))
