"""A breach is written to whoever answered for the desk at its minute, and its points are dated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from floorlead.discipline import moves, queries, rules
from floorlead.log import lists
from floorlead.outings import moves as outing_moves
from floorlead.outings import queries as outings
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.store.undo import undo
from tests.conftest import at, person
from tests.log.hall import hold, over, staff


@pytest.fixture
def hall(store):
    """李娜 holds 9 to 11; at 10:20 杨帆 takes over, at 10:40 王芳."""
    staff(store)
    hold(store, 9, "李娜", "杨帆")
    over(store, "10:20", "杨帆", "10:20")
    over(store, "10:40", "王芳", "10:40")
    at(store, "10:50")
    return store


def holder(store, time):
    found = queries.answerable(store, f"{store.today()}T{time}:00")
    people = {person(store, name).id: name for name in ("李娜", "杨帆", "王芳")}
    return [people[one.person] for one in found]


def rule(store, code):
    return next(one for one in lists.lists(store).rules if one.code == code)


@pytest.mark.parametrize(
    ("time", "name"),
    [("10:19", "李娜"), ("10:20", "杨帆"), ("10:30", "杨帆"), ("10:39", "杨帆"), ("10:40", "王芳"), ("10:45", "王芳")],
)
def test_a_breach_at_half_past_ten_is_the_holders_at_half_past_ten(hall, time, name):
    """One substitution before, one after."""
    assert holder(hall, time) == [name]


def test_a_substitution_entered_later_moves_no_breach_that_was_noted(hall):
    stamp = f"{hall.today()}T10:30:00"
    ident = moves.note(hall, queries.answerable(hall, stamp)[0].person, stamp, rule(hall, "phone"), "front_desk 09:00")
    over(hall, "10:55", "刘洋", "10:25")
    kept = queries.of(hall, ident)
    assert (kept.person, kept.slot) == (person(hall, "杨帆").id, "front_desk 09:00")


def test_nobody_answers_before_opening_or_where_it_fell_to_the_leader(hall):
    assert queries.answerable(hall, f"{hall.today()}T07:00:00") == []
    assert queries.answerable(hall, f"{hall.today()}T13:30:00") == []


def test_points_are_dated_and_what_is_withdrawn_counts_nothing(hall):
    day, who = hall.today(), person(hall, "杨帆").id
    first = moves.note(hall, who, f"{day}T10:30:00", rule(hall, "phone"))
    moves.note(hall, who, f"{day}T10:31:00", rule(hall, "left_post"))
    assert [(one.day, one.points) for one in queries.points(hall, who, day, day)] == [(day, 2), (day, 5)]
    moves.withdraw(hall, queries.of(hall, first))
    assert [one.points for one in queries.points(hall, who, day, day)] == [5]
    assert rules.sums(queries.on_day(hall, day)) == {who: (1, 5)}
    undo(hall)
    assert rules.sums(queries.on_day(hall, day)) == {who: (2, 7)}
    assert queries.points(hall, who, day - timedelta(days=30), day - timedelta(days=1)) == []
    assert queries.points(hall, person(hall, "李娜").id, day, day) == []


def test_a_breach_set_right_goes_to_another_minute_and_the_slot_with_it(hall):
    day = hall.today()
    ident = moves.note(hall, person(hall, "吴敏").id, f"{day}T10:30:00", rule(hall, "phone"))
    assert queries.of(hall, ident).slot == ""
    moves.change(hall, queries.of(hall, ident), person(hall, "李娜").id, f"{day}T10:05:00", "看短视频")
    kept = queries.of(hall, ident)
    assert (kept.slot, kept.at[11:16], kept.note) == ("front_desk 09:00", "10:05", "看短视频")


def test_a_minute_to_come_is_refused_and_yesterdays_is_not(hall):
    with pytest.raises(Refused, match="still to come"):
        moves.note(hall, person(hall, "李娜").id, f"{hall.today()}T10:51:00", rule(hall, "phone"))
    yesterday = hall.today() - timedelta(days=1)
    ident = moves.note(hall, person(hall, "李娜").id, f"{yesterday}T16:00:00", rule(hall, "phone"))
    assert queries.of(hall, ident).day == yesterday


def test_the_rules_words_stay_as_they_were_when_it_was_noted(hall):
    from floorlead import shelf

    ident = moves.note(hall, person(hall, "李娜").id, f"{hall.today()}T10:30:00", rule(hall, "phone"))
    folder = hall.path.with_suffix("")
    folder.mkdir(exist_ok=True)
    text = shelf.find("log.toml").read_text(encoding="utf-8").replace("玩手机", "上班玩手机")
    (folder / "log.toml").write_text(text, encoding="utf-8")
    assert rule(hall, "phone").zh == "上班玩手机"
    assert queries.of(hall, ident).zh == "玩手机"


def test_half_past_midnight_is_still_the_evening_before(hall):
    at(hall, "00:40", "2026-11-25")
    ident = moves.note(hall, person(hall, "李娜").id, "2026-11-25T00:30:00", rule(hall, "phone"))
    assert queries.of(hall, ident).day == date(2026, 11, 24)


def test_a_breach_that_another_terminal_took_back_is_not_set_right(hall):
    """The manager took the breach back; the leader's terminal still shows it: changing or striking it is refused."""
    one = queries.of(hall, moves.note(hall, person(hall, "李娜").id, hall.clock.stamp(), rule(hall, "phone")))
    undo(hall)
    with pytest.raises(Refused, match="E363"):
        moves.change(hall, one, person(hall, "杨帆").id, one.at, "")
    with pytest.raises(Refused, match="E363"):
        moves.withdraw(hall, one)


def test_while_the_holder_is_out_leafleting_a_breach_is_not_theirs(hall):
    """李娜 is to hold the desk from 9 and is sent out leafleting before it opens: whoever stepped up answers."""
    at(hall, "08:30", "2026-11-25")
    hold(hall, 9, "李娜", "杨帆")
    assert holder(hall, "09:30") == ["李娜"]
    ident = outing_moves.save(hall, replace(outing_moves.blank(hall, hall.today()), place="公园", wanted=1))
    outing_moves.assign(hall, outings.of(hall, ident), hall.today(), [person(hall, "李娜")])
    assert holder(hall, "09:30") == ["杨帆"]
