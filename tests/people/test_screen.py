"""The morning's sign-in and the roster, key by key, on a desk without a terminal."""

from __future__ import annotations

import pytest

from floorlead import shelf, words
from floorlead.furniture import queries as furniture_queries
from floorlead.people import files, queries
from floorlead.people.records import State
from floorlead.people.screen import PeoplePage
from floorlead.record import replace
from floorlead.text import width
from floorlead.widgets.desk import Desk
from tests.conftest import at, desk_of, person, press, screen

HOSTILE = ("[/]", "[b]李[/b]", "=1+1", "{name}", "%s\\x1b[31m", "张" * 40, "../../etc", "' OR 1=1 --")


@pytest.fixture(autouse=True)
def in_english():
    words.use("en")


@pytest.fixture
def desk(store) -> Desk:
    made = desk_of(store)
    made.go("people")
    return made


@pytest.fixture
def standard(store) -> Desk:
    """The standard showroom: twelve consultants, a leader, a manager, fourteen cars, six tables."""
    rows = files.read_people(shelf.find("demo", "standard", "people.csv").read_bytes())
    queries.import_people(store, queries.plan_import(store, rows))
    furniture_queries.load(store, shelf.find("demo", "standard", "furniture.csv"))
    made = desk_of(store)
    made.go("people")
    return made


def states(store) -> dict[str, str]:
    """Where everybody is, by name; a point where nobody said anything and nobody rests."""
    said = queries.day(store, store.today())
    return {p.person.name: p.state.value if p.said or p.state is State.REST else "." for p in said}


def page(desk: Desk) -> PeoplePage:
    found = desk.page_named("people")
    assert isinstance(found, PeoplePage)
    return found


# -- the sign-in


def test_a_digit_says_where_somebody_is_and_the_cursor_stays(desk, store):
    """
    team 张伟 李娜 王芳
    """
    press(desk, "down", "2", "up", "6")

    assert states(store) == {"张伟": "outing", "李娜": "late", "王芳": "."}
    assert page(desk).here == person(store, "张伟").id


@pytest.mark.parametrize(("digit", "state"), list(zip("123456", State, strict=True)))
def test_the_same_digit_again_takes_it_back(desk, store, digit, state):
    """
    team 张伟
    """
    press(desk, digit)
    assert states(store) == {"张伟": state.value}

    press(desk, digit)
    assert states(store) == {"张伟": "."}


def test_another_digit_corrects(desk, store):
    """
    team 张伟
    """
    press(desk, "1", "3")

    assert states(store) == {"张伟": "absent"}


@pytest.mark.parametrize(("time", "state"), [("08:29", "present"), ("08:30:59", "present"), ("08:31", "late")])
def test_space_signs_in_and_goes_down(desk, store, time, state):
    """
    Who comes after the line-up at 08:30 is late; 08:30 itself is on time.

    team 张伟 李娜
    """
    at(store, time)
    press(desk, "space")

    assert states(store) == {"张伟": state, "李娜": "."}
    assert page(desk).here == person(store, "李娜").id


def test_the_line_up_time_is_the_showrooms_own(desk, store):
    """
    team 张伟
    """
    from floorlead import settings

    settings.put(store, "line_up", "09:15")
    press(desk, "space")

    assert states(store) == {"张伟": "present"}


def test_space_never_changes_what_was_said(desk, store):
    """
    team 张伟 李娜
    away 张伟 事假
    """
    press(desk, "space")

    assert states(store) == {"张伟": "leave", "李娜": "."}
    assert "signed already" in screen(desk)


def test_who_rests_is_not_signed_in_by_space_nor_with_the_rest(desk, store):
    """
    The day is a Tuesday, and Tuesday is 李娜's rest day.

    team 张伟 李娜
    """
    queries.save(store, replace(person(store, "李娜"), rest_day=store.today().weekday()))
    press(desk, "tab", "backtab", "down", "space", "ctrl+a")

    assert states(store) == {"张伟": "present", "李娜": "rest"}
    press(desk, "end", "1")
    assert states(store)["李娜"] == "present"


def test_the_rest_is_here_is_one_action_and_one_undo(desk, store):
    """
    team 张伟 李娜 王芳
    away 李娜 病假
    """
    press(desk, "ctrl+a")
    assert states(store) == {"张伟": "present", "李娜": "leave", "王芳": "present"}

    press(desk, "ctrl+z")
    assert states(store) == {"张伟": ".", "李娜": "leave", "王芳": "."}


def test_undo_goes_to_the_person(desk, store):
    """
    team 张伟 李娜
    """
    press(desk, "down", "3", "tab", "home")
    desk.go("checks")
    desk.go("people")
    press(desk, "ctrl+z")

    assert page(desk).view == 0
    assert page(desk).here == person(store, "李娜").id
    assert states(store)["李娜"] == "."


def test_the_title_counts(desk, store):
    """
    team 张伟 李娜 王芳 刘洋
    away 王芳 事假
    """
    press(desk, "1", "down", "2")

    assert "here 2/4  open 1  late 1  leave 1" in screen(desk).splitlines()[1]


def test_a_leave_has_its_reason_in_one_digit(desk, store):
    """
    team 张伟
    """
    press(desk, "4", "enter", "2")

    one = queries.day(store, store.today())[0]
    assert (one.state, one.note) == (State.LEAVE, "sick")
    assert "leave sick" in desk.last


def test_a_typed_reason(desk, store):
    """
    team 张伟
    """
    press(desk, "4", "enter", "4", '"女儿家长会', "enter")

    assert queries.day(store, store.today())[0].note == "女儿家长会"


def test_a_late_ones_time_can_be_corrected(desk, store):
    """
    team 张伟
    """
    press(desk, "2", "enter", '"８：４５', "enter", '"堵车', "enter")

    one = queries.day(store, store.today())[0]
    assert (one.at[11:16], one.note) == ("08:45", "堵车")


@pytest.mark.parametrize("typed", ["24:00", "8:6", "late", "", "08:45:00"])
def test_a_time_that_is_none_is_refused_in_the_box(desk, store, typed):
    """
    team 张伟
    """
    press(desk, "2", "enter", f'"{typed}', "ctrl+s")

    assert "!! Write the time as 08:30" in screen(desk)
    assert queries.day(store, store.today())[0].at[11:16] == "08:41"


def test_first_where_then_why(desk, store):
    """
    team 张伟
    """
    press(desk, "enter")

    assert desk.dialog() is None
    assert "first where" in desk.last


def test_a_sealed_day_refuses_with_one_sentence(desk, store):
    """
    team 张伟
    """
    with store.write("sealed", kind="seal") as db:
        db.execute(
            "INSERT INTO reports(day, number, revision, sealed_at, by, language, body, text, seq, head, previous_seal,"
            " seal) VALUES (?, 1, 1, 'x', 'x', 'zh', '{}', '', 1, '', '', 's')", (store.today().isoformat(),),
        )  # fmt: skip
    press(desk, "1")

    assert states(store) == {"张伟": "."}
    assert "sealed" in screen(desk)


# -- the roster


def test_a_person_is_added_with_the_next_free_number(desk, store):
    """
    team 张伟
    """
    press(desk, "insert", "down", '"李娜', "enter", '"Li Na', "ctrl+s")

    made = person(store, "李娜")
    assert (made.number, made.name, made.name_en) == ("S02", "李娜", "Li Na")
    assert page(desk).here == person(store, "李娜").id
    assert desk.dialog() is None


def test_choices_are_digits(desk, store):
    """
    team 张伟
    """
    press(desk, "tab", "+", "down", '"王芳', "down", "down", "down", "2", "down", "3", "down", "down", "2", "ctrl+s")

    made = person(store, "王芳")
    assert (made.role.value, made.number, made.rest_day, made.trainee) == ("leader", "L01", 2, True)


def test_enter_edits_and_an_empty_name_is_refused(desk, store):
    """
    team 张伟
    """
    press(desk, "tab", "enter", "down", '" ', "ctrl+s")
    assert "A person needs a name" in screen(desk)
    assert desk.dialog() is not None

    press(desk, '"张玮', "ctrl+s")
    assert [p.name for p in queries.everybody(store)] == ["张玮"]


def test_a_number_that_is_taken_is_refused(desk, store):
    """
    team 张伟 李娜
    """
    press(desk, "tab", "down", "enter", '"s01', "ctrl+s")

    assert "Number s01 belongs to 张伟" in screen(desk)
    assert person(store, "李娜").number == "S02"


def test_what_another_terminal_changed_is_not_overwritten(desk, store):
    """
    team 张伟
    """
    press(desk, "tab", "enter", "down", '"张玮')
    queries.save(store, replace(person(store, "张伟"), team="B"))
    press(desk, "ctrl+s")

    assert (person(store, "张玮").name, person(store, "张玮").team) == ("张玮", "B")


def test_minus_is_the_last_day_and_again_takes_it_back(desk, store):
    """
    team 张伟 李娜
    """
    press(desk, "tab", "-")
    assert person(store, "张伟").left_on == store.today()

    press(desk, "-")
    assert person(store, "张伟").left_on is None


def test_who_left_is_only_in_the_last_view_behind_the_others(desk, store):
    """
    team 张伟 李娜
    """
    press(desk, "tab", "-")
    at(store, "08:41", "2026-11-25")
    desk.minute()
    assert page(desk).ids() == [person(store, "李娜").id]

    press(desk, "tab")
    rows = [line for line in screen(desk).splitlines() if "S0" in line][:2]
    assert ["李娜" in rows[0], "张伟" in rows[1]] == [True, True]
    press(desk, "backtab", "backtab")
    assert states(store) == {"李娜": "."}


def test_the_place_moves_a_person(desk, store):
    """
    team 张伟 李娜 王芳
    """
    press(desk, "tab", "end", "enter", "up", '"1', "enter")
    assert [p.name for p in queries.everybody(store)] == ["王芳", "张伟", "李娜"]

    press(desk, "ctrl+z")
    assert [p.name for p in queries.everybody(store)] == ["张伟", "李娜", "王芳"]


@pytest.mark.parametrize("typed", ["0", "-1", "x", "1.5"])
def test_a_place_that_is_none_is_refused(desk, store, typed):
    """
    team 张伟
    """
    press(desk, "tab", "enter", "up", f'"{typed}', "ctrl+s")

    assert "Write the place as a number" in screen(desk)


def test_a_half_filled_form_survives_a_restart(desk, store):
    """
    team 张伟
    """
    press(desk, "insert", "down", '"李')
    desk.keep()
    again = desk_of(store)
    press(again, '"李娜', "ctrl+s")

    assert [p.name for p in queries.everybody(store)] == ["张伟", "李娜"]


def test_finding_goes_to_the_person(desk, store):
    """
    team 张伟 李娜 刘洋
    """
    press(desk, "l", "y")

    assert page(desk).here == person(store, "刘洋").id
    press(desk, "2")
    assert states(store)["刘洋"] == "late"


# -- importing


def bring(tmp_path, text: str, encoding: str = "utf-8"):
    path = tmp_path / "名单 [b].csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_an_import_is_shown_first_and_is_one_action(desk, store, tmp_path):
    """
    team 张伟
    """
    path = bring(tmp_path, "工号,姓名,岗位\nS01,张玮,顾问\nS02,李娜,顾问\nS03,王芳,保安\n", "gb18030")
    desk.page.commands()[0].run()
    press(desk, f'"{path}', "enter")
    shown = screen(desk)
    assert "1 new   1 changed   0 the same   1 lines refused" in shown
    assert "line 4 refused: unknown role '保安'" in shown
    assert "changed: S01 张伟   Name 张伟 -> 张玮" in shown
    press(desk, "1")
    assert len(queries.everybody(store)) == 1, "all or nothing"

    press(desk, "escape")
    path = bring(tmp_path, "工号,姓名,岗位\nS01,张玮,顾问\nS02,李娜,顾问\n", "gb18030")
    desk.page.commands()[0].run()
    press(desk, f'"{path}', "enter", "1")
    assert [p.name for p in queries.everybody(store)] == ["张玮", "李娜"]
    assert list((store.path.parent / "showroom" / "backups").glob("*-import.db"))
    press(desk, "ctrl+z")
    assert [p.name for p in queries.everybody(store)] == ["张伟"]


def test_esc_changes_nothing(desk, store, tmp_path):
    """
    team 张伟
    """
    path = bring(tmp_path, "name\nLi Na\n")
    desk.open("import")
    press(desk, f'"{path}', "enter", "enter", "escape")

    assert desk.dialog() is None
    assert [p.name for p in queries.everybody(store)] == ["张伟"]


def test_a_home_path_and_a_quoted_path(desk, store, tmp_path, monkeypatch):
    """
    team 张伟
    """
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    name = bring(tmp_path, "name\nLi Na\n").name
    for typed in (f"~/{name}", f" '{tmp_path / name}' "):
        desk.open("import")
        press(desk, f'"{typed}', "enter")
        assert "1 new" in screen(desk)
        press(desk, "escape")


@pytest.mark.parametrize("typed", ["", "nowhere.csv", "~nobody-of-this-name/x.csv", "/", "a\\0b", "/dev/zero"])
def test_a_path_that_is_no_file_is_refused(desk, store, typed):
    """
    team 张伟
    """
    desk.open("import")
    press(desk, f'"{typed}', "enter")

    assert "(E83)" in screen(desk)


def test_a_file_that_changed_meanwhile_is_shown_again(desk, store, tmp_path):
    """
    team 张伟
    """
    path = bring(tmp_path, "name\nLi Na\n")
    desk.open("import")
    press(desk, f'"{path}', "enter")
    path.write_text("name\nLi Na\nWang Fang\n", encoding="utf-8")
    press(desk, "1")
    assert "changed meanwhile" in screen(desk)
    assert "2 new" in screen(desk)
    assert len(queries.everybody(store)) == 1

    press(desk, "1")
    assert len(queries.everybody(store)) == 3


def test_a_long_list_scrolls_to_its_last_refused_line(desk, store, tmp_path):
    """
    team 张伟
    """
    lines = "".join(f"S{n},李娜,保安\n" for n in range(100, 160))
    path = bring(tmp_path, "工号,姓名,岗位\n" + lines)
    desk.open("import")
    press(desk, f'"{path}', "enter")
    assert "1 Import" not in screen(desk)

    press(desk, "end")
    assert "line 61 refused" in screen(desk)


def test_every_reason_can_be_read_in_full(desk, store, tmp_path):
    """
    team 张伟
    """
    path = bring(tmp_path, "工号,姓名\nS02," + "李" * 50 + "\n")
    desk.open("import")
    press(desk, f'"{path}', "enter")

    assert "is longer than 40 characters" in screen(desk)
    assert all(".." not in line or "'李" in line for line in screen(desk).splitlines())


def test_a_preview_survives_a_restart_and_a_lost_file(desk, store, tmp_path):
    """
    team 张伟
    """
    path = bring(tmp_path, "name\nLi Na\n")
    desk.open("import")
    press(desk, f'"{path}', "enter")
    desk.keep()
    assert "1 new" in screen(desk_of(store))

    path.unlink()
    again = desk_of(store)
    press(again, "1")
    assert "There is no file" in screen(again)
    press(again, "escape")
    assert (again.dialog(), len(queries.everybody(store))) == (None, 1)


def test_the_mouse_does_it_too(desk, store):
    """
    team 张伟 李娜
    """
    desk.click("row:1")
    desk.click("key:3")
    assert states(store) == {"张伟": ".", "李娜": "absent"}

    desk.click("view:1")
    assert page(desk).person() == person(store, "李娜")


# -- what is drawn


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("keys", [(), ("2", "down", "4", "ctrl+a"), ("tab", "-"), ("tab", "tab"), ("+",), ("f1",)])
def test_every_line_fits_and_no_fixed_word_is_cut(standard, language, keys):
    """In the standard showroom nothing is longer than 80 cells, and nothing ends in two points."""
    words.use(language)
    standard.page.enter()
    press(standard, *keys)

    for line in screen(standard).splitlines():
        assert width(line) <= 80
        assert ".." not in line


def test_hostile_names_are_shown_harmlessly(desk, store):
    """
    team 张伟
    """
    for n, name in enumerate(HOSTILE):
        queries.save(store, replace(queries.blank(), name=name, number=f"X{n}", name_en="\u202egnaW"))
    with store.write("An older file") as db:
        db.execute("UPDATE people SET name_en = ?, title = ? WHERE name = '张伟'", ("\x1b[2J\u202eab", "\x07\x9b31m"))
    for view in range(3):
        page(desk).show_view(view)
        for _step in range(len(HOSTILE) + 1):
            shown = screen(desk)
            assert not {"\x1b", "\u202e", "\x07", "\x9b"} & set(shown)
            assert all(width(line) <= 80 for line in shown.splitlines())
            press(desk, "down")
        press(desk, "home", "enter")
        assert "\x1b" not in screen(desk)
        press(desk, "escape")


def test_an_empty_showroom_says_the_one_key(desk, store):
    """Nobody was entered yet."""
    assert "nobody here yet.   Ins adds a person" in screen(desk)

    press(desk, "1", "space", "ctrl+a", "enter", "-", "down", "insert")
    assert desk.dialog() is not None


def test_keys_that_change_data_are_never_letters(desk, store):
    """
    team 张伟
    """
    for _view in range(3):
        for entry in desk.page.binds():
            assert not (entry.changes and any(len(key) == 1 and key.isalpha() for key in entry.keys))
        press(desk, "tab")


def test_letters_change_nothing(desk, store):
    """
    team 张伟
    """
    before = store.writes
    press(desk, *"abcdefghijklmnopqrstuvwxyz", "escape", "tab", *"abcdefghijklmnopqrstuvwxyz")

    assert store.writes == before
