"""A draft that is read and changed in one go, so that two terminals that count in it at once lose no count."""

from __future__ import annotations

from collections.abc import Callable

from floorlead.store import Store, loose
from floorlead.store.errors import SQLITE, told


def change(store: Store, key: str, made: Callable[[str | None], str]) -> None:
    """Replace a draft by what `made` makes of it; what `made` raises leaves it as it was. Raises Refused (Busy)."""
    db = store.connection
    try:
        with store.deciding():
            found = db.execute("SELECT value FROM drafts WHERE key = ?", (key,)).fetchone()
            loose.put(db, key, made(found[0] if found else None))
            db.execute("COMMIT")
    except SQLITE as error:
        raise told(error) from error
