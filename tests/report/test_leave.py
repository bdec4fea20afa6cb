"""What the day's report and Today say of leave and outings."""

from __future__ import annotations

import json
from datetime import date

from floorlead.leave import moves as leave
from floorlead.outings import moves as outings
from floorlead.outings import queries as outing_queries
from floorlead.record import replace
from floorlead.report import leave as section
from floorlead.today import leave as today
from tests.conftest import at, person
from tests.leave.showroom import THU, WED, closed, granted, leave_of, staffed


def told(store):
    """The leave section's lines for today, by way of JSON as it is sealed."""
    data = json.loads(json.dumps(section.read_leave(store, store.today())))
    return [one.text for one in section.say_leave(data)]


def out(store, day=None):
    data = json.loads(json.dumps(section.read_outings(store, day or store.today())))
    return [one.text for one in section.say_outings(data)]


def test_leave_decided_with_who_stands_in(store):
    """Granted, refused and withdrawn today, each with days, kind, and the substitute."""
    staffed(store, WED, THU)
    leave.grant(store, leave.blank(store, person(store, "李娜").id, "P", WED, reason="家事"))
    asked = leave.ask(store, leave.blank(store, person(store, "黄丽").id, "A", WED))
    leave.refuse(store, leave_of(store, asked), "车展前")
    leave.withdraw(store, leave_of(store, granted(store, "周强", "P", THU)))
    leave.ask(store, leave.blank(store, person(store, "吴敏").id, "A", THU))

    assert told(store) == [
        "leave decided 3",
        "  李娜 Wed 25 Nov personal leave (family) granted; desk 11-13 王芳",
        "  黄丽 Wed 25 Nov annual leave refused (车展前)",
        "  周强 Thu 26 Nov personal leave withdrawn",
        "  asked for and undecided 1: 吴敏 Thu 26 Nov",
    ]


def test_sick_leave_of_yesterday_is_told_as_recorded_late(store):
    """In the report of the day on which it is recorded, not in yesterday's."""
    staffed(store, store.today())
    yesterday = store.today()
    at(store, "08:20", "2026-11-25")
    granted(store, "黄丽", "S", yesterday)

    assert told(store) == ["leave decided 1", "  黄丽 Tue 24 Nov sick leave granted (recorded late)"]
    assert section.read_leave(store, yesterday)["decided"] == []


def test_what_was_granted_all_the_same_is_told(store):
    """The rule that was given up stands in the report."""
    staffed(store, WED)
    closed(store, WED, WED, "车展")
    granted(store, "黄丽", "P", WED, all_the_same=True)

    assert "(all the same: days closed to leave)" in told(store)[1]


def test_nothing_was_decided(store):
    """One line, no more."""
    assert told(store) == ["leave decided 0"] and out(store) == []


def test_outings_today_and_tomorrow_and_their_papers(store):
    """Who is out, who is still wanted, the plan that is overdue."""
    today_ = store.today()
    staffed(store, today_, WED)
    one = replace(outings.blank(store, today_), place="大润发", half="pm", plan_due=date(2026, 11, 20))
    outings.save(store, one)
    made = outing_queries.on(store, today_)[0]
    outings.assign(store, made, today_, [person(store, "黄丽")])
    outings.send(store, person(store, "周强"), WED)

    assert out(store) == [
        "out today 1: leafleting 大润发 Tue 24 Nov afternoon 1 of 2 黄丽",
        "out tomorrow 1: leafleting Wed 25 Nov 1 of 1 周强",
        "papers due 1: leafleting 大润发 plan paper 2026-11-20 overdue",
    ]
    lines = [(one.word, one.name, one.text, one.page, one.urgent) for one in today.notices(store, today_)]
    assert lines == [
        ("Outing", "leafleting 大润发", "today 1 wanted", "outings", True),
        ("Outing", "leafleting 大润发", "plan overdue 2026-11-20", "outings", True),
    ]


def test_today_names_what_is_undecided(store):
    """One request by name and place, several by their number."""
    staffed(store, WED, THU)
    one = leave.ask(store, leave.blank(store, person(store, "黄丽").id, "A", THU))
    assert [(n.name, n.text, n.place, n.urgent) for n in today.notices(store, store.today())] == [
        ("黄丽 Thu 26 Nov", "annual leave", str(one), True)
    ]
    leave.ask(store, leave.blank(store, person(store, "周强").id, "A", THU))
    assert [(n.text, n.place) for n in today.notices(store, store.today())] == [("2 undecided", "asked")]


def test_a_quick_outing_owes_no_papers(store):
    """One key on the rota: no plan, no review."""
    staffed(store, WED)
    outings.send(store, person(store, "黄丽"), WED)
    assert today.notices(store, THU) == []
