"""What the rules of the card promise, whatever is pressed in whatever order."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from floorlead import clock
from floorlead.checks import rules
from floorlead.checks.records import FAIL, NA, PASS, Card, CardWords, CheckList, Item, Mark, Row
from floorlead.record import replace

DAY = date(2026, 11, 24)
ITEMS = (
    Item("uniform", "工装", "Uniform", points=2), Item("badge", "胸卡", "Badge", points=2),
    Item("wiped", "擦车", "Wiped", points=2, due="09:00"),
    Item("keys", "钥匙", "Keys", points=1, answer="number", low=10, high=14),
)  # fmt: skip
WORDS = CardWords("card", "卡", "Card", True, (CheckList("people", "card", "人", "People", "person", True, ITEMS),), ())
KEYS = ("digit", "space", "0", "-", "rest", "rest entered later", "number")
numbers = st.floats(-1e6, 1e6, allow_nan=False)


def blank(away: int = 1) -> Card:
    """A card of three people nobody looked at, the last of them away."""
    leave = ["事假" if n > 3 - away else "" for n in range(4)]
    rows = [Row(n, "people", f"person:{n}", n, str(n), f"人{n}", "", n, leave[n]) for n in (1, 2, 3)]
    return Card(0, DAY, WORDS, "", "", rows)


def stamp(minute: int) -> str:
    return f"2026-11-24T{8 + minute // 60:02}:{minute % 60:02}:00"


def fresh(item: Item, minute: int = 41) -> Mark:
    return Mark(PASS, stamp(minute), "王", points=item.points)


def press(card: Card, key: str, row: Row, item: Item, minute: int) -> None:
    """A key's effect on the card, as the pages have it from the rules."""
    overdue = bool(item.due) and minute > 60
    here = (row.list, row.subject, item.code)
    if key == "digit" and not item.is_number:
        made = rules.toggled(card.mark(row, item), fresh(item, minute), overdue)
        card.marks.pop(here, None)
        card.marks.update({here: made} if made else {})
    elif key == "number" and item.is_number:
        card.marks[here] = rules.measured(item, fresh(item, minute), minute % 20)
    elif key == "0" and (mark := card.mark(row, item)) and mark.is_exception:
        card.marks[here] = rules.remedied(mark, stamp(minute), "王")
    elif key == "-":
        card.marks[here] = Mark(NA, stamp(minute), "王")
    elif key in ("rest", "rest entered later", "space"):
        rows = [row] if key == "space" else card.rows
        for r, i in rules.open_cells(card, rows):
            late = bool(i.due) and minute > 60
            card.marks[r.list, r.subject, i.code] = rules.passed(fresh(i, minute), late, key == "rest entered later")


stroke = st.tuples(st.sampled_from(KEYS), st.integers(0, 2), st.integers(0, 3), st.integers(40, 80))
strokes = st.lists(stroke, max_size=40)


@given(strokes)
def test_the_numbers_of_a_card_always_add_up(pressed):
    """Items are those that are fine, failed, late or still open; with those off or away they are all cells."""
    card = blank()
    for key, row, item, minute in pressed:
        press(card, key, card.rows[row], ITEMS[item], minute)

        found = rules.counts(card)
        assert found.items == found.passed + found.fail + found.late + found.open
        assert found.items + found.na == len(card.rows) * len(ITEMS)
        assert rules.counts(card, []).items == 0
        parts = [rules.counts(card, [row]) for row in card.rows]
        assert found.items == sum(part.items for part in parts)


@given(strokes, st.integers(0, 2), st.integers(0, 1))
def test_an_exception_twice_is_as_before(pressed, row, item):
    """Before the due time: X and off again leaves what the cell was, also - and what was put right before."""
    card = blank()
    for key, r, i, minute in pressed:
        press(card, key, card.rows[r], ITEMS[i], min(minute, 59))
    cell = card.rows[row], ITEMS[item]
    before, sign = card.mark(*cell), rules.cell(card, *cell)
    if sign == "X":
        return
    press(card, "digit", *cell, 50)
    assert rules.cell(card, *cell) == "X"
    press(card, "digit", *cell, 50)

    after = card.mark(*cell)
    assert rules.cell(card, *cell) == sign
    assert (after is None) == (before is None)
    if before and after:
        kept = ("result", "late", "first", "first_at", "reason")
        assert [getattr(after, name) for name in kept] == [getattr(before, name) for name in kept]


def test_past_the_due_time_a_digit_goes_late_not_done_open():
    """09:12: done but late; again: not done; again: off."""
    wiped = ITEMS[2]
    late = rules.toggled(None, fresh(wiped, 72), overdue=True)
    assert late and late.late and late.result == PASS
    not_done = rules.toggled(late, fresh(wiped, 73), overdue=True)
    assert not_done and not_done.result == FAIL and not not_done.late

    assert rules.toggled(not_done, fresh(wiped, 74), overdue=True) is None


@given(strokes, st.booleans(), st.integers(40, 80))
def test_the_rest_never_overwrites(pressed, later, minute):
    """What is X, L, - or fine already stays; what was open is filled, but no number is invented."""
    card = blank()
    for key, row, item, at in pressed:
        press(card, key, card.rows[row], ITEMS[item], at)
    before = {(r.subject, i.code): (rules.cell(card, r, i), card.mark(r, i)) for r in card.rows for i in ITEMS}
    press(card, "rest entered later" if later else "rest", card.rows[0], ITEMS[0], minute)

    for row in card.rows:
        for item in ITEMS:
            sign, mark = before[row.subject, item.code]
            if sign != "." or item.is_number:
                assert (rules.cell(card, row, item), card.mark(row, item)) == (sign, mark)
            else:
                assert rules.cell(card, row, item) == ("L" if item.due and minute > 60 and not later else "v")


@given(st.integers(40, 59), st.integers(60, 100), st.integers(1, 3), st.booleans())
def test_put_right_keeps_what_was_first(found, right, times, late):
    """However often a fault is put right, its first result, time and points stay."""
    item = ITEMS[2]
    mark = rules.toggled(None, fresh(item, found), overdue=late)
    assert mark
    for _time in range(times):
        mark = rules.remedied(replace(mark, result=FAIL) if _time else mark, stamp(right), "李")

    assert (mark.result, mark.late) == (PASS, False)
    assert (mark.first, mark.first_at, mark.points) == ("late" if late else FAIL, stamp(found), 2)
    assert (mark.at, mark.by) == (stamp(right), "李")


def test_a_fault_that_comes_back_is_still_known_from_the_first_time():
    """Put right, bad again, off again: the card still says what it was at first."""
    item = ITEMS[1]
    first = rules.remedied(replace(fresh(item, 41), result=FAIL, reason="忘带"), stamp(45), "王")
    again = rules.toggled(first, fresh(item, 50), overdue=False)
    assert again and (again.result, again.first, again.first_at) == (FAIL, FAIL, stamp(41))
    off = rules.toggled(again, fresh(item, 51), overdue=False)

    assert off and (off.result, off.first, off.first_at, off.reason, off.points) == (PASS, FAIL, stamp(41), "忘带", 2)


@given(st.integers(-7200, 7200), st.integers(0, 23), st.integers(0, 59))
def test_late_is_after_the_due_time(seconds, hour, minute):
    """Late if and only if now > due, to the second."""
    due = f"{hour:02}:{minute:02}"
    there = datetime(2026, 11, 24, hour, minute, tzinfo=clock.zone_of(clock.ZONE))
    moment = datetime.fromtimestamp(there.timestamp() + seconds, UTC)

    assert clock.Clock(source=lambda: moment).passed(due, DAY) == (seconds > 0)


@pytest.mark.parametrize(("time", "late"), [("08:59:59", False), ("09:00:00", False), ("09:00:01", True)])
def test_nine_sharp_is_on_time(time, late):
    assert clock.stopped(f"2026-11-24T{time}").passed("09:00", DAY) is late


@given(numbers, st.none() | numbers, st.none() | numbers)
def test_a_number_is_good_within_its_range(value, low, high):
    """Both ends count as good; without an end there is no limit on that side."""
    item = replace(ITEMS[3], low=low, high=high)
    mark = rules.measured(item, fresh(item), value)
    good = (low is None or value >= low) and (high is None or value <= high)

    assert mark.value == value
    assert (mark.result == PASS) == good
    assert mark.points == (0 if good else 1)


@pytest.mark.parametrize(("value", "result"), [(9.99, FAIL), (10, PASS), (12, PASS), (14, PASS), (14.01, FAIL)])
def test_the_ends_of_a_range_are_good(value, result):
    assert rules.measured(ITEMS[3], fresh(ITEMS[3]), value).result == result


@given(st.integers(0, 100))
def test_pages_of_nine(count):
    """No page has more columns than there are digits, no item is lost, no page is much emptier than the others."""
    items = tuple(Item(f"i{n}", f"项{n}", f"item {n}") for n in range(count))
    pages = rules.pages(items)

    assert tuple(item for page in pages for item in page) == items
    assert all(len(page) <= 9 for page in pages)
    assert len(pages) == max(1, -(-count // 9))
    assert count < 2 or all(pages)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 20))
@settings(max_examples=40)
def test_the_same_lots_all_day(day, count):
    """What is to be looked at again is drawn once a day, never of somebody away, never a number, never twice."""
    card = blank()
    rows = [(card, row) for row in card.rows]
    drawn = rules.recheck(rows, day, count)

    assert drawn == rules.recheck(rows, day, count)
    assert len(drawn) == min(count, 6)
    assert all(not row.away and not item.is_number for _card, row, item in drawn)
    assert len({(row.subject, item.code) for _card, row, item in drawn}) == len(drawn)


@pytest.mark.parametrize(
    ("overdue", "seen_before", "late", "points", "backfilled"),
    [(False, False, False, 0, False), (False, True, False, 0, False), (True, False, True, 2, False),
     (True, True, False, 0, True)],
)  # fmt: skip
def test_a_pass_costs_points_only_when_it_came_late(overdue, seen_before, late, points, backfilled):
    """09:12: a car wiped late costs its points; one that was seen in time and is only written now costs none."""
    mark = rules.passed(Mark(PASS, stamp(72), "王", points=2), overdue, seen_before)

    assert (mark.result, mark.late, mark.points, mark.backfilled) == (PASS, late, points, backfilled)
