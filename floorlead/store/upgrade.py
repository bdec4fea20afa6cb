"""Bringing a new or older file up to this program's schema: all or nothing, a backup first.

sqlite-utils runs the told steps; it is imported here only, because most starts have nothing to tell.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from floorlead.store import aftermath, file, loose, schema
from floorlead.store.errors import Refused
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.store import Store


def upgrade(store: Store, version: int) -> None:
    """Run the steps that the file has not seen, in one transaction; raises Refused and leaves it as it
    was."""
    from sqlite_utils import Database

    from floorlead.store.migrations import STEPS, history

    if version:
        from floorlead.store.backup import back_up

        back_up(store, "migration")
    db = store.connection
    try:
        db.execute("BEGIN IMMEDIATE")
        if not _another_was_first(db):
            history.apply(Database(db))
            db.execute(f"PRAGMA application_id = {file.APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {len(STEPS)}")
            schema.install_triggers(db)
            loose.settle(db)
        aftermath.commit(db, lambda: _another_was_first(db))
    except Exception as error:
        if db.in_transaction:
            db.execute("ROLLBACK")
        sentence = _("The file could not be brought up to this version; it is as it was: {reason}")
        raise Refused("E17", sentence.format(reason=error)) from error
    if version:
        aftermath.brought_up(store.path)


def _another_was_first(db: sqlite3.Connection) -> bool:
    """Another terminal made or migrated the file while this one waited for it."""
    return bool(db.execute("PRAGMA user_version").fetchone()[0] == file.VERSION)
