"""Two or three letters find a name, however it is written and whichever way its characters are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.finding import MOST_READINGS, find, matches, search_words

STAFF = ("张伟", "李娜", "刘洋", "单雄", "曾国", "仇英", "解缙", "重阳",
         "欧阳娜娜", "吕布", "孙悦", "尉迟恭", "朴智", "乐毅")  # fmt: skip


def searched(*names: str) -> list[tuple[str, str]]:
    return [(name, search_words(name)) for name in names]


def hits(typed: str, *names: str) -> list[str]:
    return [name for name, _words in find(typed, searched(*(names or STAFF)), lambda one: one[1])]


@pytest.mark.parametrize(("typed", "name"), [
    ("zw", "张伟"), ("ln", "李娜"), ("ly", "刘洋"), ("oynn", "欧阳娜娜"), ("sy", "孙悦"),
    ("zhangwei", "张伟"), ("liuyang", "刘洋"), ("lina", "李娜"), ("lvbu", "吕布"), ("zhang", "张伟"),
    ("ouyang", "欧阳娜娜"),
    ("张", "张伟"), ("刘洋", "刘洋"), ("娜娜", "欧阳娜娜"),
])  # fmt: skip
def test_initials_pinyin_and_han(typed, name):
    assert name in hits(typed)


@pytest.mark.parametrize(("name", "typed"), [
    ("单雄", ("dx", "sx", "danxiong", "shanxiong")), ("曾国", ("cg", "zg", "cengguo", "zengguo")),
    ("仇英", ("cy", "qy", "chouying", "qiuying")), ("解缙", ("jj", "xj", "jiejin", "xiejin")),
    ("重阳", ("cy", "zy", "chongyang", "zhongyang")),
    ("尉迟恭", ("yc", "wc", "yuchigong")), ("朴智", ("pz", "piao", "pu")),
    ("乐毅", ("yy", "ly", "yueyi", "leyi")),
])  # fmt: skip
def test_every_reading_of_a_surname(name, typed):
    """Whoever reads it otherwise finds it too."""
    for one in typed:
        assert name in hits(one), one


def test_english_names():
    """The start of the name, its initials, a later word."""
    words = search_words("张伟", "Zhang Wei", "S01")

    assert matches("zhang", words) == 4
    assert matches("zw", words) == 4
    assert matches("s01", words) == 4
    assert matches("zhangwei", words) == 4
    assert matches("wei", words) == 3


def test_full_width_and_capitals_count_as_plain():
    words = search_words("ID.4白", "ID.4 white", "A5")

    for typed in ("ＩＤ", "id.4", "Ｉｄ．４", "a5", "Ａ５", "b", "白", "white"):
        assert matches(typed, words), typed


def test_a_car_by_its_han_initials():
    """Letters and digits before the Han do not stand in the way."""
    words = search_words("B6ID.6蓝", "", "")

    assert matches("b6", words) == 4
    assert matches("l", words)


def test_the_start_of_a_name_comes_before_a_later_word():
    """`wei`: who is called so comes before whose second name it is; within, the order of the card stays."""
    names = {"张伟": "Zhang Wei", "魏军": "Wei Jun", "刘卫民": "Liu Weimin", "韦丽": "Wei Li"}
    people = [(latin, search_words(han, latin)) for han, latin in names.items()]
    found = [name for name, _words in find("wei", people, lambda one: one[1])]

    assert found == ["Wei Jun", "Wei Li", "Zhang Wei", "Liu Weimin"]


def test_inside_a_word_comes_last():
    assert hits("yang", "欧阳娜娜", "杨帆") == ["杨帆", "欧阳娜娜"]
    assert matches("yang", search_words("欧阳娜娜")) == 2


def test_nothing_typed_finds_nothing():
    assert hits(" ") == []
    assert hits("") == []
    assert matches("", search_words("张伟")) == 0


def test_what_fits_nothing_finds_nothing():
    assert hits("qqq") == []


def test_many_readings_stay_few():
    """A name of nothing but ambiguous characters does not grow without end."""
    words = search_words("重乐单解曾仇重乐单解")

    assert len(words.split()) <= 3 * MOST_READINGS + 2
    assert matches("cldjc", words) or matches("zldjc", words)


@given(st.text(st.sampled_from("张伟刘洋单解重ABCxyz019 .-一二"), min_size=1, max_size=12))
def test_a_name_is_found_by_itself(name):
    """Whatever it is, typing its beginning finds it."""
    if not name.strip():
        return
    words = search_words(name)

    for size in range(1, len(name) + 1):
        if name[:size].strip():
            assert matches(name[:size], words), (name[:size], words)
    assert matches(name.upper(), words) == matches(name.lower(), words) > 0


@given(st.text(max_size=20), st.text(max_size=20))
def test_nothing_typed_breaks_it(typed, name):
    assert 0 <= matches(typed, search_words(name)) <= 4


def test_a_digit_while_finding_marks_only_what_is_found(store, desk):
    """
    A typed name that is not on this page marks nobody; a spot's number is found, not marked.

    team 张伟 李娜
    car D01 青屿 张伟
    car D07 云岚 李娜
    """
    from tests.conftest import press, screen

    press(desk, "f3", "z", "z", "2")
    assert store.one("SELECT count(*) FROM marks") == 0
    assert "marks only what is found" in screen(desk)

    press(desk, "escape", "f3", "d", "0", "7", "1")
    found = store.rows("SELECT r.label, m.item FROM marks m JOIN card_rows r ON r.id = m.row_id")
    assert found == [("云岚", "wiped")]
