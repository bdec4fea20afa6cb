"""The delivery list and the stock list drawn as papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from floorlead.cars import rules
from floorlead.cars.records import HOLD_WORDS, Car
from floorlead.orders.records import SIGNS, STEPS, Order
from floorlead.paper.model import Block, Column, Heading, Note, Paper, Sign, Table
from floorlead.phones import masked
from floorlead.words import _, language

Head = tuple[str, str, str]


def deliveries_paper(
    head: Head, day: date, orders: Sequence[Order], cars: Mapping[int, Car], names: Mapping[int, str]
) -> Paper:
    """The orders in delivery with their steps and what is missing."""
    columns = [
        Column("#", 2, "right"), Column(_("Model, colour"), 12), Column(_("Tail"), 4), Column(_("Customer"), 7),
        Column(_("Phone"), 11), Column(_("Advisor"), 7), *(Column(_(SIGNS[s]), 4, "center") for s in STEPS[:4]),
        Column(_("Hand over"), 0),
    ]  # fmt: skip
    rows = []
    for n, order in enumerate(orders, 1):
        car = cars.get(order.car_id or 0)
        steps = ["v" if order.is_done(step) else "." for step in STEPS[:4]]
        rows.append([str(n), car.shown if car else "-", car.tail if car else "-", order.customer, masked(order.phone),
                     short_name(names.get(order.advisor_id or 0, "-")), *steps, _when(order)])  # fmt: skip
    blocks: list[Block] = [
        Heading(_("In delivery {count}").format(count=sum(o.open for o in orders))),
        Table(columns, rows),
    ]
    return _paper("deliveries", _("Delivery list"), head, [*blocks, Sign([_("floor leader"), _("sales manager")])], day)


def _when(order: Order) -> str:
    if not order.open:
        return "v " + order.closed_at[11:16]
    return order.handover_at.replace("T00:00", "").replace("T", " ")[5:] or "-"


def short_name(name: str) -> str:
    """A name in few cells: a Latin surname with the first letter of what follows, a Han name whole."""
    first, _blank, rest = name.partition(" ")
    return f"{first} {rest[0]}" if rest and name.isascii() else name


def stock_paper(head: Head, day: date, cars: Sequence[Car], coming: Sequence[Car], counts: Mapping[str, int]) -> Paper:
    """Every car that is here, model by model, then what is on its way."""
    columns = [
        Column("#", 3, "right"), Column(_("Model, colour"), 14), Column(_("Trim"), 14), Column(_("Interior"), 6),
        Column(_("VIN"), 17), Column(_("Age"), 4, "right"), Column(_("Where"), 0),
    ]  # fmt: skip
    ordered = sorted(cars, key=lambda car: (car.model, car.trim, car.colour, car.vin))
    rows = [
        [str(n), car.shown, car.trim, car.interior, car.vin, str(rules.stock_age(car, day)), _state(car)]
        for n, car in enumerate(ordered, 1)
    ]
    told = _("on hand {on_hand}  free {free}  display {display}  allocated {allocated}  test {test_drive}  held {held}")
    blocks: list[Block] = [Heading(told.format(**counts)), Table(columns, rows)]
    if coming:
        blocks += [Heading(_("in transit {count}").format(count=len(coming))), _coming(coming)]
    return _paper("stock", _("Stock list"), head, blocks, day)


def _coming(cars: Sequence[Car]) -> Table:
    columns = [
        Column("#", 3, "right"), Column(_("Model, colour"), 14), Column(_("Trim"), 14), Column(_("Interior"), 6),
        Column(_("VIN"), 17), Column(_("Expected"), 0),
    ]  # fmt: skip
    ordered = sorted(cars, key=lambda car: (car.expected_on is None, car.expected_on, car.vin))
    rows = [
        [
            str(n),
            car.shown,
            car.trim,
            car.interior,
            car.vin,
            " ".join(filter(None, (str(car.expected_on or "-"), _sold(car)))),
        ]
        for n, car in enumerate(ordered, 1)
    ]
    return Table(columns, rows)


def _sold(car: Car) -> str:
    return _("allocated") if car.allocated else ""


def _state(car: Car) -> str:
    told = [car.place_words(), _("allocated") if car.allocated else "", _(HOLD_WORDS[car.hold]) if car.hold else ""]
    return " ".join(filter(None, told))


def _paper(name: str, title: str, head: Head, blocks: Sequence[Block], day: date) -> Paper:
    note = Note(_("Phones are masked; the numbers stand in the program."))
    shown = [*blocks, note] if name == "deliveries" else list(blocks)
    return Paper(name, language(), title, head, shown, ("floorlead", f"{day:%Y%m%d}-{name}"))
