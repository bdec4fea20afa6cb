"""The rota into files: a table that the import takes back unchanged, a calendar for each person, lines for the chat.

What people typed never becomes a path, a formula or a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from floorlead import outputs, settings, shelf
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.rota import chat, icalendar, queries
from floorlead.rota.records import Stretch
from floorlead.store import Store
from floorlead.tables.writing import table
from floorlead.words import _, pick

FORMS = ("csv", "xlsx", "ics", "chat")
KINDS = ("date", "text", "text", "text", "text", "text", "text", "text", "text")


def headings() -> list[str]:
    """The table's columns; the import knows them in either language."""
    return [
        pick("日期", "date"), pick("工号", "number"), pick("姓名", "name"), pick("班次", "shift"), pick("锁定", "locked"),
        pick("当天", "day is"), pick("岗段", "slot"), pick("值班人", "holder"), pick("替班人", "substitute"),
    ]  # fmt: skip


def rows(store: Store, stretch: Stretch) -> Iterator[list[Any]]:
    """A row for each planned cell whose shift the book knows, then one for each slot that somebody holds."""
    for person in stretch.people:
        for day in stretch.days:
            cell = stretch.cells.get((person.id, day))
            planned, real = (stretch.book.shift(code) for code in (cell.shift, cell.code)) if cell else (None, None)
            if cell and (planned or real):
                locked = _("yes") if cell.locked and planned else ""
                shift, final = (one.shown if one else "" for one in (planned, real))
                yield [day, person.number, person.name, shift, locked, final, "", "", ""]
    numbers = {person.id: person.number for person in people.everybody(store)}  # who has left may still hold a slot
    for (day, code), one in stretch.desk.items():
        if one.holder or one.substitute:
            pair = [numbers.get(who or 0, "") for who in (one.holder, one.substitute)]
            yield [day, "", "", "", "", "", code, *pair]


def folder_of(store: Store) -> Path:
    """Where files go when no other place is named: beside the store."""
    return shelf.own(store.path) / "exports"


def write(
    store: Store, form: str, first: date, last: date, folder: Path | None = None, named: Path | None = None
) -> list[Path]:
    """Write a period as csv, xlsx, ics (a file for each person) or chat; returns the files. Raises Refused.

    They go into `folder` under names of their own; a single file may be `named` instead.
    """
    stretch = queries.read(store, first, last)
    name = f"rota-{first:%Y%m%d}-{last:%m%d}"
    files = _files(store, stretch, form, folder or folder_of(store), name)
    if named and len(files) == 1:
        files = [(named, files[0][1])]
    outputs.write_all(files, store.path)
    return [path for path, _data in files]


def _files(store: Store, stretch: Stretch, form: str, place: Path, name: str) -> list[tuple[Path, bytes]]:
    if form in ("csv", "xlsx"):
        path = place / f"{name}.{form}"
        return [(path, table(path, headings(), rows(store, stretch), KINDS)[0])]
    if form == "chat":
        return [(place / f"{name}.txt", chat_text(store, stretch).encode())]
    return list(_calendars(store, stretch, place, name))


def chat_text(store: Store, stretch: Stretch) -> str:
    """The lines for the chat group."""
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en"))
    return chat.of_days(stretch, showroom)


def _calendars(store: Store, stretch: Stretch, place: Path, name: str) -> Iterator[tuple[Path, bytes]]:
    for person in stretch.people:
        data = icalendar.calendar_of(stretch, person, store.clock.zone, store.clock.now())
        yield place / f"{name}-{file_name(person)}.ics", data


def file_name(person: Person) -> str:
    """A person in a file's name: the number where it is plain, with the id wherever anything else was typed."""
    plain = "".join(c for c in person.number if c.isascii() and c.isalnum())
    return plain if plain and plain == person.number else f"{plain}p{person.id}"
