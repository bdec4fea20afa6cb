"""The rows behind a figure, each with its day: visits, customers, orders, sales, endings, cards.

Names only: no phone stands in any of these lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from floorlead import clock
from floorlead.checks import lists as check_lists
from floorlead.kpi import counts, queries
from floorlead.kpi.records import Fact, Kpi
from floorlead.people import queries as people_queries
from floorlead.phones import mask_in
from floorlead.store import Store
from floorlead.visits.records import KIND_WORDS, Kind
from floorlead.words import _, pick

MOST = 400
"""Lines of one list; the others are counted."""
_STEP = 500
_SQL = {
    "visits": "SELECT v.id, v.kind, v.came_at, coalesce(c.name, ''), coalesce(m.name, '') FROM visits v LEFT JOIN "
    "customers c ON c.id = v.customer_id LEFT JOIN models m ON m.id = v.model_id WHERE v.id IN ({marks})",
    "customers": "SELECT id, grade, '', name, '' FROM customers WHERE id IN ({marks})",
    "orders": "SELECT o.id, o.number, '', o.customer, coalesce(m.name, '') FROM orders o LEFT JOIN models m "
    "ON m.id = o.model_id WHERE o.id IN ({marks})",
    "sales": "SELECT s.id, '', '', '', m.name FROM sales s JOIN models m ON m.id = s.model_id WHERE s.id IN ({marks})",
    "endings": "SELECT e.id, e.reason, '', c.name, '' FROM endings e JOIN customers c ON c.id = e.customer_id "
    "WHERE e.id IN ({marks})",
    "cards": "SELECT id, code, '', '', '' FROM cards WHERE id IN ({marks})",
    "entries": "SELECT id, '', at, customer, '' FROM entries WHERE id IN ({marks})",
}
"""(id, what, when, name, model) of the rows that a fact stands for."""


def lines(store: Store, kpi: Kpi, code: str, month: str, person: int | None = None) -> list[str]:
    """A figure's numerator and denominator, count by count, with the rows of each."""
    one = kpi.definition(code)
    found = queries.facts(store, month, one.names)
    if person is not None:
        found = [fact for fact in found if fact.person == person]
    told = [one.shown, ""]
    for word, parts in ((_("above the line"), one.n), (_("below the line"), one.d)):
        for sign, name in parts:
            mine = [fact for fact in found if fact.name == name]
            total = sign * sum(fact.amount for fact in mine)
            told.append(f"-- {word}: {counts.shown(name)} {total}")
            told += _rows(store, mine)
    return told


def _rows(store: Store, found: Sequence[Fact]) -> list[str]:
    shown = found[:MOST]
    read = _read(store, shown)
    names = {one.id: one.shown for one in people_queries.everybody(store)}
    made = [f"   {_line(fact, read, names)}" for fact in shown]
    left = len(found) - len(shown)
    return [*made, "   " + _("and {count} more").format(count=left)] if left > 0 else made


def _line(fact: Fact, read: Mapping[tuple[str, int], str], names: Mapping[int, str]) -> str:
    """One row: its day, what it is, whose; the amount where it is not one."""
    day = clock.short_day(date.fromisoformat(fact.day))
    amount = f"{fact.amount:,}" if fact.amount != 1 or not fact.table else ""
    who = names.get(fact.person or 0, "-")
    return "  ".join(filter(None, (day, read.get((fact.table, fact.row), ""), who, amount)))


def _read(store: Store, found: Iterable[Fact]) -> dict[tuple[str, int], str]:
    wanted: dict[str, list[int]] = {}
    for fact in found:
        if fact.table in _SQL:
            wanted.setdefault(fact.table, []).append(fact.row)
    cards = {one.code: one.shown for one in check_lists.every(store)} if "cards" in wanted else {}
    made = {}
    for table, idents in wanted.items():
        for start in range(0, len(idents), _STEP):
            part = idents[start : start + _STEP]
            sql = _SQL[table].format(marks=", ".join("?" * len(part)))
            for ident, what, at, name, model in store.rows(sql, *part):
                made[table, ident] = _said(table, what, at, name, model, cards)
    return made


def _said(table: str, what: str, at: str, name: str, model: str, cards: Mapping[str, str]) -> str:
    if table == "visits":
        what = _(KIND_WORDS[Kind(what)])
    elif table == "cards":
        what = cards.get(what, what)
    unnamed = pick("未留名", "no name") if table in ("visits", "customers") and not name else ""
    return mask_in("  ".join(filter(None, (at[11:16], name or unnamed, what, model))))
