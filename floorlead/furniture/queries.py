"""All reading and writing of the showroom's furniture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from floorlead.finding import search_words
from floorlead.furniture.records import Furniture, Kind
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.text import clean
from floorlead.words import N_, _

_COLUMNS = "id, kind, spot, label, label_en, keeper_id, position, removed_on, search"


def standing(store: Store) -> list[Furniture]:
    """What stands in the showroom now, in walking order, one kind after the other."""
    sql = f"SELECT {_COLUMNS} FROM furniture WHERE removed_on IS NULL ORDER BY kind, position, id"
    return [_furniture(row) for row in store.rows(sql)]


def _furniture(row: tuple[Any, ...]) -> Furniture:
    return Furniture(row[0], Kind(row[1]), *row[2:])


def blank(kind: Kind = Kind.DISPLAY_CAR) -> Furniture:
    """A piece still to be entered."""
    return Furniture(0, kind, "", "", "", None, 0, None, "")


def save(store: Store, piece: Furniture, before: Furniture | None = None, place: int | None = None) -> int:
    """Enter or change a piece; returns its id. Raises Refused.

    `before` is the record that was edited, `place` the place among those of its kind (1 first).
    """
    piece = _ready(store, piece)
    words = N_("Changed {label}") if piece.id else N_("Added {label}")
    with store.write(words, label=_both(piece)) as db:
        if piece.id:
            _must_be(db, before)
            _update(db, piece)
        ident = piece.id or _insert(db, piece)
        if place:
            _move(db, piece.kind, ident, place)
    return ident


def _must_be(db: Any, before: Furniture | None) -> None:
    """Refuse when the record is no longer what was edited."""
    if before is None:
        return
    row = db.execute(f"SELECT {_COLUMNS} FROM furniture WHERE id = ?", (before.id,)).fetchone()
    if row is None or _furniture(row) != before:
        sentence = _("{name} was changed by another terminal meanwhile; look again")
        raise Refused("E43", sentence.format(name=before.shown))


def _move(db: Any, kind: Kind, ident: int, place: int) -> None:
    """Put a piece at a place among those of its kind; the others keep their order."""
    sql = "SELECT id FROM furniture WHERE kind = ? AND removed_on IS NULL AND id <> ? ORDER BY position, id"
    order = [other for (other,) in db.execute(sql, (kind.value, ident)).fetchall()]
    order.insert(place - 1, ident)
    steps = [(n, other, n) for n, other in enumerate(order, 1)]
    db.executemany("UPDATE furniture SET position = ? WHERE id = ? AND position <> ?", steps)


def remove(store: Store, piece: Furniture) -> None:
    """Take a piece out of the showroom; past cards keep it."""
    with store.write(N_("Removed {label}"), label=_both(piece)) as db:
        _must_be(db, piece)
        _update(db, replace(piece, removed_on=store.today().isoformat()))


def _both(piece: Furniture) -> dict[str, str]:
    return {"zh": f"{piece.spot}{piece.label}", "en": f"{piece.spot} {piece.label_en or piece.label}".strip()}


def _ready(store: Store, piece: Furniture) -> Furniture:
    label, label_en, spot = clean(piece.label, 40), clean(piece.label_en, 40), clean(piece.spot, 8)
    if not label:
        raise Refused("E64", _("A spot or a table needs a name"))
    last = store.one("SELECT max(position) FROM furniture WHERE kind = ?", piece.kind.value) or 0
    place = piece.position or last + 1
    return replace(piece, label=label, label_en=label_en, spot=spot, position=place,
                   search=search_words(label, label_en, spot))  # fmt: skip


def _values(piece: Furniture) -> tuple[Any, ...]:
    return (piece.kind.value, piece.spot, piece.label, piece.label_en, piece.keeper_id, piece.position,
            piece.removed_on, piece.search)  # fmt: skip


def _insert(db: Any, piece: Furniture) -> int:
    sql = f"INSERT INTO furniture({_COLUMNS.removeprefix('id, ')}) VALUES ({', '.join('?' * 8)})"
    return int(db.execute(sql, _values(piece)).lastrowid)


def _update(db: Any, piece: Furniture) -> None:
    names = _COLUMNS.removeprefix("id, ").split(", ")
    sql = f"UPDATE furniture SET {', '.join(f'{n} = ?' for n in names)} WHERE id = ?"
    db.execute(sql, (*_values(piece), piece.id))


def load(store: Store, path: Path) -> int:
    """Enter a shipped CSV file (kind, spot, label, label_en, keeper's number, position) as one action."""
    keepers = dict(store.rows("SELECT number, id FROM people"))
    import csv

    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    pieces = [
        Furniture(0, Kind(r["kind"]), r["spot"], r["label"], r["label_en"], keepers.get(r["keeper"]),
                  int(r["position"]), None, "")
        for r in rows
    ]  # fmt: skip
    with store.write(N_("{count} spots and tables"), count=len(pieces)) as db:
        for piece in pieces:
            _insert(db, _ready(store, piece))
    return len(pieces)
