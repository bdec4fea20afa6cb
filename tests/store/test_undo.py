"""Ctrl+Z takes back exactly what was done, as far back as the day goes, after a restart too; a seal is a
wall."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, strategies
from hypothesis import settings as effort
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from floorlead import clock, settings, words
from floorlead.store import Refused, log, open_store, undo, verify
from tests import kept
from tests.conftest import EXAMPLES
from tests.store.conftest import DAY, enter, fill, person, picture, put, seal, task

ROWS = strategies.integers(0, 10**6)
TEXTS = strategies.text(
    strategies.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=9
)
DAYS = strategies.sampled_from(["2026-11-22", DAY, "2026-11-24"])
TABLES = ("people", "attendance", "furniture", "tasks", "days", "settings")
CHANGED = {
    "people": "name_en", "attendance": "note", "furniture": "spot", "tasks": "text", "days": "remarks",
    "settings": "value",
}  # fmt: skip


class Morning(RuleBasedStateMachine):
    """Any entries, changes and removals, any undo and redo, the program closed in between, beside a plain
    model."""

    @initialize()
    def open_the_file(self):
        self.folder = Path(tempfile.mkdtemp())
        self.clock = clock.stopped(f"{DAY}T08:41")
        self.store = kept.store(self.folder / "showroom.db", self.clock)
        self.done: list[tuple[dict, dict]] = []
        self.undone: list[tuple[dict, dict]] = []
        self.now = picture(self.store)
        self.number = 0

    def act(self, kind, what):
        """One action by `what(db)`; refused (a key taken, a row referred to) it must leave everything as it
        was."""
        try:
            with self.store.write("Morning", kind=kind) as db:
                what(db)
        except Refused:
            assert picture(self.store) == self.now
            return
        after = picture(self.store)
        if kind == "do" and self.store.one("SELECT count(*) FROM actions") > self.count:
            self.done.append((self.now, after))
            self.undone.clear()
        self.now = after

    @property
    def count(self):
        return self.seen

    @invariant()
    def nothing_moved_by_itself(self):
        if hasattr(self, "store"):
            assert picture(self.store) == self.now
            self.seen = self.store.one("SELECT count(*) FROM actions")

    def one_of(self, table: str, n: int):
        rows = self.now[table]
        return rows[n % len(rows)][0] if rows else None

    def row_of(self, table: str, text: str, n: int, day: str) -> dict:
        self.number += 1
        who = self.one_of("people", n)
        return {
            "people": person(n % 50, name=text, team=text),
            "attendance": {"day": day, "person_id": who or 0, "state": "late", "at": text, "note": text},
            "furniture": {"kind": "zone", "label": text, "keeper_id": who, "position": n, "search": text},
            "tasks": task(text=text, owner=text, due=day),
            "days": {"day": f"2026-10-{n % 28 + 1:02}", "weather": text},
            "settings": {"key": f"k{n % 20}", "value": text},
        }[table]

    @rule(table=strategies.sampled_from(TABLES), text=TEXTS, n=ROWS, day=DAYS)
    def enter(self, table, text, n, day):
        self.act("do", lambda db: put(db, table, **self.row_of(table, text, n, day)))

    @rule(table=strategies.sampled_from(TABLES), text=TEXTS, n=ROWS)
    def change(self, table, text, n):
        sql = f"UPDATE {table} SET {CHANGED[table]} = ? WHERE id = ?"
        self.act("do", lambda db: db.execute(sql, (text, self.one_of(table, n))))

    @rule(table=strategies.sampled_from(TABLES), n=ROWS)
    def remove(self, table, n):
        self.act("do", lambda db: db.execute(f"DELETE FROM {table} WHERE id = ?", (self.one_of(table, n),)))

    @rule(text=TEXTS, n=ROWS, day=DAYS)
    def a_whole_list(self, text, n, day):
        """One action that touches several tables, and one row more than once."""

        def what(db):
            who = put(db, "people", **person(n % 50, name=text))
            put(db, "attendance", day=day, person_id=who, state="present", at=text)
            db.execute("UPDATE people SET name = name || '!' WHERE id = ?", (who,))
            db.execute("UPDATE tasks SET text = text || ?", (text,))
            db.execute("DELETE FROM settings WHERE id % 2")
            db.execute("REPLACE INTO settings(key, value) VALUES ('k0', ?)", (text,))

        self.act("do", what)

    @precondition(lambda self: self.done)
    @rule()
    def undo(self):
        before, after = self.done.pop()
        assert undo.undo(self.store) is not None
        self.undone.append((before, after))
        self.now = before

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self):
        before, after = self.undone.pop()
        assert undo.redo(self.store) is not None
        self.done.append((before, after))
        self.now = after

    @rule()
    def nothing_more(self):
        """Where the model has nothing to undo or redo the file has nothing either."""
        assert [len(stack) for stack in undo.stacks(self.store)] == [len(self.done), len(self.undone)]

    @rule()
    def close_and_open(self):
        self.store.close()
        self.store = open_store(self.folder / "showroom.db", self.clock)

    def teardown(self):
        if hasattr(self, "store"):
            while undo.undo(self.store):
                pass
            assert not any(picture(self.store).values())
            self.store.close()
            assert verify.verify(self.folder / "showroom.db").findings == []
            shutil.rmtree(self.folder)


TestMorning = Morning.TestCase
TestMorning.settings = effort(
    max_examples=int(EXAMPLES or 10), stateful_step_count=40, suppress_health_check=list(HealthCheck)
)


def test_undo_of_nothing_is_nothing(store):
    assert (undo.undo(store), undo.redo(store)) == (None, None)


def test_an_undo_is_an_action_that_says_what_it_took_back(store):
    """The log keeps both: what was done and that it was taken back, in both languages."""
    with store.write("Task {text}", text={"zh": "传达", "en": "tell"}) as db:
        put(db, "tasks", **task())
    undo.undo(store)
    words.use("en")
    assert [action.kind for action in log.actions(store)] == ["undo", "do"]
    assert log.actions(store)[0].words() == "Undone: Task tell"
    assert log.actions(store)[0].args["done"]["zh"].endswith("传达")


def test_a_changed_row_is_not_taken_back_over_another_terminal(store, opened):
    """The other terminal noted something on the same row since: its work stays, and so does everything
    else."""
    key = enter(store, "settings", key="theme", value="dark")
    enter(store, "tasks", **task())
    other = opened()
    with other.write("Noted", kind="note") as db:
        db.execute("UPDATE settings SET value = 'light' WHERE id = ?", (key,))
    undo.undo(store)
    before = picture(store)
    with pytest.raises(Refused, match="another terminal") as refused:
        undo.undo(store)
    assert refused.value.code == "E42"
    assert picture(store) == before
    assert store.one("SELECT max(seq) FROM actions") == 4


def test_two_terminals_that_undo_at_once_undo_once(store, opened, monkeypatch):
    """Both saw the same last action; the second finds it already taken back and is told."""
    enter(store, "tasks", **task())
    enter(store, "tasks", **task(text="第二件"))
    other = opened()
    seen = undo.stacks(other)
    undo.undo(store)
    monkeypatch.setattr(undo, "stacks", lambda _store: seen)
    with pytest.raises(Refused, match="another terminal"):
        undo.undo(other)
    assert store.one("SELECT count(*) FROM tasks") == 1


def test_what_another_terminal_refers_to_is_not_taken_away(store, opened):
    """A person entered here has signed in there: taking the person back is refused whole."""
    who = enter(store, "people", **person(1))
    enter(opened(), "attendance", as_kind="note", day=DAY, person_id=who, state="present", at="08:20")
    before = picture(store)
    with pytest.raises(Refused):
        undo.undo(store)
    assert picture(store) == before


def test_a_new_entry_ends_redo(store):
    enter(store, "tasks", **task())
    undo.undo(store)
    enter(store, "tasks", **task(text="另一件"))
    assert undo.redo(store) is None


def test_a_note_is_never_undone(store):
    """Switching the language is no work: Ctrl+Z takes back the task before it."""
    enter(store, "tasks", **task())
    settings.put(store, "language", "zh", undoable=False)
    undo.undo(store)
    assert store.one("SELECT count(*) FROM tasks") == 0
    assert settings.get(store, "language") == "zh"


def test_yesterday_is_not_undone(store, opened, path):
    """Before 04:00 it is still the same business day; at 04:00 the stack is empty."""
    enter(store, "tasks", **task())
    night = opened(path, clock.stopped("2026-11-24T03:59:59"))
    assert len(undo.stacks(night)[0]) == 1
    morning = opened(path, clock.stopped("2026-11-24T04:00:00"))
    assert undo.undo(morning) is None
    undo.undo(night)
    assert undo.redo(morning) is None


def test_a_seal_is_a_wall(store):
    """What stands on the sealed page is not undone; what comes after it is."""
    enter(store, "tasks", **task())
    seal(store, DAY, 1)
    assert undo.undo(store) is None
    enter(store, "tasks", **task(text="明天的"))
    undo.undo(store)
    assert undo.undo(store) is None
    assert store.one("SELECT count(*) FROM tasks") == 1


def test_a_sealed_day_is_not_edited_until_it_is_opened_again(store):
    """Attendance of a sealed day is refused with a sentence; after re-opening, with its reason, it goes."""
    who = enter(store, "people", **person(1))
    signed = {"day": DAY, "person_id": who, "state": "present", "at": "08:20"}
    seal(store, DAY, 1)
    with pytest.raises(Refused, match="sealed") as refused:
        enter(store, "attendance", **signed)
    assert refused.value.code == "E41"
    enter(store, "reopens", as_kind="reopen", day=DAY, revision=1, at="19:00", by="林晓峰", reason="漏记")
    row = enter(store, "attendance", **signed)
    seal(store, DAY, 1, revision=2)
    with pytest.raises(Refused, match="sealed"), store.write("Gone") as db:
        db.execute("DELETE FROM attendance WHERE id = ?", (row,))


def test_the_first_mark_of_a_card_is_undone_with_its_card(store, path):
    """The card goes; its words, which never change, stay and are found again by the next card."""

    def mark():
        with store.write("First mark") as db:
            found = db.execute("SELECT id FROM card_words WHERE digest = 'd'").fetchone()
            words_id = found[0] if found else put(db, "card_words", digest="d", body="{}")
            card = put(db, "cards", day=DAY, code="C1", words_id=words_id, opened_at="x", opened_by="x")
            put(
                db,
                "card_rows",
                card_id=card,
                list="people",
                subject="p",
                position=1,
                number="1",
                label="x",
                label_en="",
            )

    mark()
    whole = picture(store)
    undo.undo(store)
    assert not any(picture(store).values())
    undo.redo(store)
    assert picture(store) == whole
    undo.undo(store)
    mark()
    assert verify.verify(path).findings == []


def test_a_whole_morning_is_undone_to_the_last_seal(store):
    fill(store)
    before = picture(store)
    done = 0
    for n in range(4, 30):
        enter(store, "people", **person(n))
    while undo.undo(store):
        done += 1
    assert (done, picture(store)) == (26, before)
    while undo.redo(store):
        done -= 1
    assert done == 0
    assert store.one("SELECT count(*) FROM people") == 29
