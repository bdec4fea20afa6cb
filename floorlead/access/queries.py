"""Reading who saw a person's data, whose data are past their days, and whom a purge is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from floorlead import shelf
from floorlead.access import rules
from floorlead.access.records import Expired, Found, Outside, Seen, Subject
from floorlead.customers.lists import lists
from floorlead.phones import digits, is_mobile
from floorlead.store import Store, naming

TABLES = ("customers", "orders", "entries")
STARS = "***"


def subjects(store: Store, phone: str) -> list[Subject]:
    """The rows that hold a phone number, however it is written."""
    number = digits(phone)
    if not number:
        return []
    where, values = "phone = ?", [number]
    if is_mobile(number):  # digits behind a whole mobile number are an extension
        where, values = "phone BETWEEN ? AND ? || ':'", [number, number]
    return [(t, row) for t in TABLES for (row,) in store.rows(f"SELECT id FROM {t} WHERE {where} ORDER BY id", *values)]


def who_saw(store: Store, phone: str) -> list[Seen]:
    """Who saw the data of a phone number's owner, the newest first; an order's customer counts as well."""
    found = subjects(store, phone)
    orders = [order for table, row in found if table == "customers" for order in _orders_of(store, row)]
    return seen(store, [*found, *orders])


def _orders_of(store: Store, customer: int) -> list[Subject]:
    return [("orders", row) for (row,) in store.rows("SELECT id FROM orders WHERE customer_id = ?", customer)]


def seen(store: Store, rows: Sequence[Subject]) -> list[Seen]:
    """Who saw these rows, the newest first."""
    each = [one for subject in dict.fromkeys(rows) for one in _seen(store, subject)]
    return sorted(each, key=lambda one: one.at)[::-1]


def _seen(store: Store, subject: Subject) -> Iterator[Seen]:
    sql = (
        "SELECT a.day, a.at, a.by, a.kind, a.why, a.count FROM access_rows r JOIN accesses a ON a.id = r.access_id "
        "WHERE r.tbl = ? AND r.row = ? ORDER BY a.id"
    )
    for day, at, by, kind, why, count in store.rows(sql, *subject):
        yield Seen(date.fromisoformat(day), at, by, kind, why, count, subject)


def papers(store: Store, rows: Sequence[Subject]) -> list[str]:
    """The names of the papers that were printed with these rows' numbers whole."""
    return sorted({one.why for one in seen(store, rows) if one.kind == "print" and one.why})


_OUTSIDE = """
SELECT DISTINCT a.why, a.at, a.by FROM accesses a WHERE a.kind = 'export' AND a.why <> '' AND (
  NOT EXISTS (SELECT 1 FROM access_rows r WHERE r.access_id = a.id)
  OR EXISTS (SELECT 1 FROM access_rows r WHERE r.access_id = a.id AND r.tbl = ? AND r.row = ?))
ORDER BY a.id
"""
"""Exports that showed a row, and whole copies, which show everybody."""


def outside(store: Store, rows: Sequence[Subject]) -> list[Outside]:
    """The files that were written elsewhere with these rows in them, the newest writing of each."""
    found: dict[str, tuple[str, str]] = {}
    for subject in rows:
        found |= {why: (at, by) for why, at, by in store.rows(_OUTSIDE, *subject) if PurePath(why).is_absolute()}
    own = shelf.own(store.path.absolute())
    return [
        Outside(why, at, by, _is_there(Path(why)))
        for why, (at, by) in found.items() if not Path(why).is_relative_to(own)
    ]  # fmt: skip


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def expired(store: Store, day: date) -> list[Expired]:
    """Customers, orders and log entries kept longer than their grade's days after the last contact, the oldest first.

    A customer with an order that is still to be delivered, or a complaint that is open, is kept.
    """
    found = [*_customers(store, day), *_orders(store, day), *_entries(store, day)]
    return sorted(found, key=lambda one: (one.last, one.subject))


_CUSTOMERS = """
SELECT c.id, c.name, c.phone, c.grade, max(c.first_on, ifnull(c.last_contact, ''), ifnull(c.closed_on, ''),
  ifnull((SELECT max(v.day) FROM visits v WHERE v.customer_id = c.id), ''),
  ifnull((SELECT max(coalesce(o.closed_at, o.ordered_on)) FROM orders o
          WHERE o.customer_id = c.id OR (c.phone <> '' AND o.phone = c.phone)), ''), ifnull(e.last, ''))
FROM customers c LEFT JOIN
  (SELECT phone, max(coalesce(closed_on, day)) AS last, max(kind = 'complaint' AND closed_on IS NULL) AS waits
   FROM entries WHERE phone <> '' GROUP BY phone) e ON e.phone = c.phone
WHERE c.erased_on IS NULL AND NOT ifnull(e.waits, 0) AND NOT EXISTS
  (SELECT 1 FROM orders o WHERE o.state = 'open' AND (o.customer_id = c.id OR (c.phone <> '' AND o.phone = c.phone)))
"""


def _customers(store: Store, day: date) -> Iterator[Expired]:
    grades = lists(store).grades
    for ident, name, phone, code, last in store.rows(_CUSTOMERS):
        keep = grades[code].keep if code in grades else rules.KEEP_DAYS
        contact = date.fromisoformat(last[:10])
        if rules.is_expired(day, contact, keep):
            yield Expired(("customers", ident), name, phone, code, contact, keep)


def _orders(store: Store, day: date) -> Iterator[Expired]:
    """Closed orders whose phone stands in no customer's row, nor in anything later or open."""
    grades = lists(store).grades
    keep = grades[rules.DELIVERED].keep if rules.DELIVERED in grades else rules.KEEP_DAYS
    sql = (
        "SELECT id, customer, phone, coalesce(closed_at, ordered_on) FROM orders o WHERE phone <> '' "
        "AND state <> 'open' AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = o.customer_id OR c.phone = o.phone) "
        "AND NOT EXISTS (SELECT 1 FROM orders n WHERE n.phone = o.phone AND (n.state = 'open' OR "
        "coalesce(n.closed_at, n.ordered_on) > coalesce(o.closed_at, o.ordered_on))) "
        "AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.phone = o.phone AND (e.closed_on IS NULL OR "
        "e.closed_on > coalesce(o.closed_at, o.ordered_on)))"
    )
    for ident, name, phone, last in store.rows(sql):
        if rules.is_expired(day, contact := date.fromisoformat(last[:10]), keep):
            yield Expired(("orders", ident), name, phone, rules.DELIVERED, contact, keep)


def _entries(store: Store, day: date) -> Iterator[Expired]:
    """Closed log entries whose phone stands nowhere else, nor in anything later or open."""
    sql = (
        "SELECT id, customer, phone, closed_on FROM entries e WHERE phone <> '' AND closed_on IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM customers c WHERE c.phone = e.phone) AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.phone = e.phone) "
        "AND NOT EXISTS (SELECT 1 FROM entries n WHERE n.phone = e.phone AND (n.closed_on IS NULL OR n.closed_on > e.closed_on))"
    )
    for ident, name, phone, last in store.rows(sql):
        if rules.is_expired(day, contact := date.fromisoformat(last[:10]), rules.KEEP_DAYS):
            yield Expired(("entries", ident), name, phone, "", contact, rules.KEEP_DAYS)


def found(store: Store, phones: Sequence[str], rows: Sequence[Subject] = ()) -> Found:
    """Whom a purge of these phone numbers and rows is about: every row of the same person, wherever it leads.

    A number that a household shares leads from the one who asks to nobody else: the other's rows keep their name.
    """
    numbers = dict.fromkeys(number for phone in phones if (number := digits(phone)))
    there: dict[Subject, None] = {}
    waiting = [*rows, *(subject for number in numbers for subject in _of_number(store, number, rows))]
    while waiting:
        if (one := waiting.pop()) in there:
            continue
        there[one] = None
        if (phone := _phone(store, one)) and phone not in numbers and not _shared(store, phone, [*there, *waiting]):
            numbers[phone] = None
            waiting += _of_number(store, phone, [*there, *waiting])
        if one[0] == "customers":
            waiting += _orders_of(store, one[1])
    ids = {name: tuple(sorted(row for table, row in there if table == name)) for name in TABLES}
    waits = {row for number in numbers for table, row in subjects(store, number) if table == "orders"} | set(
        ids["orders"]
    )
    still = [store.one("SELECT number FROM orders WHERE id = ? AND state = 'open'", row) for row in sorted(waits)]
    nameless = [
        (row, name) for row in ids["customers"]
        for (name,) in store.rows("SELECT name FROM customers WHERE id = ? AND phone = ''", row)
    ]  # fmt: skip
    return Found(
        tuple(numbers),
        ids["customers"],
        ids["orders"],
        ids["entries"],
        tuple(n for n in still if n),
        tuple(nameless),
        tuple(sorted(naming.names_there(store, there))),
    )


def _phone(store: Store, one: Subject) -> str:
    return str(store.one(f"SELECT phone FROM {_known(one[0])} WHERE id = ?", one[1]) or "")


def _shared(store: Store, phone: str, mine: Sequence[Subject]) -> bool:
    """Whether a number is that of another customer of the book."""
    held = store.rows("SELECT id FROM customers WHERE phone = ?", phone)
    return any(("customers", row) not in mine for (row,) in held)


def _of_number(store: Store, number: str, mine: Sequence[Subject]) -> list[Subject]:
    """The rows with a number but the orders of another customer, who has a number of his own."""
    sql = "SELECT c.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.id = ? AND c.phone NOT IN ('', o.phone)"
    found = []
    for one in subjects(store, number):
        whose = store.one(sql, one[1]) if one[0] == "orders" else None
        if whose is None or ("customers", whose) in mine:
            found.append(one)
    return found


def _known(table: str) -> str:
    if table not in TABLES:
        raise ValueError(table)
    return table


def told(who: Found) -> dict[str, Any]:
    """Whom a purge is about, as numbers."""
    return {
        "phones": len(who.phones), "customers": len(who.customers), "orders": len(who.orders), "entries": len(who.entries),
    }  # fmt: skip


def blanked(store: Store, who: Found) -> dict[tuple[str, int], dict[str, Any]]:
    """What each row of a person becomes: counts, grades and days stay, nobody is named."""
    day = store.today().isoformat()
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    for ident in who.customers:
        closed = store.one("SELECT closed_on FROM customers WHERE id = ?", ident) or day
        rows["customers", ident] = {**GONE["customers"], "closed_on": closed, "erased_on": day}
        for table in ("visits", "customer_events", "endings"):
            rows |= {
                (table, r): GONE[table] for (r,) in store.rows(f"SELECT id FROM {table} WHERE customer_id = ?", ident)
            }
        withdrawn = {"state": "withdrawn", "decided_on": day, "decided_at": store.clock.stamp()}
        for (row,) in store.rows("SELECT id FROM endings WHERE customer_id = ? AND state = 'asked'", ident):
            rows["endings", row] = {**GONE["endings"], **withdrawn}
    for ident in who.orders:
        rows["orders", ident] = GONE["orders"]
        rows |= {("order_steps", r): GONE["order_steps"] for (r,) in store.rows(_STEPS, ident)}
        rows |= {("car_events", r): GONE["car_events"] for (r,) in store.rows(_TRAIL, ident)}
    for ident in who.entries:
        rows["entries", ident] = {**GONE["entries"], **_unnamed(store, ident)}
    return rows


def _unnamed(store: Store, entry: int) -> dict[str, str]:
    """What a log entry says, with stars where it names its customer."""
    name, text, result = store.rows("SELECT customer, text, result FROM entries WHERE id = ?", entry)[0]
    return {"text": text.replace(name, STARS), "result": result.replace(name, STARS)} if len(name) > 1 else {}


GONE: dict[str, dict[str, Any]] = {
    "customers": {"name": "", "phone": "", "note": "", "search": "", "number": "", "next_due": None, "no_contact": 1,
                  "progress": "", "competitor": "", "consent_how": ""},
    "visits": {"note": "", "number": "", "competitor": "", "explained": ""}, "customer_events": {"note": ""}, "endings": {"note": "", "answer": ""},
    "orders": {"customer": STARS, "phone": "", "invoice_name": "", "note": "", "search": ""}, "order_steps": {"note": ""},
    "car_events": {"detail": STARS}, "entries": {"customer": "", "phone": ""},
}  # fmt: skip
"""What the columns that name somebody become."""
_STEPS = "SELECT id FROM order_steps WHERE order_id = ? AND note <> ''"
_TRAIL = "SELECT e.id FROM car_events e JOIN orders o ON o.car_id = e.car_id WHERE o.id = ? AND e.detail = o.customer"
