"""Writing the desk: who holds a slot, who takes over, who comes back, who acts for the leader.

A post is never left without a name: what would leave a gap, or put one person on two posts, is refused.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.duty import lists, queries, rules
from floorlead.duty.guards import (
    both_of,
    check_taker,
    check_times,
    may_hold,
    must_be_there,
    must_hold_nothing,
    slot_of,
    without,
)  # fmt: skip
from floorlead.duty.reception import Reception
from floorlead.duty.records import Desk, Substitution, clocked
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

REASON_LIMIT = 40


@decided
def assign(store: Store, day: date, slot_code: str, holder: int | None, substitute: int | None) -> None:
    """Name who holds a slot on a day and who stands in; None for nobody. Raises Refused."""
    reception = queries.reception(store, day)
    desk = slot_of(reception, slot_code)
    if holder is not None and holder == substitute:
        raise Refused(
            "E219",
            _("{name} cannot stand in for themselves; name somebody else").format(
                name=rules.name_of(reception, holder)
            ),
        )
    for who, was in ((holder, desk.holder), (substitute, desk.substitute)):
        if who is not None and who != was:
            may_hold(reception, who)
            must_be_there(reception, who, desk.slot.starts)
    if holder is not None and holder != desk.holder:
        must_hold_nothing(reception, desk, holder, desk.slot.starts, desk.slot.ends)
    words = N_("{day} {slot}: {holder}, substitute {substitute}")
    names = {"holder": holder, "substitute": substitute}
    told: dict[str, Any] = {key: both_of(reception, who) if who else "-" for key, who in names.items()}
    told["slot"] = desk.slot.both()
    with store.write(words, day=day.isoformat(), **told) as db:
        put_desk(db, day, slot_code, holder, substitute)


def put_desk(db: Any, day: date, slot_code: str, holder: int | None, substitute: int | None) -> None:
    """Keep who holds a slot, inside an open action; both None leaves it empty."""
    key = (day.isoformat(), slot_code)
    if holder is None and substitute is None:
        db.execute("DELETE FROM desk_duty WHERE day = ? AND slot = ?", key)
        return
    row = db.execute("SELECT holder_id, substitute_id FROM desk_duty WHERE day = ? AND slot = ?", key).fetchone()
    if row is None:
        sql = "INSERT INTO desk_duty(holder_id, substitute_id, day, slot) VALUES (?, ?, ?, ?)"
        db.execute(sql, (holder, substitute, *key))
    elif tuple(row) != (holder, substitute):
        sql = "UPDATE desk_duty SET holder_id = ?, substitute_id = ? WHERE day = ? AND slot = ?"
        db.execute(sql, (holder, substitute, *key))


def put_cell(db: Any, day: date, person_id: int, shift_code: str, locked: bool | None = None) -> None:
    """Keep what is planned for a person's day, inside an open action; an empty code plans nothing, `locked` None keeps
    the lock as it is."""
    key = (day.isoformat(), person_id)
    row = db.execute("SELECT shift, locked FROM rota_cells WHERE day = ? AND person_id = ?", key).fetchone()
    lock = int(bool(row and row[1]) if locked is None else locked)
    if not shift_code:
        db.execute("DELETE FROM rota_cells WHERE day = ? AND person_id = ?", key)
    elif row is None:
        db.execute(
            "INSERT INTO rota_cells(shift, locked, day, person_id) VALUES (?, ?, ?, ?)", (shift_code, lock, *key)
        )
    elif tuple(row) != (shift_code, lock):
        db.execute(
            "UPDATE rota_cells SET shift = ?, locked = ? WHERE day = ? AND person_id = ?", (shift_code, lock, *key)
        )


@decided
def substitute(
    store: Store,
    day: date,
    slot_code: str,
    taker: int | None,
    starts: int,
    ends: int | None = None,
    reason: str = "",
) -> None:
    """Somebody takes a slot over at `starts` (a minute, also one that has passed) until `ends`, None the slot's end.

    A longer one goes on in the next slots of the post, closing cuts it. Raises Refused without a substitute, and where
    the substitute is away, holds another post or may not hold the desk.
    """
    if taker is None:
        raise Refused("E212", _("The post is not left without a substitute; name one, or 9 reports to the manager"))
    _take(store, day, slot_code, taker, starts, ends, reason, reported=False)


@decided
def report(store: Store, day: date, slot_code: str, starts: int, ends: int | None = None, reason: str = "") -> None:
    """Nobody can take the slot over: the manager is told, and the leader holds it. Raises Refused."""
    _take(store, day, slot_code, None, starts, ends, reason, reported=True)


@decided
def _take(
    store: Store,
    day: date,
    slot_code: str,
    taker: int | None,
    starts: int,
    ends: int | None,
    reason: str,
    *,
    reported: bool,
) -> None:
    before = queries.reception(store, day)
    desk = slot_of(before, slot_code)
    told = _told(store, before, desk, taker, starts, ends, reason, reported)
    words = N_("{slot} from {time}: {taker} for {left} {reason}")
    if reported:
        words = N_("{slot} from {time}: nobody free for {left} {reason}, the manager was told, {taker} holds")
    with store.write(words, **told) as db:
        reception = queries.reception(store, day)  # once more, now that no other terminal can write
        desk = slot_of(reception, slot_code)
        check_times(store, reception, desk, starts, ends)
        if reported:
            taker = rules.leads_at(without(reception, slot_code, starts), starts)
        else:
            assert taker is not None
            check_taker(reception, desk, taker, starts, ends)
        until = _until(store, reception, desk, starts, ends)
        for one, start, end in rules.spans(reception, desk, starts, until)[0]:
            _put(store, db, without(reception, one.slot.code, start), one, Substitution(
                0, day, one.slot.code, None, taker, start, end, clean(reason, REASON_LIMIT), reported, "", "",
            ))  # fmt: skip
        _relink(store, db, day)


def _told(
    store: Store,
    reception: Reception,
    desk: Desk,
    taker: int | None,
    starts: int,
    ends: int | None,
    reason: str,
    reported: bool,
) -> dict[str, Any]:
    """What the log says of a substitution, in both languages."""
    bare = without(reception, desk.slot.code, starts)
    left = rules.holders_at(bare, starts).get(desk.slot.code, desk.holder)
    who = rules.leads_at(bare, starts) if reported else taker
    why = rules.reason_words(lists.book(store), clean(reason, REASON_LIMIT))
    time = clocked(starts) + (f"-{clocked(ends)}" if ends is not None else "")
    told = {"slot": desk.slot.both(), "time": time, "left": both_of(reception, left), "taker": both_of(reception, who)}
    return {**told, "reason": {language: f"({text})" if text else "" for language, text in why.items()}}


def _put(store: Store, db: Any, bare: Reception, desk: Desk, one: Substitution) -> None:
    """Keep one slot's part; whoever holds that slot anyway needs none. An entry of the same minute is replaced."""
    holder = rules.holders_at(bare, one.starts).get(desk.slot.code)
    key = (one.day.isoformat(), one.slot, one.starts)
    db.execute("DELETE FROM substitutions WHERE day = ? AND slot = ? AND starts = ?", key)
    if holder == one.taker and not one.reported:
        return
    left = rules.left_by(bare, desk, one.starts, one.taker)
    sql = (
        "INSERT INTO substitutions(day, slot, starts, left_id, taker_id, ends, reason, reported, at, by) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    rest = (left, one.taker, one.ends, one.reason, int(one.reported), store.clock.stamp(), store.by)
    db.execute(sql, (*key, *rest))


def _relink(store: Store, db: Any, day: date) -> None:
    """Later links of a chain take over from whoever holds the post now that an earlier one was entered."""
    reception = queries.reception(store, day)
    for desk in reception.slots:
        for one in rules.relinked(reception, desk):
            db.execute("UPDATE substitutions SET left_id = ? WHERE id = ?", (one.left, one.id))


def _until(store: Store, reception: Reception, desk: Desk, starts: int, ends: int | None) -> int | None:
    """The end of what is entered later: without one it lasts until the next link that is known already."""
    if ends is not None:
        return ends
    later = [one.starts for one in reception.substitutions if one.slot == desk.slot.code and one.starts > starts]
    return min(later, default=None)


@decided
def give_back(store: Store, day: date, slot_code: str, minute: int, *, original: bool = False) -> None:
    """Somebody is back: the last substitution ends now, with `original` all of them do. Raises Refused.

    Whoever the chain leads back to and is away by now does not hold the post: it goes on along the chain, at the end to
    the leader, and the line says to whom.
    """
    before = queries.reception(store, day)
    desk = slot_of(before, slot_code)
    ending = rules.active(before, desk.slot, minute)[0 if original else -1 :]
    if not ending:
        raise Refused("E219", _("Nobody has taken {slot} over just now").format(slot=desk.slot.shown))
    after = replace(before, substitutions=tuple(one for one in before.substitutions if one not in ending))
    back = rules.holders_at(after, minute)[slot_code]
    told: dict[str, Any] = {"slot": desk.slot.both(), "time": clocked(minute), "name": both_of(before, back)}
    with store.write(N_("{slot} from {time}: {name} again"), **told) as db:
        for one in ending:
            _end(db, before, desk, one, minute)


def _end(db: Any, reception: Reception, desk: Desk, one: Substitution, minute: int) -> None:
    """End a substitution now; its parts in the next slots do not begin, one that began this minute never was."""
    if one.starts >= minute:
        db.execute("DELETE FROM substitutions WHERE id = ?", (one.id,))
    else:
        db.execute("UPDATE substitutions SET ends = ? WHERE id = ?", (minute, one.id))
    if one.ends is not None:
        return
    post = desk.slot.post.code
    following = next((d for d in reception.slots if d.slot.post.code == post and d.slot.starts >= desk.slot.ends), None)
    for other in reception.substitutions if following else ():
        if (
            following
            and other.slot == following.slot.code
            and other.starts == following.slot.starts
            and other.taker == one.taker
        ):
            _end(db, reception, following, other, minute)


@decided
def act_for(store: Store, day: date, person: Person | None) -> None:
    """Somebody acts for the leader on a day; None takes it back. Raises Refused."""
    name = {"zh": person.name, "en": person.name_en or person.name} if person else ""
    words = N_("{name} acts for the leader on {day}") if person else N_("Nobody acts for the leader on {day}")
    if person and not person.works_on(day):
        raise Refused("E214", _("{name} does not belong to the showroom on that day").format(name=person.shown))
    with store.write(words, name=name, day=day.isoformat()) as db:
        if person is None:
            db.execute("DELETE FROM acting_leaders WHERE day = ?", (day.isoformat(),))
            return
        key = (person.id, day.isoformat())
        row = db.execute("SELECT person_id FROM acting_leaders WHERE day = ?", key[1:]).fetchone()
        if row is None:
            db.execute("INSERT INTO acting_leaders(person_id, day) VALUES (?, ?)", key)
        elif row[0] != person.id:
            db.execute("UPDATE acting_leaders SET person_id = ? WHERE day = ?", key)
