"""The order advice's page, key by key: own numbers, their reasons, versions, and what survives."""

from __future__ import annotations

import pytest

from floorlead import clock, words
from floorlead.advice import queries
from floorlead.advice.records import Edit
from floorlead.calendar import moves as calendar
from floorlead.cars import queries as cars
from floorlead.store import open_store
from floorlead.text import width
from tests import kept
from tests.advice import market
from tests.conftest import at, desk_of, press, screen

WHITE = "QY|云母白"


@pytest.fixture
def shop(tmp_path):
    """The invented showroom on Monday 2026-11-23, an order day."""
    opened = kept.store(tmp_path / "s.db", clock.stopped("2026-11-23T08:41:00"), "market", market.load)
    opened.by = "王"
    yield opened
    opened.close()


@pytest.fixture
def desk(shop):
    """The page, with the cursor on the white QY."""
    made = desk_of(shop)
    made.go("advice", WHITE)
    return made


SCENES = {
    "advice": (),
    "advice-changed": ("6",),
    "advice-reason": ("6", "enter"),
    "advice-reason-typing": ("6", "enter", "7", '"月底前资金不够'),
    "advice-quantity": ("6", "enter", "4", "enter"),
    "advice-model": ("home", "enter"),
    "advice-saved": ("6", "enter", "4", "ctrl+s"),
    "advice-versions": ("ctrl+s", "6", "enter", "4", "ctrl+s", "tab"),
    "advice-print": ("6", "ctrl+p"),
    "advice-bottom": ("end",),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scene", SCENES)
def test_scene(desk, golden, scene, language):
    """A walk of keys, and what the screen then says, at 80x24."""
    words.use(language)
    desk.page.enter()
    press(desk, *SCENES[scene])
    shown = screen(desk)

    golden(shown, f"screen-{scene}-{language}")
    assert all(width(row) <= 80 for row in shown.splitlines())
    assert len(shown.splitlines()) == 24
    key_line = desk.frame(80, 24)[-1].text().rstrip()
    assert width(key_line) < 80
    assert all(bind.hint() in key_line for bind in desk.binds())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_year_without_data_is_said(shop, golden, language):
    """2026-12-29: the next order day is in 2027, of which only weekends are known."""
    words.use(language)
    at(shop, "08:41", "2026-12-29")
    made = desk_of(shop)
    made.go("advice")

    golden(screen(made), f"screen-advice-unknown-{language}")
    assert "2027" in screen(made).splitlines()[-3]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_holiday_monday_is_said(shop, golden, language):
    """2026-10-05 in the National Day week: the order day is Thursday 10-08."""
    words.use(language)
    at(shop, "08:41", "2026-10-05")
    made = desk_of(shop)
    made.go("advice")
    press(made, "down", "6")

    golden(screen(made).splitlines()[1] + "\n", f"screen-advice-holiday-{language}")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_here_yet(store, golden, language):
    """A new showroom: what would be here, and the key to fill it."""
    words.use(language)
    made = desk_of(store)
    made.go("advice")

    golden(screen(made), f"screen-advice-empty-{language}")
    assert made.page.print_dialog() is None


# -- own numbers


def test_a_digit_sets_the_quantity_and_the_same_digit_takes_it_back(desk):
    """Eight advised; six instead; six again is eight again."""
    press(desk, "6")
    assert desk.page.draft.of(WHITE) == Edit(6)
    press(desk, "6")
    assert desk.page.draft.of(WHITE) is None


def test_minus_and_the_advised_number_leave_it_to_the_advice(desk):
    """As advised."""
    press(desk, "6", "-")
    assert desk.page.draft.unsaved() == 0
    press(desk, "6", "down", "up", "8")
    assert desk.page.draft.unsaved() == 0


def test_full_width_digits_count(desk):
    """An input method left on gives the key's own digit, folded before it arrives here."""
    press(desk, "0")
    assert desk.page.draft.of(WHITE) == Edit(0)


def test_a_number_without_a_reason_is_kept_and_asked_for(desk):
    """The question mark stays beside it until there is one."""
    press(desk, "6")
    assert "6?" in screen(desk)
    assert "No reason yet: Enter, then a digit, 7 types" in screen(desk)
    press(desk, "down", "down")
    assert "own numbers without a reason: 1" in screen(desk)

    press(desk, "up", "up", "enter", "4")
    assert desk.page.draft.of(WHITE) == Edit(6, "money or room")
    assert "6?" not in screen(desk)


def test_save_is_refused_until_each_own_number_has_its_reason(desk, shop):
    """Two numbers, both without: ^S says so in a sentence and goes to the first of them, then to the second."""
    press(desk, "6", "down", "down", "3", "end", "ctrl+s")
    assert desk.page.here == WHITE
    assert "An own number needs its reason before it is saved: Enter on its line" in screen(desk)
    assert (desk.page.version, desk.page.draft.unsaved()) == (0, 2)

    press(desk, "enter", "1", "home", "ctrl+s")
    second = desk.page.here
    assert (second != WHITE, desk.page.draft.of(second)) == (True, Edit(3))
    press(desk, "enter", "2", "ctrl+s")
    assert {edit.reason for edit in desk.page.saved.edits.values()} == {"a customer waits", "promotion planned"}


@pytest.mark.parametrize("sign", ["²", "①", "٣"])
def test_signs_that_look_like_digits_are_none(desk, sign):
    """A superscript two is no quantity and no reason, and nothing breaks."""
    assert not desk.page.press(sign)
    press(desk, "6", "enter")
    assert not desk.dialog().press(sign)
    assert desk.page.draft.of(WHITE) == Edit(6)


def test_a_typed_reason(desk):
    """7 types; an empty one changes nothing."""
    press(desk, "6", "enter", "7", '"month end', "enter")
    assert desk.page.draft.of(WHITE) == Edit(6, "month end")
    press(desk, "5")
    assert desk.page.draft.of(WHITE) == Edit(5, "month end")


def test_two_digits_by_enter(desk):
    """Twelve, with its reason, in one form."""
    press(desk, "enter", '"12', "down", '"roadshow', "ctrl+s")
    assert desk.page.draft.of(WHITE) == Edit(12, "roadshow")


@pytest.mark.parametrize("typed", ["", "x", "-1", "100", "1.5"])
def test_a_quantity_that_is_none(desk, typed):
    """The form stays and says what it wants."""
    press(desk, "enter", f'"{typed}', "ctrl+s")

    assert "Between 0 and 99 cars of one line" in screen(desk)
    assert desk.page.draft.unsaved() == 0


def test_a_digit_on_a_model_changes_nothing(desk):
    """A number belongs to a colour."""
    press(desk, "home", "6")

    assert desk.page.draft.unsaved() == 0
    assert "A number belongs to a colour" in screen(desk)


def test_ctrl_z_takes_back_what_is_not_saved_one_by_one(desk, shop):
    """Before anything that was saved; Ctrl+Y does it again."""
    press(desk, "6", "down", "up", "5", "down", "3", "ctrl+z", "ctrl+z")
    assert desk.page.draft.edits() == {WHITE: Edit(6)}
    press(desk, "ctrl+y")
    assert desk.page.draft.edits() == {WHITE: Edit(5)}
    assert len(cars.here(shop)) == 60


# -- versions


def test_save_makes_versions_and_ctrl_z_takes_the_last_one_back(desk, shop):
    """v1 as advised, v2 with six white; Ctrl+Z is v1 again, Ctrl+Y v2."""
    press(desk, "ctrl+s")
    assert "v1 08:41" in screen(desk)
    press(desk, "6")
    assert "v1 + 1 not saved" in screen(desk)
    press(desk, "enter", "1", "ctrl+s")
    assert desk.page.saved.edits == {WHITE: Edit(6, "a customer waits")}

    press(desk, "ctrl+z")
    assert (desk.page.version, desk.page.draft.edits()) == (1, {})
    press(desk, "ctrl+y")
    assert (desk.page.version, desk.page.draft.edits()) == (2, {WHITE: Edit(6, "a customer waits")})


def test_nothing_new_is_no_version(desk, shop):
    """Ctrl+S twice."""
    press(desk, "ctrl+s", "ctrl+s")

    assert queries.last_version(shop, shop.today()) == 1
    assert "Version 1 is saved already" in screen(desk)


def test_unsaved_numbers_survive_a_restart(desk, shop):
    """Killed after a digit: it is still there, with the count of what is not saved, and can be taken back."""
    press(desk, "6", "enter", "7", '"half a rea')
    desk.keep()
    again = desk_of(shop)

    assert "1 not saved" in screen(again)
    press(again, "son")
    press(again, '"half a reason', "enter")
    assert again.page.draft.of(WHITE) == Edit(6, "half a reason")
    press(again, "ctrl+z", "ctrl+z")
    assert again.page.draft.edits() == {}


def test_numbers_of_yesterday_are_kept_and_named(desk, shop):
    """Forgotten on Monday: on Tuesday they are still there, and the page says whose day they are."""
    press(desk, "6", "enter", "1")
    desk.keep()
    at(shop, "08:41", "2026-11-24")
    again = desk_of(shop)

    assert "Own numbers of 2026-11-23 are not saved" in screen(again)
    press(again, "ctrl+s")
    assert queries.saved(shop, shop.today()).edits == {WHITE: Edit(6, "a customer waits")}


def test_another_terminals_version_is_taken_up_below_ones_own_numbers(desk, shop, tmp_path):
    """The manager saves version 1 elsewhere while a number waits here: it stays, and becomes version 2."""
    press(desk, "6", "enter", "1")
    other = open_store(tmp_path / "s.db", shop.clock)
    other.by = "周"
    queries.save(other, queries.advise(other), {"LY|云母白": Edit(1, "quota")})
    other.close()
    press(desk, "ctrl+s")

    assert queries.saved(shop, shop.today()).edits == {
        "LY|云母白": Edit(1, "quota"),
        WHITE: Edit(6, "a customer waits"),
    }
    assert desk.page.version == 2


def test_a_broken_place_starts_afresh(shop):
    """A place that an older program kept must not stop the page."""
    shop.keep_drafts(
        {"place": '{"page": "advice", "pages": {"advice": {"changes": {"x": 1}, "trail": 3}}, "dialogs": {}}'}
    )
    made = desk_of(shop)

    assert "Order advice" in screen(made)
    assert made.page.draft.edits() == {}


# -- models, printing, finding


def test_a_models_least_stock_and_days(desk, shop):
    """Enter on the model; Ctrl+Z puts it back and goes there."""
    press(desk, "home", "enter", '"20', "enter", '"30', "enter")
    ly = next(one for one in cars.models(shop) if one.code == "LY")
    assert (ly.minimum, ly.target_days) == (20, 30)
    assert desk.page.rows[0].target == 20

    press(desk, "end", "ctrl+z")
    assert next(one for one in cars.models(shop) if one.code == "LY").minimum == 0
    assert desk.page.here == "LY"


def test_least_stock_in_words_is_refused(desk):
    """Ten."""
    press(desk, "home", "enter", '"ten', "ctrl+s")
    assert "The least stock is a number from 0 to 99" in screen(desk)


def test_print_saves_first(desk, shop):
    """1 saves version 1 and prints it; the paper is noted with its version."""
    press(desk, "6", "enter", "4", "ctrl+p", "1")

    assert queries.saved(shop, shop.today()).edits == {WHITE: Edit(6, "money or room")}
    assert shop.rows("SELECT paper, revision FROM prints") == [("advice", 1)]


def test_print_without_a_reason_prints_nothing(desk, shop):
    """1 would save it first: what is refused is not printed either."""
    press(desk, "6", "ctrl+p", "1")

    assert "needs its reason" in screen(desk)
    assert shop.rows("SELECT paper FROM prints") == []


def test_print_a_draft_saves_nothing(desk, shop):
    """2 prints what is shown, marked as a draft."""
    press(desk, "6", "ctrl+p", "2")

    assert queries.last_version(shop, shop.today()) == 0
    assert shop.rows("SELECT paper, revision FROM prints") == [("advice", 0)]
    assert desk.page.draft.unsaved() == 1


def test_a_reading_terminal_changes_nothing(shop, tmp_path):
    """A second screen that only looks: numbers may be tried, ^S says that nothing can be saved."""
    reading = open_store(tmp_path / "s.db", shop.clock, reading=True)
    made = desk_of(reading)
    made.go("advice", WHITE)
    press(made, "6", "ctrl+s")

    assert made.page.version == 0
    assert made.trouble
    reading.close()


def test_models_and_colours_are_found_here(desk):
    """xx is the model, ymb its white."""
    assert [hit.place for hit in desk.page.hits("xx")] == ["XX"]
    assert WHITE in [hit.place for hit in desk.page.hits("ymb")]


def test_the_order_day_follows_the_calendar_at_once(desk, shop):
    """Monday is declared a holiday: today is no order day any more."""
    assert "today is order day" in screen(desk)
    from floorlead.calendar.records import Kind, Special

    calendar.save(shop, Special(0, shop.today(), Kind.HOLIDAY, "店休"))
    desk.page.enter()

    assert "order day Tue 24 Nov (Mon 23 Nov is a holiday)" in screen(desk)


def test_two_digits_make_one_number(desk):
    """A big order: 1 and 2 are twelve; - and 3 are three again."""
    press(desk, "down", "1", "2")
    assert "-> 12" in screen(desk)
    press(desk, "-", "3")
    assert "-> 3" in screen(desk)
    press(desk, "up", "down", "2")
    assert "-> 2" in screen(desk)
