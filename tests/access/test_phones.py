"""Telephone numbers as people write them: kept one way, masked wherever they stand, other numbers left alone."""

from __future__ import annotations

import re

import pytest

from floorlead.commands.work import WrongUse
from floorlead.phones import digits, mask_in, masked, number_in
from floorlead.store import Busy, CannotWrite, Damaged, Refused
from floorlead.tables.cells import Wrong


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


CALLABLE = {
    "+852 9123 4567": "85291234567", "0085291234567": "85291234567", "139 0001 0012;": "13900010012",
    "13900010011 (微信同号)": "13900010011", "13900010006.0": "13900010006", "021-65551234-801": "02165551234801",
    "021-65551234转801": "02165551234801", "(021) 6555 1234": "02165551234", "+86 21 6555 1234": "02165551234",
    "0086-571-8765432": "05718765432", "4008001234": "4008001234", "400-800-1234": "4008001234", "+86 400 800 1234": "4008001234",
    "１３９－０００１－００１２": "13900010012", "+86 139 0001 0012": "13900010012", "8613900010012": "13900010012",
    "王先生 13900010012": "13900010012", "电话：13900010012。": "13900010012", "tel 13900010012": "13900010012",
    "13900010012 转 801": "13900010012801", "13900010012-801": "13900010012801", "+1 (415) 555-1234": "0014155551234",
    "001 415 555 1234": "0014155551234", "+65 6123 4567": "6561234567", "+44 20 7946 0958": "442079460958", "10086": "10086",
    "65551234": "65551234", "139/0001/0012": "13900010012", "'13900010012": "13900010012", "139\u200b0001\u200b0012": "13900010012",
    "": "", "  ": "",
}  # fmt: skip
"""What a field takes, and how it is kept."""
NOT_CALLABLE = (
    "1390001001", "139000100123", "13900010009/13900010010", "13900010009、13900010010", "13900010009 13900010010",
    "021-65551234 / 13900010009", "13900010009,65551234", "1.39E+10", "2026-11-05", "2026/11/05", "13900010006.5", "123", "1234",
    "12345678901", "+8521234567890123456", "abc", "no", "139x0001x0012y", "=13900010012+1", "--", "1390001001O", "0x1390001",
)  # fmt: skip


@pytest.mark.parametrize("typed", CALLABLE)
def test_one_idea_of_a_number(typed):
    """A number that can be called is taken however it is written, at every door; written out again it is the same one."""
    assert number_in(typed) == CALLABLE[typed]
    assert digits(typed) in (CALLABLE[typed], "")
    assert number_in(CALLABLE[typed]) == CALLABLE[typed] or len(CALLABLE[typed]) > 12


@pytest.mark.parametrize("typed", NOT_CALLABLE)
def test_what_cannot_be_called_is_refused_and_quoted_without_it(typed):
    with pytest.raises(ValueError) as refused:
        number_in(typed)
    assert not re.search(r"[0-9]{5}", str(refused.value)), refused.value


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13900010012", "139****0012"), ("85291234567", "852****4567"), ("10086", "*****"), ("65551234", "655****1234"),
     ("4008001234", "400****1234"), ("02165551234801", "021****4801")],
)  # fmt: skip
def test_masked(phone, shown):
    """At most three digits in front and four behind, of a short one nothing."""
    assert masked(phone) == shown


@pytest.mark.parametrize(
    "text", ["+852 9123 4567", "+65 6123 4567", "+1 415 555 1234", "0085291234567", "+44 20 7946 0958"]
)
def test_numbers_of_other_countries_are_masked_in_texts(text):
    shown = mask_in(f"回 {text} 谢谢")
    assert "****" in shown
    assert not re.search(r"[0-9]{5}", shown.replace(" ", ""))


def test_every_refusal_hides_what_it_quotes():
    """Whatever sentence quotes what was typed: no number is whole in it, no sign steers; the program's own numbers stand."""
    for kind in (Refused, Busy, CannotWrite, Damaged):
        told = kind("E1", "'13900010012;' \x1b[31m 6222021234567894 +852 9123 4567").sentence
        assert told == "'139****0012;' ?[31m **************** 852****4567"
    for kind in (Wrong, WrongUse):
        assert str(kind("13900010009/13900010010")) == "139****0009/139****0010"
    own = "order 20261123001, car LX0A1B2C0TA004114, 2026-11-24 08:41, 128000"
    assert str(Refused("E2", own)) == f"{own} (E2)"


def test_no_exception_that_users_read_keeps_numbers_whole():
    """Every kind of refusal in the tree: what it is told is masked as it is made, so that no caller can forget it."""
    import importlib
    import pkgutil

    import floorlead

    for module in pkgutil.walk_packages(floorlead.__path__, "floorlead."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    waiting, seen = [Exception], set()
    while waiting:
        waiting += waiting.pop().__subclasses__()
        seen = seen | set(waiting)
    ours = {one for one in seen if one.__module__.startswith("floorlead.")}
    assert Refused in ours and Wrong in ours
    inside = {"_Broken", "_Nothing", "NoSolver", "Stopped", "TooLarge", "floorlead.store.pages.Unreadable"}
    for kind in ours:
        if not {kind.__name__, f"{kind.__module__}.{kind.__name__}"} & inside:
            arguments = ("E1", "13900010012") if issubclass(kind, Refused) else ("13900010012",)
            assert "13900010012" not in str(kind(*arguments)), kind
