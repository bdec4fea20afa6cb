"""The morning card from the keyboard: what a key leaves in the file, on paper and in the report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from floorlead import clock, shelf, words
from floorlead.checks import lists, queries, rules, sheet
from floorlead.checks.papers import read
from floorlead.checks.records import Mark
from floorlead.paper.text import as_text
from floorlead.people import queries as people_queries
from floorlead.record import replace
from floorlead.report import queries as reports
from floorlead.report.sheet import as_chat
from floorlead.store import Store, open_store
from tests.conftest import DAY, at, card, desk_of, person, press, screen, tell

TODAY = date.fromisoformat(DAY)


def signs(store: Store, code: str = "appearance") -> list[str]:
    """A card row by row, as it stands in the file."""
    made = card(store, code)
    return ["".join(rules.cell(made, row, item) for item in made.items(row)) for row in made.rows]


def mark(store: Store, name: str, item: str, code: str = "appearance") -> Mark:
    """A mark as it stands in the file."""
    made = card(store, code)
    return next(m for (_list, subject, i), m in made.marks.items()
                if i == item and any(r.subject == subject and r.label == name for r in made.rows))  # fmt: skip


def paper(store: Store, day: date = TODAY, *codes: str) -> str:
    """The day's card on paper, as text."""
    return as_text(sheet.draw(read(store, day, codes or ("appearance", "environment"))))


def as_json(store: Store, day: date = TODAY) -> dict[str, Any]:
    """The day's cards by code, as `card --format json` has them."""
    return {one["code"]: one for one in sheet.to_json(day, queries.cards_of(store, day))["lists"]}


def test_an_exception_and_then_the_rest(desk, store):
    """The badge is missing; everything else is fine.

    team 张伟 李娜 王芳
    """
    press(desk, "f3", "down", "2", "ctrl+a")

    assert signs(store) == ["vvvv", "vXvv", "vvvv"]
    assert rules.changed_after_rest(card(store, "appearance")) == 0


def test_the_rest_and_then_an_exception(desk, store):
    """The same the other way round; the card tells that one mark was changed after.

    team 张伟 李娜 王芳
    """
    press(desk, "f3", "ctrl+a", "down", "2")

    assert signs(store) == ["vvvv", "vXvv", "vvvv"]
    assert rules.changed_after_rest(card(store, "appearance")) == 1
    assert "changed since: 1" in screen(desk)


def test_the_digit_again_takes_it_off(desk, store):
    """
    team 张伟 李娜
    """
    press(desk, "f3", "2", "2")
    assert signs(store) == ["....", "...."]

    press(desk, "ctrl+a", "2", "2")
    assert signs(store) == ["vvvv", "vvvv"]
    assert mark(store, "张伟", "badge").points == 0


def test_what_was_typed_finds_the_row_and_the_digit_marks_it(desk, store):
    """
    team 张伟 李娜 刘洋
    """
    press(desk, "f3", "ctrl+a", "l", "y", "2", "enter", "1")

    assert signs(store) == ["vvvv", "vvvv", "vXvv"]
    assert mark(store, "刘洋", "badge").reason == "fixed"


def test_the_rest_is_only_what_the_filter_shows(desk, store):
    """Halfway through the line-up: only the rows with an exception are finished; the others stay open.

    team 张伟 李娜 王芳
    """
    press(desk, "f3", "down", "1", "tab", "tab", "ctrl+a")

    assert signs(store) == ["....", "Xvvv", "...."]
    assert [(p.rows, p.marks) for p in card(store, "appearance").passes] == [(1, 3)]


def test_nothing_open_is_said(desk, store):
    """
    team 张伟
    """
    press(desk, "f3", "ctrl+a", "ctrl+a")

    assert "Nothing is open here any more" in screen(desk)
    assert len(card(store, "appearance").passes) == 1


def test_who_is_away_is_a_dash_until_he_comes(desk, store):
    """Li Na is on leave, the rest is fine; at 08:50 she comes after all and is looked at.

    team 张伟 李娜
    away 李娜 事假
    """
    press(desk, "f3", "ctrl+a")
    assert signs(store) == ["vvvv", "----"]
    assert "leave personal" in screen(desk)

    tell(store, ["back", "李娜"])
    press(desk, "f2", "f3")
    assert signs(store) == ["vvvv", "...."]

    press(desk, "ctrl+a")
    assert signs(store) == ["vvvv", "vvvv"]


def test_space_on_somebody_away_says_where_to_sign_in(desk, store):
    """
    team 张伟 李娜
    away 张伟 病假
    """
    press(desk, "f3", "space")

    assert "sign in on the attendance page" in screen(desk)
    assert signs(store) == ["----", "...."]


def test_not_applicable_and_back(desk, store):
    """A car in the workshop is off the card; back again it counts again.

    team 张伟
    car A1 朗逸白 张伟
    car A2 帕萨特黑 张伟
    """
    press(desk, "f3", "f3", "-", "ctrl+a")
    assert signs(store, "environment") == ["----", "vvvv"]
    assert rules.counts(card(store, "environment")).items == 4

    press(desk, "home", "-")
    assert signs(store, "environment") == ["....", "vvvv"]


def test_an_exception_on_what_was_off_and_back(desk, store):
    """A digit on a row that is off marks it; the digit again leaves it off.

    team 张伟
    """
    press(desk, "f3", "-", "2")
    assert signs(store) == ["-X--"]

    press(desk, "2")
    assert signs(store) == ["----"]


def test_put_right_keeps_the_first_result(desk, store):
    """Badge missing at 08:41, put right at 08:50: card, data and report still know it.

    team 刘洋 张伟
    """
    press(desk, "f3", "2", "enter", "3", "ctrl+a", "home")
    at(store, "08:50")
    press(desk, "0")

    assert signs(store) == ["vvvv", "vvvv"]
    assert "08:41 forgot put right 08:50" in paper(store)
    told = as_json(store)["appearance"]["rows"][0]["marks"]["badge"]
    assert (told["result"], told["first"], told["first_at"][11:16], told["at"][11:16]) == (
        "pass",
        "fail",
        "08:41",
        "08:50",
    )
    assert told["points"] == 2
    facts = reports.live(store, TODAY).sections["checks"]["cards"][0]
    assert [(one["sign"], one["at"], one["put_right"]) for one in facts["exceptions"]] == [("v", "08:41", "08:50")]
    assert "刘洋 Badge (forgot) put right 08:50" in as_chat(reports.live(store, TODAY))


def test_a_fault_that_comes_back(desk, store):
    """Put right and missing again: an exception that is not called put right; off again it is as it was.

    team 刘洋
    """
    press(desk, "f3", "2", "enter", "3", "0", "2")
    assert signs(store) == [".X.."]
    assert "put right" not in paper(store)
    assert (mark(store, "刘洋", "badge").first, mark(store, "刘洋", "badge").reason) == ("fail", "forgot")

    press(desk, "2")
    assert signs(store) == [".v.."]
    assert "forgot put right" in paper(store)


def test_nothing_to_put_right_is_said(desk, store):
    """
    team 张伟
    """
    press(desk, "f3", "0")

    assert "no exception to put right" in screen(desk)


def test_late_on_paper(desk, store):
    """09:12: wiped only now. The card says L and when.

    team 张伟
    car A1 朗逸白 张伟
    at 09:12
    """
    press(desk, "f3", "f3", "ctrl+a", "1")

    assert signs(store, "environment") == ["Lvvv"]
    text = paper(store, TODAY, "environment")
    assert "[L]" in text
    assert "done at 09:12" in text
    assert rules.counts(card(store, "environment")).late == 1
    assert mark(store, "朗逸白", "wiped", "environment").points == 2


def test_seen_in_time_and_entered_later(desk, store):
    """09:12: it was looked at before nine. On time, and the paper says when it was entered.

    team 张伟
    car A1 朗逸白 张伟
    at 09:12
    """
    press(desk, "f3", "f3", "ctrl+a", "2")

    assert signs(store, "environment") == ["vvvv"]
    text = paper(store, TODAY, "environment")
    assert "09:12, entered later" in text
    assert "[L]" not in text
    told = as_json(store)["environment"]
    assert told["rest_passed"][0]["backfilled"] is True
    assert told["rows"][0]["marks"]["wiped"]["backfilled"] is True
    assert told["rows"][0]["marks"]["unlocked"]["backfilled"] is False


def test_nine_sharp_asks_nothing(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    at 09:00:00
    """
    press(desk, "f3", "f3", "ctrl+a")

    assert signs(store, "environment") == ["vvvv"]


def test_a_second_after_nine_is_late(desk, store):
    """Space on the row after nine: what is due is late by itself.

    team 张伟
    car A1 朗逸白 张伟
    at 09:00:01
    """
    press(desk, "f3", "f3", "space")

    assert signs(store, "environment") == ["Lvvv"]


def test_a_reason_with_the_month_behind_it(desk, store):
    """The badge was forgotten on the 3rd and the 20th; the box over the third time says so. October is not counted.

    at 08:41 2026-10-30
    team 刘洋
    fail 刘洋 badge 忘带
    at 08:41 2026-11-03
    fail 刘洋 badge 忘带
    at 08:41 2026-11-20
    fail 刘洋 badge 忘带
    at 08:41 2026-11-24
    """
    press(desk, "f3", "2", "enter")
    assert "The same before: 20 Nov, 3 Nov (time 3 this month)" in screen(desk)

    press(desk, "7", '"左边口袋掉了', "enter")
    assert mark(store, "刘洋", "badge").reason == "左边口袋掉了"
    assert "左边口袋掉了" in paper(store)


def test_the_first_time_this_month_is_said(desk, store):
    """
    team 刘洋
    """
    press(desk, "f3", "2", "enter")

    assert "The first time this month" in screen(desk)


def test_a_quick_reason_is_read_in_both_languages(desk, store):
    """Picked in English, printed in Chinese.

    team 刘洋
    """
    press(desk, "f3", "2", "enter", "3")
    assert "forgot" in paper(store)

    words.use("zh")
    assert "忘带" in paper(store)
    assert "忘带" in as_chat(reports.live(store, TODAY))


def test_points_go_to_the_consultant_and_to_the_keeper(desk, store):
    """A badge costs who wears it, an unwiped car who keeps it.

    team 刘洋 黄丽
    car B3 宝来红 黄丽
    """
    press(desk, "f3", "2", "f3", "1")

    assert (mark(store, "刘洋", "badge").owner_id, mark(store, "刘洋", "badge").points) == (person(store, "刘洋").id, 2)
    assert mark(store, "宝来红", "wiped", "environment").owner_id == person(store, "黄丽").id
    scores = {one["name"]["zh"]: one["points"] for one in reports.live(store, TODAY).sections["people"]["points"]}
    assert scores == {"刘洋": 2, "黄丽": 2}


def test_a_keeper_who_is_away_loses_no_points(desk, store):
    """Her car was not wiped while she was on leave: an exception of the car, nobody's points.

    team 刘洋 黄丽
    car B3 宝来红 黄丽
    away 黄丽 年假
    """
    press(desk, "f3", "f3", "1", "enter", "4")

    found = mark(store, "宝来红", "wiped", "environment")
    assert (found.result, found.owner_id, found.points) == ("fail", None, 0)
    assert as_json(store)["environment"]["rows"][0]["marks"]["wiped"]["points"] == 0
    assert reports.live(store, TODAY).sections["people"]["points"] == []


def test_late_of_a_keeper_who_is_away(desk, store):
    """
    team 刘洋 黄丽
    car B3 宝来红 黄丽
    away 黄丽 年假
    at 09:12
    """
    press(desk, "f3", "f3", "ctrl+a", "1")

    assert signs(store, "environment") == ["Lvvv"]
    assert mark(store, "宝来红", "wiped", "environment").points == 0


def test_a_new_name_does_not_rewrite_past_cards(store):
    """She married on Monday; Friday's card keeps the name it was made with, Tuesday's has the new one.

    at 08:41 2026-11-20
    team 李娜
    fail 李娜 badge 忘带
    at 08:41 2026-11-24
    """
    people_queries.save(store, replace(person(store, "李娜"), name="李娜娜"))
    tell(store, ["rest", "appearance"])

    assert "李娜娜" not in paper(store, date(2026, 11, 20))
    assert " 李娜 " in paper(store, date(2026, 11, 20))
    assert "李娜娜" in paper(store)


def test_other_words_do_not_rewrite_past_cards(store):
    """The badge is called otherwise from today on; the card of Friday still asks what it asked.

    at 08:41 2026-11-20
    team 李娜
    fail 李娜 badge 忘带
    at 08:41 2026-11-24
    """
    one = next(w for w in lists.every(store) if w.code == "appearance").lists[0]
    badge = next(item for item in one.items if item.code == "badge")
    lists.save_item(store, one, replace(badge, zh="工牌", en="Name tag", short_en="Tag", points=5))
    lists.remove_item(store, one, one.items[0])
    tell(store, ["rest", "appearance"])

    past, now = paper(store, date(2026, 11, 20)), paper(store)
    assert "Badge" in past
    assert "Unif" in past
    assert "Tag" in now
    assert "Unif" not in now
    assert as_json(store, date(2026, 11, 20))["appearance"]["counts"]["items"] == 4
    assert as_json(store)["appearance"]["counts"]["items"] == 3


def test_a_card_that_is_no_longer_asked_stays_readable(store):
    """The showroom's own lists know no environment card any more; the one of today and of Friday still print.

    at 08:41 2026-11-20
    team 李娜
    car A1 朗逸白 李娜
    rest environment
    at 08:41 2026-11-24
    rest environment
    """
    shipped = shelf.find("checklists.toml").read_text(encoding="utf-8")
    own = shelf.own(store.path) / "checklists.toml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(shipped.replace('"environment"', '"surroundings"'), encoding="utf-8")

    for day in (date(2026, 11, 20), TODAY):
        assert "Lavida" in paper(store, day, "environment") or "朗逸白" in paper(store, day, "environment")
        assert as_json(store, day)["environment"]["counts"]["pass"] == 4
    assert "surroundings" in as_json(store)
    assert "surroundings" not in as_json(store, date(2026, 11, 20))


def test_todays_card_keeps_its_words_once_it_is_begun(desk, store):
    """
    team 李娜
    rest appearance
    """
    one = next(w for w in lists.every(store) if w.code == "appearance").lists[0]
    lists.remove_item(store, one, one.items[0])
    press(desk, "f3")

    assert signs(store) == ["vvvv"]
    assert "1Unif" in screen(desk)


def test_nobody_looked(store):
    """A day on which nobody looked is missing in the report, not perfect.

    team 张伟 李娜
    car A1 朗逸白 张伟
    """
    report = reports.live(store, TODAY)

    assert [(c["code"], c["made"], c["counts"]["pass"]) for c in report.sections["checks"]["cards"][:2]] == [
        ("appearance", False, 0), ("environment", False, 0),
    ]  # fmt: skip
    assert "Appearance: not made, 8 items open" in as_chat(report)


def test_nobody_looked_yesterday(store):
    """The report of yesterday, sealed only today, says so too.

    at 08:41 2026-11-23
    team 张伟
    at 08:41 2026-11-24
    """
    report = reports.live(store, TODAY - timedelta(days=1))

    assert "Appearance: not made, 4 items open" in as_chat(report)


def test_one_undo_after_the_rest(desk, store):
    """Ctrl+A too early: one Ctrl+Z opens all of it again, Ctrl+Y fills it again.

    team 张伟 李娜 王芳
    """
    press(desk, "f3", "1", "ctrl+a", "ctrl+z")
    assert signs(store) == ["X...", "....", "...."]
    assert card(store, "appearance").passes == []

    press(desk, "ctrl+y")
    assert signs(store) == ["Xvvv", "vvvv", "vvvv"]


def test_ten_quiet_days_ask_for_two_looks(store):
    """Ten days without an exception: two cells to look at again, the same all day, other ones the next day.

    team 张伟 李娜 王芳
    car A1 朗逸白 张伟
    """
    for back in range(10, 0, -1):
        at(store, "08:41", str(TODAY - timedelta(days=back)))
        tell(store, ["rest", "appearance"])
        tell(store, ["seal", "it"])
    at(store, "08:15")
    desk = desk_of(store)
    asked = screen(desk).splitlines()[-3]
    assert "10 days without an exception; look again at:" in asked

    tell(store, ["rest", "appearance"])
    at(store, "16:40")
    press(desk, "f3", "f2")
    assert screen(desk).splitlines()[-3] == asked

    tell(store, ["fail", "张伟", "badge"])
    press(desk, "f3", "f2")
    assert "look again" not in screen(desk)


def test_nine_quiet_days_ask_nothing(store):
    """
    team 张伟
    """
    for back in range(9, 0, -1):
        at(store, "08:41", str(TODAY - timedelta(days=back)))
        tell(store, ["rest", "appearance"])
        tell(store, ["seal", "it"])
    at(store, "08:15")

    assert "look again" not in screen(desk_of(store))


def test_somebody_who_came_after_the_card_was_begun(desk, store):
    """A new consultant is entered at 08:50; the card has a line for him, open.

    team 张伟
    rest appearance
    """
    tell(store, ["team", "新人"])
    press(desk, "f3")
    assert signs(store) == ["vvvv", "...."]

    press(desk, "end", "2")
    assert signs(store) == ["vvvv", ".X.."]
    assert "新人" in paper(store)


def test_a_car_moved_in_during_the_round(desk, store):
    """A car takes its place at 08:50, another one is sold off: today's card has both, nothing is lost.

    team 张伟
    car A1 朗逸白 张伟
    rest environment
    car A2 途观蓝 张伟
    """
    from floorlead.furniture import queries as furniture

    press(desk, "f3", "f3", "down", "1")
    assert signs(store, "environment") == ["vvvv", "X..."]

    furniture.remove(store, furniture.standing(store)[0])
    press(desk, "f2", "f3")
    assert signs(store, "environment") == ["vvvv", "X..."]


def closing(store: Store, low: float, high: float) -> None:
    """The keys are counted, from so many to so many."""
    one = next(w for w in lists.every(store) if w.code == "closing").lists[0]
    lists.save_item(store, one, replace(one.items[0], low=low, high=high))


@pytest.mark.parametrize(
    ("typed", "value", "sign"),
    [("14", 14, "v"), ("13", 13, "X"), ("１４", 14, "v"), (" 14 ", 14, "v"), ("15", 15, "X")],
)
def test_the_keys_are_counted(desk, store, typed, value, sign):
    """Fourteen keys; one too few or too many is an exception, full-width digits count as digits.

    team 张伟
    at 18:05
    """
    closing(store, 14, 14)
    press(desk, "f3", "f3", "f3", "f3", "1", f'"{typed}', "enter")

    assert signs(store, "closing")[0][0] == sign
    assert mark(store, "闭店检查", "E01", "closing").value == value
    told = paper(store, TODAY, "closing")
    assert (f"[{value}]" if sign == "X" else f" {value} ") in told


@pytest.mark.parametrize("typed", ["", "vierzehn", "14把", "nan", "inf", "1e99", "--3", "1 4", "十四", "1_4"])
def test_what_is_no_number_is_refused(desk, store, typed):
    """One sentence, nothing kept, the box stays open.

    team 张伟
    """
    closing(store, 14, 14)
    press(desk, "f3", "f3", "f3", "f3", "1", f'"{typed}', "enter")

    assert "That is no number; write it as 12.4 (E69)" in screen(desk)
    assert card(store, "closing").marks == {}


def test_the_rest_invents_no_number(desk, store):
    """Ctrl+A on the closing round leaves the count of the keys to be typed.

    team 张伟
    """
    press(desk, "f3", "f3", "f3", "f3", "ctrl+a")

    assert signs(store, "closing") == [".vvvvvvv"]


def test_another_terminal_marks_are_there_on_coming_back(desk, store):
    """The deputy marks on the second terminal; going to the card again shows it, and neither loses the other's.

    team 张伟 李娜
    """
    press(desk, "f3", "1")
    second = open_store(store.path, clock.stopped(f"{DAY}T08:45:00"))
    try:
        other = desk_of(second)
        press(other, "f3", "down", "2")
    finally:
        second.close()
    press(desk, "f2", "f3")

    assert "[X]" in next(line for line in screen(desk).splitlines() if "李娜" in line)
    assert signs(store) == ["X...", ".X.."]


def test_two_terminals_begin_the_same_card(desk, store):
    """Both stand on a card that nobody began; both press, and no mark is lost.

    team 张伟 李娜
    """
    press(desk, "f3")
    second = open_store(store.path, clock.stopped(f"{DAY}T08:45:00"))
    try:
        other = desk_of(second)
        press(other, "f3", "down", "2")
        press(desk, "home", "1")
    finally:
        second.close()

    assert store.one("SELECT count(*) FROM cards") == 1
    assert signs(store) == ["X...", ".X.."]


def test_a_card_read_before_another_began_it(store):
    """The same below the keys: a card in hand that is behind the file joins what is there.

    team 张伟 李娜
    """
    first, second = card(store, "appearance"), card(store, "appearance")
    for made, row in ((first, 0), (second, 1)):
        item = made.items(made.rows[row])[0]
        queries.put(store, made, [(made.rows[row], item, Mark("fail", f"{DAY}T08:41:00", "王"))], "{n}", n=row)

    assert signs(store) == ["X...", "X..."]


def test_the_question_after_nine_does_not_wipe_it_out_either(desk, store):
    """The box is open here while the deputy marks there; the answer fills only what is still open.

    team 张伟 李娜
    at 09:12
    """
    press(desk, "f3", "ctrl+a")
    second = open_store(store.path, clock.stopped(f"{DAY}T09:12:30"))
    try:
        press(desk_of(second), "escape", "f2", "f3", "down", "2")
    finally:
        second.close()
    press(desk, "2")

    assert signs(store) == ["vvvv", "vXvv"]


@pytest.mark.parametrize("keys", [("ctrl+a",), ("down", "space")])
def test_the_rest_does_not_wipe_out_what_the_other_terminal_saw(desk, store, keys):
    """The deputy sees a missing badge on the other terminal; Ctrl+A or Space here must not make it fine.

    team 张伟 李娜
    """
    press(desk, "f3")
    second = open_store(store.path, clock.stopped(f"{DAY}T08:45:00"))
    try:
        other = desk_of(second)
        press(other, "f3", "down", "2")
    finally:
        second.close()
    press(desk, *keys)

    assert signs(store)[1] == "vXvv"
