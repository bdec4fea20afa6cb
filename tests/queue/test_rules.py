"""Whose turn it is, whatever is keyed: the rules of the line as properties, and the cases of the trade."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floorlead.queue.records import DRIVE, HANDOVER, OFF_DUTY, Busy, Event, Kind, Present, State, Turn
from floorlead.queue.rules import lowered, next_up, story, turns

MORNING = datetime.fromisoformat("2026-11-24T08:00:00")


def stamp(minute: int) -> str:
    return (MORNING + timedelta(minutes=minute)).isoformat()


minutes = st.integers(0, 600)
people = st.lists(st.integers(1, 8), unique=True, min_size=1)
reasons = st.sampled_from(["", "swapped turns", "老客户的弟弟"])


@st.composite
def days(draw, kinds=tuple(Kind)):
    """(events in the order of their keys, who is there in the order of arrival, who is busy when)."""
    staff = draw(people)
    signed = sorted(draw(minutes) if draw(st.booleans()) else 10**6 for _one in staff)
    present = [Present(who, stamp(at) if at < 10**6 else "") for who, at in zip(staff, signed, strict=True)]
    times = sorted(draw(st.lists(minutes, max_size=25)))
    events = [
        Event(draw(st.sampled_from([*staff, 99])), draw(st.sampled_from(kinds)), stamp(at), draw(st.integers(1, 9)), draw(reasons))
        for at in times
    ]  # fmt: skip
    busy = []
    for _n in range(draw(st.integers(0, 4))):
        starts = draw(minutes)
        ends = draw(st.one_of(st.just(""), st.integers(1, 90).map(lambda n, starts=starts: stamp(starts + n))))
        state, why = draw(st.sampled_from([(State.SERVING, DRIVE), (State.SERVING, HANDOVER), (State.AWAY, OFF_DUTY)]))
        busy.append(Busy(draw(st.sampled_from(staff)), stamp(starts), ends, why, state, why == DRIVE))
    return events, present, busy


owed = st.dictionaries(st.integers(1, 8), st.integers(1, 5), max_size=6)


@given(days(), owed, st.integers(0, 9))
def test_everybody_on_duty_stands_exactly_once(day, overdue, penalty):
    events, present, busy = day
    found = turns(events, present, busy, overdue, penalty)
    assert sorted(one.person for one in found) == sorted(one.person for one in present)
    waiting = [one for one in found if one.waiting]
    assert [one.place for one in waiting] == list(range(1, len(waiting) + 1))
    assert found[: len(waiting)] == waiting
    assert not any(one.place for one in found[len(waiting) :])


@given(days(), owed, st.integers(0, 9))
def test_nobody_serving_or_away_is_next(day, overdue, penalty):
    events, present, busy = day
    found = turns(events, present, busy, overdue, penalty)
    state = {one.person: one.state for one in found}
    first = next_up(found)
    assert state.get(first, State.WAITING) is State.WAITING
    assert (first is None) == (State.WAITING not in state.values())


@given(days(kinds=tuple(k for k in Kind if k is not Kind.MOVE)))
def test_without_overrides_and_penalties_the_line_is_the_order_of_arrival(day):
    """Who stands in line longer stands further in front, whether they signed in or came back from a customer."""
    found = turns(*day)
    since = [one.since for one in found if one.waiting]
    assert since == sorted(since)


@given(people)
def test_who_signed_in_first_is_first(staff):
    present = [Present(who, stamp(n)) for n, who in enumerate(staff)]
    assert [one.person for one in turns([], present)] == staff


@given(days(), owed, st.integers(1, 9))
def test_a_penalty_moves_nobody_off_the_list(day, overdue, penalty):
    """The same people wait, and nobody without overdue follow-ups stands lower for the others' sake."""
    events, present, busy = day
    events = [event for event in events if event.kind is not Kind.MOVE]
    plain, with_it = turns(events, present, busy), turns(events, present, busy, overdue, penalty)
    assert {one.person for one in plain if one.waiting} == {one.person for one in with_it if one.waiting}
    before = {one.person: one.place for one in plain}
    for one in with_it:
        if one.waiting and one.person not in overdue:
            assert one.place <= before[one.person] and one.lowered_by == 0
        assert one.lowered_by <= penalty


@given(days(), owed, st.integers(0, 3), st.integers(1, 9))
def test_the_leaders_hand_gives_exactly_the_place(day, overdue, penalty, place):
    """Whatever happened before and whoever owes calls: moved to place n is place n, the last one when there are fewer."""
    events, present, busy = day
    busy = [one for one in busy if one.state is State.SERVING]
    last = stamp(1200)
    who = present[0].person
    busy = [Busy(one.person, one.starts, one.ends or last, one.why) for one in busy]
    found = turns([*events, Event(who, Kind.MOVE, last, place, "swapped turns")], present, busy, overdue, penalty)
    waiting = sum(one.waiting for one in found)
    moved = next(one for one in found if one.person == who)
    assert (moved.place, moved.why) == (min(place, waiting), "swapped turns")


@given(st.lists(st.integers(1, 20), unique=True), st.dictionaries(st.integers(1, 20), st.integers(0, 5)))
def test_lowering_passes_only_who_weighs_less_and_not_too_many(order, weights):
    found = lowered(order, lambda who: weights.get(who, 0))
    assert sorted(who for who, _passed in found) == sorted(order)
    assert all(0 <= passed <= weights.get(who, 0) for who, passed in found)
    equal = [who for who, _passed in found if not weights.get(who)]
    assert equal == [who for who in order if not weights.get(who)]


# -- cases


def line(found: list[Turn]) -> list[int]:
    return [one.person for one in found if one.waiting]


def keyed(*steps: tuple[int, int, Kind]) -> list[Event]:
    return [Event(who, kind, stamp(at)) for at, who, kind in steps]


THREE = [Present(1, stamp(10)), Present(2, stamp(20)), Present(3, stamp(30))]


def test_a_customer_and_back_at_the_end():
    found = turns(keyed((60, 1, Kind.SERVE)), THREE)
    assert (line(found), found[-1].state, found[-1].since, found[-1].taken) == ([2, 3], State.SERVING, stamp(60), 1)
    assert line(turns(keyed((60, 1, Kind.SERVE), (90, 1, Kind.BACK)), THREE)) == [2, 3, 1]


def test_who_comes_late_stands_behind_who_is_back_already():
    present = [Present(1, stamp(10)), Present(2, stamp(100))]
    assert line(turns(keyed((60, 1, Kind.SERVE), (90, 1, Kind.BACK)), present)) == [1, 2]


def test_overdue_follow_ups_let_one_pass():
    found = turns([], THREE, (), {1: 3}, 1)
    assert line(found) == [2, 1, 3]
    assert (found[1].lowered_by, found[1].overdue) == (1, 3)
    assert line(turns([], THREE, (), {1: 3}, 0)) == [1, 2, 3]
    assert line(turns([], THREE, (), {1: 3, 2: 1}, 1)) == [3, 1, 2]
    assert line(turns([], THREE, (), {1: 1, 2: 1, 3: 9}, 2)) == [1, 2, 3]


def test_a_move_by_hand_is_not_lowered_until_the_next_turn():
    moved = [Event(1, Kind.MOVE, stamp(40), 1, "asked by name")]
    found = turns(moved, THREE, (), {1: 2}, 1)
    assert line(found) == [1, 2, 3] and found[0].why == "asked by name"
    served = [*moved, *keyed((50, 1, Kind.SERVE), (60, 1, Kind.BACK), (70, 2, Kind.SERVE), (80, 2, Kind.BACK))]
    assert line(turns(served, THREE, (), {1: 2}, 1)) == [3, 2, 1]


def test_a_test_drive_takes_somebody_without_a_key():
    drive = Busy(1, stamp(60), "", DRIVE, counts=True)
    found = turns([], THREE, [drive])
    assert line(found) == [2, 3]
    assert (found[-1].why, found[-1].taken) == (DRIVE, 1)
    back = Busy(1, stamp(60), stamp(85), DRIVE, counts=True)
    assert line(turns([], THREE, [back])) == [2, 3, 1]


def test_a_test_drive_inside_a_turn_is_one_turn():
    """With a customer from 9:00, on a test drive 9:20 to 9:45, free again at 10:00: one turn, and no end before ten."""
    drive = Busy(1, stamp(80), stamp(105), DRIVE, counts=True)
    found = turns(keyed((60, 1, Kind.SERVE)), THREE, [drive])
    one = next(t for t in found if t.person == 1)
    assert (one.state, one.since, one.taken) == (State.SERVING, stamp(60), 1)
    assert line(turns(keyed((60, 1, Kind.SERVE), (120, 1, Kind.BACK)), THREE, [drive])) == [2, 3, 1]


def test_what_is_keyed_later_counts_more_than_a_key_never_brought_back():
    drive = Busy(1, stamp(60), "", DRIVE, counts=True)
    assert line(turns(keyed((90, 1, Kind.BACK)), THREE, [drive])) == [2, 3, 1]


def test_a_hand_over_is_no_turn():
    found = turns([], THREE, [Busy(2, stamp(60), stamp(120), HANDOVER)])
    assert line(found) == [1, 3, 2] and all(one.taken == 0 for one in found)


def test_home_when_the_shift_is_over_but_the_customer_first():
    off = Busy(1, stamp(570), "", OFF_DUTY, State.AWAY)
    assert line(turns([], THREE, [off])) == [2, 3]
    late = keyed((560, 1, Kind.SERVE))
    assert next(t for t in turns(late, THREE, [off]) if t.person == 1).serving
    done = [*late, *keyed((590, 1, Kind.BACK))]
    one = next(t for t in turns(done, THREE, [off]) if t.person == 1)
    assert (one.state, one.why) == (State.AWAY, OFF_DUTY)
    stays = [*done, *keyed((595, 1, Kind.BACK))]
    assert line(turns(stays, THREE, [off])) == [2, 3, 1]


def test_who_left_the_queue_comes_back_only_when_asked():
    gone = keyed((60, 1, Kind.LEAVE))
    one = turns(gone, THREE, [Busy(1, stamp(70), stamp(80), DRIVE)])[-1]
    assert (one.person, one.state, one.left) == (1, State.OUT, True)
    assert line(turns([*gone, *keyed((90, 1, Kind.JOIN))], THREE)) == [2, 3, 1]


def test_the_story_tells_a_second_in_its_order():
    """At the same second: signing in, what ends, what begins, what was keyed."""
    steps = story(
        keyed((10, 2, Kind.SERVE)), [Present(1, stamp(10))], [Busy(3, stamp(5), stamp(10), DRIVE), Busy(4, stamp(10), "", DRIVE)]
    )  # fmt: skip
    assert [(one.person, one.kind) for one in steps] == [
        (3, Kind.SERVE), (1, Kind.JOIN), (3, Kind.BACK), (4, Kind.SERVE), (2, Kind.SERVE),
    ]  # fmt: skip
