"""The forms about a car: its facts, a corrected VIN, why it is held or leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.cars import moves, queries, rules
from floorlead.cars.records import Car, Hold, Model, Placement, StockState
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import as_number, fold
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.widgets.reading import a_day, a_sum
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

TEXTS = ("trim", "colour", "interior", "powertrain", "offer", "note")
SUMS = ("msrp", "cost")
DAYS = ("built_on", "paid_on", "arrived_on", "expected_on")
WORDS = {
    "vin": N_("VIN"), "model": N_("Model"), "trim": N_("Trim"), "colour": N_("Colour"), "interior": N_("Interior"),
    "powertrain": N_("Powertrain"), "msrp": N_("MSRP"), "cost": N_("Cost"), "built_on": N_("Built"),
    "paid_on": N_("Paid"), "arrived_on": N_("Arrived"), "expected_on": N_("Expected"), "free_days": N_("Free days"),
    "offer": N_("Offer"), "note": N_("Note"), "unchecked": N_("Why keep it"),
}  # fmt: skip


class CarFacts(Form):
    """A car's own facts: a new one without an id, else the one that is there."""

    FIELDS = ("model", "trim", "colour", "interior", "powertrain", *SUMS, *DAYS, "free_days", "offer", "note")

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)

    def _car(self) -> Car:
        found = queries.of(self.page.store, int(self.args.get("id", 0)))
        return found or moves.blank()

    def _now(self) -> dict[str, str]:
        car = self._car()
        made = {name: getattr(car, name) for name in (*TEXTS, *SUMS, *DAYS)}
        made |= {"model": car.model, "free_days": car.free_days or ""}
        return {name: _text(value) for name, value in made.items()}

    def alive(self) -> bool:
        return not self.args.get("id") or queries.of(self.page.store, int(self.args["id"])) is not None

    def heading(self) -> str:
        car = self._car()
        return f"{car.shown}  {car.vin}" if car.id else _("New car")

    def entries(self) -> Sequence[Entry]:
        hints = {"model": N_("code or name, such as QY"), "expected_on": N_("while it is in transit")}
        fixed = self._fixed()
        return [
            Entry(name, WORDS[name], 120 if name == "note" else 40, hint=hints.get(name, ""))
            for name in self.FIELDS
            if name not in fixed
        ]

    def _fixed(self) -> tuple[str, ...]:
        """Days that are no fact to be typed: an arrival is entered as one, what has arrived is expected no more."""
        car = self._car()
        if not car.id:
            return ()
        return ("arrived_on",) if car.stock_state is StockState.IN_TRANSIT else ("expected_on",)

    def standing(self) -> Mapping[str, str] | None:
        return self._now() if self._car().id else None

    def save(self) -> None:
        store, before = self.page.store, self._car()
        car, model = self._made(before)
        saved: list[int] = []
        self.finish(lambda: saved.append(moves.save(store, car, before if before.id else None, model)))
        if saved and not before.id:
            self.page.go_to(f"{'transit' if car.stock_state is StockState.IN_TRANSIT else 'stock'}:{saved[0]}")

    def _made(self, before: Car) -> tuple[Car, Model]:
        values, today = self.values, self.page.store.today()
        model = model_of(queries.models(self.page.store), values["model"])
        texts = {name: values[name] for name in TEXTS}
        sums = {name: a_sum(values[name]) for name in SUMS}
        days: dict[str, date | None] = {name: a_day(values[name], today) for name in DAYS}
        free = as_number(values["free_days"] or "0")
        if free is None or not 0 <= free <= 999:
            raise Refused("E116", _("Write the free days as a whole number"))
        changes: dict[str, Any] = {**texts, **sums, **days, "free_days": int(free)}
        car = replace(before, model_id=model.id, model=model.code, model_name=model.name, model_name_en=model.name_en, **changes)  # fmt: skip
        return car, model


class NewCar(CarFacts):
    """A car that comes new into the file: with an arrival day it is in stock, else in transit."""

    FIELDS = ("vin", "model", "trim", "colour", "interior", "powertrain", *SUMS, *DAYS, "note", "unchecked")

    def _now(self) -> dict[str, str]:
        return {**super()._now(), "vin": "", "unchecked": ""}

    def entries(self) -> Sequence[Entry]:
        why = Entry("unchecked", WORDS["unchecked"], 60, hint=N_("only where the check digit is wrong"))
        return [*super().entries()[:-1], why]

    def lines(self, cells: int) -> list[Line]:
        lines = super().lines(cells)
        trouble = rules.vin_trouble(rules.normal_vin(fold(self.values["vin"]))) if self.values["vin"] else None
        if trouble and not self.error and self.at:
            lines.append(Line().put(" " + trouble.sentence, "warn"))
        return lines

    def _made(self, before: Car) -> tuple[Car, Model]:
        car, model = super()._made(before)
        transit = car.arrived_on is None
        state = StockState.IN_TRANSIT if transit else StockState.IN_STOCK
        placement = Placement.NONE if transit else Placement.YARD
        values = self.values
        return replace(car, vin=rules.normal_vin(values["vin"]), unchecked=values["unchecked"], stock_state=state,
                       placement=placement), model  # fmt: skip

    def save(self) -> None:
        there = queries.by_vin(self.page.store, rules.normal_vin(self.values["vin"]))
        if there is not None and there.stock_state is StockState.IN_TRANSIT:
            self.close()
            self.desk.open("car", {"id": there.id})
            self.desk.say(
                _("{car} is on its way already; 1 enters its arrival").format(car=f"{there.shown} {there.tail}")
            )
            return
        super().save()


def model_of(models: Sequence[Model], typed: str) -> Model:
    """The model that was typed by code or name; a new one where none fits. Raises Refused for nothing typed."""
    text = " ".join(typed.split())
    if not text:
        raise Refused("E102", _("A car needs its model"))
    names = text.casefold()
    found = next((m for m in models if names in (m.code.casefold(), m.name.casefold(), m.name_en.casefold())), None)
    return found or Model(0, fold(text)[:12], text)


class VinForm(Form):
    """A wrong VIN is corrected, never overwritten: the old number stays findable."""

    def alive(self) -> bool:
        return queries.of(self.page.store, int(self.args["id"])) is not None

    def heading(self) -> str:
        car = queries.of(self.page.store, int(self.args["id"]))
        return _("Correct {vin}").format(vin=car.vin) if car else ""

    def entries(self) -> Sequence[Entry]:
        why = N_("only where the check digit is wrong")
        return (
            Entry("vin", N_("Right VIN"), 30), Entry("reason", N_("Reason"), 60, hint=N_("such as: misread at arrival")),
            Entry("unchecked", WORDS["unchecked"], 60, hint=why),
        )  # fmt: skip

    def save(self) -> None:
        car = queries.of(self.page.store, int(self.args["id"]))
        assert car
        typed, reason = self.values.get("vin", ""), self.values.get("reason", "")
        self.finish(lambda: moves.correct_vin(self.page.store, car, typed, reason, self.values.get("unchecked", "")))


class WhyForm(Form):
    """Why a car is held, or where it goes."""

    TITLES = {
        "damage": N_("Damage hold"), "away": N_("Out of the house"), "transferred": N_("To a sister store"),
        "returned": N_("Back to the maker"),
    }  # fmt: skip

    def alive(self) -> bool:
        return queries.of(self.page.store, int(self.args["id"])) is not None

    def heading(self) -> str:
        car = queries.of(self.page.store, int(self.args["id"]))
        return f"{_(self.TITLES[self.args['what']])}  {car.shown} {car.tail}" if car else ""

    def entries(self) -> Sequence[Entry]:
        where = self.args["what"] in ("away", "transferred")
        return (Entry("why", N_("Where to") if where else N_("Why"), 60),)

    def save(self) -> None:
        store, why = self.page.store, self.values.get("why", "")
        car = queries.of(store, int(self.args["id"]))
        assert car
        acts = {
            "damage": lambda: moves.put_hold(store, car, Hold.DAMAGE, why), "away": lambda: moves.go_away(store, car, why),
            "transferred": lambda: moves.transfer(store, car, why),
            "returned": lambda: moves.return_to_maker(store, car, why),
        }  # fmt: skip
        self.finish(acts[self.args["what"]])


def _text(value: Any) -> str:
    return "" if value is None else str(value)


FORMS: dict[str, type[Dialog]] = {"car_facts": CarFacts, "newcar": NewCar, "car_vin": VinForm, "car_why": WhyForm}
