"""Reading outings: those to come and those that wait for their review, who goes, who could."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from floorlead.duty import lists
from floorlead.duty import queries as duty
from floorlead.duty.records import Book, Outing, band
from floorlead.leave import queries as leave
from floorlead.leave import rules as leave_rules
from floorlead.leave.records import Floor
from floorlead.outings import rules
from floorlead.outings.records import Pooled
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.store import Store
from floorlead.words import _, pick

PAST_DAYS = 400
NEVER = date(9999, 12, 31)


def coming(store: Store, today: date) -> list[Outing]:
    """Outings that are not over, then those that are and wait for their review; those called off are not among them."""
    found = duty.outings(store, today - timedelta(days=PAST_DAYS), NEVER)
    there = [one for one in found if not one.cancelled_at and one.last >= today]
    return [*there, *(one for one in found if rules.waits(one, today))]


def past(store: Store, today: date) -> list[Outing]:
    """Outings that are over and done with, and those called off, the newest first."""
    found = duty.outings(store, today - timedelta(days=PAST_DAYS), NEVER)
    gone = [one for one in found if one.cancelled_at or (one.last < today and not rules.waits(one, today))]
    return sorted(gone, key=lambda one: (one.first, one.id), reverse=True)


def of(store: Store, ident: int) -> Outing | None:
    """An outing by its id."""
    rows = store.rows(f"SELECT {duty.OUTING_COLUMNS} FROM outings WHERE id = ?", ident)
    return duty.outing_of(rows[0]) if rows else None


def on(store: Store, day: date) -> list[Outing]:
    """The outings of a day that were not called off."""
    return [one for one in duty.outings(store, day, day) if one.on(day)]


def going(store: Store, outing: int) -> dict[date, list[int]]:
    """Who goes with an outing, by day."""
    found: dict[date, list[int]] = {}
    for day, who in duty.outing_people(store, [outing])[outing]:
        found.setdefault(day, []).append(who)
    return found


def took_place_until(store: Store, outing: Outing) -> date | None:
    """The last day of an outing that took place: one with people on it that is past or whose report is sealed, and the
    past days behind it; None before it has begun. What took place cannot be called off."""
    today = store.today()
    shut = store.sealed(outing.first, outing.last)
    kept = [day for day in going(store, outing.id) if day < today or day in shut]
    return max(*kept, min(today - timedelta(days=1), outing.last)) if kept else None


def seen_before(store: Store, outing: Outing) -> Outing | None:
    """The roadshow that visited the same place before."""
    return rules.visited(outing, duty.outings(store, date.min, outing.first)) if rules.is_roadshow(outing) else None


def due_by(store: Store, last: date) -> list[Outing]:
    """Outings not over whose plan, and any whose review, is due by a day and not done, by their first day."""
    select, day = f"SELECT {duty.OUTING_COLUMNS} FROM outings WHERE cancelled_at IS NULL AND ", last.isoformat()
    since = (last - timedelta(days=1)).isoformat()
    rows = store.rows(select + "last_day >= ? AND planned_on IS NULL AND plan_due <= ?", since, day)
    rows += store.rows(select + "reviewed_on IS NULL AND review_due <= ?", day)
    found = {row[0]: duty.outing_of(row) for row in rows}
    return sorted(found.values(), key=lambda one: (one.first, one.id))


def kind(book: Book, word: str) -> dict[str, str]:
    """A kind of outing in both languages; a word that the file no longer has stands for itself."""
    zh, en = next((pair for pair in book.outing_kinds if word in pair), (word, word))
    return {"zh": zh, "en": en}


def both(book: Book, outing: Outing) -> dict[str, str]:
    """Kind and place of an outing for the log."""
    named = kind(book, outing.kind)
    return {code: f"{named[code]} {outing.place}".rstrip() for code in named}


def sent(store: Store, day: date, but: int = 0) -> dict[int, tuple[int, date]]:
    """How many days each person was out in the three months before a day and on which last, one outing left out."""
    sql = (
        "SELECT p.person_id, count(DISTINCT p.day), max(p.day) FROM outing_people p JOIN outings o ON o.id = p.outing_id "
        "WHERE p.day BETWEEN ? AND ? AND o.cancelled_at IS NULL AND o.id <> ? GROUP BY p.person_id"
    )
    first = day - timedelta(days=rules.SENT_DAYS)
    rows = store.rows(sql, first.isoformat(), day.isoformat(), but)
    return {who: (int(count), date.fromisoformat(last)) for who, count, last in rows}


def pool(store: Store, outing: Outing, day: date) -> list[Pooled]:
    """The people of a day as an outing sees them: those who could go by how seldom they went, then the busy ones.

    In the pool is who is at work in that half day, on no desk slot as holder or substitute, not on leave and without a
    hand-over. A day that is over shows who went.
    """
    goes = set(going(store, outing.id).get(day, ()))
    counts = sent(store, day, outing.id)
    floor = leave.floor(store, day, day)
    found = []
    for person in people_queries.staff(store, day):
        if person.on_cards and (day in floor.days or person.id in goes):
            hours, busy, away = _busy(floor, person, day, outing.half) if day in floor.days else ("", "", False)
            count, last = counts.get(person.id, (0, None))
            out = person.id in goes
            found.append(Pooled(person, hours, count, last, out, "" if out else busy, away and not out))
    return sorted(found, key=lambda one: (bool(one.busy), one.away, one.sent, one.person.position, one.person.id))


def _busy(floor: Floor, person: Person, day: date, half: str) -> tuple[str, str, bool]:
    """A person's hours, why not to send them, and whether they cannot go at all."""
    member = floor.days[day].staff[person.id]
    hours = band(member.starts, member.ends) if member.ends <= 1440 else ""
    starts, ends = leave_rules.HALVES[half]
    away = next((one for one in member.away if one.starts < ends and starts < one.ends), None)
    if away:
        return hours, away.shown, True
    for desk in floor.days[day].slots:
        if person.id in (desk.holder, desk.substitute) and desk.slot.starts < ends and starts < desk.slot.ends:
            words = _("desk {band}") if person.id == desk.holder else _("substitute {band}")
            return hours, words.format(band=desk.slot.shown), False
    minute = next((m for m in floor.busy.get((person.id, day), ()) if starts <= m < ends), None)
    if minute is not None:
        return hours, _("{time} hand-over or plates").format(time=f"{minute // 60}:{minute % 60:02d}"), False
    return hours, "", False


def away_words(store: Store, person: Person, day: date, half: str) -> str:
    """Why somebody cannot go out on a day at all; empty when they can."""
    floor = leave.floor(store, day, day)
    if day not in floor.days:
        return ""
    _hours, busy, away = _busy(floor, person, day, half)
    return busy if away else ""


def with_people(store: Store, first: date, last: date) -> list[tuple[Outing, Mapping[date, list[int]]]]:
    """The outings of a period that were not called off, each with who goes by day."""
    return [(one, going(store, one.id)) for one in duty.outings(store, first, last) if not one.cancelled_at]


def quick(outing: Outing) -> bool:
    """Whether an outing was made by one key on the rota: no place, no papers, one day."""
    return not outing.place and outing.plan_due is None and outing.review_due is None and outing.first == outing.last


def first_kind(store: Store) -> str:
    """The kind that an outing made by one key has."""
    kinds = lists.book(store).outing_kinds
    return kinds[0][0] if kinds else pick("外拓", "outing")


def values(outing: Outing) -> tuple[Any, ...]:
    """An outing as the values of its columns, without the id."""
    due = (outing.plan_due, outing.planned_on, outing.review_due, outing.reviewed_on)
    return (
        outing.kind, outing.place, outing.first.isoformat(), outing.last.isoformat(), outing.half, outing.wanted,
        *(day.isoformat() if day else None for day in due), outing.cancelled_at or None, outing.note,
    )  # fmt: skip
