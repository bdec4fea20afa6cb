"""What a period brought, fact by fact: every count of a figure is the sum of facts that can be shown one by one.

Reads by the day's index only, so that a month of a ten-year file costs what a month of a new one costs. What is an
order, a hand-over or a drive is the same here as for the targets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from floorlead.customers import lists as customer_lists
from floorlead.kpi import counts
from floorlead.kpi.records import Fact
from floorlead.store import Store

Reader = Callable[[Store, date, date], Iterator[Fact]]
NATURAL, INVITED, APPOINTMENT = "walk_in", "invited", "appointment"
"""The source of who simply came, of who was invited, and the purpose of who came by appointment."""
UNCLEAR = ("", "其他", "other")
"""Reasons of a loss that explain nothing."""
CARDS_5S = ("environment", "display_car_full", "showroom_5s")
"""The cards of the 5S inspection: cars, tables and zones; not how people look."""
_DAY = timedelta(days=1)


def _after(day: date) -> str:
    return (day + _DAY).isoformat()


def visits(store: Store, first: date, last: date) -> Iterator[Fact]:
    """Walk-ins by kind, test drives, calls."""
    sql = (
        "SELECT id, day, channel, kind, advisor_id, captured, test_drive, incomplete, source, purpose, at FROM visits "
        "WHERE day BETWEEN ? AND ? ORDER BY day, came_at, id"
    )
    day_now, ends = "", ""
    for ident, day, channel, kind, who, captured, drive, open_, source, purpose, at in store.rows(
        sql, first.isoformat(), last.isoformat()
    ):
        if day != day_now:
            day_now, ends = day, _end_of(store, day)
        if channel == "call":
            names = ["calls", *(["calls_recorded"] if captured else [])]
        else:
            same_day = not open_ and at < ends
            names = _walk_in(kind, bool(captured), bool(drive), source, purpose)
            names += ["batches", *(["same_day_complete"] if same_day else [])]
        for name in names:
            yield Fact(name, who, day, 1, "visits", ident)


def _end_of(store: Store, day: str) -> str:
    """When the business day of a visit ends, as a local stamp."""
    return store.clock.bounds(date.fromisoformat(day), date.fromisoformat(day))[1]


def _walk_in(kind: str, captured: bool, drive: bool, source: str, purpose: str) -> list[str]:
    if kind == "non_intent":
        return ["non_intent"]
    names = ["visits", *(["drives"] if drive else [])]
    names.append(("first_recorded" if captured else "first_looked") if kind == "first" else kind)
    if source == NATURAL:
        names.append("natural")
        names += ["natural_first", *(["natural_recorded"] if captured else [])] if kind == "first" else []
    if source == INVITED or purpose == APPOINTMENT:
        names.append("invited")
    return names


def customers(store: Store, first: date, last: date) -> Iterator[Fact]:
    """Cards made, by who made them; of these the ones who came again on a later day of the period."""
    sql = (
        "SELECT c.id, c.first_on, coalesce((SELECT e.person_id FROM customer_events e WHERE e.customer_id = c.id "
        "AND e.kind = 'made' ORDER BY e.day, e.id LIMIT 1), c.advisor_id), EXISTS (SELECT 1 FROM visits v "
        "WHERE v.customer_id = c.id AND v.day > c.first_on AND v.day <= ? AND v.channel = 'walk_in' "
        "AND v.kind <> 'non_intent') FROM customers c WHERE c.first_on BETWEEN ? AND ? ORDER BY c.first_on, c.id"
    )
    for ident, day, who, again in store.rows(sql, last.isoformat(), first.isoformat(), last.isoformat()):
        yield Fact("cards_made", who, day, 1, "customers", ident)
        if again:
            yield Fact("returned", who, day, 1, "customers", ident)


def orders(store: Store, first: date, last: date) -> Iterator[Fact]:
    """New orders and cancelled ones, one called off on its own day left out."""
    sql = (
        "SELECT id, ordered_on, advisor_id FROM orders WHERE ordered_on BETWEEN ? AND ? AND NOT (state = 'cancelled' "
        "AND substr(coalesce(closed_at, ''), 1, 10) = ordered_on) ORDER BY ordered_on, id"
    )
    for ident, day, who in store.rows(sql, first.isoformat(), last.isoformat()):
        yield Fact("orders", who, day, 1, "orders", ident)
    sql = (
        "SELECT id, substr(closed_at, 1, 10), advisor_id FROM orders WHERE closed_at >= ? AND closed_at < ? "
        "AND closed_at IS NOT NULL AND state = 'cancelled' AND substr(closed_at, 1, 10) <> ordered_on "
        "ORDER BY closed_at, id"
    )
    for ident, day, who in store.rows(sql, first.isoformat(), _after(last)):
        yield Fact("cancels", who, day, 1, "orders", ident)


def ends(store: Store, _first: date, last: date) -> Iterator[Fact]:
    """The orders undelivered at the end of a period."""
    yield from undelivered(store, last + _DAY, "undelivered_at_end")


def undelivered(store: Store, start: date, name: str = "undelivered_at_start") -> Iterator[Fact]:
    """The orders not handed over and not cancelled at the start of a day."""
    sql = (
        "SELECT id, ordered_on, advisor_id FROM orders WHERE state = 'open' AND ordered_on < ? UNION ALL "
        "SELECT id, ordered_on, advisor_id FROM orders WHERE closed_at >= ? AND closed_at IS NOT NULL "
        "AND state <> 'open' AND ordered_on < ? ORDER BY 2, 1"
    )
    for ident, day, who in store.rows(sql, start.isoformat(), start.isoformat(), start.isoformat()):
        yield Fact(name, who, day, 1, "orders", ident)


def open_prospects(store: Store, start: date) -> Iterator[Fact]:
    """The customers who were prospects at the start of a day, by their advisor of now; what was ended before it and
    opened again since was none."""
    sql = (
        "SELECT id, first_on, advisor_id FROM customers WHERE closed_on IS NULL AND first_on < ? UNION ALL "
        "SELECT id, first_on, advisor_id FROM customers WHERE closed_on >= ? AND closed_on IS NOT NULL "
        "AND first_on < ? ORDER BY 2, 1"
    )
    day = start.isoformat()
    ended = _ended_then(store, day)
    for ident, since, who in store.rows(sql, day, day, day):
        if ident not in ended:
            yield Fact("open_at_start", who, since, 1, "customers", ident)


def _ended_then(store: Store, day: str) -> set[int]:
    """Of the customers opened again on a day or later those who were at an end when it began."""
    grades = customer_lists.lists(store).grades
    sql = "SELECT customer_id FROM customer_events WHERE day >= ? AND kind = 'open'"
    before = (
        "SELECT grade_after FROM customer_events WHERE customer_id = ? AND day < ? AND grade_after <> '' "
        "ORDER BY day DESC, id DESC LIMIT 1"
    )
    then = {ident: store.one(before, ident, day) for (ident,) in store.rows(sql, day)}
    return {ident for ident, grade in then.items() if grade in grades and not grades[grade].is_open}


def sales(store: Store, first: date, last: date) -> Iterator[Fact]:
    """Hand-overs with what was sold beside the car, and past sales that no order stands for."""
    sql = (
        "SELECT id, substr(closed_at, 1, 10), advisor_id, financed, insured, accessories, trade_in, accessory_amount "
        "FROM orders WHERE closed_at >= ? AND closed_at < ? AND closed_at IS NOT NULL AND state = 'delivered' "
        "ORDER BY closed_at, id"
    )
    for ident, day, who, *flags, amount in store.rows(sql, first.isoformat(), _after(last)):
        yield from _sold("orders", ident, day, who, flags)
        if amount is not None:
            yield Fact("accessory_known", who, day, 1, "orders", ident)
            yield Fact("accessory_amount", who, day, int(amount), "orders", ident)
    sql = (
        "SELECT s.id, s.day, s.advisor, s.financed, s.insured, s.accessories, s.trade_in FROM sales s "
        "WHERE s.day BETWEEN ? AND ? AND s.order_id IS NULL AND NOT EXISTS (SELECT 1 FROM cars c CROSS JOIN orders o "
        "ON o.car_id = c.id AND o.state <> 'cancelled' WHERE s.vin <> '' AND c.vin = s.vin AND o.state = 'delivered') "
        "ORDER BY s.day, s.id"
    )
    past = store.rows(sql, first.isoformat(), last.isoformat())
    known = _named(store) if past else {}
    for ident, day, name, *flags in past:
        yield from _sold("sales", ident, day, known.get(name.strip().lower()), flags)


def _sold(table: str, ident: int, day: str, who: int | None, flags: list[int]) -> Iterator[Fact]:
    yield Fact("deliveries", who, day, 1, table, ident)
    for name, flag in zip(("financed", "insured", "accessories", "trade_ins"), flags, strict=True):
        if flag:
            yield Fact(name, who, day, 1, table, ident)


def _named(store: Store) -> Mapping[str, int]:
    """People by number and by name; a name that two have means nobody."""
    rows = store.rows("SELECT id, number, name, name_en FROM people")
    names = [name.lower() for _id, _number, *both in rows for name in dict.fromkeys(both) if name]
    found = {name.lower(): ident for ident, _number, *both in rows for name in both if names.count(name.lower()) == 1}
    return found | {number.lower(): ident for ident, number, *_both in rows}


def endings(store: Store, first: date, last: date) -> Iterator[Fact]:
    """Applications to end a customer as lost: asked for, decided, agreed to, with a clear reason, refused."""
    lost = {code for code, grade in customer_lists.lists(store).grades.items() if grade.counts == "lost"}
    sql = "SELECT id, wanted, reason, person_id, asked_on FROM endings WHERE asked_on BETWEEN ? AND ? ORDER BY asked_on, id"
    for ident, wanted, _reason, who, day in store.rows(sql, first.isoformat(), last.isoformat()):
        if wanted in lost:
            yield Fact("lost_asked", who, day, 1, "endings", ident)
    sql = (
        "SELECT id, wanted, reason, person_id, decided_on, state FROM endings WHERE decided_on BETWEEN ? AND ? "
        "AND decided_on IS NOT NULL AND state IN ('agreed', 'refused') ORDER BY decided_on, id"
    )
    for ident, wanted, reason, who, day, state in store.rows(sql, first.isoformat(), last.isoformat()):
        if wanted in lost:
            names = ["lost_decided", "lost" if state == "agreed" else "lost_refused"]
            names += ["lost_clear"] if state == "agreed" and reason.strip().lower() not in UNCLEAR else []
            for name in names:
                yield Fact(name, who, day, 1, "endings", ident)


def checks(store: Store, first: date, last: date) -> Iterator[Fact]:
    """Items that were looked at, and those that failed (put right later or not), by day and whose they are."""
    sql = (
        "SELECT c.day, c.id, c.code, m.owner_id, count(*), sum(m.result = 'fail' OR m.first = 'fail') "
        "FROM cards c JOIN marks m ON m.card_id = c.id WHERE c.day BETWEEN ? AND ? AND m.result IN ('pass', 'fail') "
        "GROUP BY c.day, c.id, m.owner_id ORDER BY c.day, c.id"
    )
    for day, ident, code, who, looked, failed in store.rows(sql, first.isoformat(), last.isoformat()):
        for name, amount in (("checked", looked), ("failed", failed)):
            if amount:
                yield Fact(name, who, day, amount, "cards", ident)
                if code in CARDS_5S:
                    yield Fact(f"{name}_5s", who, day, amount, "cards", ident)


def log(store: Store, first: date, last: date) -> Iterator[Fact]:
    """Complaints, by the person they are about."""
    sql = "SELECT id, day, person_id FROM entries WHERE day BETWEEN ? AND ? AND kind = 'complaint' ORDER BY at, id"
    for ident, day, who in store.rows(sql, first.isoformat(), last.isoformat()):
        yield Fact("complaints", who, day, 1, "entries", ident)


READERS: Mapping[str, Reader] = {
    counts.VISITS: visits, counts.CUSTOMERS: customers, counts.ORDERS: orders, counts.ENDS: ends, counts.SALES: sales,
    counts.ENDINGS: endings, counts.CHECKS: checks, counts.LOG: log,
}  # fmt: skip
"""The readings of a period; those of the month's start, of targets and of attendance stand elsewhere."""
