"""A people file that a showroom brings along, in Chinese or English, as new people and refused lines.

Every record behind the heading is a person, a refused line with its reason, or a blank; none is lost.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from floorlead.people.csvtext import Record, Unreadable, decode, records, split_rows
from floorlead.record import record
from floorlead.text import clean, fold, show
from floorlead.words import _

__all__ = ["NewPerson", "PeopleFile", "RefusedLine", "Unreadable", "decode", "read_people", "split_rows"]

LIMIT = 40  # characters of a name or any other word about a person
_SHOWN = 200  # characters of a refused line

_HEADINGS = {
    "number": ("工号", "编号", "员工编号", "staff_id", "number"),
    "name": ("姓名", "name"),
    "name_en": ("拼音", "英文名", "name_en"),
    "title": ("职务", "title"),
    "role": ("岗位", "角色", "role"),
    "team": ("组", "组别", "team"),
    "rest_day": ("休息日", "rest_day"),
    "joined": ("入职", "入职日期", "joined", "joined_on"),
    "left_on": ("离职", "离职日期", "left", "left_on"),
    "trainee": ("实习", "实习生", "trainee"),
}
_FIELDS = {word: field for field, words in _HEADINGS.items() for word in words}
_ROLES = {
    "manager": ("经理", "销售经理"),
    "leader": ("组长", "展厅组长", "销售组长"),
    "consultant": ("", "顾问", "销售顾问"),
    "receptionist": ("前台", "前台接待"),
    "test_drive_specialist": ("test_drive", "试驾专员"),
    "planner": ("计划员", "销售计划员"),
}
_ROLE = {word: role for role, words in _ROLES.items() for word in (role, *words)}
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEK_ZH = ("周", "星期", "礼拜")
_DAY = (
    {f"{week}{day}": n for week in _WEEK_ZH for n, day in enumerate("一二三四五六日")}
    | {f"{week}天": 6 for week in _WEEK_ZH}
    | {word: n for n, day in enumerate(_WEEK) for word in (day, day[:3], str(n + 1))}
)
_YES = {"是", "yes", "y", "1", "true", "x", "v", "√"}
_NO = {"", "否", "no", "n", "0", "false"}
_NOTHING = {"-", "--", "—", "——", "–", "无"}
_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)(?: 0{1,2}:00(?::00)?)?",
    re.ASCII,
)
_STEERING = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
_BIDI_AND_LOST = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffd")
_LATER_HAN = range(0x20000, 0x3FFFE)  # younger than this Python's Unicode tables, yet a name


class _Wrong(ValueError):
    """One line is refused; carries the reason, already translated."""


@record
class NewPerson:
    """A person as the file tells; `rest_day` 0 is Monday, `line` is the first of the record, from 1."""

    number: str | None
    name: str
    name_en: str
    title: str
    role: str
    team: str
    rest_day: int | None
    joined: date | None
    left_on: date | None
    trainee: bool
    line: int


@record
class RefusedLine:
    """A line that gave no person: its number, what stands there, and why in one phrase."""

    line: int
    text: str
    reason: str


@record
class PeopleFile:
    """The whole file: every record but the heading is in `rows`, in `refused` or counted in `blank`."""

    rows: tuple[NewPerson, ...]
    refused: tuple[RefusedLine, ...]
    blank: int
    ignored: tuple[str, ...]  # headings that name nothing known
    columns: frozenset[str] = frozenset()  # the fields that the file has a column for


def read_people(data: bytes) -> PeopleFile:
    """The people of a CSV file with a heading line in Chinese or English, its columns in any order.

    Raises Unreadable when the file cannot be decoded, is empty, or has no heading line with a name column.
    """
    found = list(records(decode(data)))
    filled = [record for record in found if not record.blank]
    if not filled:
        raise Unreadable(_("The file is empty."))
    columns, ignored = _columns(filled[0])
    rows: list[NewPerson] = []
    refused: list[RefusedLine] = []
    taken: dict[str, int] = {}
    for line in filled[1:]:
        try:
            person = _person(line, columns, len(filled[0].cells or ()))
            _take_number(person, taken)
            rows.append(person)
        except _Wrong as wrong:
            refused.append(RefusedLine(line.line, show(line.text[:_SHOWN]), str(wrong)))
    return PeopleFile(tuple(rows), tuple(refused), len(found) - len(filled), ignored, frozenset(columns))


def _columns(heading: Record) -> tuple[dict[str, int], tuple[str, ...]]:
    """The place of each known field in the heading line, and the headings that are not known."""
    columns: dict[str, int] = {}
    ignored = []
    for place, word in enumerate(clean(cell, LIMIT) for cell in heading.cells or ()):
        field = _FIELDS.get(_key(word).strip(" *:").replace(" ", "_"))
        if field in columns:
            raise Unreadable(_("Two columns are both '{heading}'.").format(heading=word))
        if field:
            columns[field] = place
        elif word:
            ignored.append(word)
    if not columns:
        raise Unreadable(_("The first line must name the columns, such as 工号,姓名 or number,name."))
    if "name" not in columns:
        raise Unreadable(_("There is no column 姓名 (name)."))
    return columns, tuple(ignored)


def _person(record: Record, columns: Mapping[str, int], width: int) -> NewPerson:
    cells = _cells(record, width)
    text = {field: _word(cells[place]) for field, place in columns.items()}
    if not text["name"]:
        raise _Wrong(_("the name is missing"))
    title = _filled(text.get("title", ""))
    person = NewPerson(
        number=_filled(fold(text.get("number", ""))) or None,
        name=text["name"],
        name_en=_filled(text.get("name_en", "")),
        title=title,
        role=_role(text.get("role", "")),
        team=_filled(text.get("team", "")),
        rest_day=_rest_day(text.get("rest_day", "")),
        joined=_date(text.get("joined", "")),
        left_on=_date(text.get("left_on", "")),
        trainee=_trainee(text.get("trainee", ""), title),
        line=record.line,
    )
    if person.joined and person.left_on and person.left_on < person.joined:
        raise _Wrong(_("left before joining"))
    return person


def _cells(record: Record, width: int) -> list[str]:
    """The record's cells; empty ones beyond the heading, as spreadsheets leave them, do no harm."""
    cells = record.cells
    if cells is None:
        raise _Wrong(_("its quotation marks do not match"))
    if len(cells) < width or any(map(str.strip, cells[width:])):
        raise _Wrong(_("{found} cells instead of {expected}").format(found=len(cells), expected=width))
    return cells


def _take_number(person: NewPerson, taken: dict[str, int]) -> None:
    """Remember the line in which the person's number stands; a second one is refused."""
    if person.number is None:
        return
    first = taken.setdefault(person.number.casefold(), person.line)
    if first != person.line:
        message = _("number {number} stands in line {line} already")
        raise _Wrong(message.format(number=person.number, line=first))


def _word(cell: str) -> str:
    """The cell's text as it may be stored; what looks like markup or a formula is a name like any other."""
    if any(map(_steers, cell.strip())):
        raise _Wrong(_("a character in it is a control character or was lost"))
    word = clean(cell)
    if len(word) > LIMIT:
        raise _Wrong(_("'{start}..' is longer than {limit} characters").format(start=word[:10], limit=LIMIT))
    return word


def _steers(char: str) -> bool:
    if char in _BIDI_AND_LOST:
        return True
    return unicodedata.category(char) in _STEERING and ord(char) not in _LATER_HAN and char != "\t"


def _key(word: str) -> str:
    return fold(word).strip().casefold()


def _filled(word: str) -> str:
    return "" if _key(word) in _NOTHING else word


def _role(word: str) -> str:
    role = _ROLE.get(_key(_filled(word)).replace(" ", "_").replace("-", "_"))
    if role is None:
        raise _Wrong(_("unknown role '{role}'").format(role=word))
    return role


def _rest_day(word: str) -> int | None:
    key = _key(_filled(word))
    if key and key not in _DAY:
        raise _Wrong(_("unknown day '{day}'").format(day=word))
    return _DAY.get(key)


def _date(word: str) -> date | None:
    key = _key(_filled(word))
    if not key:
        return None
    if match := _DATE.fullmatch(key):
        year, month, day = (int(part) for part in match.groups() if part)
        with suppress(ValueError):
            return date(year, month, day)
    raise _Wrong(_("'{word}' is no date such as 2026-11-23").format(word=word))


def _trainee(word: str, title: str) -> bool:
    key = _key(_filled(word))
    if key not in _YES | _NO:
        raise _Wrong(_("'{word}' is neither yes nor no").format(word=word))
    return key in _YES or "实习" in title or "trainee" in title.casefold()
