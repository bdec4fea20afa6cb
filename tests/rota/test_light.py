"""How a day is staffed and where the desk has nobody: moments, half days, shifts that do not reach."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from floorlead.duty import lists
from floorlead.duty.records import Book, Cell, Desk
from floorlead.rota.light import at_work, covers, lights
from floorlead.store import Store

DAY = date(2026, 11, 24)


def light(book: Book, *shifts: str, kind: str = "work", held: int | None = None) -> str:
    cells = {(n, DAY): Cell(shift) for n, shift in enumerate(shifts, 1)}
    desk = {(DAY, slot.code): Desk(slot, held if held else n + 1) for n, slot in enumerate(book.slots)}
    return lights(book, {DAY: kind}, range(1, 13), cells, desk)[DAY].letters


def test_nothing_planned(store: Store) -> None:
    """A day that nobody was planned for is neither short nor a gap."""
    assert light(lists.book(store)) == "."


def test_short_and_gap(store: Store) -> None:
    """Everybody early: from 17:30 on nobody is there, and the last slot is nobody's."""
    assert light(lists.book(store), *("E" * 6)) == f"-{need(lists.book(store))}X"


def need(book: Book) -> int:
    """People wanted on a work day after the early shift's end."""
    return next(one.heads for one in book.needs if one.kind == "work" and one.starts <= 1050 < one.ends)


def test_half_a_day(store: Store) -> None:
    """A morning's leave takes the morning; the slot at 9 needs somebody who is there at 9."""
    book = lists.book(store)
    away = at_work(book, Cell("E", leave="P", half="am"))

    assert away == (750, 1050)
    assert not covers(away, 540, 660)
    assert covers(away, 780, 900)
    assert at_work(book, Cell("E", leave="P")) is None
    assert at_work(book, Cell("E", outing=1)) is None


@given(st.lists(st.sampled_from(["E", "L", "-", "D"]), max_size=12))
def test_more_people_never_make_it_worse(shifts: list[str]) -> None:
    """Whoever comes in addition leaves no day shorter than it was."""
    book = lists.OWN.shipped()
    before = lights(book, {DAY: "work"}, range(20), {(n, DAY): Cell(s) for n, s in enumerate(shifts)}, {})[DAY]
    more = {(n, DAY): Cell(s) for n, s in enumerate([*shifts, "E"])}
    after = lights(book, {DAY: "work"}, range(20), more, {})[DAY]

    assert not before.planned or after.short <= before.short
