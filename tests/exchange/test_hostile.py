"""Ten thousand lines of malice: each is entered, refused with its number and reason, or blank, and nothing else happens."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorlead import clock
from floorlead.exchange import files, moves
from floorlead.exchange.records import Table
from floorlead.store import verify
from floorlead.tables.csvtext import Record
from tests import kept
from tests.exchange.conftest import look, vin

LINES = 10_000
HEAD = "vin,model,model_name,trim,colour,cost,built_on,arrived_on,state,place,allocation,hold,spot,note"
NAMES = (
    "=cmd|' /C calc'!A0",
    "[red]白[/red]",
    "@SUM(1)",
    "+1",
    "-1+1",
    "'; DROP TABLE cars; --",
    "<script>",
    "{x}",
    "%s",
    "白" * 39,
)


def good(number: int) -> list[str]:
    """A line that is right."""
    return [
        vin(number),
        "QY",
        "青屿",
        "精英版",
        "云母白",
        "112000",
        "2026-10-01",
        "2026-11-01",
        "在库",
        "",
        "",
        "",
        "",
        "",
    ]


def malice(dice: random.Random, number: int) -> str:
    """One line of one of eighteen kinds."""
    cells = good(number)
    kind = dice.randrange(18)
    if kind == 0:
        return dice.choice(("", "   ", ",,,,,,,,,,,,,"))
    if kind == 1:
        cells[0] = vin(dice.randrange(max(1, number)))
    if kind == 2:
        cells[0] = cells[0][:8] + dice.choice("0123456789X") + cells[0][9:]
    if kind == 3:
        cells[0] = cells[0].replace("0", dice.choice("OQI"), 1)
    if kind == 4:
        cells[0] = dice.choice(("", "X" * 40, cells[0][:-1], cells[0] + "0", "车" * 17, "-"))
    if kind == 5:
        cells[0] = "".join(chr(ord(c) + 0xFEE0) for c in cells[0])
    if kind == 6:
        cells[0] = "\u200b".join(cells[0])
    if kind == 7:
        cells[dice.choice((6, 7))] = dice.choice(
            ("2026-02-30", "soon", "0000-00-00", "9999-12-31", "1.1.26", "2026-11-32", "44500")
        )
    if kind == 8:
        cells[6], cells[7] = cells[7], "2026-09-01"
    if kind == 9:
        cells[5] = dice.choice(("1e9", "-5", "12,34", "free", "99999999999", "0x10", "1.2.3"))
    if kind == 10:
        return ",".join(cells[: dice.randrange(1, 14)])
    if kind == 11:
        return ",".join([*cells, *["x"] * dice.randrange(1, 5)])
    if kind == 12:
        cells[4] = '"' + cells[4]
    if kind == 13:
        cells[13] = dice.choice(("\x1b[2J", "\u202eabc", "a\x00b", "\x07", "\ufffd"))
    if kind == 14:
        cells[4] = dice.choice(NAMES)
        cells[13] = dice.choice(NAMES)
    if kind == 15:
        cells[8] = dice.choice(("??", "在库 在途", "=1", "试驾", "在途"))
    if kind == 16:
        cells[9], cells[12] = dice.choice(("展厅", "", "车库")), dice.choice(("D01", "D02", ""))
    if kind == 17:
        cells[1], cells[2] = dice.choice((("", ""), ("Q" * 41, ""), ("", "星溪"), ("-", "无")))
    return ",".join(cells)


def hostile(seed: int, lines: int = LINES) -> str:
    """The whole file."""
    dice = random.Random(seed)
    return (
        "\n".join([HEAD, *(malice(dice, n) if dice.random() < 0.7 else ",".join(good(n)) for n in range(lines))]) + "\n"
    )


@pytest.mark.slow
def test_ten_thousand_hostile_lines_add_up(store):
    """Accepted, refused and blank lines are all lines; each refusal has its line and its reason; the rest comes in."""
    text = hostile(20261124).replace("\x00", "")
    began = time.process_time()
    plan = look(store, "cars", text)
    took = time.process_time() - began

    assert plan.lines == LINES
    assert len(plan.new) + len(plan.refused) + plan.blank == LINES
    assert min(len(plan.new), len(plan.refused)) > 2_500
    assert plan.blank > 300
    assert all(one.line > 1 and one.reason.strip() and one.text.isprintable() for one in plan.refused)
    assert len({one.line for one in plan.refused} | {entered.line for entered in plan.new}) == LINES - plan.blank
    assert took < 20
    moves.carry_out(store, plan, partial=True)
    assert store.one("SELECT count(*) FROM cars") == len(plan.new)
    again = look(store, "cars", text)
    assert (len(again.new), len(again.changed), again.same) == (0, 0, len(plan.new))
    assert verify.verify(store.path).findings == []


def test_lines_that_are_no_lines_at_all(store):
    """A spreadsheet that is no spreadsheet, a file of quotes, a line of a million commas."""
    for text in (f"{HEAD}\n" + '"' * 100_000, f"{HEAD}\n" + "," * 1_000_000, f"{HEAD}\n" + 'x"y\n' * 20_000):
        plan = look(store, "cars", text)
        assert len(plan.new) + len(plan.refused) + plan.blank == plan.lines


CELL = st.text(max_size=20) | st.sampled_from(
    [vin(1), vin(2), "QY", "2026-11-01", "在库", "试驾", "D01", "展厅", "已配车", "119800", ""]
)


@pytest.mark.slow
@given(st.lists(st.lists(CELL, min_size=14, max_size=14), max_size=8), st.sampled_from(["cars", "orders", "sales"]))
def test_whatever_stands_in_the_cells(tmp_path_factory, rows, kind):
    """No cell of any kind of list brings the reader down, and the lines always add up."""
    heads = {
        "cars": HEAD, "sales": "day,model,trim,colour,age_days,advisor,insured,financed,accessories,tradein,vin,x,y,z",
        "orders": "number,customer,phone,advisor,vin,model,ordered_on,deposit,plate_at,invoice,papers,insured,note,z",
    }  # fmt: skip
    store = kept.store(tmp_path_factory.mktemp("h") / "s.db", clock.stopped("2026-11-24T08:41"))
    body = [Record(line, cells, ",".join(cells)) for line, cells in enumerate(rows, 2)]
    plan = moves.plan(store, Table(kind, "x", tuple(heads[kind].split(",")), body))

    assert plan.accepted + len(plan.refused) + plan.blank == len(rows)
    moves.carry_out(store, plan, partial=True)
    again = moves.plan(store, plan.table)
    assert (again.new, again.changed) == ([], []) or kind == "sales"
    assert len(again.new) + len(again.changed) == 0
    store.close()


def test_a_file_of_any_bytes(store):
    """What is no table is refused whole, in one sentence."""
    dice = random.Random(7)
    for _n in range(200):
        data = dice.randbytes(dice.randrange(300))
        try:
            moves.plan(store, files.read(data, "x.csv", "cars"))
        except Exception as error:
            assert type(error).__name__ == "Refused"
