"""The morning and the evening meeting: what is read out, what is ticked and answered, what becomes a task."""

from __future__ import annotations

import time
from datetime import date

import pytest

from floorlead import words
from floorlead.meetings import moves, queries
from floorlead.meetings.papers import read
from floorlead.meetings.records import Kind, Sort
from floorlead.meetings.sheet import draw
from floorlead.people import queries as people
from floorlead.people.records import State
from floorlead.store import Refused, open_store
from floorlead.store import undo as undoing
from floorlead.targets import queries as targets
from floorlead.tasks import queries as tasks
from floorlead.text import width
from tests.conftest import at, desk_of, enter_car, person, press, screen, the_car
from tests.targets import floor

DAY = date(2026, 11, 24)


@pytest.fixture
def shop(store):
    """Targets, visits and orders of November; hand-overs, a notice, a complaint, tasks, follow-ups around the 24th."""
    floor.november(store)
    who = person(store, "李娜").id
    enter_car(store, "QY", "白", "4114", arrived_on=date(2026, 8, 1))
    enter_car(store, "YL", "黑", "4120", arrived_on=date(2026, 11, 23))
    enter_car(store, "QY", "红", "4125", arrived_on=date(2026, 4, 1))
    with store.write("today") as db:
        car, other = the_car(store, "4114"), the_car(store, "4120")
        floor.order(db, "T1", who, "2026-11-10", car_id=car.id, model_id=car.model_id, handover_at="2026-11-24T10:30")
        floor.order(db, "T2", who, "2026-11-12", car_id=other.id, model_id=car.model_id, handover_at="2026-11-25T14:00",
                    plate_at="2026-11-24T09:30")  # fmt: skip
        sql = "INSERT INTO entries(day, at, by, kind, text, owner) VALUES (?, ?, 'x', ?, ?, ?)"
        db.execute(sql, ("2026-11-23", "2026-11-23T14:30:00", "notice", "青屿限时补贴", ""))
        db.execute(sql, ("2026-11-23", "2026-11-23T13:40:00", "complaint", "等了四十分钟 13912345678", "李娜"))
        db.execute(
            "INSERT INTO tasks(text, owner, due, made_on) VALUES ('D02 轮换', '王芳', '2026-11-22', '2026-11-21')"
        )
        db.execute("INSERT INTO tasks(text, owner, due, made_on) VALUES ('明天的', '王芳', '2026-11-25', '2026-11-24')")
        sql = ("INSERT INTO customers(name, phone, grade, advisor_id, first_on, last_contact, next_due, made_at, by) "
               "VALUES (?, ?, 'H', ?, '2026-11-10', '2026-11-10', ?, '2026-11-10T10:00:00', 'x')")  # fmt: skip
        db.execute(sql, ("赵先生", "13900001001", who, "2026-11-21"))
        db.execute(sql, ("钱女士", "13900001002", who, "2026-11-24"))
        floor.visit(db, "2026-11-24", who, incomplete=1)
    return store


def _keys(store, kind):
    return [point.key for point in queries.sheet(store, DAY, kind).points()]


def _point(store, kind, sort):
    return next(point for point in queries.sheet(store, DAY, kind).points() if point.sort is sort)


def test_the_morning_reads_out_the_day(shop):
    """Yesterday against its target, today's target, hand-over and plates by the clock, old cars, notices, new cars."""
    sheet = queries.sheet(shop, DAY, Kind.MORNING)
    told = {point.key: point.words for point in sheet.points()}

    assert [row.cells[3] for row in sheet.rows[:2]] == ["1/2", "14/30"]
    plates, out = (point.words for point in sheet.points() if point.sort is Sort.APPOINTMENT)
    assert plates.startswith("09:30 plates") and "4120" in plates
    assert out.startswith("10:30 hand-over") and "4114" in out and "missing" in out
    assert [key for key in told if key.startswith("car:")] == [
        f"car:{the_car(shop, '4125').id}",
        f"car:{the_car(shop, '4114').id}",
    ]
    assert "not acknowledged 3" in told["notice:1"]
    assert "4120" in told["stock:0"]
    assert {"cause:orders", "cause:deliveries", "training", "praise"} <= set(told)


def test_over_age_is_what_today_counts(shop):
    """Two cars above 90 days are read out, one of them above 180: the heading says both, Today's header the one."""
    title = next(one.title for one in queries.sheet(shop, DAY, Kind.MORNING).blocks if one.title.startswith(">"))
    desk = desk_of(shop)

    assert title == "> 90 d: 2, over-age 1"
    assert "over-age 1" in screen(desk)


def test_headings_say_what_they_ask(shop):
    """The evening's follow-ups are those still due, late ones in brackets, not done of wanted."""
    words.use("zh")
    for kind in Kind:
        shown = draw(read(shop, DAY, kind))
        told = [block.text for block in shown.blocks if hasattr(block, "text")]
        assert any("回访 未回(逾期)" in text for text in told)
        assert "2(1)" in str(shown)


def test_follow_ups_due_and_overdue(shop):
    """李娜 has two due, one of them overdue."""
    sheet = queries.sheet(shop, DAY, Kind.MORNING)

    assert [(one.due, one.overdue) for one in sheet.members] == [(0, 0), (2, 1), (0, 0)]


def test_the_evening_asks_what_is_open(shop):
    """The open task, the complaint (its number masked), the overdue, the incomplete visit, tomorrow's missing papers."""
    sheet = queries.sheet(shop, DAY, Kind.EVENING)
    words_ = {point.sort: point.words for point in sheet.points()}

    assert "D02" in words_[Sort.TASK] and "明天的" not in str(words_)
    assert "13912345678" not in words_[Sort.ENTRY] and "5678" in words_[Sort.ENTRY]
    assert "1 overdue" in words_[Sort.FOLLOW_UP] and "3 days" in words_[Sort.FOLLOW_UP]
    assert "Staff 2" in words_[Sort.VISIT]
    assert "missing" in words_[Sort.ORDER]
    assert not any(point.key.startswith("notice") for point in sheet.points())


def test_begun_and_ended(shop):
    """Space begins at 08:41 and ends at 08:55; Space again takes the end back, Ctrl+Z the rest."""
    moves.begin_or_end(shop, DAY, Kind.MORNING)
    at(shop, "08:55")
    moves.begin_or_end(shop, DAY, Kind.MORNING)
    held = queries.meeting(shop, DAY, Kind.MORNING)
    moves.begin_or_end(shop, DAY, Kind.MORNING)

    assert (held.begun_at[11:16], held.ended_at[11:16]) == ("08:41", "08:55")
    assert queries.meeting(shop, DAY, Kind.MORNING).ended_at == ""
    undoing.undo(shop)
    undoing.undo(shop)
    undoing.undo(shop)
    assert queries.meeting(shop, DAY, Kind.MORNING).id == 0


def test_a_tick_begins_the_meeting(shop):
    """Who ticks before saying that it began has begun; the tick taken off, the meeting stays."""
    moves.tick(shop, DAY, Kind.EVENING, "visit:1", "10:00")
    assert set(queries.meeting(shop, DAY, Kind.EVENING).ticks) == {"visit:1"}
    moves.tick(shop, DAY, Kind.EVENING, "visit:1", "10:00")
    held = queries.meeting(shop, DAY, Kind.EVENING)

    assert (held.ticks, held.begun_at[11:16]) == ({}, "08:41")


def test_an_answer_ticks_and_goes(shop):
    """What was said stays with the point; an empty answer takes both back."""
    moves.answer(shop, DAY, Kind.EVENING, "order:34", "明早九点补齐")
    assert queries.meeting(shop, DAY, Kind.EVENING).ticks["order:34"].answer == "明早九点补齐"
    moves.answer(shop, DAY, Kind.EVENING, "order:34", "")
    assert queries.meeting(shop, DAY, Kind.EVENING).ticks == {}


def test_an_action_is_a_task(shop):
    """An action needs owner and day; then it is a task, stands under the meeting's actions, and one undo takes both."""
    with pytest.raises(Refused, match="owner"):
        moves.act(shop, DAY, Kind.EVENING, "换 D02", "", DAY)
    with pytest.raises(Refused):
        moves.act(shop, DAY, Kind.EVENING, " ", "王芳", DAY)
    task = moves.act(shop, DAY, Kind.EVENING, "换 D02", "王芳", date(2026, 11, 25))

    assert _keys(shop, Kind.EVENING)[-1] == f"action:{task}"
    assert task in [one.id for one in tasks.open_all(shop)]
    undoing.undo(shop)
    assert task not in [one.id for one in tasks.open_all(shop)]
    assert not any(key.startswith("action") for key in _keys(shop, Kind.EVENING))


def test_a_notice_read_out_is_acknowledged_by_who_is_here(shop):
    """Space on the notice: the two who are here have acknowledged it, 王芳 on leave has not; again is refused."""
    people.say(shop, DAY, person(shop, "王芳"), State.LEAVE)
    moves.acknowledge(shop, DAY, 1)
    left = _point(shop, Kind.MORNING, Sort.NOTICE).words

    assert "not acknowledged 1: Staff 3" in left
    with pytest.raises(Refused):
        moves.acknowledge(shop, DAY, 1)


# -- the page


SCENES = {
    "morning": (),
    "morning-predict": ("down", "2", "right", "1"),
    "morning-bottom": ("end",),
    "morning-begun": ("space", "end", "up", "up", "space"),
    "predict": ("down", "enter"),
    "praise": ("end", "enter"),
    "action": ("down", "insert"),
    "cause": ("down", "down", "down", "down", "enter"),
    "evening": ("tab",),
    "evening-bottom": ("tab", "end"),
    "evening-answer": ("tab", "end", "enter", '"明早九点补齐'),
    "print": ("ctrl+p",),
}


@pytest.fixture
def desk(shop):
    """The page of meetings in the morning."""
    made = desk_of(shop)
    made.go("meetings")
    return made


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_scene(desk, golden, scene, language):
    """A walk of keys, and what the screen then says."""
    words.use(language)
    desk.page.enter()
    press(desk, *SCENES[scene])
    shown = screen(desk)

    assert all(width(line) <= 80 for line in shown.split("\n"))
    golden(shown.split("\n", 1)[1], f"meetings-{scene}-{language}")


def test_predictions_by_digit(desk, shop):
    """2 orders and 1 delivery of the first, the same digit again takes it back; the row stays under the cursor."""
    who = person(shop, "张伟").id
    press(desk, "down", "2", "right", "1")
    assert targets.forecasts(shop, DAY) == {(who, "orders"): 2, (who, "deliveries"): 1}
    press(desk, "1", "left")
    assert targets.forecasts(shop, DAY) == {(who, "orders"): 2}
    press(desk, "enter", '"12', "ctrl+s")
    assert targets.forecasts(shop, DAY) == {(who, "orders"): 12}


def test_a_task_is_ticked_in_the_evening(desk, shop):
    """Space on an open task settles it; Space again opens it."""
    press(desk, "tab")
    desk.page.go_to("task:1")
    press(desk, "space")
    assert _point(shop, Kind.EVENING, Sort.TASK).done
    press(desk, "space")
    assert not _point(shop, Kind.EVENING, Sort.TASK).done


def test_the_cause_in_the_meeting(desk, shop):
    """Enter on what is behind asks for the cause of all of it; given, the lines are gone and the page stays."""
    desk.page.go_to("cause:orders")
    press(desk, "enter", "5", "ctrl+s")

    assert targets.pace(shop, DAY).causes_due == []
    assert "cause:orders" not in _keys(shop, Kind.MORNING)
    assert desk.page.name == "meetings" and desk.dialog() is None


def test_every_key_everywhere(desk):
    """No key fails on any line of either meeting."""
    for _kind in Kind:
        press(desk, "home")
        for _line in range(25):
            press(desk, "3", "-", "left", "space", "enter", "escape", "escape", "down")
        press(desk, "pagedown", "tab")

    assert desk.page.name in ("meetings", "training")


def test_the_place_survives_a_restart(desk, shop):
    """Killed in the middle of an answer: the evening, the line and the words are there again."""
    press(desk, "tab", "end", "enter", '"明早九点')
    desk.keep()
    again = desk_of(open_store(shop.path, shop.clock))

    assert again.page.kind is Kind.EVENING
    assert again.dialog().values["answer"] == "明早九点"


def test_an_empty_showroom(store):
    """Nobody, no target, nothing open: both sheets are drawn and say what is missing."""
    desk = desk_of(store)
    desk.go("meetings")
    press(desk, "down", "space", "tab", "end", "enter", "escape")

    assert "nobody is overdue" in screen(desk)


def test_the_evening_comes_first_after_noon(shop):
    """At 18:00 the page opens on the evening meeting."""
    at(shop, "18:00")
    desk = desk_of(shop)
    desk.go("meetings")
    desk.page.arrive()

    assert desk.page.kind is Kind.EVENING


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_paper(shop, golden, kind, language):
    """The sheet on paper, at most 80 cells wide, every point with its box, no full number."""
    from floorlead.paper.text import as_text

    words.use(language)
    text = as_text(draw(read(shop, DAY, kind)))

    assert all(width(line) <= 80 for line in text.split("\n"))
    assert "13912345678" not in text
    golden(text, f"meetings-paper-{kind.value}-{language}")


def test_quick_enough(shop):
    """A key that changes something reads the whole meeting again: that is a matter of milliseconds."""
    queries.sheet(shop, DAY, Kind.MORNING)
    best = 1.0
    for _n in range(5):
        begun = time.process_time()
        queries.sheet(shop, DAY, Kind.MORNING)
        best = min(best, time.process_time() - begun)

    assert best < 0.05
