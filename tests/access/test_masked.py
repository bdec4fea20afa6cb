"""No whole number on any screen, paper, JSON or export: two hundred customers, each number in one of eight spellings."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from people import customer, insert, order, spelled
from test_commands import run

from floorlead import words
from floorlead.app import PAGES
from floorlead.phones import digits
from floorlead.report import sealing
from tests.conftest import desk_of, press, screen

FOUND = re.compile(r"1[3-9](?:[\s\-.·()]*[0-9]){9}")


def leaks(text: str) -> list[str]:
    """Whole mobile numbers in a text, however they are written there."""
    import unicodedata

    return [f[0] for f in FOUND.finditer(unicodedata.normalize("NFKC", text)) if digits(f[0]).startswith("1370")]


@pytest.fixture
def full(store):
    """Two hundred numbers in every text that takes one.

    The store of the test, with its leader and its team.
    """
    day, stamp = store.today().isoformat(), store.clock.stamp()
    for n in range(200):
        phone = f"1370000{n:04d}"
        said = spelled(phone)[n % 8]
        ident = customer(store, f"客户{n:03d}", phone, note=f"打 {said} 接了", next_due=day, grade="HABCN"[n % 5])
        if n < 40:
            order(
                store,
                f"客户{n:03d}",
                phone,
                "open" if n % 2 else "delivered",
                note=f"提车前打 {said}",
                customer_id=ident,
            )
            insert(store, "visits", "visit", {}, day=day, channel="walk_in", came_at=stamp, kind="first", customer_id=ident,
                   captured=1, note=f"微信同号 {said}", at=stamp, by="王")  # fmt: skip
            insert(store, "entries", "complaint", {}, day=day, at=stamp, by="王", kind="complaint", customer=f"客户{n:03d}",
                   phone=phone, text=f"投诉交车晚, 回 {said}")  # fmt: skip
            insert(store, "tasks", "task {text}", {"text": f"回电 {said}"}, text=f"回电 {said}", due=day, made_on=day)
    insert(store, "days", "remarks {text}", {"text": spelled("13700000007")[2]}, day=day,
           remarks=f"客户 {' '.join(spelled('13700000007'))} 已安抚")  # fmt: skip
    return store


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("page", [door.name for door in PAGES if door.listed])
def test_no_screen_shows_a_number(full, page, language):
    """
    lead 王
    team 张伟 李娜
    """
    words.use(language)
    desk = desk_of(full)
    desk.go(page)
    shown = screen(desk)
    for keys in (
        ["tab"],
        ["tab"],
        ["end"],
        ["ctrl+p"],
        ["escape", "f1"],
        ["escape", "escape", "enter"],
        ["escape", "down", "enter"],
    ):
        press(desk, *keys)
        shown += screen(desk, 120, 36)
    assert leaks(shown) == []


@pytest.mark.parametrize("command", [
    ("report",), ("report", "--format", "chat"), ("report", "--format", "json"), ("history",), ("history", "--format", "json"),
    ("cars",), ("cars", "--format", "json"), ("visits", "--format", "json"), ("visits",), ("customers", "--format", "json"),
    ("customers",), ("followups",), ("followups", "--format", "json"), ("log",), ("log", "--format", "json"),
    ("purge", "--dry-run", "13700000001"),
], ids=" ".join)  # fmt: skip
def test_no_command_prints_a_number(full, command):
    """
    lead 王
    team 张伟 李娜
    """
    assert leaks(run(full, *command).output) == []


def test_no_sealed_report_holds_a_number(full):
    """A sealed report is never rewritten: what it may not hold must not get in.

    lead 王
    team 张伟 李娜
    """
    sealing.seal(full, full.today())
    assert leaks(full.one("SELECT body || text FROM reports")) == []


def test_no_export_holds_a_number_unless_asked(full, tmp_path):
    """
    lead 王
    """
    from floorlead.exchange.lists import LISTS

    for name in LISTS:
        run(full, "export", name, str(tmp_path / f"{name}.csv"))
        assert leaks((tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig")) == [], name
    run(full, "export", "customers", str(tmp_path / "whole.csv"), "--phones")
    assert leaks((tmp_path / "whole.csv").read_text(encoding="utf-8-sig"))
    assert full.rows("SELECT kind, count FROM accesses") == [("export", 200)]
