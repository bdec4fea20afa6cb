"""All reading and writing of people and their attendance; rows become records here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from floorlead.finding import search_words
from floorlead.people.records import STATE_WORDS, Person, Presence, Role, State
from floorlead.people.rules import presence
from floorlead.store import Refused, Store
from floorlead.text import clean
from floorlead.words import N_, _

_COLUMNS = (
    "id, number, name, name_en, title, role, team, rest_day, joined, left_on, trainee, position, search"  # as Person
)
NAME_LIMIT = 40


def everybody(store: Store) -> list[Person]:
    """All people ever entered, in the order of the card."""
    return [_person(row) for row in store.rows(f"SELECT {_COLUMNS} FROM people ORDER BY position, id")]  # noqa: S608


def staff(store: Store, day: date) -> list[Person]:
    """The people who belong to the showroom on a day."""
    return [person for person in everybody(store) if person.works_on(day)]


def _person(row: tuple[Any, ...]) -> Person:
    ident, number, name, name_en, title, role, team, rest, joined, left, trainee, position, search = row
    return Person(
        ident, number, name, name_en, title, Role(role), team, rest, _day(joined), _day(left), bool(trainee), position, search
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def day(store: Store, on: date) -> list[Presence]:
    """Where each of the staff is on a day, in the order of the card."""
    rows = store.rows("SELECT person_id, state, at, note FROM attendance WHERE day = ?", on.isoformat())
    said = {person: (State(state), at, note) for person, state, at, note in rows}
    return [presence(person, on, said.get(person.id)) for person in staff(store, on)]


def leader(store: Store) -> str:
    """The name that entries are made under: the setting, else the first leader, else the trade's word."""
    named = store.one("SELECT value FROM settings WHERE key = 'leader'")
    first = store.one("SELECT name FROM people WHERE role = 'leader' AND left_on IS NULL ORDER BY position, id")
    return str(named or first or _("leader"))


def name_of_role(store: Store, role: Role) -> str:
    """The first person of a role who has not left, in the language spoken now; empty when there is none."""
    found = [person for person in everybody(store) if person.role is role and person.left_on is None]
    return found[0].shown if found else ""


def say(store: Store, on: date, person: Person, state: State, note: str = "") -> None:
    """Sign a person's day; the time is now. Raises Refused on a sealed day."""
    words = N_("{name} {state} {time}")
    stamp = store.clock.stamp()
    with store.write(words, name=_both(person), state=_word(state), time=stamp[11:16]) as db:
        values = (state.value, stamp, clean(note, 60), on.isoformat(), person.id)
        done = db.execute("UPDATE attendance SET state = ?, at = ?, note = ? WHERE day = ? AND person_id = ?", values)
        if not done.rowcount:
            db.execute("INSERT INTO attendance(state, at, note, day, person_id) VALUES (?, ?, ?, ?, ?)", values)


def unsay(store: Store, on: date, person: Person) -> None:
    """Take a person's signed day back: the rest day decides again."""
    with store.write(N_("{name} not signed in"), name=_both(person)) as db:
        db.execute("DELETE FROM attendance WHERE day = ? AND person_id = ?", (on.isoformat(), person.id))


def rest_are_here(store: Store, on: date) -> int:
    """Sign everybody in as present who was not signed yet and does not rest; returns how many."""
    missing = [p for p in day(store, on) if not p.said and p.state is State.PRESENT]
    stamp = store.clock.stamp()
    with store.write(N_("The other {count} are here"), count=len(missing)) as db:
        db.executemany(
            "INSERT INTO attendance(day, person_id, state, at) VALUES (?, ?, 'present', ?)",
            [(on.isoformat(), p.person.id, stamp) for p in missing],
        )
    return len(missing)


def _both(person: Person) -> dict[str, str]:
    return {"zh": person.name, "en": person.name_en or person.name}


def _word(state: State) -> dict[str, str]:
    from floorlead.words import both

    return both(STATE_WORDS[state])


def blank() -> Person:
    """A person still to be entered."""
    return Person(0, "", "", "", "", Role.CONSULTANT, "", None, None, None, False, 0, "")


def save(store: Store, person: Person, before: Person | None = None) -> int:
    """Enter or change a person; `before` is the record that was edited. Returns the id; raises Refused."""
    person = _ready(store, person)
    words = N_("Changed {number} {name}") if person.id else N_("Added {number} {name}")
    with store.write(words, number=person.number, name=_both(person)) as db:
        if not person.id:
            return _insert(db, person)
        now = _person(db.execute(f"SELECT {_COLUMNS} FROM people WHERE id = ?", (person.id,)).fetchone())  # noqa: S608
        if before is not None and now != before:
            raise Refused("E43", _("{name} was changed by another terminal meanwhile; look again").format(name=now.shown))
        _update(db, person)
    return person.id


def _ready(store: Store, person: Person) -> Person:
    """The person cleaned and checked, with a number, a place and finding words; raises Refused."""
    name, name_en = clean(person.name, NAME_LIMIT), clean(person.name_en, NAME_LIMIT)
    if not name:
        raise Refused("E61", _("A person needs a name"))
    number = clean(person.number, 20) or next_number(store, person.role)
    other = store.rows("SELECT name FROM people WHERE number = ? AND id <> ?", number, person.id)
    if other:
        raise Refused("E62", _("Number {number} belongs to {name}").format(number=number, name=other[0][0]))
    if person.joined and person.left_on and person.left_on < person.joined:
        raise Refused("E63", _("{name} cannot leave before joining").format(name=name))
    place = person.position or (store.one("SELECT max(position) FROM people") or 0) + 1
    return replace(person, name=name, name_en=name_en, number=number, title=clean(person.title, NAME_LIMIT),
                   team=clean(person.team, 20), position=place, search=search_words(name, name_en, number))  # fmt: skip


def next_number(store: Store, role: Role) -> str:
    """The next free number of a role: S13 after S12."""
    letter = {Role.MANAGER: "M", Role.LEADER: "L", Role.RECEPTIONIST: "F", Role.TEST_DRIVE: "T", Role.PLANNER: "P"}.get(role, "S")
    taken = [n for (n,) in store.rows("SELECT number FROM people WHERE number LIKE ? || '%'", letter)]
    top = max((int(n[1:]) for n in taken if n[1:].isdigit()), default=0)
    return f"{letter}{top + 1:02d}"


def _values(person: Person) -> tuple[Any, ...]:
    return (
        person.number, person.name, person.name_en, person.title, person.role.value, person.team, person.rest_day,
        person.joined.isoformat() if person.joined else None, person.left_on.isoformat() if person.left_on else None,
        int(person.trainee), person.position, person.search,
    )  # fmt: skip


def _insert(db: Any, person: Person) -> int:
    sql = f"INSERT INTO people({_COLUMNS.removeprefix('id, ')}) VALUES ({', '.join('?' * 12)})"  # noqa: S608
    return int(db.execute(sql, _values(person)).lastrowid)


def _update(db: Any, person: Person) -> None:
    names = _COLUMNS.removeprefix("id, ").split(", ")
    sql = f"UPDATE people SET {', '.join(f'{n} = ?' for n in names)} WHERE id = ?"  # noqa: S608
    db.execute(sql, (*_values(person), person.id))


@dataclass(frozen=True)
class Import:
    """What an import of people would do: who is new, who changes, who stays as is."""

    new: tuple[Person, ...]
    changed: tuple[tuple[Person, Person], ...]
    same: int


def plan_import(store: Store, people: Sequence[Any]) -> Import:
    """Compare the people of a file (`files.NewPerson`) with the store, by number, else by name."""
    there = everybody(store)
    by_number = {person.number.upper(): person for person in there}
    by_name = {person.name: person for person in there}
    new, changed, same = [], [], 0
    for one in people:
        old = by_number.get(one.number.upper()) if one.number else by_name.get(one.name)
        if old is None:
            new.append(_from_file(one, blank()))
        elif (now := _from_file(one, old)) != old:
            changed.append((old, now))
        else:
            same += 1
    return Import(tuple(new), tuple(changed), same)


def _from_file(one: Any, old: Person) -> Person:
    return replace(old, number=one.number or old.number, name=one.name, name_en=one.name_en or old.name_en,
                   title=one.title, role=Role(one.role), team=one.team, rest_day=one.rest_day,
                   joined=one.joined or old.joined, left_on=one.left_on or old.left_on, trainee=one.trainee)  # fmt: skip


def import_people(store: Store, plan: Import) -> None:
    """Carry out a planned import, all or nothing, as one action. Raises Refused."""
    words = N_("Imported {new} new people, {changed} changed")
    place = store.one("SELECT max(position) FROM people") or 0
    with store.write(words, new=len(plan.new), changed=len(plan.changed)) as db:
        for step, person in enumerate(plan.new, 1):
            _insert(db, _ready(store, replace(person, position=place + step)))
        for _old, person in plan.changed:
            _update(db, _ready(store, person))
