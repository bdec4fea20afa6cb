"""Deciding leave: asked, granted with the desk covered in the same action, refused, withdrawn with the desk given back.

Two leaves never share a half day. The house's rules (people who stay, closed days, balance, the desk) may be given up
by the leader; then the log says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import clock
from floorlead.duty import lists
from floorlead.duty import moves as duty
from floorlead.duty import queries as duty_queries
from floorlead.duty.records import Kind, Leave
from floorlead.leave import notes, queries, reading, rules
from floorlead.leave.records import BROKEN, Closure, Kept, Moved, Picks, Review, StandIn
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.store.deciding import must_still
from floorlead.text import clean
from floorlead.words import N_, _, both

REASON_LIMIT, NAME_LIMIT = 60, 40
MOST_DAYS = 366
"""Days of an allowance."""


def blank(
    store: Store, person: int, kind: str, first: date, last: date | None = None, half: str = "", reason: str = ""
) -> Leave:
    """A leave still to be asked for or granted; a half day is one day."""
    end = first if half or last is None else last
    return Leave(0, person, kind, first, end, half, reason, "asked", store.clock.stamp(), "", store.by, "")


@decided
def ask(store: Store, leave: Leave) -> int:
    """Keep that leave is asked for; returns its id. Raises Refused where it overlaps another."""
    leave = _ready(store, leave)
    _must_not_overlap(store, leave)
    with store.write(N_("{name} asks for leave: {days} {what}"), **_told(store, leave)) as db:
        _must_not_overlap(store, leave)  # once more, now that no other terminal can write
        return _insert(db, replace(leave, state="asked", decided_at="", by=store.by))


@decided
def grant(store: Store, leave: Leave, stand_ins: Picks | None = None, *, all_the_same: bool = False) -> int:
    """Grant leave, asked for (with its id) or new, and let others step up on the desk, as one action; returns its id.

    `stand_ins` says who steps up in a slot, (day, slot's code): id; elsewhere it is who is proposed. Raises Refused
    where it overlaps another leave, and unless `all_the_same` where it breaks a rule of the house.
    """
    leave = _ready(store, leave)
    _must_not_overlap(store, leave)
    review = queries.review(store, leave, stand_ins)
    broken = rules.breaches(review) if all_the_same else rules.broken(review)
    names = queries.names(store)
    if broken and not all_the_same:
        raise Refused("E231", _refused(review, broken, names))
    words = (
        N_("{name} {days} {what} granted all the same ({broken}){desk}")
        if broken
        else N_("{name} {days} {what} granted{desk}")
    )
    told = _told(store, leave) | _given_up(broken)
    told["desk"] = notes.stand_ins(review.stand_ins, names, days=leave.first != leave.last)
    with store.write(words, **told) as db:
        _must_be(db, leave)
        _must_not_overlap(store, leave)  # once more, now that no other terminal can write
        kept = Kept("", notes.moved(review.stand_ins), broken)
        made = _decide(db, store, replace(leave, note=notes.written(kept)), "granted")
        put_stand_ins(db, store, review.stand_ins, notes.said(notes.kind(lists.book(store), leave.kind)))
    return made


def _given_up(broken: Sequence[str]) -> dict[str, Any]:
    if not broken:
        return {}
    words = [both(BROKEN[code]) for code in broken]
    return {"broken": {code: ", ".join(one[code] for one in words) for code in ("zh", "en")}}


def _refused(review: Review, broken: Sequence[str], names: notes.Names) -> str:
    why = notes.refusal(review, broken, names)
    return _("Not granted: {why}. It may be granted all the same, and the log says so").format(why=why)


@decided
def refuse(store: Store, leave: Leave, why: str = "") -> None:
    """Refuse leave that is asked for, with a word why. Raises Refused when it was decided meanwhile."""
    why = clean(why, REASON_LIMIT)
    words = N_("{name} {days} {what} refused: {why}") if why else N_("{name} {days} {what} refused")
    with store.write(words, why=why, **_told(store, leave)) as db:
        _must_be(db, leave)
        _decide(db, store, replace(leave, note=notes.written(Kept(said=why))), "refused")


@decided
def withdraw(store: Store, leave: Leave) -> tuple[list[Moved], list[Moved]]:
    """Take leave back, asked for or granted; returns the slots that went back and those that stay as they are now.

    A slot goes back where it is still as the leave left it, has not begun, and its people are there for it.
    """
    verdicts = dict(queries.goes_back(store, leave)) if leave.in_force else {}
    kept = notes.read(leave.note).desk
    back = [one for one in kept if verdicts.get((one.day, one.slot))]
    stay = [one for one in kept if not verdicts.get((one.day, one.slot))]
    told = _told(store, leave) | {"desk": _desk_told(store, back, stay)}
    with store.write(N_("{name} {days} {what} withdrawn{desk}"), **told) as db:
        _must_be(db, leave)
        _decide(db, store, leave, "withdrawn")
        for one in back:
            put_back(db, store, one)
    return back, stay


@decided
def shorten(store: Store, leave: Leave, back_on: date) -> tuple[list[Moved], list[Moved]]:
    """Somebody is back early: granted leave ends the day before `back_on`; returns what `withdraw` does, of those days.

    What the leave did on the days that remain stays as it is. Raises Refused for a day that is not inside the leave.
    """
    last = back_on - timedelta(days=1)
    if not leave.in_force or not leave.first < back_on <= leave.last:
        raise Refused("E239", _back_on_refused(leave))
    kept, verdicts = notes.read(leave.note), dict(queries.goes_back(store, leave))
    gone = [one for one in kept.desk if one.day > last]
    back = [one for one in gone if verdicts.get((one.day, one.slot))]
    stay = [one for one in gone if not verdicts.get((one.day, one.slot))]
    told = _told(store, leave) | {"day": notes.day_words(back_on), "desk": _desk_told(store, back, stay)}
    left = Kept(kept.said, tuple(one for one in kept.desk if one.day <= last), kept.broken)
    with store.write(N_("{name} {days} {what}: back on {day} already{desk}"), **told) as db:
        _must_be(db, leave)
        sql = "UPDATE leaves SET last_day = ?, note = ? WHERE id = ? AND last_day = ?"
        key = (last.isoformat(), notes.written(left), leave.id, leave.last.isoformat())
        if not db.execute(sql, key).rowcount:
            raise Refused("E235", _("This leave was decided by another terminal meanwhile; look again"))
        for one in back:
            put_back(db, store, one)
    return back, stay


def _back_on_refused(leave: Leave) -> str:
    if leave.first == leave.last:
        return _("It is one day; 1 takes the whole leave back")
    sentence = _("The first day back lies after {first} and not after {last}; before that 1 takes the whole leave back")
    return sentence.format(first=clock.short_day(leave.first), last=clock.short_day(leave.last))


def _desk_told(store: Store, back: Sequence[Moved], stay: Sequence[Moved]) -> dict[str, str]:
    """What becomes of the slots that were held, for the log; one that the file no longer has goes by its code."""
    book, names = lists.book(store), queries.names(store)
    now = duty_queries.desk(
        store, min((m.day for m in stay), default=date.max), max((m.day for m in stay), default=date.min)
    )
    parts = []
    for one in (*back, *stay):
        if one.was[0] == one.then[0]:  # only the substitute changed
            continue
        slot = book.slot(one.slot)
        place = slot.both() if slot else {"zh": one.slot, "en": one.slot}
        desk = now.get((one.day, one.slot))
        who = notes.who(
            names, one.was[0] if one in back else desk.holder if desk and one.since is None else one.then[0]
        )
        words = both("{slot} back to {name}") if one in back else both("{slot} stays with {name}")
        parts.append({code: words[code].format(slot=place[code], name=who[code]) for code in words})
    return notes.joined(parts)


GOES_BACK = (N_("{slot} back to {name}"), N_("{slot} stays with {name}"))
"""The two messages that the log tells of a slot after leave was withdrawn."""


def put_stand_ins(db: Any, store: Store, made: Sequence[StandIn], reason: str) -> None:
    """Let others step up inside an open action: in the plan, in a slot that has begun by a substitution from now on."""
    for one in made:
        if one.since is None:
            duty.put_desk(db, one.day, one.slot.code, *one.then)
        elif one.taker is not None:
            key = (one.day.isoformat(), one.slot.code, one.since)
            db.execute("DELETE FROM substitutions WHERE day = ? AND slot = ? AND starts = ?", key)
            sql = (
                "INSERT INTO substitutions(day, slot, starts, left_id, taker_id, reason, reported, at, by) "
                "VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)"
            )
            db.execute(sql, (*key, one.was[0], one.taker, clean(reason, REASON_LIMIT), store.clock.stamp(), store.by))


def put_back(db: Any, store: Store, one: Moved) -> None:
    """Give a slot back inside an open action; a substitution ends now, one that began this minute never was."""
    if one.since is None:
        duty.put_desk(db, one.day, one.slot, *one.was)
        return
    minute, key = reading.now_of(store)[1], (one.day.isoformat(), one.slot, one.since)
    if one.since >= minute:
        db.execute("DELETE FROM substitutions WHERE day = ? AND slot = ? AND starts = ?", key)
    else:
        db.execute("UPDATE substitutions SET ends = ? WHERE day = ? AND slot = ? AND starts = ?", (minute, *key))


def _ready(store: Store, leave: Leave) -> Leave:
    """The leave checked and its words cleaned. Raises Refused."""
    shift = lists.book(store).shift(leave.kind)
    if shift is None or shift.kind is not Kind.LEAVE:
        raise Refused("E232", _("'{kind}' is no kind of leave in rota.toml").format(kind=leave.kind))
    if leave.last < leave.first:
        raise Refused("E233", _("Leave cannot end before it begins; look at the two days"))
    if (leave.last - leave.first).days >= rules.LONGEST:
        raise Refused("E233", _("Leave over more than {days} days is entered in parts").format(days=rules.LONGEST))
    person = person_of(store, leave.person)
    if not person.works_on(leave.first) or not person.works_on(leave.last):
        sentence = _("{name} does not belong to the showroom on these days")
        raise Refused("E234", sentence.format(name=person.shown))
    return replace(leave, reason=clean(leave.reason, REASON_LIMIT))


def _must_not_overlap(store: Store, leave: Leave) -> None:
    others = duty_queries.leaves(store, leave.first, leave.last, ("asked", "granted"))
    if found := rules.overlaps(leave, others):
        raise Refused("E230", notes.first_overlap(found))


def person_of(store: Store, ident: int) -> Person:
    """A person by id. Raises Refused for nobody."""
    found = next((one for one in people_queries.everybody(store) if one.id == ident), None)
    if found is None:
        raise Refused("E234", _("Nobody has this number any more; look again"))
    return found


def _told(store: Store, leave: Leave) -> dict[str, Any]:
    name = notes.who(queries.names(store), leave.person)
    return {"name": name, "days": notes.of(leave), "what": notes.what(lists.book(store), leave)}


def _must_be(db: Any, leave: Leave) -> None:
    """Refuse when the leave was decided by somebody else meanwhile."""
    if not leave.id:
        return
    row = db.execute(f"SELECT {duty_queries.LEAVE_COLUMNS} FROM leaves WHERE id = ?", (leave.id,)).fetchone()
    if row is None or duty_queries.leave_of(row).state != leave.state:
        raise Refused("E235", _("This leave was decided by another terminal meanwhile; look again"))


def _decide(db: Any, store: Store, leave: Leave, state: str) -> int:
    """Keep a decision inside an open action; returns the leave's id."""
    made = replace(leave, state=state, decided_at=store.clock.stamp(), by=store.by)
    if not made.id:
        return _insert(db, made)
    sql = "UPDATE leaves SET state = ?, decided_at = ?, by = ?, note = ?, reason = ? WHERE id = ?"
    db.execute(sql, (made.state, made.decided_at, made.by, made.note, made.reason, made.id))
    return made.id


def _insert(db: Any, leave: Leave) -> int:
    names = duty_queries.LEAVE_COLUMNS.removeprefix("id, ")
    values = (
        leave.person, leave.kind, leave.first.isoformat(), leave.last.isoformat(), leave.half, leave.reason,
        leave.state, leave.asked_at, leave.decided_at or None, leave.by, leave.note,
    )  # fmt: skip
    sql = f"INSERT INTO leaves({names}) VALUES ({', '.join('?' * len(values))})"
    return int(db.execute(sql, values).lastrowid)


# -- allowances and closed periods


@decided
def allow(store: Store, person: Person, year: int, kind: str, days: float | None) -> None:
    """Set how many days of a kind a person has in a year; None counts by the book again. Raises Refused."""
    if days is not None and not (0 <= days <= MOST_DAYS and days * 2 % 1 == 0):
        raise Refused("E236", _("Write the days as 5 or 5.5, up to {most}").format(most=MOST_DAYS))
    name, told = notes.names_of([person])[person.id], notes.kind(lists.book(store), kind)
    shown = "-" if days is None else f"{days:g}"
    with store.write(N_("{name} {year} {leave}: {days} days"), name=name, year=year, leave=told, days=shown) as db:
        key = (person.id, year, kind)
        if days is None:
            db.execute("DELETE FROM leave_allowances WHERE person_id = ? AND year = ? AND kind = ?", key)
            return
        sql = "UPDATE leave_allowances SET days = ? WHERE person_id = ? AND year = ? AND kind = ?"
        if not db.execute(sql, (days, *key)).rowcount:
            db.execute("INSERT INTO leave_allowances(days, person_id, year, kind) VALUES (?, ?, ?, ?)", (days, *key))


@decided
def close(store: Store, one: Closure) -> int:
    """Close a period to leave, new or changed; returns its id. What was granted before stays. Raises Refused."""
    name = clean(one.name, NAME_LIMIT)
    if not name:
        raise Refused("E237", _("Say why no leave is granted then, such as the motor show"))
    if one.last < one.first:
        raise Refused("E233", _("Leave cannot end before it begins; look at the two days"))
    if one.id and not store.one("SELECT 1 FROM closed_to_leave WHERE id = ?", one.id):
        must_still(None, one)
    values = (one.first.isoformat(), one.last.isoformat(), name)
    with store.write(N_("No leave {days}: {name}"), days=notes.span(one.first, one.last), name=name) as db:
        if one.id:
            sql = "UPDATE closed_to_leave SET first_day = ?, last_day = ?, name = ? WHERE id = ?"
            db.execute(sql, (*values, one.id))
            return one.id
        sql = "INSERT INTO closed_to_leave(first_day, last_day, name) VALUES (?, ?, ?)"
        return int(db.execute(sql, values).lastrowid or 0)


@decided
def open_again(store: Store, one: Closure) -> None:
    """A period is open to leave again."""
    with store.write(
        N_("Leave is open again {days}: {name}"), days=notes.span(one.first, one.last), name=one.name
    ) as db:
        db.execute("DELETE FROM closed_to_leave WHERE id = ?", (one.id,))
