"""One door for every write: the file itself refuses what does not come through it, and takes all or
nothing."""

from __future__ import annotations

import ast
import re
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import floorlead
from floorlead import settings
from floorlead.store import Refused, log, schema, undo, verify
from tests.store.conftest import DAY, enter, person, picture, put, task

SOURCES = sorted(Path(floorlead.__file__).parent.rglob("*.py"))
WRITES = re.compile(r"\b(INSERT\s+(OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b")
BEGINS = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT)\b(?!:)")


def changes(store) -> int:
    return store.one("SELECT count(*) FROM changes")


@pytest.mark.parametrize("table", schema.RECORDED)
def test_sql_outside_the_door_is_refused_by_the_file(full, table):
    """Insert, change or delete by bare SQL: no row of any recorded table moves without an action."""
    store = full
    before = store.rows(f"SELECT * FROM {table}")
    copy = ", ".join(name if name != "id" else "id + 1000" for name in schema.columns(store.connection, table))
    bare = [
        f"DELETE FROM {table}",
        f"UPDATE {table} SET id = id",
        f"INSERT INTO {table} SELECT {copy} FROM {table}",
    ]
    for sql in bare:
        with pytest.raises(sqlite3.IntegrityError, match=r"floorlead: |UNIQUE"):
            store.connection.execute(sql)
    assert store.rows(f"SELECT * FROM {table}") == before


def test_an_empty_log_lets_nothing_in_either(store):
    with pytest.raises(sqlite3.IntegrityError, match="outside"):
        store.connection.execute("INSERT INTO settings(key, value) VALUES ('a', 'b')")


@pytest.mark.parametrize("sql", ["DELETE FROM actions", "DELETE FROM changes", "UPDATE changes SET new = 'x'",
    "UPDATE actions SET by = 'x'", "REPLACE INTO changes SELECT * FROM changes",
    "REPLACE INTO actions SELECT * FROM actions"])  # fmt: skip
def test_the_log_is_never_edited(store, sql):
    """Not even inside an action, and not by a REPLACE that would take a row away unseen."""
    settings.put(store, "showroom", "x")
    with pytest.raises(Refused, match="never edited"), store.write("Edited") as db:
        db.execute(sql)
    assert changes(store) == 1


@pytest.mark.parametrize("table", schema.FIXED)
def test_what_is_fixed_never_changes(full, table):
    """A sealed report stays as it was printed, inside an action too."""
    store = full
    first = schema.columns(store.connection, table)[1]
    for sql in (
        f"DELETE FROM {table}",
        f"UPDATE {table} SET {first} = {first}",
        f"REPLACE INTO {table} SELECT * FROM {table}",
    ):
        with pytest.raises(Refused, match="never change"), store.write("Changed") as db:
            db.execute(sql)


def test_a_replace_is_recorded_as_what_it_takes_and_puts(store, path):
    """Nothing leaves a table unseen: what a REPLACE pushed out is in the log and comes back with undo."""
    settings.put(store, "showroom", "x")
    before = picture(store)
    with store.write("Replaced") as db:
        db.execute("REPLACE INTO settings(key, value) VALUES ('showroom', 'y')")
    assert [op for (op,) in store.rows("SELECT op FROM changes ORDER BY id")] == ["I", "D", "I"]
    assert verify.verify(path).ok
    undo.undo(store)
    assert picture(store) == before


def test_an_action_without_a_change_leaves_nothing(store):
    with store.write("Looked at"):
        pass
    settings.put(store, "showroom", "")
    assert store.rows("SELECT * FROM actions") == []


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, sqlite3.IntegrityError])
def test_an_error_in_the_middle_leaves_nothing(store, error):
    """Three of five rows typed and then a fault: none is there, and the next action goes through."""
    with pytest.raises((error, Refused)), store.write("Half") as db:
        for _n in range(3):
            put(db, "tasks", **task())
        raise error
    assert (store.rows("SELECT * FROM tasks"), store.rows("SELECT * FROM actions"), changes(store)) == (
        [],
        [],
        0,
    )
    enter(store, "tasks", **task())
    assert store.one("SELECT max(seq) FROM actions") == 1


def test_what_the_tables_refuse_leaves_nothing(store):
    """The same number twice: the second person is refused, the whole list with him."""
    enter(store, "people", **person(1))
    with pytest.raises(Refused, match="UNIQUE"), store.write("List") as db:
        put(db, "people", **person(2))
        put(db, "people", **person(1))
    assert store.one("SELECT count(*) FROM people") == 1


def test_a_write_inside_a_write_is_a_mistake_of_the_program(store):
    with pytest.raises(RuntimeError), store.write("Outer") as db:
        put(db, "tasks", **task())
        with store.write("Inner"):
            pass
    assert changes(store) == 0


def test_an_action_says_who_when_and_on_which_day(store):
    """The report's "who, when" is the log's own."""
    store.by = "林晓峰"
    enter(store, "tasks", **task())
    with store.write("Task {text}", by="王", text={"zh": "传达", "en": "tell"}) as db:
        put(db, "tasks", **task())
    second, first = log.actions(store)
    assert (first.by, first.day, first.at) == ("林晓峰", DAY, "2026-11-23T00:41:00.000Z")
    assert (second.by, second.words()) == ("王", "Task tell")
    assert log.local_time(store, second.at) == "08:41"


def test_a_draft_is_no_action(store):
    """A half-typed reason is kept and forgotten without a trace in the log."""
    store.keep_drafts({"note": "刘洋 无胸", "page": "3"})
    store.keep_drafts({"note": "刘洋 无胸卡", "page": None})
    assert (store.draft("note"), store.draft("page")) == ("刘洋 无胸卡", None)
    assert store.rows("SELECT * FROM actions") == []


MEASURED = st.floats(-1e15, 1e15, allow_nan=False, allow_subnormal=False).filter(lambda n: not n or abs(n) > 1e-9)
"""Numbers that somebody measures or counts; SQLite itself spells others near 1e-300 with their last digit wrong."""
VALUES = st.one_of(
    st.none(), st.integers(-(2**63), 2**63 - 1), MEASURED,
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40),
)  # fmt: skip


@given(st.lists(VALUES, min_size=1, max_size=6))
def test_what_is_recorded_reads_back_as_it_was(values):
    """Names with quotes, commas, NULL in them, any number: the log's spelling loses nothing."""
    db = sqlite3.connect(":memory:")
    text = db.execute("SELECT " + " || ',' || ".join("quote(?)" for _ in values), values).fetchone()[0]
    db.close()
    found = schema.parse_values(text)
    assert found == values
    assert [type(value) for value in found] == [type(value) for value in values]


def strings(source: Path) -> list[str]:
    """Every string of a module, the pieces of an f-string joined."""
    found = []
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            found.append("".join(p.value if isinstance(p, ast.Constant) else "x" for p in node.values))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
    return found


def is_store(source: Path) -> bool:
    return source.parent.name == "store"


@pytest.mark.parametrize("source", [s for s in SOURCES if not is_store(s)], ids=lambda s: f"{s.parent.name}/{s.stem}")
def test_only_queries_write_and_only_the_store_begins(source):
    """Outside the store an INSERT, UPDATE or DELETE stands in queries.py and moves.py only; a transaction nowhere."""
    said = strings(source)
    assert not [text for text in said if BEGINS.search(text)]
    assert not [text for text in said if re.search(r"\bOR\s+(REPLACE|IGNORE)\b|\bREPLACE\s+INTO\b", text)]
    if source.name not in ("queries.py", "moves.py", "settings.py"):
        assert not [text for text in said if WRITES.search(text)]


@pytest.mark.parametrize("source", [s for s in SOURCES if not is_store(s)], ids=lambda s: f"{s.parent.name}/{s.stem}")
def test_only_the_store_opens_the_file(source):
    """No other module imports sqlite-utils, connects by itself, or asks for the bare connection."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}
    assert "sqlite_utils" not in {name.split(".")[0] for name in names}
    asked = {ast.unparse(n) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    assert "sqlite3.connect" not in asked
    if source.name != "demo.py":  # it makes a file of its own that nobody knows yet
        assert not {name for name in asked if name.endswith(".connection")}
