"""Reading cars: those that are here are read at once, one that left is found by its VIN or the end of it; and the log
of the test drives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from floorlead import settings
from floorlead.cars import rules
from floorlead.cars.records import HERE, Car, Drive, Event, Hold, Model, Placement, StockState
from floorlead.store import Refused, Store, decided
from floorlead.text import clean, fold
from floorlead.words import N_, _

NOTE_LIMIT = 120
COLUMNS = (
    "vin, model_id, trim, colour, interior, powertrain, msrp, cost, built_on, paid_on, arrived_on, expected_on, "
    "stock_state, allocation, placement, hold, spot_id, left_on, free_days, unchecked, was_test_drive, offer, push_id, note"
)
"""The columns of a car in the file, without its id and its finding words."""
_SELECT = (
    "SELECT c.id, c.vin, c.model_id, m.code, m.name, m.name_en, c.trim, c.colour, c.interior, c.powertrain, c.msrp, "
    "c.cost, c.built_on, c.paid_on, c.arrived_on, c.expected_on, c.stock_state, c.allocation, c.placement, c.hold, "
    "c.spot_id, f.spot, c.left_on, c.free_days, c.unchecked, c.was_test_drive, c.offer, c.push_id, c.note, c.search "
    "FROM cars c JOIN models m ON m.id = c.model_id LEFT JOIN furniture f ON f.id = c.spot_id"
)
_WALK = "ORDER BY f.position, m.position, m.code, c.colour, c.arrived_on, c.id"
_STATE, _PLACEMENT, _HOLD = ({kind.value: kind for kind in kinds} for kinds in (StockState, Placement, Hold))


def _car(row: tuple[Any, ...]) -> Car:
    days: list[Any] = [_day(text) for text in row[12:16]]
    axes: list[Any] = [_STATE[row[16]], row[17] == "allocated", _PLACEMENT[row[18]], _HOLD[row[19]]]
    rest: list[Any] = [row[20], row[21] or "", _day(row[22]), row[23], row[24], bool(row[25]), *row[26:]]
    return Car(*row[:12], *days, *axes, *rest)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def here(store: Store, *states: StockState, order: bool = True) -> list[Car]:
    """The cars that belong to the showroom now (or those of the states named), display cars in walking order first;
    without `order` as they come, for those who sort them by something else."""
    wanted = states or HERE
    marks = ", ".join("?" * len(wanted))
    walk = _WALK if order else ""
    rows = store.rows(f"{_SELECT} WHERE c.stock_state IN ({marks}) {walk}", *(state.value for state in wanted))
    cars = [_car(row) for row in rows]
    if not order:
        return cars
    return [car for car in cars if car.spot_id] + [car for car in cars if not car.spot_id]


def of(store: Store, ident: int) -> Car | None:
    """A car by its id."""
    rows = store.rows(f"{_SELECT} WHERE c.id = ?", ident)
    return _car(rows[0]) if rows else None


def some(store: Store, idents: Iterable[int]) -> dict[int, Car]:
    """Cars by their ids, as {id: car}."""
    wanted = list(dict.fromkeys(idents))
    found: dict[int, Car] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        rows = store.rows(f"{_SELECT} WHERE c.id IN ({', '.join('?' * len(part))})", *part)
        found |= {row[0]: _car(row) for row in rows}
    return found


def counts(store: Store) -> dict[str, int]:
    """The stock in numbers as `rules.counts` tells them, counted in the file."""
    states = ", ".join(f"'{state.value}'" for state in HERE)
    rows = store.rows(
        "SELECT stock_state, placement, allocation, hold, count(*) FROM cars "
        f"WHERE stock_state IN ({states}) GROUP BY 1, 2, 3, 4"
    )
    found = dict.fromkeys(rules.COUNTED, 0)
    for state, place, allocation, hold, count in rows:
        for name in rules.kinds_of(StockState(state), allocation == "allocated", Placement(place), Hold(hold)):
            found[name] += count
    return found


def by_vin(store: Store, vin: str) -> Car | None:
    """A car by its VIN, or by a wrong number that it carried before."""
    ident = store.one("SELECT id FROM cars WHERE vin = ?", vin) or store.one(
        "SELECT car_id FROM car_aliases WHERE vin = ?", vin
    )
    return of(store, ident) if ident else None


def by_tail(store: Store, typed: str) -> list[Car]:
    """Cars, also those that left, whose VIN ends in what was typed (4 to 17 characters); those still here first."""
    tail = rules.normal_vin(fold(typed))
    if not 4 <= len(tail) <= rules.VIN_LENGTH:
        return []
    rows = store.rows(f"{_SELECT} WHERE substr(c.vin, -4) = ? {_WALK}", tail[-4:])
    found = [car for car in map(_car, rows) if car.vin.endswith(tail)]
    return sorted(found, key=lambda car: car.stock_state not in HERE)


def on_spots(store: Store) -> dict[int, Car]:
    """What stands where now, as {spot's id: car}."""
    return {car.spot_id: car for car in map(_car, store.rows(f"{_SELECT} WHERE c.spot_id IS NOT NULL")) if car.spot_id}


def spots_used(store: Store) -> set[int]:
    """Spots on which a car was ever put: what stands there is told by the cars, an empty one is empty."""
    found = {i for (i,) in store.rows("SELECT DISTINCT spot_id FROM car_events WHERE spot_id IS NOT NULL")}
    return found | {i for (i,) in store.rows("SELECT spot_id FROM cars WHERE spot_id IS NOT NULL")}


def models(store: Store) -> list[Model]:
    """Every model, in the showroom's order."""
    sql = "SELECT id, code, name, name_en, minimum, target_days, position FROM models ORDER BY position, code"
    return [Model(*row) for row in store.rows(sql)]


def aliases(store: Store, car: Car) -> list[tuple[str, str, str, str]]:
    """Wrong numbers that the car carried: (VIN, local stamp, who, reason), the newest first."""
    sql = "SELECT vin, at, by, reason FROM car_aliases WHERE car_id = ? ORDER BY id DESC"
    return [(vin, at, by, reason) for vin, at, by, reason in store.rows(sql, car.id)]


def story(store: Store, car: Car, most: int = 50) -> list[Event]:
    """What happened to a car, the newest first."""
    sql = (
        "SELECT e.at, e.by, e.kind, f.spot, e.detail FROM car_events e LEFT JOIN furniture f ON f.id = e.spot_id "
        "WHERE e.car_id = ? ORDER BY e.id DESC LIMIT ?"
    )
    return [Event(at, by, kind, spot or "", detail) for at, by, kind, spot, detail in store.rows(sql, car.id, most)]


def displayed_since(store: Store, cars: Sequence[Car]) -> dict[int, date]:
    """Since when each display car stands on its spot, as {car's id: day}; its arrival where nothing was noted."""
    noted = dict(
        store.rows(
            "SELECT e.car_id, max(e.at) FROM cars c CROSS JOIN car_events e ON e.car_id = c.id AND e.spot_id = c.spot_id "
            "WHERE c.spot_id IS NOT NULL AND e.kind = 'display' GROUP BY e.car_id"
        )
    )
    day_at = store.clock.day_at
    days = {car.id: day_at(noted[car.id]) if car.id in noted else car.arrived_on for car in cars}
    return {ident: day for ident, day in days.items() if day}


def drives_of(store: Store, car: Car, most: int = 20) -> list[Drive]:
    """A test-drive car's drives, the newest first."""
    sql = "SELECT id, car_id, person_id, out_at, back_at, km_out, km_back, note FROM drives WHERE car_id = ? ORDER BY id DESC LIMIT ?"
    return [Drive(*row) for row in store.rows(sql, car.id, most)]


def drives_out(store: Store) -> dict[int, Drive]:
    """The drives whose key is not back yet, as {car's id: drive}."""
    sql = "SELECT id, car_id, person_id, out_at, back_at, km_out, km_back, note FROM drives WHERE back_at IS NULL"
    return {drive.car_id: drive for drive in (Drive(*row) for row in store.rows(sql))}


def cars_out(store: Store) -> list[tuple[Car, Drive, int]]:
    """The test-drive cars whose key is not back, each with its drive and the minutes since, the longest out first."""
    out = drives_out(store)
    cars = some(store, out)
    now = store.clock.now().replace(tzinfo=None)
    gone = {ident: (now - datetime.fromisoformat(drive.out_at)).total_seconds() for ident, drive in out.items()}
    found = [(cars[ident], drive, max(0, int(gone[ident] // 60))) for ident, drive in out.items()]
    return sorted(found, key=lambda one: -one[2])


def thresholds(store: Store) -> tuple[int, ...]:
    """The showroom's age thresholds in days, growing: 30, 60, 90, 180."""
    found = [int(part) for part in settings.get(store, "age_days").replace("/", " ").split()]
    return tuple(found)


def rate(store: Store) -> float:
    """The yearly rate of the stock's financing, in percent."""
    return float(settings.get(store, "apr"))


# -- test drives


@decided
def key_out(store: Store, car: Car, person: int | None, km: int | None, note: str = "") -> None:
    """The key of a test-drive car leaves with somebody, the odometer at `km`. Raises Refused."""
    car = of(store, car.id) or car
    if car.placement is not Placement.TEST_DRIVE or not car.in_stock:
        raise Refused("E111", _("{car} is no test-drive car").format(car=f"{car.shown} {car.tail}"))
    last = store.one("SELECT max(km_back) FROM drives WHERE car_id = ?", car.id)
    if km is not None and last is not None and km < last:
        raise Refused("E112", _("the odometer was at {last} km already").format(last=last))
    with store.write(N_("{car} key out {time}"), car=car.both(), time=store.clock.stamp()[11:16]) as db:
        if db.execute("SELECT 1 FROM drives WHERE car_id = ? AND back_at IS NULL", (car.id,)).fetchone():
            raise Refused("E113", _("the key of {car} is out already").format(car=f"{car.shown} {car.tail}"))
        sql = "INSERT INTO drives(car_id, person_id, out_at, km_out, note) VALUES (?, ?, ?, ?, ?)"
        db.execute(sql, (car.id, person, store.clock.stamp(), km, clean(note, NOTE_LIMIT)))


@decided
def key_back(store: Store, car: Car, drive: Drive, km: int | None) -> None:
    """The key is back, the odometer at `km`. Raises Refused."""
    last = store.one("SELECT max(max(coalesce(km_back, 0), coalesce(km_out, 0))) FROM drives WHERE car_id = ?", car.id)
    if km is not None and last and km < last:
        raise Refused("E112", _("the odometer was at {last} km already").format(last=last))
    with store.write(N_("{car} key back {time}"), car=car.both(), time=store.clock.stamp()[11:16]) as db:
        sql = "UPDATE drives SET back_at = ?, km_back = ? WHERE id = ? AND back_at IS NULL"
        db.execute(sql, (store.clock.stamp(), km, drive.id))
