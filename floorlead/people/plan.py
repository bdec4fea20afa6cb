"""What an import would do, known before it is done: who is new, who changes, who stays as is.

A person of the file is the one with the same number, or without a number the one with the same name.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from floorlead.people.records import Person, Role
from floorlead.record import record, replace

if TYPE_CHECKING:
    from floorlead.people.files import NewPerson, PeopleFile


FIELDS = frozenset(("title", "role", "team", "rest_day", "name_en", "joined", "left_on", "trainee"))
"""What a file may say of a person besides number and name."""


@record
class Import:
    """The plan: new people, (before, after) of those who change, and how many stay the same."""

    new: tuple[Person, ...]
    changed: tuple[tuple[Person, Person], ...]
    same: int


def compare(there: Sequence[Person], file: PeopleFile, blank: Person) -> Import:
    """Compare the people of a file with those who are there; a new one is made from `blank`.

    A column that the file does not have changes nobody: a list of names alone makes no leader a consultant.
    """
    by_number = {person.number.upper(): person for person in there}
    by_name = {person.name: person for person in there}
    new, changed, same = [], [], 0
    for one in file.rows:
        old = by_number.get(one.number.upper()) if one.number else by_name.get(one.name)
        if old is None:
            new.append(_from_file(one, blank, FIELDS))
        elif (now := _from_file(one, old, file.columns)) != old:
            changed.append((old, now))
        else:
            same += 1
    return Import(tuple(new), tuple(changed), same)


def _from_file(one: NewPerson, old: Person, columns: Container[str]) -> Person:
    """The person with what the file says; an empty name in Latin letters or an empty day leaves the old one."""
    said = {
        "title": one.title, "role": Role(one.role), "team": one.team, "rest_day": one.rest_day,
        "name_en": one.name_en or old.name_en, "joined": one.joined or old.joined,
        "left_on": one.left_on or old.left_on,
    }  # fmt: skip
    kept = {field: value for field, value in said.items() if field in columns}
    if "trainee" in columns or "title" in columns:
        kept["trainee"] = one.trainee
    return replace(old, number=one.number or old.number, name=one.name, **kept)
