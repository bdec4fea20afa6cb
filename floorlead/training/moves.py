"""What is entered of a training, each one action: who was there, the topic, the trainer, when it began.

The morning's row is made by whatever is entered first, and taken back with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from floorlead.people import queries as people_queries
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.training import queries
from floorlead.training.records import STARTS, told
from floorlead.words import N_, _

TOPIC_LIMIT, NAME_LIMIT = 60, 40


@decided
def mark(store: Store, day: date, people: Sequence[int]) -> None:
    """These people were there, besides those marked before. Raises Refused without anybody new."""
    there = set(queries.morning(store, day).there)
    new = [person for person in people if person not in there]
    if not new:
        raise Refused("E255", _("They are marked as there already"))
    words = N_("Training: {name} was there") if len(new) == 1 else N_("Training: the idle group was there, {count}")
    with store.write(words, name=_both(store, new[0]), count=len(new)) as db:
        ident = _row(db, store, day)
        sql = "INSERT INTO training_people(training_id, person_id, at) VALUES (?, ?, ?)"
        db.executemany(sql, [(ident, person, store.clock.stamp()) for person in new])


@decided
def unmark(store: Store, day: date, person: int) -> None:
    """This person was not there after all."""
    with store.write(N_("Training: {name} was not there"), name=_both(store, person)) as db:
        sql = (
            "DELETE FROM training_people WHERE person_id = ? AND training_id = (SELECT id FROM trainings WHERE day = ?)"
        )
        db.execute(sql, (person, day.isoformat()))


@decided
def set_topic(store: Store, day: date, topic: str) -> None:
    """Set the topic alone; an empty one takes it back."""
    topic = clean(topic, TOPIC_LIMIT)
    with store.write(N_("Training: topic {topic}"), topic=told(topic) if topic else "-") as db:
        ident = _row(db, store, day)
        db.execute("UPDATE trainings SET topic = ? WHERE id = ? AND topic <> ?", (topic, ident, topic))


@decided
def put(store: Store, day: date, topic: str, trainer: str, starts: int) -> None:
    """Enter topic, trainer and when it began (minutes from midnight). Raises Refused for a time outside the day."""
    if not 0 <= starts < 1440:
        raise Refused("E256", _("Write the time as 9:05"))
    topic, trainer = clean(topic, TOPIC_LIMIT), clean(trainer, NAME_LIMIT)
    words = N_("Training: {topic}, {trainer}")
    with store.write(words, topic=told(topic) if topic else "-", trainer=trainer) as db:
        ident = _row(db, store, day)
        values = (topic, trainer, starts, ident, topic, trainer, starts)
        db.execute(
            "UPDATE trainings SET topic = ?, trainer = ?, starts = ? WHERE id = ? "
            "AND (topic, trainer, coalesce(starts, -1)) IS NOT (?, ?, ?)", values,
        )  # fmt: skip


def put_team(db: Any, day: date, team: str) -> None:
    """Note which team's turn the rota makes it, inside an open action; what the morning entered stays."""
    done = db.execute("UPDATE trainings SET team = ? WHERE day = ? AND team <> ?", (team, day.isoformat(), team))
    if not done.rowcount and not db.execute("SELECT 1 FROM trainings WHERE day = ?", (day.isoformat(),)).fetchone():
        db.execute("INSERT INTO trainings(day, team) VALUES (?, ?)", (day.isoformat(), team))


def _row(db: Any, store: Store, day: date) -> int:
    """The id of the morning's row, made with the usual time and trainer where there is none."""
    found = db.execute("SELECT id, trainer, starts FROM trainings WHERE day = ?", (day.isoformat(),)).fetchone()
    who = queries.trainer(store, day)
    if found is None:
        values = (day.isoformat(), STARTS, who)
        return int(db.execute("INSERT INTO trainings(day, starts, trainer) VALUES (?, ?, ?)", values).lastrowid)
    ident, trainer, starts = found
    if not trainer or starts is None:  # the rota named a team only
        values = (trainer or who, STARTS if starts is None else starts, ident)
        db.execute("UPDATE trainings SET trainer = ?, starts = ? WHERE id = ?", values)
    return int(ident)


def _both(store: Store, ident: int) -> dict[str, str]:
    person = next(person for person in people_queries.everybody(store) if person.id == ident)
    return {"zh": person.name, "en": person.name_en or person.name}
