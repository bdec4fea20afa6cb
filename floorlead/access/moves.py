"""Noting who saw what, and erasing customers for good: rows, log, backups; counts stay, nobody is named."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from floorlead.access import queries, rules
from floorlead.access.records import Found, Purged, Subject
from floorlead.clock import Clock
from floorlead.record import replace
from floorlead.store import Refused, Store, aftermath, cleaning, decided, erase, naming, sweeping, typed
from floorlead.text import free
from floorlead.words import N_, _, both

WHY_LIMIT = 400


@decided
def note(store: Store, kind: str, subjects: Sequence[Subject], why: str = "", count: int | None = None) -> None:
    """Note an access to customers' data as an action of its own, which undo leaves alone.

    `kind` is one of `rules.KINDS`; `count` is how many were shown when more than the subjects. Raises Refused.
    """
    with noting(store, kind, subjects, why, count):
        pass


@contextlib.contextmanager
def noting(
    store: Store, kind: str, subjects: Sequence[Subject], why: str = "", count: int | None = None
) -> Iterator[None]:
    """Note an access together with what gives it: what fails in here leaves no note."""
    shown = len(subjects) if count is None else count
    words = N_("Customer data: {what}, {count}")
    with store.write(words, kind="note", what=both(rules.KINDS[kind]), count=shown) as db:
        put(db, store, kind, subjects, why, shown)
        yield


def put(db: Any, store: Store, kind: str, subjects: Sequence[Subject], why: str = "", count: int | None = None) -> None:
    """Note an access inside an action that is open already."""
    shown = len(subjects) if count is None else count
    sql = "INSERT INTO accesses(day, at, by, kind, why, count) VALUES (?, ?, ?, ?, ?, ?)"
    row = (store.today().isoformat(), store.clock.stamp(), store.by, kind, free(why, WHY_LIMIT), shown)
    ident = db.execute(sql, row).lastrowid
    rows = [(ident, table, row) for table, row in dict.fromkeys(subjects)]
    db.executemany("INSERT INTO access_rows(access_id, tbl, row) VALUES (?, ?, ?)", rows)


def purge(store: Store, who: Found) -> Purged:
    """Erase persons from the file, its log and every backup; a crash in between leaves them in the file to try again.

    Raises Refused (E402) while an order of theirs is to be delivered.
    """
    may_purge(who)
    first = purge_backups(store.path, store.clock, store.by, who)
    return purge_file(store, who, first)


def may_purge(who: Found) -> None:
    """Raise Refused where nobody is meant, or an order is still to be delivered."""
    if not who.subjects and not who.phones:
        raise Refused("E403", _("Nobody is to be erased"))
    if who.open_orders:
        sentence = _("Order {numbers} is still to be delivered; deliver or cancel it first, then erase")
        raise Refused("E402", sentence.format(numbers=" ".join(who.open_orders)))


def purge_backups(path: Path, clock: Clock, by: str, who: Found, *, drop: bool = False) -> cleaning.Cleaned:
    """Write every backup that names them anew without them; fit for a thread beside the app.

    With `drop` a backup that can never be written anew is removed: only when they are erased from the file itself.
    """

    def clean_one(store: Store) -> None:
        _erase(store, replace(_as_in(store, who), names=who.names), noted=False)

    return cleaning.rewrite_backups(path, clock, by, clean_one, drop=drop)


def purge_file(store: Store, who: Found, before: cleaning.Cleaned) -> Purged:
    """Erase them from the file itself, then look through every file of the data folder for what is left."""
    papers = queries.papers(store, who.subjects)
    outside = queries.outside(store, who.subjects)
    whom = naming.Whom(erase.Numbers(who.phones), who.names, naming.others_there(store, who.subjects))
    done = _erased_from_file(store, who, before)
    for one in outside:
        sweeping.sweep_outside(Path(one.path))
    gone: list[Path] = []
    with aftermath.step(_("Papers that may show a number were not removed: {reason}")):
        cleaning.drop_papers(store.path, papers)
        gone = cleaning.drop_kept(store.path, whom)
    with aftermath.step(_("What was typed while the file was held was not removed: {reason}")):
        typed.remove(store.path)
    erase.compact(store)
    after = purge_backups(store.path, store.clock, store.by, who, drop=True)
    replaced = before.replaced + after.replaced
    if replaced:
        with aftermath.step("{reason}"):
            cleaning.back_up(store)
    left = cleaning.holding(store.path, erase.Numbers(who.phones))
    return Purged(
        len(who.customers), len(who.orders), len(who.entries), done.texts, done.actions, before.rewritten + after.rewritten,
        replaced, tuple(map(str, left)), done.reports, done.kept, tuple(map(str, gone)), tuple(outside),
    )  # fmt: skip


def _erased_from_file(store: Store, who: Found, before: cleaning.Cleaned) -> erase.Erased:
    """Raises Refused; the file is then as it was, and what the backups have lost already is said."""
    try:
        return _erase(store, who, noted=True)
    except Refused as refused:
        if not before.rewritten:
            raise
        told = _("The file is as it was; {count} backups are already without them").format(count=before.rewritten)
        raise type(refused)(refused.code, f"{refused.sentence}. {told}") from refused


def _erase(store: Store, who: Found, *, noted: bool) -> erase.Erased:
    def noting(db: Any) -> None:
        put(db, store, "purge", who.subjects, count=len(who.subjects) or len(who.phones))

    rows = queries.blanked(store, who)
    numbers = erase.Numbers(who.phones)
    return erase.erase(store, rows, numbers, noting, len(who.subjects), who.names, noted=noted)


def note_copy(store: Store, path: Path) -> None:
    """Note that a whole copy of the file was written elsewhere: whoever is erased later is told where it lies."""
    count = store.one("SELECT count(*) FROM customers")
    note(store, "export", [], str(path.absolute()), count=count)


def _as_in(store: Store, who: Found) -> Found:
    """The same persons as a backup knows them: by their numbers, and those without one by row and name."""
    known = [("customers", row) for row, name in who.nameless if _named(store, row) == name]
    return queries.found(store, who.phones, known)


def _named(store: Store, row: int) -> str | None:
    found = store.rows("SELECT name FROM customers WHERE id = ? AND phone = ''", row)
    return str(found[0][0]) if found else None
