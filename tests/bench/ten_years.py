"""A showroom's file after ten years, written as its days would have left it, only faster.

The first day is told by the demo; each later day repeats its cards' shape in raw SQL under the file's own triggers, so
that every mark has its change and every change its chained action.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from floorlead import shelf, words
from floorlead.clock import stopped
from floorlead.setup.demo import make_demo
from floorlead.store import LINK_COLUMNS, chain, open_store

TODAY = date(2026, 11, 24)
DAYS = 3650
MARK = "card_id, row_id, item, result, late, single, was, reason, at, by, owner_id, points"
TIMES = {"appearance": "08:49", "environment": "08:58", "opening": "08:59", "closing": "18:12"}


def ten_years() -> Path:
    """The path of the ten-year store, built on first use and kept in the temporary folder under its source's hash."""
    place = Path(tempfile.gettempdir()) / f"floorlead-bench-{_fingerprint()}"
    path = place / "ten-years.db"
    if not path.exists():
        shelf.private_folder(place)
        temp = place / f"{os.getpid()}.db"
        temp.unlink(missing_ok=True)
        build(temp)
        temp.replace(path)
    return path


def _fingerprint() -> str:
    root = Path(__file__).parents[2] / "floorlead"
    sources = [Path(__file__), *sorted((root / "store").glob("*.py")), *sorted((root / "setup").glob("demo*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def build(path: Path, days: int = DAYS) -> None:
    """Write a store with `days` sealed days behind TODAY."""
    words.use("zh")
    first = TODAY - timedelta(days=days)
    make_demo(path, stopped(f"{first + timedelta(days=1)}T08:15"), "standard", days=1)
    store = open_store(path, stopped(f"{TODAY}T08:15"), check="none")
    db = store.connection
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -200000")
    db.execute("BEGIN IMMEDIATE")
    pen = Pen(db, first)
    for number in range(2, days + 1):
        pen.day(first + timedelta(days=number - 1), number)
    db.execute("COMMIT")
    store.close()


class Pen:
    """Writes day after day, each an imitation of the first."""

    def __init__(self, db: sqlite3.Connection, first: date) -> None:
        self.db = db
        self.by = "王"
        self.seq, self.link = db.execute("SELECT seq, chain FROM actions ORDER BY seq DESC LIMIT 1").fetchone()
        self.change = db.execute("SELECT max(id) FROM changes").fetchone()[0] + 1
        self.staff = [n for (n,) in db.execute("SELECT id FROM people WHERE role = 'consultant' ORDER BY position")]
        self.cards = [self._shape(*row) for row in db.execute("SELECT id, code, words_id FROM cards").fetchall()]
        self.report = db.execute("SELECT body, text, template_id, seal FROM reports").fetchone()
        self.body = json.loads(self.report[0])
        self.first = first.isoformat()
        self.seal = self.report[3]

    def _shape(self, card: int, code: str, words_id: int) -> tuple[str, int, list[Any], dict[str, list[str]]]:
        """A card's rows and, by list, its items."""
        row_columns = "list, subject, position, number, label, label_en, owner_id"
        rows = self.db.execute(f"SELECT {row_columns} FROM card_rows WHERE card_id = ? ORDER BY id", (card,)).fetchall()
        body = json.loads(self.db.execute("SELECT body FROM card_words WHERE id = ?", (words_id,)).fetchone()[0])
        return code, words_id, rows, {one["code"]: [i["code"] for i in one["items"]] for one in body["lists"]}

    @contextlib.contextmanager
    def action(self, day: date, clock_time: str, what: str, kind: str = "do", /, **args: Any) -> Iterator[str]:
        """One action at a local time (UTC+8); hands out its local stamp."""
        stamp = f"{day}T{clock_time}:20"
        at = datetime.fromisoformat(stamp + "+08:00").astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        self.seq += 1
        salt, ident, told = chain.new_salt(), chain.new_salt(), chain.canonical(args)
        row = (self.seq, ident, at, day.isoformat(), self.by, kind, None, self.change)
        sql = f"INSERT INTO actions({LINK_COLUMNS}, what, args, salt) VALUES ({', '.join('?' * 11)})"
        self.db.execute(sql, (*row, what, told, salt))
        yield stamp
        changes = self.db.execute(
            "SELECT id, tbl, row, op, old, new FROM changes WHERE id >= ? ORDER BY id", (self.change,)
        ).fetchall()
        digest = chain.payload_digest(salt, what, told, changes)
        self.link = chain.link(self.link, row, digest)
        self.change = changes[-1][0] + 1
        self.db.execute("UPDATE actions SET digest = ?, chain = ? WHERE seq = ?", (digest, self.link, self.seq))

    def day(self, day: date, number: int) -> None:
        """A whole day: who is here, four cards, a few faults, tasks, remarks, the seal, a print."""
        draw = random.Random(day.isoformat())
        text = day.isoformat()
        away = draw.choice(self.staff)
        with self.action(day, "08:40", "The other {count} are here", count=len(self.staff) - 1) as at:
            rows = [(text, who, "rest" if who == away else "present", at) for who in self.staff]
            self.db.executemany("INSERT INTO attendance(day, person_id, state, at) VALUES (?, ?, ?, ?)", rows)
        made = [self._card(day, *shape, away) for shape in self.cards]
        for _n in range(draw.choice((0, 1, 1, 2, 3))):
            self._fault(day, draw, *draw.choice(made[:2]))
        self._tasks(day, number)
        with self.action(day, "18:20", "Remarks {time}", text="", time="18:20"):
            self.db.execute("INSERT INTO days(day, weather, remarks) VALUES (?, '晴', '下午到店集中')", (text,))
        self._seal(day, number)
        with self.action(day, "18:26", "{paper} of {day} printed", "note", paper="report", day=text) as at:
            values = ("report", text, 1, at, self.by, "hall", "")
            columns = "paper, day, revision, at, by, printer, path"
            self.db.execute(f"INSERT INTO prints({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def _card(
        self, day: date, code: str, words_id: int, rows: list[Any], items: dict[str, list[str]], away: int
    ) -> tuple[int | None, int]:
        """A card with all that is looked at marked as fine, in one action; returns its id and how many marks."""
        with self.action(day, TIMES[code], "{card}: the rest is fine, {count} marks {time}", card=code, count=0) as at:
            sql = "INSERT INTO cards(day, code, words_id, opened_at, opened_by) VALUES (?, ?, ?, ?, ?)"
            card = self.db.execute(sql, (day.isoformat(), code, words_id, at, self.by)).lastrowid
            sql = (
                "INSERT INTO card_rows(list, subject, position, number, label, label_en, owner_id, card_id) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            )
            ids = [self.db.execute(sql, (*row, card)).lastrowid for row in rows]
            marks = [
                (card, ident, item, "pass", 0, 0, None, "", at, self.by, row[6], 0)
                for ident, row in zip(ids, rows, strict=True) if row[1] != f"person:{away}"
                for item in items[row[0]]
            ]  # fmt: skip
            self.db.executemany(f"INSERT INTO marks({MARK}) VALUES ({', '.join('?' * 12)})", marks)
            sql = "INSERT INTO card_passes(card_id, at, by, rows, marks) VALUES (?, ?, ?, ?, ?)"
            self.db.execute(sql, (card, at, self.by, len(ids), len(marks)))
        return card, len(marks)

    def _fault(self, day: date, draw: random.Random, card: int | None, count: int) -> None:
        first = self.db.execute("SELECT min(id) FROM marks WHERE card_id = ?", (card,)).fetchone()[0]
        mark = first + draw.randrange(count)
        with self.action(day, "09:06", "{name} {item} {sign} {time}", name="", item="", sign="X", time="09:06") as at:
            change = "result = 'fail', single = 2, was = 'pass', at = ?, points = 2"
            self.db.execute(f"UPDATE marks SET {change} WHERE id = ? AND result = 'pass'", (at, mark))
            self.db.execute("UPDATE marks SET single = single + 0 WHERE id = ?", (mark,))
        with self.action(day, "09:07", "{name} {item} {reason}", name="", item="", reason="现场纠正"):
            self.db.execute("UPDATE marks SET reason = '现场纠正' WHERE id = ?", (mark,))

    def _tasks(self, day: date, number: int) -> None:
        """Two new tasks; those of the day before are done. One in a thousand is left open."""
        text, tomorrow = day.isoformat(), (day + timedelta(days=1)).isoformat()
        with self.action(day, "15:20", "Task done: {text}", text="") as at:
            done = "UPDATE tasks SET done_on = ?, done_at = ? WHERE done_on IS NULL AND due = ? AND id % 1000 <> 7"
            self.db.execute(done, (text, at, text))
            self.db.execute("UPDATE tasks SET owner = owner WHERE id = (SELECT max(id) FROM tasks)")
        with self.action(day, "17:42", "Task: {text} {owner}", text="", owner=""):
            rows = [(f"第{number}天的事{n}", "李娜", tomorrow, text) for n in (1, 2)]
            self.db.executemany("INSERT INTO tasks(text, owner, due, made_on) VALUES (?, ?, ?, ?)", rows)

    def _seal(self, day: date, number: int) -> None:
        body = chain.canonical({**self.body, "day": day.isoformat(), "number": number, "sealed_at": f"{day}T18:25:20"})
        text, head_seq, head, before = self.report[1].replace(self.first, str(day)), self.seq, self.link, self.seal
        self.seal = chain.seal_of(before, number, 1, day.isoformat(), body, head)
        told = "Report {number}.{revision} of {day} sealed"
        with self.action(day, "18:25", told, "seal", number=number, revision=1, day=str(day)) as at:
            values = (day.isoformat(), number, 1, at, self.by, "zh", body, text, self.report[2], head_seq, head, before,
                      self.seal)  # fmt: skip
            self.db.execute(
                "INSERT INTO reports(day, number, revision, sealed_at, by, language, body, text, template_id, seq, "
                f"head, previous_seal, seal) VALUES ({', '.join('?' * 13)})", values,
            )  # fmt: skip


if __name__ == "__main__":
    started = time.perf_counter()
    print(ten_years(), f"{time.perf_counter() - started:.1f} s")
