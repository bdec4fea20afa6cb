"""How leave is counted, for any leaves: halves, month ends, overlaps, and who steps up."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from floorlead.duty.records import Leave
from floorlead.leave import rules
from floorlead.leave.records import StandIn

START = date(2026, 11, 1)
days = st.integers(0, 120).map(lambda n: START + timedelta(days=n))


@st.composite
def leaves(draw) -> Leave:
    first = draw(days)
    half = draw(st.sampled_from(["", "", "am", "pm"]))
    last = first if half else first + timedelta(days=draw(st.integers(0, 40)))
    state = draw(st.sampled_from(["granted", "granted", "asked", "withdrawn"]))
    return Leave(
        draw(st.integers(1, 10**6)), draw(st.integers(1, 3)), "P", first, last, half, "", state, "", "", "", ""
    )


def works(day: date) -> bool:
    """Mondays off."""
    return day.weekday() != 0


@given(st.lists(leaves(), max_size=8))
def test_months_add_up(found):
    """What is taken in each month is what is taken in all of them: the month's end loses and doubles nothing."""
    last = date(2027, 6, 30)
    months = [date(2026, 11, 1), date(2026, 12, 1), *(date(2027, month, 1) for month in range(1, 7))]
    ends = [*(day - timedelta(days=1) for day in months[1:]), last]
    each = [rules.taken(found, works, a, b) for a, b in zip(months, ends, strict=True)]

    assert sum(each) == rules.taken(found, works, START, last)
    absent = [rules.absence_days(found, works, a, b) for a, b in zip(months, ends, strict=True)]
    assert [day for month in absent for day in month] == rules.absence_days(found, works, START, last)


@given(leaves())
def test_a_half_is_half_a_day_and_a_whole_absence(leave):
    """0.5 for the balance, one day for the score; a day off is neither."""
    taken = rules.taken([leave], works, leave.first, leave.last)
    absent = rules.absence_days([leave], works, leave.first, leave.last)

    assert taken == len([d for d in rules.span(leave.first, leave.last) if works(d)]) * (0.5 if leave.half else 1)
    assert absent == ([] if leave.state != "granted" else [d for d in rules.span(leave.first, leave.last) if works(d)])


@given(leaves(), leaves())
def test_overlap_is_mutual_and_means_a_shared_half(one, other):
    """Two leaves overlap exactly where some half day is in both."""

    def halves(leave):
        return {
            (day, half)
            for day in rules.span(leave.first, leave.last)
            for half in ("am", "pm")
            if leave.half in ("", half)
        }

    assert rules.overlap(one, other) == rules.overlap(other, one) == bool(halves(one) & halves(other))


def test_two_halves_of_a_day_are_one_absence():
    """Morning personal, afternoon sick: one absent day, two half days taken."""
    pair = [
        Leave(n, 1, kind, START, START, half, "", "granted", "", "", "", "")
        for n, kind, half in ((1, "P", "am"), (2, "S", "pm"))
    ]

    assert rules.absence_days(pair, lambda _d: True, START, START) == [START]
    assert rules.taken(pair, lambda _d: True, START, START) == 1.0


def test_the_score_never_falls_below_nothing():
    """100, four points off for each day; thirty days are 0."""
    assert [rules.attendance_score(n) for n in (0, 1, 25, 30)] == [100, 96, 0, 0]


def test_the_arrow_goes_round_the_choices():
    """Down past the last is the first again; nobody able is nobody."""
    slot = type("S", (), {"code": "front_desk 09:00"})()

    def one(taker, choices=(4, 5)):
        return StandIn(START, slot, True, (1, 4), (taker, None), choices)

    assert [rules.cycled(one(4), 1), rules.cycled(one(5), 1), rules.cycled(one(4), -1)] == [5, 4, 5]
    assert rules.cycled(one(None, ()), 1) is None
    assert rules.picks_of({rules.key_of(one(4)): 5}) == {(START, "front_desk 09:00"): 5}
