"""F8 key by key: two keys for a breach, one list for everything, nothing that a letter could change."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from floorlead import words
from floorlead.discipline import queries as discipline
from floorlead.leave import queries as leave
from floorlead.log import moves, papers, queries, sheet
from floorlead.orders import queries as orders
from floorlead.paper.text import as_text
from floorlead.people import queries as people_queries
from floorlead.record import replace
from floorlead.store import open_store
from floorlead.store.undo import undo
from floorlead.tasks import queries as tasks
from floorlead.text import width
from tests.app.walk import LETTERS, PUNCTUATION, arrive
from tests.conftest import _order, _stock, at, person, press, screen
from tests.log.hall import again, day_of_the_log, desk_at, entry, hold, over, plate, staff


@pytest.fixture(params=["zh", "en"])
def lang(request):
    words.use(request.param)
    return request.param


@pytest.fixture
def hall(store):
    staff(store)
    for hour, holder, second in ((9, "李娜", "杨帆"), (11, "杨帆", "王芳"), (13, "王芳", "李娜")):
        hold(store, hour, holder, second)
    return store


@pytest.fixture
def busy(hall):
    day_of_the_log(hall)
    _stock(hall, "QY", "白", "4114", "5")
    _order(hall, "刘女士", "4114", "王芳")
    plate(hall, "刘女士", "2026-11-25T09:30")
    entry(hall, "notice", "青屿 12 月限时补贴 3000 元")
    return hall


def rows(desk):
    return [(row.sort.value, row.text) for row in desk.page.shown]


def fits(text):
    assert all(width(line) <= 80 for line in text.splitlines()), text
    assert ".." not in text.splitlines()[-1]


# -- the list


def test_the_picture(busy, lang, golden):
    desk = desk_at(busy)
    shown = screen(desk)
    fits(shown)
    golden(shown, f"screen-log-{lang}")
    press(desk, "tab")
    golden(screen(desk), f"screen-log-today-{lang}")
    assert len(screen(desk, 120, 36).splitlines()) == 36


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("new", ["insert"]), ("complaint", ["insert", "2"]), ("notice", ["insert", "6"]), ("task", ["insert", "3"]),
        ("plates", ["insert", "7"]), ("detail", ["enter"]), ("ending", ["space"]), ("readers", ["down"] * 4 + ["enter"]),
        ("violate", ["4"]), ("violate-form", ["4", "enter"]), ("points", ["4", "3", "f8"]), ("print", ["ctrl+p"]),
    ],
)  # fmt: skip
def test_every_box_fits_in_both_languages(busy, lang, golden, name, keys):
    desk = desk_at(busy)
    press(desk, *keys)
    fits(screen(desk))
    golden(screen(desk), f"screen-log-{name}-{lang}")


def test_an_empty_log_says_what_would_be_here(store, lang, golden):
    desk = desk_at(store)
    golden(screen(desk), f"screen-log-empty-{lang}")


# -- entering


def test_a_complaint_at_the_desk(hall):
    """13:40: name, telephone, words, level, owner; the clock begins, the number is never seen again in full."""
    at(hall, "13:40")
    desk = desk_at(hall)
    press(
        desk,
        "insert",
        "2",
        '"售后久等',
        "enter",
        "2",
        '"郑先生',
        "enter",
        '"139-1111-2280',
        "enter",
        '"wm',
        "enter",
        "enter",
    )
    one = queries.open_entries(hall, hall.today())[0]
    assert (one.text, one.level, one.customer, one.phone) == ("售后久等", "raised", "郑先生", "13911112280")
    assert (one.owner, one.owner_id, one.due) == ("吴敏", person(hall, "吴敏").id, "2026-11-24T15:40")
    assert "13911112280" not in screen(desk)
    assert "139****2280" in screen(desk)
    assert "the manager is to be told" in screen(desk)
    press(desk, "1")
    assert again(hall, one).escalated_to == "周经理"


def test_a_number_in_the_words_is_masked_wherever_it_is_shown(hall):
    desk = desk_at(hall)
    entry(hall, "incident", "客户 138 0013 8000 的钥匙在前台")
    desk.page.enter()
    press(desk, "enter")
    assert "138****8000" in screen(desk)
    assert "138 0013 8000" not in screen(desk)
    moves.change(hall, again(hall, 1), replace(again(hall, 1), level="urgent"))
    assert again(hall, 1).text == "客户 138 0013 8000 的钥匙在前台"


def test_a_task_needs_an_owner_and_a_due_and_nothing_typed_is_lost(hall):
    """
    Refused without an owner, then without a due: each time the cursor stands in the field that is missing.

    team 李娜
    """
    desk = desk_at(hall)
    press(desk, "insert", "3", '"补价签', "ctrl+s")
    assert "E348" in screen(desk)
    press(desk, '"wf', "ctrl+s")
    assert "E349" in screen(desk)
    press(desk, '"明天', "enter")
    one = tasks.open_all(hall)[0]
    assert (one.text, one.owner, one.due) == ("补价签", "王芳", hall.today() + timedelta(days=1))
    assert rows(desk) == [("task", "补价签")]
    press(desk, "3", '"ly', "ctrl+s")
    assert tasks.open_all(hall)[0].owner == "刘洋"
    press(desk, "space")
    assert rows(desk) == []
    press(desk, "ctrl+z")
    assert rows(desk) == [("task", "补价签")]


def test_leave_and_outings_have_their_own_box_on_their_own_page(hall):
    desk = desk_at(hall)
    press(desk, "insert", "4")
    assert (desk.page.name, type(desk.dialog()).__name__) == ("leave", "LeaveForm")
    press(desk, "escape")
    assert desk.page.name == "log"
    press(desk, "insert", "5")
    assert desk.page.name == "outings"


def test_leave_asked_for_is_open_until_it_is_decided(hall):
    from floorlead.leave import moves as leave_moves

    day = hall.today() + timedelta(days=1)
    leave_moves.ask(hall, leave_moves.blank(hall, person(hall, "李娜").id, "P", day, day, "", ""))
    desk = desk_at(hall)
    assert [sort for sort, _text in rows(desk)] == ["leave"]
    press(desk, "space")
    assert "own page" in screen(desk)
    press(desk, "enter")
    assert desk.page.name == "leave"
    assert leave.asked(hall, hall.today())


def test_the_plate_office_calls_and_moves_the_appointment(busy):
    """11:30: the order, the time, listed until the plates are there."""
    desk = desk_at(busy)
    press(desk, "insert", "7", "1", '"11-24 15:30', "enter")
    order = orders.open_orders(busy)[0]
    assert order.plate_at == "2026-11-24T15:30"
    assert desk.page.row().table == "orders"
    press(desk, "space")
    assert orders.open_orders(busy)[0].is_done("plates")
    undo(busy)
    undo(busy)
    assert orders.open_orders(busy)[0].plate_at == "2026-11-25T09:30"


def test_a_plate_time_without_an_order_is_words_with_an_owner_and_a_due(hall):
    desk = desk_at(hall)
    press(desk, "insert", "7", "0", '"老客户补牌', "enter", '"wf', "enter", '"明天 9:30', "enter")
    one = queries.open_entries(hall, hall.today())[0]
    assert (one.kind.value, one.owner, one.due) == ("plate", "王芳", "2026-11-25T09:30")
    press(desk, "space")
    assert not again(hall, one).open


# -- the life of an entry


def test_enter_writes_what_was_done_and_space_asks_for_the_result(busy):
    desk = desk_at(busy)
    one = queries.open_entries(busy, busy.today())[1]
    press(desk, "enter", "2")
    assert queries.steps(busy, [one.id])[one.id][-1].text == "called the customer"
    press(desk, "enter", "7", '"送了一箱水', "enter")
    assert queries.steps(busy, [one.id])[one.id][-1].text == "送了一箱水"
    press(desk, "space", "0")
    assert again(busy, one).open, "a complaint does not close without a result"
    press(desk, "7", '"换了新件', "enter", "1")
    assert (again(busy, one).result, again(busy, one).satisfied) == ("换了新件", True)
    press(desk, "tab", "home", "space")
    assert again(busy, one).open
    assert again(busy, one).result == ""


def test_overdue_stands_in_the_title_and_before_the_due(busy):
    at(busy, "16:01")
    desk = desk_at(busy)
    assert "late 1" in screen(desk)
    assert "!16:00" in screen(desk)


def test_no_response_within_the_limit_is_said_on_the_warning_line(hall):
    at(hall, "10:00")
    entry(hall, "complaint", "吵", customer="郑先生")
    at(hall, "10:31")
    assert "no response for 31 min" in screen(desk_at(hall))


def test_what_was_open_stands_there_tomorrow(busy):
    day = (busy.today() + timedelta(days=1)).isoformat()
    at(busy, "08:20", day)
    desk = desk_at(busy)
    assert [sort for sort, _text in rows(desk)] == [
        "complaint",
        "incident",
        "task",
        "task",
        "notice",
        "plate",
        "outing",
    ]
    assert desk.page.counted["late"] == 4, "the complaint and the incident, two tasks"


def test_the_number_is_shown_after_a_reason_and_who_looked_is_noted(busy):
    desk = desk_at(busy)
    press(desk, "enter", "9", "enter")
    assert "E351" in screen(desk)
    press(desk, '"回电', "enter")
    assert "13911112280" in screen(desk)
    ident = desk.page.entry().id
    assert busy.rows("SELECT tbl, row FROM access_rows") == [("entries", ident)]
    at(busy, "14:23")
    assert "13911112280" not in screen(desk), "two minutes later it is gone by itself"


# -- notices


def test_the_notice_is_read_by_one_key_each_and_who_is_away_is_marked(busy):
    """李娜 is on leave: she is marked, and the notice waits for her."""
    at(busy, "14:21")
    from floorlead.people import queries as people_queries
    from floorlead.people.records import State

    people_queries.say(busy, busy.today(), person(busy, "李娜"), State.LEAVE, "事假")
    desk = desk_at(busy)
    one = queries.notices(busy, busy.today())[0]
    desk.page.go_to(f"entries:{one.id}")
    press(desk, "enter", "down", "space")
    assert list(queries.acknowledged(busy, one.id)) == [person(busy, "杨帆").id]
    press(desk, "ctrl+a")
    assert [p.name for p in queries.unacknowledged(busy, one)] == ["李娜"]
    assert "leave" in screen(desk)
    press(desk, "home", "space")
    assert not again(busy, one).open


# -- discipline


def test_a_breach_in_two_keys_goes_to_the_holder_of_this_minute(hall):
    """李娜 holds the desk, at 10:20 杨帆 takes over; at 10:30 a customer is not met."""
    over(hall, "10:20", "杨帆", "10:20")
    at(hall, "10:30")
    desk = desk_at(hall)
    press(desk, "4", "2")
    one = discipline.on_day(hall, hall.today())[0]
    assert (one.person, one.rule, one.points, one.slot) == (person(hall, "杨帆").id, "not_met", 5, "front_desk 09:00")
    press(desk, "ctrl+z")
    assert discipline.on_day(hall, hall.today()) == []


def test_another_minute_finds_the_holder_of_then_and_another_person_may_be_named(hall):
    over(hall, "10:20", "杨帆", "10:20")
    at(hall, "10:30")
    desk = desk_at(hall)
    press(desk, "4", "up", "up", "up", "3")
    press(desk, "4", "enter", '"10:10', "enter", '"liuyang', "enter", '"看短视频', "enter", "1")
    press(desk, "4", "right", "4")
    people = {p: person(hall, p).id for p in ("李娜", "杨帆", "刘洋")}
    found = [(one.at[11:16], one.person, one.slot, one.note) for one in discipline.on_day(hall, hall.today())]
    assert found[0] == ("10:10", people["刘洋"], "", "看短视频")
    assert found[1] == ("10:15", people["李娜"], "front_desk 09:00", "")
    assert found[2][0] == "10:30"
    assert found[2][1] != people["杨帆"]


def test_nobody_at_the_desk_asks_for_a_name_and_writes_nothing(hall):
    at(hall, "07:30")
    desk = desk_at(hall)
    press(desk, "4", "1")
    assert "E360" in screen(desk)
    assert discipline.on_day(hall, hall.today()) == []
    press(desk, "right", "1")
    assert len(discipline.on_day(hall, hall.today())) == 1


def test_a_breach_is_withdrawn_and_set_right_among_the_months_points(hall):
    at(hall, "10:30")
    desk = desk_at(hall)
    press(desk, "4", "3", "f8", "space")
    one = discipline.on_day(hall, hall.today())[0]
    assert not one.counts
    assert "breaches 0" in screen(desk)
    press(desk, "space", "enter", "tab", '"wangfang', "ctrl+s")
    assert discipline.on_day(hall, hall.today())[0].person == person(hall, "王芳").id
    assert discipline.on_day(hall, hall.today())[0].counts


# -- place, finding, nothing by letters


def test_the_place_survives_and_finding_goes_to_the_line(busy):
    desk = desk_at(busy)
    press(desk, "down", "enter", "7")
    arrive(desk, "换")
    desk.keep()
    other = desk_at(busy)
    assert screen(other) == screen(desk)
    press(other, "escape", "escape")
    for letter in "wangfang":
        arrive(other, letter)
    assert "补价签" in screen(other)


@pytest.mark.parametrize("keys", [[], ["tab"], ["f8"], ["insert"], ["4"], ["enter"], ["space"]])
def test_letters_and_punctuation_change_nothing(busy, keys):
    desk = desk_at(busy)
    press(desk, *keys)
    before = int(busy.one("SELECT count(*) FROM actions"))
    for char in LETTERS + PUNCTUATION:
        arrive(desk, char)
    assert int(busy.one("SELECT count(*) FROM actions")) == before


# -- paper and command


def test_the_paper_of_the_day(busy, lang, golden):
    paper = sheet.draw(papers.read(busy, busy.today(), 1))
    text = as_text(paper)
    assert "13911112280" not in text
    golden(text, f"log-paper-{lang}")


def test_the_command_tells_the_log_without_numbers(busy):
    from floorlead.commands.log import _text, facts

    found = json.loads(json.dumps(facts(busy, busy.today())))
    assert [one["kind"] for one in found["entries"]] == ["incident", "complaint", "notice"]
    assert found["entries"][1]["response_minutes"] == 7
    assert found["entries"][1]["phone"] == "139****2280"
    assert len(found["entries"][2]["unread"]) == 6
    assert "13911112280" not in json.dumps(found)
    assert "139****2280" in _text(found)
    assert len(facts(busy, busy.today() - timedelta(days=1))["entries"]) == 0


# -- two terminals, midnight, names, leavers


def other_terminal(store):
    other = open_store(store.path, store.clock)
    other.by = "周经理"
    return other


def test_a_form_left_open_does_not_undo_what_another_terminal_wrote(hall):
    """The leader corrects the words while the manager names another owner: both stand. Both changed the words: the
    second is told what the other wrote, nothing typed is lost, and saved again it counts."""
    one = entry(hall, "incident", "灯坏", owner="吴敏")
    desk = desk_at(hall)
    press(desk, "enter", "8", '"灯坏了两盏')
    other = other_terminal(hall)
    moves.change(other, again(other, one), replace(again(other, one), owner="李娜"))
    press(desk, "ctrl+s")
    assert (again(hall, one).text, again(hall, one).owner) == ("灯坏了两盏", "李娜")

    press(desk, "8", '"灯坏三盏')
    moves.change(other, again(other, one), replace(again(other, one), text="灯全坏"))
    press(desk, "ctrl+s")
    assert "灯全坏" in screen(desk) and again(hall, one).text == "灯全坏"
    press(desk, "ctrl+s")
    assert again(hall, one).text == "灯坏三盏"
    other.close()


def test_a_task_keeps_the_due_that_another_terminal_set(hall):
    """The owner is changed here, the day there: both stand."""
    ident = tasks.add(hall, "补价签", "王芳", hall.today())
    desk = desk_at(hall)
    press(desk, "3", '"吴敏')
    other = other_terminal(hall)
    one = tasks.open_all(other)[0]
    tasks.change(other, one, one.text, one.owner, date(2026, 11, 27))
    press(desk, "ctrl+s")
    found = next(one for one in tasks.open_all(hall) if one.id == ident)
    assert (found.owner, found.due) == ("吴敏", date(2026, 11, 27))
    other.close()


def test_after_midnight_a_time_alone_is_of_this_night(hall):
    """At 00:30 the evening goes on: 4, Enter, the name - the breach is of 00:30 tonight, not of the night before; a due
    of 1:00 is in half an hour."""
    at(hall, "00:30", "2026-11-25")
    desk = desk_at(hall)
    press(desk, "4", "enter", "tab", '"李娜', "ctrl+s", "1")
    assert [one.at for one in discipline.on_day(hall, hall.today())] == ["2026-11-25T00:30:00"]
    press(desk, "insert", "1", '"漏水', "tab", "tab", "tab", '"1:00', "ctrl+s")
    assert queries.on_day(hall, hall.today())[0].due == "2026-11-25T01:00"


def test_two_of_one_name_an_entry_keeps_its_own(hall):
    """There are two 李娜: correcting the words of an entry asks nobody which one owns it."""
    people_queries.save(hall, replace(people_queries.blank(), name="李娜", name_en="Li Na 2"))
    second = [one for one in people_queries.everybody(hall) if one.name == "李娜"][1]
    one = entry(hall, "incident", "灯", owner="李娜", owner_id=second.id)
    press(desk_at(hall), "enter", "8", '"灯坏', "ctrl+s")
    assert (again(hall, one).text, again(hall, one).owner_id) == ("灯坏", second.id)


def test_in_english_everybody_has_the_english_name(busy):
    """Owner, manager, story, form and paper say the names that people have in English; an outsider stays as typed."""
    entry(busy, "incident", "漏水", owner="售后 13911112280")
    desk = desk_at(busy)
    press(desk, "home")
    shown = screen(desk)
    assert "Lin Xiaofeng" in shown and "Manager Zhou" in shown and "林晓峰" not in shown
    press(desk, "enter")
    assert "owner Lin Xiaofeng" in screen(desk)
    press(desk, "8", "tab")
    assert "Lin Xiaofeng" in screen(desk)
    press(desk, "escape", "escape", "down")
    assert "13911112280" not in screen(desk)
    assert "13911112280" not in as_text(sheet.draw(papers.read(busy, busy.today())))


def test_the_last_one_who_had_not_read_it_leaves(hall):
    """Everybody but 李娜 has read it and she leaves the showroom: the policy waits for nobody, one Space closes it."""
    one = entry(hall, "notice", "限时补贴")
    moves.acknowledge(hall, one, [who for who in queries.readers(hall, one) if who.name != "李娜"])
    people_queries.leave(hall, person(hall, "李娜"))
    at(hall, "09:00", "2026-11-26")
    desk = desk_at(hall)
    assert "Space closes it" in screen(desk)
    press(desk, "space")
    assert not again(hall, one).open


def test_a_hundred_open_entries_keep_their_whole_numbers(hall, lang):
    """Line 110 is called 110, in the list and in the panel."""
    for n in range(120):
        entry(hall, "incident", f"事{n}")
    desk = desk_at(hall)
    press(desk, *["down"] * 109)
    assert "> 110 " in screen(desk) and "-- 110 " in screen(desk)
    fits(screen(desk))
