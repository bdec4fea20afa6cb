"""What is entered at a meeting, each one action: begun and ended, points ticked and answered, praise, actions.

The meeting's row is made by whatever is entered first, and taken back with it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.log import moves as log_moves
from floorlead.log import queries as log
from floorlead.meetings import queries
from floorlead.meetings.evening import ACTION
from floorlead.meetings.records import KIND_WORDS, Kind, Meeting
from floorlead.people import queries as people_queries
from floorlead.store import Refused, Store, decided
from floorlead.text import free
from floorlead.words import N_, _, both

WORDS_LIMIT, ACTION_LIMIT, OWNER_LIMIT = 120, 120, 40


@decided
def begin_or_end(store: Store, day: date, kind: Kind) -> None:
    """Begin the meeting now; one that goes on ends now; the end of one that is over is taken back."""
    held = queries.meeting(store, day, kind)
    time = store.clock.stamp()[11:16]
    if not held.id:
        with store.write(N_("{meeting} begun {time}"), meeting=_word(kind), time=time) as db:
            _row(db, store, held)
        return
    words = N_("{meeting} goes on") if held.ended_at else N_("{meeting} ended {time}")
    with store.write(words, meeting=_word(kind), time=time) as db:
        ended = None if held.ended_at else store.clock.stamp()
        db.execute("UPDATE meetings SET ended_at = ? WHERE id = ?", (ended, held.id))


@decided
def set_praise(store: Store, day: date, kind: Kind, words: str) -> None:
    """Keep the good case of the morning. Raises Refused for a number that must not be kept."""
    held, words = queries.meeting(store, day, kind), free(words, WORDS_LIMIT)
    if words == held.praise:
        return
    with store.write(N_("Praise: {words}"), words=words or "-") as db:
        db.execute("UPDATE meetings SET praise = ? WHERE id = ?", (words, _row(db, store, held)))


@decided
def tick(store: Store, day: date, kind: Kind, item: str, words: str) -> None:
    """Tick a point as read out or settled, or take the tick off; `words` name it in the log."""
    held = queries.meeting(store, day, kind)
    there = item in held.ticks
    told = N_("{meeting}, not ticked: {words}") if there else N_("{meeting}, ticked: {words}")
    with store.write(told, meeting=_word(kind), words=free(words, WORDS_LIMIT)) as db:
        if there:
            db.execute("DELETE FROM meeting_ticks WHERE meeting_id = ? AND item = ?", (held.id, item))
        else:
            _tick(db, store, _row(db, store, held), item, "")


@decided
def answer(store: Store, day: date, kind: Kind, item: str, words: str) -> None:
    """Keep what was said to a point, which ticks it; an empty one takes both back. Raises Refused."""
    held, words = queries.meeting(store, day, kind), free(words, WORDS_LIMIT)
    before = held.ticks.get(item)
    if words == (before.answer if before else ""):
        return
    with store.write(N_("{meeting}, answer: {words}"), meeting=_word(kind), words=words or "-") as db:
        ident = _row(db, store, held)
        db.execute("DELETE FROM meeting_ticks WHERE meeting_id = ? AND item = ?", (ident, item))
        if words:
            _tick(db, store, ident, item, words)


@decided
def act(store: Store, day: date, kind: Kind, text: str, owner: str, due: date | None) -> int:
    """An action with owner and day, which is a task from now on; returns the task's id. Raises Refused."""
    text, owner = free(text, ACTION_LIMIT), free(owner, OWNER_LIMIT)
    if not text:
        raise Refused("E380", _("Say what is to be done"))
    if not owner or due is None:
        raise Refused("E381", _("An action needs an owner and a day; without them nobody does it"))
    held = queries.meeting(store, day, kind)
    with store.write(N_("{meeting}, action: {text} {owner}"), meeting=_word(kind), text=text, owner=owner) as db:
        sql = "INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, ?, ?)"
        task = int(db.execute(sql, (text, owner, due.isoformat(), day.isoformat())).lastrowid or 0)
        _tick(db, store, _row(db, store, held), f"{ACTION}{task}", "")
    return task


def acknowledge(store: Store, day: date, entry: int) -> None:
    """A notice was read out: all who are here now and had not acknowledged it have. Raises Refused for nobody."""
    found = log.of(store, entry)
    here = {one.person.id for one in people_queries.day(store, day) if one.here}
    if found is None:
        raise Refused("E382", _("This notice is not in the log any more"))
    left = [person for person in log.unacknowledged(store, found) if person.id in here]
    if not left:
        raise Refused("E383", _("Everybody who is here has acknowledged it already"))
    log_moves.acknowledge(store, found, left)


def _row(db: Any, store: Store, held: Meeting) -> int:
    """The id of the meeting's row, begun now where there is none."""
    if held.id:
        return held.id
    values = (held.day.isoformat(), held.kind.value, store.clock.stamp(), store.by)
    sql = "INSERT INTO meetings(day, kind, begun_at, by) VALUES (?, ?, ?, ?)"
    return int(db.execute(sql, values).lastrowid)


def _tick(db: Any, store: Store, ident: int, item: str, words: str) -> None:
    values = (ident, item, store.clock.stamp(), words)
    db.execute("INSERT INTO meeting_ticks(meeting_id, item, at, answer) VALUES (?, ?, ?, ?)", values)


def _word(kind: Kind) -> dict[str, str]:
    return both(KIND_WORDS[kind])
