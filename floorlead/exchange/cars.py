"""What a dealer system's list of cars would change: new cars, arrivals, other facts; a file never takes back what happened here.

Of a car that is there only the columns of the file are compared, and an empty cell says nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import Any

from floorlead.cars import rules
from floorlead.exchange import cartrail, known, queries
from floorlead.exchange.carcells import KIND_OF, LEFT, NEW, OWN, parsers
from floorlead.exchange.headings import need
from floorlead.exchange.parsing import Progress, refusal, silent, values_of
from floorlead.exchange.records import Entered, Plan, Table, Values, consumed
from floorlead.store import Store
from floorlead.tables.cells import Wrong
from floorlead.tables.refused import RefusedLine
from floorlead.words import _


class Planner:
    """One look at a file of cars beside the store."""

    def __init__(self, store: Store, table: Table, columns: Mapping[str, int], progress: Progress) -> None:
        self.store, self.table, self.columns, self.progress = store, table, columns, progress
        self.today = store.today().isoformat()
        self.models, self.people, self.spots = known.Models(store), known.People(store), known.Spots(store)
        self.refused: list[RefusedLine] = []
        self.remarks: list[str] = []
        self.accepted: list[tuple[Any, Entered]] = []
        self.same = 0
        self.idle_keepers = 0

    def plan(self) -> Plan:
        """Read, compare, settle who stands where."""
        lines = self._once()
        vins = [number for _record, number, _values in lines]
        self.there = queries.cars_by_vin(self.store, vins)
        self.wrong = queries.aliases(self.store, vins)
        self.orders = queries.live_orders(self.store, [car["id"] for car in self.there.values()])
        self.keys_out = queries.keys_out(self.store)
        unchanged = []
        for record, number, values in consumed(lines):
            try:
                entered = self._compared(record.line, number, values)
                self.accepted.append((record, entered)) if entered else unchanged.append(number)
            except Wrong as wrong:
                self.refused.append(refusal(record, wrong, self.columns))
        self._settle_spots()
        return self._told(len(unchanged))

    def _once(self) -> list[tuple[Any, str, Values]]:
        """The lines that can be read, each VIN once and right."""
        seen: dict[str, int] = {}
        found = []
        named = "unchecked" in self.columns
        for record, values in values_of(
            self.table, self.columns, parsers(self.table.shift), self.refused, self.progress
        ):
            number = values["vin"]
            try:
                first = seen.setdefault(number, record.line)
                if first != record.line and number:
                    raise Wrong(_("{vin} stands in line {line} already").format(vin=number, line=first))
                trouble = rules.vin_trouble(number)
                if trouble is not None:
                    self._excused(trouble, number, values)
                elif named:
                    values = Values({**values, "unchecked": ""})
                found.append((record, number, values))
            except Wrong as wrong:
                self.refused.append(refusal(record, wrong, self.columns))
        return found

    def _excused(self, trouble: rules.VinTrouble, number: str, values: Mapping[str, Any]) -> None:
        """Only a wrong check digit with its reason is let in."""
        if not number:
            raise Wrong(_("the VIN is missing"))
        if trouble.kind != "digit":
            raise Wrong(trouble.sentence)
        if not values.get("unchecked"):
            raise Wrong(trouble.sentence + "; " + _("a column VIN说明 (vin_reason) with the reason lets it in"))

    # -- one car

    def _compared(self, line: int, number: str, values: Mapping[str, Any]) -> Entered | None:
        """The line as a new car, a changed one, or None where nothing changes. Raises Wrong."""
        right = self.wrong.get(number)
        if right:
            raise Wrong(
                _("{vin} was a wrong number, corrected to {right}; use that one").format(vin=number, right=right)
            )
        before = self.there.get(number)
        if before is None:
            new = self._new(line, {**NEW, **values})
            return Entered(line, Values(new), events=cartrail.of_new(new, self.spots.name))
        return self._known(line, before, values)

    def _new(self, line: int, car: dict[str, Any]) -> dict[str, Any]:
        car["model_id"] = self.models.key(car["model"], car["model_name"])
        state, place, spot = car["stock_state"], car["placement"], car["spot"]
        if state == "test_drive":
            state, place = "in_stock", "test_drive"
        car["stock_state"] = state = state or ("in_stock" if car["arrived_on"] else "in_transit")
        if state != "in_stock":
            place = self._gone(car, state, spot)
        elif place in ("", "none"):
            place = "display" if spot else "yard"
        elif place == "display" and not spot:
            self.remarks.append(
                _("line {line}: on display, but no spot is named; entered in the yard").format(line=line)
            )
            place = "yard"
        car["placement"], car["allocation"] = place, car["allocation"] or "free"
        cartrail.check(car, self.store, self.today)
        if spot or car["keeper"]:
            self._stand(line, car, place, spot)
        if place == "test_drive":
            car["was_test_drive"] = 1
        return car

    def _gone(self, car: Mapping[str, Any], state: str, spot: str) -> str:
        if spot:
            raise Wrong(_("a car that is not in stock cannot stand on {spot}").format(spot=spot))
        if state in LEFT and not car["left_on"]:
            raise Wrong(_("a car that left needs the day it left"))
        return "none"

    def _stand(self, line: int, car: dict[str, Any], place: str, spot: str) -> None:
        """Put the car on its spot, made where there is none, and note its keeper. Raises Wrong."""
        keeper = self.people.ident(car["keeper"], line)
        kind = KIND_OF.get(place)
        if kind is None:
            if spot:
                raise Wrong(_("it stands on {spot}, yet not on display").format(spot=spot))
            self.idle_keepers += bool(keeper)
            return
        on = car["spot_id"]
        if spot or (keeper and not on):
            on = self.spots.key(kind, spot, car["vin"])
        car["spot_id"] = on
        if isinstance(on, str):
            self.spots.bring(on, kind, spot, self.models.told(car["model_id"]), car["colour"], keeper)
        elif keeper and on in self.spots.there and self.spots.there[on][4] != keeper:
            car["new_keeper"] = keeper

    # -- a car that is there

    def _known(self, line: int, before: Mapping[str, Any], values: Mapping[str, Any]) -> Entered | None:
        after = {**before, **{name: values[name] for name in OWN if values.get(name)}}
        state, after["keeper"], after["spot"] = before["stock_state"], values.get("keeper", ""), values.get("spot", "")
        told = values.get("stock_state", "")
        if state == "in_transit" and not told and values.get("arrived_on"):
            told = "in_stock"
        if state in ("delivered", "returned"):
            self._not_back(line, before, told)
            return None
        if values.get("model") or values.get("model_name"):
            after["model_id"] = self.models.key(values.get("model", ""), values.get("model_name", ""))
        events = [*self._state(line, before, after, values, told)]
        if after["stock_state"] == "in_stock":
            self._place(line, before, after, values, told)
        self._allocation(line, after, values, events)
        cartrail.check(after, self.store, self.today)
        if after["stock_state"] == "in_stock":
            self._stand(line, after, after["placement"], after["spot"])
        if _row(after) == _row(before) and "new_keeper" not in after:
            return None
        return Entered(
            line, Values(after), before["id"], before, cartrail.of_change(before, after, events, self.spots.name)
        )

    def _not_back(self, line: int, before: Mapping[str, Any], told: str) -> None:
        """The dealer system is behind: what left here stays away, and the line changes nothing."""
        if told and told != before["stock_state"]:
            sold = _("line {line}: {vin} was delivered here {day}; a file does not bring it back")
            returned = _("line {line}: {vin} was returned to the maker {day}; a file does not bring it back")
            sentence = sold if before["stock_state"] == "delivered" else returned
            self.remarks.append(sentence.format(line=line, vin=before["vin"], day=before["left_on"] or ""))

    def _state(
        self, line: int, before: Mapping[str, Any], after: dict[str, Any], values: Mapping[str, Any], told: str
    ) -> tuple[str, ...]:
        """The car's life goes forward only; the events of that. Raises Wrong."""
        state = before["stock_state"]
        if told in ("in_stock", "test_drive") and state == "in_transit":
            after["stock_state"], after["placement"] = "in_stock", "yard"
            after["hold"] = values.get("hold", "pdi")
            return ("arrived",)
        if told in LEFT and told != state:
            return self._leaves(before, after, values, told)
        if told and told != state and (told, state) != ("test_drive", "in_stock"):
            here = _("in stock here already") if state == "in_stock" else _("at a sister store")
            self.remarks.append(
                _("line {line}: {vin} is {here}; it stays so").format(line=line, vin=before["vin"], here=here)
            )
            after["arrived_on"] = before["arrived_on"]
        if "hold" in values and state == "in_stock":
            after["hold"] = values["hold"]
        return ()

    def _leaves(
        self, before: Mapping[str, Any], after: dict[str, Any], values: Mapping[str, Any], told: str
    ) -> tuple[str, ...]:
        order = self.orders.get(before["id"])
        if order:
            raise Wrong(_("it belongs to the open order {number}; hand it over or free it there").format(number=order))
        if before["stock_state"] == "in_transit" and told != "returned":
            raise Wrong(_("it is still in transit; enter its arrival first"))
        if before["id"] in self.keys_out:
            raise Wrong(_("its key is out; enter its return first"))
        after.update(
            stock_state=told, placement="none", spot_id=None, hold="" if told == "delivered" else after["hold"]
        )
        if told != "transferred":
            after["left_on"] = values.get("left_on") or self.today
        return ({"delivered": "handed_over"}.get(told, told),)

    def _place(
        self, line: int, before: Mapping[str, Any], after: dict[str, Any], values: Mapping[str, Any], told: str
    ) -> None:
        """Where the car stands, as far as the file says."""
        was, spot = after["placement"], after["spot"]
        place = "test_drive" if told == "test_drive" else values.get("placement", "")
        if place in ("", "none"):
            place = "display" if spot and was != "test_drive" else was
        if place == "display" and not spot and was != "display":
            self.remarks.append(
                _("line {line}: on display, but no spot is named; it stays where it is").format(line=line)
            )
            place = was
        if place != was and before["id"] in self.keys_out:
            self.remarks.append(_("line {line}: its key is out; it stays a test-drive car").format(line=line))
            place, after["spot"] = was, ""
        after["placement"] = place
        if place != was or place not in KIND_OF:
            after["spot_id"] = None
        if place == "test_drive":
            after["was_test_drive"] = 1

    def _allocation(self, line: int, after: dict[str, Any], values: Mapping[str, Any], events: list[str]) -> None:
        told, was = values.get("allocation", ""), after["allocation"]
        if not told or told == was or after["stock_state"] in LEFT:
            return
        order = self.orders.get(after["id"])
        if order:
            sentence = _("line {line}: {vin} belongs to the open order {number}; it stays allocated")
            self.remarks.append(sentence.format(line=line, vin=after["vin"], number=order))
            return
        after["allocation"] = told
        events.append("allocated" if told == "allocated" else "freed")

    # -- all together

    def _settle_spots(self) -> None:
        """A spot takes one car; a line that is refused leaves its car where it is, which may refuse another."""
        while True:
            moving = {entered.ident for _record, entered in self.accepted if entered.ident}
            held = {spot: tail for spot, (car, tail) in queries.on_spots(self.store).items() if car not in moving}
            kept = []
            for record, entered in self.accepted:
                spot: Any = entered.values["spot_id"]
                other = held.setdefault(spot, entered.values["vin"]) if spot is not None else entered.values["vin"]
                if other == entered.values["vin"]:
                    kept.append((record, entered))
                else:
                    told = _("{spot} holds the car {tail}; take it off first")
                    self.refused.append(
                        refusal(record, told.format(spot=self.spots.name(spot), tail=other[-4:]), self.columns)
                    )
            if len(kept) == len(self.accepted):
                return
            self.accepted = kept

    def _told(self, same: int) -> Plan:
        new = [entered for _record, entered in self.accepted if not entered.ident]
        changed = [entered for _record, entered in self.accepted if entered.ident]
        spots = {entered.values["spot_id"] for _record, entered in self.accepted}
        keepers = {e.values["spot_id"]: e.values["new_keeper"] for _r, e in self.accepted if "new_keeper" in e.values}
        self.remarks += self.people.remarks(_("line {line}: keeper '{name}' is not known here"))
        if self.idle_keepers:
            told = _("{count} keepers were left out: their cars stand on no spot")
            self.remarks.append(told.format(count=self.idle_keepers))
        refused = sorted(self.refused, key=lambda one: one.line)
        blank_lines = len(self.table.body) - len(new) - len(changed) - same - len(refused)
        return Plan(
            self.table, self.columns, new, changed, same, refused, blank_lines, self.remarks,
            self.models.used(entered.values["model_id"] for _record, entered in self.accepted),
            {key: piece for key, piece in self.spots.brought.items() if key in spots}, keepers,
            queries.last_action(self.store), False,
        )  # fmt: skip


_row = itemgetter(*queries.CAR_NAMES)


def plan(store: Store, table: Table, columns: Mapping[str, int], progress: Progress = silent) -> Plan:
    """What the file would do, reading only. Raises Refused where a needed column is missing."""
    need("cars", columns)
    return Planner(store, table, columns, progress).plan()
