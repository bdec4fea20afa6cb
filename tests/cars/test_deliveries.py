"""F5, key by key: one line an order, one digit a step, what contradicts itself on the warning line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from floorlead import words
from floorlead.cars import moves
from floorlead.cars.records import Hold
from floorlead.store import Store, open_store
from floorlead.widgets.desk import Desk
from tests.conftest import at, desk_of, enter_car, press, screen, the_car, the_order, vin

LANGUAGES = ("zh", "en")


def digits(desk: Desk, *keys: str) -> str:
    """Press keys, and give the line under the cursor."""
    press(desk, *keys)
    return next(line for line in screen(desk).splitlines() if line.startswith(">"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("scene", "keys"),
    {
        "deliveries": ("f5",), "delivery-box": ("f5", "enter"), "order-times": ("f5", "enter", "8"),
        "order-form": ("f5", "insert"), "order-car": ("f5", "enter", "0"), "order-swap": ("f5", "enter", "insert"),
        "stock": ("f5", "tab", "tab"), "car-box": ("f5", "tab", "tab", "enter"), "transit": ("f5", "backtab"),
        "car-new": ("f5", "tab", "tab", "insert", '"LX0A1B2C5TA004115', "down"), "cars-print": ("f5", "ctrl+p"),
    }.items(),
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_scene(standard: Store, golden: Callable[..., None], scene: str, keys: tuple[str, ...], language: str) -> None:
    """What the leader sees at 08:41."""
    words.use(language)
    desk = desk_of(standard)
    press(desk, *keys)
    golden(screen(desk), f"screen-{scene}-{language}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_to_hand_over(store: Store, golden: Callable[..., None], language: str) -> None:
    """An empty showroom: each view says what would be here and the one key to make it."""
    words.use(language)
    desk = desk_of(store)
    shown = ""
    for key in ("f5", "tab", "tab", "tab"):
        press(desk, key)
        shown += screen(desk)
    golden(shown, f"screen-cars-empty-{language}")


def test_each_digit_is_a_step_and_takes_itself_back(store: Store) -> None:
    """
    team 张伟
    lead 王
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    desk = desk_of(store)
    assert digits(desk, "f5", "1", "3").split()[-7:] == ["v", ".", "v", ".", ".", ".", "-"]
    assert digits(desk, "1").split()[-7:] == [".", ".", "v", ".", ".", ".", "-"]
    assert digits(desk, "6").split()[-7:] == [".", ".", "v", ".", ".", "v", "-"]
    press(desk, "ctrl+z", "ctrl+z")
    assert set(the_order(store, "刘女士").done) == {"invoice", "plates"}


def test_space_is_the_next_step_and_control_a_sees_the_rest(store: Store) -> None:
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 5
    order 刘女士 4114 张伟 2026-11-24T10:30
    order 王先生 4214 张伟
    """
    desk = desk_of(store)
    assert digits(desk, "f5", *["space"] * 4).split()[-8:-2] == ["v", "v", "v", "v", ".", "."]
    assert "v 08:41" in digits(desk, "space")
    press(desk, "ctrl+a")
    assert the_order(store, "王先生").reviewed_at and not the_order(store, "刘女士").reviewed_at
    press(desk, "ctrl+a")
    assert "Every order was looked through today" in screen(desk)


def test_a_refused_hand_over_says_why_and_what_to_do(store: Store) -> None:
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    moves.put_hold(store, the_car(store, "4114"), Hold.PDI)
    desk = desk_of(store)
    press(desk, "f5", "5")
    assert "still waits for its PDI; release it before the hand-over" in screen(desk)
    assert the_order(store, "刘女士").open


def test_times_are_typed_as_they_are_said(store: Store) -> None:
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    desk = desk_of(store)
    press(desk, "f5", "enter", "8", '"明天 14:00', "down", '"11-28 9:30', "ctrl+s")
    order = the_order(store, "刘女士")
    assert (order.handover_at, order.plate_at) == ("2026-11-25T14:00", "2026-11-28T09:30")
    press(desk, "escape")
    assert "the plate office is closed on 28 Nov" in screen(desk) or "before the plate appointment" in screen(desk)
    press(desk, "enter", "8", '"下周三', "ctrl+s")
    assert "is not a day" in screen(desk)
    assert the_order(store, "刘女士").handover_at == "2026-11-25T14:00"


def test_a_new_order_by_the_tail_of_its_car(store: Store) -> None:
    """
    team 张伟 李娜
    stock QY 白 4114 5
    stock QY 白 5114 5
    """
    desk = desk_of(store)
    press(desk, "f5", "insert", '"刘女士', "enter", '"13800001001', "enter", '"ln', "enter", '"4114', "ctrl+s")
    order = the_order(store, "刘女士")
    assert (order.car_id, order.phone) == (the_car(store, "4114").id, "13800001001")
    assert "138****1001" in screen(desk) and "13800001001" not in screen(desk)
    press(desk, "insert", '"王先生', "down", "down", "down", '"9999', "ctrl+s")
    assert "No car's VIN ends in '9999'" in screen(desk)


def test_half_an_order_survives_the_window(store: Store) -> None:
    """The window is closed on a half-typed order: the form comes back as it was.

    stock QY 白 4114 5
    """
    desk = desk_of(store)
    press(desk, "f5", "insert", '"刘女士', "enter", '"138')
    desk.keep()
    again = desk_of(open_store(store.path, store.clock))
    assert "刘女士" in screen(again) and "New order" in screen(again)


def test_papers_are_ticked_in_the_box(store: Store) -> None:
    """D04 is the invoice: ticked in the box, it is done on the row, and the other way round.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    desk = desk_of(store)
    press(desk, "f5", "enter", "down", "down", "down", "space", "space")
    assert {"invoice", "D05"} <= set(the_order(store, "刘女士").done)
    press(desk, "escape", "1")
    assert set(the_order(store, "刘女士").done) == {"D05"}


def test_found_by_customer_tail_model_and_colour(store: Store) -> None:
    """
    team 张伟
    stock QY 深海蓝 4114 5
    stock QY 白 5114 5
    order 刘女士 4114 张伟
    order 王先生 5114 张伟
    """
    desk = desk_of(store)
    assert "刘女士" in digits(desk, "f5", "l", "n", "s")
    press(desk, "escape")
    assert "王先生" in digits(desk, "ctrl+f", "5", "1", "1", "4")
    press(desk, "escape")
    assert "刘女士" in digits(desk, "s", "h", "l")


def test_the_car_on_the_road_arrives_with_space(store: Store) -> None:
    """
    coming QY 白 4117 2026-11-20
    """
    desk = desk_of(store)
    press(desk, "f5", "backtab")
    assert "late" in screen(desk)
    press(desk, "space")
    car = the_car(store, "4117")
    assert car.in_stock and car.hold is Hold.PDI and car.arrived_on == store.today()
    press(desk, "ctrl+z")
    assert the_car(store, "4117").arrived_on is None


def test_a_car_entered_by_hand(store: Store) -> None:
    """A new model and colour, days as people write them, money with a comma."""
    desk = desk_of(store)
    typed = [vin("4114"), "QY", "精英版", "云母白", "黑", "1.5T", "119,800", "112000", "2026年10月1日", "11-1", "11-10"]
    press(desk, "f5", "tab", "tab", "insert")
    for text in typed:
        press(desk, f'"{text}', "down")
    press(desk, "ctrl+s")
    car = the_car(store, "4114")
    assert (car.model, car.msrp, car.cost, str(car.arrived_on)) == ("QY", 119800, 112000, "2026-11-10")
    assert car.in_stock
    press(desk, "ctrl+z")
    assert store.one("SELECT count(*) FROM cars") + store.one("SELECT count(*) FROM models") == 0


def test_an_unsaved_mistake_loses_nothing(store: Store) -> None:
    """A wrong check digit: one sentence, everything typed still there, and a reason keeps it anyway."""
    desk = desk_of(store)
    wrong = vin("4114")[:-1] + "5"
    press(desk, "f5", "tab", "tab", "insert", f'"{wrong}', "down", '"QY', "ctrl+s")
    assert "check digit" in screen(desk) and wrong in screen(desk)
    press(desk, "up", "up", '"厂家就是这样印的', "ctrl+s")
    assert the_car(store, "4115").unchecked == "厂家就是这样印的"


def test_swap_through_the_box(store: Store) -> None:
    """
    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 25
    order 刘女士 4114 张伟 2026-11-24T10:00
    order 王先生 4214 张伟 2026-11-24T11:00
    """
    desk = desk_of(store)
    press(desk, "f5", "enter", "insert", "1")
    assert the_order(store, "刘女士").car_id == the_car(store, "4214").id
    press(desk, "escape", "ctrl+z")
    assert the_order(store, "刘女士").car_id == the_car(store, "4114").id


def test_a_cancelled_order_wants_a_reason(store: Store) -> None:
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    desk = desk_of(store)
    press(desk, "f5", "enter", "-", "ctrl+s")
    assert "needs a reason" in screen(desk) and the_order(store, "刘女士").open
    press(desk, '"贷款没批', "ctrl+s")
    assert the_car(store, "4114").free
    assert "Nothing is being handed over" in screen(desk)


def test_f5_again_shows_the_ages_and_f5_comes_back(store: Store) -> None:
    """
    stock QY 白 4114 200
    """
    desk = desk_of(store)
    press(desk, "f5", "f5")
    assert desk.page.name == "ageing"
    press(desk, "f5")
    assert desk.page.name == "cars"


def test_yesterdays_hand_over_has_left_the_list(store: Store) -> None:
    """
    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    desk = desk_of(store)
    press(desk, "f5", "5")
    assert "刘女士" in screen(desk)
    at(store, "09:00", "2026-11-25")
    press(desk, "f2", "f5")
    assert "Nothing is being handed over" in screen(desk)


def test_many_cars_cost_what_few_cost(store: Store) -> None:
    """Two hundred cars: the list shows what is in sight, the end is one key away.

    stock QY 白 4114 5
    """
    for n in range(200):
        enter_car(store, "QY", "白", f"{5000 + n}", arrived_on=store.today())
    desk = desk_of(store)
    press(desk, "f5", "tab", "tab", "end")
    assert len(screen(desk).splitlines()) == 24
    assert digits(desk).split()[0] == ">" and "201" in digits(desk)


def test_esc_keeps_what_was_typed_once(store: Store) -> None:
    """Called away in the middle of an order: Esc, a look at the list, Ins again, and it goes on; Esc again forgets it.

    stock QY 白 4114 5
    """
    desk = desk_of(store)
    press(desk, "f5", "insert", '"刘女士', "enter", '"1380000', "escape")
    assert "Kept until the box is opened again" in screen(desk)
    press(desk, "insert")
    assert desk.field().value == "刘女士" and "1380000" in screen(desk)
    press(desk, "escape", "insert")
    assert desk.field().value == "" and "1380000" not in screen(desk)
    press(desk, "escape")
    assert store.one("SELECT count(*) FROM orders") == 0


def test_a_field_that_held_something_is_written_over(store: Store) -> None:
    """The times of an order as they stand: the first letter typed writes over them, what was typed is gone on with.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟 2026-11-24T10:30
    """
    desk = desk_of(store)
    press(desk, "f5", "enter", "8")
    assert desk.field().prefilled
    press(desk, '"明天 14:00')
    assert not desk.field().prefilled


def test_undo_works_in_a_box_without_a_field(store: Store) -> None:
    """A paper ticked by mistake is taken back where it was ticked.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    desk = desk_of(store)
    press(desk, "f5", "enter", "down", "space")
    assert the_order(store, "刘女士").is_done("D02")
    press(desk, "ctrl+z")
    assert not the_order(store, "刘女士").is_done("D02") and "D02" in screen(desk)


def test_an_invoice_for_another_car_is_said(store: Store) -> None:
    """The order gets another car after the invoice was written: its VIN is the old one's.

    team 张伟
    stock QY 白 4114 5
    stock QY 白 4214 5
    order 刘女士 4114 张伟
    at 09:00
    """
    desk = desk_of(store)
    press(desk, "f5", "1")
    at(store, "10:00")
    press(desk, "enter", "0", "1", "escape")
    assert the_order(store, "刘女士").car_id == the_car(store, "4214").id
    assert "invoice: done before this car was allocated; look at the VIN" in screen(desk)
    at(store, "10:10")
    press(desk, "1", "1")
    assert "done before this car" not in screen(desk)


def test_more_cars_than_digits(store: Store) -> None:
    """Twelve free cars of a model: the last digit shows the next ones.

    team 张伟
    stock QY 白 4114 5
    order 刘女士 4114 张伟
    """
    for n in range(12):
        enter_car(store, "QY", "白", f"{5000 + n}", arrived_on=store.today())
    desk = desk_of(store)
    press(desk, "f5", "enter", "0")
    assert "9 more cars" in screen(desk)
    press(desk, "9")
    assert "5007" in screen(desk)
    press(desk, "1")
    assert the_order(store, "刘女士").car_id == the_car(store, "5007").id
