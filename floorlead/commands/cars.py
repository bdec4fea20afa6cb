"""`cars`: the stock and the deliveries as text, JSON or PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from floorlead.commands import work
from floorlead.commands.common import output_option
from floorlead.entry import Options
from floorlead.outputs import Output

if TYPE_CHECKING:
    from floorlead.store import Store

LISTS = ("stock", "deliveries")


@click.command(short_help="Stock and deliveries. 库存和交车")
@click.option("--list", "which", type=click.Choice(LISTS), default="stock", help="Stock or deliveries. 库存或交车")
@click.option("--format", "form", type=click.Choice(("text", "json", "pdf")), default="text", help="Format. 格式")
@output_option
@click.pass_obj
def cars(options: Options, which: str, form: str, output: Output | None) -> None:
    """The cars: stock and deliveries.

    车辆:库存与交车。
    """
    from floorlead.cars import papers

    store = work.open_for(options)
    if form == "json":
        work.out(work.as_json(facts(store)), output)
        return
    paper = papers.stock(store) if which == "stock" else papers.deliveries(store)
    work.out(work.drawn(paper, form, store.path), output)


def facts(store: Store) -> dict[str, Any]:
    """The stock and the deliveries as JSON-ready values; phones are masked."""
    from floorlead.cars import queries, rules
    from floorlead.furniture import queries as furniture
    from floorlead.people import queries as people

    here = queries.here(store)
    names = {p.id: p.shown for p in people.everybody(store)}
    keepers = {f.id: names.get(f.keeper_id or 0, "") for f in furniture.standing(store)}
    return {
        "as_of": store.today().isoformat(), "counts": rules.counts(here),
        "cars": [_car(store, car, keepers) for car in here], "deliveries": _deliveries(store, names),
    }  # fmt: skip


def _car(store: Store, car: Any, keepers: dict[int, str]) -> dict[str, Any]:
    from floorlead.cars import rules

    named = (
        "vin",
        "model",
        "model_name",
        "trim",
        "colour",
        "interior",
        "powertrain",
        "msrp",
        "cost",
        "spot",
        "offer",
        "note",
    )
    days = ("built_on", "paid_on", "arrived_on", "expected_on")
    return {
        **{name: getattr(car, name) for name in named}, **{name: _day(getattr(car, name)) for name in days},
        "stock_state": car.stock_state.value, "allocation": "allocated" if car.allocated else "free",
        "placement": car.placement.value, "hold": car.hold.value, "keeper": keepers.get(car.spot_id or 0, ""),
        "stock_age": rules.stock_age(car, store.today()), "free_days": car.free_days, "vin_reason": car.unchecked,
    }  # fmt: skip


def _deliveries(store: Store, names: dict[int, str]) -> list[dict[str, Any]]:
    from floorlead.calendar import queries as calendar
    from floorlead.cars import queries as cars_queries
    from floorlead.orders import lists, queries, rules
    from floorlead.phones import masked

    found = [*queries.in_delivery(store, store.today()), *queries.waiting(store)]
    there = cars_queries.some(store, [o.car_id for o in found if o.car_id])
    office, papers = calendar.office(store), lists.papers(store)
    told = []
    for order in found:
        car = there.get(order.car_id or 0)
        steps = {code: {"at": done.at, "by": done.by} for code, done in order.done.items()}
        told.append({
            "number": order.number, "customer": order.customer, "phone": masked(order.phone),
            "advisor": names.get(order.advisor_id or 0, ""), "vin": car.vin if car else None, "state": order.state.value,
            "ordered_on": order.ordered_on.isoformat(), "plate_at": order.plate_at or None,
            "handover_at": order.handover_at or None, "temp_plate_until": _day(order.temp_plate_until), "steps": steps,
            "missing": rules.missing(order), "warnings": rules.contradictions(order, queries.around(store.today(), car, office, papers)),
            "reviewed": rules.reviewed(order, store.today()), "closed_at": order.closed_at or None,
        })  # fmt: skip
    return told


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
