"""Reading the rota: who is planned when, what lies over it, who holds the desk, what was substituted.

A page is read with one short query for each table, whatever the age of the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from floorlead.duty import lists
from floorlead.duty.records import (
    AT_WORK,
    Cell,
    Desk,
    Kind,
    Leave,
    Outing,
    Substitution,
    Training,
)  # fmt: skip
from floorlead.people.records import State
from floorlead.store import Store

if TYPE_CHECKING:
    from floorlead.duty.reception import Reception, Worked

Key = tuple[int, date]
"""A person's id and a day."""
LEAVE_COLUMNS = "id, person_id, kind, first_day, last_day, half, reason, state, asked_at, decided_at, by, note"
OUTING_COLUMNS = "id, kind, place, first_day, last_day, half, wanted, plan_due, planned_on, review_due, reviewed_on, cancelled_at, note"
SUBSTITUTION_COLUMNS = "id, day, slot, left_id, taker_id, starts, ends, reason, reported, at, by"


def days(first: date, last: date) -> list[date]:
    """Every day from `first` to `last`."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def cells(store: Store, first: date, last: date) -> dict[Key, Cell]:
    """The rota of a period: what is planned, with leave and outings over it, and what differs from the published one."""
    return _marked(laid(store, first, last), _published(store, first, last))


def laid(store: Store, first: date, last: date) -> dict[Key, Cell]:
    """The rota of a period as `cells`, without asking what was published."""
    found = planned(store, first, last)
    for leave in leaves(store, first, last):
        for day in days(max(first, leave.first), min(last, leave.last)) if leave.in_force else ():
            _lay(found, (leave.person, day), leave=leave.kind, leave_id=leave.id, half=leave.half)
    for outing, half, day, person in sent(store, first, last):
        _lay(found, (person, day), outing=outing, half=half)
    return found


def _lay(found: dict[Key, Cell], key: Key, **over: Any) -> None:
    """Lay leave or an outing over a cell; leave beats an outing, a whole day beats half of one, two halves are whole."""
    cell = found.get(key, Cell())
    if (cell.leave or cell.outing) and cell.half and over["half"] not in ("", cell.half):
        over = {"half": ""}
    elif cell.leave and (not cell.half or over.get("half") or "outing" in over):
        return
    found[key] = Cell(**{**cell.__dict__, **over})


def planned(store: Store, first: date, last: date) -> dict[Key, Cell]:
    """What is planned in a period, whatever lies over it."""
    sql = "SELECT person_id, day, shift, locked FROM rota_cells WHERE day BETWEEN ? AND ?"
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    return {(who, date.fromisoformat(day)): Cell(shift, bool(locked)) for who, day, shift, locked in rows}


def sent(store: Store, first: date, last: date) -> list[tuple[int, str, date, int]]:
    """Who is sent out in a period: (outing's id, half of the day, day, person's id)."""
    sql = (
        "SELECT o.id, o.half, p.day, p.person_id FROM outing_people p JOIN outings o ON o.id = p.outing_id "
        "WHERE p.day BETWEEN ? AND ? AND o.cancelled_at IS NULL ORDER BY p.id"
    )
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    return [(outing, half, date.fromisoformat(day), who) for outing, half, day, who in rows]


def _published(store: Store, first: date, last: date) -> dict[Key, str]:
    """What was published for each person and day; the newest publication of a day counts."""
    sql = "SELECT first_day, last_day, body FROM publications WHERE last_day >= ? AND first_day <= ? ORDER BY id"
    told: dict[Key, str] = {}
    for start, end, body in store.rows(sql, first.isoformat(), last.isoformat()):
        shown = {date.fromisoformat(day) for day in (start, end)}
        told = {key: code for key, code in told.items() if not min(shown) <= key[1] <= max(shown)}
        for day, row in json.loads(body).items():
            if first.isoformat() <= day <= last.isoformat():
                told |= {(int(who), date.fromisoformat(day)): code for who, code in row.items()}
    return told


def _marked(found: dict[Key, Cell], told: dict[Key, str]) -> dict[Key, Cell]:
    for key, code in told.items():
        cell = found.get(key, Cell())
        if cell.code != code:
            found[key] = Cell(**{**cell.__dict__, "marked": True})
    return found


def published_days(store: Store, first: date, last: date) -> set[date]:
    """The days of a period whose rota was published."""
    sql = "SELECT first_day, last_day FROM publications WHERE last_day >= ? AND first_day <= ?"
    told: set[date] = set()
    for start, end in store.rows(sql, first.isoformat(), last.isoformat()):
        told |= set(days(max(first, date.fromisoformat(start)), min(last, date.fromisoformat(end))))
    return told


STATE_OF = {
    Kind.LEAVE: State.LEAVE, Kind.OUTING: State.OUTING, Kind.TRAINING: State.OUTING, Kind.OFF: State.REST,
}  # fmt: skip
"""Where somebody is whose cell means this; everybody else is present."""


def states(store: Store, day: date) -> dict[int, tuple[State, tuple[str, str]]]:
    """Where the rota has each person on a day, by id, with the kind of leave or outing; who is not planned is not in it."""
    found = laid(store, day, day)
    if not found:
        return {}
    book = lists.book(store)
    shifts = {person: book.shift(cell.code) for (person, _day), cell in found.items()}
    return {
        person: (STATE_OF.get(shift.kind, State.PRESENT), ("", "") if shift.kind in (*AT_WORK, Kind.OFF) else (shift.zh, shift.en))
        for person, shift in shifts.items() if shift
    }  # fmt: skip


def desk(store: Store, first: date, last: date) -> dict[tuple[date, str], Desk]:
    """Every slot of every open day of a period by (day, slot code), the empty ones too."""
    book = lists.book(store)
    sql = "SELECT day, slot, holder_id, substitute_id FROM desk_duty WHERE day BETWEEN ? AND ?"
    rows = {
        (day, slot): (holder, other)
        for day, slot, holder, other in store.rows(sql, first.isoformat(), last.isoformat())
    }
    return {
        (day, slot.code): Desk(slot, *rows.get((day.isoformat(), slot.code), (None, None)))
        for day in days(first, last) if day not in book.closed for slot in book.slots
    }  # fmt: skip


def substitutions(store: Store, first: date, last: date) -> list[Substitution]:
    """The substitutions of a period in the order in which they began."""
    sql = f"SELECT {SUBSTITUTION_COLUMNS} FROM substitutions WHERE day BETWEEN ? AND ? ORDER BY day, slot, starts, id"
    return [_substitution(row) for row in store.rows(sql, first.isoformat(), last.isoformat())]


def _substitution(row: tuple[Any, ...]) -> Substitution:
    ident, day, slot, left, taker, starts, ends, reason, reported, at, by = row
    return Substitution(ident, date.fromisoformat(day), slot, left, taker, starts, ends, reason, bool(reported), at, by)


def leaves(store: Store, first: date, last: date, states: Sequence[str] = ("granted",)) -> list[Leave]:
    """The leaves that touch a period, the granted ones if nothing else is asked for, by their first day."""
    marks = ", ".join("?" * len(states))
    sql = (
        f"SELECT {LEAVE_COLUMNS} FROM leaves WHERE last_day >= ? AND first_day <= ? AND state IN ({marks}) "
        "ORDER BY first_day, id"
    )
    return [leave_of(row) for row in store.rows(sql, first.isoformat(), last.isoformat(), *states)]


def leave(store: Store, ident: int) -> Leave | None:
    """A leave by its id."""
    rows = store.rows(f"SELECT {LEAVE_COLUMNS} FROM leaves WHERE id = ?", ident)
    return leave_of(rows[0]) if rows else None


def leave_of(row: tuple[Any, ...]) -> Leave:
    """A leave from its columns."""
    ident, person, kind, first, last, half, reason, state, asked, decided, by, note = row
    span = date.fromisoformat(first), date.fromisoformat(last)
    return Leave(ident, person, kind, *span, half, reason, state, asked, decided or "", by, note)


def outings(store: Store, first: date, last: date) -> list[Outing]:
    """The outings that touch a period, those called off too, by their first day."""
    sql = f"SELECT {OUTING_COLUMNS} FROM outings WHERE last_day >= ? AND first_day <= ? ORDER BY first_day, id"
    return [outing_of(row) for row in store.rows(sql, first.isoformat(), last.isoformat())]


def outing_of(row: tuple[Any, ...]) -> Outing:
    """An outing from its columns."""
    ident, kind, place, first, last, half, wanted, *due, cancelled, note = row
    plan_due, planned, review_due, reviewed = (date.fromisoformat(text) if text else None for text in due)
    span = date.fromisoformat(first), date.fromisoformat(last)
    return Outing(
        ident, kind, place, *span, half, wanted, plan_due, planned, review_due, reviewed, cancelled or "", note
    )


def outing_people(store: Store, idents: Iterable[int]) -> dict[int, list[tuple[date, int]]]:
    """Who goes out with each outing: (day, person id) by the outing's id."""
    found: dict[int, list[tuple[date, int]]] = {}
    for ident in idents:
        rows = store.rows("SELECT day, person_id FROM outing_people WHERE outing_id = ? ORDER BY day, id", ident)
        found[ident] = [(date.fromisoformat(day), who) for day, who in rows]
    return found


def training(store: Store, day: date) -> Training | None:
    """A morning's training, None when nothing was entered."""
    rows = store.rows(
        "SELECT id, day, starts, topic, trainer, team, note FROM trainings WHERE day = ?", day.isoformat()
    )
    if not rows:
        return None
    ident, _day, starts, topic, trainer, team, note = rows[0]
    people = store.rows("SELECT person_id FROM training_people WHERE training_id = ? ORDER BY id", ident)
    return Training(ident, day, starts, topic, trainer, team, note, tuple(who for (who,) in people))


def acting_leader(store: Store, day: date) -> int | None:
    """Who was named to act for the leader on a day."""
    found = store.one("SELECT person_id FROM acting_leaders WHERE day = ?", day.isoformat())
    return None if found is None else int(found)


def signed(store: Store, first: date, last: date) -> dict[Key, tuple[State, str]]:
    """What was signed in a period: (state, local stamp) by person and day."""
    sql = "SELECT person_id, day, state, at FROM attendance WHERE day BETWEEN ? AND ?"
    rows = store.rows(sql, first.isoformat(), last.isoformat())
    return {(who, date.fromisoformat(day)): (State(state), at) for who, day, state, at in rows}


def reception(store: Store, day: date) -> Reception:
    """A day's desk: the slots with holders and substitutes, who took over, who is away when, whom it falls back to."""
    return receptions(store, day, day)[0]


def receptions(store: Store, first: date, last: date) -> list[Reception]:
    """Every day's desk of a period, one short read for each table."""
    from floorlead.duty import desks

    return desks.read(store, first, last)


def worked(store: Store, first: date, last: date) -> dict[int, Worked]:
    """Duty as worked in a period (at best of two months) by person's id; see `notes.worked`."""
    from floorlead.duty import notes

    return notes.worked(store, first, last)
