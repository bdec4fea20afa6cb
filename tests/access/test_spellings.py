"""Two hundred numbers of every kind, however they are spelled: taken at each door, and whole on nothing that is shown."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from test_commands import run

from floorlead.customers import finding, moves, queries
from floorlead.exchange import files
from floorlead.exchange import moves as imports
from floorlead.log import moves as log
from floorlead.log.records import Kind
from floorlead.orders import entering
from floorlead.orders import moves as orders
from floorlead.phones import digits
from floorlead.record import replace
from floorlead.store import Refused
from tests.conftest import desk_of, press, screen

COUNT = 200
SPELLED = (
    "{n}", "{n};", "{n}。", "{n} (微信同号)", "微信同号:{n}", "'{n}", " {n} ", "王先生{n}", "tel {n}", "{wide}", "{apart}", "{n}、",
)  # fmt: skip
JUNK = ("{n}/{n}", "{n}、{n}", "{n} 或 {n}", "{n}#", "{n}x{n}", "0x{n}", "{n}a", "={n}", "{n}.55", "{n}{n}", "{n}\n{n}")
HEAD = "客户编号,姓名,电话,级别,车型,来源,顾问,上次联系,下次跟进\n"


def number(dice: random.Random) -> str:
    """A number as it is written: a mobile one, a fixed line, with an extension, a service line, one of another country."""

    def some(count: int) -> str:
        return "".join(str(dice.randrange(10)) for _n in range(count))

    return dice.choice((
        f"13{some(9)}", f"19{some(9)}", f"+86 15{some(9)}", f"0086 17{some(9)}", f"021-6{some(7)}", f"0571-8{some(6)}",
        f"(010) 6{some(3)} {some(4)}", f"021-5{some(7)}-{some(3)}", f"400{some(7)}", f"+852 9{some(3)} {some(4)}",
        f"+65 6{some(3)} {some(4)}", f"+1 415 {some(3)} {some(4)}", f"+44 20 7{some(3)} {some(4)}",
    ))  # fmt: skip


def spelled(dice: random.Random, one: str, how: str) -> str:
    """A number in one of the spellings."""
    wide = one.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    apart = one if not one.isdigit() else f"{one[:3]} {one[3:7]}-{one[7:]}"
    return how.format(n=one, wide=wide, apart=apart)


def leaks(text: str, numbers: list[str]) -> list[str]:
    """Which numbers stand in a text, or more of them than their ends: seven digits in a row, whatever is between."""
    bare = re.sub(r"[^\S\n]|[\-.·()/+]", "", unicodedata.normalize("NFKC", text))
    return [one for one in numbers if one[-7:] in bare or one[:7] in bare]


def asked(store, dice, count=COUNT):
    """Different numbers with their spellings."""
    found: dict[str, str] = {}
    while len(found) < count:
        one = number(dice)
        found.setdefault(digits(one), spelled(dice, one, SPELLED[len(found) % len(SPELLED)]))
    return found


def test_taken_at_each_door_and_whole_nowhere(store, tmp_path):
    """
    lead 王
    team 李娜
    """
    dice = random.Random(13)
    numbers = asked(store, dice)
    plan = imports.plan(store, files.read(
        (HEAD + "".join(f"K{n},客户{n},\"{said}\",B,QY,,,2026-11-20,\n" for n, said in enumerate(numbers.values()))).encode(),
        "k.csv", "customers",
    ))  # fmt: skip
    assert [one.reason for one in plan.refused] == []
    assert [one.values["phone"] for one in plan.new] == list(numbers)
    for kept, said in numbers.items():
        assert moves.checked_phone(said) == kept
        assert log.ready(replace(log.blank(store, Kind.COMPLAINT), text="吵", owner="李娜", phone=said)).phone == kept
    imports.carry_out(store, plan)
    assert [queries.by_phone(store, said).phone for said in numbers.values()] == list(numbers)
    for kept in numbers:
        assert kept in [one.phone for _score, one in finding.find(store, kept)]
        assert kept in [one.phone for _score, one in finding.find(store, kept[-4:])]
    shown = [run(store, *words).output for words in (
        ["customers"], ["customers", "--format", "json"], ["followups"], ["report"], ["report", "--format", "json"],
        ["history", "--limit", "999"], ["history", "--format", "json"],
    )]  # fmt: skip
    run(store, "export", "customers", str(tmp_path / "c.csv"))
    shown.append((tmp_path / "c.csv").read_text("utf-8-sig"))
    desk = desk_of(store)
    for keys in (["f7"], ["tab"], ["enter"], ["escape", "f9"], ["f2"]):
        press(desk, *keys)
        shown.append(screen(desk))
    assert [leaks(text, list(numbers)) for text in shown] == [[]] * len(shown)


def test_what_is_refused_is_quoted_without_it(store):
    """
    lead 王
    team 李娜
    """
    dice, told, numbers = random.Random(14), [], []
    for n in range(COUNT):
        one = number(dice)
        numbers.append(digits(one))
        bad = JUNK[n % len(JUNK)].format(n=one)
        text = HEAD + f'K{n},客户,"{bad}",B,QY,,,2026-11-20,\n' + f"M{n},客户,{one},Z,QY,,,2026-11-20,\n"
        plan = imports.plan(store, files.read(text.encode(), "k.csv", "customers"))
        told += [part for line in plan.refused for part in (line.text, line.reason)]
        assert plan.refused[-1].line == 3 + bad.count("\n")
        for door in (lambda bad=bad: moves.checked_phone(bad), lambda bad=bad: log.ready(
            replace(log.blank(store, Kind.COMPLAINT), text="吵", owner="李娜", phone=bad))):  # fmt: skip
            try:
                door()
            except Refused as refused:
                told.append(str(refused))
    assert len(told) > 3 * COUNT
    assert leaks("\n".join(told), numbers) == []


def test_an_order_takes_the_same_numbers(store):
    """
    lead 王
    team 李娜
    """
    for kept, said in asked(store, random.Random(15), 24).items():
        made = replace(orders.blank(store), customer="王", model_id=1, phone=said)
        assert entering.ready(store, made).phone == kept
    with pytest.raises(Refused, match="E121"):
        entering.ready(store, replace(orders.blank(store), customer="王", model_id=1, phone="1390001001"))


def test_an_order_list_takes_the_same_numbers(store):
    """
    lead 王
    team 李娜
    """
    numbers = asked(store, random.Random(16), 24)
    head = "订单号,客户,电话,车型,订单日期\n"
    text = head + "".join(f'N{n},客户{n},"{said}",青屿,2026-11-20\n' for n, said in enumerate(numbers.values()))
    plan = imports.plan(store, files.read(text.encode(), "o.csv", "orders"))
    assert [one.reason for one in plan.refused] == []
    assert [one.values["phone"] for one in plan.new] == list(numbers)
