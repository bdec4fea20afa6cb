"""The showroom's list, key by key: what stands where, and whose it is to keep."""

from __future__ import annotations

import pytest

from floorlead import shelf, words
from floorlead.furniture import queries
from floorlead.furniture.records import Kind
from floorlead.people import files
from floorlead.people import queries as people_queries
from floorlead.people.queries import named
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import width
from floorlead.widgets.desk import Desk
from tests.conftest import at, card, desk_of, person, press, screen


@pytest.fixture(autouse=True)
def in_english():
    words.use("en")


@pytest.fixture
def desk(store) -> Desk:
    made = desk_of(store)
    made.go("furniture")
    return made


def labels(store, kind: Kind = Kind.DISPLAY_CAR) -> list[str]:
    return [piece.label for piece in queries.standing(store) if piece.kind is kind]


def test_a_car_is_added_with_its_keeper_by_initials(desk, store):
    """
    team 张伟 李娜
    """
    press(desk, "insert", "1", '"A1', "enter", '"朗逸白', "enter", '"Lavida white', "enter", '"ln')
    assert "Keeper: S02 李娜" in screen(desk)
    press(desk, "ctrl+s")

    piece = queries.standing(store)[0]
    assert (piece.kind, piece.spot, piece.label, piece.label_en) == (Kind.DISPLAY_CAR, "A1", "朗逸白", "Lavida white")
    assert piece.keeper_id == person(store, "李娜").id


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("S02", ["李娜"]), ("s02", ["李娜"]), ("李娜", ["李娜"]), ("liuyang", ["刘洋"]), ("ly", ["刘洋"]),
     ("Ｓ０１", ["张伟"]), ("l", ["李娜", "刘洋"]), ("xyz", []), ("", [])],
)  # fmt: skip
def test_a_keeper_is_found_by_number_name_or_initials(store, typed, expected):
    """
    team 张伟 李娜 刘洋
    """
    assert [p.name for p in named(typed, people_queries.everybody(store))] == expected


@pytest.mark.parametrize(("typed", "told"), [("l", "2 people fit: S02 李娜, S03 刘洋"), ("xyz", "Nobody fits 'xyz'")])
def test_a_keeper_who_is_not_clear_is_refused(desk, store, typed, told):
    """
    team 张伟 李娜 刘洋
    """
    press(desk, "insert", "1", "down", '"朗逸白', "down", "down", f'"{typed}', "ctrl+s")

    assert f"!! {told}" in screen(desk)
    assert labels(store) == []


def test_a_piece_needs_a_name(desk, store):
    """Nothing stands here yet."""
    press(desk, "insert", "ctrl+s")

    assert "A spot or a table needs a name" in screen(desk)
    assert desk.dialog() is not None


def test_tab_shows_one_kind_and_ins_adds_of_it(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    desk 谈判桌1 张伟
    """
    press(desk, "tab", "tab")
    assert "朗逸白" not in screen(desk)

    press(desk, "insert", "down", "down", '"谈判桌2', "ctrl+s")
    assert labels(store, Kind.TABLE) == ["谈判桌1", "谈判桌2"]


def test_an_empty_kind_says_the_one_key(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    press(desk, "tab", "tab", "tab")

    assert "zone    nothing here yet.   Ins adds one" in screen(desk)


def test_minus_removes_and_undo_brings_it_back(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    car A2 迈腾黑 张伟
    """
    press(desk, "-")
    assert labels(store) == ["迈腾黑"]

    press(desk, "ctrl+z")
    assert labels(store) == ["朗逸白", "迈腾黑"]
    assert desk.page.piece().label == "朗逸白"


def test_past_cards_keep_what_was_removed_or_renamed(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    car A2 迈腾黑 张伟
    fail 朗逸白 wiped 已补擦
    """
    from floorlead.checks import queries as check_queries

    made, day = card(store, "environment"), store.today()
    at(store, "08:41", "2026-11-25")
    press(desk, "-", "enter", "down", "down", '"迈腾白', "ctrl+s")

    assert labels(store) == ["迈腾白"]
    assert [row.label for row in check_queries.card(store, day, made.words).rows] == ["朗逸白", "迈腾黑"]


def test_the_place_moves_a_piece_among_its_kind(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    car A2 迈腾黑 张伟
    car A3 探岳灰 张伟
    desk 谈判桌1 张伟
    """
    press(desk, "down", "down", "enter", "up", '"1', "enter")
    assert labels(store) == ["探岳灰", "朗逸白", "迈腾黑"]

    press(desk, "enter", "up", '"', "enter")
    assert labels(store) == ["朗逸白", "迈腾黑", "探岳灰"]


def test_another_kind_puts_it_last_there(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    car A2 迈腾黑 张伟
    """
    press(desk, "enter", "4", "ctrl+s")

    assert labels(store, Kind.TEST_DRIVE_CAR) == ["朗逸白"]
    assert labels(store) == ["迈腾黑"]


def test_a_keeper_who_left_is_named_and_may_stay(desk, store):
    """
    team 张伟 李娜
    car A1 朗逸白 张伟
    """
    people_queries.leave(store, person(store, "张伟"))
    at(store, "08:41", "2026-11-25")
    desk.minute()
    assert "张伟 (left)" in screen(desk)

    press(desk, "enter", "down", '"B1', "ctrl+s")
    assert queries.standing(store)[0].spot == "B1"


def test_what_another_terminal_changed_is_not_overwritten(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    press(desk, "enter", "down", '"B1')
    old = queries.standing(store)[0]
    queries.save(store, replace(old, label="朗逸银"))
    press(desk, "ctrl+s")

    assert (queries.standing(store)[0].spot, queries.standing(store)[0].label) == ("B1", "朗逸银")
    with pytest.raises(Refused, match="E43"):
        queries.remove(store, old)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("keys", [(), ("tab",), ("tab", "tab", "tab"), ("enter",), ("end", "enter"), ("+",), ("f1",)])
def test_every_line_fits_and_no_word_is_cut(store, language, keys):
    """The standard showroom: fourteen cars and six tables."""
    rows = files.read_people(shelf.find("demo", "standard", "people.csv").read_bytes())
    people_queries.import_people(store, people_queries.plan_import(store, rows))
    queries.load(store, shelf.find("demo", "standard", "furniture.csv"))
    desk = desk_of(store)
    words.use(language)
    desk.go("furniture")
    press(desk, *keys)

    for line in screen(desk).splitlines():
        assert width(line) <= 80
        assert ".." not in line


def test_keys_that_change_data_are_never_letters(desk, store):
    """
    team 张伟
    car A1 朗逸白 张伟
    """
    for entry in desk.page.binds():
        assert not (entry.changes and any(len(key) == 1 and key.isalpha() for key in entry.keys))


def test_hostile_labels_are_shown_harmlessly(desk, store):
    """Nothing that is typed or stored steers the terminal."""
    for label in ("[/]", "=1+1", "\x1b[2J朗逸", "\u202e白", "张" * 40):
        queries.save(store, replace(queries.blank(), label=label, spot="[b]A1", label_en=label))
    with store.write("An older file") as db:
        db.execute("UPDATE furniture SET label_en = ? WHERE label = '[/]'", ("\x1b]0;x\x07",))
    desk.page.enter()
    for key in ("home", "down", "down", "down", "down", "enter"):
        press(desk, key)
        assert not {"\x1b", "\u202e", "\x07"} & set(screen(desk))
        assert all(width(line) <= 80 for line in screen(desk).splitlines())
