"""Identity-card and bank-card numbers are found however they are written; what a showroom needs passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead.secrets import holds_number, luhn
from floorlead.store import Refused
from floorlead.store.free import refuse
from floorlead.text import free
from tests.hard import cards
from tests.hard.campaign import sample

IDENTITY = "110101199003078515"
IDENTITY_X = "11010119900307395X"
OLD = "110101900307851"
CARDS = (
    "6222021234567894",
    "6222021234567890128",
    "4111111111111111",
    "5555555555554444",
    "9558801234567890128",
    "2720992345678901",
)
WRITTEN = (
    lambda n: n,
    lambda n: " ".join(n[i : i + 4] for i in range(0, len(n), 4)),
    lambda n: "-".join(n[i : i + 4] for i in range(0, len(n), 4)),
    lambda n: n.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}),
    lambda n: " ".join(n),
    lambda n: f"卡号{n}已记",
    lambda n: f"no.{n}",
    lambda n: "\u200b".join(n),
)
VARIANTS = [write(n) for n in (IDENTITY, IDENTITY_X, *CARDS) for write in WRITTEN] + [
    OLD, "110101 900307 851", "110101 19900307 8515", "身份证:110101-1990-0307-8515", "11010119900307395x",
    "一一零一零一一九九零零三零七八五一五", "٦٢٢٢٠٢١٢٣٤٥٦٧٨٩٤", "6222.0212.3456.7894", "6222 0212 3456 7890 128 招行",
    "13912345678 6222021234567894",
]  # fmt: skip


@pytest.mark.parametrize("text", VARIANTS)
def test_card_numbers_are_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse(text)
    assert refused.value.code == "E401"


@pytest.mark.parametrize("number", [IDENTITY, IDENTITY_X, *CARDS])
def test_a_form_refuses_what_stands_as_one_number(number: str) -> None:
    """What stands in fours may be the ends of VINs: that the file's gate tells, which knows the cars."""
    with pytest.raises(Refused, match="E401"):
        free(f"客户说 {number} 可以")
    assert free("王芳(6222 0212 3456 7894)") == "王芳(6222 0212 3456 7894)"


@pytest.mark.parametrize("text", [
    "LX0A1B2C0TA004114", "LX0A1B2C0TA004114 13912345678", "13912345678", "139 1234 5678", "+86 139-1234-5678",
    "13912345678 13912345679", "13912345678 20261123", "订单 20261123001", "D20261124-003", "2026-11-23 2026-11-25",
    "2026-11-23 14:30-15:30", "215800 218900 12500", "2024 2025 2026 2027", "021-62345678 13912345678", "2026112400012345",
    "24312000000012345678", "10:16 到店, 3 人, 看途观", "第一二三四五组", "139 1234 5678 / 138 0000 1001", "",
])  # fmt: skip
def test_what_a_showroom_writes_passes(text: str) -> None:
    refuse(text)
    assert free(text) == text


def test_the_ends_of_known_cars_in_a_row_are_no_card() -> None:
    """The announcement names four cars whose ends happen to have a card's check digit."""
    told, ends = "责任人:王芳(4111 1111 1111 1111) 李娜(0087 5306)", ("4111", "1111", "0087", "5306")
    assert holds_number(told)
    assert not holds_number(told, ends)
    assert not holds_number("本周主推 " + " ".join((*ends, "4111", "1111")))
    assert holds_number("本周主推 0087 5306, 退款到 5555 5555 5555 4444", ends)
    assert holds_number("退款 4111 1111 1111 1111", ("4111",))


def test_the_sample_of_the_campaign() -> None:
    """Announcements, cards and identity numbers at the file's own gate, a few of the ten thousands."""
    figures = sample(cards.attempt, seed=1, count=400)
    assert figures.bad(("broke", *cards.BAD)) == {}
    assert len(figures.found) == 3


@given(st.lists(st.from_regex(r"\A1[3-9][0-9]{9}\Z"), min_size=1, max_size=6), st.sampled_from([" ", ", ", "/", "、"]))
def test_phones_are_never_taken_for_cards(phones: list[str], between: str) -> None:
    assert not holds_number(between.join(phones))


@given(st.from_regex(r"\A[3-9][0-9]{14,17}\Z"), st.sampled_from(WRITTEN[:4]))
def test_every_card_is_found(body: str, write: object) -> None:
    assert callable(write)
    number = next(f"{body}{end}" for end in range(10) if luhn(f"{body}{end}"))
    assert holds_number(write(number))


def test_luhn() -> None:
    assert luhn("4111111111111111") and not luhn("4111111111111112")
