"""All reading and writing of cards. A card exists in the file from its first mark on; before that it is only drawn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead.checks import lists, subjects
from floorlead.checks.records import Card, CardWords, Item, Mark, RestPass, Row
from floorlead.checks.subjects import CAR, PIECE, left_since, live_rows, moved
from floorlead.record import replace
from floorlead.store import Store, chain, decided
from floorlead.words import pick

Cell = tuple[Row, Item, Mark | None]
DAY_SUBJECT = subjects.DAY_SUBJECT
_MARK_COLUMNS = (
    "result, at, by, late, backfilled, single, was, first, first_at, reason, value, owner_id, points"  # as Mark
)
EXCEPTION = "(m.result = 'fail' OR m.late = 1 OR m.first IS NOT NULL)"


def card(store: Store, day: date, words: CardWords) -> Card:
    """A day's card, as it was made or as it would be made now."""
    kept = store.rows(
        "SELECT c.id, w.body, c.opened_at, c.opened_by FROM cards c JOIN card_words w ON w.id = c.words_id "
        "WHERE c.day = ? AND c.code = ?", day.isoformat(), words.code,
    )  # fmt: skip
    if not kept:
        return Card(0, day, words, "", "", live_rows(store, day, words))
    ident, body, opened_at, opened_by = kept[0]
    made = Card(ident, day, lists.from_json(json.loads(body)), opened_at, opened_by, [])
    made.rows = _kept_rows(store, made)
    _read_marks(store, made)
    return made


def kept_codes(store: Store, day: date) -> list[str]:
    """The codes of the cards that were made on a day, in their order."""
    return [code for (code,) in store.rows("SELECT code FROM cards WHERE day = ? ORDER BY id", day.isoformat())]


def cards_of(store: Store, day: date, *, owed: bool = False) -> list[Card]:
    """A day's cards: those in force today, or for an earlier day those that were made (`owed`: or should have been)."""
    made = kept_codes(store, day)
    wanted = set(made)
    if owed or day >= store.today():
        wanted |= {one.code for one in lists.in_force(store)}
    known = {one.code: one for one in lists.every(store)}
    gone = {
        code: CardWords(code, "", "", False, (), ()) for code in made if code not in known
    }  # its words are kept with it
    return [card(store, day, one) for code, one in (known | gone).items() if code in wanted]


def _kept_rows(store: Store, made: Card) -> list[Row]:
    """The rows a card was made with; on its own day also those that came since, each list in walking order."""
    rows = store.rows(
        "SELECT id, list, subject, position, number, label, label_en, owner_id FROM card_rows WHERE card_id = ? ORDER BY id",
        made.id,
    )
    made.rows = [Row(*row) for row in rows]
    live = {(r.list, r.subject): r for r in live_rows(store, made.day, made.words)}
    if made.day < store.today():
        gone = left_since(store, made)
        found = [moved(r) if r.subject in gone else _dressed(r, live.get((r.list, r.subject))) for r in made.rows]
    else:
        found = _of_today(made.rows, live)
    order = [one.code for one in made.words.lists]
    return sorted(found, key=lambda row: (order.index(row.list), row.position))


def _of_today(kept: list[Row], live: dict[tuple[str, str], Row]) -> list[Row]:
    """The kept rows on their own day, each as it stands now, and those that came since."""
    cars = {(row.list, row.number): row for row in live.values() if row.subject.startswith(CAR)}
    own = {(r.list, c.subject) for r in kept if r.subject.startswith(PIECE) and (c := cars.get((r.list, r.number)))
           and c.label == r.label}  # fmt: skip
    known = {(row.list, row.subject) for row in kept}
    new = [row for key, row in live.items() if key not in known and key not in own]
    return [_as_now(row, live, cars) for row in kept] + new


def _as_now(row: Row, live: dict[tuple[str, str], Row], cars: dict[tuple[str, str], Row]) -> Row:
    """A kept row on its own day: whose it is now, or that what stood there has moved since.

    A spot that was entered as a car this very day keeps its row when the car is what it was called.
    """
    now = live.get((row.list, row.subject))
    if now is None and row.subject.startswith(PIECE):
        car = cars.get((row.list, row.number))
        if car is None:
            return row
        return replace(row, owner_id=car.owner_id) if car.label == row.label else moved(row)
    if now is None:
        return moved(row) if row.subject.startswith(CAR) else row
    if row.subject.startswith((CAR, PIECE)):
        row = replace(row, owner_id=now.owner_id, number=now.number, position=now.position)
    return _dressed(row, now)


def _dressed(row: Row, live: Row | None) -> Row:
    """A kept row with what is only known live: whether the person is away, and its finding words."""
    return row if live is None else replace(row, away=live.away, search=live.search)


def _read_marks(store: Store, made: Card) -> None:
    by_id = {row.id: row for row in made.rows if row.id}
    sql = f"SELECT row_id, item, {_MARK_COLUMNS} FROM marks WHERE card_id = ?"
    for row_id, item, result, at, by, late, filled, *rest in store.rows(sql, made.id):
        row = by_id[row_id]
        made.marks[row.list, row.subject, item] = Mark(result, at, by, bool(late), bool(filled), *rest)
    made.passes = [
        RestPass(at, by, rows, marks, bool(filled))
        for at, by, rows, marks, filled in store.rows(
            "SELECT at, by, rows, marks, backfilled FROM card_passes WHERE card_id = ? ORDER BY id", made.id
        )
    ]


@decided
def put(
    store: Store, card: Card, cells: Sequence[Cell], what: str, rest: RestPass | None = None, /, **args: Any
) -> None:
    """Save marks (None clears one) as one action, and bring the card in hand up to date. Raises Refused."""
    with store.write(what, **args) as db:
        ident, rows = _ensure(db, card, {row.subject: row for row, _i, _m in cells}, store)
        for row, item, mark in cells:
            _put_mark(db, ident, rows[row.list, row.subject], item.code, mark)
        if rest:
            db.execute(
                "INSERT INTO card_passes(card_id, at, by, rows, marks, backfilled) VALUES (?, ?, ?, ?, ?, ?)",
                (ident, rest.at, rest.by, rest.rows, rest.marks, int(rest.backfilled)),
            )
    _follow(card, ident, rows, cells, rest)


def _follow(
    card: Card, ident: int, rows: dict[tuple[str, str], int], cells: Sequence[Cell], rest: RestPass | None
) -> None:
    """The card in hand after what was saved."""
    card.id = ident
    card.rows = [
        replace(r, id=rows[r.list, r.subject]) if not r.id and (r.list, r.subject) in rows else r for r in card.rows
    ]
    for row, item, mark in cells:
        key = (row.list, row.subject, item.code)
        if mark is None:
            card.marks.pop(key, None)
        else:
            card.marks[key] = mark
    if rest:
        card.passes.append(rest)


def _ensure(db: Any, card: Card, touched: dict[str, Row], store: Store) -> tuple[int, dict[tuple[str, str], int]]:
    """The card and its rows in the file; returns the card's id and the ids of its rows.

    Another terminal may have begun the same card, or added a row to it, since this one was read.
    """
    kept = db.execute(
        "SELECT id FROM cards WHERE day = ? AND code = ?", (card.day.isoformat(), card.words.code)
    ).fetchone()
    ident = kept[0] if kept else 0
    if not ident:
        values = (card.day.isoformat(), card.words.code, _words_id(db, card.words), card.opened_at or store.clock.stamp(),
                  card.opened_by or store.by)  # fmt: skip
        sql = "INSERT INTO cards(day, code, words_id, opened_at, opened_by) VALUES (?, ?, ?, ?, ?)"
        ident = db.execute(sql, values).lastrowid
    sql = "SELECT list, subject, id, owner_id, number FROM card_rows WHERE card_id = ?"
    found = {(one, subject): rest for one, subject, *rest in db.execute(sql, (ident,)).fetchall()}
    rows: dict[tuple[str, str], int] = {key: rest[0] for key, rest in found.items()}
    for row in card.rows:
        if (
            (old := found.get((row.list, row.subject)))
            and row.subject in touched
            and old[1:] != [row.owner_id, row.number]
        ):
            sql = "UPDATE card_rows SET owner_id = ?, number = ?, position = ? WHERE id = ?"
            db.execute(sql, (row.owner_id, row.number, row.position, old[0]))
        if (row.list, row.subject) in rows or (kept and row.subject not in touched):
            continue
        line = (ident, row.list, row.subject, row.position, row.number, row.label, row.label_en, row.owner_id)
        sql = "INSERT INTO card_rows(card_id, list, subject, position, number, label, label_en, owner_id) VALUES (?,?,?,?,?,?,?,?)"
        rows[row.list, row.subject] = db.execute(sql, line).lastrowid
    return ident, rows


def _words_id(db: Any, words: CardWords) -> int:
    body = chain.canonical(lists.to_json(words))
    digest = chain.sha(body)
    found = db.execute("SELECT id FROM card_words WHERE digest = ?", (digest,)).fetchone()
    if found:
        return int(found[0])
    return int(db.execute("INSERT INTO card_words(digest, body) VALUES (?, ?)", (digest, body)).lastrowid)


def _put_mark(db: Any, card: int, row: int, item: str, mark: Mark | None) -> None:
    if mark is None:
        db.execute("DELETE FROM marks WHERE row_id = ? AND item = ?", (row, item))
        return
    values = (mark.result, mark.at, mark.by, int(mark.late), int(mark.backfilled), mark.single, mark.was, mark.first,
              mark.first_at, mark.reason, mark.value, mark.owner_id, mark.points)  # fmt: skip
    settings = ", ".join(f"{name} = ?" for name in _MARK_COLUMNS.split(", "))
    done = db.execute(f"UPDATE marks SET {settings} WHERE row_id = ? AND item = ?", (*values, row, item))
    if not done.rowcount:
        sql = f"INSERT INTO marks(card_id, row_id, item, {_MARK_COLUMNS}) VALUES ({', '.join('?' * 16)})"
        db.execute(sql, (card, row, item, *values))


def earlier(store: Store, row: Row, item: Item, day: date) -> list[date]:
    """The days of this month before `day` on which this row stood out in this item, the newest first."""
    found = store.rows(
        "SELECT DISTINCT c.day FROM marks m JOIN card_rows r ON r.id = m.row_id JOIN cards c ON c.id = m.card_id "
        f"WHERE {EXCEPTION} AND m.at >= ? AND m.at < ? AND r.subject = ? AND m.item = ? ORDER BY c.day DESC",
        day.replace(day=1).isoformat(), (day + timedelta(days=2)).isoformat(), row.subject, item.code,
    )  # fmt: skip
    return [date.fromisoformat(text) for (text,) in found if text < day.isoformat()]


def points_since(store: Store, first: date, last: date) -> list[tuple[int, int, int]]:
    """(person id, exceptions, points) from one day to another, both included, most points first."""
    rows = store.rows(
        f"SELECT m.owner_id, count(*), sum(m.points) FROM marks m WHERE {EXCEPTION} AND m.at >= ? AND m.at < ? "
        "AND m.owner_id IS NOT NULL GROUP BY m.owner_id ORDER BY 3 DESC, 2 DESC, 1",
        first.isoformat(), (last + timedelta(days=1)).isoformat(),
    )  # fmt: skip
    return [(int(who), int(count), int(points)) for who, count, points in rows]


def quiet_days(store: Store, most: int) -> int:
    """How many of the newest days with a card, up to `most`, passed in a row without any exception."""
    days = [d for (d,) in store.rows("SELECT DISTINCT day FROM cards ORDER BY day DESC LIMIT ?", most)]
    last = store.one(f"SELECT max(m.at) FROM marks m WHERE {EXCEPTION} AND m.at >= ?", days[-1]) if days else None
    return len([d for d in days if last is None or d > last[:10]])


@decided
def put_switch(store: Store, code: str, is_on: bool, words: str, name: dict[str, str]) -> None:
    """Keep whether the showroom uses a card."""
    with store.write(words, card=name) as db:
        done = db.execute("UPDATE check_lists SET is_on = ? WHERE code = ?", (int(is_on), code))
        if not done.rowcount:
            db.execute("INSERT INTO check_lists(code, is_on) VALUES (?, ?)", (code, int(is_on)))


@decided
def put_item(store: Store, list_code: str, code: str, body: str, words: str, name: dict[str, str]) -> None:
    """Keep the showroom's own wording of an item as JSON, `null` when it was taken off the list."""
    with store.write(words, item=name) as db:
        done = db.execute("UPDATE check_items SET body = ? WHERE list = ? AND code = ?", (body, list_code, code))
        if not done.rowcount:
            db.execute("INSERT INTO check_items(list, code, body) VALUES (?, ?, ?)", (list_code, code, body))


def owner_name(store: Store, row: Row) -> str:
    """Who answers for a row, in the language spoken now."""
    if row.owner_id is None:
        return ""
    found = store.rows("SELECT name, name_en FROM people WHERE id = ?", row.owner_id)
    return pick(*found[0]) if found else ""
