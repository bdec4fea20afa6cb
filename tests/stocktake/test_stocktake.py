"""A stock-take from the first key to the closed list: what is expected, seen, found, and what stays different."""

from __future__ import annotations

import json

import pytest

from floorlead import settings, words
from floorlead.cars import moves as car_moves
from floorlead.cars import rules as car_rules
from floorlead.cars.records import Placement, StockState
from floorlead.paper.text import as_text
from floorlead.record import replace
from floorlead.stocktake import moves, papers, queries
from floorlead.store import Refused, open_store, undo
from floorlead.text import width
from tests.cars import showroom as sh
from tests.conftest import at, desk_of, press, screen


@pytest.fixture
def store(tmp_path):
    opened = sh.opened(tmp_path, "2026-11-23T16:25:00")
    yield opened
    opened.close()


@pytest.fixture
def desk(store):
    made = desk_of(store)
    made.go("stocktake")
    return made


def walk(store):
    take = queries.newest(store)
    assert take
    return queries.walk(store, take)


def see(store, *typed: str) -> None:
    """See cars by the ends of their VINs."""
    for one in typed:
        now = walk(store)
        found = queries.meant(store, now, one)
        moves.see(store, now, one, found[0] if found else None)


def same_tail(store, ends: str):
    """A second car whose VIN ends like another's."""
    car = sh.tail(store, ends)
    other = replace(car, vin=f"LX0Z9Y8X7WB00{ends}", placement=Placement.YARD, spot_id=None, colour="薄荷绿")
    with store.write("a car like it") as db:
        return car_moves.insert(db, other)


# -- the walk


def test_a_walk_from_the_keyboard(desk, store):
    """Ins begins, the ends of VINs one after the other, Esc to the list, Space ticks the next one, Ctrl+S and 1 close."""
    press(desk, "insert", '"4158', "enter", '"ta004114', "enter", "escape")
    assert [car.tail for car, _mark in walk(store).seen] == ["4114", "4158"]
    press(desk, "home", "space")
    assert len(walk(store).seen) == 3
    press(desk, "ctrl+s", "1")
    assert not walk(store).take.open
    assert "not counted 48" in screen(desk)
    assert "closed" in screen(desk).splitlines()[1]
    assert queries.due(store, store.today()) is None


def test_what_should_be_here(store):
    """On display, test-drive cars, the yard, and one that is out at a roadshow; not what is in transit or delivered."""
    car_moves.go_away(store, sh.tail(store, "4608"), "车展")
    moves.begin(store)
    expected = [car for car, _mark in walk(store).unseen]
    assert len(expected) == 51
    assert [car.placement for car in expected] == sorted((c.placement for c in expected), key=queries.PLACES.index)
    assert expected[-1].tail == "4608"
    assert all(car.in_stock for car in expected)


def test_full_width_digits_count(desk, store):
    """The Chinese input method is on."""
    press(desk, "insert", '"４１５８', "enter")
    assert [car.tail for car, _mark in walk(store).seen] == ["4158"]


def test_seen_twice_is_said(desk, store):
    """The second time says when it was seen first."""
    press(desk, "insert", '"4158', "enter")
    at(store, "16:40", "2026-11-23")
    press(desk, '"4158', "enter")
    assert "QY white 4158 was seen already at 16:25" in screen(desk)
    assert len(walk(store).seen) == 1


def test_too_short_is_said(desk, store):
    """Three digits name no car."""
    press(desk, "insert", '"158', "enter")
    assert "Type 4 to 17" in screen(desk)
    assert walk(store).seen == []


def test_several_that_end_alike_are_chosen_by_digit(desk, store):
    """Two VINs end in 4158: a digit says which, the typing goes on."""
    same_tail(store, "4158")
    press(desk, "insert", '"4158', "enter")
    assert "Which car?" in screen(desk)
    assert walk(store).seen == []
    press(desk, "2")
    assert len(walk(store).seen) == 1
    assert "Walk  1 of 52 seen" in screen(desk)
    press(desk, '"004158', "enter", "1")
    assert len(walk(store).seen) == 2


def test_an_unknown_number_is_kept_as_it_was_typed(desk, store):
    """A car stands there that nobody knows: its number stays, a note says what it is."""
    press(desk, "insert", '"99ab', "enter", "escape", "tab", "tab")
    assert [(mark.typed, car) for mark, car in walk(store).found] == [("99AB", None)]
    press(desk, "1", '"别家的车', "enter")
    assert "unknown number" in screen(desk) and "别家的车" in screen(desk)
    press(desk, "-")
    assert walk(store).found == []


@pytest.mark.parametrize(
    ("make", "told"),
    [("transit", "is in transit"), ("delivered", "is delivered"), ("sister", "is at a sister store"),
     ("later", "came since")],
)  # fmt: skip
def test_a_car_that_should_not_be_here(desk, store, make, told):
    """In transit, delivered, at a sister store, or come since: told in words and kept as a difference."""
    car = sh.tail(store, "5779") if make in ("transit", "later") else sh.tail(store, "4617")
    if make == "delivered":
        with store.write("handed over") as db:
            change = {"stock_state": StockState.DELIVERED, "placement": Placement.NONE, "left_on": store.today()}
            car_moves.update(db, replace(car, **change))
    if make == "sister":
        car_moves.transfer(store, car)
    press(desk, "insert")
    if make == "later":
        car_moves.arrive(store, car)
    press(desk, f'"{car.tail}', "enter")
    assert told in screen(desk)
    assert [found.tail for _mark, found in walk(store).found if found] == [car.tail]


def test_a_car_in_transit_that_is_here_arrives_by_digit(desk, store):
    """5779 stands in the yard, but nobody entered its arrival: 2 does."""
    press(desk, "insert", '"5779', "enter", "escape", "tab", "tab", "2")
    car = sh.tail(store, "5779")
    assert car.stock_state is StockState.IN_STOCK
    assert car_rules.stock_age(car, store.today()) == 0
    assert "2 arrived" not in screen(desk)


def test_an_unseen_car_keeps_its_note(desk, store):
    """Not here: it is at the paint shop. Seen later after all, the note stays with it."""
    press(desk, "insert", "escape", "1", '"喷漆房', "enter")
    assert [mark.note for _car, mark in walk(store).unseen if mark] == ["喷漆房"]
    assert len(walk(store).seen) == 0
    press(desk, "space")
    assert [(car.tail, mark.note) for car, mark in walk(store).seen] == [("4114", "喷漆房")]


def test_a_sold_car_that_left_during_the_walk_is_still_expected(desk, store):
    """It was here when the walk began; handed over at 17:00 it says so."""
    press(desk, "insert", "escape")
    car = sh.tail(store, "5659")
    with store.write("handed over") as db:
        change = {"stock_state": StockState.DELIVERED, "placement": Placement.NONE, "left_on": store.today()}
        car_moves.update(db, replace(car, **change))
    desk.page.enter()
    assert len(walk(store).unseen) == 51
    press(desk, "5", "escape")
    assert any("delivered" in line for line in as_text(papers.paper(store, walk(store))).splitlines())


# -- one action each


def test_each_tick_is_one_undo(desk, store):
    """Ctrl+Z takes the last tick back and shows the car; then the beginning itself."""
    press(desk, "insert", '"4158', "enter", '"4114', "enter", "escape", "ctrl+z")
    assert [car.tail for car, _mark in walk(store).seen] == ["4158"]
    press(desk, "ctrl+z", "ctrl+z")
    assert queries.newest(store) is None
    assert "none yet" in screen(desk)


def test_closing_is_one_undo(desk, store):
    """Closed too early: Ctrl+Z and the walk goes on."""
    press(desk, "insert", '"4158', "enter", "ctrl+s", "1", "ctrl+z")
    assert walk(store).take.open


def test_everything_survives_a_kill(desk, store, tmp_path):
    """Killed in the middle of a number: the ticks are in the file, the half-typed number in its field."""
    press(desk, "insert", '"4158', "enter", '"41')
    desk.keep()
    clock = store.clock
    store.close()
    again = open_store(tmp_path / "showroom.db", clock)
    made = desk_of(again)
    assert [car.tail for car, _mark in walk(again).seen] == ["4158"]
    assert made.field() is not None and made.field().value == "41"
    again.close()


def test_one_walk_at_a_time(store):
    """A second one is refused while the first goes on; closed, the next may begin."""
    moves.begin(store)
    with pytest.raises(Refused, match="E160"):
        moves.begin(store)
    moves.close(store, walk(store))
    with pytest.raises(Refused, match="E164"):
        moves.see(store, walk(store), "4158", sh.tail(store, "4158"))
    moves.begin(store)
    assert len(walk(store).unseen) == 51


def test_nothing_to_count(tmp_path):
    """A showroom without cars is told to enter them first."""
    empty = sh.opened(tmp_path, with_cars=False)
    made = desk_of(empty)
    made.go("stocktake")
    press(made, "insert")
    assert "No car is in stock" in screen(made)
    assert made.dialog() is None
    empty.close()


# -- when


def test_due_twice_a_month_or_as_the_showroom_says(desk, store):
    """The 23rd without one in this half: due by the 30th, said on the page; set to none a month nothing is said."""
    assert "due by 30 Nov" in screen(desk)
    settings.put(store, "stocktakes", "0")
    assert "due by" not in screen(desk)


def test_one_of_the_first_half_does_not_count_for_the_second(store):
    """Closed on the 15th; on the 16th the next one is due."""
    at(store, "17:00", "2026-11-15")
    moves.begin(store)
    moves.close(store, walk(store))
    assert queries.due(store, store.today()) is None
    at(store, "09:00", "2026-11-16")
    assert queries.due(store, store.today()).isoformat() == "2026-11-30"


# -- how it looks


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_walk_as_it_looks(desk, store, golden, language):
    """Three numbers typed: one seen, one in transit, one unknown."""
    words.use(language)
    desk.speak(language)
    press(desk, "insert", '"4158', "enter", '"5779', "enter", '"ABCD1', "enter")
    golden(screen(desk), f"screen-stocktake-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_place_is_cut(desk, store, language):
    """Test-drive cars and one that is out of the house: where they are stands there in full, on screen and paper."""
    words.use(language)
    desk.speak(language)
    car_moves.go_away(store, sh.tail(store, "4608"), "车展")
    press(desk, "insert", "escape", "end")
    assert ".." not in screen(desk)
    moves.close(store, walk(store))
    assert ".." not in as_text(papers.paper(store, walk(store)))


def test_the_print_box_closes_with_its_walk(desk, store):
    """The beginning is undone at another terminal: there is nothing to print any more."""
    press(desk, "insert", "escape", "ctrl+p")
    assert desk.dialog() is not None and desk.dialog().alive()
    undo.undo(store)
    assert not desk.dialog().alive()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_papers(store, golden, language):
    """The list to walk with, half ticked; and the result with a note and a difference."""
    words.use(language)
    moves.begin(store)
    see(store, "4158", "4114", "5779")
    moves.note(store, walk(store).take, "喷漆房", None, sh.tail(store, "4608"))
    golden(as_text(papers.paper(store, walk(store))), f"stocktake-list-{language}")
    see(store, *(car.vin for car, _mark in walk(store).unseen if car.tail != "4608"))
    moves.close(store, walk(store))
    golden(as_text(papers.paper(store, walk(store))), f"stocktake-result-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "keys",
    [("escape",), (), ('"4158', "enter"), ("escape", "tab"), ("escape", "tab", "tab"), ("escape", "ctrl+s"), ("escape", "1"),
     ("escape", "f1"), ("ctrl+s", "1")],
)  # fmt: skip
def test_every_line_fits(desk, language, keys):
    words.use(language)
    desk.speak(language)
    press(desk, "insert", *keys)
    for line in screen(desk).splitlines():
        assert width(line) <= 80
    assert ".." not in screen(desk).splitlines()[-1]


def test_the_command_tells_the_newest(store, tmp_path, capsys):
    """`floorlead stocktake --format json` before, during and after."""
    from click.testing import CliRunner

    from floorlead.cli import cli

    def run(*args: str):
        base = ["--store", str(tmp_path / "showroom.db"), "--lang", "en", "--now", "2026-11-23T17:00:00", "stocktake"]
        return CliRunner().invoke(cli, [*base, *args])

    before = json.loads(run("--format", "json").output)
    assert (before["begun_at"], before["expected"], before["unseen"], before["due"]) == (None, None, [], "2026-11-30")
    assert (before["as_of"], before["closed_at"]) == ("2026-11-23", None)
    assert (run().exit_code, run().output) == (0, "There is no stock-take yet; the page Stock-take begins one\n")
    assert run("--format", "pdf", "-o", str(tmp_path / "none.pdf")).exit_code == 1
    assert not (tmp_path / "none.pdf").exists()
    moves.begin(store)
    see(store, "4158", "5779")
    during = json.loads(run("--format", "json").output)
    assert (during["expected"], during["seen"], len(during["unseen"]), during["closed_at"]) == (51, 1, 50, None)
    assert during["found"][0]["car"]["stock_state"] == "in_transit"
    moves.close(store, walk(store))
    after = json.loads(run("--format", "json").output)
    assert (after["as_of"], after["closed_at"]) == ("2026-11-23", "2026-11-23T16:25:00")
    assert after["due"] is None
    assert "Stock-take result" in run().output
    done = run("--format", "pdf", "-o", str(tmp_path / "p.pdf"))
    assert done.exit_code == 0
    assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")


def test_no_letter_changes_anything(desk):
    press(desk, "insert", "escape")
    for entry in desk.page.binds():
        assert not (entry.changes and any(len(key) == 1 and key.isalpha() for key in entry.keys))


def test_a_number_twice_does_not_spoil_the_next(store):
    """Out in the yard nobody looks at the screen: 4114, 4114 again, 4214: both cars are counted.

    stock QY 白 4114 5
    stock QY 白 4214 5
    """
    desk = desk_of(store)
    desk.go("stocktake")
    press(desk, "insert", '"4114', "enter", '"4114', "enter")
    assert "seen already" in screen(desk) and desk.field().value == ""
    press(desk, '"4214', "enter")
    assert store.rows("SELECT typed FROM stocktake_marks ORDER BY id") == [("4114",), ("4214",)]
