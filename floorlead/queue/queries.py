"""Reading the queue: what was keyed, who signed in when, who is out on a test drive or hands a car over, who owes calls.

Whoever is taken by a test drive or a hand-over needs no key; a few short reads, whatever the age of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from floorlead import settings
from floorlead.customers import queries as customers
from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.records import AT_WORK, NOON, Cell
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Presence, Role
from floorlead.queue import rules
from floorlead.queue.records import (
    DRIVE,
    HANDOVER,
    OFF_DUTY,
    ON_LEAVE,
    ON_OUTING,
    Busy,
    Event,
    Kind,
    Present,
    State,
    Step,
    Turn,
)
from floorlead.store import Store
from floorlead.tasks import queries as task_queries
from floorlead.text import fold

BEFORE_HANDOVER, LONGEST_HANDOVER = 15, 120
"""Minutes in which an advisor is taken before a hand-over, and after its time at most, when nobody ticks it."""
EARLY = 60
"""Who is signed in more minutes than this before the shift is not here yet: the line begins with the shift."""
REMEMBERED = 7
"""Days looked back for who served last: of those signed in at the same second the longest without a turn is first."""


def people(store: Store, day: date) -> list[Presence]:
    """The consultants on duty on a day, in the order of the card."""
    return [one for one in people_queries.day(store, day) if one.here and one.person.role is Role.CONSULTANT]


def events(store: Store, day: date) -> list[Event]:
    """What was keyed on a day, in the order of time."""
    sql = "SELECT person_id, kind, at, place, reason, by FROM queue_events WHERE day = ? ORDER BY id"
    rows = store.rows(sql, day.isoformat())
    return [Event(who, Kind(kind), at, place, reason, by) for who, kind, at, place, reason, by in rows]


def _now(store: Store, day: date) -> str:
    """Up to when the day is told: now, or the end of a day gone by."""
    return store.clock.stamp() if day == store.today() else store.clock.bounds(day, day)[1]


def _stamp(day: date, minute: int) -> str:
    """A minute of a business day as a local stamp."""
    return (datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)).isoformat()


# -- who is there, and from when until when


def _works(store: Store, day: date) -> dict[int, tuple[int, int, str]]:
    """The working time that the rota gives each person, [starts, ends) in minutes, and why it is over then."""
    cells = duty.laid(store, day, day)
    if not cells:
        return {}
    book = lists.book(store)
    found = {}
    for (person, _day), cell in cells.items():
        shift = book.shift(cell.code)
        if shift and shift.kind in AT_WORK:
            found[person] = _halved(cell, shift.starts, shift.ends)
    return found


def _halved(cell: Cell, starts: int, ends: int) -> tuple[int, int, str]:
    if cell.half == "am":
        return max(starts, NOON), ends, OFF_DUTY
    if cell.half == "pm":
        return starts, min(ends, NOON), ON_LEAVE if cell.leave else ON_OUTING
    return starts, ends, OFF_DUTY


def present(store: Store, day: date) -> list[Present]:
    """The consultants on duty in the order of arrival; those who have not signed in stand behind, in the card's order.

    Who signed in for a shift that begins much later joins when it begins.
    """
    now, works, served = _now(store, day), _works(store, day), _served(store, day)
    found = []
    for one in people(store, day):
        starts = _stamp(day, works[one.person.id][0]) if one.person.id in works else ""
        found.append((served.get(one.person.id, ""), _present(one, starts, now)))
    return [one for _last, one in sorted(found, key=lambda pair: (not pair[1].at, pair[1].at, pair[1].at and pair[0]))]


def _present(one: Presence, starts: str, now: str) -> Present:
    at = one.at if one.said else ""
    if starts and at and at < (datetime.fromisoformat(starts) - timedelta(minutes=EARLY)).isoformat():
        at = starts
    later = starts if starts > now and (not at or at > now) else ""
    return Present(one.person.id, at if at <= now else "", later)


def _served(store: Store, day: date) -> dict[int, str]:
    """When each person last took a customer in the days before."""
    sql = "SELECT person_id, max(at) FROM queue_events WHERE day >= ? AND day < ? AND kind = 'serve' GROUP BY person_id"
    return dict(store.rows(sql, (day - timedelta(days=REMEMBERED)).isoformat(), day.isoformat()))


# -- who is taken without a key


def busy(store: Store, day: date) -> list[Busy]:
    """Test drives and hand-overs of a day, those to come too, and the ends of shifts; `ends` is empty while open."""
    return [*_drives(store, day), *_handovers(store, day), *_ends(store, day)]


def _drives(store: Store, day: date) -> list[Busy]:
    sql = (
        "SELECT person_id, out_at, back_at FROM drives WHERE out_at >= ? AND out_at < ? AND person_id IS NOT NULL "
        "ORDER BY id"
    )
    rows = store.rows(sql, *store.clock.bounds(day, day))
    return [Busy(who, out, back or "", DRIVE, State.SERVING, True) for who, out, back in rows]


def _handovers(store: Store, day: date) -> list[Busy]:
    """From a quarter of an hour before until the car is out; one that nobody ticks is over after two hours."""
    span = (f"{day.isoformat()}T00:01", f"{(day + timedelta(days=1)).isoformat()}T00:00")
    sql = (
        "SELECT advisor_id, handover_at, '' FROM orders "
        "WHERE state = 'open' AND handover_at >= ? AND handover_at < ? AND advisor_id IS NOT NULL"
    )
    rows = store.rows(sql, *span)
    done = (
        "SELECT advisor_id, handover_at, closed_at FROM orders WHERE closed_at >= ? AND closed_at < ? "
        "AND closed_at IS NOT NULL AND state = 'delivered' AND handover_at >= ? AND handover_at < ? "
        "AND advisor_id IS NOT NULL"
    )
    rows += store.rows(done, *store.clock.bounds(day, day), *span)
    found = [_handover(who, datetime.fromisoformat(at), out) for who, at, out in rows]
    return sorted((one for one in found if one.ends > one.starts), key=lambda one: one.starts)


def _handover(who: int, at: datetime, out: str) -> Busy:
    starts = (at - timedelta(minutes=BEFORE_HANDOVER)).isoformat()
    latest = (at + timedelta(minutes=LONGEST_HANDOVER)).isoformat()
    return Busy(who, starts, min(out or latest, latest), HANDOVER)


def _ends(store: Store, day: date) -> list[Busy]:
    works = _works(store, day)
    return [Busy(who, _stamp(day, ends), "", why, State.AWAY) for who, (_starts, ends, why) in works.items()]


def _until(found: Iterable[Busy], now: str) -> list[Busy]:
    """What of it has begun, an end that is still to come left open."""
    return [
        Busy(one.person, one.starts, one.ends if one.ends <= now else "", one.why, one.state, one.counts)
        for one in found if one.starts <= now
    ]  # fmt: skip


# -- follow-ups


def overdue(store: Store, day: date, staff: Iterable[Person]) -> dict[int, int]:
    """How much each person owes whose day has gone by: follow-ups, and open tasks by their owner's name or number."""
    called = customers.overdue(store, day)
    owners = [fold(task.owner).lower() for task in task_queries.open_until(store, day - timedelta(days=1))]
    counted = {
        person.id: called.get(person.id, 0) + sum(owner in _called(person) for owner in owners if owner)
        for person in staff
    }  # fmt: skip
    return {person: count for person, count in counted.items() if count}


def _called(person: Person) -> set[str]:
    return {fold(word).lower() for word in (person.name, person.name_en, person.number)}


# -- the line


def turns(store: Store, day: date | None = None) -> list[Turn]:
    """Everybody on duty as they stand now: in line by place, with a customer, away, not in line."""
    on = day or store.today()
    now, owed = _now(store, on), {}
    if on == store.today():
        owed = overdue(store, on, [one.person for one in people(store, on)])
    lower = int(settings.get(store, "queue_overdue") or 0)
    return rules.turns(events(store, on), present(store, on), _until(busy(store, on), now), owed, lower)


def serving(store: Store, day: date) -> dict[int, str]:
    """Who is with a customer, on a test drive or at a hand-over, and since when (`HH:MM`), by id."""
    return {one.person: one.since[11:16] for one in turns(store, day) if one.serving}


def next_up(store: Store, day: date) -> int | None:
    """Who takes the next customer; None when nobody is in line."""
    return rules.next_up(turns(store, day))


def story(store: Store, day: date) -> list[Step]:
    """Everything that happened in the queue on a day, in the order of time."""
    known = [*present(store, day)]
    return rules.story(events(store, day), known, _told(_until(busy(store, day), _now(store, day)), known))


def _told(found: Iterable[Busy], known: Iterable[Present]) -> list[Busy]:
    """What is worth telling: not who of other roles went on a test drive, nor everybody's end of the shift."""
    there = {one.person for one in known}
    return [one for one in found if one.person in there and one.why != OFF_DUTY]


def taken(store: Store, day: date) -> dict[int, int]:
    """How many turns each person took on a day, those on duty first who took none; who left meanwhile counts too."""
    keyed = events(store, day)
    there = present(store, day)
    gone = dict.fromkeys(e.person for e in keyed if e.person not in {one.person for one in there})
    found = rules.turns(keyed, [*there, *map(Present, gone)], _until(busy(store, day), _now(store, day)))
    return {one.person: one.taken for one in found}


def day_before(store: Store, day: date) -> date | None:
    """The last day before this one on which something was keyed."""
    found = store.one("SELECT max(day) FROM queue_events WHERE day < ?", day.isoformat())
    return date.fromisoformat(found) if found else None


def day_after(store: Store, day: date) -> date | None:
    """The first day after this one on which something was keyed."""
    found = store.one("SELECT min(day) FROM queue_events WHERE day > ?", day.isoformat())
    return date.fromisoformat(found) if found else None


def posts(store: Store, day: date) -> Mapping[int, str]:
    """Who answers for a post just now, and for which, by id: they need a substitute before they leave it."""
    from floorlead.duty import rules as duty_rules

    reception = duty.reception(store, day)
    now = store.clock.now()
    minute = now.hour * 60 + now.minute + 1440 * (now.date() - day).days  # after midnight the evening goes on
    held = duty_rules.holders_at(reception, minute)
    named = {one.slot.code: f"{one.slot.post.shown} {one.slot.shown}" for one in reception.slots}
    return {who: named[code] for code, who in held.items() if who is not None}
