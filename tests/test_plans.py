"""No page reads a big table from end to end: every statement of a walk through the app is explained, none may scan.

A scan is forgiven where it stops by itself: in the order of an index, with a LIMIT, and without a condition (or one that nearly all rows
meet).
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator

import pytest

from floorlead import clock, words
from floorlead.app import PAGES
from floorlead.report import queries as reports
from floorlead.report import sealing
from floorlead.store import Store, open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests import kept

BIG = {"marks", "changes", "actions", "card_rows", "card_passes", "attendance", "cards", "reports", "reopens", "prints",
       "tasks", "days", "cars", "car_events", "drives", "orders", "order_steps", "sales", "announcements",
       "announced_cars", "stocktake_marks", "rota_cells", "desk_duty", "substitutions", "leaves", "outing_people",
       "queue_events", "trainings", "training_people", "visits", "customers", "customer_events", "endings", "reminders",
       "entries", "entry_steps", "violations", "spot_checks", "forecasts", "meeting_ticks", "accesses", "access_rows"}  # fmt: skip
NOW = "2026-11-24T08:41"
LEAVES = {"ctrl+q", "ctrl+p"}
"""Keys that the walk leaves out: one ends it, one opens the printer's box."""
PARTIAL = tuple(
    f"USING INDEX {name}"
    for name in (
        "drives_open",
        "cars_spot",
        "endings_asked",
        "entries_open",
        "customers_advisor",
        "customers_open",
        "tasks_open",
    )
)
"""Indexes that hold only what is open or stands on a spot now: reading one of them whole is reading little."""
NEARLY_ALL = ("chain <> ''", "NOT EXISTS (SELECT 1 FROM reports v WHERE v.void = 1")
"""Conditions that all rows meet but one under way, or a few: with a LIMIT the newest that meets it is found at once."""
NAMED = re.compile(
    r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(\w+)(?:\s+(?:AS\s+)?(?!ON\b|WHERE\b|SET\b|ORDER\b|JOIN\b)(\w+))?", re.I
)
"""A table in a statement, and the name it goes by there."""


class Trace:
    """The statements that ran, each once, without their values."""

    def __init__(self, store: Store) -> None:
        self.statements: dict[str, str] = {}
        store.connection.set_trace_callback(self.note)

    def note(self, sql: str) -> None:
        """Keep a statement; what a trigger runs is told as a comment and is part of its statement's plan."""
        if re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE)\b", sql, re.I):
            self.statements.setdefault(re.sub(r"'(?:[^']|'')*'|\b\d+\b", "?", sql), sql)


@pytest.fixture(scope="module")
def trace(tmp_path_factory) -> Iterator[tuple[Trace, sqlite3.Connection]]:
    words.use("zh")
    path = tmp_path_factory.mktemp("plans") / "demo.db"
    kept.demo(path, clock.stopped(NOW))
    with contextlib.closing(open_store(path, clock.stopped(NOW))) as store:
        found = Trace(store)
        walk(store)
        store.connection.set_trace_callback(None)
        yield found, store.connection


def walk(store: Store) -> None:
    """Every page, view and key of its table, dialogs looked at and left; then a day sealed and opened again."""
    desk = Desk(store, PAGES, SHARED)
    desk.start()
    for page in desk.pages:
        for _view in range(4):
            desk.go(page.name)
            _try_keys(desk, page.name)
            page.next_view()
        desk.minute()
        desk.keep()
    desk.go(PAGES[0].name)
    for key in ("f3", "z", "w", "backspace", "escape", "ctrl+k", "escape", "ctrl+z", "ctrl+y"):
        desk.press(key)
        desk.frame(80, 24)
    sealing.seal(store, store.today())
    reports.reopen(store, store.today(), "漏记一台")
    for page in desk.pages:
        desk.go(page.name)
        desk.frame(80, 24)


def _try_keys(desk: Desk, name: str) -> None:
    moves = ("down", "up", "end", "pageup", "left", "right", "enter", "tab", "insert", "ctrl+f", "l", "f1")
    for key in (*moves, *(key for one in desk.page.binds() for key in one.keys)):
        if key in LEAVES:
            continue
        desk.press(key)
        desk.frame(80, 24)
        desk.press("escape")
        desk.stacks[desk.page.name].clear()
        desk.finder.clear()
        if desk.page.name != name:
            desk.go(name)


def scans(db: sqlite3.Connection, sql: str) -> list[str]:
    """The steps of a statement's plan that read a big table from end to end."""
    alias = {found[2] or found[1]: found[1] for found in NAMED.finditer(sql)} | {name: name for name in BIG}
    steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    all_but_few = (
        re.search(rf"WHERE (?:{'|'.join(map(re.escape, NEARLY_ALL))})", sql) and sql.upper().count(" AND ") < 3
    )
    whole = "WHERE" not in sql.upper() or all_but_few
    stops = "LIMIT" in sql.upper() and whole and not any("TEMP B-TREE" in step for step in steps)
    sql = re.sub(r"EXISTS \(SELECT 1 FROM \w+\)", "1", sql)  # the first row answers
    steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
    found = [step for step in steps if step.startswith("SCAN ") and alias.get(step.split()[1]) in BIG]
    return [] if stops else [step for step in found if not step.endswith(PARTIAL)]


@pytest.mark.slow
def test_no_statement_of_a_page_scans_a_big_table(trace):
    found, db = trace
    assert len(found.statements) > 60
    bad = {sql: steps for sql in found.statements.values() if (steps := scans(db, sql))}
    assert not bad, "\n".join(f"{steps}\n   {sql[:300]}" for sql, steps in bad.items())


def test_a_scan_would_be_seen(trace):
    _found, db = trace
    assert scans(db, "SELECT m.id FROM marks m WHERE m.by = 'x'")
    assert scans(db, "SELECT count(*) FROM changes WHERE tbl = 'marks'")
    assert scans(db, "SELECT c.day FROM cards AS c JOIN marks m ON m.card_id = c.id WHERE m.reason <> ''")
    assert not scans(db, "SELECT 1 FROM settings WHERE value = 'x'")
    assert not scans(db, "SELECT seq FROM actions ORDER BY seq DESC LIMIT 5")
    assert scans(db, "SELECT seq FROM actions ORDER BY at DESC LIMIT 5")
    assert not scans(db, "SELECT seq FROM actions WHERE chain <> '' ORDER BY seq DESC LIMIT 1")
    assert scans(db, "SELECT seq FROM actions WHERE chain <> '' ORDER BY at DESC LIMIT 1")
    assert scans(db, "SELECT seq FROM actions WHERE what = '' ORDER BY seq DESC LIMIT 1")
