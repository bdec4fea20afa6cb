"""What is done on a walk: begin, tick a car off, take the tick back, note, close; each one action, each undone.

A car is seen once: the second time says when it was seen first.
"""

from __future__ import annotations

import json
from typing import Any

from floorlead.cars.records import Car
from floorlead.stocktake import queries, rules
from floorlead.stocktake.records import NOTED, Mark, Take, Walk
from floorlead.store import Refused, Store
from floorlead.text import clean
from floorlead.words import N_, _

NOTE_LIMIT = 120


def begin(store: Store) -> int:
    """Begin a walk; what is in stock now is what should be here. Returns its id. Raises Refused."""
    last = queries.newest(store)
    if last and last.open:
        raise Refused("E160", _("A stock-take goes on since {time}; close it first").format(time=_time(last.begun_at)))
    expected = [car.id for car in queries.to_expect(store)]
    if not expected:
        raise Refused("E161", _("No car is in stock; enter or import the cars first"))
    with store.write(N_("Stock-take begun: {count} cars"), count=len(expected)) as db:
        sql = "INSERT INTO stocktakes(day, begun_at, by, expected) VALUES (?, ?, ?, ?)"
        values = (store.today().isoformat(), store.clock.stamp(), store.by, json.dumps(expected))
        return int(db.execute(sql, values).lastrowid or 0)
    raise AssertionError


def _time(stamp: str) -> str:
    return stamp[5:16].replace("T", " ")


def see(store: Store, walk: Walk, typed: str, car: Car | None) -> None:
    """A car was seen; None is a number that nobody knows, kept as it was typed. Raises Refused."""
    tail = rules.tail_of(typed)
    if not rules.enough(tail):
        raise Refused("E162", _("Type 4 to 17 letters or digits from the end of the VIN"))
    before = walk.mark_of(car) if car else _typed_before(walk, tail)
    if before:
        told = _("{car} was seen already at {time}")
        name = f"{car.shown} {car.tail}" if car else tail
        raise Refused("E163", told.format(car=name, time=before.at[11:16]))
    words = N_("{car} seen {time}") if car else N_("{typed} found, nobody knows it {time}")
    with store.write(words, car=car.both() if car else "", typed=tail, time=store.clock.stamp()[11:16]) as db:
        _must_be_open(db, walk.take)
        _put(db, store, walk.take, tail, car)


def _typed_before(walk: Walk, tail: str) -> Mark | None:
    return next((mark for mark, car in walk.found if car is None and mark.typed == tail), None)


def _put(db: Any, store: Store, take: Take, typed: str, car: Car | None) -> None:
    """The mark; a note about a car that was not seen becomes the sight of it."""
    stamp = store.clock.stamp()
    if car:
        sql = "UPDATE stocktake_marks SET typed = ?, at = ? WHERE stocktake_id = ? AND car_id = ?"
        if db.execute(sql, (typed, stamp, take.id, car.id)).rowcount:
            return
    sql = "INSERT INTO stocktake_marks(stocktake_id, typed, car_id, at) VALUES (?, ?, ?, ?)"
    db.execute(sql, (take.id, typed, car.id if car else None, stamp))


def _must_be_open(db: Any, take: Take) -> None:
    if db.execute("SELECT closed_at FROM stocktakes WHERE id = ?", (take.id,)).fetchone() != (None,):
        raise Refused("E164", _("This stock-take is closed; Ins begins another one"))


def unsee(store: Store, take: Take, mark: Mark, car: Car | None) -> None:
    """Take a sight back; the car is to be seen again. Raises Refused."""
    with store.write(N_("{car} not seen after all"), car=car.both() if car else mark.typed) as db:
        _must_be_open(db, take)
        db.execute("DELETE FROM stocktake_marks WHERE id = ?", (mark.id,))


def note(store: Store, take: Take, text: str, mark: Mark | None, car: Car | None = None) -> None:
    """Note something on a sight, or on a car that was not seen. Raises Refused."""
    told = clean(text, NOTE_LIMIT)
    with store.write(N_("{car}: {note}"), car=car.both() if car else mark.typed if mark else "", note=told) as db:
        if mark and mark.typed == NOTED and not told:
            db.execute("DELETE FROM stocktake_marks WHERE id = ?", (mark.id,))
        elif mark:
            db.execute("UPDATE stocktake_marks SET note = ? WHERE id = ?", (told, mark.id))
        elif car and told:
            sql = "INSERT INTO stocktake_marks(stocktake_id, typed, car_id, at, note) VALUES (?, ?, ?, ?, ?)"
            db.execute(sql, (take.id, NOTED, car.id, store.clock.stamp(), told))


def close(store: Store, walk: Walk) -> None:
    """The walk is over, its differences stand. Raises Refused."""
    words = N_("Stock-take closed: seen {seen} of {count}, differences {found}")
    count = len(walk.seen) + len(walk.unseen)
    with store.write(words, seen=len(walk.seen), count=count, found=len(walk.unseen) + len(walk.found)) as db:
        _must_be_open(db, walk.take)
        db.execute("UPDATE stocktakes SET closed_at = ? WHERE id = ?", (store.clock.stamp(), walk.take.id))
