"""Every figure of a month recomputed from the raw rows by SQL of this file alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from floorlead import clock
from floorlead.kpi import lists, queries, rules
from floorlead.store import Store, open_store
from tests import kept
from tests.kpi import showroom as sh

WALK = "channel = 'walk_in' AND kind <> 'non_intent' AND substr(day, 1, 7) = :m"
FIRST = "channel = 'walk_in' AND kind = 'first' AND substr(day, 1, 7) = :m"
SOLD = "state = 'delivered' AND substr(closed_at, 1, 7) = :m"
PAST = (
    "substr(day, 1, 7) = :m AND order_id IS NULL AND (vin = '' OR vin NOT IN (SELECT c.vin FROM orders o "
    "JOIN cars c ON c.id = o.car_id WHERE o.state = 'delivered'))"
)
LOST = "wanted IN ('F1') AND state"
OPEN_BEFORE = (
    "SELECT count(*) FROM customers c WHERE first_on < :first AND (closed_on IS NULL OR closed_on >= :first) "
    "AND coalesce((SELECT e.grade_after FROM customer_events e WHERE e.customer_id = c.id AND e.day < :first "
    "AND e.grade_after <> '' AND EXISTS (SELECT 1 FROM customer_events r WHERE r.customer_id = c.id AND r.kind = 'open' "
    "AND r.day >= :first) ORDER BY e.day DESC, e.id DESC LIMIT 1), 'N') NOT IN ('D', 'F1', 'F2', 'L', 'M')"
)
UNDELIVERED = (
    "SELECT count(*) FROM orders WHERE ordered_on < {day} AND (state = 'open' OR substr(closed_at, 1, 10) >= {day})"
)
ORDERS = (
    "SELECT count(*) FROM orders WHERE substr(ordered_on, 1, 7) = :m "
    "AND (state <> 'cancelled' OR substr(closed_at, 1, 10) <> ordered_on)"
)
CALLS = "SELECT count(*) FROM visits WHERE channel = 'call' AND substr(day, 1, 7) = :m"
INVITED = "(source = 'invited' OR purpose = 'appointment')"
STAFF = (
    "role NOT IN ('manager', 'leader') AND coalesce(joined, '') <= :last AND coalesce(left_on, '9999') >= :first "
    "AND EXISTS (SELECT 1 FROM attendance WHERE substr(day, 1, 7) = :m UNION ALL SELECT 1 FROM visits WHERE "
    "substr(day, 1, 7) = :m UNION ALL SELECT 1 FROM cards WHERE substr(day, 1, 7) = :m UNION ALL SELECT 1 FROM rota_cells "
    "WHERE substr(day, 1, 7) = :m)"
)
DAYS = (
    "WITH RECURSIVE d(day) AS (SELECT :first UNION ALL SELECT date(day, '+1 day') FROM d WHERE day < :last) "
    "SELECT day FROM d"
)
ABSENT = (
    "SELECT count(DISTINCT day) FROM (SELECT a.day FROM attendance a WHERE a.person_id = p.id AND a.day BETWEEN :first "
    f"AND :last AND state IN ('absent', 'leave') UNION ALL SELECT x.day FROM ({DAYS}) x JOIN leaves l ON x.day BETWEEN "
    "l.first_day AND l.last_day WHERE l.person_id = p.id AND l.state = 'granted' AND l.kind <> 'B' "
    "AND x.day BETWEEN coalesce(p.joined, '') AND coalesce(p.left_on, '9999') AND coalesce((SELECT shift <> '-' FROM "
    "rota_cells r WHERE r.person_id = p.id AND r.day = x.day), p.rest_day IS NULL OR "
    "CAST(strftime('%w', x.day) AS INTEGER) <> (p.rest_day + 1) % 7))"
)
CARDS = "SELECT count(*) FROM customers WHERE substr(first_on, 1, 7) = :m"
DELIVERIES = f"SELECT (SELECT count(*) FROM orders WHERE {SOLD}) + (SELECT count(*) FROM sales WHERE {PAST})"


def visits(where: str, base: str = WALK) -> str:
    """Visits of the month."""
    return f"SELECT count(*) FROM visits WHERE {base} AND {where}"


def sold(flag: str) -> str:
    """Deliveries with something sold beside the car."""
    past = f"SELECT count(*) FROM sales WHERE {PAST} AND {flag}"
    return f"SELECT (SELECT count(*) FROM orders WHERE {SOLD} AND {flag}) + ({past})"


EXPECTED = {
    ("capture", "A"): (visits("captured", FIRST), visits("1", FIRST)),
    ("capture", "B"): (visits("captured", FIRST), visits("kind IN ('first', 'carded_first')")),
    ("capture", "C"): (visits("captured AND source = 'walk_in'", FIRST), visits("source = 'walk_in'", FIRST)),
    ("capture", "LJ"): (CARDS, visits("source = 'walk_in'")),
    ("drive", "A"): (visits("test_drive"), visits("(kind <> 'first' OR captured)")),
    ("drive", "LJ"): (visits("test_drive"), CARDS),
    ("close", "A"): (ORDERS, visits("1")),
    ("close", "B"): (ORDERS, CARDS),
    ("close", "C"): (ORDERS, visits("captured", FIRST)),
    ("convert", "A"): (ORDERS, f"SELECT ({CARDS}) + ({OPEN_BEFORE})"),
    ("return", "GH"): (
        "SELECT count(DISTINCT c.id) FROM customers c JOIN visits v ON v.customer_id = c.id AND v.day > c.first_on "
        "AND v.channel = 'walk_in' AND v.kind <> 'non_intent' AND substr(v.day, 1, 7) = :m "
        "WHERE substr(c.first_on, 1, 7) = :m",
        CARDS,
    ),
    ("return", "A"): (visits("kind = 'repeat'"), visits("1")),
    ("invite", "A"): (visits("kind IN ('carded_first', 'repeat')"), f"SELECT ({CARDS}) + ({OPEN_BEFORE})"),
    ("invite", "C"): (visits(INVITED), CARDS),
    ("deliver", "A"): (DELIVERIES, f"SELECT ({ORDERS}) + ({UNDELIVERED.format(day=':first')})"),
    ("cancel", "A"): (
        "SELECT count(*) FROM orders WHERE state = 'cancelled' AND substr(closed_at, 1, 7) = :m "
        "AND substr(closed_at, 1, 10) <> ordered_on",
        f"SELECT ({ORDERS}) + ({UNDELIVERED.format(day=':first')})",
    ),
    ("lost", "F"): (
        f"SELECT count(*) FROM endings WHERE {LOST} = 'agreed' AND substr(decided_on, 1, 7) = :m",
        f"SELECT ({CARDS}) + ({OPEN_BEFORE})",
    ),
    ("lost_clear", "GH"): (
        f"SELECT count(*) FROM endings WHERE {LOST} = 'agreed' AND substr(decided_on, 1, 7) = :m "
        "AND reason NOT IN ('其他', 'other')",
        "SELECT count(*) FROM endings WHERE wanted = 'F1' AND substr(asked_on, 1, 7) = :m",
    ),
    ("lost_refused", "GH"): (
        f"SELECT count(*) FROM endings WHERE {LOST} = 'refused' AND substr(decided_on, 1, 7) = :m",
        f"SELECT count(*) FROM endings WHERE {LOST} IN ('agreed', 'refused') AND substr(decided_on, 1, 7) = :m",
    ),
    ("finance", "C"): (sold("financed"), DELIVERIES),
    ("insure", "C"): (sold("insured"), DELIVERIES),
    ("accessory", "K"): (sold("accessories"), DELIVERIES),
    ("accessory_value", "C"): (f"SELECT coalesce(sum(accessory_amount), 0) FROM orders WHERE {SOLD}", DELIVERIES),
    ("accessory_value", "D"): (
        f"SELECT coalesce(sum(accessory_amount), 0) FROM orders WHERE {SOLD}",
        f"SELECT count(accessory_amount) FROM orders WHERE {SOLD}",
    ),
    ("trade_in", "B"): (sold("trade_in"), DELIVERIES),
    ("same_day", "A"): (
        "SELECT count(*) FROM visits WHERE channel = 'walk_in' AND substr(day, 1, 7) = :m AND NOT incomplete "
        "AND at < datetime(day, '+28 hours')",
        "SELECT count(*) FROM visits WHERE channel = 'walk_in' AND substr(day, 1, 7) = :m",
    ),
    ("backlog", "GH"): (
        UNDELIVERED.format(day=":after"),
        "SELECT coalesce(sum(amount), 0) FROM targets WHERE month = :next AND measure = 'deliveries'",
    ),
    ("checks", "S"): (
        "SELECT count(*) FROM marks m JOIN cards c ON c.id = m.card_id WHERE substr(c.day, 1, 7) = :m "
        "AND m.result <> 'na' AND 'fail' IN (m.result, ifnull(m.first, ''))",
        "SELECT count(*) FROM marks m JOIN cards c ON c.id = m.card_id WHERE substr(c.day, 1, 7) = :m AND m.result <> 'na'",
    ),
    ("checks", "5S"): (
        "SELECT count(*) FROM marks m WHERE m.result <> 'na' AND 'fail' IN (m.result, ifnull(m.first, '')) AND m.card_id IN "
        "(SELECT id FROM cards WHERE substr(day, 1, 7) = :m AND code = 'environment')",
        "SELECT count(*) FROM marks m WHERE m.result <> 'na' AND m.card_id IN "
        "(SELECT id FROM cards WHERE substr(day, 1, 7) = :m AND code = 'environment')",
    ),
    ("complaint", "S"): (
        "SELECT count(*) FROM entries WHERE kind = 'complaint' AND substr(day, 1, 7) = :m",
        DELIVERIES,
    ),
    ("capture", "MD"): (
        f"SELECT ({visits('captured', FIRST)}) + ({CALLS} AND captured)",
        f"SELECT ({visits('1', FIRST)}) + ({CALLS})",
    ),
    ("drive", "B"): (
        visits("test_drive"),
        f"SELECT ({visits('1', FIRST)}) + ({visits(INVITED)})",
    ),
    ("close", "LJ"): (ORDERS, visits("(kind = 'carded_first' OR kind = 'first' AND captured)")),
    ("deliver", "B"): (DELIVERIES, CARDS),
    ("lost", "A"): (
        f"SELECT count(*) FROM endings WHERE {LOST} = 'agreed' AND substr(decided_on, 1, 7) = :m",
        f"SELECT (SELECT count(*) FROM endings WHERE {LOST} = 'agreed' AND substr(decided_on, 1, 7) = :m) "
        f"+ ({OPEN_BEFORE})",
    ),
    ("attendance", "S7"): (
        f"SELECT coalesce(sum(max(0, 100 - 4 * ({ABSENT}))), 0) FROM people p WHERE {STAFF}",
        f"SELECT 100 * count(*) FROM people p WHERE {STAFF}",
    ),
}
"""(figure, definition): (numerator, denominator) over a month `:m` that began on `:first`."""


def recomputed(store: Store, month: str, sql: str) -> int:
    """A number by this file's own SQL."""
    last = min(rules.last_of(month), store.today())
    values = {
        "m": month, "first": f"{month}-01", "last": last.isoformat(), "next": rules.moved(month, 1),
        "after": last.replace(day=last.day).fromordinal(last.toordinal() + 1).isoformat(),
    }  # fmt: skip
    return int(store.connection.execute(sql, values).fetchone()[0])


def proved(store: Store, month: str) -> None:
    """Every definition that is written above gives the same as the raw rows; and people add up to the team."""
    found = queries.month(store, month)
    wrong = {}
    for (code, definition), sides in EXPECTED.items():
        kpi = lists.book(store).kpi(code)
        assert kpi
        rate = rules.figure(kpi, definition, found.team)
        raw = tuple(recomputed(store, month, sql) for sql in sides)
        if (rate.n, rate.d) != raw:
            wrong[code, definition] = (rate.n, rate.d), raw
    assert wrong == {}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = sh.opened(tmp_path)
    yield opened
    opened.close()


def test_a_month_made_by_hand(store: Store) -> None:
    """Twelve of fifteen first visitors left a number, nine drove, two ordered: as one sees by looking."""
    sh.by_hand(store)
    found = queries.month(store, "2026-11")
    shown = {
        one.code: rules.figure(one, found.definitions[one.code], found.team).text for one in lists.book(store).kpis
    }
    assert shown == {
        "capture": "12/15 (80%)", "drive": "9/16 (56%)", "close": "2/12 (17%)", "convert": "2/6 (33%)",
        "return": "1/2 (50%)", "invite": "4/6 (67%)", "deliver": "2/5 (40%)", "cancel": "1/5 (20%)",
        "lost": "1/6 (17%)", "lost_clear": "1/3 (33%)", "lost_refused": "1/2 (50%)", "finance": "1/2 (50%)",
        "insure": "2/2 (100%)", "accessory": "1/2 (50%)", "accessory_value": "3000/2 (1,500)", "trade_in": "1/2 (50%)",
        "same_day": "20/20 (100%)", "backlog": "3/4 (75%)", "checks": "–", "complaint": "1/2 (50%)",
        "attendance": "400/400 (100%)",
    }  # fmt: skip
    proved(store, "2026-11")


@pytest.mark.parametrize("seed", range(6))
def test_random_months_by_independent_sql(store: Store, seed: int) -> None:
    """Three months of anything: each figure is what the raw rows say, counted another way."""
    sh.at_random(store, seed)
    for month in ("2026-09", "2026-10", "2026-11"):
        proved(store, month)


@pytest.mark.parametrize("seed", range(3))
def test_people_and_nobody_add_up_to_the_team(store: Store, seed: int) -> None:
    """What is nobody's is the team's too; no count is lost between the two tables."""
    sh.at_random(store, seed)
    found = queries.facts(store, "2026-10", list(queries.counts.NAMES))
    team, people = queries.summed(found), queries.by_person(found)
    for name, amount in team.items():
        assert amount == sum(mine.get(name, 0) for mine in people.values()), name


def test_every_shipped_definition_is_proved(store: Store) -> None:
    """A definition that nobody recomputes is one that nobody has looked at."""
    assert {(kpi.code, one.code) for kpi in lists.book(store).kpis for one in kpi.definitions} == set(EXPECTED)


def test_the_random_months_leave_no_count_at_nothing(store: Store) -> None:
    """A figure of 0/0 proves nothing: over the random stores every count but the rarest ones is there."""
    sh.at_random(store, 1)
    found = queries.month(store, "2026-10").team
    there = {name for name in queries.counts.NAMES if found.get(name)}
    assert set(queries.counts.NAMES) - there <= {"undelivered_at_end", "complaints"}


def test_the_demo_month(tmp_path: Path) -> None:
    """The invented showroom's month and the two before, whatever they hold."""
    now = clock.stopped(sh.NOW)
    kept.demo(tmp_path / "demo.db", now, "demo", 0)
    store = open_store(tmp_path / "demo.db", now)
    try:
        for month in ("2026-09", "2026-10", "2026-11"):
            proved(store, month)
    finally:
        store.close()


def test_a_month_to_come_counts_nothing(store: Store) -> None:
    """December has not begun: no figure, no error."""
    sh.by_hand(store)
    found = queries.month(store, "2026-12")
    assert dict(found.team) == {}
    assert found.last < found.first


def test_the_same_customer_twice_a_day_is_one_batch(store: Store) -> None:
    """A batch counts once however often they went out and came in again."""
    who = sh.customer(store, "2026-11-02")
    sh.visit(store, "2026-11-02", captured=1, customer_id=who, times=3, party=4)
    found = queries.month(store, "2026-11")
    assert found.team["visits"] == found.team["batches"] == 1
