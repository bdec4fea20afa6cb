"""The showroom's own settings files: whatever lies under their names, floorlead starts, says which line is wrong, and the
shipped file counts until it is mended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from floorlead import ownfile, shelf, words
from floorlead.commands import checkup
from floorlead.entry import Options
from floorlead.ownfile.lines import line_of
from floorlead.ownfile.reading import MOST_BYTES, OwnFile, _own
from floorlead.store import Store
from floorlead.widgets.desk import Desk
from tests.hard import campaign, settings

NAMES = sorted(ownfile.FILES)


@pytest.fixture(autouse=True)
def _zh() -> Iterator[None]:
    words.use("zh")
    yield
    words.use("en")


def place(store: Store, name: str) -> Path:
    """Where the showroom's own file of that name lies."""
    return shelf.private_folder(shelf.own(store.path)) / name


def reader(name: str) -> OwnFile[object]:
    return _own(name)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("data", "said"), [
    (b"a = [" + b"[" * 5000 + b"]" * 5001, "套得太深"), (b"a" + b".a" * 400_000 + b" = 1", "第 1 行:括号套得太深"), (b"# " + b"x" * MOST_BYTES, "超过 1 MiB"), (b"a = 1\nb = \xff\n", "第 2 行:这一行不是 UTF-8"),
    (b"", "缺少 "), (b"a = " + b"9" * 5000, "数字或日期"), (b"a = 1\na = 1\n", "第 2 行:这一行不合 TOML"), (b"\x00\x01\x02", "第 1 行"),
])  # fmt: skip
def test_a_file_of_any_bytes(store: Store, name: str, data: bytes, said: str) -> None:
    """括号套了五千层、一个兆以上、编码不对、空的、五千位的数字、同一个键写了两次: 都按自带的, 并说明。"""
    place(store, name).write_bytes(data)

    assert reader(name).read(store) == reader(name).shipped()
    (notice,) = store.notices
    assert notice.startswith(name)
    assert said in notice
    assert [ownfile.told(one) for one in ownfile.troubles(store.path)] == [notice]


def _pipe(path: Path) -> None:
    os.mkfifo(path)


def _loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.skipif(os.name != "posix", reason="no pipes here")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("make", [_pipe, Path.mkdir, _loop])
def test_what_is_no_file(store: Store, name: str, make: Callable[[Path], None]) -> None:
    """一个管道、一个文件夹、一个指着自己的链接叫这个名字: 不等它, 按自带的, 并说明。"""
    make(place(store, name))

    assert reader(name).read(store) == reader(name).shipped()
    assert len(store.notices) == len(ownfile.troubles(store.path)) == 1


@pytest.mark.parametrize(("name", "before", "after", "key"), [
    ("kpi.toml", "work = 70", "work = inf", "appraisal work"), ("kpi.toml", "spot_fail = 2", "spot_fail = -2", "appraisal spot_fail"),
    ("kpi.toml", 'n = ["orders"]', "n = [1]", "kpi 3 definition 1 n 1"), ("kpi.toml", "weight = 60", "weight = nan", "appraisal part 1 weight"),
    ("customers.toml", "days = 7", "days = 9999999999999", "grade 1 days"), ("customers.toml", "keep = 365", "keep = 0", "grade 1 keep"),
    ("customers.toml", "digit = 2", "digit = 12", "grade 3 digit"), ("customers.toml", "open = true", 'open = "yes"', "grade 1 open"),
    ("log.toml", "respond_minutes = 30", "respond_minutes = 3e300", "clock respond_minutes"), ("log.toml", "points = 5", "points = 500", "rule 1 points"),
    ("log.toml", 'kind = "complaint"', 'kind = "grievance"', "level 1 kind"),
    ("checklists.toml", "points = 0", "points = 1e9", " points"), ("checklists.toml", 'severity = "Y"', 'severity = "X"', " severity"),
    ("rota.toml", "swap_months = 3", "swap_months = 1979-05-27", "rules swap_months"), ("rota.toml", "week_minutes = 2400", "week_minutes = 24000", "rules week_minutes"),
    ("rota.toml", 'zh = "早班"', 'zh = "早\\u0000班"', "shift 1 zh"),
])  # fmt: skip
def test_a_value_out_of_range_is_named(store: Store, name: str, before: str, after: str, key: str) -> None:
    """一个数字写错: 说出文件、哪一行、哪一项; 别的照常。"""
    text = shelf.find(name).read_text(encoding="utf-8")
    lines = text.partition(before)[0].count("\n") + 1
    place(store, name).write_text(text.replace(before, after, 1), encoding="utf-8")

    assert reader(name).read(store) == reader(name).shipped()
    (notice,) = store.notices
    assert notice.startswith(f"{name} 第 {lines} 行:")
    assert key in notice


def test_the_start_and_doctor_name_it(desk: Desk, store: Store) -> None:
    """开机那一行和 doctor 都说哪个文件哪一行; 改好以后都不说。"""
    path, text = place(store, "rota.toml"), shelf.find("rota.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("paid = 480", "paid = 4800", 1), encoding="utf-8")
    desk.start()
    (found,) = [one for one in checkup.look(Options(store.path)) if one["name"] == "lists"]

    assert "rota.toml 第 26 行" in desk.trouble
    assert (found["state"], "rota.toml 第 26 行" in found["words"], str(path.parent) in found["do"]) == (
        "warn",
        True,
        True,
    )
    path.write_text(text, encoding="utf-8")
    (found,) = [one for one in checkup.look(Options(store.path)) if one["name"] == "lists"]
    assert (found["state"], "rota.toml" in found["words"]) == ("ok", True)


def test_it_is_mended_and_counts(store: Store) -> None:
    """改好了: 下一次就用自己的, 不再说; 坏的那份没有留在草稿里。"""
    from floorlead.duty import lists

    path, text = place(store, "rota.toml"), shelf.find("rota.toml").read_text(encoding="utf-8")
    path.write_text(text.replace("paid = 480", "paid = 4800", 1), encoding="utf-8")
    assert lists.book(store).shifts[0].paid == 480
    path.write_text(text.replace("paid = 480", "paid = 450", 1), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert lists.book(store).shifts[0].paid == 450
    lists.OWN.kept.clear()
    assert lists.book(store).shifts[0].paid == 450
    assert ownfile.troubles(store.path) == []


def test_a_draft_of_older_rules_is_not_believed(store: Store) -> None:
    """草稿里留着的资料坏了: 重新读文件。"""
    from floorlead.duty import lists

    path = place(store, "rota.toml")
    path.write_text(shelf.find("rota.toml").read_text(encoding="utf-8"), encoding="utf-8")
    first = lists.book(store)
    for draft in ("[]", "{", '{"mark": 3}', (store.draft(lists.DRAFT) or "").replace('"shift"', '"shaft"')):
        store.keep_drafts({lists.DRAFT: draft})
        lists.OWN.kept.clear()
        assert lists.book(store) == first


def test_the_line_of_a_key() -> None:
    """第几行: 表里的, 数组里的, 嵌套数组里的。"""
    text = "a = 1\n[[k]]\nc = 1\n[[k.d]]\nn = 1\n[[k]]\nc = 2\n[[k.d]]\nn = 2\n[[k.d]]\nn = 3\n[t]\nx.y = 1\n"
    for keys, line in (
        (("a",), 1), (("k", 0, "c"), 3), (("k", 1, "c"), 7), (("k", 1, "d", 1, "n"), 11), (("k", 1, "d", 0, "n", 0), 9),
        (("t", "x"), 13), (("k", 1, "none"), 6), (("k",), 2), (("none",), 0),
    ):  # fmt: skip
        assert line_of(text, keys) == line, keys


def test_mutated_settings_never_stop_the_day() -> None:
    """十份改坏的资料: 打得开, 每一页看得了, 日报出得来。"""
    figures = campaign.sample(settings.attempt, seed=1, count=10)

    assert not figures.bad(("broke", *settings.BAD)), figures.counts
    assert sum(figures.counts.values()) == 10
