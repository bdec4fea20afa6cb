"""Erasing for good: what named somebody leaves the rows, the log's payloads, the free pages and the half-typed texts.

The chain covers digests only, so it still holds; the action that erased lists every entry that was ever erased with a
digest of what is left of them, and `verify` accepts no other gap.
"""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.phones import MOBILE, is_mobile
from floorlead.record import record
from floorlead.store import chain, schema
from floorlead.store.deciding import decided
from floorlead.store.errors import SQLITE, Refused
from floorlead.store.unnaming import Kept, unname
from floorlead.words import N_

if TYPE_CHECKING:
    from floorlead.store import Store

WHAT = N_("Customer data erased for good: {count}")
LEAST_IN_TEXT = 7
"""Digits of a number that is also looked for inside texts; a shorter one would hit days and prices."""
STARS = "***"
OWN_NUMBERS = frozenset((("visits", "number"), ("customers", "number")))
"""Columns that hold somebody's own number of the row and may be empty."""
Row = tuple[str, int]
_GAP = r"[\s\-\u2010-\u2015\u2212.·•()_/]"
_GAPS = re.compile(f"{_GAP}+")
_AREA = re.compile(r"0(?:10|2[0-9]|[3-9][0-9]{2})(?=[2-8])")
"""The area code of a fixed line."""
_RUN = re.compile(rf"[0-9]{{{LEAST_IN_TEXT},}}")


@record
class Erased:
    """What was erased from one file: rows set anew, texts mended, log entries without their words now.

    `reports` counts the sealed reports that name nobody now, `kept` are those of the first rule that still do.
    """

    rows: int
    texts: int
    actions: int
    reports: int = 0
    kept: tuple[Kept, ...] = ()


class Numbers:
    """Telephone numbers to be erased, found in any text however they are written there."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self.all = frozenset(numbers)
        local = {_AREA.sub("", n, count=1) for n in self.all if not is_mobile(n)}
        self.long = frozenset(n for n in self.all | local if len(n) >= LEAST_IN_TEXT)
        self._patterns = {n: _pattern(n) for n in self.long}
        self._sizes = sorted({len(n) for n in self.long})

    def __bool__(self) -> bool:
        return bool(self.long)

    def within(self, text: str) -> set[str]:
        """Those of the numbers that a text holds; a fixed line only where it is no part of a longer number."""
        return {n for n in self.near(text) if self._patterns[n].search(flat(text))}

    def near(self, text: str) -> set[str]:
        """Those of the numbers whose digits follow each other in a text, whatever stands before and behind them."""
        found: set[str] = set()
        for run in _RUN.findall(squeezed(text)) if self.long else ():
            for size in self._sizes:
                found |= {run[at : at + size] for at in range(len(run) - size + 1)} & self.long
        return found

    def in_bytes(self, data: bytes) -> bool:
        """Whether a file's bytes hold one of the numbers, in UTF-8 or UTF-16; a database has no gaps between its texts."""
        if data.startswith(b"SQLite"):
            return bool(self.near(data.decode("utf-8", "replace")))
        texts = [data.decode("utf-8", "replace")]
        if b"\0" in data:
            texts += [data.decode("utf-16-le", "replace"), data.decode("utf-16-be", "replace")]
        return any(self.within(text) for text in texts)

    def without(self, text: str) -> str:
        """A text with stars in the place of the numbers; all else in it, and a text that holds none, stays as it is."""
        for number in sorted(self.within(text), key=len, reverse=True):
            for found in [*self._patterns[number].finditer(flat(text))][::-1]:
                text = text[: found.start()] + STARS + text[found.end() :]
        return STARS if text in self.all else text

    def owns(self, phone: str) -> bool:
        """Whether a kept number is one of these, perhaps with an extension."""
        return phone in self.all or (phone[:MOBILE] in self.all and is_mobile(phone[:MOBILE]))


def squeezed(text: str) -> str:
    """A text without what may stand between the digits of a number."""
    return _GAPS.sub("", flat(text))


def flat(text: str) -> str:
    """Digits of any script as 0 to 9 and full-width signs as ASCII, each in its place."""
    return text if text.isascii() else text.translate(_FLAT)


class _Flat(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        value, plain = unicodedata.digit(char, None), unicodedata.normalize("NFKC", char)
        made = self[code] = char if value is None and len(plain) != 1 else plain if value is None else str(value)
        return made


_FLAT = _Flat()


def _pattern(number: str) -> re.Pattern[str]:
    """A number as it may be written; a mobile one is found within longer digits too, there it is an extension's."""
    spelled = f"{_GAP}*".join(number)
    return re.compile(spelled if is_mobile(number) else f"(?<![0-9]){spelled}(?![0-9])")


@decided
def erase(
    store: Store,
    rows: Mapping[Row, Mapping[str, Any]],
    only: Numbers,
    note: Callable[[Any], None],
    count: int,
    names: Iterable[str] = (),
    *,
    noted: bool = True,
) -> Erased:
    """Set `rows` anew, star the numbers and the persons' names in every other text, and erase what the log keeps of them.

    `note` writes what is to be noted in the same action; not `noted`, only where there was something to erase. `names`
    are those known from elsewhere. Raises Refused; nothing is then changed.
    """
    from floorlead.store import naming

    with store.write(WHAT, kind="note", count=count) as db:
        numbers = naming.Whom(only, {*names, *naming.names_of(db, rows)}, naming.others(db, rows))
        mended = _texts(db, numbers)
        whole = {
            key: {n: numbers.without(v) if isinstance(v, str) else v for n, v in one.items()}
            for key, one in rows.items()
        }
        wanted = {key: {**mended.get(key, {}), **whole.get(key, {})} for key in {**whole, **mended}}
        gone = unname(db, rows, only, store.today().isoformat())
        wanted |= {key: dict(values) for key, values in gone.rows.items()}
        first = db.execute("SELECT max(first_change) FROM actions").fetchone()[0]
        _unguard(db, {table for table, _row in wanted})
        for (table, row), values in wanted.items():
            _set(db, table, row, values)
        schema.install_triggers(db)
        seqs = _payloads(db, numbers, {*rows, *gone.rows}, first)
        drafts = [
            (key,) for key, value in db.execute("SELECT key, value FROM drafts").fetchall() if numbers.within(value)
        ]
        db.executemany("DELETE FROM drafts WHERE key = ?", drafts)
        if noted or seqs or drafts or wanted:
            note(db)
        _list_erased(db, count)
    return Erased(len(rows), len(set(mended) - set(rows)), seqs, gone.reports, gone.kept)


def compact(store: Store) -> None:
    """Write the file anew, so that nothing erased is left in a free page; another terminal's read only puts it off."""
    store.let_go()
    with contextlib.suppress(*SQLITE):  # what is freed is overwritten in any case (secure_delete)
        store.connection.execute("VACUUM")


def _texts(db: sqlite3.Connection, numbers: Numbers) -> dict[Row, dict[str, Any]]:
    """Rows whose texts hold a number, each with its texts mended; what is sealed stays sealed."""
    found: dict[Row, dict[str, Any]] = {}
    for table in schema.recorded(db) if numbers else ():
        if table in schema.FIXED:
            continue
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[2] == "TEXT"]
        for ident, *texts in db.execute(f"SELECT id, {', '.join(names) or 'id'} FROM {table}").fetchall():
            pairs = [(name, text) for name, text in zip(names, texts, strict=False) if text]
            if held := {name: made for name, text in pairs if (made := _mended(numbers, table, name, text)) != text}:
                found[table, ident] = held
    return found


def _mended(numbers: Numbers, table: str, name: str, text: str) -> str:
    """A column's text without the numbers; one that holds nothing but a telephone number is emptied."""
    if name == "phone" or (table, name) in OWN_NUMBERS:
        return "" if numbers.owns(text) else text if name == "phone" else numbers.without(text)
    return numbers.without(text) if numbers.near(text) else text


def _unguard(db: sqlite3.Connection, tables: set[str]) -> None:
    """Inside this one action the rows are set without their old values being recorded, on sealed days too."""
    there = schema.present_triggers(db)
    for table in sorted(tables):
        for name in (f"record_{table}_update", f"sealed_{table}_update", f"fixed_{table}_update"):
            if name in there:
                db.execute(f"DROP TRIGGER {name}")


def _set(db: sqlite3.Connection, table: str, row: int, values: Mapping[str, Any]) -> None:
    names = schema.columns(db, table)
    kept = {name: value for name, value in values.items() if name in names}
    changed = db.execute(
        f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in kept)} WHERE id = ?", (*kept.values(), row)
    )
    if changed.rowcount != 1:
        raise Refused("E20", f"{table} {row}")
    db.execute(
        f"INSERT INTO changes(seq, tbl, row, op, old, new) SELECT (SELECT max(seq) FROM actions), '{table}', id, 'U', "
        f"NULL, {schema.payload(table, names)} FROM {table} WHERE id = ?", (row,),
    )  # fmt: skip


def _payloads(db: sqlite3.Connection, numbers: Numbers, rows: set[Row], first: int) -> int:
    """Erase what the log holds of the rows and the numbers before this action; returns how many entries."""
    gone, seqs = [], set()
    for ident, seq, table, row, old, new in db.execute(
        "SELECT id, seq, tbl, row, old, new FROM changes WHERE id < ? AND (old IS NOT NULL OR new IS NOT NULL)",
        (first,),
    ):
        stays = table in schema.FIXED and (table, row) not in rows  # what never changes keeps its proof
        if not stays and ((table, row) in rows or _holds(numbers, old) or _holds(numbers, new)):
            gone.append((ident,))
            seqs.add(seq)
    seqs |= {
        seq for seq, args in db.execute("SELECT seq, args FROM actions WHERE chain <> ''") if _holds(numbers, args)
    }
    for seq, target in db.execute("SELECT seq, target FROM actions WHERE chain <> '' AND target NOTNULL ORDER BY seq"):
        if target in seqs:  # an undo tells in its own words what was taken back
            seqs.add(seq)
    db.executemany("UPDATE changes SET old = NULL, new = NULL WHERE id = ?", gone)
    db.executemany(
        "UPDATE actions SET salt = NULL, what = '', args = '' WHERE seq = ?", [(seq,) for seq in sorted(seqs)]
    )
    return len(seqs)


def _holds(numbers: Numbers, text: str | None) -> bool:
    return bool(text) and bool(numbers.within(text or ""))


def _list_erased(db: sqlite3.Connection, count: int) -> None:
    """Write into the open action which entries are erased by now, and the digest of what is left of them."""
    seqs = [row[0] for row in db.execute("SELECT seq FROM actions WHERE salt IS NULL ORDER BY seq").fetchall()]
    args = chain.canonical({"count": count, "erased": spans(seqs), "left": digest(db, seqs)})
    db.execute("UPDATE actions SET args = ? WHERE seq = (SELECT max(seq) FROM actions)", (args,))


def digest(db: sqlite3.Connection, seqs: Sequence[int]) -> str:
    """The digest of what is left of the erased actions' changes."""
    first = "SELECT first_change FROM actions WHERE seq = ?"
    every: list[tuple[Any, ...]] = []
    for seq in seqs:
        ends = [db.execute(first, (n,)).fetchone() for n in (seq, seq + 1)]
        last = ends[1][0] if ends[1] else 2**62
        sql = "SELECT id, tbl, row, op, old, new FROM changes WHERE id >= ? AND id < ? ORDER BY id"
        every += db.execute(sql, (ends[0][0], last)).fetchall() if ends[0] else []
    return chain.payload_digest("", "", "", every)


def spans(seqs: Sequence[int]) -> str:
    """Growing numbers as `3-5,9`."""
    parts: list[list[int]] = []
    for seq in seqs:
        if parts and parts[-1][1] == seq - 1:
            parts[-1][1] = seq
        else:
            parts.append([seq, seq])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def listed(db: sqlite3.Connection) -> tuple[set[int], str]:
    """The actions that the newest erasing lists as erased, and the digest of what is left of them."""
    sql = "SELECT args FROM actions WHERE what = ? AND kind = 'note' AND salt IS NOT NULL ORDER BY seq DESC LIMIT 1"
    found = db.execute(sql, (WHAT,)).fetchone()
    if not found:
        return set(), ""
    told = json.loads(found[0])
    pairs = [part.partition("-") for part in str(told.get("erased", "")).split(",") if part]
    return {n for a, _sep, b in pairs for n in range(int(a), int(b or a) + 1)}, str(told.get("left", ""))
