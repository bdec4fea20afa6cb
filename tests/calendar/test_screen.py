"""The calendar's page and its files, key by key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from floorlead import shelf, words
from floorlead.calendar import files, moves, queries
from floorlead.calendar.records import KIND_WORDS, Kind, Special
from floorlead.store import Refused, Store, open_store
from floorlead.tables.writing import write_table
from floorlead.text import width
from tests.conftest import at, desk_of, press, screen


@pytest.fixture
def desk(store: Store):
    """The calendar with the years that were announced, in November 2026."""
    queries.preload(store)
    made = desk_of(store)
    made.go("calendar")
    return made


def on(store: Store, day: str) -> Special | None:
    return next((one for one in queries.specials(store) if one.day.isoformat() == day), None)


def test_preload_copies_last_year_and_this_and_is_no_undo(store):
    """The file takes over what was announced, once; Ctrl+Z does not empty the calendar."""
    assert queries.preload(store) == 72
    assert queries.preload(store) == 0
    assert {one.day.year for one in queries.specials(store)} == {2025, 2026}

    made = desk_of(store)
    press(made, "ctrl+z")
    assert len(queries.specials(store)) == 72


def test_preload_agrees_with_the_shipped_list(store):
    """data/demo/holidays.csv and the library name the same days of 2025 and 2026."""
    queries.preload(store)
    found = files.read_calendar(shelf.find("demo", "holidays.csv").read_bytes())

    plan = moves.plan(store, found.days)
    assert (plan.new, plan.changed, plan.same, found.refused) == ((), (), 72, ())


def test_a_file_that_is_only_read_knows_the_holidays_too(store, tmp_path):
    """Reading an empty calendar on a read-only disk: the announced days come from the library."""
    store.close()
    reading = open_store(tmp_path / "showroom.db", store.clock, reading=True)

    assert queries.preload(reading) == 0
    assert queries.office(reading).known(2026)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page(desk, golden, language):
    """This year's days, a year that was announced; and the next, of which nothing is known."""
    words.use(language)
    desk.page.enter()
    shown = screen(desk)
    press(desk, "tab")
    shown += screen(desk)

    golden(shown, f"screen-calendar-{language}")
    assert all(width(line) <= 80 for line in shown.splitlines())


def test_a_day_is_entered_by_hand_changed_and_deleted(desk, store):
    """New Year 2027 was announced on the radio."""
    press(desk, "tab", "insert", '"1-1', "enter", "1", '"元旦', "ctrl+s")
    assert (on(store, "2027-01-01").kind, on(store, "2027-01-01").name) == (Kind.HOLIDAY, "元旦")
    assert "The holidays of 2027 are not known yet" in screen(desk)

    press(desk, "enter", "down", "2", "ctrl+s")
    assert on(store, "2027-01-01").kind is Kind.WORKDAY

    press(desk, "-")
    assert on(store, "2027-01-01") is None

    press(desk, "ctrl+z", "ctrl+z")
    assert on(store, "2027-01-01").kind is Kind.HOLIDAY


def test_a_day_stands_in_the_calendar_once(desk, store):
    """National Day a second time."""
    press(desk, "insert", '"2026-10-01', "ctrl+s")

    assert "2026-10-01 stands in the calendar already" in screen(desk)
    assert desk.dialog() is not None


def test_a_day_that_is_none(desk):
    """30 February."""
    press(desk, "insert", '"2026-02-30', "ctrl+s")

    assert "'2026-02-30' is not a day" in screen(desk)


def test_what_the_library_shows_may_be_changed_before_anything_is_in_the_file(store):
    """An older file without a calendar: the first change takes the announced days over, then changes the one."""
    made = desk_of(store)
    made.go("calendar")
    press(made, "-")

    assert on(store, "2026-01-01") is None
    assert len(queries.specials(store)) == 71
    press(made, "ctrl+z")
    assert on(store, "2026-01-01").name == "元旦"


def test_festivals_are_found_by_pinyin(desk):
    """guoqing is National Day."""
    found = desk.page.hits("guoqing")

    assert {hit.label for hit in found} == {"National Day"}
    assert next(hit.place for hit in found if hit.near) == "2026-09-20"


def test_a_year_from_a_file_is_one_action(desk, store, tmp_path):
    """The 2027 notice as a list; one Ctrl+Z takes it back."""
    path = tmp_path / "2027.csv"
    path.write_text(
        "日期,类型,名称\n2027-01-01,放假,元旦\n2027-02-05,放假,春节\n2027-02-07,上班,春节\n", encoding="gb18030"
    )
    desk.go_and_open("calendar", "import")
    press(desk, f'"{path}', "enter")
    assert "3 new" in screen(desk)
    press(desk, "1")

    assert on(store, "2027-02-07").kind is Kind.WORKDAY
    assert desk.page.year == 2027
    press(desk, "ctrl+z")
    assert on(store, "2027-01-01") is None


def test_refused_lines_are_named_and_nothing_is_taken(desk, store, tmp_path):
    """All or nothing: a wrong date, an unknown kind, a day twice."""
    path = tmp_path / "bad.csv"
    path.write_text(
        "date,kind,name\n2027-02-30,holiday,x\n2027-02-05,feast,x\n2027-01-01,holiday,\n2027-01-01,holiday,\n"
    )
    desk.go_and_open("calendar", "import")
    press(desk, f'"{path}', "enter")
    shown = screen(desk)

    assert "line 2: '2027-02-30' is no date" in shown
    assert "line 3: unknown kind 'feast'" in shown
    assert "line 5: 2027-01-01 stands in line 4 already" in shown
    press(desk, "1")
    assert on(store, "2027-01-01") is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_exported_calendar_is_taken_as_it_is(desk, store, tmp_path, language):
    """A workbook with the words of the screen, an own day with a Latin name among them: nothing would change."""
    words.use(language)
    moves.save(store, Special(0, date(2026, 12, 24), Kind.WORKDAY, "Promo", ""))
    head = {"zh": ("日期", "类别", "名称", "英文名称"), "en": ("Day", "Kind", "Name", "English name")}[language]
    rows = [(one.day, words._(KIND_WORDS[one.kind]), one.name, one.name_en) for one in queries.specials(store)]
    path = tmp_path / "calendar.xlsx"
    write_table(path, head, rows, ("date", "text", "text", "text"), tmp_path / "s.db")
    before = store.one("SELECT max(seq) FROM actions")
    desk.go_and_open("calendar", "import")
    press(desk, f'"{path}', "enter")

    counts = words._("{new} new   {changed} changed   {same} the same   {refused} lines refused")
    assert counts.format(new=0, changed=0, same=73, refused=0) in screen(desk)
    found = files.read_calendar(path.read_bytes())
    assert (found.refused, moves.carry_out(store, found.days).same) == ((), 73)
    assert store.one("SELECT max(seq) FROM actions") == before


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04x", b"\xff\xfe\x00"])
def test_a_file_that_is_no_calendar_is_refused_in_words(data):
    """An empty file, other columns, a workbook, no text."""
    with pytest.raises(files.Unreadable):
        files.read_calendar(data)


def test_two_terminals(desk, store):
    """What another terminal deleted meanwhile is not brought back by a late save."""
    press(desk, "enter")
    moves.remove(store, on(store, "2026-01-01"))
    with pytest.raises(Refused):
        moves.save(store, Special(1, on(store, "2026-01-02").day, Kind.HOLIDAY, "x"), Special(1, on(store, "2026-01-02").day, Kind.HOLIDAY, "y"))  # fmt: skip


def test_the_year_and_line_survive_a_restart(desk, store):
    """Left on 2025."""
    press(desk, "backtab", "down")
    desk.keep()
    again = desk_of(store)

    assert again.page.year == 2025
    assert again.page.grid.cursor == 1


def test_next_years_own_page_next_year(store):
    """In 2027 without an update the program says that it knows weekends only."""
    queries.preload(store)
    at(store, "08:41", "2027-01-04")
    made = desk_of(store)
    made.go("calendar")

    assert "The holidays of 2027 are not known yet" in screen(made)


def test_demo_list_lies_where_the_readme_says() -> None:
    """The list that a showroom may copy for its own year."""
    assert Path(shelf.find("demo", "holidays.csv")).read_text().startswith("date,kind,name")
