"""Orders take their cars, sales are counted, and neither comes in twice."""

from __future__ import annotations

import pytest

from floorlead.cars import moves as car_moves
from floorlead.cars import queries as cars
from floorlead.exchange import queries
from floorlead.exchange.told import lines_of
from floorlead.exchange.writing import write_list
from floorlead.orders import moves as order_moves
from floorlead.orders import queries as orders
from floorlead.record import replace
from floorlead.store import undo
from floorlead.words import use
from tests.exchange.conftest import car, demo, look, reasons, take, vin

CARS = "vin,model,trim,colour,arrived_on,hold,state,allocation"
HEAD = "number,customer,phone,vin,model,ordered_on"


@pytest.fixture
def stocked(staffed):
    """Five cars: two free, one damaged, one a test-drive car, one allocated without an order."""
    rows = ["", "", "质损锁定", "", ""], ["在库", "在库", "在库", "试驾", "在库"], ["", "", "", "", "已配车"]
    lines = [
        f"{vin(n)},QY,精英版,云母白,2026-11-01,{h},{s},{a}" for n, (h, s, a) in enumerate(zip(*rows, strict=True), 1)
    ]
    take(staffed, "cars", "\n".join([CARS, *lines]))
    return staffed


def test_the_demo_orders_take_their_cars(staffed):
    take(staffed, "cars", demo("cars.csv"))
    plan = take(staffed, "orders", demo("orders.csv"))
    found = orders.open_orders(staffed)

    assert (plan.refused, len(plan.new)) == ([], len(found))
    held = cars.some(staffed, (o.car_id for o in found if o.car_id))
    assert all(one.allocated for one in held.values())
    assert look(staffed, "orders", demo("orders.csv")).same == len(found)


def test_an_order_with_all_its_papers(stocked):
    """电话带空格, 时间不带钟点, 手续写日期或"是"。"""
    text = (
        "订单号,客户,手机,顾问,车架号,订单日期,定金,上牌时间,交车时间,临牌到期,交强险生效,发票,保险,上牌,资料,按揭,精品,备注\n"
        f"A1,周先生,+86 138-0000 1001,S03,{vin(1)},2026-11-20,5000,2026-11-25,2026-11-26 15:30,2026-12-07,2026-11-24,2026-11-21,是,否,,是,有,急\n"
    )
    plan = take(stocked, "orders", text)
    order = orders.open_orders(stocked)[0]

    assert plan.refused == []
    assert (order.phone, order.deposit, order.plate_at, order.handover_at) == (
        "13800001001",
        5000,
        "2026-11-25T00:00",
        "2026-11-26T15:30",
    )
    assert (set(order.done), order.done["invoice"].at, order.done["insurance"].at) == (
        {"invoice", "insurance"}, "2026-11-21T00:00:00", "2026-11-24T08:41:00")  # fmt: skip
    assert (order.model_id, order.trim, order.colour, order.financed, order.trade_in) == (
        car(stocked, 1).model_id,
        "精英版",
        "云母白",
        True,
        False,
    )
    assert car(stocked, 1).allocated
    undo.undo(stocked)
    assert (orders.open_orders(stocked), car(stocked, 1).allocated) == ([], False)


def test_a_car_that_cannot_be_taken_refuses_its_line(stocked):
    take(stocked, "orders", f"{HEAD}\nA1,周先生,,{vin(1)},,2026-11-20\n")
    lines = [
        f"B1,林,,{vin(1)},,2026-11-20", f"B2,林,,{vin(2)},,2026-11-20", f"B3,林,,{vin(2)},,2026-11-20",
        f"B4,林,,{vin(3)},,2026-11-20", f"B5,林,,{vin(4)},,2026-11-20", f"B6,林,,{vin(99)},,2026-11-20",
        f"B7,林,,{vin(5)},,2026-11-20", "B8,,,,QY,2026-11-20", "B9,林,123,,QY,2026-11-20", "B10,林,,,QY,2026-12-20",
        "B11,林,,,QY,", "B12,林,,,,2026-11-20", ",林,,,QY,2026-11-20", "b2,林,,,QY,2026-11-20", "B13,林,138****1001,,QY,2026-11-20",
    ]  # fmt: skip
    plan = look(stocked, "orders", "\n".join([HEAD, *lines]))
    found = reasons(plan)
    wanted = {
        2: "allocated to order A1", 4: "stands in line 3 already", 5: "damage hold", 6: "test-drive car", 7: "there is no car",
        9: "customer is missing", 10: "telephone number", 11: "in the future", 12: "day of the order", 13: "at least a model",
        14: "number is missing", 15: "stands in line 3", 16: "masked",
    }  # fmt: skip
    assert set(found) == set(wanted)
    assert {n: found[n] for n, part in wanted.items() if part not in found[n]} == {}
    assert [entered.values["number"] for entered in plan.new] == ["B2", "B7"]


def test_an_order_that_is_there_is_compared(stocked):
    """A phone masked by an export is the phone; a paper that is done stays done; a closed order stays closed."""
    take(stocked, "orders", f"{HEAD},invoice\nA1,周先生,13800001001,{vin(1)},,2026-11-20,是\n")
    same = look(stocked, "orders", f"{HEAD},invoice\nA1,周先生,138****1001,{vin(1)},,2026-11-20,否\n")
    more = take(stocked, "orders", f"{HEAD},papers\nA1,周先生,,,,,是\n")
    assert (same.same, len(more.changed)) == (1, 1)
    assert set(orders.open_orders(stocked)[0].done) == {"invoice", "papers"}
    order_moves.hand_over(stocked, orders.open_orders(stocked)[0])
    closed = look(stocked, "orders", f"{HEAD}\nA1,吴先生,,,,\n")
    assert (closed.same, len(closed.remarks)) == (1, 1)


DEALER = f"number,customer,vin,ordered_on,handover_at\nA1,刘女士,{vin(1)},2026-11-20,2026-11-24 15:00\n"


def test_the_same_file_after_a_hand_over(stocked):
    """Its time was changed here, then it was handed over; the dealer system lags behind and the file comes in again."""
    take(stocked, "orders", DEALER)
    order = orders.open_orders(stocked)[0]
    order_moves.plan_times(stocked, order, replace(order, handover_at="2026-11-24T16:00"))
    order_moves.hand_over(stocked, orders.open_orders(stocked)[0])
    plan = take(stocked, "orders", DEALER)
    listed = take(stocked, "cars", f"vin,model,arrived_on,state\n{vin(1)},QY,2026-11-01,在库\n")

    assert (plan.same, plan.refused, len(plan.remarks)) == (1, [], 1)
    assert "order A1 is closed here" in plan.remarks[0]
    assert (listed.same, listed.refused) == (1, [])
    assert listed.remarks == [f"line 2: {vin(1)} was delivered here 2026-11-24; a file does not bring it back"]


def test_the_same_file_after_an_order_was_cancelled(stocked):
    """The bank said no; the car went to another customer, whose line in the file is still good."""
    take(stocked, "orders", DEALER)
    order_moves.cancel(stocked, orders.open_orders(stocked)[0], "bank")
    plan = take(stocked, "orders", f"{DEALER}A2,王先生,{vin(1)},2026-11-24,\n")

    assert (plan.same, plan.refused, len(plan.new)) == (1, [], 1)
    assert "order A1 is closed here" in plan.remarks[0]
    assert [order.number for order in orders.open_orders(stocked)] == ["A2"]
    assert car(stocked, 1).allocated


def test_the_same_file_after_an_order_got_another_car(stocked):
    """Exchanged here for a car that is here sooner; the file's other facts are still compared."""
    take(stocked, "orders", DEALER)
    order = orders.open_orders(stocked)[0]
    order_moves.save(stocked, replace(order, car_id=car(stocked, 2).id), order)
    plan = take(stocked, "orders", DEALER.replace("15:00", "17:00"))

    assert (len(plan.changed), plan.refused) == (1, [])
    assert plan.remarks == ["line 2: the order has another car already; change that on the order"]
    after = orders.open_orders(stocked)[0]
    assert (after.car_id, after.handover_at) == (car(stocked, 2).id, "2026-11-24T17:00")


def test_a_car_is_sold_once_whatever_the_day(stocked):
    """Handed over here on the 24th, on the 22nd by the dealer system: one sale; also by the number that was corrected."""
    take(stocked, "orders", DEALER)
    order_moves.hand_over(stocked, orders.open_orders(stocked)[0])
    take(stocked, "sales", f"day,model,vin\n2026-10-01,QY,{vin(2)}\n")
    car_moves.correct_vin(stocked, car(stocked, 1), vin(8), "typed wrong")
    lines = f"2026-11-22,QY,白,{vin(1)}\n2026-10-03,QY,白,{vin(2)}\n"
    plan = take(stocked, "sales", f"day,model,colour,vin\n{lines}")

    assert (plan.same, len(plan.new)) == (2, 0)
    assert stocked.one("SELECT count(*) FROM sales") == 2
    twice = look(stocked, "sales", f"day,model,vin\n2026-11-22,QY,{vin(1)}\n2026-11-22,QY,{vin(8)}\n")
    assert "stands in line 2 already" in reasons(twice)[3]


def test_the_demo_sales_come_in_once(staffed):
    first, again = take(staffed, "sales", demo("sales_history.csv")), look(staffed, "sales", demo("sales_history.csv"))
    assert (len(first.new), len(again.new), again.same) == (162, 0, 162)


def test_two_sales_that_look_the_same_are_two(store):
    """Two white QY on one day by one consultant: read in twice they stay two, a third one is added."""
    head, row = "delivered_on,model,ext_color,consultant,age_days", "2026-11-01,QY,白,S03,12"
    take(store, "sales", "\n".join([head, row, row]))
    assert look(store, "sales", "\n".join([head, row, row])).same == 2
    plan = take(store, "sales", "\n".join([head, row, row, row]))
    assert (plan.same, len(plan.new)) == (2, 1)


def test_a_hand_over_here_counts_as_there(stocked):
    """What was handed over in the app comes again in the month's list of sales: by VIN, by looks, or by the number."""
    take(stocked, "orders", f"{HEAD},advisor\nA1,周先生,,{vin(1)},,2026-11-20,S03\n")
    order_moves.hand_over(stocked, orders.open_orders(stocked)[0])
    looks = "2026-11-24,QY,精英版,云母白,23"
    name = stocked.one("SELECT name FROM people WHERE number = 'S03'")
    head = "交车日期,model,配置,颜色,库龄,顾问,车架号"
    for rest in ("S03,", f"S03,{vin(1)}", f"{name},"):
        assert look(stocked, "sales", f"{head}\n{looks},{rest}\n").same == 1
    assert len(look(stocked, "sales", f"{head}\n{looks},S03,{vin(7)}\n").new) == 1


def test_wrong_sales(store):
    head = "day,model,age_days,insured,vin"
    lines = ["2026-11-25,QY,1,1,", ",QY,1,1,", "2026-11-01,,1,1,", "2026-11-01,QY,old,1,", "2026-11-01,QY,1,maybe,",
             "2026-11-01,QY,1,1,123", f"2026-11-01,QY,1,1,{vin(1)}", f"2026-11-02,QY,1,1,{vin(1)}"]  # fmt: skip
    plan = look(store, "sales", "\n".join([head, *lines]))
    assert (sorted(reasons(plan)), len(plan.new)) == ([2, 3, 4, 5, 6, 7, 9], 1)


def test_a_new_customer_name_is_found(stocked):
    take(stocked, "orders", f"{HEAD}\nA1,周先生,,{vin(1)},,2026-11-20\n")
    take(stocked, "orders", "number,customer\nA1,吴先生\n")
    order = orders.open_orders(stocked)[0]
    assert "wxs" in order.search
    assert replace(order, note="x").customer == "吴先生"


def test_the_preview_says_which_consultant_and_which_car(stocked):
    """订单换了顾问、配上了车: the preview names both, so that the leader knows what she takes over."""
    take(stocked, "orders", "number,customer,model,ordered_on,advisor\nA1,周先生,QY,2026-11-20,S03")
    plan = look(stocked, "orders", f"number,customer,vin,ordered_on,advisor\nA1,周先生,{vin(1)},2026-11-20,S02")
    use("en")
    lines = lines_of(plan, queries.models(stocked))

    assert "VIN -> " + vin(1) in lines.line(0)
    assert "Consultant -> S02" in lines.line(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sum_of_the_accessories_goes_out_and_in(stocked, tmp_path, language):
    """A sum of 6,800 stands in the list and comes back; a new order's sum means that there are accessories; none stays none."""
    use(language)
    head = "订单号,客户,车型,订单日期,精品,精品金额\n"
    take(stocked, "orders", head + 'O1,王,QY,2026-11-20,,"6,800"\nO2,李,QY,2026-11-20,是,\nO3,赵,QY,2026-11-20,,\n')
    found = {one.number: (one.accessories, one.accessory_amount) for one in orders.open_orders(stocked)}
    assert found == {"O1": (True, 6800), "O2": (True, None), "O3": (False, None)}
    write_list(stocked, "orders", tmp_path / "orders.csv")
    plan = look(stocked, "orders", (tmp_path / "orders.csv").read_bytes())
    assert (len(plan.new), len(plan.changed), plan.refused) == (0, 0, [])
    take(stocked, "orders", head + "O1,王,QY,2026-11-20,,7200\n")
    assert {one.number: one.accessory_amount for one in orders.open_orders(stocked)}["O1"] == 7200
    assert reasons(look(stocked, "orders", head + "O1,王,QY,2026-11-20,,很多\n"))
