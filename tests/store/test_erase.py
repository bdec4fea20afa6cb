"""No card number reaches any text column; what was free in the file is overwritten when it is erased."""

from __future__ import annotations

import pytest

from floorlead.secrets import hidden, holds_number
from floorlead.store import Refused, erase, schema
from floorlead.store.free import MADE, NUMBERS

IDENTITY = ("110101199003078515", "11010119900307395X", "110101-1990-0307-8515")
CARDS = ("6222021234567894", "6222 0212 3456 7890 128", "４１１１１１１１１１１１１１１１", "4111-1111-1111-1111")


def text_columns(store):
    """Every text column of every recorded table that people's words reach."""
    for table in schema.recorded(store.connection):
        if table not in MADE:
            for row in store.rows(f"PRAGMA table_info({table})"):
                if row[2] == "TEXT":
                    yield table, row[1]


def test_no_card_number_reaches_any_text_column(store):
    """Fifty variants would pass the same door: it looks at what is recorded, whatever screen, form or file it came from."""
    from floorlead.store.free import refuse_card_numbers

    looked = 0
    for table, column in text_columns(store):
        names = schema.columns(store.connection, table)
        for number in IDENTITY + (() if column in NUMBERS else CARDS):
            values = ",".join(f"'备注 {number}'" if n == column and column not in NUMBERS else f"'{number}'" if n == column
                              else "NULL" for n in names)  # fmt: skip
            with pytest.raises(Refused) as refused:
                refuse_card_numbers(store.connection, [(1, table, 1, "I", None, values)])
            assert refused.value.code == "E401"
            looked += 1
    assert looked > 500


def test_it_refuses_the_whole_action_and_nothing_is_stored(store):
    """
    team 张伟
    """
    from floorlead.tasks import queries as tasks

    before = store.path.read_bytes()
    for number in IDENTITY + CARDS:
        with pytest.raises(Refused):
            tasks.add(store, f"客户证件 {number}", "", store.today())
    assert store.path.read_bytes() == before


def test_what_stood_there_before_may_be_worked_on(store):
    """A file of an earlier version holds such a number: the row can still be changed."""
    from floorlead.store.free import refuse_card_numbers

    refuse_card_numbers(store.connection, [
        (1, "tasks", 1, "U", f"1,'{IDENTITY[0]}',NULL", f"1,'{IDENTITY[0]}','黄丽'"),
    ])  # fmt: skip


def test_numbers_within_texts():
    """However they are written; a fixed line without its area code is found too, within a longer number it is not."""
    numbers = erase.Numbers(["13912345678", "02162345678", "12345"])
    assert numbers.within("电话 139 1234-5678,021-6234 5678") == {"13912345678", "02162345678", "62345678"}
    assert (
        numbers.without("宅电 021-6234 5678，或（021）６２３４５６７８；分机 6234–5678转2")
        == "宅电 ***，或（***；分机 ***转2"
    )
    assert numbers.without("١٣٩١٢٣٤٥٦٧８ Ｗ，收") == "*** Ｗ，收"
    assert numbers.within("010-62345678") == {"62345678"} and numbers.within("01062345678") == set()
    assert numbers.owns("13912345678801") and not numbers.owns("01062345678")
    assert numbers.without("回 １３９１２３４５６７８ 谢谢") == "回 *** 谢谢"
    assert numbers.without("12345") == "***"
    assert numbers.within("价格 12345") == set()
    assert numbers.within("13912345679") == set()
    assert numbers.in_bytes("x139 1234 5678".encode("utf-16"))


def test_a_refused_line_is_told_without_the_number():
    """An import says which line it refused and why: the number itself stands nowhere, a phone beside it is another's matter."""
    for number in IDENTITY + CARDS:
        told = hidden(f"证件 {number}, 价 128000, LX0A1B2C0TA004114")
        assert "*" in told and not holds_number(told), number
        assert "128000" in told and "LX0A1B2C0TA004114" in told
    assert hidden("12 万 3 千") == "12 万 3 千"


def test_spans():
    assert erase.spans([3, 4, 5, 9]) == "3-5,9"
    assert erase.spans([]) == ""
    assert not holds_number("13912345678")
