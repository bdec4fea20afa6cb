"""The shipped check lists are whole, in both languages, and fit their columns and their digit keys."""

from __future__ import annotations

import csv
import re
import tomllib

import pytest
from rich.cells import cell_len

from floorlead import shelf

DATA = tomllib.loads(shelf.find("checklists.toml").read_text(encoding="utf-8"))
CARDS = {card["code"]: card for card in DATA["card"]}
LISTS = {every["code"]: every for every in DATA["list"]}
ITEMS = [pytest.param(item, id=f"{code}-{item['code']}") for code, every in LISTS.items() for item in every["item"]]
ON = [every for every in DATA["list"] if every["on"]]
SUBJECTS = {"person", "display_car", "table", "zone", "test_drive_car", "day", "order"}
TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
HAN = re.compile("[\u4e00-\u9fff]")


def test_six_quick_reasons_in_both_languages():
    assert len(DATA["reasons"]) == 6
    assert all(HAN.search(reason["zh"]) and not HAN.search(reason["en"]) for reason in DATA["reasons"])


def test_every_card_has_lists_and_every_list_its_card():
    assert {every["card"] for every in DATA["list"]} == set(CARDS)
    assert all(every["on"] == CARDS[every["card"]]["on"] for every in DATA["list"])


def test_codes_are_used_once():
    assert len(CARDS) == len(DATA["card"])
    assert len(LISTS) == len(DATA["list"])
    for every in DATA["list"]:
        codes = [item["code"] for item in every["item"]]
        assert len(set(codes)) == len(codes), every["code"]


@pytest.mark.parametrize("named", [*DATA["card"], *DATA["list"]], ids=lambda named: named["code"])
def test_cards_and_lists_are_named_in_both_languages(named):
    assert HAN.search(named["zh"])
    assert named["en"] and not HAN.search(named["en"])


@pytest.mark.parametrize("every", DATA["list"], ids=lambda every: every["code"])
def test_a_list_says_what_its_rows_are(every):
    assert every["subject"] in SUBJECTS
    assert TIME.fullmatch(every.get("due", "00:00"))


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_is_worded_in_both_languages(item):
    for field in ("zh", "long_zh"):
        assert HAN.search(item[field]) or item[field] == item["en"]
    for field in ("en", "long_en"):
        assert item[field] and not HAN.search(item[field])


@pytest.mark.parametrize("item", ITEMS)
def test_a_column_title_fits_six_cells(item):
    for language in ("zh", "en"):
        assert 1 <= cell_len(item.get(f"short_{language}", item[language])) <= 6


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_says_how_grave_it_is_and_how_it_is_answered(item):
    assert item["severity"] in set("RYG")
    assert item["points"] >= 0
    assert TIME.fullmatch(item.get("due", "00:00"))
    if item["answer"] == "number":
        assert item["low"] < item["high"]
        assert item["unit"]
        assert not HAN.search(item.get("unit_en", item["unit"]))
    else:
        assert item["answer"] == "tick"
        assert not {"low", "high", "unit"} & set(item)


@pytest.mark.parametrize("every", ON, ids=lambda every: every["code"])
def test_a_list_in_use_fits_the_digit_keys(every):
    assert 1 <= len(every["item"]) <= 9


def test_the_card_of_the_first_day():
    words = {every["code"]: [item["zh"] for item in every["item"]] for every in ON}
    assert words["appearance"] == ["工装", "胸卡", "仪容", "擦车"]
    assert words["display_car"] == ["擦拭", "开锁", "内饰", "价牌"]
    assert words["table"] == ["桌面", "座椅", "资料"]
    assert [every["card"] for every in ON] == [
        "appearance",
        "environment",
        "environment",
        "opening",
        "closing",
    ]


@pytest.mark.parametrize("folder", [("demo",), ("demo", "standard")], ids="/".join)
def test_the_shipped_showroom_has_a_keeper_for_every_spot_and_table(folder):
    def read(name):
        return list(csv.DictReader(shelf.find(*folder, name).read_text(encoding="utf-8-sig").splitlines()))

    furniture = read("furniture.csv")
    consultants = {row["staff_id"] for row in read("people.csv") if row["role"] == "consultant"}
    assert {row["keeper"] for row in furniture} <= consultants
    for kind, count in (("display_car", 14), ("table", 6)):
        pieces = [row for row in furniture if row["kind"] == kind]
        assert [int(row["position"]) for row in pieces] == list(range(1, count + 1))
        assert all(HAN.search(row["label"]) and row["label_en"].isascii() for row in pieces)
