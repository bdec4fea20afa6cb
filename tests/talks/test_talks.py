"""The library for the morning: written once, found by letters, by model, by rival; what is not true any more is retired."""

from __future__ import annotations

import pytest

from floorlead import words
from floorlead.record import replace
from floorlead.store import Refused, open_store
from floorlead.talks import moves, queries
from floorlead.talks.records import Kind
from floorlead.text import width
from tests.app.walk import LETTERS, PUNCTUATION, arrive
from tests.conftest import at, enter_car, press, screen, styles
from tests.log.hall import desk_at, staff


@pytest.fixture
def hall(store):
    staff(store)
    at(store, "09:00")
    enter_car(store, "QY", "白", "4114", arrived_on=store.today())
    enter_car(store, "YL", "黑", "4115", arrived_on=store.today())
    return store


@pytest.fixture
def desk(hall):
    return desk_at(hall, "talks")


def write(store, title, kind=Kind.TALK, **more):
    return moves.save(store, replace(moves.blank(store, kind), title=title, **more))


def test_a_page_is_written_by_the_form(hall, desk):
    press(desk, "insert", '"途观L对CR-V', "enter", '"qy', "enter", '"CR-V', "enter", '"先请客户坐后排', "enter")
    one = queries.in_use(hall)[0]
    assert (one.kind, one.title, one.competitor, one.body) == (Kind.TALK, "途观L对CR-V", "CR-V", "先请客户坐后排")
    assert one.model_id == hall.one("SELECT id FROM models WHERE code = 'QY'")
    press(desk, "enter", '"途观L对新CR-V', "ctrl+s")
    assert queries.titles(hall) == ["途观L对新CR-V"]
    press(desk, "ctrl+z")
    assert queries.titles(hall) == ["途观L对CR-V"]


def test_titles_offer_talk_tracks_before_rivals_and_no_retired_page(hall):
    write(hall, "哈弗 H6 降价", Kind.COMPETITOR)
    write(hall, "贷款怎么说")
    gone = write(hall, "老话术")
    moves.retire(hall, queries.of(hall, gone))
    assert queries.titles(hall) == ["贷款怎么说", "哈弗 H6 降价"]
    moves.retire(hall, queries.of(hall, gone))
    assert "老话术" in queries.titles(hall)


def test_by_model_and_by_rival_what_is_about_all_models_is_there_too(hall):
    qy = hall.one("SELECT id FROM models WHERE code = 'QY'")
    yl = hall.one("SELECT id FROM models WHERE code = 'YL'")
    write(hall, "QY 空间", model_id=qy, competitor="CR-V")
    write(hall, "YL 动力", model_id=yl)
    write(hall, "保险怎么说")
    assert {one.title for one in queries.about(hall, qy)} == {"QY 空间", "保险怎么说"}
    assert {one.title for one in queries.about(hall, None, "cr-v")} == {"QY 空间"}
    desk = desk_at(hall, "talks")
    press(desk, "right")
    assert {one.title for one in desk.page.shown} == {"QY 空间", "保险怎么说"}


def test_found_by_letters(hall, desk):
    write(hall, "贷款怎么说")
    write(hall, "哈弗降价", Kind.COMPETITOR, competitor="哈弗H6")
    desk.page.enter()
    for letter in "dk":
        arrive(desk, letter)
    assert desk.page.talk().title == "贷款怎么说"
    press(desk, "escape")
    for letter in "hf":
        arrive(desk, letter)
    assert desk.page.talk().title == "哈弗降价"


def test_what_is_refused(hall, desk):
    write(hall, "贷款怎么说")
    with pytest.raises(Refused, match="title"):
        write(hall, " ")
    with pytest.raises(Refused, match="stands in the library"):
        write(hall, "贷款怎么说")
    press(desk, "insert", '"空间', "enter", '"没有这车', "ctrl+s")
    assert "E367" in screen(desk)


def test_retired_pages_have_a_filter_of_their_own_and_come_back(hall, desk):
    write(hall, "老话术")
    desk.page.enter()
    press(desk, "-")
    assert desk.page.shown == []
    press(desk, "backtab")
    assert [one.title for one in desk.page.shown] == ["老话术"]
    press(desk, "-", "tab")
    assert [one.title for one in desk.page.shown] == ["老话术"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_fits(hall, lang, golden):
    words.use(lang)
    write(hall, "途观L对CR-V", competitor="CR-V", body="空间大:后备箱多 100 升。" * 12)
    write(hall, "哈弗 H6 降价 5000 元到月底", Kind.COMPETITOR, competitor="哈弗H6")
    desk = desk_at(hall, "talks")
    press(desk, "down")
    shown = screen(desk)
    assert all(width(line) <= 80 for line in shown.splitlines())
    golden(shown, f"screen-talks-{lang}")
    press(desk, "insert")
    golden(screen(desk), f"screen-talks-new-{lang}")


def test_letters_and_punctuation_change_nothing(hall, desk):
    write(hall, "贷款怎么说")
    before = int(hall.one("SELECT count(*) FROM actions"))
    for char in LETTERS + PUNCTUATION:
        arrive(desk, char)
    assert int(hall.one("SELECT count(*) FROM actions")) == before


def test_a_number_in_a_talk_track_is_masked_wherever_it_is_shown(hall, desk):
    """Somebody pasted a customer's number into a talk track: list, text and finding show it masked."""
    page = moves.blank(hall)
    moves.save(hall, replace(page, title="郑先生 13911112280", body="先打 13911112280 再说"))
    desk.page.enter()
    assert "13911112280" not in screen(desk) and "2280" in screen(desk)
    press(desk, "2", "2", "8", "0")
    assert "13911112280" not in screen(desk)


def test_a_retired_page_does_not_come_back_beside_its_successor(hall):
    """The old page was retired and a new one has its title: using the old one again is refused."""
    old = queries.of(hall, moves.save(hall, replace(moves.blank(hall), title="置换")))
    moves.retire(hall, old)
    moves.save(hall, replace(moves.blank(hall), title="置换"))
    with pytest.raises(Refused, match="E366"):
        moves.retire(hall, queries.of(hall, old.id))


def test_a_page_changed_elsewhere_is_never_written_over(hall):
    """What was looked at is not there any more, changed or retired: refused, and what the other wrote stays."""
    ident = write(hall, "置换")
    seen = queries.of(hall, ident)
    moves.save(hall, replace(seen, body="别人的"), seen)
    with pytest.raises(Refused, match="E363"):
        moves.save(hall, replace(seen, body="我的"), seen)
    assert queries.of(hall, ident).body == "别人的"
    seen = queries.of(hall, ident)
    moves.retire(hall, seen)
    with pytest.raises(Refused, match="E363"):
        moves.save(hall, replace(seen, body="我的"), seen)
    assert queries.of(hall, ident).retired


def test_a_retired_page_is_dim_and_one_in_use_is_not(hall, desk):
    """Beside the cursor's own line, which has its own look."""
    old, use = write(hall, "老话术"), write(hall, "新话术")
    here = write(hall, "光标")
    desk.page.enter()
    desk.page.go_to(str(here))
    assert styles(desk, "老话术") == styles(desk, "新话术") == {""}
    for ident in (old, here):
        moves.retire(hall, queries.of(hall, ident))
    desk.page.enter()
    desk.page.go_to(str(here))
    assert styles(desk, "老话术") == {"dim"}
    moves.retire(hall, queries.of(hall, old))
    desk.page.enter()
    desk.page.go_to(str(use))
    assert styles(desk, "老话术") == {""}


def test_a_page_left_open_keeps_what_another_terminal_wrote(hall, desk):
    """Here the text is written, there the headline: both stand."""
    ident = moves.save(hall, replace(moves.blank(hall), title="置换", body="旧"))
    desk.page.enter()
    desk.page.go_to(str(ident))
    desk.open("talk", {"id": ident})
    press(desk, "tab", "tab", "tab", '"新的说法')
    other = open_store(hall.path, hall.clock)
    there = queries.of(other, ident)
    moves.save(other, replace(there, title="置换三步"), there)
    press(desk, "ctrl+s")
    found = queries.of(hall, ident)
    assert (found.title, found.body) == ("置换三步", "新的说法")
    other.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_talk_track_is_read_whole_before_the_morning(hall, desk, language):
    """A text of the longest kind stands below the list to its last word; the list keeps a few lines."""
    words.use(language)
    for n in range(20):
        moves.save(hall, replace(moves.blank(hall), title=f"话术{n}", body="说" * (moves.BODY_LIMIT - 1) + "完"))
    desk.page.enter()
    press(desk, "home")
    assert "完" in screen(desk) and sum("话术" in line for line in screen(desk).splitlines()) >= 4
    press(desk, "end")
    assert "完" in screen(desk) and "话术0" in screen(desk)
