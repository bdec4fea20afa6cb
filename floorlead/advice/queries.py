"""Reading what the advice is made of, and the versions of a day's advice, which are saved and never change."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from floorlead import settings
from floorlead.advice import rules
from floorlead.advice.records import (
    Advice,
    ColourLine,
    Edit,
    Edits,
    ModelLine,
    OrderDay,
    Push,
    Saved,
    Sold,
    Stock,
    Waiting,
    Wish,
)
from floorlead.calendar import queries as calendar_queries
from floorlead.calendar import rules as calendar
from floorlead.cars import queries as cars_queries
from floorlead.cars import rules as cars
from floorlead.cars.lists import colour_en
from floorlead.cars.records import Model, StockState
from floorlead.orders import queries as orders_queries
from floorlead.record import asdict, replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

REASON_LIMIT = 60
MOST = 99
"""Cars of one line: more than a transporter carries is a slip of the finger."""


def advise(store: Store, day: date | None = None) -> Advice:
    """The advice as of a day (today), from the stock as it is now and the sales of the window before that day."""
    on = day or store.today()
    values = settings.all_of(store)
    window, target_days = int(values["advice_window"]), int(values["advice_target"])
    models = cars_queries.models(store)
    codes = {model.id: model.code for model in models}
    market = rules.Market(_sold(store, on, window, codes), _stock(store, on), _waiting(store, codes), window,
                          int(values["push_days"]))  # fmt: skip
    shares = rules.shares(market.sold)
    wishes = [_wish(model, target_days) for model in models]
    found = [rules.advise(wish, market.of(wish.code), shares) for wish in wishes]
    return _english(Advice(
        on, window, target_days, market.push_days, [model for model, _lines in found if _matters(model)],
        [line for model, lines in found if _matters(model) for line in lines],
        rules.push_first(wishes, market.stock, market.push_days), order_day(store, on),
    ))  # fmt: skip


def _matters(model: ModelLine) -> bool:
    """Whether a model has anything to show; one that was given up years ago has not."""
    return bool(model.sold or model.available or model.waiting or model.minimum)


def _english(advice: Advice) -> Advice:
    lines = [replace(line, colour_en=colour_en(line.colour)) for line in advice.lines]
    return replace(
        advice, lines=lines, push_first=[replace(p, colour_en=colour_en(p.colour)) for p in advice.push_first]
    )


def _wish(model: Model, target_days: int) -> Wish:
    return Wish(model.code, model.name, model.name_en, model.minimum, model.target_days or target_days)


def _sold(store: Store, day: date, window: int, codes: dict[int, str]) -> list[Sold]:
    """Sales of the `window` days before the day, the day itself left out."""
    sql = "SELECT model_id, trim, colour, count(*) FROM sales WHERE day >= ? AND day < ? GROUP BY 1, 2, 3"
    rows = store.rows(sql, (day - timedelta(days=window)).isoformat(), day.isoformat())
    return [Sold(codes[model], trim, colour, count) for model, trim, colour, count in rows]


def _stock(store: Store, day: date) -> list[Stock]:
    """Free cars: here with their age, or on their way; one that was a test-drive car is not sold as new."""
    found = cars_queries.here(store, StockState.IN_STOCK, StockState.IN_TRANSIT)
    return [
        Stock(car.model, car.trim, car.colour, (cars.stock_age(car, day) or 0) if car.in_stock else None, car.vin,
              car.spot or car.placement.value)
        for car in found if car.free and not car.was_test_drive
    ]  # fmt: skip


def _waiting(store: Store, codes: dict[int, str]) -> list[Waiting]:
    """Open orders without a car; one without a model asks for nothing that could be ordered."""
    orders = orders_queries.waiting(store)
    return [Waiting(codes[order.model_id], order.colour, 1) for order in orders if order.model_id in codes]


# -- the order day


def order_day(store: Store, day: date) -> OrderDay:
    """Whether a day is the order day, the next one, and what the calendar has to say to it."""
    office = calendar_queries.office(store)
    weekday = int(settings.get(store, "order_weekday")) - 1
    found = calendar.next_order_day(office, day, weekday)
    unknown = next((year for year in (day.year, found.year) if not office.known(year)), None)
    return OrderDay(day, found == day, found, calendar.skipped(office, found, weekday), unknown)


def order_day_state(store: Store, day: date) -> tuple[bool, int, date, bool]:
    """(whether the day is the order day, its saved version or 0, the next order day, whether the calendar knows it)."""
    found = order_day(store, day)
    return found.is_order_day, last_version(store, day), found.next, found.unknown_year is None


# -- saved versions


def last_version(store: Store, day: date) -> int:
    """The number of the day's newest saved version, 0 where none was saved."""
    return int(store.one("SELECT max(version) FROM advices WHERE day = ?", day.isoformat()) or 0)


def saved(store: Store, day: date, version: int = 0) -> Saved | None:
    """A saved version of a day's advice, the newest where none is named; None where there is none."""
    rows = _rows(store, "day = ? AND version = ?", day.isoformat(), version or last_version(store, day))
    return _saved(rows[0]) if rows else None


def versions(store: Store, day: date) -> list[Saved]:
    """The day's versions, the newest first."""
    return [_saved(row) for row in _rows(store, "day = ? ORDER BY version DESC", day.isoformat())]


def _rows(store: Store, where: str, *values: Any) -> list[tuple[Any, ...]]:
    return store.rows(f"SELECT version, at, by, body FROM advices WHERE {where}", *values)


@decided
def save(store: Store, advice: Advice, edits: Edits, seen: int | None = None) -> int:
    """Save a version of the advice with the leader's own quantities, as one action; returns its number.

    `seen` is the newest version that was looked at. Raises Refused for a quantity that is none or has no reason, and
    where another version was saved since. Nothing is saved where the newest version is the same.
    """
    if any(not 0 <= edit.quantity <= MOST for edit in edits.values()):
        raise Refused("E151", _("Between 0 and {most} cars of one line").format(most=MOST))
    own = {key: Edit(edit.quantity, clean(edit.reason, REASON_LIMIT)) for key, edit in edits.items()}
    if not all(edit.reason for edit in own.values()):
        raise Refused("E155", _("An own number needs its reason before it is saved: Enter on its line"))
    day, version = advice.as_of.isoformat(), last_version(store, advice.as_of)
    before = saved(store, advice.as_of, version)
    body = to_body(advice, own)
    if before and to_body(before.advice, before.edits) == body:
        return version
    if seen is not None and seen != version:
        raise Refused("E154", _("Another terminal saved a version meanwhile; look again, then ^S"))
    with store.write(N_("Order advice {day} version {version} saved"), day=day, version=version + 1) as db:
        sql = "INSERT INTO advices(day, version, at, by, body) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, (day, version + 1, store.clock.stamp(), store.by, body))
    return version + 1


def to_body(advice: Advice, edits: Edits) -> str:
    """An advice with its own quantities as the text that is kept."""
    return json.dumps(asdict({"advice": advice, "edits": edits}), ensure_ascii=False, default=date.isoformat)


def _saved(row: tuple[Any, ...]) -> Saved:
    body = json.loads(row[3])
    edits = {key: Edit(**edit) for key, edit in body["edits"].items()}
    return Saved(row[0], row[1], row[2], _advice(body["advice"]), edits)


def _advice(kept: dict[str, Any]) -> Advice:
    order = {**kept["order"]}
    for name in ("day", "next", "instead_of"):
        order[name] = date.fromisoformat(order[name]) if order[name] else None
    lines = [ColourLine(**{**line, "trims": [tuple(trim) for trim in line["trims"]]}) for line in kept["lines"]]
    made = {"as_of": date.fromisoformat(kept["as_of"]), "models": [ModelLine(**model) for model in kept["models"]],
            "lines": lines, "push_first": [Push(**push) for push in kept["push_first"]],
            "order": OrderDay(**order)}  # fmt: skip
    return Advice(**{**kept, **made})


def record_of(store: Store, day: date, version: int = 0) -> Saved:
    """What the papers show: the day's saved version, else today's advice as it is now (version 0). Raises Refused."""
    found = saved(store, day, version)
    if found:
        return found
    if version or day != store.today():
        sentence = _("No order advice was saved on {day}; only today's can be computed now")
        raise Refused("E150", sentence.format(day=day))
    return Saved(0, store.clock.stamp(), store.by, advise(store, day), {})
