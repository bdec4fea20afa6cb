"""What is done in the log, each one action that one Ctrl+Z takes back: enter, act, tell the manager, close, read.

The first action that is written is the first response. What was looked at must still stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from floorlead.log import priceboards, queries, rules
from floorlead.log.lists import lists
from floorlead.log.records import SORT_WORDS, Entry, Kind, Sort, StepKind
from floorlead.people.records import Person
from floorlead.phones import mask_in, number_in
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import cut, free, width
from floorlead.words import N_, _, both

TEXT_LIMIT, NAME_LIMIT, STEP_LIMIT = 200, 40, 120
TOLD_CELLS = 40
"""Cells of an entry's words in the log of actions."""
_NAMES = queries.COLUMNS.split(", ")


def blank(store: Store, kind: Kind) -> Entry:
    """An entry of a kind still to be entered, due as `log.toml` says."""
    now, today = store.clock.now(), store.today()
    due = "" if kind is Kind.NOTICE else rules.due_of(kind, now, today, lists(store).clocks)
    levels = lists(store).of_kind(kind.value)
    return Entry(
        0, today, store.clock.stamp(), store.by, kind, "", levels[0].code if levels else "", None, "", due, "", "", None,
        None, None, today if kind is Kind.NOTICE else None, "", "", "", "", "", None, None, None,
    )  # fmt: skip


def _values(entry: Entry) -> tuple[Any, ...]:
    days = [day.isoformat() if day else None for day in (entry.effective_on, entry.closed_on)]
    return (
        entry.day.isoformat(), entry.at, entry.by, entry.kind.value, entry.text, entry.level, entry.owner_id,
        entry.owner, entry.due or None, entry.customer, entry.phone, entry.car_id, entry.order_id, entry.model_id,
        days[0], entry.escalated_at or None, entry.escalated_to, entry.responded_at or None, entry.result,
        entry.closed_at or None, days[1], None if entry.satisfied is None else int(entry.satisfied), entry.person_id,
    )  # fmt: skip


def told(entry: Entry) -> str:
    """An entry's words for the log of actions: short, numbers masked."""
    text = mask_in(entry.text)
    return cut(text, TOLD_CELLS) if width(text) > TOLD_CELLS else text


def _fields(entry: Entry) -> dict[str, Any]:
    return {"sort": both(SORT_WORDS[Sort(entry.kind.value)]), "text": told(entry)}


def _must_be(db: Any, before: Entry) -> None:
    row = db.execute(f"SELECT {queries.COLUMNS} FROM entries WHERE id = ?", (before.id,)).fetchone()
    if row is None or row != _values(before):
        raise Refused("E343", _("This was changed by another terminal meanwhile; look again"))


def _put(db: Any, before: Entry, after: Entry) -> None:
    _must_be(db, before)
    settings = ", ".join(f"{name} = ?" for name in _NAMES)
    db.execute(f"UPDATE entries SET {settings} WHERE id = ?", (*_values(after), before.id))


def _step(db: Any, store: Store, entry: int, kind: StepKind, text: str) -> None:
    put_step(db, entry, store.clock.stamp(), store.by, kind, text)


@decided
def add(store: Store, entry: Entry) -> int:
    """Enter an incident, a complaint or a notice; returns its id. A notice that names a model gives the keepers of its
    price boards a task. Raises Refused without words or with half a number."""
    entry = ready(entry)
    boards = priceboards.spots(store, entry.model_id) if entry.kind is Kind.NOTICE else []
    words = N_("{sort}: {text}; price boards to check again: {boards}") if boards else N_("{sort}: {text}")
    with store.write(words, **_fields(entry), boards=priceboards.shown(boards)) as db:
        _put_tasks(db, store, priceboards.tasks(store, entry, boards))
        return put_entry(db, entry)
    raise AssertionError


def _put_tasks(db: Any, store: Store, made: Sequence[tuple[str, str, date]]) -> None:
    sql = "INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, ?, ?)"
    db.executemany(sql, [(text, owner, due.isoformat(), store.today().isoformat()) for text, owner, due in made])


def ready(entry: Entry, before: Entry | None = None) -> Entry:
    """The entry cleaned and checked. Raises Refused."""
    text = free(entry.text, TEXT_LIMIT)
    if not text:
        raise Refused("E340", _("Say in a few words what happened"))
    try:
        phone = number_in(entry.phone, before.phone if before else "")
    except ValueError as error:
        raise Refused("E341", str(error)) from error
    if entry.kind in (Kind.INCIDENT, Kind.COMPLAINT) and not entry.owner:
        raise Refused("E342", _("Say who sees to it: a name, number or initials"))
    return replace(
        entry, text=text, phone=phone, customer=free(entry.customer, NAME_LIMIT), owner=free(entry.owner, NAME_LIMIT)
    )


@decided
def change(store: Store, before: Entry, after: Entry) -> None:
    """Change an entry's words, level, owner, due, customer or model; a new owner and due are noted. Raises Refused."""
    after = ready(after, before)
    other = after.kind is Kind.NOTICE and after.model_id != before.model_id
    boards = priceboards.spots(store, after.model_id) if other else []
    with store.write(N_("{sort} changed: {text}"), **_fields(after)) as db:
        if after == before:
            return
        _put(db, before, after)
        _put_tasks(db, store, priceboards.tasks(store, after, boards))
        if (before.owner, before.owner_id) != (after.owner, after.owner_id):
            _step(db, store, before.id, StepKind.OWNER, after.owner)
        if before.due != after.due:
            _step(db, store, before.id, StepKind.DUE, after.due.replace("T", " "))


@decided
def act(store: Store, entry: Entry, text: str) -> None:
    """Write what was done about an entry; the first such is the first response, one after its end is none.

    Raises Refused without words.
    """
    text = free(text, STEP_LIMIT)
    if not text:
        raise Refused("E344", _("Say what was done"))
    stamp = store.clock.stamp()
    words = N_("{sort} {text}: {action} {time}")
    with store.write(words, **_fields(entry), action=mask_in(text), time=stamp[11:16]) as db:
        if entry.responded_at or not entry.open:
            _must_be(db, entry)
            _step(db, store, entry.id, StepKind.ACTION, text)
            return
        _put(db, entry, replace(entry, responded_at=stamp))
        _step(db, store, entry.id, StepKind.RESPONSE, text)


@decided
def escalate(store: Store, entry: Entry, manager: str = "") -> None:
    """The manager was told just now; said again it is taken back. `manager` is the name, else the showroom's."""
    stamp = store.clock.stamp()
    name = free(manager, NAME_LIMIT) or queries.manager(store) or _("manager")
    if entry.escalated_at:
        with store.write(N_("{sort} {text}: the manager was not told"), **_fields(entry)) as db:
            _put(db, entry, replace(entry, escalated_at="", escalated_to=""))
            sql = (
                "DELETE FROM entry_steps WHERE id = "
                "(SELECT max(id) FROM entry_steps WHERE entry_id = ? AND kind = 'escalated')"
            )
            db.execute(sql, (entry.id,))
        return
    words = N_("{sort} {text}: told {name} {time}")
    with store.write(words, **_fields(entry), name=name, time=stamp[11:16]) as db:
        _put(db, entry, replace(entry, escalated_at=stamp, escalated_to=name))
        _step(db, store, entry.id, StepKind.ESCALATED, name)


@decided
def close(store: Store, entry: Entry, result: str, satisfied: bool | None = None) -> None:
    """Close an entry now with its result. Raises Refused where the result is missing (a complaint needs one)."""
    result = free(result, STEP_LIMIT)
    if not entry.open:
        raise Refused("E346", _("It is closed already; look again"))
    if not result and rules.needs_result(lists(store).level(entry.kind.value, entry.level), entry.kind):
        raise Refused("E345", _("A complaint ends with a result; say which one"))
    stamp = store.clock.stamp()
    with store.write(N_("{sort} {text}: closed {result}"), **_fields(entry), result=mask_in(result)) as db:
        closed = replace(entry, result=result, satisfied=satisfied, closed_at=stamp, closed_on=store.today())
        _put(db, entry, closed)
        _step(db, store, entry.id, StepKind.CLOSED, result)


@decided
def reopen(store: Store, entry: Entry) -> None:
    """Open a closed entry again; its result stays in the story. Raises Refused."""
    with store.write(N_("{sort} open again: {text}"), **_fields(entry)) as db:
        _put(db, entry, replace(entry, result="", satisfied=None, closed_at="", closed_on=None))
        _step(db, store, entry.id, StepKind.REOPENED, "")


# -- notices


@decided
def acknowledge(store: Store, entry: Entry, people: Sequence[Person]) -> None:
    """These people have acknowledged a notice; with the last one it closes by itself. Raises Refused without anybody."""
    there = queries.acknowledged(store, entry.id)
    new = [person for person in people if person.id not in there]
    if not new:
        raise Refused("E347", _("They have acknowledged it already"))
    left = [one for one in queries.unacknowledged(store, entry) if one.id not in {person.id for person in new}]
    words = N_("{name} has read: {text}") if len(new) == 1 else N_("{count} have read: {text}")
    stamp = store.clock.stamp()
    with store.write(words, name=both_names(new[0]), count=len(new), text=told(entry)) as db:
        sql = "INSERT INTO acknowledgements(entry_id, person_id, at, by) VALUES (?, ?, ?, ?)"
        db.executemany(sql, [(entry.id, person.id, stamp, store.by) for person in new])
        if entry.open and not left:
            _put(db, entry, replace(entry, closed_at=stamp, closed_on=store.today()))
            _step(db, store, entry.id, StepKind.CLOSED, "")


@decided
def unacknowledge(store: Store, entry: Entry, person: Person) -> None:
    """This person has not acknowledged a notice after all; one that had closed is open again."""
    with store.write(N_("{name} has not read: {text}"), name=both_names(person), text=told(entry)) as db:
        db.execute("DELETE FROM acknowledgements WHERE entry_id = ? AND person_id = ?", (entry.id, person.id))
        if not entry.open:
            _put(db, entry, replace(entry, closed_at="", closed_on=None))
            _step(db, store, entry.id, StepKind.REOPENED, "")


def both_names(person: Person) -> dict[str, str]:
    """A person's name for the log, which is read in either language."""
    return {"zh": person.name, "en": person.name_en or person.name}


def put_entry(db: Any, entry: Entry) -> int:
    """Enter a ready entry inside an open action (sample data, a file); returns its id."""
    marks = ", ".join("?" * len(_NAMES))
    return int(db.execute(f"INSERT INTO entries({queries.COLUMNS}) VALUES ({marks})", _values(entry)).lastrowid)


def put_step(db: Any, entry: int, at: str, by: str, kind: StepKind, text: str) -> None:
    """Enter what was done about an entry inside an open action (sample data)."""
    sql = "INSERT INTO entry_steps(entry_id, at, by, kind, text) VALUES (?, ?, ?, ?, ?)"
    db.execute(sql, (entry, at, by, kind.value, text))
