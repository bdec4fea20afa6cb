"""All reading and writing of the showroom's furniture."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from floorlead.finding import search_words
from floorlead.furniture import rules
from floorlead.furniture.records import Furniture, Kind
from floorlead.people import queries as people_queries
from floorlead.people.records import Role
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

_COLUMNS = "id, kind, spot, label, label_en, keeper_id, position, removed_on, search"


def standing(store: Store) -> list[Furniture]:
    """What stands in the showroom now, in walking order, one kind after the other."""
    sql = f"SELECT {_COLUMNS} FROM furniture WHERE removed_on IS NULL ORDER BY kind, position, id"
    return [_furniture(row) for row in store.rows(sql)]


def _furniture(row: tuple[Any, ...]) -> Furniture:
    return Furniture(row[0], Kind(row[1]), *row[2:])


def of(store: Store, ident: int) -> Furniture | None:
    """A piece by its id."""
    rows = store.rows(f"SELECT {_COLUMNS} FROM furniture WHERE id = ?", ident)
    return _furniture(rows[0]) if rows else None


def stand_ins(store: Store, day: date) -> dict[int, int]:
    """Who stands in for a keeper on a day, as {spot's id: person's id}."""
    return dict(store.rows("SELECT furniture_id, person_id FROM stand_ins WHERE day = ?", day.isoformat()))


def to_wipe(store: Store) -> list[rules.Spot]:
    """The display spots with something on them to wipe, each with its keeper: a spot where cars stood and that is
    empty now has nothing; one that never held a car goes by its own name."""
    sql = (
        "SELECT f.id, f.keeper_id FROM furniture f WHERE f.kind = 'display_car' AND f.removed_on IS NULL "
        "AND (EXISTS (SELECT 1 FROM cars c WHERE c.spot_id = f.id) "
        "OR NOT EXISTS (SELECT 1 FROM car_events e WHERE e.spot_id = f.id)) ORDER BY f.position, f.id"
    )
    return [(ident, keeper) for ident, keeper in store.rows(sql)]


def uncovered(store: Store, day: date) -> list[int]:
    """The spots whose keeper is not here on a day and for whom nobody stands in."""
    return rules.uncovered(to_wipe(store), _here(store, day), stand_ins(store, day))


def stand_ins_wanted(store: Store, day: date) -> dict[int, int]:
    """Who should stand in on a day, {spot's id: person's id}: consultants before the others, never manager or leader."""
    staff = [one.person for one in people_queries.day(store, day)]
    turns = [[p.id for p in staff if (p.role is Role.CONSULTANT) == first and p.on_cards] for first in (True, False)]
    return rules.propose_stand_ins(to_wipe(store), turns, _here(store, day), stand_ins(store, day))


def _here(store: Store, day: date) -> list[int]:
    return [one.person.id for one in people_queries.day(store, day) if one.here]


def blank(kind: Kind = Kind.DISPLAY_CAR) -> Furniture:
    """A piece still to be entered."""
    return Furniture(0, kind, "", "", "", None, 0, None, "")


@decided
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


@decided
def remove(store: Store, piece: Furniture) -> None:
    """Take a piece out of the showroom; past cards keep it. Raises Refused while a car stands there."""
    with store.write(N_("Removed {label}"), label=_both(piece)) as db:
        _must_be(db, piece)
        _must_be_empty(db, piece)
        _update(db, replace(piece, removed_on=store.today().isoformat()))


def _must_be_empty(db: Any, piece: Furniture) -> None:
    row = db.execute("SELECT vin FROM cars WHERE spot_id = ?", (piece.id,)).fetchone()
    if row:
        sentence = _("{spot} holds the car {tail}; take it off first, then remove the spot")
        raise Refused("E200", sentence.format(spot=piece.spot or piece.shown, tail=row[0][-4:]))


def _both(piece: Furniture) -> dict[str, str]:
    if piece.label == piece.spot:
        return {"zh": piece.spot, "en": piece.spot}
    return {"zh": f"{piece.spot}{piece.label}", "en": f"{piece.spot} {piece.label_en or piece.label}".strip()}


def _ready(store: Store, piece: Furniture) -> Furniture:
    label, label_en, spot = clean(piece.label, 40), clean(piece.label_en, 40), clean(piece.spot, 8)
    label = label or spot  # a spot that follows its cars needs no words of its own
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


@decided
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
