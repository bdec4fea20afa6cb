"""The delivery view: one line an order, each step of the day's inspection one digit, stamped with now and who.

The order of the steps is not forced; what contradicts itself stands on the warning line.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import clock
from floorlead.calendar import queries as calendar_queries
from floorlead.calendar.rules import Office
from floorlead.cars import lists
from floorlead.cars import queries as cars
from floorlead.cars.listsheet import short_name
from floorlead.cars.papers import PrintList
from floorlead.cars.records import Car
from floorlead.cars.views import View
from floorlead.finding import matches
from floorlead.orders import lists as paper_lists
from floorlead.orders import moves, queries, rules
from floorlead.orders.records import STEP_WORDS, STEPS, Order, Paper
from floorlead.people import queries as people
from floorlead.phones import masked
from floorlead.text import width, wrap
from floorlead.widgets.grid import Cell, Column
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line, rule
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

TITLES = (N_("1inv"), N_("2ins"), N_("3plt"), N_("4doc"), N_("5out"), N_("6chk"))
REVIEWED = 6
BINDS = (
    bind(digits(1, 5), "1-5", N_("step"), changes=True, help=N_("done now; the same digit again takes it back")),
    bind("6", "6", N_("seen"), changes=True, help=N_("this order was looked through today")),
    bind("7", "7", N_("along"), help=N_("insured, financed, accessories and their sum, trade-in")),
    bind("space", "Space", N_("next"), changes=True),
    bind("ctrl+a", "^A", N_("all"), changes=True, help=N_("the other orders were looked through too")),
    bind("enter", "Enter", N_("more"), help=N_("papers D01 to D17, times, another car, cancelling")),
    bind(("insert", "+"), "Ins", N_("new"), changes=True), bind(("tab", "backtab"), "Tab", N_("view")),
    bind("f5", "F5", N_("age")),
)  # fmt: skip


class DeliveryView(View):
    """Orders with a car, and what was handed over today; a row never moves while its steps are done."""

    name = "delivery"
    word = N_("delivery")
    counted = "delivery"
    empty = N_("Nothing is being handed over.   Ins enters an order, ^K imports a list")
    DETAIL = 7

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.cars: dict[int, Car] = {}
        self.names: dict[int, str] = {}
        self.told: dict[int, list[str]] = {}
        self.models: dict[int, str] = {}
        self.papers: Sequence[Paper] = ()
        self.allocated: dict[int, str] = {}
        self.office = Office({}, frozenset())

    # -- reading

    def read(self) -> Sequence[Order]:
        """Orders with a car and what was handed over today by their hand-over, then those that wait for a car."""
        opened = queries.open_orders(self.store)
        found = sorted(
            [*(o for o in opened if o.car_id), *queries.closed_on(self.store, self.day)], key=rules.by_handover
        )
        found += [order for order in opened if not order.car_id]
        self.cars = cars.some(self.store, [order.car_id for order in found if order.car_id])
        self.names = {p.id: p.shown for p in people.everybody(self.store)}
        self.models = {model.id: model.shown for model in cars.models(self.store)}
        self.office = calendar_queries.office(self.store)
        self.papers = paper_lists.papers(self.store)
        self.allocated = queries.allocated_at(self.store, self.cars)
        self.told = {order.id: rules.contradictions(order, self.around(order)) for order in found}
        return found

    def around(self, order: Order) -> rules.Setting:
        """What an order is looked at with: the day, the plate office, its car."""
        ident = order.car_id or 0
        return queries.around(self.day, self.cars.get(ident), self.office, self.papers, self.allocated.get(ident, ""))

    def summary(self) -> str:
        today = self.day
        due = [o for o in self.things if rules.day_of(o.handover_at) == today or o.closed_at[:10] == today.isoformat()]
        owed = sum(1 for order in self.things if order.open and order.car_id and not order.is_done("papers"))
        return _("today {count}  papers owed {owed}").format(count=len(due), owed=owed)

    # -- drawing

    def columns(self) -> list[Column]:
        return [
            Column("#", 2, "right"), Column(_("Model, colour"), 13), Column(_("Tail"), 4), Column(_("Customer"), 8),
            Column(_("Advisor"), 7), *(Column(_(title), 4, "center") for title in TITLES), Column(_("Hand over"), 9),
        ]  # fmt: skip

    def cells(self, number: int, thing: Order) -> list[Cell]:
        car = self.cars.get(thing.car_id or 0)
        steps = [self._step(number, n, thing.is_done(step)) for n, step in enumerate(STEPS, 1)]
        seen = self._step(number, REVIEWED, rules.reviewed(thing, self.day))
        quiet = "" if thing.open else "done"
        return [
            Cell(str(number)), Cell(car.shown if car else self._wanted(thing), quiet), Cell(car.tail if car else "-"),
            Cell(thing.customer, quiet), Cell(short_name(self.names.get(thing.advisor_id or 0, "-"))), *steps, seen,
            self._when(thing),
        ]  # fmt: skip

    def _wanted(self, order: Order) -> str:
        model = self.models.get(order.model_id or 0, "?")
        return f"{model} {lists.colour_now(order.colour)}".strip()

    def _step(self, number: int, digit: int, done: bool) -> Cell:
        return Cell("v" if done else ".", "good" if done else "open", f"cell:{number - 1}:{digit}")

    def _when(self, order: Order) -> Cell:
        if not order.open:
            return Cell("v " + order.closed_at[11:16], "done")
        sign = "!" if self.told.get(order.id) else ""
        when = rules.day_of(order.handover_at)
        late = when is not None and when < self.day
        return Cell(sign + short_when(order.handover_at, self.day), "bad" if late else "warn" if sign else "")

    def detail(self, cells: int) -> list[Line]:
        order: Order | None = self.thing()
        if order is None:
            return []
        car = self.cars.get(order.car_id or 0)
        named = f"{car.shown} {car.vin}" if car else _("no car yet")
        lines = [rule(f"{named}   {order.customer} {masked(order.phone)}".rstrip(), 79)]
        lines += [Line().put("   " + part) for part in wrap(self._history(order, car), cells - 4)[:2]]
        lines += [Line().put("   " + self._times(order))] if order.open else []
        lines += [Line().put("   " + part) for part in wrap(self._owed(order), cells - 4)[:2]]
        if order.note:
            lines.append(Line().put("   " + _("Note: {text}").format(text=order.note), "dim"))
        return lines

    def _history(self, order: Order, car: Car | None) -> str:
        day = clock.short_day
        told = [_("ordered {day}").format(day=day(order.ordered_on))]
        if order.deposit:
            told.append(_("deposit {sum}").format(sum=order.deposit))
        if car and car.arrived_on:
            told.append(_("arrived {day}").format(day=day(car.arrived_on)))
        for step in STEPS:
            if step in order.done:
                at = order.done[step].at
                now = at[:10] == self.day.isoformat() and not at.endswith("T00:00:00")
                stamp = at[11:16] if now else day(date.fromisoformat(at[:10]))
                told.append(f"{_(STEP_WORDS[step])} v {stamp}")
        return "  ".join(told)

    def _times(self, order: Order) -> str:
        told = []
        if order.plate_at and not order.is_done("plates"):
            told.append(_("plates {when}").format(when=short_when(order.plate_at, self.day)))
        if order.handover_at:
            told.append(_("hand-over {when}").format(when=short_when(order.handover_at, self.day)))
        return "   ".join([*told, _("open {days} d").format(days=rules.age(order, self.day))])

    def _owed(self, order: Order) -> str:
        if not order.open:
            return _("handed over {time}").format(time=order.closed_at[11:16])
        steps = rules.missing(order)
        left = [f"{STEPS.index(step) + 1} {_(STEP_WORDS[step])}" for step in steps]
        left += rules.owed_words(order, self.around(order))[len(left) :]
        return _("missing: {steps}").format(steps="  ".join(left)) if left else _("everything is there")

    def warning(self, cells: int) -> Line:
        order: Order | None = self.thing()
        if order and self.told.get(order.id):
            return Line().put(" !! " + self.told[order.id][0] + "   Enter", "warn")
        other = next((o for o in self.things if o.open and self.told.get(o.id)), None)
        if other:
            return Line().put(f" !! {other.customer}: {self.told[other.id][0]}", "warn")
        left = sum(1 for o in self.things if o.open and not rules.reviewed(o, self.day))
        return Line().put(" " + _("{count} orders not looked through today").format(count=left)) if left else Line()

    # -- keys

    def binds(self) -> Sequence[Bind]:
        return BINDS if self.things else (*BINDS[-3:],)

    def press(self, key: str) -> bool:
        order: Order | None = self.thing()
        if key in ("insert", "+"):
            self.desk.open("order", {})
        elif order is None:
            return False
        elif len(key) == 1 and key in "12345":
            self.take_step(order, STEPS[int(key) - 1])
        elif key == "6":
            self.desk.do(lambda: moves.review(self.store, [order]))
        elif key == "7":
            self.desk.open("along", {"id": order.id})
        elif key == "ctrl+a":
            self._see_the_rest()
        elif key == "space":
            left = [step for step in STEPS if not order.is_done(step)]
            if left and order.open:
                self.take_step(order, left[0])
        elif key == "enter":
            self.desk.open("delivery", {"id": order.id})
        else:
            return False
        if order is not None and len(key) == 1 and key in "12346":
            self._again(order)
        else:
            self.page.enter()
        return True

    def _again(self, order: Order) -> None:
        """Read one order again after a step: nothing else on the page has changed by it."""
        now = queries.of(self.store, order.id)
        if now is None or now.car_id != order.car_id:
            self.page.enter()
            return
        self.things = [now if one.id == now.id else one for one in self.things]
        self.told[now.id] = rules.contradictions(now, self.around(now))

    def take_step(self, order: Order, step: str) -> None:
        """A step is done now, or taken back."""
        self.desk.do(lambda: moves.step(self.store, order, step))

    def _see_the_rest(self) -> None:
        done: list[int] = []
        self.desk.do(lambda: done.append(moves.review(self.store, [o for o in self.things if o.open])))
        if done == [0]:
            there = any(one.open for one in self.things)
            self.desk.say(
                _("Every order was looked through today")
                if there
                else _("No order is open; nothing was looked through")
            )

    def subject(self, change: Any) -> int:
        if change.table == "order_steps":
            return int((change.new or change.old or [0, 0])[1])
        return change.row if change.table == "orders" else 0

    def found(self, typed: str) -> list[tuple[int, str, str, int]]:
        found = []
        for order in self.things:
            car = self.cars.get(order.car_id or 0)
            score = max(matches(typed, order.search), matches(typed, lists.search(car)) if car else 0)
            found.append(
                (score, f"{car.shown if car else order.customer} {car.tail if car else ''}", order.customer, order.id)
            )
        return found

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        return ("printlist", {"list": "deliveries"}) if self.things else None


def short_when(stamp: str, today: date) -> str:
    """A time as short as it may be: `今10:30`, `明 9:30`, `11-27`; `-` when nothing was said."""
    day = rules.day_of(stamp)
    if day is None:
        return "-"
    time = (
        ""
        if stamp.endswith("T00:00")
        else stamp[11:16].lstrip("0").rjust(5)
        if day == today + timedelta(days=1)
        else stamp[11:16]
    )
    if day == today:
        return _("at {time}").format(time=time) if time else _("today")
    if day == today + timedelta(days=1):
        return _("tom {time}").format(time=time.strip()).strip()
    return clock.short_day(day) + (f" {time}" if time and width(clock.short_day(day)) + 6 <= 8 else "")


DIALOGS: dict[str, type[Dialog]] = {"printlist": PrintList}
