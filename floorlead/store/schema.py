"""The tables' rules that the file itself keeps: every write is recorded, and a sealed day cannot be edited.

Triggers are text made from the tables' columns, installed again after every migration and compared on every
open, because rebuilding a table drops them silently.
"""

from __future__ import annotations

import re
import sqlite3
from typing import Any

RECORDED = (
    "people", "attendance", "furniture", "check_lists", "check_items", "card_words", "cards", "card_rows",
    "marks", "card_passes", "tasks", "days", "templates", "reports", "reopens", "prints", "settings",
    "models", "cars", "car_aliases", "car_events", "drives", "stand_ins", "orders", "order_steps", "sales",
    "announcements", "announced_cars", "advices", "calendar_days", "stocktakes", "stocktake_marks", "import_maps",
    "rota_cells", "desk_duty", "substitutions", "acting_leaders", "leaves", "leave_allowances", "closed_to_leave",
    "outings", "outing_people", "trainings", "training_people", "queue_events", "wishes", "publications",
    "customers", "visits", "customer_events", "endings", "reminders", "entries", "entry_steps", "acknowledgements",
    "violations", "spot_checks", "spot_marks", "talks", "targets", "target_shares", "target_weights", "target_causes",
    "forecasts", "meetings", "meeting_ticks", "month_starts", "kpi_choices", "appraisal_scores", "objections",
    "month_closes", "accounts", "accesses", "access_rows", "seals",
)  # fmt: skip
"""Tables whose every change belongs to an action. Each has an INTEGER PRIMARY KEY `id`."""

SINCE = {2: "models", 3: "rota_cells", 4: "customers", 5: "seals"}
"""The first table that came with each version of the file; the others of that version stand behind it."""

FIXED = ("reports", "reopens", "templates", "card_words", "seals")
"""Tables whose rows never change once written; only erasing a person takes words out of them."""

STANDS = "NOT EXISTS (SELECT 1 FROM reports v WHERE v.void = 1 AND v.day = r.day AND v.revision >= r.revision)"
"""Whether a report `r` counts: neither is it void nor was it made void by a later revision."""

_DAY_OF = {
    "attendance": "{row}.day",
    "days": "{row}.day",
    "stand_ins": "{row}.day",
    "cards": "{row}.day",
    "card_rows": "(SELECT day FROM cards WHERE id = {row}.card_id)",
    "marks": "(SELECT day FROM cards WHERE id = {row}.card_id)",
    "card_passes": "(SELECT day FROM cards WHERE id = {row}.card_id)",
    **dict.fromkeys(
        ("rota_cells", "desk_duty", "substitutions", "acting_leaders", "outing_people", "trainings", "queue_events"),
        "{row}.day",
    ),
    "training_people": "(SELECT day FROM trainings WHERE id = {row}.training_id)",
}
"""Tables that belong to a business day, and how a row tells its day."""

_OPEN_ACTION = "(SELECT chain FROM actions ORDER BY seq DESC LIMIT 1)"
_OUTSIDE = f"SELECT RAISE(ABORT, 'floorlead: outside store.write') WHERE {_OPEN_ACTION} IS NOT '';"


def recorded(db: sqlite3.Connection) -> tuple[str, ...]:
    """The recorded tables that a file of its version has; a file still being made (0) has all of them."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    later = [first for number, first in SINCE.items() if number > version] if version else []
    return RECORDED[: min((RECORDED.index(first) for first in later if first in RECORDED), default=None)]


def columns(db: sqlite3.Connection, table: str) -> list[str]:
    """The table's columns in their order."""
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})")]


def defaults(db: sqlite3.Connection, table: str) -> list[Any]:
    """What each column holds in a row recorded before the column was told: its default, a literal or
    nothing."""
    told = [row[4] for row in db.execute(f"PRAGMA table_info({table})")]
    return [None if text is None else parse_values(text)[0] for text in told]


_LITERAL = re.compile(r"'((?:[^']|'')*)'|(NULL)|([-+0-9.eEInf]+)")


def parse_values(text: str) -> list[Any]:
    """A recorded row back as values: the inverse of SQLite's `quote()` over its columns (json would be
    refused here: its functions count as unsafe while the schema is not trusted)."""
    found: list[Any] = []
    for match in _LITERAL.finditer(text):
        if match[2]:
            found.append(None)
        elif match[3]:
            found.append(float(match[3]) if set(match[3]) & set(".eEI") else int(match[3]))
        else:
            found.append(match[1].replace("''", "'"))
    return found


def payload(row: str, names: list[str]) -> str:
    """The SQL expression of a row as the log records it; `row` is OLD, NEW or a table."""
    return _values(row, names)


def _values(row: str, names: list[str]) -> str:
    return " || ',' || ".join(f"quote({row}.{name})" for name in names)


def _record(table: str, event: str, names: list[str]) -> str:
    row = "OLD" if event == "DELETE" else "NEW"
    old = "NULL" if event == "INSERT" else _values("OLD", names)
    new = "NULL" if event == "DELETE" else _values("NEW", names)
    return (
        f"CREATE TRIGGER record_{table}_{event.lower()} AFTER {event} ON {table} BEGIN {_OUTSIDE} "
        f"INSERT INTO changes(seq, tbl, row, op, old, new) VALUES "
        f"((SELECT max(seq) FROM actions), '{table}', {row}.id, '{event[0]}', {old}, {new}); END"
    )


def _sealed(table: str, event: str, *, voids: bool) -> str:
    """`voids`: whether the file knows void reports, which seal nothing."""
    row = "OLD" if event == "DELETE" else "NEW"
    valid = "AND r.void = 0 " if voids else ""
    day = _DAY_OF[table].format(row=row)
    return (
        f"CREATE TRIGGER sealed_{table}_{event.lower()} BEFORE {event} ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'floorlead: sealed day') WHERE EXISTS "
        f"(SELECT 1 FROM reports r WHERE r.day = {day} {valid}AND NOT EXISTS "
        f"(SELECT 1 FROM reports n WHERE n.day = r.day AND n.revision > r.revision) AND NOT EXISTS "
        f"(SELECT 1 FROM reopens o WHERE o.day = r.day AND o.revision = r.revision)); END"
    )


def _fixed(table: str, event: str) -> str:
    return (
        f"CREATE TRIGGER fixed_{table}_{event.lower()} BEFORE {event} ON {table} BEGIN "
        f"SELECT RAISE(ABORT, 'floorlead: {table} never change'); END"
    )


def _log_guards() -> dict[str, str]:
    """The log grows at its end only; an action is closed once, a change's payload may only be erased."""
    return {
        "actions_closed": "CREATE TRIGGER actions_closed BEFORE UPDATE ON actions WHEN OLD.chain <> '' "
        "AND NOT (NEW.salt IS NULL AND NEW.what = '' AND NEW.args = '' AND NEW.seq = OLD.seq "
        "AND NEW.chain = OLD.chain AND NEW.digest = OLD.digest) BEGIN "
        "SELECT RAISE(ABORT, 'floorlead: the log is never edited'); END",
        "actions_kept": "CREATE TRIGGER actions_kept BEFORE DELETE ON actions BEGIN "
        "SELECT RAISE(ABORT, 'floorlead: the log is never edited'); END",
        "changes_fixed": "CREATE TRIGGER changes_fixed BEFORE UPDATE ON changes WHEN NOT "
        "(NEW.old IS NULL AND NEW.new IS NULL AND NEW.id = OLD.id AND NEW.seq = OLD.seq) BEGIN "
        "SELECT RAISE(ABORT, 'floorlead: the log is never edited'); END",
        "changes_kept": "CREATE TRIGGER changes_kept BEFORE DELETE ON changes BEGIN "
        "SELECT RAISE(ABORT, 'floorlead: the log is never edited'); END",
    }


def expected_triggers(db: sqlite3.Connection) -> dict[str, str]:
    """Every trigger that the file must hold, by name."""
    wanted = _log_guards()
    events = ("INSERT", "UPDATE", "DELETE")
    there = recorded(db)
    for table in there:
        names = columns(db, table)
        wanted |= {f"record_{table}_{e.lower()}": _record(table, e, names) for e in events}
    voids = "void" in columns(db, "reports")
    wanted |= {f"sealed_{t}_{e.lower()}": _sealed(t, e, voids=voids) for t in _DAY_OF if t in there for e in events}
    return wanted | {f"fixed_{t}_{e.lower()}": _fixed(t, e) for t in FIXED if t in there for e in ("UPDATE", "DELETE")}


def present_triggers(db: sqlite3.Connection) -> dict[str, str]:
    """Every trigger that the file holds, by name."""
    return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall())


def install_triggers(db: sqlite3.Connection) -> list[str]:
    """Make the file's triggers the expected ones, inside the caller's transaction; returns the names that
    differed."""
    wanted, there = expected_triggers(db), present_triggers(db)
    wrong = [name for name in {**wanted, **there} if wanted.get(name) != there.get(name)]
    for name in wrong:
        db.execute(f"DROP TRIGGER IF EXISTS {name}") if name.isidentifier() else None
        if name in wanted:
            db.execute(wanted[name])
    return wrong
