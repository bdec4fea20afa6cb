"""What an import would do, known before it is done: who is new, who changes, who stays as is.

A person of the file is the one with the same number, or without a number the one with the same name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from floorlead.people.records import Person, Role

if TYPE_CHECKING:
    from floorlead.people.files import NewPerson


@dataclass(frozen=True)
class Import:
    """The plan: new people, (before, after) of those who change, and how many stay the same."""

    new: tuple[Person, ...]
    changed: tuple[tuple[Person, Person], ...]
    same: int


def compare(there: Sequence[Person], people: Iterable[NewPerson], blank: Person) -> Import:
    """Compare the people of a file with those who are there; a new one is made from `blank`."""
    by_number = {person.number.upper(): person for person in there}
    by_name = {person.name: person for person in there}
    new, changed, same = [], [], 0
    for one in people:
        old = by_number.get(one.number.upper()) if one.number else by_name.get(one.name)
        if old is None:
            new.append(_from_file(one, blank))
        elif (now := _from_file(one, old)) != old:
            changed.append((old, now))
        else:
            same += 1
    return Import(tuple(new), tuple(changed), same)


def _from_file(one: NewPerson, old: Person) -> Person:
    return replace(
        old, number=one.number or old.number, name=one.name, name_en=one.name_en or old.name_en,
        title=one.title, role=Role(one.role), team=one.team, rest_day=one.rest_day,
        joined=one.joined or old.joined, left_on=one.left_on or old.left_on, trainee=one.trainee,
    )  # fmt: skip
