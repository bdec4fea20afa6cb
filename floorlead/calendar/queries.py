"""Reading the office calendar; once the file holds special days they are the truth, before that the library's."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.calendar.records import Kind, Special
from floorlead.calendar.rules import Office, office_of
from floorlead.store import Store, decided
from floorlead.words import N_

PRELOADED = N_("Holidays of {years} taken over")


def specials(store: Store) -> list[Special]:
    """Every special day in its order; the library's, not in the file (`id` 0), where the file holds none at all."""
    rows = store.rows("SELECT id, day, kind, name, name_en FROM calendar_days ORDER BY day")
    return [special_of(row) for row in rows] or library(_around(store))


def special_of(row: tuple[Any, ...]) -> Special:
    """A special day from its columns."""
    return Special(row[0], date.fromisoformat(row[1]), Kind(row[2]), row[3], row[4])


def office(store: Store) -> Office:
    """The calendar that order days, plate appointments and deliveries go by."""
    return office_of(specials(store))


def _around(store: Store) -> list[int]:
    year = store.today().year
    return [year - 1, year, year + 1]


def library(years: list[int]) -> list[Special]:
    """The special days of those years that the library of official notices knows; an unknown year has none."""
    from chinese_calendar import constants

    chinese = {one.value: one.chinese for one in constants.Holiday}
    both = ((Kind.HOLIDAY, constants.holidays), (Kind.WORKDAY, constants.workdays))
    found = [
        Special(0, day, kind, chinese.get(name, name), name)
        for kind, days in both
        for day, name in days.items()
        if day.year in years
    ]
    return sorted(found, key=lambda special: special.day)


@decided
def preload(store: Store) -> int:
    """Copy last year's, this and next year's special days, as far as they are known, into years that have none.

    One noted action, none when there is nothing to copy. Returns how many days were copied.
    """
    if store.reading:
        return 0
    there = {int(year) for (year,) in store.rows("SELECT DISTINCT substr(day, 1, 4) FROM calendar_days")}
    found = library([year for year in _around(store) if year not in there])
    if found:
        years = sorted({special.day.year for special in found})
        with store.write(PRELOADED, kind="note", years=", ".join(map(str, years))) as db:
            for special in found:
                insert(db, special)
    return len(found)


def insert(db: Any, special: Special) -> int:
    """Enter a special day inside an open action; returns its id."""
    sql = "INSERT INTO calendar_days(day, kind, name, name_en) VALUES (?, ?, ?, ?)"
    return int(db.execute(sql, (special.day.isoformat(), special.kind.value, special.name, special.name_en)).lastrowid)
