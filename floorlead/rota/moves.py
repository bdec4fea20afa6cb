"""What is done to the rota: plan a cell, lock it, wish for it, copy a week, publish; each one action.

Leave and outings lie over what is planned here and are never touched by it; a desk slot goes back when its holder
no longer works through it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.moves import put_cell, put_desk
from floorlead.duty.records import Book, Cell, Desk, Kind, Shift
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.rota import queries
from floorlead.rota.light import at_work, covers
from floorlead.rota.records import Key, Wish
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

Slots = list[Desk]
NOTE_LIMIT = 40


def day_both(day: date) -> dict[str, str]:
    """A day for the log: 11-24周二, Tue 24 Nov."""
    return {"zh": f"{day:%m-%d}周{'一二三四五六日'[day.weekday()]}", "en": f"{day:%a} {day.day} {day:%b}"}


def name_both(person: Person) -> dict[str, str]:
    """A name for the log."""
    return {"zh": person.name, "en": person.name_en or person.name}


@decided
def plan(store: Store, person: Person, day: date, shift: Shift | None) -> None:
    """Plan a shift for somebody's day, None for none; a desk shift takes the first slot that nobody holds.

    Raises Refused on a day that is over, for somebody on leave, for a trainee at the desk.
    """
    book = lists.book(store)
    cell = duty.cells(store, day, day).get((person.id, day), Cell())
    _may_plan(store, book, person, day, cell, shift)
    after = replace(cell, shift=shift.code if shift else "")
    lost, taken = _slots_after(store, book, person, day, after, shift)
    words, fields = _said(shift, lost, taken)
    with store.write(words, name=name_both(person), day=day_both(day), **fields) as db:
        put_cell(db, day, person.id, after.shift, cell.locked)
        _give_up(db, day, person.id, lost)
        for one in taken:
            put_desk(db, day, one.slot.code, person.id, None if one.substitute == person.id else one.substitute)


def _may_plan(store: Store, book: Book, person: Person, day: date, cell: Cell, shift: Shift | None) -> None:
    """Refuse what cannot be planned, with the reason and the way on."""
    may_change(store, person, day)
    over = book.shift(cell.code)
    if over and not cell.half and (cell.leave or cell.outing):
        told = _("{name} has {what} that day; its own digit takes it back")
        raise Refused("E221", told.format(name=person.shown, what=over.shown))
    if shift and shift.kind is Kind.DESK and not queries.may_hold(book, person):
        told = (
            _("{name} is a trainee and may not hold the desk alone")
            if person.trainee
            else _("{name} does not hold the desk; rota.toml says whose role may")
        )
        raise Refused("E222", told.format(name=person.shown))  # fmt: skip


def may_change(store: Store, person: Person, day: date) -> None:
    """Refuse a day that is over and one on which the person is not here. Raises Refused."""
    if day < store.today():
        told = _("{day} is over; what was worked is corrected on the attendance page")
        raise Refused("E220", told.format(day=day))
    if not person.works_on(day):
        told = _("{name} does not belong to the showroom on {day}")
        raise Refused("E223", told.format(name=person.shown, day=day))


def _slots_after(
    store: Store, book: Book, person: Person, day: date, after: Cell, shift: Shift | None
) -> tuple[Slots, Slots]:
    """The slots that go back, held or stood in for, and the one that is taken; what has begun stays as it was worked."""
    band, begun = at_work(book, after), _begun(store, day)
    every = list(duty.desk(store, day, day).values())
    there = [one for one in every if one.slot.starts > begun]
    inside = {one.slot.code: covers(band, one.slot.starts, one.slot.ends) for one in there}
    lost = [one for one in there if person.id in (one.holder, one.substitute) and not inside[one.slot.code]]
    if (
        shift is None
        or shift.kind is not Kind.DESK
        or any(one.holder == person.id and one not in lost for one in every)
    ):
        return lost, []
    return lost, [one for one in there if one.holder is None and inside[one.slot.code]][:1]


def _begun(store: Store, day: date) -> int:
    """The minute of today up to which slots have begun; -1 on another day."""
    now = store.clock.now()
    return now.hour * 60 + now.minute + 1440 * (now.date() - day).days if day == store.today() else -1


def _said(shift: Shift | None, lost: Slots, taken: Slots) -> tuple[str, dict[str, Any]]:
    what = shift.both() if shift else {"zh": "未排", "en": "not planned"}
    fields: dict[str, Any] = {"shift": what}
    if taken:
        return N_("{name} {day} {shift}, holds {slot}"), fields | {"slot": taken[0].slot.both()}
    if lost:
        slots = {code: ", ".join(one.slot.both()[code] for one in lost) for code in ("zh", "en")}
        return N_("{name} {day} {shift}; open again: {slots}"), fields | {"slots": slots}
    return N_("{name} {day} {shift}"), fields


def _give_up(db: Any, day: date, person: int, lost: Iterable[Desk]) -> None:
    for one in lost:
        holder, other = (None if who == person else who for who in (one.holder, one.substitute))
        put_desk(db, day, one.slot.code, holder, other)


@decided
def lock(store: Store, person: Person, day: date) -> None:
    """Lock a planned cell against copying, drafting and solving, or unlock it. Raises Refused."""
    may_change(store, person, day)
    shift, locked = queries.planned_in(store, day, day).get((person.id, day), ("", False))
    if not shift:
        raise Refused("E224", _("Nothing is planned here yet; a digit plans it, then Space locks it"))
    words = N_("{name} {day} unlocked") if locked else N_("{name} {day} locked")
    with store.write(words, name=name_both(person), day=day_both(day)) as db:
        put_cell(db, day, person.id, shift, not locked)


@decided
def wish(store: Store, person: Person, day: date, wished: Wish | None) -> None:
    """Note what somebody wishes for a day, None for nothing any more. Raises Refused."""
    may_change(store, person, day)
    book = lists.book(store)
    shift = book.shift(wished.shift) if wished else None
    words = N_("{name} {day} wishes {shift}, weight {weight}") if shift else N_("{name} {day}: no wish any more")
    fields: dict[str, Any] = {"shift": shift.both(), "weight": wished.weight} if shift and wished else {}
    with store.write(words, name=name_both(person), day=day_both(day), **fields) as db:
        db.execute("DELETE FROM wishes WHERE day = ? AND person_id = ?", (day.isoformat(), person.id))
        if wished and shift:
            db.execute(
                "INSERT INTO wishes(day, person_id, shift, weight, note) VALUES (?, ?, ?, ?, ?)",
                (day.isoformat(), person.id, shift.code, wished.weight, clean(wished.note, NOTE_LIMIT)),
            )


@decided
def copy_week(store: Store, monday: date) -> int:
    """Copy the week before into the empty cells and slots of a week; returns how many cells. Raises Refused.

    Cells that are planned, locked or over stay; a slot is copied where its people work through it.
    """
    last = monday + timedelta(days=6)
    fresh = _copied_cells(store, monday, last)
    slots = _copied_slots(store, monday, last, fresh)
    if not fresh and not slots:
        raise Refused("E225", _("There is nothing to copy: the week before is empty, or this one is full"))
    with store.write(
        N_("Week of {day}: {count} cells copied from the week before"), day=day_both(monday), count=len(fresh)
    ) as db:
        for (who, day), shift in fresh.items():
            put_cell(db, day, who, shift, False)
        for (day, slot), (holder, other) in slots.items():
            put_desk(db, day, slot, holder, other)
    return len(fresh)


def _copied_cells(store: Store, monday: date, last: date) -> dict[Key, str]:
    book, week = lists.book(store), timedelta(days=7)
    before, here = queries.planned_in(store, monday - week, last - week), queries.planned_in(store, monday, last)
    shut = store.sealed(monday, last) | book.closed
    return {
        (person.id, day): before[person.id, day - week][0]
        for person in queries.people_of(store, monday, last) for day in duty.days(max(monday, store.today()), last)
        if (person.id, day - week) in before and (person.id, day) not in here
        and person.works_on(day) and day not in shut
    }  # fmt: skip


def _copied_slots(
    store: Store, monday: date, last: date, fresh: Mapping[Key, str]
) -> dict[tuple[date, str], tuple[int | None, int | None]]:
    book, week = lists.book(store), timedelta(days=7)
    cells = duty.cells(store, monday, last)
    for key, shift in fresh.items():
        cells[key] = replace(cells.get(key, Cell()), shift=shift)
    people = queries.by_id(queries.people_of(store, monday, last))
    before, found = duty.desk(store, monday - week, last - week), {}
    shut = store.sealed(monday, last)
    for (day, code), one in duty.desk(store, monday, last).items():
        old = before.get((day - week, code))
        over = day < store.today() or one.slot.starts <= _begun(store, day)
        if old is None or one.holder or one.substitute or over or day in shut:
            continue
        pair = [_free(book, people, cells, who, day, one) for who in (old.holder, old.substitute)]
        if any(pair):
            found[day, code] = (pair[0], pair[1])
    return found


def _free(
    book: Book, people: Mapping[int, Person], cells: Mapping[Key, Cell], who: int | None, day: date, one: Desk
) -> int | None:
    """Somebody who may hold a slot and works through it; else nobody."""
    if who is None or who not in people or not queries.may_hold(book, people[who]):
        return None
    return who if covers(at_work(book, cells.get((who, day))), one.slot.starts, one.slot.ends) else None


@decided
def publish(store: Store, first: date, last: date) -> None:
    """Publish a period as it stands now: what changes later is marked on screen and paper. Raises Refused."""
    cells = duty.cells(store, first, last)
    people = queries.people_of(store, first, last)
    body: dict[str, dict[str, str]] = {day.isoformat(): {} for day in duty.days(first, last)}
    for person in people:
        for day in duty.days(first, last):
            if person.works_on(day):
                body[day.isoformat()][str(person.id)] = cells.get((person.id, day), Cell()).code
    if not any(code for row in body.values() for code in row.values()):
        raise Refused("E226", _("Nothing is planned in this period yet; there is nothing to publish"))
    with store.write(N_("Rota published: {first} to {last}"), first=day_both(first), last=day_both(last)) as db:
        values = (first.isoformat(), last.isoformat(), store.clock.stamp(), store.by, json.dumps(body))
        db.execute("INSERT INTO publications(first_day, last_day, at, by, body) VALUES (?, ?, ?, ?, ?)", values)
