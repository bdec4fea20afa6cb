"""The process looked at: a digit is what was missed, Space says the rest was right; old looks keep the old words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorlead import shelf, words
from floorlead.log import lists
from floorlead.people import queries as people_queries
from floorlead.people.records import State
from floorlead.spotchecks import moves, queries, rules
from floorlead.spotchecks.records import FAIL, NA, PASS
from floorlead.store import Refused
from floorlead.store.undo import undo
from floorlead.text import width
from tests.app.walk import LETTERS, PUNCTUATION, arrive
from tests.conftest import at, person, press, screen
from tests.log.hall import desk_at, staff


@pytest.fixture
def hall(store):
    staff(store)
    at(store, "14:20")
    return store


@pytest.fixture
def desk(hall):
    return desk_at(hall, "spotchecks")


def today(store):
    return queries.on_day(store, store.today())


def marks(spot):
    return {code: mark.result for code, mark in spot.marks.items()}


def test_two_misses_then_the_rest_was_right(hall, desk):
    press(desk, "2", "4", "space")
    one = today(hall)[0]
    assert one.person == person(hall, "李娜").id
    assert one.closed
    assert [code for code, result in marks(one).items() if result == FAIL] == ["needs", "drive"]
    assert rules.counted(one) == rules.Sum(1, 6, 8)
    assert desk.page.look().person.name == "杨帆"


def test_a_look_changed_elsewhere_is_never_written_over(hall, desk):
    """Another terminal marked a step meanwhile: finishing, noting and marking what was seen before are refused."""
    press(desk, "2")
    seen = today(hall)[0]
    who = person(hall, "李娜")
    press(desk, "4")
    for late in (lambda: moves.finish(hall, who, seen, []), lambda: moves.note(hall, who, seen, "看过")):
        with pytest.raises(Refused, match="E363"):
            late()
    assert marks(today(hall)[0]) == {"needs": FAIL, "drive": FAIL}


def test_the_same_digit_takes_the_mark_off_and_minus_says_it_does_not_apply(hall, desk):
    press(desk, "2", "2", "4", "left", "-")
    assert marks(today(hall)[0]) == {"drive": FAIL, "product": NA}
    press(desk, "-", "4")
    assert marks(today(hall)[0]) == {}
    press(desk, "4", "-", "space")
    assert rules.counted(today(hall)[0]) == rules.Sum(1, 7, 7), "what does not apply is in neither number"


def test_a_mark_after_the_look_was_over_stays_in_it_and_taking_one_off_opens_it(hall, desk):
    press(desk, "space", "up", "3")
    assert (marks(today(hall)[0])["product"], today(hall)[0].closed) == (FAIL, True)
    press(desk, "3")
    assert not today(hall)[0].closed
    assert len(today(hall)) == 1


def test_every_step_is_taken_back(hall, desk):
    press(desk, "2", "space", "ctrl+z")
    assert marks(today(hall)[0]) == {"needs": FAIL}
    press(desk, "ctrl+z")
    assert today(hall) == []
    press(desk, "ctrl+y", "ctrl+y")
    assert today(hall)[0].closed


def test_a_second_look_at_the_same_consultant_is_a_line_of_its_own(hall, desk):
    press(desk, "space", "up", "insert", "1", "space")
    assert [rules.counted(one).passed for one in today(hall)] == [8, 7]
    assert rules.by_person(today(hall))[person(hall, "李娜").id] == rules.Sum(2, 15, 16)


def test_who_is_away_is_not_looked_at(hall):
    people_queries.say(hall, hall.today(), person(hall, "杨帆"), State.LEAVE, "事假")
    desk = desk_at(hall, "spotchecks")
    assert [look.person.name for look in desk.page.looks] == ["李娜", "王芳", "刘洋", "吴敏"]


def test_the_note_is_kept_and_card_numbers_are_refused(hall, desk):
    press(desk, "enter", '"没问预算', "enter")
    assert today(hall)[0].note == "没问预算"
    spot, who = today(hall)[0], person(hall, "李娜")
    with pytest.raises(Refused) as refused:
        moves.note(hall, who, spot, "证件 11010519491231002X")
    assert refused.value.code == "E401"


def test_old_looks_keep_the_old_words_when_an_item_is_edited(hall, desk):
    press(desk, "2", "space")
    folder = hall.path.with_suffix("")
    folder.mkdir(exist_ok=True)
    text = (
        shelf.find("log.toml")
        .read_text(encoding="utf-8")
        .replace("需求分析", "探询需求")
        .replace("needs asked", "asked why")
    )
    (folder / "log.toml").write_text(text, encoding="utf-8")
    at(hall, "09:30", (hall.today() + timedelta(days=1)).isoformat())
    assert lists.lists(hall).items[1].zh == "探询需求"
    desk.page.enter()
    press(desk, "tab", "enter")
    assert "needs asked" in screen(desk)
    press(desk, "escape", "tab", "tab", "2")
    assert "asked why" in screen(desk)


def test_two_terminals(hall):
    who, item = person(hall, "李娜"), lists.lists(hall).items[0]
    ident = moves.mark(hall, who, None, item, FAIL)
    stale = queries.of(hall, ident)
    moves.mark(hall, who, stale, lists.lists(hall).items[1], PASS)
    with pytest.raises(Refused, match="another terminal"):
        moves.mark(hall, who, stale, item, "")
    moves.drop(hall, who, queries.of(hall, ident))
    assert today(hall) == []
    undo(hall)
    assert len(today(hall)[0].marks) == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_three_views_fit(hall, lang, golden):
    words.use(lang)
    desk = desk_at(hall, "spotchecks")
    press(desk, "2", "4", "right", "-", "space", "1")
    for name in ("today", "month", "people"):
        shown = screen(desk)
        assert all(width(line) <= 80 for line in shown.splitlines())
        assert ".." not in shown.splitlines()[-1]
        golden(shown, f"screen-spotchecks-{name}-{lang}")
        press(desk, "tab")


def test_letters_and_punctuation_change_nothing(hall, desk):
    press(desk, "1")
    before = int(hall.one("SELECT count(*) FROM actions"))
    for char in LETTERS + PUNCTUATION:
        arrive(desk, char)
    assert int(hall.one("SELECT count(*) FROM actions")) == before


def test_the_place_survives(hall, desk):
    press(desk, "down", "3", "right")
    desk.keep()
    assert screen(desk_at(hall, "spotchecks")) == screen(desk)
