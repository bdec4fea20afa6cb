"""What contradicts itself in an order, what is missing, and how long it has been open. Nothing here refuses a step:
a contradiction is said, the leader decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from floorlead.clock import short_day
from floorlead.orders.records import STEP_WORDS, STEPS, Order, Paper
from floorlead.record import record
from floorlead.words import _


@record
class Setting:
    """What an order is looked at with: the day, whether an office is open on a day, whether that year is known, how
    its car is (its hold, whether it has arrived, when it is expected), the delivery file's papers, and when the car was
    allocated (a local stamp, empty where that was not noted)."""

    day: date
    is_open: Callable[[date], bool]
    known: Callable[[date], bool]
    hold: str = ""
    arrived: bool = True
    expected_on: date | None = None
    has_car: bool = True
    papers: Sequence[Paper] = ()
    allocated_at: str = ""


def day_of(stamp: str) -> date | None:
    """The day of a local time, None for an empty one."""
    return date.fromisoformat(stamp[:10]) if stamp else None


def contradictions(order: Order, around: Setting) -> list[str]:
    """What in an open order cannot be as it is written, as sentences, the most urgent first."""
    if not order.open:
        left = owed_words(order, around)
        told = _("handed over, and still missing: {steps}")
        return [told.format(steps=", ".join(left))] if left else []
    found = [*_car(order, around), *_times(order), *_office(order, around), *_papers(order, around)]
    return [sentence for sentence in found if sentence]


def _car(order: Order, around: Setting) -> list[str]:
    handover = day_of(order.handover_at)
    found = []
    if around.hold == "damage":
        found.append(_("the car is on a damage hold; release it or choose another one"))
    if handover and not around.has_car:
        found.append(_("hand-over {day} but no car is allocated").format(day=short_day(handover)))
    late = around.expected_on and handover and not around.arrived and around.expected_on > handover
    if late and around.expected_on:
        told = _("the car is expected {day}, after the hand-over")
        found.append(told.format(day=short_day(around.expected_on)))
    if around.has_car and not around.arrived and around.expected_on and around.expected_on < around.day:
        found.append(_("the car was expected {day} and is not here").format(day=short_day(around.expected_on)))
    return found


def _times(order: Order) -> list[str]:
    """Hand-over before the plates, temporary plate over before the appointment, insurance that begins too late."""
    handover, plates = day_of(order.handover_at), day_of(order.plate_at)
    found = []
    if order.plate_at and order.handover_at and not order.is_done("plates"):
        timed = "T00:00" not in (order.plate_at[10:], order.handover_at[10:])
        before = order.handover_at[:10] < order.plate_at[:10] or (timed and order.handover_at < order.plate_at)
        if before and not order.temp_plate_until:
            found.append(_("the hand-over is before the plate appointment; change one"))
    until = order.temp_plate_until
    if until and plates and until < plates and not order.is_done("plates"):
        told = _("the temporary plate ends {day}, before the plate appointment")
        found.append(told.format(day=short_day(until)))
    if order.insured_from and handover and order.insured_from > handover:
        told = _("the compulsory insurance begins {day}, after the hand-over")
        found.append(told.format(day=short_day(order.insured_from)))
    return found


def _office(order: Order, around: Setting) -> list[str]:
    plates = day_of(order.plate_at)
    if plates is None or order.is_done("plates"):
        return []
    if not around.is_open(plates):
        return [_("the plate office is closed on {day}").format(day=short_day(plates))]
    return (
        []
        if around.known(plates)
        else [_("no holiday data for {year}: is the plate office open?").format(year=plates.year)]
    )


def _papers(order: Order, around: Setting) -> list[str]:
    found = []
    older = [
        step
        for step in ("invoice", "insurance", "plates")
        if (d := order.done.get(step)) and d.at < around.allocated_at
    ]
    if older:
        found.append(
            _("{steps}: done before this car was allocated; look at the VIN").format(steps=", ".join(_names(older)))
        )
    if order.invoice_name and order.invoice_name != order.customer:
        found.append(_("the invoice is for {name}, not for the buyer").format(name=order.invoice_name))
    left = owed_words(order, around)
    if order.handover_at and day_of(order.handover_at) == around.day and left:
        found.append(_("today, and still missing: {steps}").format(steps=", ".join(left)))
    until = order.temp_plate_until
    if until and not order.is_done("plates") and until <= around.day + timedelta(days=3):
        told = _("the temporary plate ended {day}") if until < around.day else _("the temporary plate ends {day}")
        found.append(told.format(day=short_day(until)))
    return found


def _names(steps: Iterable[str]) -> list[str]:
    return [_(STEP_WORDS[step]) for step in steps]


def _owed(order: Order, around: Setting) -> list[str]:
    """The red papers that are no step of the inspection and are not there."""
    return [f"{p.code} {p.shown}" for p in missing_papers(order, around.papers, around) if not p.step]


def missing(order: Order) -> list[str]:
    """The steps before the hand-over that are not done; with a temporary plate the plates may come after it."""
    return [
        step for step in STEPS[:-1] if not order.is_done(step) and not (step == "plates" and order.temp_plate_until)
    ]


def implied(order: Order, around: Setting) -> set[str]:
    """Papers that stand by themselves: the car is allocated (D01), its PDI is done (D03), the plates are booked (D10),
    the temporary plate is there (D09); plates are given only for a paid tax (D08), the papers handed over are the
    certificate and the kit (D05, D13), the delivery note is signed at the hand-over (D15)."""
    found = {"D01": around.has_car, "D03": around.arrived and around.hold not in ("pdi", "damage"),
             "D09": bool(order.temp_plate_until), "D10": bool(order.plate_at), "D08": order.is_done("plates"),
             "D05": order.is_done("papers"), "D13": order.is_done("papers"), "D15": True}  # fmt: skip
    return {code for code, there in found.items() if there}


def owed_words(order: Order, around: Setting) -> list[str]:
    """What is missing in words: the steps, then the red papers behind them."""
    return [*_names(missing(order)), *_owed(order, around)]


def missing_papers(order: Order, papers: Sequence[Paper], around: Setting) -> list[Paper]:
    """The papers without which nobody drives off, that are neither ticked nor stand by themselves."""
    there = implied(order, around)
    return [p for p in papers if p.severity == "R" and not order.is_done(p.key) and p.code not in there]


def age(order: Order, day: date) -> int:
    """Days that the order has been open, or was until it was closed."""
    return ((day_of(order.closed_at) or day) - order.ordered_on).days


def by_handover(order: Order) -> tuple[str, str, int]:
    """The order of the list: by hand-over time, the undecided ones last, else as they were ordered. Steps that are
    done never move a row."""
    return (order.handover_at or "9999", order.ordered_on.isoformat(), order.id)


def reviewed(order: Order, day: date) -> bool:
    """Whether the order was looked through on a day."""
    return order.reviewed_at[:10] == day.isoformat()
