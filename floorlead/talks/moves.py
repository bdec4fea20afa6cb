"""Writing the library: a page entered or changed, retired, used again; each one action."""

from __future__ import annotations

from typing import Any

from floorlead.cars import queries as cars
from floorlead.finding import search_words
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.store.deciding import must_still
from floorlead.talks import queries
from floorlead.talks.records import Kind, Talk
from floorlead.text import free
from floorlead.words import N_, _

TITLE_LIMIT, BODY_LIMIT, NAME_LIMIT = 60, 500, 40


def blank(store: Store, kind: Kind = Kind.TALK) -> Talk:
    """A page still to be written."""
    return Talk(0, kind, "", "", None, "", store.today(), store.clock.stamp(), store.by, None)


@decided
def save(store: Store, talk: Talk, before: Talk | None = None) -> int:
    """Enter or change a page; returns its id. Raises Refused without a title, for one that stands there already."""
    talk = _ready(store, talk)
    words = N_("Library changed: {title}") if before else N_("Library: {title}")
    with store.write(words, title=talk.title) as db:
        if before is None:
            names = queries.COLUMNS
            sql = f"INSERT INTO talks({names}) VALUES ({', '.join('?' * len(names.split(', ')))})"
            return int(db.execute(sql, _values(talk)).lastrowid or 0)
        if queries.of(store, before.id) != before:
            raise Refused("E363", _("This was changed by another terminal meanwhile; look again"))
        if replace(talk, changed_at=before.changed_at, by=before.by) != before:
            settings = ", ".join(f"{name} = ?" for name in queries.COLUMNS.split(", "))
            db.execute(f"UPDATE talks SET {settings} WHERE id = ?", (*_values(talk), talk.id))
        return talk.id
    raise AssertionError


def _ready(store: Store, talk: Talk) -> Talk:
    title = free(talk.title, TITLE_LIMIT)
    if not title:
        raise Refused("E365", _("A page needs a title"))
    if any(one.title == title and one.id != talk.id for one in queries.in_use(store)):
        raise Refused("E366", _("'{title}' stands in the library already").format(title=title))
    model = next((one for one in cars.models(store) if one.id == talk.model_id), None)
    rival = free(talk.competitor, NAME_LIMIT)
    names = (title, rival, *((model.name, model.name_en, model.code) if model else ()))
    return replace(
        talk, title=title, body=free(talk.body, BODY_LIMIT), competitor=rival, search=search_words(*names),
        changed_at=store.clock.stamp(), by=store.by,
    )  # fmt: skip


def _values(talk: Talk) -> tuple[Any, ...]:
    retired = talk.retired_on.isoformat() if talk.retired_on else None
    return (
        talk.kind.value, talk.title, talk.body, talk.model_id, talk.competitor, talk.made_on.isoformat(),
        talk.changed_at, talk.by, retired, talk.search,
    )  # fmt: skip


@decided
def retire(store: Store, talk: Talk) -> None:
    """A page is no longer used, or is used again. Raises Refused where another of its title stands there by now."""
    must_still(queries.of(store, talk.id), talk)
    if talk.retired and any(one.title == talk.title for one in queries.in_use(store)):
        raise Refused("E366", _("'{title}' stands in the library already").format(title=talk.title))
    words = N_("Library: {title} is used again") if talk.retired else N_("Library: {title} retired")
    with store.write(words, title=talk.title) as db:
        day = None if talk.retired else store.today().isoformat()
        db.execute("UPDATE talks SET retired_on = ? WHERE id = ?", (day, talk.id))
