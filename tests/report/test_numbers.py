"""The report's numbers agree with each other and with their day, whoever left, whatever came late, however full it was."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from floorlead import clock, words
from floorlead.customers import moves as customers
from floorlead.orders import moves as orders
from floorlead.paper.press import pdf_of
from floorlead.people import queries as people
from floorlead.people.records import Role
from floorlead.record import replace
from floorlead.report import brief, queries, sealing, sheet, week, weekchat
from floorlead.store import Store, open_store
from floorlead.store.verify import verify
from floorlead.targets import moves as targets
from tests.conftest import DAY, at, desk_of, person, press, tell, the_order
from tests.report.test_traffic import came, said
from tests.targets import floor

TODAY = date.fromisoformat(DAY)
TOMORROW = TODAY + timedelta(days=1)
LONG = "客户在展厅等待超过两小时无人接待,情绪激动"


def put(db: Any, table: str, **values: Any) -> None:
    """A row."""
    names = ", ".join(values)
    db.execute(f"INSERT INTO {table}({names}) VALUES ({', '.join('?' * len(values))})", tuple(values.values()))


def section(store: Store, name: str, day: date | None = None) -> Any:
    """A section's facts of the live report."""
    return queries.live(store, day or store.today()).sections[name]


# -- one number in one report


def test_a_drive_of_one_who_fetched_papers_is_no_drive_anywhere(store):
    """He came for his papers and drove the new car for fun: visits, results and target say one drive, not two.

    team 张伟
    """
    came(store, "张伟", "13800001001", "王先生", test_drive=True)
    with store.write("papers and a drive") as db:
        floor.visit(db, DAY, person(store, "张伟").id, "non_intent", test_drive=1)
    assert section(store, "traffic")["counts"]["drives"] == section(store, "results")["drives"] == 1
    pace = next(one for one in section(store, "pace")["measures"] if one["measure"] == "drives")
    assert pace["today"] == 1
    assert "test drives 1/1 (100%)" in said(store, "traffic")


def test_the_months_hand_overs_are_those_of_the_target(store):
    """An order handed over, and the maker's list brought the same car's sale too: one hand-over in both blocks.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    orders.step(store, the_order(store, "刘女士"), "out")
    vin = store.one("SELECT vin FROM cars WHERE vin LIKE '%4114'")
    with store.write("a list") as db:
        put(db, "sales", day=DAY, model_id=1, advisor="张伟", vin=vin)
    targets.set_target(store, DAY[:7], "deliveries", 20)
    assert section(store, "deliveries")["month"] == 1
    assert "handed over 1 (month 1)" in said(store, "deliveries")
    assert "month 1/20" in said(store, "pace")


def test_a_hand_over_after_the_seal_is_not_counted_twice(store):
    """Sealed at 18:25, handed over at 19:10: tomorrow's report tells it, and counts none of its own.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    at 18:25
    seal it
    """
    at(store, "19:10")
    orders.step(store, the_order(store, "刘女士"), "out")
    at(store, "17:00", TOMORROW.isoformat())
    told = said(store, "deliveries")
    assert "handed over 0 (month 1)" in told
    assert "after the last seal 1: 19:10 QY white 4114 刘女士 张伟" in told


def test_a_forgotten_report_knows_nothing_of_this_morning(store):
    """Yesterday is sealed today: what was ordered and applied for this morning is not among yesterday's open ones.

    team 张伟
    stock QY 白 4114 5
    stock QY 黑 4214 5
    order 刘女士 4114 张伟
    """
    came(store, "张伟", "13800001001", "王先生")
    at(store, "08:20", TOMORROW.isoformat())
    before = section(store, "results", TODAY)
    tell(store, ["order", "陈先生", "4214", "张伟"])
    orders.cancel(store, the_order(store, "刘女士"), "不买了")
    customers.ask_end(store, customers.queries.open_all(store)[0], "F1", "价格")
    assert section(store, "results", TODAY) == before
    assert before["undelivered"] == 1
    assert (section(store, "results")["undelivered"], section(store, "results")["asked"]) == (1, 1)


# -- the lines add up


def test_who_left_and_nobodys_visits_stand_in_the_lines(store):
    """The receptionist took one, nobody took another, a leaver's order came in today: the lines add up to the results.

    team 张伟 李娜
    """
    people.save(store, replace(person(store, "李娜"), left_on=TODAY - timedelta(days=1)))
    people.save(store, replace(people.blank(), name="吴敏", role=Role.RECEPTIONIST))
    with store.write("a day") as db:
        floor.visit(db, DAY, person(store, "吴敏").id)
        floor.visit(db, DAY, None)
        floor.visit(db, DAY, person(store, "张伟").id)
        put(db, "orders", number="L1", customer="刘女士", ordered_on=DAY,
            advisor_id=store.one("SELECT id FROM people WHERE name = '李娜'"))  # fmt: skip
    lines = section(store, "consultants")["people"]
    made = section(store, "results")
    assert sum(one["visits"] for one in lines) == 3
    assert sum(one["orders"] for one in lines) == made["orders"] == 1
    assert [one["name"]["zh"] for one in lines] == ["张伟", "李娜", "吴敏", "无顾问"]
    assert "no advisor 1/0/0/0/0" in said(store, "consultants")


def test_a_leavers_week_stays_in_the_week(store):
    """李娜 left on Wednesday: her Monday order stands in the week's lines, which add up to the week.

    team 张伟 李娜
    """
    with store.write("a week") as db:
        floor.order(db, "W1", person(store, "李娜").id, DAY)
        floor.order(db, "W2", None, DAY)
    people.save(store, replace(person(store, "李娜"), left_on=TODAY))
    at(store, "18:00", (TODAY + timedelta(days=5)).isoformat())
    found = week.read(store, store.today())
    assert found["total"]["orders"] == sum(one["orders"] for one in found["people"]) == 2
    assert [one["name"]["en"] for one in found["people"]][-1] == "no advisor"


# -- today, month, target and pace


def test_without_a_target_the_month_is_told_all_the_same(store):
    """Nobody set a target: the block says today and month of each measure, and that there is none to hold it against.

    team 张伟
    """
    came(store, "张伟", "13800001001", "王先生")
    with store.write("earlier") as db:
        floor.visit(db, DAY[:8] + "02", person(store, "张伟").id)
    told = said(store, "pace")
    assert "no target: walk-ins today 1 month 2; captured today 1 month 1" in told


def test_kinds_cancels_and_losses_have_their_month(store):
    """Two papers this month, one of them today; a cancel on the 3rd; no loss: today and month beside each other.

    team 张伟
    """
    who = person(store, "张伟").id
    with store.write("a month") as db:
        for day in (DAY, DAY[:8] + "02"):
            floor.visit(db, day, who, "non_intent")
        floor.order(db, "C1", who, DAY[:8] + "01", "cancelled", DAY[:8] + "03")
    assert "no intent 1" in said(store, "traffic").splitlines()[0]
    assert "no intent 2" in said(store, "traffic").splitlines()[1]
    assert "cancelled 0 (month 1)   lost 0 (month 0)   to be decided 0" in said(store, "results")


def test_a_percentage_is_rounded_as_everywhere(store):
    """1 of 8 is 13% in the report as among the figures, not 12%.

    team 张伟
    """
    came(store, "张伟")
    targets.set_target(store, DAY[:7], "visits", 8)
    assert "month 1/8 (13%)" in said(store, "pace")


def test_tomorrow_says_who_is_not_there_and_since_when_a_task_is_due(store):
    """Tomorrow's block: the task carried along with its day, who rests.

    team 张伟 李娜
    task 补价签 张伟
    """
    at(store, "18:00", (TODAY + timedelta(days=2)).isoformat())
    people.save(store, replace(person(store, "李娜"), rest_day=(store.today() + timedelta(days=1)).weekday()))
    told = said(store, "tasks")
    assert re.search(r"补价签  张伟 \(carried, due \d\d? Nov\)", told)
    assert "away tomorrow: rest 1: 李娜" in told


def test_deliveries_that_nobody_looked_through_are_said_before_sealing(store):
    """One open order not reviewed today: the box before the seal names it.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    assert "deliveries not looked through 1" in brief.open_points(queries.live(store, TODAY))
    orders.review(store, [the_order(store, "刘女士")])
    assert not any("looked through" in one for one in brief.open_points(queries.live(store, TODAY)))


# -- a heavy day


@pytest.fixture
def heavy(standard: Store) -> Store:
    """Thirty people, sixty batches, fifteen hand-overs, twenty incidents, three notices, twelve tasks, long remarks."""
    for n in range(18):
        people.save(standard, replace(people.blank(), name=f"欧阳顾问{n:02}", name_en=f"Consultant {n:02}"))
    staff = [one.id for one in people.staff(standard, TODAY) if one.role is Role.CONSULTANT]
    with standard.write("a heavy day") as db:
        for n in range(60):
            floor.visit(db, DAY, staff[n % len(staff)], captured=n % 2, test_drive=n % 3 == 0, incomplete=n % 5 == 0)
        for n in range(15):
            floor.order(db, f"H{n}", staff[n], "2026-11-02", "delivered", DAY)
        for n in range(23):
            kind = "incident" if n < 20 else "notice"
            put(db, "entries", day=DAY, at=f"{DAY}T{8 + n // 3:02}:10:00", by="王", kind=kind, text=f"{LONG}{n}",
                customer="王先生", owner="售后")  # fmt: skip
        for n in range(12):
            put(db, "tasks", text=f"补价签{n}", owner="欧阳顾问00", due=TOMORROW.isoformat(), made_on=DAY)
    queries.put_day(standard, TODAY, "remarks", LONG * 8)
    return standard


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chat_of_a_heavy_day(heavy: Store, language: str) -> None:
    """Thirty lines: results, target, tomorrow's first tasks and the remark's beginning are there, no table's bare head."""
    words.use(language)
    lines = sheet.as_chat(queries.live(heavy, TODAY)).splitlines()
    text = "\n".join(lines)
    assert len(lines) <= 30
    assert sum("补价签" in line for line in lines) >= 4
    assert LONG[:10] in lines[-1] or any(LONG[:10] in line for line in lines[-4:])
    assert ("到店/留档" if language == "zh" else "visits/captured") not in text
    sealed = sheet.as_chat(sealing.seal(heavy, TODAY)).splitlines()
    assert len(sealed) <= 30
    assert sealed[-1].startswith(("封存", "seal"))


def pages(pdf: bytes) -> int:
    """Pages of a PDF."""
    return max(int(found) for found in re.findall(rb"/Count (\d+)", pdf))


def test_a_heavy_day_is_two_pages(heavy: Store) -> None:
    """Much above the standard day the letters get smaller, and the paper is two pages with its signatures."""
    words.use("zh")
    paper = sheet.draw(queries.live(heavy, TODAY))
    assert pages(pdf_of(paper, heavy.path, {}).data) == 2


def test_the_standard_day_is_one_page(standard: Store) -> None:
    """The showroom of every day fits one page of A4."""
    words.use("zh")
    paper = sheet.draw(queries.live(standard, TODAY))
    assert pages(pdf_of(paper, standard.path, {}).data) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_weeks_chat(heavy: Store, language: str) -> None:
    """The week for the group: seven days, thirty people, at most thirty lines, its sums those of the paper, no number."""
    words.use(language)
    at(heavy, "18:00", (TODAY + timedelta(days=6)).isoformat())
    found = week.read(heavy, heavy.today())
    lines = weekchat.as_chat(found).splitlines()
    assert len(lines) <= 30
    assert any("/".join(str(found["total"][name]) for name in week.MEASURES) in line for line in lines)
    assert not re.search(r"1\d{10}", "\n".join(lines))


def test_an_empty_week(store: Store) -> None:
    """Nobody, nothing: the week's chat has its days and says no rate."""
    text = weekchat.as_chat(week.read(store, store.today()))
    assert "–" in text
    assert len(text.splitlines()) <= 30


# -- days


def test_a_file_copied_from_another_day(store: Store) -> None:
    """Tuesday's sealed file is opened on Thursday at another desk: Thursday's report is new and empty, Tuesday's stays,
    Wednesday has none, the numbers go on, what was half typed on Tuesday is no remark of Thursday's.

    team 张伟
    remarks 周二的备注
    """
    came(store, "张伟", "13800001001", "王先生")
    desk = desk_of(store)
    press(desk, "f9", "end", "enter", '"打到一半')
    press(desk, "f2")
    first = sealing.seal(store, TODAY)
    copy = store.path.with_name("copied.db")
    copy.write_bytes(store.path.read_bytes())
    for wal in store.path.parent.glob(store.path.name + "-wal"):
        copy.with_name(copy.name + "-wal").write_bytes(wal.read_bytes())
    other = open_store(copy, clock.stopped("2026-11-26T09:00:00"))
    try:
        found = queries.live(other, other.today())
        assert other.today() == date(2026, 11, 26)
        assert (found.number, found.state) == (first.number + 1, "draft")
        assert found.sections["remarks"]["text"] == ""
        assert found.sections["traffic"]["counts"]["batches"] == 0
        assert found.sections["traffic"]["month"]["walk_ins"] == 1
        assert queries.sealed(other, TODAY).seal == first.seal
        assert queries.last_sealed(other, date(2026, 11, 25)) is None
        assert verify(copy).ok
    finally:
        other.close()


def test_a_closed_day_has_a_report_too(store: Store, tmp_path: Path) -> None:
    """The showroom is shut today: the report is one page that says so, nothing is asked of the day, no rate of nothing.

    team 张伟
    """
    folder = store.path.with_suffix("")
    folder.mkdir(exist_ok=True)
    text = Path("data/rota.toml").read_text(encoding="utf-8")
    (folder / "rota.toml").write_text(text.replace("closed = []", f'closed = ["{DAY}"]', 1), encoding="utf-8")
    targets.set_target(store, DAY[:7], "visits", 300)
    with store.write("earlier") as db:
        floor.visit(db, DAY[:8] + "02", person(store, "张伟").id)
    told = said(store, "pace")
    assert "today 0/0" in told
    assert "captured –" in said(store, "traffic")
    assert pages(pdf_of(sheet.draw(queries.live(store, TODAY)), store.path, {}).data) == 1
