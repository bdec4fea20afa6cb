"""Reading the library of rivals and talk tracks."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.store import Store
from floorlead.talks.records import Kind, Talk

COLUMNS = "kind, title, body, model_id, competitor, made_on, changed_at, by, retired_on, search"
_SELECT = f"SELECT id, {COLUMNS} FROM talks"


def _talk(row: tuple[Any, ...]) -> Talk:
    ident, kind, title, body, model, competitor, made, changed, by, retired, search = row
    days = date.fromisoformat(made), date.fromisoformat(retired) if retired else None
    return Talk(ident, Kind(kind), title, body, model, competitor, days[0], changed, by, days[1], search)


def everything(store: Store) -> list[Talk]:
    """The whole library, retired pages too, what was changed last first."""
    return [_talk(row) for row in store.rows(f"{_SELECT} ORDER BY changed_at DESC, id DESC")]


def in_use(store: Store, kind: Kind | None = None) -> list[Talk]:
    """The pages in use, of a kind or of both, what was changed last first."""
    return [one for one in everything(store) if not one.retired and kind in (None, one.kind)]


def of(store: Store, ident: int) -> Talk | None:
    """A page by its id."""
    found = store.rows(f"{_SELECT} WHERE id = ?", ident)
    return _talk(found[0]) if found else None


def titles(store: Store) -> list[str]:
    """The titles in use, for a training's topic: talk tracks first, what was changed last first."""
    return [one.title for kind in (Kind.TALK, Kind.COMPETITOR) for one in in_use(store, kind)]


def about(store: Store, model: int | None = None, competitor: str = "") -> list[Talk]:
    """The pages in use about one of our models or a rival car; those about all models are among them."""
    rival = competitor.strip().lower()
    return [
        one for one in in_use(store)
        if (model is None or one.model_id in (None, model)) and (not rival or rival in one.competitor.lower())
    ]  # fmt: skip
