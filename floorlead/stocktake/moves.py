"""What is done on a walk: begin, tick a car off, take the tick back, note, close; each one action, each undone.

A car is seen once: the second time says when it was seen first.
"""

from __future__ import annotations

import json
from typing import Any

from floorlead.cars.records import Car
from floorlead.stocktake import queries, rules
from floorlead.stocktake.records import NOTED, Mark, Take, Walk
from floorlead.store import Refused, Store, decided
from floorlead.store.deciding import must_still
from floorlead.text import clean
from floorlead.words import N_, _

NOTE_LIMIT = 120


@decided
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


@decided
def see(store: Store, walk: Walk, typed: str, car: Car | None) -> None:
    """A car was seen; None is a number that nobody knows, kept as it was typed. Raises Refused."""
    tail = rules.tail_of(typed)
    if not rules.enough(tail):
        raise Refused("E162", _("Type 4 to 17 letters or digits from the end of the VIN"))
    walk = queries.walk(store, _open_now(store, walk.take))
    before = walk.mark_of(car) if car else _typed_before(walk, tail)
    if before:
        told = _("{car} was seen already at {time}")
        name = f"{car.shown} {car.tail}" if car else tail
        raise Refused("E163", told.format(car=name, time=before.at[11:16]))
    words = N_("{car} seen {time}") if car else N_("{typed} found, nobody knows it {time}")
    with store.write(words, car=car.both() if car else "", typed=tail, time=store.clock.stamp()[11:16]) as db:
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


def _open_now(store: Store, take: Take) -> Take:
    now = queries.of(store, take.id)
    if now is None or not now.open:
        raise Refused("E164", _("This stock-take is closed; Ins begins another one"))
    return now


@decided
def unsee(store: Store, take: Take, mark: Mark, car: Car | None) -> None:
    """Take a sight back; the car is to be seen again. Raises Refused."""
    _open_now(store, take)
    with store.write(N_("{car} not seen after all"), car=car.both() if car else mark.typed) as db:
        db.execute("DELETE FROM stocktake_marks WHERE id = ?", (mark.id,))


@decided
def note(store: Store, take: Take, text: str, mark: Mark | None, car: Car | None = None) -> None:
    """Note something on a sight, or on a car that was not seen. Raises Refused."""
    told, now = clean(text, NOTE_LIMIT), _mark_now(store, take, mark, car)
    must_still(now, mark)
    with store.write(N_("{car}: {note}"), car=car.both() if car else mark.typed if mark else "", note=told) as db:
        if mark and mark.typed == NOTED and not told:
            db.execute("DELETE FROM stocktake_marks WHERE id = ?", (mark.id,))
        elif mark:
            db.execute("UPDATE stocktake_marks SET note = ? WHERE id = ?", (told, mark.id))
        elif car and told:
            sql = "INSERT INTO stocktake_marks(stocktake_id, typed, car_id, at, note) VALUES (?, ?, ?, ?, ?)"
            db.execute(sql, (take.id, NOTED, car.id, store.clock.stamp(), told))


def _mark_now(store: Store, take: Take, mark: Mark | None, car: Car | None) -> Mark | None:
    found = queries.marks(store, take)
    return next((one for one in found if (one.id == mark.id if mark else car and one.car_id == car.id)), None)


@decided
def close(store: Store, walk: Walk) -> None:
    """The walk is over, its differences stand. Raises Refused."""
    walk = queries.walk(store, _open_now(store, walk.take))
    words = N_("Stock-take closed: seen {seen} of {count}, differences {found}")
    count = len(walk.seen) + len(walk.unseen)
    with store.write(words, seen=len(walk.seen), count=count, found=len(walk.unseen) + len(walk.found)) as db:
        db.execute("UPDATE stocktakes SET closed_at = ? WHERE id = ?", (store.clock.stamp(), walk.take.id))
