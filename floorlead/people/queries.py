"""All reading and writing of people and their attendance; rows become records here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.duty import queries as duty
from floorlead.finding import find, matches, search_words
from floorlead.people import notes, plan
from floorlead.people.plan import Import
from floorlead.people.records import STATE_WORDS, Person, Presence, Role, State
from floorlead.people.rules import presence
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.store.deciding import must_still
from floorlead.text import clean, fold
from floorlead.words import N_, _, both

if TYPE_CHECKING:
    from floorlead.people.files import PeopleFile

_COLUMNS = "id, number, name, name_en, title, role, team, rest_day, joined, left_on, trainee, position, search"
NAME_LIMIT = 40
NOTE_LIMIT = 60
SHOWN = 4
"""People named where what was typed fits several."""


def everybody(store: Store) -> list[Person]:
    """All people ever entered, in the order of the card."""
    return [_person(row) for row in store.rows(f"SELECT {_COLUMNS} FROM people ORDER BY position, id")]


def staff(store: Store, day: date) -> list[Person]:
    """The people who belong to the showroom on a day."""
    return [person for person in everybody(store) if person.works_on(day)]


def gone(person: Person, day: date) -> bool:
    """Whether a person's last day was before a day."""
    return person.left_on is not None and person.left_on < day


def roster(store: Store, today: date) -> list[Person]:
    """All people in the order of the card, those who have left behind the others."""
    return sorted(everybody(store), key=lambda person: gone(person, today))


def _person(row: tuple[Any, ...]) -> Person:
    ident, number, name, name_en, title, role, team, rest, joined, left, trainee, position, search = row
    days = _day(joined), _day(left)
    return Person(ident, number, name, name_en, title, Role(role), team, rest, *days, bool(trainee), position, search)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def day(store: Store, on: date) -> list[Presence]:
    """Where each of the staff is on a day, in the order of the card."""
    rows = store.rows("SELECT person_id, state, at, note FROM attendance WHERE day = ?", on.isoformat())
    said = {person: (State(state), at, notes.spoken(note)) for person, state, at, note in rows}
    planned = duty.states(store, on)
    return [presence(person, on, said.get(person.id), planned.get(person.id)) for person in staff(store, on)]


def leader(store: Store) -> str:
    """The name that entries are made under: the setting, else the first leader, else the trade's word."""
    named = store.one("SELECT value FROM settings WHERE key = 'leader'")
    sql = "SELECT name FROM people WHERE role = 'leader' AND left_on IS NULL ORDER BY position, id"
    first = store.one(sql)
    return str(named or first or _("leader"))


def leader_shown(store: Store) -> str:
    """The leader's name as it is said now; see `said_now`."""
    return said_now(store, leader(store))


def said_now(store: Store, name: str) -> str:
    """A kept name in the language spoken now, where it is one of the staff; else as it is kept."""
    return next((one.shown for one in everybody(store) if one.name == name), name)


def named(typed: str, people: Sequence[Person]) -> list[Person]:
    """The people that typed letters may mean: one whose number or name it is, else all who fit best."""
    text = clean(fold(typed), 40).lower()
    if not text:
        return []
    exact = [p for p in people if text in (fold(t).lower() for t in (p.number, p.name, p.name_en))]
    if exact:
        return exact
    found = find(text, people, lambda person: person.search)
    best = max((matches(text, person.search) for person in found), default=0)
    return [person for person in found if matches(text, person.search) == best]


def unclear(typed: str, found: Sequence[Person]) -> str:
    """Why what was typed is nobody yet."""
    if not found:
        return _("Nobody fits '{typed}'").format(typed=clean(typed, 20))
    names = ", ".join(f"{person.number} {person.shown}" for person in found[:SHOWN])
    return _("{count} people fit: {names}; type more").format(count=len(found), names=names)


def meant(store: Store, typed: str) -> int | None:
    """The id of the one person of the staff that typed letters mean, None for nothing typed. Raises Refused."""
    if not typed.strip():
        return None
    found = named(typed, staff(store, store.today()))
    if len(found) != 1:
        raise Refused("E86", unclear(typed, found))
    return found[0].id


def name_of_role(store: Store, role: Role) -> str:
    """The first person of a role who has not left, in the language spoken now; empty when there is none."""
    found = [person for person in everybody(store) if person.role is role and person.left_on is None]
    return found[0].shown if found else ""


@decided
def say(store: Store, on: date, person: Person, state: State, note: str = "") -> None:
    """Sign a person's day; the time is now. Raises Refused on a sealed day."""
    words = N_("{name} {state} {time}")
    stamp = store.clock.stamp()
    with store.write(words, name=_both(person), state=_word(state), time=stamp[11:16]) as db:
        values = (state.value, stamp, clean(note, NOTE_LIMIT), on.isoformat(), person.id)
        sql = "UPDATE attendance SET state = ?, at = ?, note = ? WHERE day = ? AND person_id = ?"
        if not db.execute(sql, values).rowcount:
            sql = "INSERT INTO attendance(state, at, note, day, person_id) VALUES (?, ?, ?, ?, ?)"
            db.execute(sql, values)


@decided
def amend(store: Store, on: date, one: Presence, note: str, time: str = "") -> None:
    """Note why a signed day is as it is; `time` (`HH:MM`) corrects when it was said. Raises Refused."""
    must_still(next((now for now in day(store, on) if now.person.id == one.person.id), None), one)
    note, at = clean(note, NOTE_LIMIT), f"{one.at[:11]}{time}:00" if time else one.at
    if (note, at[:16]) == (one.note, one.at[:16]):
        return
    words = N_("{name} {state} {time} {note}") if time else N_("{name} {state} {note}")
    told = notes.told(note)
    with store.write(words, name=_both(one.person), state=_word(one.state), time=time, note=told) as db:
        db.execute(
            "UPDATE attendance SET at = ?, note = ? WHERE day = ? AND person_id = ?",
            (at, note, on.isoformat(), one.person.id),
        )


@decided
def unsay(store: Store, on: date, person: Person) -> None:
    """Take a person's signed day back: the rest day decides again."""
    with store.write(N_("{name} not signed in"), name=_both(person)) as db:
        db.execute("DELETE FROM attendance WHERE day = ? AND person_id = ?", (on.isoformat(), person.id))


@decided
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
    return both(STATE_WORDS[state])


def blank() -> Person:
    """A person still to be entered."""
    return Person(0, "", "", "", "", Role.CONSULTANT, "", None, None, None, False, 0, "")


@decided
def save(store: Store, person: Person, before: Person | None = None, place: int | None = None) -> int:
    """Enter or change a person; returns the id. Raises Refused.

    `before` is the record that was edited, `place` the place on the roster (1 first).
    """
    person = _ready(store, person)
    words = N_("Changed {number} {name}") if person.id else N_("Added {number} {name}")
    with store.write(words, number=person.number, name=_both(person)) as db:
        if person.id:
            _must_be(db, before)
            _update(db, person)
        ident = person.id or _insert(db, person)
        if place:
            _move(db, ident, place, store.today())
    return ident


def _must_be(db: Any, before: Person | None) -> None:
    """Refuse when the record is no longer what was edited."""
    if before is None:
        return
    row = db.execute(f"SELECT {_COLUMNS} FROM people WHERE id = ?", (before.id,)).fetchone()
    if row is None or _person(row) != before:
        sentence = _("{name} was changed by another terminal meanwhile; look again")
        raise Refused("E43", sentence.format(name=before.shown))


def _move(db: Any, ident: int, place: int, today: date) -> None:
    """Put a person at a place among those who have not left; the others keep their order."""
    sql = "SELECT id, left_on IS NOT NULL AND left_on < ? FROM people ORDER BY position, id"
    rows = db.execute(sql, (today.isoformat(),)).fetchall()
    order = [other for other, left in rows if not left and other != ident]
    order.insert(place - 1, ident)
    order += [other for other, left in rows if left and other != ident]
    steps = [(n, other, n) for n, other in enumerate(order, 1)]
    db.executemany("UPDATE people SET position = ? WHERE id = ? AND position <> ?", steps)


@decided
def leave(store: Store, person: Person) -> None:
    """A person's last day is today; who had left, or was to leave, stays after all. Raises Refused."""
    today = store.today()
    last = None if person.left_on else today
    _check_days(replace(person, left_on=last))
    words = N_("{number} {name} left") if last else N_("{number} {name} is back")
    with store.write(words, number=person.number, name=_both(person)) as db:
        _must_be(db, person)
        text = last.isoformat() if last else None
        db.execute("UPDATE people SET left_on = ? WHERE id = ?", (text, person.id))


def _check_days(person: Person) -> None:
    if person.joined and person.left_on and person.left_on < person.joined:
        raise Refused("E63", _("{name} cannot leave before joining").format(name=person.shown))


def _ready(store: Store, person: Person) -> Person:
    """The person cleaned and checked, with a number, a place and finding words; raises Refused."""
    name, name_en = clean(person.name, NAME_LIMIT), clean(person.name_en, NAME_LIMIT)
    if not name:
        raise Refused("E61", _("A person needs a name"))
    number = clean(person.number, 20) or next_number(store, person.role)
    other = store.rows("SELECT name FROM people WHERE number = ? AND id <> ?", number, person.id)
    if other:
        raise Refused("E62", _("Number {number} belongs to {name}").format(number=number, name=other[0][0]))
    _check_days(person)
    place = person.position or (store.one("SELECT max(position) FROM people") or 0) + 1
    return replace(person, name=name, name_en=name_en, number=number, title=clean(person.title, NAME_LIMIT),
                   team=clean(person.team, 20), position=place,
                   search=search_words(name, name_en, number))  # fmt: skip


def next_number(store: Store, role: Role) -> str:
    """The next free number of a role: S13 after S12."""
    letters = {Role.MANAGER: "M", Role.LEADER: "L", Role.RECEPTIONIST: "F", Role.TEST_DRIVE: "T",
               Role.PLANNER: "P"}  # fmt: skip
    letter = letters.get(role, "S")
    taken = [n for (n,) in store.rows("SELECT number FROM people WHERE number LIKE ? || '%'", letter)]
    top = max((int(n[1:]) for n in taken if n[1:].isdecimal()), default=0)
    return f"{letter}{top + 1:02d}"


def _values(person: Person) -> tuple[Any, ...]:
    joined, left = (day.isoformat() if day else None for day in (person.joined, person.left_on))
    return (
        person.number, person.name, person.name_en, person.title, person.role.value, person.team,
        person.rest_day, joined, left, int(person.trainee), person.position, person.search,
    )  # fmt: skip


def _insert(db: Any, person: Person) -> int:
    sql = f"INSERT INTO people({_COLUMNS.removeprefix('id, ')}) VALUES ({', '.join('?' * 12)})"
    return int(db.execute(sql, _values(person)).lastrowid)


def _update(db: Any, person: Person) -> None:
    names = _COLUMNS.removeprefix("id, ").split(", ")
    sql = f"UPDATE people SET {', '.join(f'{n} = ?' for n in names)} WHERE id = ?"
    db.execute(sql, (*_values(person), person.id))


def plan_import(store: Store, file: PeopleFile) -> Import:
    """Compare the people of a file with the store, by number, else by name."""
    return plan.compare(everybody(store), file, blank())


@decided
def import_people(store: Store, planned: Import) -> None:
    """Carry out a planned import, all or nothing, as one action. Raises Refused."""
    words = N_("Imported {new} new people, {changed} changed")
    place = store.one("SELECT max(position) FROM people") or 0
    with store.write(words, new=len(planned.new), changed=len(planned.changed)) as db:
        for step, person in enumerate(planned.new, 1):
            _insert(db, _ready(store, replace(person, position=place + step)))
        for old, person in planned.changed:
            _must_be(db, old)
            _update(db, _ready(store, person))
