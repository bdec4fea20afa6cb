"""The card on paper and as data: columns align in cells, nothing is cut, and the fields are those the README tells."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from floorlead import words
from floorlead.checks import queries, sheet
from floorlead.checks.papers import PAPER_CARDS, read
from floorlead.checks.records import Card, CardWords, CheckList, Item, Mark, Row
from floorlead.paper.text import as_text
from floorlead.store import Store
from floorlead.text import width
from tests.conftest import DAY, at, desk_of, press, tell

TODAY = date.fromisoformat(DAY)
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")

MORNING = """
away 孙悦 事假
at 08:44
rest appearance
at 08:46
fail 途观蓝 wiped 已补擦
fail 宝来红 unlocked 钥匙不在
fail 谈判桌6 chairs 现场纠正
at 08:49
rest environment
at 08:52
fail 刘洋 badge 现场纠正
"""
"""The morning of the mock-up: one badge, a car wiped again, a key that is not there, a chair."""


def told(store: Store, day: str) -> None:
    for line in day.splitlines():
        tell(store, line.split())


@pytest.fixture
def morning(standard: Store) -> Store:
    """The standard showroom after that morning, and one car that turns out to be wiped only at 09:12."""
    told(standard, MORNING)
    at(standard, "09:12")
    press(desk_of(standard), "f3", "z", "q", "4", "enter", "7", '"才擦完', "enter")
    return standard


def paper(store: Store, *codes: str, nth: int = 0) -> str:
    return as_text(sheet.draw(read(store, TODAY, codes or PAPER_CARDS, nth)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_morning_on_paper(morning: Store, golden: Callable[..., None], language: str) -> None:
    """One A4 page for twelve people, fourteen cars and six tables, as the mock-up has it."""
    words.use(language)
    text = paper(morning)

    golden(text, f"card-{language}")
    assert all(width(line) <= 80 for line in text.splitlines())
    assert len(text.splitlines()) <= 48
    assert ".." not in text.replace("...", "")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rounds_on_paper(morning: Store, golden: Callable[..., None], language: str) -> None:
    """The opening and the closing round, each item a line."""
    words.use(language)
    press(desk_of(morning), "f3", "f3", "f3", "2", "2", "enter", "6", "f3", "1", '"14', "enter")
    text = paper(morning, "opening", "closing")

    golden(text, f"card-rounds-{language}")
    assert "仪表环境监督卡" not in text
    assert all(width(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_card_that_nobody_began_on_paper(standard: Store, golden: Callable[..., None], language: str) -> None:
    """Printed to walk round with: every cell open, no time, nobody's name under a mark."""
    words.use(language)
    text = paper(standard)

    golden(text, f"card-blank-{language}")
    assert all(width(line) <= 80 for line in text.splitlines())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_long_lists_on_paper(standard: Store, golden: Callable[..., None], language: str) -> None:
    """Eighteen items a car make two tables of nine; every column is there."""
    from floorlead.checks import lists

    words.use(language)
    full = next(w for w in lists.every(standard) if w.code == "display_car_full")
    lists.switch(standard, full)
    text = paper(standard, "display_car_full")

    golden(text, f"card-long-{language}")
    assert all(width(line) <= 80 for line in text.splitlines())
    assert all(item.short in text for item in full.lists[0].items)


def test_an_empty_showroom_on_paper(store: Store) -> None:
    """Nobody and nothing entered yet: it prints, and says so."""
    assert paper(store).count("nothing to look at") == 2


def test_a_day_without_cards_on_paper(store: Store) -> None:
    """A day long before the showroom used this."""
    text = as_text(sheet.draw(read(store, date(2026, 1, 1))))

    assert "2026-01-01" in text


def test_the_second_print_says_so(morning: Store) -> None:
    words.use("zh")
    assert "第 2 次打印" in paper(morning, nth=2)
    assert "次打印" not in paper(morning, nth=1)


NASTY = (
    "[/]",
    "=1+1",
    "[bold red]X[/]",
    "{name}",
    "%s",
    "张\\伟",
    "#set",
    "$x$",
    "*王*",
    "O'Neil",
    "<b>",
    "欧阳娜娜-买买提",
)


def test_a_name_is_a_name(standard: Store) -> None:
    """Whatever somebody is called stands on the paper as it was entered."""
    tell(standard, ["team", *NASTY])
    tell(standard, ["rest", "appearance"])
    for name in NASTY:
        tell(standard, ["fail", name, "badge", name])
    text = paper(standard)
    data = json.loads(json.dumps(sheet.to_json(TODAY, queries.cards_of(standard, TODAY))))
    rows = {row["subject"]: row for row in data["lists"][0]["rows"]}

    for name in NASTY:
        assert f" {name} " in text
        assert rows[name]["marks"]["badge"]["reason"] == name
    assert all(width(line) <= 80 for line in text.splitlines())


label = (
    st.text(st.sampled_from("张伟刘洋朗逸白ABCabc 0123[]()，。-"), min_size=1, max_size=40).map(str.strip).filter(bool)
)
reason = st.text(st.sampled_from("擦车补擦换好了已经，。；) abc012:"), max_size=60)


named = st.lists(st.tuples(label, reason), min_size=1, max_size=6)


@given(named, st.integers(1, 12), st.booleans(), st.sampled_from(("zh", "en")))
@example([("0000000。。。。", "")], 6, True, "en")
@example([("欧" * 40, "擦。" * 30)], 9, True, "zh")
@example([("欧" * 40, "擦。" * 30)], 3, False, "zh")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_names_and_reasons_fit_the_page(rows, count, two, language):
    """Names and reasons as long as may be entered: no line is wider than the page, no mark is lost."""
    words.use(language)
    items = tuple(Item(f"i{n}", f"项{n}", f"item{n}") for n in range(count))
    made = [CheckList(code, "c", "展车", "Cars", "display_car", True, items) for code in ("a", "b")[: 1 + two]]
    cars = [(n, name) for n, (name, _reason) in enumerate(rows)]
    kept = [Row(0, one.code, f"furniture:{n}", n, f"A{n}", name, "", None) for one in made for n, name in cars]
    card = Card(1, TODAY, CardWords("c", "卡", "Card", True, tuple(made), ()), f"{DAY}T08:41:00", "王", kept)
    for n, (_name, why) in enumerate(rows):
        card.marks["a", f"furniture:{n}", "i0"] = Mark("fail", f"{DAY}T08:52:00", "王", reason=why)
    text = as_text(sheet.draw(sheet.CardDay(TODAY, "某某汽车 展厅", "王", [card])))

    assert all(width(line) <= 80 for line in text.splitlines()), text
    assert text.count("[X]") == len(rows)


def test_the_fields_are_those_of_the_readme(morning: Store) -> None:
    """`card --format json`: the fields that the README names, all of them and no others."""
    data = sheet.to_json(TODAY, queries.cards_of(morning, TODAY))
    told_in = README[README.index("`card --format json`") : README.index("`report --format json`")]
    named = set(re.findall(r"`(\w+)(?:\[\])?`", told_in))

    assert set(data) == {"day", "lists"}
    assert [one["code"] for one in data["lists"]] == ["appearance", "environment", "opening", "closing"]
    for one in data["lists"]:
        _check_list(one)
    fields = {*data, *data["lists"][0], *data["lists"][0]["counts"], *data["lists"][0]["rows"][0],
              *data["lists"][0]["rows"][0]["marks"]["badge"], *data["lists"][0]["rest_passed"][0]}  # fmt: skip
    assert fields <= named, fields - named


def _check_list(one: dict[str, Any]) -> None:
    assert set(one) == {"code", "title", "opened_at", "opened_by", "rest_passed", "counts", "rows"}
    assert set(one["title"]) == {"zh", "en"}
    assert all(set(p) == {"at", "by", "rows", "marks", "backfilled"} for p in one["rest_passed"])
    counts = one["counts"]
    assert set(counts) == {"items", "pass", "fail", "late", "na", "open"}
    assert counts["items"] == counts["pass"] + counts["fail"] + counts["late"] + counts["open"]
    for row in one["rows"]:
        assert set(row) == {"subject", "label", "number", "kind", "list", "away", "marks"}
        assert row["kind"] in ("person", "furniture", "car", "day")
        for mark in row["marks"].values():
            _check_mark(mark)


def _check_mark(mark: dict[str, Any]) -> None:
    assert set(mark) == {
        "result", "reason", "at", "late", "by", "backfilled", "value", "first", "first_at", "points",
    }  # fmt: skip
    assert mark["result"] in ("pass", "fail", "na", "open")
    assert mark["at"] is None or re.fullmatch(r"2026-11-24T\d\d:\d\d:\d\d", mark["at"])
    assert isinstance(mark["late"], bool)
    assert isinstance(mark["backfilled"], bool)
    assert mark["points"] >= 0


def test_a_late_wipe_is_a_pass_that_is_late(morning: Store) -> None:
    """As the README says: a car wiped after its due time has `result` `pass` and `late` true."""
    data = sheet.to_json(TODAY, queries.cards_of(morning, TODAY))
    row = next(row for row in data["lists"][0]["rows"] if row["subject"] == "周强")

    assert row["marks"]["wiped"]["result"] == "pass"
    assert row["marks"]["wiped"]["late"] is True
