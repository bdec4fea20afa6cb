"""All reading and writing of cards. A card exists in the file from its first mark on; before that it is only drawn."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead.checks import lists
from floorlead.checks.records import Card, CardWords, Item, Mark, RestPass, Row
from floorlead.furniture import queries as furniture_queries
from floorlead.people import queries as people_queries
from floorlead.record import replace
from floorlead.store import Store, chain
from floorlead.words import pick

Cell = tuple[Row, Item, Mark | None]
DAY_SUBJECT = "day:1"
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
        return Card(0, day, words, "", "", _live_rows(store, day, words))
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


def _live_rows(store: Store, day: date, words: CardWords) -> list[Row]:
    """The rows that a card made now would have, in walking order."""
    away = _away(store, day)
    staff = people_queries.staff(store, day)
    pieces = furniture_queries.standing(store)
    rows: list[Row] = []
    for one in words.lists:
        if one.subject == "person":
            found = [
                Row(0, one.code, f"person:{p.id}", n, str(n), p.name, p.name_en, p.id, away.get(p.id, ""), p.search)
                for n, p in enumerate((p for p in staff if p.on_cards), 1)
            ]
        elif one.subject == "day":
            found = [Row(0, one.code, DAY_SUBJECT, 1, "1", words.zh, words.en, None)]
        else:
            found = [
                Row(
                    0,
                    one.code,
                    f"furniture:{f.id}",
                    n,
                    f.spot or str(n),
                    f.label,
                    f.label_en,
                    f.keeper_id,
                    "",
                    f.search,
                )
                for n, f in enumerate((f for f in pieces if f.kind.value == one.subject), 1)
            ]
        rows += found
    return rows


def _away(store: Store, day: date) -> dict[int, str]:
    """Why people are not here on a day, by person."""
    return {one.person.id: one.words() for one in people_queries.day(store, day) if not one.here}


def _kept_rows(store: Store, made: Card) -> list[Row]:
    """The rows a card was made with; on its own day also those that came since."""
    rows = store.rows(
        "SELECT id, list, subject, position, number, label, label_en, owner_id FROM card_rows WHERE card_id = ? ORDER BY id",
        made.id,
    )
    live = {(r.list, r.subject): r for r in _live_rows(store, made.day, made.words)}
    kept = [_dressed(Row(*row), live.get((row[1], row[2]))) for row in rows]
    known = {(row.list, row.subject) for row in kept}
    new = [row for key, row in live.items() if key not in known] if made.day >= store.today() else []
    order = [one.code for one in made.words.lists]
    return sorted(kept + new, key=lambda row: order.index(row.list))


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
    found = db.execute("SELECT list, subject, id FROM card_rows WHERE card_id = ?", (ident,)).fetchall()
    rows: dict[tuple[str, str], int] = {(one, subject): row for one, subject, row in found}
    for row in card.rows:
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


def put_switch(store: Store, code: str, is_on: bool, words: str, name: dict[str, str]) -> None:
    """Keep whether the showroom uses a card."""
    with store.write(words, card=name) as db:
        done = db.execute("UPDATE check_lists SET is_on = ? WHERE code = ?", (int(is_on), code))
        if not done.rowcount:
            db.execute("INSERT INTO check_lists(code, is_on) VALUES (?, ?)", (code, int(is_on)))


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
