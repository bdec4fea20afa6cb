"""What the day report must stand: a heavy day, yesterday missing, the first of the month, nothing below the line."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from floorlead import words
from floorlead.commands.work import drawn
from floorlead.paper.text import as_text
from floorlead.people import queries as people
from floorlead.record import replace
from floorlead.report import queries, sealing, sheet, week
from floorlead.report.sections import SECTIONS
from floorlead.store import Store
from floorlead.targets import moves as targets
from floorlead.text import width
from tests.conftest import DAY, at, desk_of, enter_car, press, screen
from tests.targets import floor

TODAY = date.fromisoformat(DAY)
PHONE = "13912345678"
TOLD = "客户在展厅等了四十分钟没有人接待,情绪激动,要求见经理"


@pytest.fixture
def heavy(standard: Store) -> Store:
    """30 people, 60 visits, 20 incidents and complaints, 15 hand-overs, 12 tasks, all targets set: one Tuesday."""
    while len(people.staff(standard, TODAY)) < 30:
        people.save(standard, replace(people.blank(), name=f"欧阳新人{len(people.staff(standard, TODAY)):02}"))
    ids = [one.id for one in people.staff(standard, TODAY)]
    cars = [enter_car(standard, "QY", "白", f"9{n:03}", arrived_on=TODAY - timedelta(days=n * 9)) for n in range(15)]
    for measure in ("visits", "captured", "drives", "orders", "deliveries"):
        targets.set_target(standard, DAY[:7], measure, 300)
    with standard.write("a heavy day") as db:
        sql = "INSERT INTO entries(day, at, by, kind, text, owner, person_id) VALUES (?, ?, 'x', ?, ?, '王雨桐', ?)"
        for n in range(20):
            kind = ("incident", "complaint")[n % 2]
            db.execute(sql, (DAY, f"{DAY}T{9 + n // 3:02}:{n % 3 * 20:02}:00", kind, f"{TOLD} {PHONE}", ids[n]))
        for n, car in enumerate(cars):
            floor.order(db, f"H{n}", ids[n], "2026-11-10", "delivered", DAY, car_id=car.id, model_id=car.model_id)
        for n in range(60):
            floor.visit(db, DAY, ids[n % 30], captured=n % 2, test_drive=int(n % 3 == 0), incomplete=int(n % 7 == 0))
        sql = "INSERT INTO tasks(text, owner, due, made_on) VALUES (?, '高远', '2026-11-25', ?)"
        for n in range(12):
            db.execute(sql, (f"任务{n}: 联系车管所预约号牌,带齐发票和保单", DAY))
    return standard


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_heavy_day_on_paper_and_for_the_group(heavy: Store, language: str) -> None:
    """The manager reads it on paper: no line beyond 80 cells, nothing a printer cannot draw, no full number; the group
    gets thirty lines at most; every section is on the paper."""
    words.use(language)
    report = queries.live(heavy, TODAY)
    text, chat = as_text(sheet.draw(report)), sheet.as_chat(report)

    assert max(map(width, text.splitlines())) <= 80
    assert len(chat.splitlines()) <= 30
    for told in (text, chat):
        assert PHONE not in told
        assert not re.search("[\u2190-\u2bff\U0001f000-\U0001ffff]", told)
    tight = text.replace(" ", "").replace("\n", "")
    for section in (one for one in SECTIONS if one.name in report.sections):
        for said in section.say(report.sections[section.name]):
            assert said.text.replace(" ", "")[:12] in tight


def test_a_heavy_days_pages(heavy: Store, tmp_path: Path) -> None:
    """A page that is full goes on to the next: the last word of the day and the lines to sign on are there."""
    words.use("zh")
    made = drawn(sheet.draw(queries.live(heavy, TODAY)), "pdf", heavy.path)
    assert isinstance(made, bytes) and made.startswith(b"%PDF")
    if not shutil.which("pdftotext"):
        return
    (tmp_path / "day.pdf").write_bytes(made)
    told = subprocess.run(["pdftotext", "-layout", tmp_path / "day.pdf", "-"], capture_output=True, check=True).stdout
    pages = told.decode().split("\f")[:-1]
    assert 2 <= len(pages) <= 4
    assert "任务11" in "".join(pages).replace(" ", "")
    assert all(word in pages[-1] for word in ("组长", "销售经理", "批示"))


def test_yesterday_is_missing(store: Store) -> None:
    """
    team 张伟
    car D01 QY 张伟
    rest appearance
    """
    at(store, "09:00", "2026-11-25")
    desk = desk_of(store)
    assert "24 Nov was never sealed" in screen(desk)
    desk.go("report")
    assert "last sealed" not in screen(desk)
    sealing.seal(store, TODAY)
    desk.page.enter()
    assert "last sealed 24 Nov" in screen(desk)
    press(desk, "f2")
    assert "never sealed" not in screen(desk)


def test_the_first_day_of_a_month(store: Store) -> None:
    """The 1st: nothing came before it, no rate has anything below its line, the whole target is still to come."""
    floor.staff(store, "张伟")
    at(store, "18:10", "2026-12-01")
    targets.set_target(store, "2026-12", "orders", 31)
    report = queries.live(store, store.today())
    text = as_text(sheet.draw(report))

    assert "orders today 0/" in re.sub(" +", " ", text)
    assert "month 0/31 (0%)" in re.sub(" +", " ", text)
    assert "nan" not in text.lower()
    with store.write("the first visit") as db:
        floor.visit(db, "2026-12-01", 1, "non_intent")
    text = as_text(sheet.draw(queries.live(store, store.today())))
    assert "–" in text, "nobody came for the first time: a dash, no 0%"


@pytest.mark.parametrize(("captured", "told"), [(0, "0/3 (0%)"), (1, "1/3 (33%)"), (2, "2/3 (67%)"), (3, "3/3 (100%)")])
def test_a_rate_of_three_cases(store: Store, captured: int, told: str) -> None:
    """Three first visits: the percentage never stands without its counts."""
    floor.staff(store, "张伟")
    with store.write("three visits") as db:
        for n in range(3):
            floor.visit(db, DAY, 1, captured=int(n < captured))
    assert told in as_text(sheet.draw(queries.live(store, TODAY)))


# -- the week


@pytest.mark.parametrize(("day", "first"), [("2026-11-23", "16 Nov"), ("2026-11-25", "23 Nov")])
def test_the_week_shown_is_the_week_printed(
    store: Store, monkeypatch: pytest.MonkeyPatch, day: str, first: str
) -> None:
    """On a Monday the week that ended is shown: the title says its days, and 1 prints that very week, 2 the one before."""
    from floorlead.report import printing

    at(store, "09:00", day)
    printed: list[date] = []
    monkeypatch.setattr(printing, "print_week", lambda desk, on: printed.append(week.monday(on)))
    desk = desk_of(store)
    press(desk, "f9", "f9", "f9")
    title = screen(desk).splitlines()[1]
    assert first in title
    press(desk, "ctrl+p")
    assert f"1 {title.split('   ')[0].strip()}, as shown" in screen(desk)
    press(desk, "1", "ctrl+p", "2")
    shown = week.monday(week.shown(store.today()))
    assert printed == [shown, shown - timedelta(days=7)]
    assert f"{first}" == f"{shown.day} Nov"
