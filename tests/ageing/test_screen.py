"""F4 key by key: picking, announcing, offers, moves, filters, the summary, and the screens as they look."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from floorlead import settings, words
from floorlead.ageing import moves, queries
from floorlead.app import PAGES
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as car_queries
from floorlead.cars.records import Placement, StockState
from floorlead.paper import queries as paper_queries
from floorlead.store import Store
from floorlead.text import width
from floorlead.widgets.desk import Desk
from floorlead.widgets.shared import SHARED
from tests.ageing.stock import add, add_many, load
from tests.conftest import at, person, press, screen

DOORS = tuple(door for door in PAGES if door.name in ("today", "checks", "ageing", "report"))
"""Pages enough to stand among, so that what other pages are called changes nothing here."""


def desk_of(store: Store) -> Desk:
    made = Desk(store, DOORS, SHARED)
    made.start()
    return made


@pytest.fixture
def demo(store: Store) -> Store:
    """The demo showroom on Monday 23 November at 16:05."""
    at(store, "16:05", "2026-11-23")
    store.by = "林晓峰"
    load(store)
    return store


@pytest.fixture
def desk(store: Store) -> Desk:
    made = desk_of(store)
    made.go("ageing")
    return made


def told(store: Store) -> list[tuple[str, list[str]]]:
    """What was announced today: kind and tails."""
    found = queries.announced_on(store, store.today())
    return [(made.kind, [car.name["zh"][-4:] for car in made.cars]) for made in found]


# -- the script of the standard day


@pytest.mark.parametrize("keys", [("f4",), ("f4", "up", "home")])
def test_three_picked_and_announced(demo, keys):
    """F4, Space three times, Enter, 1: one announcement of the three oldest cars, kind push; the picks are gone."""
    desk = desk_of(demo)
    press(desk, *keys, "space", "space", "space", "enter", "1")

    assert told(demo) == [("push", ["5300", "5213", "4528"])]
    assert desk.page.picked == set() and desk.dialog() is None
    assert "Last: Announced to push, 3: LY blue 5300, YS black 5213 +1" in screen(desk)


def test_full_width_digits_are_digits_in_the_app(demo):
    """An input method's １ announces too: keys come folded to the page."""
    from textual.events import Key

    from floorlead.widgets.keys import name_of

    desk = desk_of(demo)
    press(desk, "f4", "space", "enter", name_of(Key("１", "１")))

    assert told(demo) == [("push", ["5300"])]


def test_every_key_survives_a_kill(demo):
    """The program is killed after each key of the script and starts again: the end is the same."""
    desk = desk_of(demo)
    for key in ("f4", "space", "space", "space", "enter", "1"):
        press(desk, key)
        desk.keep()
        desk = desk_of(demo)

    assert told(demo) == [("push", ["5300", "5213", "4528"])]


# -- picking


def test_space_picks_and_goes_down_and_again_takes_it_off(desk, store):
    """
    Three cars; the first is picked, then looked at again and left.
    """
    for n in range(3):
        add(store, str(n), 100 - n)
    desk.page.enter()
    press(desk, "space")
    assert len(desk.page.picked) == 1 and desk.page.grid.cursor == 1

    press(desk, "up", "space")
    assert desk.page.picked == set()


def test_enter_without_a_pick_is_about_the_car_under_the_cursor(desk, store):
    """Nothing is picked: the second car is announced alone, 2 announces without a push."""
    add(store, "1", 100)
    add(store, "2", 90)
    desk.page.enter()
    press(desk, "down", "enter", "2")

    assert told(store) == [("tell", ["0002"])]


def test_ctrl_a_picks_what_is_due(desk, store):
    """Over the push age and not announced this week; one of exactly 60 days is not over 60."""
    for tail, age in (("1", 100), ("2", 61), ("3", 60), ("4", 200)):
        add(store, tail, age)
    moves.announce(store, [car for car in queries.aged(store).cars if car.car.tail == "0004"])
    desk.page.enter()
    press(desk, "ctrl+a", "enter", "1")
    assert told(store)[-1] == ("push", ["0001", "0002"])

    press(desk, "ctrl+a")
    assert desk.page.picked == set()
    assert "No car shown is over 60 days and still to be announced this week" in screen(desk)


def test_ctrl_a_keeps_to_the_filter_and_the_setting(desk, store):
    """Shown are the cars over 180 days only; the showroom pushes from 45 days on."""
    settings.put(store, "push_days", "45")
    for tail, age in (("1", 200), ("2", 50), ("3", 40)):
        add(store, tail, age)
    desk.page.enter()
    press(desk, "tab", "ctrl+a")
    assert len(desk.page.picked) == 1

    press(desk, "backtab", "ctrl+a")
    assert len(desk.page.picked) == 2


def test_a_picked_car_that_leaves_is_no_longer_picked(desk, store):
    """Sold by another terminal while it was picked."""
    car = add(store, "1", 100)
    add(store, "2", 90)
    desk.page.enter()
    press(desk, "ctrl+a", "enter")
    with store.write("sold") as db:
        car_moves.update(db, _gone(store, car))
    desk.page.enter()
    press(desk, "1")

    assert told(store) == [("push", ["0002"])]


def _gone(store, car):
    from floorlead.record import replace

    return replace(car, stock_state=StockState.DELIVERED, placement=Placement.NONE, left_on=store.today())


def test_the_dialog_closes_when_its_only_car_left(desk, store):
    """Nothing is left to announce."""
    car = add(store, "1", 100)
    desk.page.enter()
    press(desk, "enter")
    with store.write("sold") as db:
        car_moves.update(db, _gone(store, car))
    desk.page.enter()
    screen(desk)

    assert desk.dialog() is None


def test_picks_and_place_survive_a_restart(desk, store):
    """Picked, filtered, then the power fails: plain JSON brings it back."""
    for tail, age in (("1", 200), ("2", 100), ("3", 40)):
        add(store, tail, age)
    desk.page.enter()
    press(desk, "space", "tab", "tab", "down")
    json.dumps(desk.page.state())
    desk.keep()
    again = desk_of(store)

    assert again.page.picked == desk.page.picked
    assert (again.page.filter, again.page.car().car.tail) == (2, "0002")


def test_ctrl_z_takes_the_announcement_back_and_goes_there(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    add(store, "1", 100)
    spot = store.one("SELECT id FROM furniture")
    add(store, "2", 90, placement=Placement.DISPLAY, spot_id=spot)
    desk.page.enter()
    press(desk, "down", "enter", "1", "home", "ctrl+z")

    assert told(store) == []
    assert queries.aged(store).cars[1].car.push_id is None
    assert desk.page.car().car.tail == "0002"
    assert "Undone: Announced to push, 1" in screen(desk)


# -- offer and owner


def test_an_offer_and_an_owner_by_initials(desk, store):
    """
    team 张伟 李娜
    """
    add(store, "1", 100)
    desk.page.enter()
    press(desk, "enter", "3", '"降5千', "enter", '"ln')
    assert "Push owner: S02 李娜" in screen(desk)
    press(desk, "enter")
    assert "QY white 0001 100d 降5千: push this week." in screen(desk)

    press(desk, "1")
    car = queries.aged(store).cars[0]
    assert (car.car.offer, car.owner) == ("降5千", "李娜")
    assert [kind for kind, _tails in told(store)] == ["offer", "push"]


def test_several_cars_keep_what_was_not_changed(desk, store):
    """
    team 张伟 李娜
    Two cars with offers of their own get one owner; the offers stay.
    """
    add(store, "1", 100, offer="-5k")
    add(store, "2", 90, offer="-3k")
    desk.page.enter()
    press(desk, "ctrl+a", "enter", "3", "down", '"zw', "ctrl+s")

    assert [(car.car.offer, car.owner) for car in queries.aged(store).cars] == [("-5k", "张伟"), ("-3k", "张伟")]


def test_an_owner_who_is_not_clear_is_refused(desk, store):
    """
    team 张伟 李娜 刘洋
    """
    add(store, "1", 100)
    desk.page.enter()
    press(desk, "enter", "3", "down", '"l', "ctrl+s")

    assert "!! 2 people fit: S02 李娜, S03 刘洋; type more" in screen(desk)
    assert queries.aged(store).cars[0].owner_id is None


def test_an_owner_is_taken_off(desk, store):
    """
    team 张伟
    """
    add(store, "1", 100, push_id=person(store, "张伟").id)
    desk.page.enter()
    press(desk, "enter", "3", "down", '"', "enter")

    assert queries.aged(store).cars[0].car.push_id is None


# -- move


def test_a_yard_car_goes_on_a_free_spot_by_digit(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    car A2 迈腾黑 张伟
    """
    first = store.one("SELECT id FROM furniture WHERE spot = 'A1'")
    add(store, "1", 50, placement=Placement.DISPLAY, spot_id=first)
    add(store, "2", 100)
    desk.page.enter()
    press(desk, "enter", "4")
    assert "A1" not in screen(desk).split("on display")[1].split("Esc back")[1].split("+--")[0]
    press(desk, "1", "escape")

    car = queries.aged(store).cars[0]
    assert (car.car.spot, car.stock_age, car.owner) == ("A2", 100, "张伟")


def test_a_display_car_goes_to_the_yard_at_once(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    add(store, "1", 50, placement=Placement.DISPLAY, spot_id=store.one("SELECT id FROM furniture"))
    desk.page.enter()
    press(desk, "enter", "4")

    assert (queries.aged(store).cars[0].car.spot, queries.aged(store).cars[0].stock_age) == ("", 50)
    assert desk.dialog() is None


def test_no_free_spot_is_said(desk, store):
    """Nothing stands in the showroom yet: there is no spot."""
    add(store, "1", 50)
    desk.page.enter()
    press(desk, "enter", "4", "1")

    assert "No display spot is free; move a car to the yard first" in screen(desk)


def test_more_than_nine_free_spots_are_shown_nine_at_a_time(demo):
    """The display is cleared: fourteen free spots, the tenth is digit 1 after Tab."""
    for car in car_queries.on_spots(demo).values():
        car_moves.to_yard(demo, car)
    desk = desk_of(demo)
    press(desk, "f4", "enter", "4", "tab", "1")

    assert queries.aged(demo).cars[0].car.spot == "D10"


def test_the_box_closes_when_the_car_is_on_display_already(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    The box with the free spots is open, somebody else puts the car on display meanwhile: a digit does nothing more.
    """
    add(store, "1", 100)
    desk.page.enter()
    press(desk, "enter", "4")
    assert "on display" in screen(desk)
    moves.put_on_display(store, queries.aged(store).cars[0], store.one("SELECT id FROM furniture"), "A1")
    desk.page.enter()
    before = store.writes
    press(desk, "1")

    assert "on display  " not in screen(desk)
    assert store.writes == before


def test_several_cars_are_not_moved_by_one_digit(desk, store):
    """Two yard cars are picked: 4 is not offered and does nothing."""
    add(store, "1", 100)
    add(store, "2", 90)
    desk.page.enter()
    press(desk, "ctrl+a", "enter", "4")

    assert " 4 " not in screen(desk).split("Announce 2 picked cars")[1].split("[Over-age")[0]
    assert told(store) == []


# -- views, filters, finding


def test_tab_goes_through_the_thresholds(demo):
    """All 48, over 180 one, over 90 five, over 60 ten, and all again."""
    desk = desk_of(demo)
    press(desk, "f4")
    counts = []
    for _n in range(5):
        counts.append(len(desk.page.cars))
        press(desk, "tab")

    assert counts == [48, 1, 5, 10, 48]


def test_f4_again_sums_and_enter_goes_to_the_oldest_of_a_model(demo):
    """The summary and the list are one read: the totals agree; Enter shows the model's oldest car."""
    desk = desk_of(demo)
    press(desk, "f4", "f4")
    assert "857.6" in screen(desk)
    press(desk, "end", "enter")

    assert desk.page.view == 0
    assert desk.page.car().car.tail == "5300"


def test_coming_back_the_list_is_shown(demo):
    """The page was left at the summary: from another page F4 shows the list, where Space picks."""
    desk = desk_of(demo)
    press(desk, "f4", "f4", "f2", "f4", "space")

    assert len(desk.page.picked) == 1


def test_a_car_is_found_by_letters_and_by_its_tail(demo):
    """`qy` finds the model, Ctrl+F 4185 the car; from another page the cars' own page answers."""
    desk = desk_of(demo)
    press(desk, "f4", "q", "y")
    assert desk.page.car().car.model == "QY"
    press(desk, "escape", "ctrl+f", "4", "1", "8", "5")
    assert desk.page.car().car.tail == "4185"
    press(desk, "escape", "f2")
    assert desk.page_named("ageing").hits("qy") == []


def test_a_click_picks_filters_and_goes(demo):
    """The mark's column picks, a chip filters, a line is gone to."""
    desk = desk_of(demo)
    press(desk, "f4")
    desk.click("pick:1")
    desk.click("filter:2")
    desk.click("row:3")

    assert [car.car.tail for car in desk.page.named(sorted(desk.page.picked))] == ["5213"]
    assert (desk.page.filter, desk.page.grid.cursor) == (2, 3)


def test_what_was_announced_is_read_again(demo):
    """The palette's command: the announcement, its cars, and what came of them."""
    desk = desk_of(demo)
    press(desk, "f4", "space", "enter", "1")
    at(demo, "09:00", "2026-11-26")
    press(desk, "ctrl+k", "t", "b", "enter")

    assert "23 Nov 16:05 林晓峰  push" in screen(desk)
    assert "LY blue 5300 at 187d  to be named  > still here after 3 days" in screen(desk)


def test_a_clock_set_back_is_said(desk, store):
    """The clock stands before the arrival of a car."""
    add(store, "1", 0)
    at(store, "08:41", "2026-11-20")
    desk.page.enter()

    assert "The clock stands before an arrival; cars that count as arrived today: 1" in screen(desk)


def test_printing_asks_once_and_notes_it(demo, monkeypatch):
    """Ctrl+P, then 1: the list of the old cars is kept as PDF where no printer is."""
    monkeypatch.setitem(paper_queries.NAMES, "ageing", "Ageing list")
    monkeypatch.setattr("floorlead.paper.press.there_is_one", lambda: False)
    desk = desk_of(demo)
    press(desk, "f4", "ctrl+p", "enter")
    assert desk.dialog() is not None
    press(desk, "1")

    kept = demo.path.with_suffix("") / "reports" / "20261123-ageing.pdf"
    assert kept.read_bytes().startswith(b"%PDF")
    assert paper_queries.prints(demo, "ageing", demo.today(), 0) == 1


# -- how it looks

SCENES: dict[str, tuple[str, ...]] = {
    "list": ("f4", "space", "space", "space"),
    "announce": ("f4", "space", "space", "space", "enter"),
    "announced": ("f4", "space", "space", "space", "enter", "1", "home"),
    "summary": ("f4", "f4"),
    "offer": ("f4", "down", "down", "enter", "3", '"降5千', "down"),
    "print": ("f4", "ctrl+p"),
}  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_scene(demo, golden: Callable[..., None], scene, language):
    """A walk of keys, and what the screen then says."""
    words.use(language)
    desk = desk_of(demo)
    press(desk, *SCENES[scene])

    golden(screen(desk), f"screen-ageing-{scene}-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_empty(store, golden: Callable[..., None], language):
    """A showroom without a car, and one without an old car."""
    words.use(language)
    desk = desk_of(store)
    press(desk, "f4")
    empty = screen(desk)
    add(store, "5520", 95)
    press(desk, "f2", "f4", "tab")

    golden(empty + screen(desk), f"screen-ageing-empty-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_move_dialog_looks(demo, golden: Callable[..., None], language):
    """A spot is free: the yard's oldest car may take it."""
    car_moves.to_yard(demo, next(iter(car_queries.on_spots(demo).values())))
    words.use(language)
    desk = desk_of(demo)
    press(desk, "f4", "enter", "4")

    golden(screen(desk), f"screen-ageing-move-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("keys", [*SCENES.values(), ("f4", "f1"), ("f4", "tab", "tab"), ("f4", "end")])
def test_every_line_fits_and_no_key_is_lost(demo, language, keys):
    """80x24 in both languages: nothing is wider, the key line is whole."""
    words.use(language)
    desk = desk_of(demo)
    press(desk, *keys)
    lines = screen(desk).splitlines()

    assert all(width(line) <= 80 for line in lines)
    assert ".." not in lines[-1] and ".." not in lines[1] and ".." not in lines[2]
    assert width(lines[-1]) <= 79


@pytest.mark.parametrize("language", ["zh", "en"])
def test_six_hundred_cars_fit_too(store, language):
    """600 cars, most of them picked: the title gives up its bounds before it gives up a number."""
    words.use(language)
    add_many(store, 600)
    desk = desk_of(store)
    press(desk, "f4", "ctrl+a")
    assert all(width(line) <= 80 for line in screen(desk).splitlines())
    assert ".." not in screen(desk).splitlines()[1]
    press(desk, "enter")
    assert ".. " in screen(desk)


def test_keys_that_change_data_are_never_letters(demo):
    """Letters only find."""
    desk = desk_of(demo)
    for keys in (("f4",), ("enter",)):
        press(desk, *keys)
        for entry in desk.binds():
            assert not (entry.changes and any(len(key) == 1 and key.isalpha() for key in entry.keys))


def test_hostile_words_are_shown_harmlessly(desk, store):
    """Nothing that stands in the file steers the terminal."""
    add(store, "1", 200, colour="\x1b[2J白", trim="\u202e[/]", offer="[red]\x07" * 9, model="[b]", name="\x1b]0;x")
    desk.page.enter()
    for keys in ((), ("enter",), ("3",), ("escape", "1"), ("f4",)):
        press(desk, *keys)
        assert not {"\x1b", "\u202e", "\x07"} & set(screen(desk))
        assert all(width(line) <= 80 for line in screen(desk).splitlines())
