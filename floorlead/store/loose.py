"""What lies in the file beside the log: half-typed texts, places, and the tables' own words.

No action covers them, so each carries a digest of its own: damage there is found like any other. Old files have none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from floorlead.store import chain, schema

SCHEMA = "#schema"
"""The draft that holds no text, only the digest of the tables' words and of the steps that were told."""
DIGESTS_SINCE = 6
"""The version of the file whose drafts have digests."""


def put(db: sqlite3.Connection, key: str, value: str | None) -> None:
    """Keep a draft in the caller's transaction; None forgets it."""
    if value is None:
        db.execute("DELETE FROM drafts WHERE key = ?", (key,))
    elif _has_digests(db):
        row = (key, value, chain.sha(key, value))
        db.execute("INSERT OR REPLACE INTO drafts(key, value, digest) VALUES (?, ?, ?)", row)
    else:
        db.execute("INSERT OR REPLACE INTO drafts(key, value) VALUES (?, ?)", (key, value))


def settle(db: sqlite3.Connection) -> None:
    """Take what lies there for right, once the steps to this version are told."""
    if _has_digests(db):
        for key, value in db.execute("SELECT key, value FROM drafts WHERE key <> ?", (SCHEMA,)).fetchall():
            put(db, key, value)
        row = (SCHEMA, "", _of_schema(db))
        db.execute("INSERT OR REPLACE INTO drafts(key, value, digest) VALUES (?, ?, ?)", row)


def changed(db: sqlite3.Connection) -> Iterator[str]:
    """The keys of the drafts that are not as they were kept; `SCHEMA` for the tables' words."""
    if db.execute("PRAGMA user_version").fetchone()[0] < DIGESTS_SINCE:
        return
    there = {key: (value, digest) for key, value, digest in db.execute("SELECT key, value, digest FROM drafts")}
    if there.pop(SCHEMA, None) != ("", _of_schema(db)):
        yield SCHEMA
    yield from (key for key, (value, digest) in there.items() if digest != chain.sha(key, value))


def _has_digests(db: sqlite3.Connection) -> bool:
    return "digest" in schema.columns(db, "drafts")


def _of_schema(db: sqlite3.Connection) -> str:
    """The digest of every table, index and view as it was written, of the steps told, and of the file's version."""
    sql = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE type <> 'trigger' ORDER BY type, name"
    steps = "SELECT * FROM _sqlite_migrations ORDER BY 1"
    rows = [*db.execute(sql).fetchall(), *db.execute(steps).fetchall(), db.execute("PRAGMA user_version").fetchone()]
    return chain.sha(*(repr(cell) for row in rows for cell in row))
