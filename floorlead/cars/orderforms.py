"""The forms about an order: the order itself, its times, a cancellation; with them the table of its dialogs.

A new order that comes from a customer's book row begins with what is known of the customer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.cars import queries as cars
from floorlead.cars.alongbox import AlongBox
from floorlead.cars.carforms import model_of
from floorlead.cars.orderpicks import CarPick, OfOrder, SwapPick
from floorlead.cars.paperbox import DeliveryBox
from floorlead.cars.records import Car
from floorlead.orders import moves, queries
from floorlead.orders.records import FLAG_WORDS, FLAGS, Order
from floorlead.people import queries as people
from floorlead.people.records import Person
from floorlead.phones import masked
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import fold
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.page import Dialog, Page
from floorlead.widgets.reading import a_day, a_moment, a_sum, shown_moment
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

YES_NO = (("1", N_("yes")), ("", N_("no")))


class OrderForm(Form):
    """An order: new, or with an id the one that is there."""

    BLAMES = {
        "E120": "customer",
        "E121": "phone",
        "E122": "number",
        "E123": "model",
        "E128": "model",
        "E129": "car",
        "E130": "ordered_on",
        "E81": "ordered_on",
    }

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)

    def _order(self) -> Order:
        """The order as it is now; a new one as the customer's row and visit that it comes from begin it."""
        store = self.page.store
        found = queries.of(store, int(self.args.get("id", 0)))
        return found or queries.begun(store, moves.blank(store), self._from("customer"), self._from("visit"))

    def _from(self, name: str) -> int:
        return int(self.args.get(name) or 0)

    def _now(self) -> dict[str, str]:
        order, store = self._order(), self.page.store
        car = cars.of(store, order.car_id) if order.car_id else None
        advisor = next(
            (_typed(p, people.everybody(store)) for p in people.everybody(store) if p.id == order.advisor_id), ""
        )
        model = next((m.shown for m in cars.models(store) if m.id == order.model_id), "")
        made = {
            "customer": order.customer, "phone": "", "advisor": advisor, "car": car.vin[-8:] if car else "",
            "model": model, "colour": order.colour, "ordered_on": order.ordered_on.isoformat(),
            "deposit": "" if order.deposit is None else str(order.deposit), "number": order.number,
            "invoice_name": order.invoice_name, "note": order.note,
            "accessory_amount": "" if order.accessory_amount is None else str(order.accessory_amount),
        }  # fmt: skip
        return made | {flag: "1" if getattr(order, flag) else "" for flag in FLAGS}

    def close(self) -> None:
        """Close, saved or not, and go back to where the order was begun."""
        super().close()
        self.go_back()

    def alive(self) -> bool:
        return not self.args.get("id") or queries.of(self.page.store, int(self.args["id"])) is not None

    def heading(self) -> str:
        order = self._order()
        return f"{order.number} {order.customer}" if order.id else _("New order")

    def entries(self) -> Sequence[Entry]:
        found = (
            Entry("customer", N_("Customer"), 40), Entry("phone", N_("Phone"), 30, hint=self._number()),
            Entry("advisor", N_("Advisor"), 40, hint=N_("number, name or pinyin initials")),
            Entry("car", N_("Car"), 20, hint=N_("the last 4 to 8 of its VIN; empty while it waits")),
            Entry("model", N_("Model"), 40, hint=N_("where there is no car yet")), Entry("colour", N_("Colour"), 40),
            Entry("ordered_on", N_("Ordered"), 12), Entry("deposit", N_("Deposit"), 12), Entry("number", N_("Order no."), 30),
            Entry("invoice_name", N_("Invoice for"), 40, hint=N_("where it is not the buyer")),
            *(Entry(flag, FLAG_WORDS[flag], choices=YES_NO) for flag in FLAGS[:3]),
            Entry("accessory_amount", N_("Their sum"), 12, hint=N_("yuan, may stay empty")),
            Entry(FLAGS[3], FLAG_WORDS[FLAGS[3]], choices=YES_NO), Entry("note", N_("Note"), 120),
        )  # fmt: skip
        return (
            found if self._order().open else [entry for entry in found if entry.name not in ("car", "model", "colour")]
        )

    def _number(self) -> str:
        """What stands in the empty field of the number: never the number that is there, only its mask."""
        kept = self._order().phone
        return _("{phone} stays; - takes it off").format(phone=masked(kept)) if kept else N_("may stay empty")

    def standing(self) -> Mapping[str, str] | None:
        return self._now() if self._order().id else None

    def save(self) -> None:
        store, before = self.page.store, self._order()
        order = self._made(before)
        saved: list[int] = []
        self.finish(lambda: saved.append(moves.save(store, order, before if before.id else None)))
        if saved:
            self.page.go_to(f"delivery:{saved[0]}")

    def _made(self, before: Order) -> Order:
        values, store = self.values, self.page.store
        car = one_car(cars.by_tail(store, values["car"]), values["car"]) if values["car"].strip() else None
        model = before.model_id
        if car:
            model = car.model_id
        elif values["model"].strip():
            found = model_of(cars.models(store), values["model"])
            if not found.id:
                raise Refused("E128", _("There is no model '{typed}'").format(typed=values["model"]))
            model = found.id
        phone = {"": before.phone, "-": ""}.get(fold(values["phone"]).strip(), values["phone"])
        flags: dict[str, Any] = {flag: values[flag] == "1" for flag in FLAGS}
        flags["accessory_amount"] = a_sum(values.get("accessory_amount", ""))
        flags["accessories"] = flags["accessories"] or bool(flags["accessory_amount"])
        return replace(
            before, customer=values["customer"], phone=phone, advisor_id=people.meant(store, values["advisor"]),
            car_id=car.id if car else None, model_id=model, colour=car.colour if car else values["colour"],
            trim=car.trim if car else before.trim, number=values["number"], invoice_name=values["invoice_name"],
            ordered_on=a_day(values["ordered_on"], store.today()) or store.today(), deposit=a_sum(values["deposit"]),
            note=values["note"], **flags,
        )  # fmt: skip


def _typed(one: Person, everybody: Sequence[Person]) -> str:
    """A person as the field takes it: by name, by number where two share the name."""
    return one.shown if sum(1 for other in everybody if other.shown == one.shown) == 1 else one.number


def one_car(found: Sequence[Car], typed: str) -> Car:
    """The one car whose VIN ends so. Raises Refused."""
    here = [car for car in found if not car.left_on] or list(found)
    if not here:
        raise Refused("E129", _("No car's VIN ends in '{typed}'").format(typed=typed.strip()))
    if len(here) > 1:
        names = ", ".join(f"{car.shown} {car.vin[-8:]}" for car in here[:4])
        raise Refused("E129", _("{count} cars end so: {names}; type more").format(count=len(here), names=names))
    return here[0]


class Times(OfOrder, Form):
    """When the plates are fetched, when the car is handed over, how long the temporary plate lasts."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        order = self._order()
        if not self.values and order:
            self.values.update(self.standing() or {})
            args["was"] = dict(self.values)

    def standing(self) -> Mapping[str, str] | None:
        order = self._order()
        if order is None:
            return None
        return {
            "plate_at": shown_moment(order.plate_at), "handover_at": shown_moment(order.handover_at),
            "temp_plate_until": str(order.temp_plate_until or ""), "insured_from": str(order.insured_from or ""),
        }  # fmt: skip

    def heading(self) -> str:
        order = self._order()
        return _("Times of {name}").format(name=order.customer) if order else ""

    def entries(self) -> Sequence[Entry]:
        hint = N_("11-24 9:30, tomorrow 14:00, 11-24")
        return (
            Entry("handover_at", N_("Hand-over"), 20, hint=hint), Entry("plate_at", N_("Plate office"), 20, hint=hint),
            Entry("temp_plate_until", N_("Temporary plate to"), 12, hint="11-30"),
            Entry("insured_from", N_("Insured from"), 12, hint="11-24"),
        )  # fmt: skip

    def save(self) -> None:
        store, order, today = self.page.store, self._order(), self.page.store.today()
        assert order
        values = self.values
        after = replace(
            order, plate_at=a_moment(values["plate_at"], today), handover_at=a_moment(values["handover_at"], today),
            temp_plate_until=a_day(values["temp_plate_until"], today), insured_from=a_day(values["insured_from"], today),
        )  # fmt: skip
        self.finish(lambda: moves.plan_times(store, order, after))


class CancelForm(OfOrder, Form):
    """The deal is off; the car is free again with its own age."""

    def heading(self) -> str:
        order = self._order()
        return _("Cancel the order of {name}").format(name=order.customer) if order else ""

    def entries(self) -> Sequence[Entry]:
        return (Entry("why", N_("Why"), 80),)

    def save(self) -> None:
        store = self.page.store
        order = self._order()
        assert order
        if self.finish(lambda: moves.cancel(store, order, self.values.get("why", ""))):
            self.desk.stacks[self.page.name].clear()


DIALOGS: dict[str, type[Dialog]] = {
    "order": OrderForm, "order_times": Times, "order_car": CarPick, "order_swap": SwapPick, "order_cancel": CancelForm,
    "delivery": DeliveryBox, "along": AlongBox,
}  # fmt: skip
