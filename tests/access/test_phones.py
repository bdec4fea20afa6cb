"""Telephone numbers as people write them: kept one way, masked wherever they stand, other numbers left alone."""

from __future__ import annotations

import pytest

from floorlead.phones import digits, mask_in


@pytest.mark.parametrize("text", [
    "0086 139 1234 5678", "008613912345678", "+86-139-1234-5678", "86 13912345678", "013912345678", "１３９１２３４５６７８",
])  # fmt: skip
def test_one_number_is_kept_one_way(text):
    assert digits(text) == "13912345678"


@pytest.mark.parametrize("text", [
    "008613912345678", "0086 139-1234-5678", "+8613912345678", "1 3 9 1 2 3 4 5 6 7 8", "139–1234–5678", "139/1234/5678",
    "013912345678", "（139）1234 5678", "微信13912345678转2",
])  # fmt: skip
def test_however_it_is_written_it_is_masked(text):
    assert "139****5678" in mask_in(f"回 {text} 谢谢")


@pytest.mark.parametrize(
    "text", ["021-62345678", "（021）6234 5678", "02162345678", "+86 21 6234 5678", "0571-8765432"]
)
def test_a_fixed_line_is_masked(text):
    shown = mask_in(f"宅电 {text}")
    assert "****" in shown and "62345678" not in shown and "6234 5678" not in shown and "8765432" not in shown


@pytest.mark.parametrize("text", [
    "LX0A1B2C0TA004114 车 128000", "2026-11-24 10:30 12 15 18", "D20261124001", "400-820-1234", "138 台 / 45 批",
])  # fmt: skip
def test_other_numbers_stay(text):
    assert mask_in(text) == text
