"""Reading in and writing out by keys: the file, its columns, what it would do, one digit; Esc changes nothing."""

from __future__ import annotations

import pytest

from floorlead import words
from floorlead.cars import queries as cars
from floorlead.exchange.lists import LISTS
from floorlead.text import width
from floorlead.widgets.desk import Desk
from tests.conftest import desk_of, press, screen
from tests.exchange.conftest import demo, enter_people, vin

BAD = (
    "vin,model,colour,arrived_on\n"
    + f"{vin(1)},QY,云母白,2026-11-01\n{vin(1)},QY,云母白,2026-11-01\n\nX,QY,云母白,2026-11-01\n"
)


@pytest.fixture
def desk(store) -> Desk:
    """The page of files, with the demo's people."""
    enter_people(store)
    made = desk_of(store)
    made.go("exchange")
    return made


def opened(desk: Desk, path, number: str = "1") -> str:
    """Choose a file; returns what it would do."""
    press(desk, number, f'"{path}', "enter")
    return screen(desk)


def test_a_list_of_cars_comes_in_with_four_keys(desk, written):
    """1, the path, Enter, 1: a backup, sixty cars, one undo."""
    shown = opened(desk, written("cars.csv", demo("cars.csv")))
    assert "60 lines: 60 new, 0 changed, 0 the same, 0 refused, 0 blank" in shown
    assert "line 2 new: QY red 4114" in shown
    press(desk, "1")
    assert len(cars.here(desk.store)) == 60
    assert "Last: Cars read in: 60 new, 0 changed" in screen(desk)
    assert [p.name.split("-")[2] for p in (desk.store.path.with_suffix("") / "backups").iterdir()] == ["import.db"]
    press(desk, "ctrl+z")
    assert cars.here(desk.store) == []


def test_refused_lines_are_shown_and_the_good_ones_may_come_in(desk, written):
    """1 does not work while a line is refused; 2 enters the others."""
    shown = opened(desk, written("bad.csv", BAD.encode()))
    assert "4 lines: 1 new, 0 changed, 0 the same, 2 refused, 1 blank" in shown
    assert f"line 3 refused: {vin(1)} stands in line 2 already" in shown
    press(desk, "1")
    assert cars.here(desk.store) == []
    press(desk, "2")
    assert [car.vin for car in cars.here(desk.store)] == [vin(1)]


def test_unknown_headings_are_assigned_once(desk, written):
    """A file that nobody knows: the VIN is column 1, the model column 2, the arrival column 3; next time it is known."""
    text = f"K1,K2,K3\n{vin(1)},QY,2026-11-01\n"
    shown = opened(desk, written("odd.csv", text.encode()))
    assert "Which column is what?   odd.csv" in shown
    assert "still needed: VIN" in shown
    press(desk, "enter")
    assert "No column is known as VIN" in screen(desk)
    press(desk, "1", "down", "right", *["down"] * 10, "3")
    shown = screen(desk)
    assert "> Arrived                 3 K3                      2026-11-01" in shown
    press(desk, "enter")
    assert "1 lines: 1 new" in screen(desk)
    press(desk, "1")
    assert [car.model for car in cars.here(desk.store)] == ["QY"]
    assert "1 lines: 1 new" in opened(desk, written("odd2.csv", text.replace(vin(1), vin(2)).encode()))


def test_columns_may_be_looked_at_again(desk, written):
    opened(desk, written("bad.csv", BAD.encode()))
    press(desk, "3", "down", "down", "down", "down", "0", "enter")
    assert "Columns that are not used: colour" in screen(desk)


def test_a_file_that_is_none_says_so_in_the_box(desk, written):
    assert "There is no file /nowhere.csv" in opened(desk, "/nowhere.csv")
    press(desk, "escape")
    assert "The file is empty." in opened(desk, written("empty.csv", b""))
    press(desk, "escape")
    assert "This is not a text file" in opened(desk, written("binary.csv", b"\x00\x01\x02"))


def test_a_file_that_changed_meanwhile_is_not_entered(desk, written):
    path = written("cars.csv", demo("cars.csv"))
    opened(desk, path)
    path.write_bytes(demo("cars.csv") + b"\n")
    press(desk, "1")
    assert "changed meanwhile" in screen(desk)
    assert cars.here(desk.store) == []


def test_esc_stops_it_and_nothing_is_changed(desk, written):
    """In the middle of entering Esc is pressed: the box says so, the file is as it was."""
    opened(desk, written("cars.csv", demo("cars.csv")))
    before = desk.store.one("SELECT count(*) FROM changes")
    waiting = []
    desk.later = lambda work, done: waiting.append((work, done))
    press(desk, "1")
    assert "Making a backup" in screen(desk)
    assert "Esc stops it" in screen(desk)
    press(desk, "x", "1", "escape")
    assert "Stopping" in screen(desk)
    work, done = waiting[0]
    done(work())
    assert "Stopped; nothing was changed (E179)" in screen(desk)
    assert (cars.here(desk.store), desk.store.one("SELECT count(*) FROM changes")) == ([], before)
    waiting[1][1](None)
    assert len(waiting) == 2


def test_other_keys_are_taken_while_it_works(desk, written):
    """The leader goes on with the day while a file is read; what it would do waits on its page."""
    waiting = []
    desk.later = lambda work, done: waiting.append((work, done))
    opened(desk, written("cars.csv", demo("cars.csv")))
    press(desk, "f2")
    assert desk.page.name == "today"
    waiting[0][1](waiting[0][0]())
    assert desk.page.name == "today"
    desk.go("exchange")
    assert "60 lines: 60 new" in screen(desk)


def test_a_restart_finds_the_preview_again(desk, written):
    """Killed before the digit was pressed: the box is there again, and still does it."""
    opened(desk, written("cars.csv", demo("cars.csv")))
    desk.keep()
    again = desk_of(desk.store)
    assert "60 lines: 60 new" in screen(again)
    press(again, "1")
    assert len(cars.here(again.store)) == 60


def test_a_restart_while_it_worked(desk, written):
    """Killed at work: no box claims to be at work, and nothing happened."""
    waiting = []
    desk.later = lambda work, done: waiting.append((work, done))
    opened(desk, written("cars.csv", demo("cars.csv")))
    desk.keep()
    again = desk_of(desk.store)
    assert "Reading" not in screen(again)
    assert "/cars.csv" in again.field().value


def test_a_list_goes_out_with_three_keys(desk):
    """5, 8 people, Enter: written beside the store, and said where."""
    press(desk, "5")
    assert "Ageing list" in screen(desk)
    press(desk, "8")
    path = desk.store.path.with_suffix("") / "exports" / "people-20261124.csv"
    assert desk.field().value == str(path)
    press(desk, "enter")
    assert path.read_text(encoding="utf-8-sig").count("\n") == 16
    assert "15 rows written: " in screen(desk)


def test_a_wrong_place_says_so(desk):
    press(desk, "5", "enter", '"/tmp/cars.txt', "enter")
    assert "end the name in .csv or .xlsx" in screen(desk).replace("\n", " ")
    press(desk, '"', "enter")
    assert "Name a file" in screen(desk)


def test_the_command_list_offers_it_from_anywhere(desk):
    """Ctrl+K on Today, then `importcars`."""
    press(desk, "f2", "ctrl+k", *"importcars", "enter")
    assert (desk.page.name, "Import cars" in screen(desk)) == ("exchange", True)
    press(desk, "escape", "f2", "ctrl+k", *"dcqd", "enter")
    assert "Export a list" in screen(desk)


def test_letters_change_nothing(desk, written):
    opened(desk, written("cars.csv", demo("cars.csv")))
    before = desk.store.one("SELECT max(seq) FROM actions")
    press(desk, *"abcxyz", "space", "+", "-")
    assert desk.store.one("SELECT max(seq) FROM actions") == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_screen_fits(desk, written, golden, language):
    """80 by 24, and the keys in 79 cells; golden, to be looked at."""
    words.use(language)
    desk.page.enter()
    shots = [screen(desk)]
    press(desk, "1")
    shots.append(screen(desk))
    press(desk, "escape")
    shots.append(opened(desk, written("bad.csv", BAD.encode())))
    press(desk, "3")
    shots.append(screen(desk))
    press(desk, "escape", "5")
    shots.append(screen(desk))
    press(desk, "8")
    desk.typed("people.csv")
    shots.append(screen(desk))
    golden("\n".join(shots), f"screen-exchange-{language}")
    assert all(width(line) <= 80 for shot in shots for line in shot.splitlines())
    assert all(width(shot.splitlines()[-1]) <= 79 for shot in shots)
    assert len(LISTS) + 2 < 19
