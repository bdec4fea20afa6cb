"""A dealer system's list of cars comes in whole: what is there is compared, what happened here is never taken back."""

from __future__ import annotations

import pytest

from floorlead import words
from floorlead.cars import moves as car_moves
from floorlead.cars import queries as cars
from floorlead.cars import rules
from floorlead.cars.records import Hold, Placement, StockState
from floorlead.exchange import files, headings, moves
from floorlead.exchange.work import Job, Stopped
from floorlead.furniture import queries as furniture
from floorlead.record import replace
from floorlead.store import Refused, undo, verify
from tests.exchange.conftest import car, demo, look, reasons, take, vin

HEAD = "vin,model,colour,arrived_on"


def line(number: int, rest: str = "QY,云母白,2026-11-01") -> str:
    return f"{vin(number)},{rest}"


def test_the_demo_file_gives_the_demo_stock(staffed):
    """60 cars: 48 on hand, 14 of them on display, 9 in transit, 3 test drives with their keepers."""
    plan = take(staffed, "cars", demo("cars.csv"))
    counts = rules.counts(cars.here(staffed))

    assert (plan.lines, len(plan.new), plan.refused, list(plan.remarks)) == (60, 60, [], [])
    assert [counts[name] for name in ("on_hand", "display", "in_transit", "test_drive")] == [48, 14, 9, 3]
    assert [(m.code, m.name, m.position) for m in cars.models(staffed)][:2] == [("QY", "青屿", 1), ("YL", "云岚", 2)]
    pieces = furniture.standing(staffed)
    assert [(p.spot, p.label, p.label_en) for p in pieces[:2]] == [
        ("D01", "青屿朱砂红", "QY red"),
        ("D02", "青屿云母白", "QY white"),
    ]
    assert all(p.keeper_id for p in pieces)
    assert sum(p.kind.value == "test_drive_car" for p in pieces) == 3


def test_the_demo_file_into_an_empty_store(store):
    """Without people every keeper is remarked, and nothing is refused."""
    plan = take(store, "cars", demo("cars.csv"))

    assert plan.refused == []
    assert plan.remarks[0] == "line 2: keeper 'S01' is not known here"
    assert rules.counts(cars.here(store))["display"] == 14


def test_a_second_import_changes_nothing(staffed):
    take(staffed, "cars", demo("cars.csv"))
    before = staffed.one("SELECT max(seq) FROM actions")
    again = take(staffed, "cars", demo("cars.csv"))

    assert (again.same, again.new, again.changed) == (60, [], [])
    assert staffed.one("SELECT max(seq) FROM actions") == before


def test_the_whole_import_is_one_undo(staffed):
    take(staffed, "cars", demo("cars.csv"))
    undo.undo(staffed)

    assert [staffed.one(f"SELECT count(*) FROM {t}") for t in ("cars", "models", "furniture")] == [0, 0, 0]
    assert verify.verify(staffed.path).findings == []
    undo.redo(staffed)
    assert staffed.one("SELECT count(*) FROM cars") == 60


def test_an_import_for_the_demo_is_not_undoable(store):
    moves.carry_out(store, look(store, "cars", demo("cars.csv")), kind="note")
    assert undo.undo(store) is None


def test_one_refused_line_and_nothing_is_entered(store):
    plan = look(store, "cars", f"{HEAD}\n{line(1)}\n{line(2, 'QY,云母白,2026-13-01')}\n")
    with pytest.raises(Refused, match="1 lines are refused"):
        moves.carry_out(store, plan)
    assert store.rows("SELECT * FROM cars") == []
    moves.carry_out(store, plan, partial=True)
    assert [c.vin for c in cars.here(store)] == [vin(1)]


def test_each_kind_of_wrong_line_has_its_reason(store):
    """Seventeen ways to be wrong, each refused with its number."""
    take(store, "cars", f"{HEAD}\n{line(90)}\n{line(91)}\n")
    car_moves.correct_vin(store, car(store, 90), vin(92), "typed wrong")
    head = "vin,model,colour,arrived_on,built_on,state,place,allocation,spot,cost,left_on"
    lines = [
        f"{vin(1)},QY,云母白,2026-11-01,,,,,D01,,", f"{vin(2)},QY,云母白,2026-11-01,,,,,D01,,",
        f"{vin(1)},QY,云母白,2026-11-01,,,,,,,", f"{vin(3)[:-1]},QY,云母白,2026-11-01,,,,,,,",
        f"{vin(4)[:16]}O,QY,云母白,2026-11-01,,,,,,,", f"{vin(5)[:8]}{'1' if vin(5)[8] != '1' else '2'}{vin(5)[9:]},QY,白,2026-11-01,,,,,,,",
        f"{vin(90)},QY,云母白,2026-11-01,,,,,,,", f"{vin(6)},QY,云母白,2026-11-25,,,,,,,",
        f"{vin(7)},QY,云母白,2026-11-01,2026-11-02,,,,,,", f"{vin(8)},QY,云母白,,,在库,,,,,",
        f"{vin(9)},QY,云母白,2026-11-01,,somewhere,,,,,", f"{vin(10)},QY,云母白,2026-11-01,,,,,,about 12,",
        f"{vin(11)},,云母白,2026-11-01,,,,,,,", f"{vin(12)},QY,云母白,2026-11-01,,,车库,,D09,,",
        f"{vin(13)},QY,云母白,2026-11-01", f"{vin(14)},QY,云母白,2026-11-01,,已交付,,,,,",
        f"{vin(15)},QY,\u202e白,2026-11-01,,,,,,,", f"{vin(16)},QY,云母白,2026-11-01,,试驾,,已配车,,,",
        f'{vin(17)},"QY,云母白,2026-11-01,,,,,,,', "",
    ]  # fmt: skip
    plan = look(store, "cars", "\n".join([head, *lines]))
    found = reasons(plan)

    assert (plan.lines, len(plan.new), len(plan.refused), plan.blank) == (19, 1, 18, 0)
    assert [n for n in range(3, 21) if n not in found] == []
    wanted = {
        3: "D01 holds the car", 4: "stands in line 2 already", 5: "17 characters", 6: "never stands in a VIN", 7: "check digit",
        8: "was a wrong number", 9: "lies in the future", 10: "before it was built", 11: "needs the day it arrived",
        12: "unknown state", 13: "no amount", 14: "model is missing", 15: "yet not on display", 16: "cells instead of",
        17: "needs the day it left", 18: "control character", 19: "cannot be allocated", 20: "quotation marks",
    }  # fmt: skip
    assert {n: found[n] for n, part in wanted.items() if part not in found[n]} == {}


def test_the_wrong_letter_is_told_what_it_means(store):
    """LX0A1B2C5TAOO4114: the letter O typed for a nought."""
    plan = look(store, "cars", f"{HEAD}\nLX0A1B2C5TAOO4114,QY,白,2026-11-01\n")
    assert reasons(plan)[2] == "'O' never stands in a VIN; LX0A1B2C5TA004114 would be right"


def test_a_wrong_check_digit_comes_in_with_its_reason(store):
    wrong = "LX0A1B2C9TA004114"
    text = f"vin,model,arrived_on,VIN说明\n{wrong},QY,2026-11-01,imported car\n{vin(1)},QY,2026-11-01,no need\n"
    take(store, "cars", text)
    assert {c.vin: c.unchecked for c in cars.here(store)} == {wrong: "imported car", vin(1): ""}


def test_chinese_headings_words_and_full_width_digits(store):
    """在途、试驾、质损锁定、已配车, from a Chinese system in GB 18030, with its own title above."""
    text = (
        "车辆库存表,,,,,,,,,,\n底盘号,车系,外观颜色,指导价(元),进价,入库日期,预计到货,库存状态,存放位置,配车,锁定状态\n"
        f'{vin(1).lower()},青屿,云母白,11.98万,"112,000",２０２６／１１／０１,,在库,停车场,未配车,质损锁定\n'
        f" {vin(2)[:9]}-{vin(2)[9:]} ,青屿,曜石黑,119800,112000,,2026年11月30日,采购在途,-,已配车,\n"
        f"{''.join(chr(ord(c) + 0xFEE0) for c in vin(3))},云岚,曜石黑,159800,149400,2026.11.2,,试驾,试驾车,,\n"
    )
    plan = take(store, "cars", text.encode("gb18030"))
    first, second, third = (car(store, n) for n in (1, 2, 3))

    assert (plan.lines, plan.refused) == (3, [])
    assert (first.msrp, first.cost, first.hold, first.placement) == (119800, 112000, Hold.DAMAGE, Placement.YARD)
    assert (second.stock_state, second.allocated, second.placement) == (StockState.IN_TRANSIT, True, Placement.NONE)
    assert (third.placement, third.was_test_drive, third.model) == (Placement.TEST_DRIVE, True, "云岚")


def test_a_car_on_its_way_arrives(store):
    take(store, "cars", f"{HEAD},state\n{line(1, 'QY,白,,在途')}\n")
    plan = take(store, "cars", f"{HEAD},state,hold\n{line(1, 'QY,白,2026-11-20,在库,')}\n")
    found = car(store, 1)

    assert [entered.events for entered in plan.changed] == [(("arrived", ""),)]
    assert (found.stock_state, found.placement, str(found.arrived_on), found.hold) == (
        StockState.IN_STOCK, Placement.YARD, "2026-11-20", Hold.NO)  # fmt: skip
    assert [event.kind for event in cars.story(store, found)] == ["arrived"]


def test_without_a_column_for_holds_an_arrival_waits_for_its_pdi(store):
    take(store, "cars", f"{HEAD},state\n{line(1, 'QY,白,,在途')}\n")
    take(store, "cars", f"vin,arrived_on\n{vin(1)},2026-11-20\n")
    assert car(store, 1).hold is Hold.PDI


def test_only_the_columns_of_the_file_are_compared(store):
    take(store, "cars", f"{HEAD},cost,note\n{line(1)},112000,first\n{line(2)},99000,\n")
    plan = take(store, "cars", f"vin,cost,note\n{vin(1)},111000,\n{vin(2)},99000,\n")
    found = car(store, 1)

    assert (len(plan.changed), plan.same) == (1, 1)
    assert (found.cost, found.colour, found.note, str(found.arrived_on)) == (111000, "云母白", "first", "2026-11-01")


def test_a_file_moves_nothing_back(store):
    """In stock stays in stock though the file still says in transit; a delivered car does not come again: the app knows
    better, and the file comes in all the same."""
    take(store, "cars", f"{HEAD}\n{line(1)}\n{line(2)}\n")
    with store.write("sold") as db:
        gone = car(store, 2)
        left = {"stock_state": StockState.DELIVERED, "placement": Placement.NONE, "left_on": store.today()}
        car_moves.update(db, replace(gone, **left))
    plan = look(store, "cars", f"{HEAD},state\n{line(1, 'QY,云母白,,在途')}\n{line(2)},在库\n")

    assert (plan.same, plan.refused) == (2, [])
    assert list(plan.remarks) == [
        f"line 2: {vin(1)} is in stock here already; it stays so",
        f"line 3: {vin(2)} was delivered here 2026-11-24; a file does not bring it back",
    ]


def test_an_allocation_by_a_live_order_stays(store):
    """The dealer system frees a car that an open order holds here."""
    take(store, "cars", f"{HEAD},allocation\n{line(1)},未配车\n")
    take(store, "orders", f"number,customer,vin,ordered_on\nA1,周先生,{vin(1)},2026-11-20\n")
    plan = look(store, "cars", f"{HEAD},allocation,state,left_on\n{line(1)},未配车,,\n")
    sold = look(store, "cars", f"{HEAD},allocation,state,left_on\n{line(1)},,已出库,2026-11-23\n")

    assert (plan.same, list(plan.remarks)) == (
        1,
        [f"line 2: {vin(1)} belongs to the open order A1; it stays allocated"],
    )
    assert "belongs to the open order A1" in reasons(sold)[2]


def test_a_car_that_left_elsewhere_leaves_here(store):
    take(store, "cars", f"{HEAD}\n{line(1)}\n")
    take(store, "cars", f"vin,state,left_on\n{vin(1)},已交付,2026-11-20\n")
    found = car(store, 1)
    assert (found.stock_state, str(found.left_on), found.placement) == (
        StockState.DELIVERED,
        "2026-11-20",
        Placement.NONE,
    )


def test_two_cars_change_their_spots_in_one_file(store):
    """D01 and D02 swapped: neither is free at first, both are at the end."""
    take(store, "cars", f"{HEAD},spot\n{line(1)},D01\n{line(2)},D02\n")
    plan = take(store, "cars", f"vin,placement,spot\n{vin(1)},展厅,D02\n{vin(2)},展厅,D01\n")
    assert plan.refused == []
    assert {car(store, n).spot for n in (1, 2)} == {"D01", "D02"}
    assert car(store, 1).spot == "D02"


def test_a_spot_that_is_held_by_a_car_outside_the_file(store):
    take(store, "cars", f"{HEAD},spot\n{line(1)},D01\n")
    plan = look(store, "cars", f"{HEAD},spot\n{line(2)},d01\n")
    assert reasons(plan) == {2: f"D01 holds the car {vin(1)[-4:]}; take it off first"}


def test_a_refused_move_keeps_its_spot_taken(store):
    """Car 1 should leave D01 but its line is wrong: car 2 cannot have the spot."""
    take(store, "cars", f"{HEAD},spot\n{line(1)},D01\n")
    text = f"{HEAD},spot,place\n{line(1, 'QY,白,2027-01-01')},,车库\n{line(2)},D01,展厅\n"
    assert set(reasons(look(store, "cars", text))) == {2, 3}


def test_a_file_that_moved_meanwhile_is_looked_at_again(store):
    plan = look(store, "cars", f"{HEAD}\n{line(1)}\n")
    take(store, "cars", f"{HEAD}\n{line(1, 'YL,黑,2026-11-02')}\n")
    with pytest.raises(Refused, match="changed meanwhile"):
        moves.carry_out(store, plan)
    other = look(store, "cars", f"{HEAD}\n{line(2)}\n")
    with store.write("task") as db:
        db.execute("INSERT INTO tasks(text, due, made_on) VALUES ('x', '2026-11-24', '2026-11-24')")
    moves.carry_out(store, other)
    assert len(cars.here(store)) == 2


def test_assigned_columns_are_remembered(store):
    """A system whose headings nobody knows: assigned once, known the next time, also after an undo of nothing else."""
    text = f"K1,K2,K3\n{vin(1)},QY,2026-11-01\n"
    table = files.read(text.encode(), "x.csv", "cars")
    with pytest.raises(Refused, match="No column is known as VIN"):
        moves.plan(store, table)
    given = headings.given_by_hand(table, ["vin=K1", "车型代码=K2", "arrived_on=K3"])
    moves.carry_out(store, moves.plan(store, table, given))
    again = look(store, "cars", text.replace(vin(1), vin(2)))
    assert (len(again.new), again.remember) == (1, False)
    for wrong in ("vin=K9", "nonsense=K1", "vin"):
        with pytest.raises(Refused):
            headings.given_by_hand(table, [wrong])


def test_days_may_be_shifted_for_the_demo(store):
    """The demo's 23 November becomes today."""
    from datetime import timedelta

    table = files.read(f"{HEAD}\n{line(1, 'QY,白,2026-11-01')}\n".encode(), "x", "cars", shift=timedelta(days=-10))
    moves.carry_out(store, moves.plan(store, table))
    assert str(car(store, 1).arrived_on) == "2026-10-22"


def test_reasons_are_told_in_chinese_too(store):
    words.use("zh")
    plan = look(store, "cars", f"{HEAD}\n{line(1)}\n{line(1)}\n")
    assert plan.refused[0].line == 3


def test_changes_are_stopped_as_well_as_new_lines(store):
    """Esc while known cars are being changed: nothing is."""
    take(store, "cars", f"{HEAD},cost\n{line(1)},1\n")
    before = store.one("SELECT max(seq) FROM actions")
    job = Job("entering")
    plan = look(store, "cars", f"vin,cost\n{vin(1)},2\n")
    job.stopping = True
    with pytest.raises(Stopped):
        moves.carry_out(store, plan, job.progress)
    assert (car(store, 1).cost, store.one("SELECT max(seq) FROM actions")) == (1, before)
