"""What the report and Today say of the log: block 9, with the clock, the names of who has not read, and no number."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from floorlead import words
from floorlead.discipline import moves as discipline
from floorlead.log import lists, moves, queries
from floorlead.people import queries as people_queries
from floorlead.report.events import read_events, say_events
from floorlead.spotchecks import moves as spotchecks
from floorlead.today.log import notices
from tests.conftest import at, person
from tests.log.hall import again, day_of_the_log, entry, hold, staff


@pytest.fixture
def busy(store):
    staff(store)
    hold(store, 9, "李娜", "杨帆")
    day_of_the_log(store)
    notice = entry(store, "notice", "青屿限时补贴")
    moves.acknowledge(store, notice, queries.readers(store, notice)[2:])
    book = lists.lists(store)
    discipline.note(store, person(store, "李娜").id, f"{store.today()}T10:30:00", book.rules[2], "front_desk 09:00")
    spotchecks.mark(store, person(store, "王芳"), None, book.items[1], "fail")
    return store


def said(store, day=None):
    return [line.text for line in say_events(read_events(store, day or store.today()))]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_block(busy, lang, golden):
    words.use(lang)
    data = json.loads(json.dumps(read_events(busy, busy.today()), ensure_ascii=False))
    assert "13911112280" not in json.dumps(data)
    golden("\n".join(line.text for line in say_events(data)) + "\n", f"report-events-{lang}")


def test_the_same_facts_are_said_in_either_language(busy):
    data = read_events(busy, busy.today())
    words.use("zh")
    assert any("2人未签收: 李娜, 杨帆" in line.text for line in say_events(data))
    words.use("en")
    assert any("not read by 2: Li Na, Yang Fan" in line.text for line in say_events(data))


def test_an_empty_day_says_so(store):
    assert said(store) == ["no incident, no complaint"]


def test_yesterdays_block_is_as_it_was_in_its_evening(busy):
    """What is done this morning does not rewrite yesterday's report."""
    day = busy.today()
    before = read_events(busy, day)["entries"]
    at(busy, "08:30", (day + timedelta(days=1)).isoformat())
    complaint = next(one for one in queries.open_entries(busy, busy.today()) if one.kind.value == "complaint")
    moves.act(busy, complaint, "电话回访")
    moves.close(busy, again(busy, complaint), "好了", True)
    moves.acknowledge(busy, queries.notices(busy, day)[0], people_queries.staff(busy, day)[:2])
    after = read_events(busy, day)
    assert [(e["closed"], e["actions"], e["response"]) for e in after["entries"]] == [
        (e["closed"], e["actions"], e["response"]) for e in before
    ]
    assert [len(one["unread"]) for one in after["notices"]] == [2]
    assert any(one["closed"] and one["result"] == "好了" for one in read_events(busy, busy.today())["entries"])


def test_today_watches_what_is_late_what_waits_and_what_is_unread(busy):
    assert [(n.word, n.text, n.urgent) for n in notices(busy, busy.today())] == [
        ("Policy", "2 have not read it", False)
    ]
    at(busy, "16:01")
    late = notices(busy, busy.today())[0]
    assert (late.word, late.text, late.urgent, late.page) == ("complaint", "overdue", True, "log")
    at(busy, "09:00", (busy.today() + timedelta(days=1)).isoformat())
    assert notices(busy, busy.today())[0].text == "2 overdue"


def test_a_complaint_nobody_answered_is_urgent_before_it_is_late(busy):
    at(busy, "14:25")
    entry(busy, "complaint", "等试驾太久", customer="赵女士")
    at(busy, "14:56")
    assert notices(busy, busy.today())[0].text == "no response for 31 min"
