"""The showroom's own rota.toml: what a text editor gets wrong never stops a page, and the leader is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from floorlead import shelf
from floorlead.duty import lists
from floorlead.store import Store


def own(store: Store, before: str, after: str) -> Path:
    """The shipped file with one thing changed, in the showroom's own folder."""
    folder = shelf.own(store.path)
    folder.mkdir(exist_ok=True)
    path = folder / "rota.toml"
    text = shelf.find("rota.toml").read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(("before", "after", "line", "told"), [
    ('["17:00", "19:00"]]', '["21:00", "01:00"]]', 'slots = [["09:00", "11:00"]', "不是一天之内的时段"),
    ('hours = ["08:30", "17:30"]', 'hours = ["17:30", "08:30"]', 'hours = ["17:30", "08:30"]', "不是一天之内的时段"),
    ('code = "O"', 'code = "W"', "[[shift]]", "O"),
    ("max_run = 6", 'max_run = "six"', "max_run", "six"),
    ("[rules]", "[rules", "[rules", "TOML"),
    ("paid = 480", "paid = 4800", "paid = 4800", "4800 不是0 到 1440 的整数"),
    ("paid = 480", "paid = inf", "paid = inf", "inf 不是"),
    ("allowance = 5", "allowance = nan", "allowance = nan", "nan 不是"),
    ("heads = 7", "heads = -7", "heads = -7", "-7 不是"),
])  # fmt: skip
def test_a_file_that_cannot_be_used_is_told_of(store: Store, before: str, after: str, line: str, told: str) -> None:
    """岗段写过了午夜、班次写反、少了外拓、规则写成字: 按自带的排班资料, 并说明。"""
    lines = own(store, before, after).read_text(encoding="utf-8").splitlines()
    number = next(n for n, one in enumerate(lines, 1) if one.startswith(line))
    book = lists.book(store)

    assert (len(book.slots), book.rules["max_run"]) == (5, 6)
    (notice,) = store.notices
    assert notice.startswith(f"rota.toml 第 {number} 行:")
    assert notice.endswith(";先用自带的")
    assert told in notice


@pytest.mark.parametrize(("before", "after"), [
    ("closed = []", "closed = [2027-02-06]\nwritten = 2026-11-01"), ("least_present = 6", 'least_present = "5"'),
])  # fmt: skip
def test_what_can_be_understood_is(store: Store, before: str, after: str) -> None:
    """日期不加引号、数字加了引号: 照样能读, 下次启动也一样。"""
    own(store, before, after)
    first = lists.book(store)
    lists.OWN.kept.clear()

    assert lists.book(store) == first
    assert isinstance(first.rules["least_present"], int)
    assert store.notices == []
