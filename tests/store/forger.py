"""A forger with the guards off: one value changed, then all recomputed that can be: log, digests, chain, heads, seals."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

from floorlead.store import Store, chain, erase, schema, seals
from tests.store import forging
from tests.store.conftest import forged

SEALED = ("reports", "templates", "reopens", "seals")
"""The tables whose every byte a paper proves."""


COMPUTED = ("head", "previous_seal", "seal", "digest")
ROUNDS = 6
"""Passes after which a forger gives up: where an older seal would have to cover a later one there is no end."""


def places(path: Path) -> list[forging.Place]:
    """Every column of every row of the sealed tables that a seal covers by now."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        covered = {
            "reports": "SELECT id FROM reports", "seals": "SELECT id FROM seals",
            "templates": "SELECT DISTINCT template_id FROM reports WHERE template_id IS NOT NULL",
            "reopens": f"SELECT id FROM reopens WHERE id <= {_last_covered(db)}",
        }  # fmt: skip
        return [
            forging.Place(table, column, row)
            for table, rows in covered.items()
            for (row,) in db.execute(rows).fetchall()
            for column in schema.columns(db, table)
        ]


def _last_covered(db: sqlite3.Connection) -> int:
    return max(
        (max(json.loads(m)["reopens"], default=0) for (m,) in db.execute("SELECT members FROM seals")), default=0
    )


def papers(path: Path) -> dict[int, str]:
    """The sixteen digits on each report's paper, by the report's row."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        return {row: seal[: chain.SEAL_DIGITS] for row, seal in db.execute("SELECT id, seal FROM reports ORDER BY id")}


def proven_by(path: Path, place: forging.Place) -> list[str]:
    """The papers that must catch a forged place: the first whose seal covers it and every later one."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        first = place.row
        if place.table == "templates":
            first = db.execute("SELECT min(id) FROM reports WHERE template_id = ?", (place.row,)).fetchone()[0]
        if place.table == "reopens":
            seals_of = db.execute("SELECT id, members FROM seals ORDER BY id").fetchall()
            first = next(row for row, members in seals_of if place.row in json.loads(members)["reopens"])
        ruled = [row for (row,) in db.execute("SELECT id FROM seals ORDER BY id")]
    return [paper for row, paper in papers(path).items() if row >= max(first, ruled[0])]


def forge(path: Path, place: forging.Place) -> None:
    """Change one value, then make the file agree with itself again.

    What is computed of the rest (seal, head, digest) is forged last: recomputed it would be the honest one.
    """
    with forged(path) as db:
        key = schema.columns(db, place.table)[0]
        if not _inside(db, place, key):
            assert forging.edits(db, place.table, place.column, key, place.row), place
        moved = db.execute(f"SELECT max({key}) FROM {place.table}").fetchone()[0] if place.column == key else place.row
        if place.column == key:
            _follow(db, place, moved)
        agree(db)
        if place.column in COMPUTED:
            assert forging.edits(db, place.table, place.column, key, place.row), place
            remember(db, place.table)
            relink(db)


def _inside(db: sqlite3.Connection, place: forging.Place, key: str) -> bool:
    """Change a word inside facts kept as JSON, so that they are still facts; False for any other column."""
    if (place.table, place.column) not in (("reports", "body"), ("seals", "members")):
        return False
    text = db.execute(f"SELECT {place.column} FROM {place.table} WHERE {key} = ?", (place.row,)).fetchone()[0]
    made = text.replace("晴", "雨").replace('"leaves":{', f'"leaves":{{"x/y":"{chain.new_salt()}",')
    assert made != text, place
    db.execute(f"UPDATE {place.table} SET {place.column} = ? WHERE {key} = ?", (made, place.row))
    return True


def hide(store: Store, place: forging.Place, value: object) -> None:
    """Change a value as if somebody were erased: the log keeps no word of what stood there, and its chain holds."""
    erase.erase(store, {(place.table, place.row): {place.column: value}}, erase.Numbers(()), _nothing, 1)


def _nothing(_db: object) -> None:
    return None


def _follow(db: sqlite3.Connection, place: forging.Place, moved: int) -> None:
    """Point to a row's other key wherever the old one stood."""
    db.execute("UPDATE changes SET row = ? WHERE tbl = ? AND row = ?", (moved, place.table, place.row))
    if place.table == "reports":
        db.execute("UPDATE seals SET id = ? WHERE id = ?", (moved, place.row))
        db.execute("UPDATE changes SET row = ? WHERE tbl = 'seals' AND row = ?", (moved, place.row))
    if place.table == "templates":
        db.execute("UPDATE reports SET template_id = ? WHERE template_id = ?", (moved, place.row))
    if place.table == "seals":
        db.execute("UPDATE reports SET id = ? WHERE id = ?", (moved, place.row))
        db.execute("UPDATE changes SET row = ? WHERE tbl = 'reports' AND row = ?", (moved, place.row))


def agree(db: sqlite3.Connection) -> None:
    """Everything recomputed until nothing changes any more: a seal holds a head, and the log holds the seals."""
    db.execute("UPDATE templates SET digest = digest")
    for row, source in db.execute("SELECT id, source FROM templates").fetchall():
        db.execute("UPDATE templates SET digest = ? WHERE id = ?", (chain.sha(source), row))
    for table in ("templates", "reopens", "people"):
        remember(db, table)
    before = ""
    for _round in range(ROUNDS):
        relink(db)
        reseal(db)
        if before == (before := picture(db)):
            return


def picture(db: sqlite3.Connection) -> str:
    return repr(db.execute("SELECT chain FROM actions ORDER BY seq").fetchall())


def remember(db: sqlite3.Connection, table: str) -> None:
    """The log remembers each row as it is."""
    names = schema.columns(db, table)
    for row, new in db.execute(f"SELECT id, {schema.payload(table, names)} FROM {table}").fetchall():
        db.execute(
            "UPDATE changes SET new = ? WHERE id = (SELECT max(id) FROM changes WHERE tbl = ? AND row = ?)",
            (new, table, row),
        )


def relink(db: sqlite3.Connection) -> None:
    """The log's digests and its chain anew; what was erased stays as it is."""
    before = ""
    for seq, first, what, args, salt, digest in db.execute(
        "SELECT seq, first_change, what, args, salt, digest FROM actions ORDER BY seq"
    ).fetchall():
        last = db.execute("SELECT first_change FROM actions WHERE seq = ?", (seq + 1,)).fetchone()
        mine = db.execute(
            "SELECT id, tbl, row, op, old, new FROM changes WHERE id >= ? AND id < ? ORDER BY id",
            (first, last[0] if last else 2**62),
        ).fetchall()
        made = chain.payload_digest(salt, what, args, mine) if salt is not None else digest
        action = db.execute(
            "SELECT seq, id, at, day, by, kind, target, first_change FROM actions WHERE seq = ?", (seq,)
        ).fetchone()
        before = chain.link(before, action, made)
        db.execute("UPDATE actions SET digest = ?, chain = ? WHERE seq = ?", (made, before, seq))


def reseal(db: sqlite3.Connection) -> None:
    """Each report's head, members and seal anew, and the rows as the log remembers them."""
    previous, covered = "", 0
    names = seals.COLUMNS.split(", ")
    for row in [
        dict(zip(names, values, strict=True))
        for values in db.execute(f"SELECT {seals.COLUMNS} FROM reports ORDER BY id")
    ]:
        relink(db)
        head = db.execute("SELECT chain FROM actions WHERE seq = ?", (row["seq"],)).fetchone()
        was = row["seal"]
        row |= {"head": head[0] if head else row["head"], "previous_seal": previous}
        text = db.execute("SELECT members FROM seals WHERE id = ?", (row["id"],)).fetchone()
        if text is None:
            told = (previous, row["number"], row["revision"], row["day"], row["body"], row["head"])
            row["seal"] = chain.seal_of(*told)
        else:
            covered = _second(db, row, text[0], covered)
            row["text"] = row["text"].replace(was[: chain.SEAL_DIGITS], row["seal"][: chain.SEAL_DIGITS])
        db.execute(
            "UPDATE reports SET head = ?, previous_seal = ?, seal = ?, text = ? WHERE id = ?",
            (row["head"], previous, row["seal"], row["text"], row["id"]),
        )
        previous = row["seal"]
        remember(db, "reports")
        remember(db, "seals")


def _second(db: sqlite3.Connection, row: dict, text: str, covered: int) -> int:
    """A report's members and seal under the second rule, whatever stands in the columns; the last re-opening covered."""
    try:
        body = json.loads(row["body"])
        members = seals.members_of(text)
    except ValueError:
        body, members = {}, None
    after = "SELECT id FROM reopens WHERE id > ? AND (SELECT max(seq) FROM changes WHERE tbl = 'reopens' AND row = reopens.id) <= ?"
    rows = [one for (one,) in db.execute(f"{after} ORDER BY id", (covered, row["seq"])).fetchall()]
    leaves = seals.private(seals.document(body, seals.reopened(db, rows)))
    kept = members.leaves if members else {}
    made = seals.Members((), {place: kept.get(place) or chain.new_salt() for place in leaves}, rows)
    told = seals.contents(db, row, made) if body else {}
    salts = {name: (members and members.salt(name)) or chain.new_salt() for name in told}
    tops = [(name, salts[name], seals.top_digest(salts[name], name, told[name])) for name in told]
    row["seal"] = seals.seal_of(seals.core_of(row), tops)
    db.execute("UPDATE seals SET members = ? WHERE id = ?", (seals.Members(tops, made.leaves, rows).text(), row["id"]))
    return max(rows, default=covered)


def another(now: str) -> str:
    """Another text like this one, facts where it is facts."""
    made = now.replace("晴", "雨") if "晴" in now else now.replace('"tops":[', '"tops":[["x",null,"y"],')
    return made if made != now else f"{now}x"
