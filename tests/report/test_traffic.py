"""The market in the day report: who came, what it brought, who owes a call, the week for the manager."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.customers import moves as customers
from floorlead.customers import queries as book
from floorlead.paper.text import as_text
from floorlead.record import replace
from floorlead.report import brief, queries, sealing, sheet, week, weeksheet
from floorlead.store import Store
from floorlead.visits import moves as visits
from floorlead.visits.records import Channel, Kind
from tests.conftest import DAY, at, desk_of, person, screen

TODAY = date.fromisoformat(DAY)


def came(store: Store, who: str, phone: str = "", name: str = "", channel: Channel = Channel.WALK_IN, **more) -> int:
    """A batch that comes now, taken by `who`."""
    visit = replace(visits.blank(store, channel), advisor_id=person(store, who).id, grade="B", **more)
    return visits.register(store, visit, name, phone)


def said(store: Store, section: str) -> str:
    """What the live report says in a section."""
    report = queries.live(store, store.today())
    found = next(one for one in brief.SECTIONS if one.name == section)
    return "\n".join(line.text for line in found.say(report.sections[section]))


def test_a_showroom_without_visits_has_no_such_sections(store):
    """Who writes no visits reads nothing of them.

    team 张伟
    """
    assert not {"traffic", "results", "followups", "consultants", "pace"} & set(queries.live(store, TODAY).sections)


def test_batches_are_counted_never_heads(store):
    """Four people in one batch, one who leaves no number, one for papers, one call: three batches and a call.

    team 张伟 李娜
    """
    came(store, "张伟", "13800001001", "王先生", party=4, test_drive=True)
    came(store, "李娜")
    came(store, "李娜", kind=Kind.NON_INTENT, purpose="papers")
    came(store, "张伟", "13800001009", "赵女士", Channel.CALL)

    assert "first 2" in said(store, "traffic")
    assert "no intent 1  calls 1" in said(store, "traffic")
    assert "captured 1/2 (50%)" in said(store, "traffic")
    assert "test drives 1  orders 0" in said(store, "results")
    assert "张伟 1/1/1/0/0" in said(store, "consultants")


def test_an_incomplete_visit_is_named_until_it_is_explained(store):
    """Closing time: the visit that nobody filled in stands in the report with its advisor.

    team 张伟
    """
    ident = came(store, "张伟", incomplete=True)
    assert "incomplete 1: 08:41 张伟 not explained" in said(store, "traffic")

    found = visits.queries.get(store, ident)
    assert found
    visits.explain(store, found, "客户未留信息")

    assert "not explained" not in said(store, "traffic")


def test_follow_ups_done_due_and_late(store):
    """Yesterday's call was not made: overdue by one; today's is made and counts as done.

    team 张伟
    """
    came(store, "张伟", "13800001001", "王先生")
    at(store, "10:00", (TODAY + timedelta(days=15)).isoformat())

    assert "done 0  still due 1  overdue 1 (张伟 1)" in said(store, "followups")
    owed = book.due(store, store.today())[0]
    customers.remind(store, [(person(store, "张伟").id, 1)])
    customers.contact(store, owed.customer)

    assert said(store, "followups") == "done 1  still due 0  overdue 0  reminded: 张伟"


def test_a_late_visitor_after_sealing_shows_both_counts(store):
    """Sealed with 1 batch, then one comes at 19:10: the sealed report keeps 1, the page says sealed 1, now 2.

    team 张伟
    """
    came(store, "张伟", "13800001001", "王先生")
    sealing.seal(store, TODAY)
    at(store, "19:10")
    came(store, "张伟")

    assert queries.current(store, TODAY).sections["traffic"]["counts"]["batches"] == 1
    desk = desk_of(store)
    desk.go("report")
    assert "visits sealed 1, now 2" in screen(desk)


def test_opened_again_twice_keeps_every_revision(store):
    """18:25 sealed, 19:10 a late visitor, 19:30 another: three revisions, each with its own count, none changed.

    team 张伟
    """
    for revision in (1, 2, 3):
        came(store, "张伟")
        sealing.seal(store, TODAY)
        if revision < 3:
            queries.reopen(store, TODAY, "漏记一批")

    counts = [queries.sealed(store, TODAY, n).sections["traffic"]["counts"]["batches"] for n in (1, 2, 3)]
    assert counts == [1, 2, 3]
    assert "traffic" in queries.sealed(store, TODAY, 3).changed


def test_sealed_before_the_closing_round_is_warned_of(store):
    """The closing round is not done: sealing is possible, and the box says what is still open.

    team 张伟
    """
    points = brief.open_points(queries.live(store, TODAY))

    assert any("Appearance" in one for one in points)
    assert sealing.seal(store, TODAY).sealed


def test_an_empty_day_has_a_report(store):
    """A closed day: nobody entered anything, the report is one page that says so."""
    text = as_text(sheet.draw(queries.live(store, TODAY)))

    assert "none" in text
    assert len(text.splitlines()) < 60


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chat_text_has_at_most_thirty_lines(standard, language):
    """A full day: twenty batches, complaints, all the rest; the group reads at most thirty lines."""
    from floorlead import words

    words.use(language)
    for n in range(20):
        came(standard, "张伟" if n % 2 else "李娜", f"138000020{n:02d}", "王先生")
    lines = sheet.as_chat(queries.live(standard, TODAY)).splitlines()

    assert len(lines) <= 30
    assert not any("1380000" in line for line in lines)


def test_the_week_adds_up(standard):
    """Monday to Sunday: the week's line is the sum of its days, each consultant's week stands below."""
    came(standard, "张伟", "13800001001", "王先生")
    at(standard, "10:00", (TODAY + timedelta(days=1)).isoformat())
    came(standard, "李娜", "13800001002", "陈女士")
    found = week.read(standard, standard.today())

    assert [one["visits"] for one in found["days"]] == [0, 1, 1]
    assert found["total"]["visits"] == sum(one["visits"] for one in found["days"]) == 2
    assert sum(one["visits"] for one in found["people"]) == 2
    assert "1380000" not in as_text(weeksheet.draw(found))


def test_on_a_monday_the_week_that_ended_is_looked_at():
    """The manager reads last week on Monday, this week on any other day."""
    assert week.monday(week.shown(date(2026, 11, 23))) == date(2026, 11, 16)
    assert week.monday(week.shown(date(2026, 11, 24))) == date(2026, 11, 23)
