"""Text in, text out: what could steer a terminal never passes, and a line is as many cells as it says."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from floorlead import words
from floorlead.text import as_number, clean, cut, fit, fold, numeral, show, width, wrap

TRADE = "张伟刘洋朗逸白擦车补擦，。；：（）!?,.:;()[]/=+-@ ABCabc012√×　\t\n\u00a0\u202e\u200b\x1b\x07é가😀한"
anything = st.text(max_size=80)
trade = st.text(st.sampled_from(TRADE), max_size=80)
texts = anything | trade
CONTROL = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


def bare(text: str) -> str:
    """A text without its blanks."""
    return "".join(text.split())


@given(texts)
def test_what_is_stored_steers_nothing(text):
    """No control, format or bidi character is stored, blanks are single, and cleaning twice changes nothing."""
    found = clean(text)

    assert not {unicodedata.category(char) for char in found} & CONTROL
    assert found == found.strip() == " ".join(found.split())
    assert clean(found) == found
    assert found == unicodedata.normalize("NFC", found)


@given(texts, st.integers(0, 40))
def test_what_is_stored_has_its_length(text, limit):
    assert len(clean(text, limit)) <= limit
    assert clean(clean(text), limit) == clean(text, limit)


def test_a_name_is_kept_as_it_is():
    """Brackets, formulas, rare characters: a name is never code."""
    for name in ("[/]", "=1+1", "王(大)", "O'Neil", "𠮷田", "阿卜杜拉·买买提", "%s{name}"):
        assert clean(name) == name
        assert show(name) == name


def test_a_full_width_blank_is_a_blank():
    """A Chinese input method types wide blanks; they are blanks, not question marks."""
    assert clean("张　伟") == "张 伟"
    assert show("张　伟\u00a0早") == "张 伟 早"


@given(texts)
def test_what_is_shown_can_be_printed(text):
    """Nothing that steers reaches the terminal, nothing is swallowed: a character stands for itself or is a `?`."""
    found = show(text)

    assert len(found) == len(text)
    assert not {unicodedata.category(char) for char in found} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert all(was == now or now in "? " for was, now in zip(text, found, strict=True))


@given(texts, st.integers(0, 90), st.sampled_from(("left", "right", "center")))
@example("张伟张伟", 5, "left")
@example("张伟", 3, "right")
def test_a_column_is_exactly_as_wide_as_it_says(text, cells, align):
    assert width(fit(text, cells, align)) == cells
    if width(show(text)) <= cells:
        assert fit(text, cells, align).strip() == show(text).strip()


@given(trade, st.integers(3, 60))
def test_what_is_cut_says_so(text, cells):
    """Two dots where something is missing, and exactly so many cells."""
    text = show(text) + "末" * cells

    assert width(cut(text, cells)) == cells
    assert cut(text, cells).rstrip().endswith("..")


@given(texts, st.integers(2, 80))
@example("擦车。" * 20, 6)
@example("已补擦)" * 9, 7)
@example("a" * 50 + "。", 10)
@example("擦，，，，，，，，", 4)
def test_a_wrapped_text_loses_nothing_but_blanks(text, cells):
    """Every line fits, and together they say what was said."""
    lines = wrap(text, cells)

    assert lines
    assert all(width(line) <= cells for line in lines), lines
    assert bare("".join(lines)) == bare(show(text))


@given(st.lists(st.text(st.sampled_from("abcdef0123"), min_size=1, max_size=10), max_size=12), st.integers(10, 40))
def test_a_latin_word_stays_whole(words, cells):
    """A number plate or a name is not torn apart where it fits on a line."""
    assert " ".join(wrap(" ".join(words), cells)).split() == words


@given(st.lists(st.sampled_from("张伟擦车，。；："), max_size=60), st.integers(10, 40))
def test_no_line_begins_with_a_comma(chars, cells):
    """Chinese text does not begin a line with its punctuation, unless a whole line is nothing else."""
    text = "车" + "".join(c for n, c in enumerate(chars) if c not in "，。；：" or n % 3 == 0)

    assert all(line[:1] not in tuple("，。；：") for line in wrap(text, cells))


def test_full_width_counts_as_plain():
    assert fold("０１２３Ａｂ：，．（）　。") == "0123Ab:,.() ."
    assert fold("张伟") == "张伟"


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_a_number_is_read_as_it_is_written(value):
    assert as_number(repr(value)) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [("14", 14), ("１４", 14), (" 12.4 ", 12.4), ("12,4", 12.4), ("１２．４", 12.4), ("-3", -3), ("+3", 3), ("5.", 5)],
)
def test_a_number_as_people_type_it(typed, value):
    assert as_number(typed) == value


@pytest.mark.parametrize(
    "typed", ["", "nan", "inf", "-inf", "1e99", "1_4", "1 4", "--3", "十四", "٣", "0x1f", "1.2.3", "."]
)
def test_what_is_no_number(typed):
    assert as_number(typed) is None


def test_the_blocks_of_a_paper_are_counted_past_ten() -> None:
    """十一块的日报: the eleventh block has its numeral too, in both languages."""
    words.use("zh")
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 23)] == ["一", "九", "十", "十一", "二十", "二十三"]
    words.use("en")
    assert numeral(11) == "11."
