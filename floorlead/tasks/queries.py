"""All reading and writing of tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.store import Refused, Store, decided
from floorlead.store.deciding import must_still
from floorlead.tasks.records import Task
from floorlead.text import clean
from floorlead.words import N_, _

_COLUMNS = "id, text, owner, due, made_on, done_on, done_at"


def _task(row: tuple[Any, ...]) -> Task:
    ident, text, owner, due, made, done, at = row
    return Task(ident, text, owner, date.fromisoformat(due), date.fromisoformat(made), _day(done), at)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def open_until(store: Store, day: date) -> list[Task]:
    """Tasks still open that are meant for `day` or an earlier one, the oldest first."""
    sql = f"SELECT {_COLUMNS} FROM tasks WHERE done_on IS NULL AND dropped_on IS NULL AND due <= ? ORDER BY due, id"
    return [_task(row) for row in store.rows(sql, day.isoformat())]


def open_on(store: Store, day: date, until: date) -> list[Task]:
    """Tasks meant for `until` or earlier that were open in the evening of `day`, whatever became of them since."""
    found = open_until(store, until)
    if day < store.today():
        sql = f"SELECT {_COLUMNS} FROM tasks WHERE due <= ? AND (done_on > ? OR dropped_on > ?)"
        found += [_task(row) for row in store.rows(sql, until.isoformat(), day.isoformat(), day.isoformat())]
    return sorted((task for task in found if task.made_on <= day), key=lambda task: (task.due, task.id))


def open_all(store: Store) -> list[Task]:
    """Every open task, the earliest due first."""
    sql = f"SELECT {_COLUMNS} FROM tasks WHERE done_on IS NULL AND dropped_on IS NULL ORDER BY due, id"
    return [_task(row) for row in store.rows(sql)]


def done_on(store: Store, day: date) -> list[Task]:
    """Tasks ticked on a day."""
    sql = f"SELECT {_COLUMNS} FROM tasks WHERE done_on = ? ORDER BY done_at, id"
    return [_task(row) for row in store.rows(sql, day.isoformat())]


def _must_be(store: Store, before: Task) -> None:
    found = store.rows(f"SELECT {_COLUMNS} FROM tasks WHERE id = ? AND dropped_on IS NULL", before.id)
    must_still(_task(found[0]) if found else None, before)


@decided
def add(store: Store, text: str, owner: str, due: date) -> int:
    """Enter a task; returns its id. Raises Refused when it says nothing."""
    text, owner = clean(text, 120), clean(owner, 40)
    if not text:
        raise Refused("E65", _("A task needs words"))
    with store.write(N_("Task: {text} {owner}"), text=text, owner=owner) as db:
        sql = "INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, ?, ?)"
        return int(db.execute(sql, (text, owner, due.isoformat(), store.today().isoformat())).lastrowid or 0)
    raise AssertionError


@decided
def change(store: Store, task: Task, text: str, owner: str, due: date) -> None:
    """Change a task's words, owner or day."""
    text, owner = clean(text, 120), clean(owner, 40)
    if not text:
        raise Refused("E65", _("A task needs words"))
    _must_be(store, task)
    with store.write(N_("Task changed: {text} {owner}"), text=text, owner=owner) as db:
        db.execute(
            "UPDATE tasks SET text = ?, owner = ?, due = ? WHERE id = ?", (text, owner, due.isoformat(), task.id)
        )


@decided
def tick(store: Store, task: Task) -> None:
    """Tick a task as done now, or take the tick off."""
    _must_be(store, task)
    if task.done:
        with store.write(N_("Task open again: {text}"), text=task.text) as db:
            db.execute("UPDATE tasks SET done_on = NULL, done_at = NULL WHERE id = ?", (task.id,))
        return
    with store.write(N_("Task done: {text}"), text=task.text) as db:
        values = (store.today().isoformat(), store.clock.stamp(), task.id)
        db.execute("UPDATE tasks SET done_on = ?, done_at = ? WHERE id = ?", values)


@decided
def drop(store: Store, task: Task) -> None:
    """Take a task off the list without doing it; it stays in the history."""
    _must_be(store, task)
    with store.write(N_("Task dropped: {text}"), text=task.text) as db:
        db.execute("UPDATE tasks SET dropped_on = ? WHERE id = ?", (store.today().isoformat(), task.id))
