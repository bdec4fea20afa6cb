"""Taking a person out of sealed reports: the text goes, its digest stays, and the seal on paper still holds.

A report sealed under the first rule cannot lose a word without its seal; such reports are named instead.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from floorlead.phones import masked
from floorlead.record import record
from floorlead.store import chain, schema, seals

if TYPE_CHECKING:
    from floorlead.store.erase import Numbers, Row

NAMES = {"customers": ("name",), "orders": ("customer", "invoice_name"), "entries": ("customer",)}
"""Columns that hold a person's name, by the tables that persons stand in."""
WHOLE = ("customer", "note")
"""Keys of facts that go whole where they belong to the person's own order or log entry."""
LEAST_NAME = 2
"""Signs of a name that is looked for inside texts."""


@record
class Kept:
    """A report of the first rule that still names somebody: its number, revision and day."""

    number: int
    revision: int
    day: str


@record
class Unnamed:
    """What is to be set anew in which rows, in how many reports, and the reports that have to stay as they are."""

    rows: Mapping[Row, Mapping[str, Any]]
    reports: int
    kept: tuple[Kept, ...]


class Person:
    """Whom it is about: names now and before, telephone numbers, and the orders and entries that are theirs."""

    def __init__(self, db: sqlite3.Connection, rows: Iterable[Row], numbers: Numbers) -> None:
        mine = [row for row in rows if row[0] in NAMES]
        self.numbers = numbers
        self.masked = {masked(number) for number in numbers.long}
        self.names = {name for row in mine for name in _names(db, row) if len(name) >= LEAST_NAME}
        self.entries = {ident for table, ident in mine if table == "entries"}
        self.orders = {number for table, ident in mine if table == "orders" for number in _order(db, ident)}

    def __bool__(self) -> bool:
        return bool(self.names or self.numbers.all)

    def numbered(self, text: str) -> bool:
        """Whether a text holds one of the numbers, whole or masked."""
        return bool(self.numbers.within(text)) or text in self.numbers.all or any(one in text for one in self.masked)

    def named(self, text: str) -> bool:
        """Whether a text names the person in any way."""
        return self.numbered(text) or any(name in text for name in self.names)

    def places(self, tree: Any, leaves: Iterable[str]) -> list[str]:
        """Those of the private texts of a tree that are about the person."""
        return [place for place in leaves if self._is_about(tree, place.split("/"))]

    def _is_about(self, tree: Any, steps: list[str]) -> bool:
        owner, value = None, tree
        for step in steps:
            owner = self._owner(value, steps, owner)
            value = value[int(step) if isinstance(value, list) else step]
        if seals.erased_day(value):
            return False
        if owner is None:
            return self.named(value)
        return (owner and (steps[-1] in WHOLE or self.named(value))) or self.numbered(value)

    def _owner(self, facts: Any, steps: list[str], before: bool | None) -> bool | None:
        """Whether facts belong to an order or a log entry of the person; None where they tell of neither."""
        if isinstance(facts, Mapping) and steps[:2] == ["sections", "deliveries"] and "number" in facts:
            return facts["number"] in self.orders
        if isinstance(facts, Mapping) and steps[:3] == ["sections", "events", "entries"] and "id" in facts:
            return facts["id"] in self.entries
        return before


def _names(db: sqlite3.Connection, row: Row) -> Iterator[str]:
    """A row's names, now and before they were changed."""
    table, ident = row
    columns = schema.columns(db, table)
    wanted = [columns.index(name) for name in NAMES[table]]
    now = db.execute(f"SELECT * FROM {table} WHERE id = ?", (ident,)).fetchall()
    sql = "SELECT new FROM changes WHERE tbl = ? AND row = ? AND new IS NOT NULL"
    then = [schema.parse_values(text) for (text,) in db.execute(sql, (table, ident)).fetchall()]
    for values in (*now, *then):
        yield from (values[at].strip() for at in wanted if at < len(values) and values[at] and values[at].strip("* "))


def _order(db: sqlite3.Connection, ident: int) -> list[str]:
    return [number for (number,) in db.execute("SELECT number FROM orders WHERE id = ?", (ident,)).fetchall()]


def unname(db: sqlite3.Connection, rows: Iterable[Row], numbers: Numbers, day: str) -> Unnamed:
    """What must be set anew so that no sealed report names the persons of `rows` and `numbers`; nothing is written."""
    person = Person(db, rows, numbers)
    found: dict[Row, dict[str, Any]] = {}
    reports, kept = 0, []
    covered: set[int] = set()
    sql = "SELECT r.id, r.number, r.revision, r.day, r.body, r.text, s.members FROM reports r LEFT JOIN seals s ON s.id = r.id"
    for ident, number, revision, of, body, text, members in db.execute(f"{sql} ORDER BY r.id") if person else ():
        if members is None:
            tree = seals.document(json.loads(body), [])
            if person.places(tree, seals.private(tree)) or person.numbered(text):
                kept.append(Kept(number, revision, of))
            continue
        told = seals.members_of(members)
        covered |= {*told.reopens}
        if made := _without(db, person, (ident, body, text), told, day):
            found |= made
            reports += ("reports", ident) in made
    return Unnamed(found | _reasons(db, person, covered, day), reports, tuple(kept))


def _without(
    db: sqlite3.Connection, person: Person, row: tuple[int, str, str], members: seals.Members, day: str
) -> dict[Row, dict[str, Any]]:
    """A report, its members and the re-openings under its seal without the person; empty when it names none."""
    ident, body, text = row
    facts = json.loads(body)
    tree = seals.document(facts, seals.reopened(db, members.reopens))
    places = person.places(tree, members.leaves)
    if not places and not person.named(text):
        return {}
    leaves = dict(members.leaves)
    found: dict[Row, dict[str, Any]] = {}
    for place in places:
        steps = place.split("/")
        leaves[place] = seals.GONE + seals.leaf_digest(leaves[place], place, _at(tree, steps))
        if steps[0] == "reopens":
            found["reopens", members.reopens[int(steps[1])]] = {"reason": seals.ERASED.format(day=day)}
        else:
            _put(facts, steps[1:] if steps[0] == "body" else steps, seals.ERASED.format(day=day))
    tops = [(name, None if name == "text" else salt, digest) for name, salt, digest in members.tops]
    found["seals", ident] = {"members": seals.Members(tops, leaves, members.reopens).text()}
    found["reports", ident] = {"body": chain.canonical(facts), "text": ""}
    return found


def _at(tree: Any, steps: list[str]) -> str:
    for step in steps:
        tree = tree[int(step) if isinstance(tree, list) else step]
    return str(tree)


def _put(tree: Any, steps: list[str], text: str) -> None:
    *way, last = steps
    for step in way:
        tree = tree[int(step) if isinstance(tree, list) else step]
    tree[int(last) if isinstance(tree, list) else last] = text


def _reasons(db: sqlite3.Connection, person: Person, covered: set[int], day: str) -> dict[Row, dict[str, Any]]:
    """Re-openings that no seal covers yet and that name the person."""
    rows = db.execute("SELECT id, reason FROM reopens").fetchall() if person else []
    gone = {"reason": seals.ERASED.format(day=day)}
    return {("reopens", ident): gone for ident, reason in rows if ident not in covered and person.named(reason)}
