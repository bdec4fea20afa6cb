"""The report's two sections about cars: what was handed over and what is missing, what stands and what it costs.

They are loaded only in a showroom that has cars; their facts are plain data in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.advice import queries as advice
from floorlead.advice.records import quantity
from floorlead.ageing import queries as ageing
from floorlead.ageing.records import Ageing
from floorlead.cars import queries as cars
from floorlead.cars.records import Car
from floorlead.orders import queries as orders
from floorlead.orders import rules
from floorlead.orders.records import STEP_WORDS, Order
from floorlead.people import queries as people
from floorlead.report.records import Data, Said
from floorlead.store import Store, sealed
from floorlead.targets import queries as targets
from floorlead.words import _, pick

OLDEST = 6
"""Cars named one by one among those that stand too long."""


def _pick(words: dict[str, str]) -> str:
    return pick(words["zh"], words["en"])


# -- deliveries


def read_deliveries(store: Store, day: date) -> Data:
    """What was handed over, what is due today and tomorrow, what is missing, what is open for too long.

    A car that was handed over after the evening's seal stands in the next day's report.
    """
    tomorrow = day + timedelta(days=1)
    opened = orders.open_orders(store)
    out = [*_after_the_seal(store, day), *orders.closed_on(store, day)]
    seen = [*opened, *out]
    found = cars.some(store, [order.car_id for order in seen if order.car_id])
    names = {p.id: {"zh": p.name, "en": p.name_en or p.name} for p in people.everybody(store)}
    told = {order.id: _facts(order, found, names) for order in seen}
    old = int(settings.get(store, "open_order_days"))
    return {
        "out": [told[order.id] | {"before": rules.day_of(order.closed_at) != day} for order in out],
        "steps": orders.steps_on(store, day),
        "month": sum(targets.actuals(store, day.replace(day=1), day)["deliveries"].values()),
        "due": [told[o.id] for o in opened if o.car_id and rules.day_of(o.handover_at) == day],
        "tomorrow": [told[o.id] for o in opened if rules.day_of(o.handover_at) == tomorrow],
        "plates": [told[o.id] for o in opened if rules.day_of(o.plate_at) == tomorrow and not o.is_done("plates")],
        "open": len(opened), "waiting": sum(o.car_id is None for o in opened),
        "not_reviewed": sum(1 for o in opened if o.car_id and not rules.reviewed(o, day)),
        "old_days": old, "old": [told[o.id] for o in opened if rules.age(o, day) > old],
    }  # fmt: skip


def _after_the_seal(store: Store, day: date) -> list[Order]:
    """Hand-overs of the last sealed day before this one that came after its seal."""
    last = sealed.before(store, day)
    if not last:
        return []
    return [order for order in orders.closed_on(store, last.day) if order.done["out"].at > last.at]


def _facts(order: Order, found: dict[int, Car], names: dict[int, dict[str, str]]) -> Data:
    car = found.get(order.car_id or 0)
    return {
        "number": order.number, "customer": order.customer, "car": car.both() if car else None,
        "advisor": names.get(order.advisor_id or 0), "handover_at": order.handover_at, "plate_at": order.plate_at,
        "closed_at": order.closed_at, "missing": rules.missing(order), "ordered_on": order.ordered_on.isoformat(),
        "note": order.note,
    }  # fmt: skip


def say_deliveries(data: Data) -> list[Said]:
    """Handed over today, what of today and tomorrow is missing, what was not looked through, what is open too long."""
    steps = data["steps"]
    done = [f"{_(STEP_WORDS[s])} {steps[s]}" for s in ("invoice", "insurance", "plates", "papers") if steps.get(s)]
    told = _("handed over {count} (month {month})")
    out, before = ([_one(one, one["closed_at"], "out") for one in data["out"] if one.get("before", False) is then]
                   for then in (False, True))  # fmt: skip
    lines = [Said("  ".join([told.format(count=len(out), month=data["month"]), *done]), out, "cars", "delivery:0")]
    lines += _listed("; ".join(out), out)
    words = _("after the last seal {count}: {names}").format(count=len(before), names="; ".join(before))
    lines += _listed(words if before else "", before)
    for word, key in ((_("still due today"), "due"), (_("due tomorrow"), "tomorrow")):
        named = [_one(one, one["handover_at"], key) for one in data[key]]
        lines += _listed(f"{word} {len(named)}: " + "; ".join(named) if named else "", named)
    plates = [_one(one, one["plate_at"], "plates") for one in data["plates"]]
    words = _("plates tomorrow {count}: {names}").format(count=len(plates), names="; ".join(plates))
    lines += _listed(words if plates else "", plates)
    return lines + _left(data)


def _left(data: Data) -> list[Said]:
    told = []
    if data["not_reviewed"]:
        told.append(_("not looked through {count}").format(count=data["not_reviewed"]))
    if data["waiting"]:
        told.append(_("waiting for a car {count}").format(count=data["waiting"]))
    if data["old"]:
        names = "; ".join(f"{one['customer']} {one['ordered_on']}" for one in data["old"])
        told.append(_("open over {days} days: {names}").format(days=data["old_days"], names=names))
    return _listed("  ".join(told), told)


def _listed(text: str, source: Sequence[str]) -> list[Said]:
    return [Said("  " + text, source, "cars", "delivery:0")] if text else []


def _one(one: Data, stamp: str, key: str) -> str:
    """An order as a few words: time, car, customer, advisor, and before the hand-over what is missing."""
    time = "" if stamp.endswith("T00:00") or not stamp else stamp[11:16]
    car = _pick(one["car"]) if one["car"] else _("no car yet")
    words = [time, car, one["customer"], _pick(one["advisor"]) if one["advisor"] else ""]
    if key in ("due", "tomorrow") and one["missing"]:
        named = pick("、", ", ").join(_(STEP_WORDS[step]) for step in one["missing"])
        words.append(_("missing {steps}").format(steps=named))
    return " ".join(filter(None, words))


# -- stock


def read_stock(store: Store, day: date) -> Data:
    """The stock in numbers, its ages and what it costs, what was announced, on the order day the advice."""
    found = ageing.aged(store, day)
    over = [one for one in found.cars if one.stock_age > found.thresholds[-1]]
    aged = [one for one in found.cars if len(found.thresholds) > 1 and one.stock_age > found.thresholds[-2]]
    return {
        "counts": cars.counts(store), "buckets": _buckets(found), "thresholds": list(found.thresholds),
        "over": len(over), "aged": [{"car": one.car.both(), "age": one.stock_age} for one in aged[:OLDEST]],
        "aged_count": len(aged), "rate": cars.rate(store),
        "interest": round(sum(one.interest_per_day for one in found.cars), 1),
        "announced": _announced(store, day), "not_announced": ageing.over(store, day)[1], "advice": _advice(store, day),
    }  # fmt: skip


def _buckets(found: Ageing) -> dict[str, int]:
    counted = dict.fromkeys(found.buckets, 0)
    for one in found.cars:
        counted[found.buckets[one.bucket]] += 1
    return counted


def _announced(store: Store, day: date) -> list[Data]:
    told = ageing.announced_on(store, day)
    return [
        {"car": one.name, "age": one.said.age, "owner": one.said.owner}
        for said in told if said.kind in ("push", "tell") for one in said.cars
    ]  # fmt: skip


def _advice(store: Store, day: date) -> Data | None:
    is_order_day, version, _next, known = advice.order_day_state(store, day)
    if not is_order_day:
        return None
    kept = advice.saved(store, day) if version else None
    made, edits = (kept.advice, kept.edits) if kept else (advice.advise(store, day), {})
    wanted = {m.model: 0 for m in made.models}
    for line in made.lines:
        wanted[line.model] += quantity(line, edits)
    names = {m.model: {"zh": m.name, "en": m.name_en or m.model} for m in made.models}
    lines = [{"name": names[model], "advice": count} for model, count in wanted.items() if count]
    return {"version": version, "known": known, "lines": lines}


def say_stock(data: Data) -> list[Said]:
    """Counts, ages with interest, the oldest cars, what was announced, the order advice."""
    counts = _(
        "on hand {on_hand}  free {free}  display {display}  allocated {allocated}  test {test_drive}  held {held}"
    )
    first = counts.format(**data["counts"]) + "  " + _("in transit {count}").format(count=data["counts"]["in_transit"])
    ages = "  ".join(f"{name}:{count}" for name, count in data["buckets"].items())
    interest = _("interest {sum:,.1f} a day at {rate:g} %").format(sum=data["interest"], rate=data["rate"])
    old = [_("{car} {days} d").format(car=_pick(one["car"]), days=one["age"]) for one in data["aged"]]
    more = f" +{data['aged_count'] - len(old)}" if data["aged_count"] > len(old) else ""
    lines = [
        Said(first, (), "cars", "stock:0"),
        Said("  " + _("days {ages}   {interest}").format(ages=ages, interest=interest), (), "ageing", ""),
    ]
    if old:
        lines.append(
            Said(
                "  " + _("over {days} d: {cars}").format(days=data["thresholds"][-2], cars="; ".join(old) + more),
                old,
                "ageing",
                "",
            )
        )
    return [*lines, *_say_announced(data), *_say_advice(data["advice"])]


def _say_announced(data: Data) -> list[Said]:
    told = [f"{_pick(one['car'])} {one['owner']}".rstrip() for one in data["announced"]]
    lines = []
    if told:
        words = _("announced today {count}: {cars}").format(count=len(told), cars="; ".join(told))
        lines.append(Said("  " + words, told, "ageing", ""))
    if data["not_announced"]:
        words = _("over {days} d and not announced this week: {count}")
        lines.append(
            Said("  " + words.format(days=data["thresholds"][-1], count=data["not_announced"]), (), "ageing", "")
        )
    return lines


def _say_advice(data: dict[str, Any] | None) -> list[Said]:
    if data is None:
        return []
    told = [f"{_pick(one['name'])} +{one['advice']}" for one in data["lines"]]
    state = _("version {version}").format(version=data["version"]) if data["version"] else _("not saved yet")
    words = _("order advice ({state}): {lines}").format(state=state, lines="  ".join(told) or _("nothing to order"))
    return [Said("  " + words, told, "advice", "")]
