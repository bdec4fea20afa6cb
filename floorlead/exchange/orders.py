"""What a dealer system's list of orders would change; an order with a VIN takes that car, and no car is taken twice.

What became of an order here counts: a closed order stays closed, a paper that is done stays done, and an empty cell says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from floorlead.cars import rules
from floorlead.exchange import known, queries
from floorlead.exchange.headings import need
from floorlead.exchange.marketwords import phone
from floorlead.exchange.parsing import Memo, Parser, Progress, iso, limited, refusal, silent, values_of, vin
from floorlead.exchange.records import Entered, Plan, Table, Values, consumed
from floorlead.orders.records import ORDER_WORDS, OrderState
from floorlead.phones import mask_in, masked
from floorlead.store import Store
from floorlead.tables import cells
from floorlead.tables.cells import Wrong, day, yes_no
from floorlead.tables.refused import RefusedLine
from floorlead.words import _

FLAGS = ("insured", "financed", "accessories", "trade_in")
STEPS = ("invoice", "insurance", "plates", "papers")
"""Papers that a file may call done, by yes or by their day."""
NEW: Mapping[str, Any] = {
    **dict.fromkeys(queries.ORDER_NAMES, ""), **dict.fromkeys(FLAGS, 0), "vin": "", "model": "", "model_name": "",
    **dict.fromkeys(("advisor_id", "model_id", "car_id", "deposit", "accessory_amount", "plate_at", "handover_at", "temp_plate_until")),
    "insured_from": None, "ordered_on": None,
}  # fmt: skip
OWN = (
    "customer", "phone", "invoice_name", "ordered_on", "deposit", "plate_at", "handover_at", "temp_plate_until",
    "insured_from", "accessory_amount", "note",
)  # fmt: skip


def step(shift: int) -> Parser:
    """A reader of a paper's cell: the day it was done, `yes` without a day, empty where it is not done."""

    def read(cell: str) -> str:
        if cells.key(cells.filled(cell)) and cell.strip()[:1].isdigit() and len(cell.strip()) > 1:
            return f"{day(cell, shift)}T00:00:00"
        return "yes" if yes_no(cell) else ""

    return read


def parsers(shift: int) -> dict[str, Parser]:
    """How each column is read."""
    short, days = Memo(limited(40)).__getitem__, Memo(iso(shift)).__getitem__
    words = ("customer", "invoice_name", "advisor", "model_name", "trim", "colour")
    named: dict[str, Parser] = {
        **dict.fromkeys(words, short), **dict.fromkeys(("ordered_on", "temp_plate_until", "insured_from"), days),
        **dict.fromkeys(("plate_at", "handover_at"), lambda cell: cells.moment(cell, shift)), "vin": vin,
        "number": cells.number_word, "model": Memo(cells.number_word).__getitem__, "phone": phone, "deposit": cells.amount, "accessory_amount": cells.amount, "note": limited(120),
    }  # fmt: skip
    return {**named, **dict.fromkeys(FLAGS, yes_no), **dict.fromkeys(STEPS, Memo(step(shift)).__getitem__)}


class Planner:
    """One look at a file of orders beside the store."""

    def __init__(self, store: Store, table: Table, columns: Mapping[str, int], progress: Progress) -> None:
        self.store, self.table, self.columns, self.progress = store, table, columns, progress
        self.today = store.today().isoformat()
        self.models, self.people = known.Models(store), known.People(store)
        self.refused: list[RefusedLine] = []
        self.remarks: list[str] = []
        self.new: list[Entered] = []
        self.changed: list[Entered] = []
        self.same = 0
        self.taken: dict[int, int] = {}

    def plan(self) -> Plan:
        """Read and compare, line by line."""
        found = values_of(self.table, self.columns, parsers(self.table.shift), self.refused, self.progress)
        lines = [*found]
        self.there = queries.orders_by_number(self.store, [values["number"] for _record, values in lines])
        self.done = queries.steps_of(self.store, [order["id"] for order in self.there.values()])
        vins = [values["vin"] for _record, values in lines if values.get("vin")]
        self.aliases = queries.aliases(self.store, vins)
        self.cars = queries.cars_by_vin(self.store, [*vins, *self.aliases.values()])
        self.held = queries.live_orders(self.store, [car["id"] for car in self.cars.values()])
        seen: dict[str, int] = {}
        for record, values in consumed(lines):
            try:
                first = seen.setdefault(values["number"].upper(), record.line)
                if first != record.line and values["number"]:
                    told = _("order {number} stands in line {line} already")
                    raise Wrong(told.format(number=values["number"], line=first))
                self._compared(record.line, values)
            except Wrong as wrong:
                self.refused.append(refusal(record, wrong, self.columns))
        return self._told()

    def _compared(self, line: int, values: Mapping[str, Any]) -> None:
        if not values["number"]:
            raise Wrong(_("the order number is missing"))
        before = self.there.get(values["number"].upper())
        if before and before["state"] != "open":
            self._closed(line, before, values)
            return
        told = {name: values[name] for name in OWN if values.get(name)}
        after = {**NEW, **(before or {}), **told, "number": (before or values)["number"]}
        after |= {name: int(values[name]) for name in FLAGS if name in values and (values[name] or before is None)}
        after["accessories"] = int(
            after["accessories"] or bool(after["accessory_amount"])
        )  # a sum says that there are some
        after["steps"] = {code: values[code] for code in STEPS if values.get(code)}
        if before:
            after["steps"] = {c: at for c, at in after["steps"].items() if (before["id"], c) not in self.done}
        self._phone(before, after)
        self._car(line, before, values, after)
        self._model(values, after)
        after["advisor_id"] = self.people.ident(values.get("advisor", ""), line) or after["advisor_id"]
        after["advisor"] = values.get("advisor", "")
        self._check(after)
        self._keep(line, before, after)

    def _closed(self, line: int, before: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """The dealer system is behind: what was handed over or cancelled here stays so, and the line changes nothing."""
        self.same += 1
        if before["state"] == "cancelled" or self._differs(before, values):
            said = _("line {line}: order {number} is closed here ({state}); it stays so")
            state = _(ORDER_WORDS[OrderState(before["state"])])
            self.remarks.append(said.format(line=line, number=before["number"], state=state))

    def _differs(self, before: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
        """Whether a line tells of a closed order what is not so here; a masked phone tells nothing."""
        told = {name: values[name] for name in (*OWN, *FLAGS) if values.get(name)}
        facts = any(before[name] != value for name, value in told.items() if "*" not in str(value))
        papers = any(values.get(code) and (before["id"], code) not in self.done for code in STEPS)
        number = values.get("vin", "")
        car = self.cars.get(self.aliases.get(number, number))
        return facts or papers or (car is not None and car["id"] != before["car_id"])

    def _phone(self, before: Mapping[str, Any] | None, after: dict[str, Any]) -> None:
        if "*" in after["phone"]:
            if before is None or masked(before["phone"]) != after["phone"]:
                raise Wrong(_("the phone number is masked; give it whole or leave it out"))
            after["phone"] = before["phone"]
        if before and "*" in (note := after.get("note") or "") and mask_in(before["note"]) == note:
            after["note"] = before["note"]  # as an export wrote it

    def _car(
        self, line: int, before: Mapping[str, Any] | None, values: Mapping[str, Any], after: dict[str, Any]
    ) -> None:
        """The car that the order takes. Raises Wrong where it cannot."""
        number = values.get("vin", "")
        if not number:
            return
        car = self.cars.get(self.aliases.get(number, number))
        if car is None:
            trouble = rules.vin_trouble(number)
            told = _("there is no car {vin}; read the cars in first").format(vin=number)
            raise Wrong(trouble.sentence if trouble else told)
        if before and before["car_id"] == car["id"]:
            return
        try:
            if before and before["car_id"]:
                raise Wrong(_("the order has another car already; change that on the order"))
            self._free(car, number)
        except Wrong as wrong:
            if before is None:
                raise
            self.remarks.append(_("line {line}: {reason}").format(line=line, reason=wrong))
            return
        first = self.taken.setdefault(car["id"], line)
        if first != line:
            raise Wrong(_("{vin} stands in line {line} already").format(vin=number, line=first))
        after.update(vin=car["vin"], car_id=car["id"], allocates=car["allocation"] == "free")
        after.update({name: car[name] for name in ("model_id", "trim", "colour")})

    def _free(self, car: Mapping[str, Any], number: str) -> None:
        held = self.held.get(car["id"])
        if held:
            raise Wrong(_("{vin} is allocated to order {number} already").format(vin=number, number=held))
        if car["hold"] == "damage":
            raise Wrong(_("{vin} is on a damage hold; release it first").format(vin=number))
        if car["placement"] == "test_drive":
            raise Wrong(_("{vin} is a test-drive car").format(vin=number))
        if car["stock_state"] not in ("in_stock", "in_transit"):
            raise Wrong(_("{vin} is not here any more").format(vin=number))

    def _model(self, values: Mapping[str, Any], after: dict[str, Any]) -> None:
        """The model that is wanted, where no car tells it."""
        if after["car_id"]:
            return
        if values.get("model") or values.get("model_name"):
            after["model_id"] = self.models.key(values.get("model", ""), values.get("model_name", ""))
        after.update({name: values[name] for name in ("trim", "colour") if values.get(name)})

    def _check(self, after: Mapping[str, Any]) -> None:
        if not after["customer"]:
            raise Wrong(_("the customer is missing"))
        if after["model_id"] is None:
            raise Wrong(_("an order needs a car or at least a model"))
        if not after["ordered_on"]:
            raise Wrong(_("the day of the order is missing"))
        if after["ordered_on"] > self.today:
            raise Wrong(_("the order {day} lies in the future").format(day=after["ordered_on"]))
        late = [at for at in after["steps"].values() if at != "yes" and at[:10] > self.today]
        if late:
            raise Wrong(_("a paper cannot be done in the future: {day}").format(day=late[0][:10]))

    def _keep(self, line: int, before: Mapping[str, Any] | None, after: dict[str, Any]) -> None:
        if before is None:
            self.new.append(Entered(line, Values(after)))
        elif not after["steps"] and all(after[name] == before[name] for name in queries.ORDER_NAMES):
            self.same += 1
        else:
            self.changed.append(Entered(line, Values(after), before["id"], before))

    def _told(self) -> Plan:
        refused = sorted(self.refused, key=lambda one: one.line)
        blank = len(self.table.body) - len(self.new) - len(self.changed) - self.same - len(refused)
        remarks = self.remarks + self.people.remarks(_("line {line}: consultant '{name}' is not known here"))
        models = self.models.used(entered.values["model_id"] for entered in (*self.new, *self.changed))
        seq = queries.last_action(self.store)
        return Plan(self.table, self.columns, self.new, self.changed, self.same, refused, blank, remarks, models, {}, {},
                    seq, False)  # fmt: skip


def plan(store: Store, table: Table, columns: Mapping[str, int], progress: Progress = silent) -> Plan:
    """What the file would do, reading only. Raises Refused where a needed column is missing."""
    need("orders", columns)
    return Planner(store, table, columns, progress).plan()
