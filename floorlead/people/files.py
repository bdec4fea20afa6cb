"""A people file that a showroom brings along, in Chinese or English, as new people and refused lines.

Every record behind the heading is a person, a refused line with its reason, or a blank; none is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead.record import record
from floorlead.tables.cells import LIMIT, Wrong, cells_of, day, filled, key, not_lost, word, yes_no
from floorlead.tables.csvtext import Record, Unreadable, decode, split_rows
from floorlead.tables.reading import read_table
from floorlead.tables.refused import RefusedLine, refused_line
from floorlead.text import clean, fold
from floorlead.words import _

__all__ = ["NewPerson", "PeopleFile", "RefusedLine", "Unreadable", "decode", "read_people", "split_rows"]

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
class PeopleFile:
    """The whole file: every record but the heading is in `rows`, in `refused` or counted in `blank`."""

    rows: tuple[NewPerson, ...]
    refused: tuple[RefusedLine, ...]
    blank: int
    ignored: tuple[str, ...]  # headings that name nothing known
    columns: frozenset[str] = frozenset()  # the fields that the file has a column for


def read_people(data: bytes) -> PeopleFile:
    """The people of a CSV or XLSX file with a heading line in Chinese or English, its columns in any order.

    Raises Unreadable when the file cannot be decoded, is empty, or has no heading line with a name column.
    """
    found = read_table(data)
    lines = [record for record in found if not record.blank]
    if not lines:
        raise Unreadable(_("The file is empty."))
    columns, ignored = _columns(lines[0])
    rows: list[NewPerson] = []
    refused: list[RefusedLine] = []
    taken: dict[str, int] = {}
    for line in lines[1:]:
        try:
            person = _person(line, columns, len(lines[0].cells or ()))
            _take_number(person, taken)
            rows.append(person)
        except Wrong as wrong:
            refused.append(refused_line(line, wrong))
    return PeopleFile(tuple(rows), tuple(refused), len(found) - len(lines), ignored, frozenset(columns))


def _columns(heading: Record) -> tuple[dict[str, int], tuple[str, ...]]:
    """The place of each known field in the heading line, and the headings that are not known."""
    columns: dict[str, int] = {}
    ignored = []
    for place, said in enumerate(clean(cell, LIMIT) for cell in heading.cells or ()):
        field = _FIELDS.get(key(said).strip(" *:").replace(" ", "_"))
        if field in columns:
            raise Unreadable(_("Two columns are both '{heading}'.").format(heading=said))
        if field:
            columns[field] = place
        elif said:
            ignored.append(said)
    if not columns:
        raise Unreadable(_("The first line must name the columns, such as 工号,姓名 or number,name."))
    if "name" not in columns:
        raise Unreadable(_("There is no column 姓名 (name)."))
    return columns, tuple(ignored)


def _person(record: Record, columns: Mapping[str, int], width: int) -> NewPerson:
    cells = cells_of(record, width)
    text = {field: word(cells[place]) for field, place in columns.items()}
    if not text["name"]:
        raise Wrong(_("the name is missing"))
    title = filled(text.get("title", ""))
    person = NewPerson(
        number=not_lost(filled(fold(text.get("number", "")))) or None,
        name=text["name"],
        name_en=filled(text.get("name_en", "")),
        title=title,
        role=_role(text.get("role", "")),
        team=filled(text.get("team", "")),
        rest_day=_rest_day(text.get("rest_day", "")),
        joined=day(text.get("joined", "")),
        left_on=day(text.get("left_on", "")),
        trainee=_trainee(text.get("trainee", ""), title),
        line=record.line,
    )
    if person.joined and person.left_on and person.left_on < person.joined:
        raise Wrong(_("left before joining"))
    return person


def _take_number(person: NewPerson, taken: dict[str, int]) -> None:
    """Remember the line in which the person's number stands; a second one is refused."""
    if person.number is None:
        return
    first = taken.setdefault(person.number.casefold(), person.line)
    if first != person.line:
        message = _("number {number} stands in line {line} already")
        raise Wrong(message.format(number=person.number, line=first))


def _role(said: str) -> str:
    role = _ROLE.get(key(filled(said)).replace(" ", "_").replace("-", "_"))
    if role is None:
        raise Wrong(_("unknown role '{role}'").format(role=said))
    return role


def _rest_day(said: str) -> int | None:
    found = key(filled(said))
    if found and found not in _DAY:
        raise Wrong(_("unknown day '{day}'").format(day=said))
    return _DAY.get(found)


def _trainee(text: str, title: str) -> bool:
    return yes_no(text) or "实习" in title or "trainee" in title.casefold()
