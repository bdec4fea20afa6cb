"""The points of the morning: appointments, what stands too long, notices, what came and went, training, one good case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from floorlead import clock
from floorlead.ageing import queries as ageing
from floorlead.ageing.records import AgedCar, Ageing
from floorlead.cars import queries as cars
from floorlead.cars.records import Car
from floorlead.log import queries as log
from floorlead.meetings.records import Block, Meeting, Point, Sort
from floorlead.orders import queries as orders
from floorlead.orders import rules
from floorlead.orders.records import STEP_WORDS, Order
from floorlead.people.records import Presence
from floorlead.phones import mask_in
from floorlead.store import Store
from floorlead.targets import queries as targets
from floorlead.targets.records import MEASURE_WORDS, Pace
from floorlead.training import queries as training
from floorlead.words import _, pick

OLDEST = 6
"""Cars read out one by one among those that stand too long."""
NAMES = 4
"""People named of those who have not acknowledged a notice."""


def blocks(store: Store, held: Meeting, pace: Pace, presences: Mapping[int, Presence]) -> list[Block]:
    """Every block of the morning, in the order in which it is read out."""
    before = targets.last_open(store, held.day)
    aged = ageing.aged(store, held.day)
    return [
        Block(_("Causes"), causes(pace)),
        Block(_("Appointments today"), _appointments(store, held.day, presences), _("no hand-over, no plates today")),
        Block(_aged_words(aged), _aged(aged)),
        Block(_("Notices"), _notices(store, held.day)),
        Block(_("Since {day}").format(day=clock.short_day(before)), _stock(store, aged, before, held.day), _("nothing arrived or sold")),
        Block(_("Training and praise"), [_training(store, held.day), _praise(store, held, before)]),
    ]  # fmt: skip


def causes(pace: Pace) -> list[Point]:
    """What is behind for so long that its cause must be given."""
    found = []
    for name in pace.causes_due:
        told = _("{measure} behind for {days} open days: why?")
        words = told.format(measure=_(MEASURE_WORDS[name]), days=pace.figures[name].behind)
        found.append(Point(f"cause:{name}", Sort.CAUSE, words, late=True))
    return found


def car_words(order: Order, found: Mapping[int, Car]) -> str:
    """An order's car and its tail, or that it has none."""
    car = found.get(order.car_id or 0)
    return f"{car.shown} {car.tail}" if car else _("no car yet")


def missing_words(order: Order) -> str:
    """What of the papers is missing, empty when nothing is."""
    named = pick("、", ", ").join(_(STEP_WORDS[step]) for step in rules.missing(order))
    return _("missing {steps}").format(steps=named) if named else ""


def _appointments(store: Store, day: date, presences: Mapping[int, Presence]) -> list[Point]:
    """Today's hand-overs and plate times in the order of the clock."""
    opened = orders.open_orders(store)
    due = [one for one in opened if rules.day_of(one.handover_at) == day]
    plates = [one for one in opened if rules.day_of(one.plate_at) == day and not one.is_done("plates")]
    found = cars.some(store, [one.car_id for one in (*due, *plates) if one.car_id])
    told = [(one.handover_at, "out", one) for one in due] + [(one.plate_at, "plates", one) for one in plates]
    made = []
    for at, step, one in sorted(told, key=lambda entry: (entry[0], entry[1], entry[2].id)):
        who = presences.get(one.advisor_id or 0)
        missing = missing_words(one) if step == "out" else ""
        parts = [
            _time(at),
            _(STEP_WORDS[step]),
            car_words(one, found),
            one.customer,
            who.person.shown if who else "",
            missing,
        ]
        made.append(Point(f"{step}:{one.id}", Sort.APPOINTMENT, " ".join(filter(None, parts)), one.id, bool(missing)))
    return made


def _time(stamp: str) -> str:
    return "" if stamp.endswith("T00:00") else stamp[11:16]


def _aged_words(aged: Ageing) -> str:
    """What the block counts: from which age on, and how many of them are over-age as Today counts them."""
    over = sum(one.stock_age > aged.thresholds[-1] for one in aged.cars)
    return _("> {days} d: {all}, over-age {count}").format(days=_bound(aged), all=len(_old(aged)), count=over)


def _bound(aged: Ageing) -> int:
    """The age above which a car is read out: the last bound but one."""
    return aged.thresholds[-2] if len(aged.thresholds) > 1 else aged.thresholds[-1]


def _old(aged: Ageing) -> list[AgedCar]:
    return [one for one in aged.cars if one.stock_age > _bound(aged)]


def _aged(aged: Ageing) -> list[Point]:
    """The cars of the two oldest buckets, the oldest first, with who pushes them."""
    old = _old(aged)
    points = [Point(f"car:{one.id}", Sort.CAR, _car(one), one.id) for one in old[:OLDEST]]
    if len(old) > OLDEST:
        points.append(Point("car:more", Sort.CAR, _(".. {count} more").format(count=len(old) - OLDEST)))
    return points


def _car(one: AgedCar) -> str:
    age = _("{days} days").format(days=one.stock_age)
    return " ".join(filter(None, [one.car.shown, one.car.tail, age, one.car.offer, one.owner or _("to be named")]))


def _notices(store: Store, day: date) -> list[Point]:
    """The maker's notices that somebody has not acknowledged yet."""
    found = log.notices(store, day)
    waiting = log.unacknowledged_of(store, found)
    made = []
    for one in found:
        left = waiting.get(one.id, [])
        names = pick("、", ", ").join(person.shown for person in left[:NAMES])
        more = f" +{len(left) - NAMES}" if len(left) > NAMES else ""
        told = _("not acknowledged {count}: {names}").format(count=len(left), names=names + more) if left else ""
        made.append(Point(f"notice:{one.id}", Sort.NOTICE, f"{mask_in(one.text)}  {told}".rstrip(), one.id, bool(left)))
    return made


def _stock(store: Store, aged: Ageing, before: date, day: date) -> list[Point]:
    """What arrived and what was sold since the last open day, that day included."""
    came = [one.car for one in aged.cars if one.car.arrived_on and before <= one.car.arrived_on <= day]
    sql = "SELECT id FROM orders WHERE ordered_on BETWEEN ? AND ? AND state <> 'cancelled' ORDER BY ordered_on, id"
    sold = [orders.of(store, ident) for (ident,) in store.rows(sql, before.isoformat(), day.isoformat())]
    found = cars.some(store, [one.car_id for one in sold if one and one.car_id])
    models = {model.id: model.shown for model in cars.models(store)} if sold else {}
    told = [(_("came in"), [f"{car.shown} {car.tail}" for car in came])]
    told.append((_("sold"), [_sold(one, found, models) for one in sold if one]))
    return [
        Point(f"stock:{n}", Sort.STOCK, f"{word} {len(names)}: {'; '.join(names)}")
        for n, (word, names) in enumerate(told) if names
    ]  # fmt: skip


def _sold(order: Order, found: Mapping[int, Car], models: Mapping[int, str]) -> str:
    if order.car_id in found:
        return car_words(order, found)
    return f"{models.get(order.model_id or 0, '')} {order.colour}".strip() or order.number


def _training(store: Store, day: date) -> Point:
    """The topic of the morning and how many are idle for it."""
    found = training.morning(store, day)
    topic = found.topic or _("topic not set")
    trainer = found.training.trainer if found.training else training.trainer(store, day)
    words = _("training: {topic}, {trainer}, idle group {count}")
    return Point("training", Sort.TRAINING, words.format(topic=topic, trainer=trainer, count=len(found.idle())))


def _praise(store: Store, held: Meeting, before: date) -> Point:
    """One good case: as it was typed, else who brought most orders and deliveries on the last open day."""
    if held.praise:
        return Point("praise", Sort.PRAISE, _("praise: {words}").format(words=held.praise))
    best = _best(store, before)
    return Point("praise", Sort.PRAISE, _("praise: {words}").format(words=f"({best})" if best else "-"))


def _best(store: Store, day: date) -> str:
    """Who brought most on a day, with the numbers; empty where nobody brought anything."""
    done, people = targets.actuals(store, day, day), targets.people(store)
    sums = {
        who: (done["orders"].get(who, 0), done["deliveries"].get(who, 0))
        for who in {*done["orders"], *done["deliveries"]} if who is not None
    }  # fmt: skip
    if not sums:
        return ""
    who = max(sums, key=lambda one: (sum(sums[one]), sums[one], -people[one].position))
    told = _("best of the last day: {name}, orders {orders}, deliveries {deliveries}")
    return told.format(name=people[who].shown, orders=sums[who][0], deliveries=sums[who][1])
