"""Writing outings: entered, changed, called off; who is sent and called back, the desk covered in the same action.

Whoever goes out is off the desk: another steps up, and when they are called back the slot is theirs again where nobody
changed it since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from floorlead.duty import lists
from floorlead.duty import queries as duty_queries
from floorlead.duty.records import Outing
from floorlead.leave import moves as leave_moves
from floorlead.leave import notes
from floorlead.leave import queries as leave
from floorlead.leave.records import Kept, Moved, StandIn
from floorlead.outings import queries, rules
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

PLACE_LIMIT, MOST_WANTED, LONGEST = 40, 99, 60


def blank(store: Store, first: date) -> Outing:
    """An outing still to be entered: one day, two people, its papers due by the house's rules."""
    due = rules.plan_due(first, store.today()), None, rules.review_due(first), None
    return Outing(0, queries.first_kind(store), "", first, first, "", 2, *due, "", "")


@decided
def save(store: Store, outing: Outing, before: Outing | None = None) -> int:
    """Enter or change an outing; who was to go on a day that is no longer one of it stays here. Raises Refused."""
    outing = _ready(outing)
    words = N_("Changed outing {what}: {days}") if outing.id else N_("Outing {what}: {days}")
    with store.write(words, **_told(store, outing)) as db:
        if not outing.id:
            return _insert(db, outing)
        _must_be(db, before)
        now = queries.of(store, outing.id)
        if now and now.half != outing.half and queries.going(store, outing.id):
            raise Refused("E246", _("People are sent already; call them back before the half of the day is changed"))
        gone = [
            (day, who) for day, people in queries.going(store, outing.id).items() for who in people
            if not outing.first <= day <= outing.last
        ]  # fmt: skip
        _update(db, outing)
        _take_back(db, store, replace(outing, note=before.note if before else outing.note), gone)
    return outing.id


def _ready(outing: Outing) -> Outing:
    if outing.last < outing.first:
        raise Refused("E240", _("An outing cannot end before it begins; look at the two days"))
    if rules.days(outing) > LONGEST:
        raise Refused("E240", _("An outing over more than {days} days is entered in parts").format(days=LONGEST))
    if not 0 <= outing.wanted <= MOST_WANTED:
        raise Refused("E241", _("Write how many people are wanted as a number up to {most}").format(most=MOST_WANTED))
    return replace(outing, place=clean(outing.place, PLACE_LIMIT), kind=clean(outing.kind, PLACE_LIMIT))


@decided
def call_off(store: Store, outing: Outing) -> None:
    """Call an outing off, everybody stays here and has the desk again; called off already, it takes place after all.

    One that has begun ends with the last day that took place: who went on it stays in the books. Raises Refused for
    one that is over.
    """
    last = queries.took_place_until(store, outing)
    if outing.cancelled_at:
        words = N_("Takes place after all: {what}, {days}")
    else:
        words = N_("Called off: {what}, {days}") if last is None else N_("Called off after {until}: {what}, {days}")
    until: dict[str, Any] = {"until": notes.day_words(last)} if last else {}
    with store.write(words, **_told(store, outing), **until) as db:
        _must_be(db, outing)
        if outing.cancelled_at:
            _update(db, replace(outing, cancelled_at=""))
            return
        made = _ended(outing, last) if last else replace(outing, cancelled_at=store.clock.stamp())
        _update(db, made)
        there = [
            (day, who) for day, people in queries.going(store, outing.id).items() for who in people
            if last is None or day > last
        ]  # fmt: skip
        _take_back(db, store, made, there)


def _ended(outing: Outing, last: date) -> Outing:
    """An outing that ends early; a review due by the house's rule is due earlier too."""
    if last >= outing.last:
        raise Refused("E247", _("This outing has taken place; there is nothing left to call off"))
    ruled = outing.review_due == rules.review_due(outing.last)
    return replace(outing, last=last, review_due=rules.review_due(last) if ruled else outing.review_due)


@decided
def tick(store: Store, outing: Outing, paper: str) -> None:
    """The `plan` or the `review` is done today; done already, it is open again."""
    field = "planned_on" if paper == "plan" else "reviewed_on"
    done = getattr(outing, field) is None
    words = {
        ("plan", True): N_("Plan handed in: {what}"), ("plan", False): N_("Plan open again: {what}"),
        ("review", True): N_("Review handed in: {what}"), ("review", False): N_("Review open again: {what}"),
    }[paper, done]  # fmt: skip
    with store.write(words, what=_told(store, outing)["what"]) as db:
        _must_be(db, outing)
        _update(db, replace(outing, **{field: store.today() if done else None}))


# -- who goes


@decided
def assign(store: Store, outing: Outing, day: date, people: Sequence[Person]) -> None:
    """Send people with an outing on a day, each off the desk, as one action. Raises Refused for who cannot go."""
    with store.write(N_("{names} out on {day}: {what}{desk}"), **_going_told(store, outing, day, people)) as db:
        _must_be(db, outing)
        for person in people:
            _keep(db, outing.id, _send(db, store, outing, day, person))


@decided
def assign_days(store: Store, outing: Outing, days: Sequence[date], people: Sequence[Person]) -> None:
    """Send the same people on several days, whoever is in the pool then and not sent yet, as one action."""
    names = {code: ", ".join(name[code] for name in notes.names_of(people).values()) for code in ("zh", "en")}
    words = N_("{names} out on every day of {what}")
    with store.write(words, names=names, what=queries.both(lists.book(store), outing)) as db:
        _must_be(db, outing)
        for day in days:
            free = {one.person.id for one in queries.pool(store, outing, day) if one.free}
            for person in people:
                if person.id in free:
                    _keep(db, outing.id, _send(db, store, outing, day, person))


def _going_told(store: Store, outing: Outing, day: date, people: Sequence[Person]) -> dict[str, Any]:
    """The fields of the log; the desk's part is worked out before anything is written."""
    made = [one for p in people for one in leave.stand_ins(store, p.id, day, day, outing.half)]
    shown = notes.names_of(people).values()
    return {
        "names": {code: ", ".join(name[code] for name in shown) for code in ("zh", "en")},
        "day": notes.span(day, day, outing.half), "what": queries.both(lists.book(store), outing),
        "desk": notes.stand_ins(made, leave.names(store), days=False),
    }  # fmt: skip


def _send(db: Any, store: Store, outing: Outing, day: date, person: Person) -> list[StandIn]:
    """Send one person inside an open action; returns the slots that others take over."""
    if why := queries.away_words(store, person, day, outing.half) or (
        "" if person.works_on(day) else _("not here then")
    ):
        raise Refused("E242", _("{name} cannot go out then: {why}").format(name=person.shown, why=why))
    made = leave.stand_ins(store, person.id, day, day, outing.half)
    bare = [one.slot.shown for one in made if one.holds and one.taker is None]
    if bare:
        sentence = _("{name} holds the desk {bands} and nobody can step up; send somebody else")
        raise Refused("E243", sentence.format(name=person.shown, bands=", ".join(bare)))
    values = (outing.id, day.isoformat(), person.id)
    db.execute("INSERT INTO outing_people(outing_id, day, person_id) VALUES (?, ?, ?)", values)
    leave_moves.put_stand_ins(db, store, made, notes.said(queries.both(lists.book(store), outing)))
    return made


def put_going(db: Any, outing: int, day: date, person: int) -> None:
    """Somebody who holds no slot then goes out, inside an open action."""
    key = (outing, day.isoformat(), person)
    if not db.execute("SELECT 1 FROM outing_people WHERE outing_id = ? AND day = ? AND person_id = ?", key).fetchone():
        db.execute("INSERT INTO outing_people(outing_id, day, person_id) VALUES (?, ?, ?)", key)


def _keep(db: Any, outing: int, made: Iterable[StandIn]) -> None:
    """Keep with the outing what became of the desk, for who is called back."""
    moved = notes.moved(made)
    if moved:
        note = db.execute("SELECT note FROM outings WHERE id = ?", (outing,)).fetchone()[0]
        kept = notes.read(note)
        _put_note(db, outing, replace(kept, desk=(*kept.desk, *moved)))


def _put_note(db: Any, outing: int, kept: Kept) -> None:
    db.execute("UPDATE outings SET note = ? WHERE id = ?", (notes.written(kept), outing))


@decided
def unassign(store: Store, outing: Outing, day: date, person: Person) -> None:
    """Somebody stays here after all and has the desk again where nobody changed it since. Raises Refused."""
    told: dict[str, Any] = {"name": notes.names_of([person])[person.id], "day": notes.day_words(day)}
    words = N_("{name} stays here {day}: {what}")
    with store.write(words, what=queries.both(lists.book(store), outing), **told) as db:
        _take_back(db, store, outing, [(day, person.id)])


def _take_back(db: Any, store: Store, outing: Outing, gone: Sequence[tuple[date, int]]) -> None:
    """Take people off an outing inside an open action and give them their slots back."""
    for day, who in gone:
        key = (outing.id, day.isoformat(), who)
        db.execute("DELETE FROM outing_people WHERE outing_id = ? AND day = ? AND person_id = ?", key)
    note = db.execute("SELECT note FROM outings WHERE id = ?", (outing.id,)).fetchone()[0]
    kept = notes.read(note)
    mine = [
        one for one in kept.desk if any(one.day == day and who in one.was and who not in one.then for day, who in gone)
    ]
    for one in reversed(
        mine
    ):  # who stepped up and was then sent too gives the slot back before its first holder gets it
        if _goes_back(store, one):
            leave_moves.put_back(db, store, one)
    if mine:
        _put_note(db, outing.id, replace(kept, desk=tuple(one for one in kept.desk if one not in mine)))


def _goes_back(store: Store, one: Moved) -> bool:
    return leave.may_go_back(store, [one]) == [True]


@decided
def send(store: Store, person: Person, day: date) -> None:
    """Send somebody out on a day: with that day's outing, one that still wants people first, else with a new one of the
    first kind without papers. One action. Raises Refused for who cannot go."""
    there = queries.on(store, day)
    there.sort(key=lambda one: (len(queries.going(store, one.id).get(day, ())) >= one.wanted, one.id))
    if there:
        assign(store, there[0], day, [person])
        return
    made = Outing(0, queries.first_kind(store), "", day, day, "", 1, None, None, None, None, "", "")
    with store.write(N_("{names} out on {day}: {what}{desk}"), **_going_told(store, made, day, [person])) as db:
        outing = replace(made, id=_insert(db, made))
        _keep(db, outing.id, _send(db, store, outing, day, person))


@decided
def recall(store: Store, person: Person, day: date) -> None:
    """Call somebody back from every outing of a day; one that was made by one key and has nobody left is gone. One
    action."""
    with store.write(
        N_("{name} is called back {day}"), name=notes.names_of([person])[person.id], day=notes.day_words(day)
    ) as db:
        for outing in queries.on(store, day):
            if person.id in queries.going(store, outing.id).get(day, ()):
                _take_back(db, store, outing, [(day, person.id)])
                if queries.quick(outing) and not queries.going(store, outing.id):
                    db.execute("DELETE FROM outings WHERE id = ?", (outing.id,))


# -- rows


def _told(store: Store, outing: Outing) -> dict[str, Any]:
    return {"what": queries.both(lists.book(store), outing), "days": notes.span(outing.first, outing.last, outing.half)}


def _must_be(db: Any, outing: Outing | None) -> None:
    """Refuse when the record is no longer what was looked at; who goes with it may have changed."""
    if outing is None:
        return
    row = db.execute(f"SELECT {duty_queries.OUTING_COLUMNS} FROM outings WHERE id = ?", (outing.id,)).fetchone()
    if row is None or replace(duty_queries.outing_of(row), note="") != replace(outing, note=""):
        raise Refused("E244", _("This outing was changed by another terminal meanwhile; look again"))


def _insert(db: Any, outing: Outing) -> int:
    names, values = duty_queries.OUTING_COLUMNS.removeprefix("id, "), queries.values(outing)
    return int(db.execute(f"INSERT INTO outings({names}) VALUES ({', '.join('?' * len(values))})", values).lastrowid)


def _update(db: Any, outing: Outing) -> None:
    """Write an outing's own columns; what is kept of the desk is written for itself."""
    names = duty_queries.OUTING_COLUMNS.removeprefix("id, ").removesuffix(", note").split(", ")
    sql = f"UPDATE outings SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?"
    db.execute(sql, (*queries.values(outing)[:-1], outing.id))
