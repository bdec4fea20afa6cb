"""Everything that is done to a car: each one action, refused in words where the trade forbids it, undone by Ctrl+Z."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.cars import lists, queries, rules
from floorlead.cars.queries import key_back as key_back
from floorlead.cars.queries import key_out as key_out
from floorlead.cars.records import Car, Hold, Model, Placement, StockState
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _, both

WORD_LIMIT, NOTE_LIMIT = 40, 120
_NAMES = queries.COLUMNS.split(", ")


def blank() -> Car:
    """A car still to be entered."""
    return Car(
        0, "", 0, "", "", "", "", "", "", "", None, None, None, None, None, None, StockState.IN_STOCK, False,
        Placement.YARD, Hold.NO, None, "", None, 0, "", False, "", None, "",
    )  # fmt: skip


# -- entering and correcting


@decided
def save(store: Store, car: Car, before: Car | None = None, model: Model | None = None) -> int:
    """Enter or change a car's own facts (not where it stands); returns its id. Raises Refused.

    `before` is the record that was edited, `model` the car's model where that may be new too. A wrong check digit needs
    the reason in `car.unchecked`.
    """
    car = _ready(store, car, model)
    words = N_("Changed {car}") if car.id else N_("Added {car}")
    with store.write(words, car=car.both()) as db:
        if before is not None:
            must_be(db, before)
        if model is not None and not model.id:
            car = replace(car, model_id=put_model(db, model))
        ident = car.id or insert(db, car)
        if car.id:
            update(db, car)
            db.execute("UPDATE cars SET search = ? WHERE id = ?", (lists.words(car), car.id))
        note(db, store, ident, "changed" if car.id else "entered")
    return ident


def _ready(store: Store, car: Car, model: Model | None = None) -> Car:
    vin = rules.normal_vin(car.vin)
    trouble = rules.vin_trouble(vin)
    reason = clean(car.unchecked, NOTE_LIMIT)
    if trouble and not (trouble.kind == "digit" and reason):
        hint = " " + _("Look again, or give a reason to keep it") if trouble.kind == "digit" else ""
        raise Refused("E101", trouble.sentence + hint)
    taken(store, vin, car.id)
    if not car.model_id and model is None:
        raise Refused("E102", _("A car needs its model"))
    wrong = rules.date_trouble(car, store.today())
    if wrong:
        raise Refused("E103", wrong)
    texts = {
        name: clean(getattr(car, name), WORD_LIMIT) for name in ("trim", "colour", "interior", "powertrain", "offer")
    }
    return replace(car, vin=vin, unchecked=reason if trouble else "", note=clean(car.note, NOTE_LIMIT), **texts)


def taken(store: Store, vin: str, ident: int = 0) -> None:
    """Refuse a VIN that another car has, or had once: a number is never used again."""
    other = queries.by_vin(store, vin)
    if other is None or other.id == ident:
        return
    if other.stock_state is StockState.IN_TRANSIT:
        raise Refused(
            "E104", _("{vin} is on its way already: {car}; enter its arrival").format(vin=vin, car=other.shown)
        )
    place = other.place_words()
    raise Refused("E105", _("{vin} is here already: {car}, {place}").format(vin=vin, car=other.shown, place=place))


@decided
def correct_vin(store: Store, car: Car, typed: str, reason: str, unchecked: str = "") -> None:
    """Correct a wrong VIN; the wrong number stays findable and is never used again. Raises Refused."""
    why = clean(reason, NOTE_LIMIT)
    if not why:
        raise Refused("E106", _("A correction needs a reason"))
    new = _ready(store, replace(car, vin=typed, unchecked=unchecked))
    if new.vin == car.vin:
        return
    with store.write(N_("VIN {old} corrected to {new}: {why}"), old=car.vin, new=new.vin, why=why) as db:
        must_be(db, car)
        db.execute("DELETE FROM car_aliases WHERE car_id = ? AND vin = ?", (car.id, new.vin))
        db.execute(
            "UPDATE sales SET vin = ? WHERE order_id IN (SELECT id FROM orders WHERE car_id = ?)", (new.vin, car.id)
        )
        db.execute(
            "INSERT INTO car_aliases(car_id, vin, at, by, reason) VALUES (?, ?, ?, ?, ?)",
            (car.id, car.vin, store.clock.stamp(), store.by, why),
        )
        db.execute("UPDATE cars SET vin = ?, unchecked = ? WHERE id = ?", (new.vin, new.unchecked, car.id))
        note(db, store, car.id, "vin", detail=car.vin)


@decided
def save_model(store: Store, model: Model) -> int:
    """Enter or change a model; returns its id. Raises Refused."""
    code, name = clean(model.code, 12), clean(model.name, WORD_LIMIT)
    if not code:
        raise Refused("E107", _("A model needs a code such as QY"))
    if model in queries.models(store):
        return model.id
    other = store.one("SELECT id FROM models WHERE code = ? AND id <> ?", code, model.id)
    if other:
        raise Refused("E108", _("There is a model {code} already").format(code=code))
    with store.write(N_("Model {name}"), name={"zh": name or code, "en": model.name_en or code}) as db:
        return put_model(db, replace(model, code=code, name=name or code, name_en=clean(model.name_en, WORD_LIMIT)))


def put_model(db: Any, model: Model) -> int:
    """Save a model inside an action that is already open; returns its id."""
    values = (model.code, model.name, model.name_en, model.minimum, model.target_days, model.position)
    if model.id:
        sql = (
            "UPDATE models SET code = ?, name = ?, name_en = ?, minimum = ?, target_days = ?, position = ? WHERE id = ?"
        )
        db.execute(sql, (*values, model.id))
        return model.id
    sql = "INSERT INTO models(code, name, name_en, minimum, target_days, position) VALUES (?, ?, ?, ?, ?, ?)"
    return int(db.execute(sql, values).lastrowid)


# -- inside an open action


def values(car: Car) -> tuple[Any, ...]:
    """A car's columns in the order of `queries.COLUMNS`."""
    days = [day.isoformat() if day else None for day in (car.built_on, car.paid_on, car.arrived_on, car.expected_on)]
    return (
        car.vin, car.model_id, car.trim, car.colour, car.interior, car.powertrain, car.msrp, car.cost, *days,
        car.stock_state.value, "allocated" if car.allocated else "free", car.placement.value, car.hold.value,
        car.spot_id, car.left_on.isoformat() if car.left_on else None, car.free_days, car.unchecked,
        int(car.was_test_drive), car.offer, car.push_id, car.note,
    )  # fmt: skip


INSERT = f"INSERT INTO cars({queries.COLUMNS}, search) VALUES ({', '.join('?' * (len(_NAMES) + 1))})"
UPDATE = f"UPDATE cars SET {', '.join(f'{name} = ?' for name in _NAMES)} WHERE id = ?"


def insert(db: Any, car: Car) -> int:
    """Enter a car; returns its id."""
    return int(db.execute(INSERT, (*values(car), lists.words(car))).lastrowid)


def update(db: Any, car: Car) -> None:
    """Write all columns of a car."""
    db.execute(UPDATE, (*values(car), car.id))


def must_be(db: Any, before: Car) -> None:
    """Refuse when the car is no longer what was looked at."""
    row = db.execute(f"SELECT {queries.COLUMNS} FROM cars WHERE id = ?", (before.id,)).fetchone()
    if row != values(before):
        sentence = _("{name} was changed by another terminal meanwhile; look again")
        raise Refused("E43", sentence.format(name=f"{before.shown} {before.tail}"))


def note(db: Any, store: Store, car: int, kind: str, spot: int | None = None, detail: str = "") -> None:
    """Put an event on a car's story."""
    sql = "INSERT INTO car_events(car_id, at, by, kind, spot_id, detail) VALUES (?, ?, ?, ?, ?, ?)"
    db.execute(sql, (car, store.clock.stamp(), store.by, kind, spot, detail))


def change(db: Any, store: Store, car: Car, kind: str, detail: str = "", **changes: Any) -> Car:
    """One lawful change of a car inside an open action, noted on its story; returns the car after it.

    What changes nothing leaves nothing behind. Raises Refused."""
    sentence = rules.forbidden(car, kind)
    if sentence:
        raise Refused("E109", sentence)
    must_be(db, car)
    after = replace(car, **changes)
    if after == car:
        return car
    if after.spot_id and after.spot_id != car.spot_id:
        _free_spot(db, after)
    if car.placement is Placement.TEST_DRIVE and after.placement is not Placement.TEST_DRIVE:
        _key_is_here(db, car)
    update(db, after)
    note(db, store, car.id, kind, after.spot_id if kind in ("display", "test_drive") else None, detail)
    return after


def _key_is_here(db: Any, car: Car) -> None:
    if db.execute("SELECT 1 FROM drives WHERE car_id = ? AND back_at IS NULL", (car.id,)).fetchone():
        raise Refused(
            "E113", _("the key of {car} is out; enter its return first").format(car=f"{car.shown} {car.tail}")
        )


def _free_spot(db: Any, car: Car) -> None:
    row = db.execute(
        "SELECT c.vin, f.spot, f.label FROM cars c JOIN furniture f ON f.id = c.spot_id WHERE c.spot_id = ? AND c.id <> ?",
        (car.spot_id, car.id),
    ).fetchone()
    if row:
        sentence = _("{spot} holds the car {tail}; take it off first")
        raise Refused("E110", sentence.format(spot=row[1] or row[2], tail=row[0][-4:]))


# -- a car's life


@decided
def arrive(store: Store, car: Car, day: date | None = None, hold: Hold = Hold.PDI) -> Car:
    """The car has arrived on a day (today); its age begins. It waits for its PDI until that is released."""
    on = day or store.today()
    wrong = rules.date_trouble(replace(car, arrived_on=on), store.today())
    if wrong:
        raise Refused("E103", wrong)
    with store.write(N_("{car} arrived"), car=car.both()) as db:
        return change(db, store, car, "arrived", stock_state=StockState.IN_STOCK, placement=Placement.YARD,
                      arrived_on=on, hold=hold)  # fmt: skip


@decided
def put_on_display(store: Store, car: Car, spot: int, name: str) -> Car:
    """Put a car on a display spot that is empty; `name` is the spot's. Its age goes on."""
    with store.write(N_("{car} on display {spot}"), car=car.both(), spot=name) as db:
        return change(db, store, car, "display", name, placement=Placement.DISPLAY, spot_id=spot)


@decided
def exchange(store: Store, off: Car, on: Car) -> Car:
    """Rotate: a car leaves its spot for the yard and another one takes the spot, as one action."""
    with store.write(N_("{spot}: {on} instead of {off}"), spot=off.spot, on=on.both(), off=off.both()) as db:
        change(db, store, off, "yard", off.spot, placement=Placement.YARD, spot_id=None)
        return change(db, store, on, "display", off.spot, placement=Placement.DISPLAY, spot_id=off.spot_id)


@decided
def to_yard(store: Store, car: Car) -> Car:
    """The car goes to the yard, from a spot, the test drives or out of the house."""
    kind = "back" if car.placement is Placement.AWAY else "yard"
    with store.write(N_("{car} to the yard"), car=car.both()) as db:
        return change(db, store, car, kind, car.spot, placement=Placement.YARD, spot_id=None)


@decided
def to_test_drives(store: Store, car: Car, spot: int | None = None) -> Car:
    """The car becomes a test-drive car; it leaves the stock to sell and is never again sold as new."""
    with store.write(N_("{car} is a test-drive car"), car=car.both()) as db:
        return change(db, store, car, "test_drive", placement=Placement.TEST_DRIVE, spot_id=spot, was_test_drive=True)


@decided
def go_away(store: Store, car: Car, where: str = "") -> Car:
    """The car leaves the house for a while (a roadshow, a workshop)."""
    with store.write(N_("{car} out of the house {where}"), car=car.both(), where=clean(where, WORD_LIMIT)) as db:
        return change(db, store, car, "away", clean(where, WORD_LIMIT), placement=Placement.AWAY, spot_id=None)


@decided
def put_hold(store: Store, car: Car, hold: Hold, why: str = "") -> Car:
    """Hold a car for damage or PDI, or release it (`Hold.NO`)."""
    kind = hold.value or "released"
    with store.write(
        N_("{car} {what} {why}"), car=car.both(), what=both(rules.EVENT_WORDS[kind]), why=clean(why, NOTE_LIMIT)
    ) as db:
        return change(db, store, car, kind, clean(why, NOTE_LIMIT), hold=hold)


@decided
def transfer(store: Store, car: Car, where: str = "") -> Car:
    """The car goes to a sister store; it keeps its age."""
    with store.write(N_("{car} to a sister store {where}"), car=car.both(), where=clean(where, WORD_LIMIT)) as db:
        return change(db, store, car, "transferred", clean(where, WORD_LIMIT), stock_state=StockState.TRANSFERRED,
                      placement=Placement.NONE, spot_id=None)  # fmt: skip


@decided
def give_back(store: Store, car: Car) -> Car:
    """The car is back from the sister store, or from the maker after all, with its own arrival day."""
    with store.write(N_("{car} is back"), car=car.both()) as db:
        return change(
            db, store, car, "given_back", stock_state=StockState.IN_STOCK, placement=Placement.YARD, left_on=None
        )


@decided
def free(store: Store, car: Car) -> Car:
    """A car that a list calls allocated, and that belongs to no order here, is free again. Raises Refused."""
    sql = "SELECT customer FROM orders WHERE car_id = ? AND car_id IS NOT NULL AND state = 'open'"
    who = store.one(sql, car.id)
    if who:
        raise Refused(
            "E114", _("{car} belongs to the order of {name}; change it there").format(car=car.shown, name=who)
        )
    with store.write(N_("{car} free again"), car=car.both()) as db:
        return change(db, store, car, "freed", allocated=False)


@decided
def return_to_maker(store: Store, car: Car, why: str = "") -> Car:
    """The car leaves the books, back to the maker."""
    with store.write(N_("{car} returned to the maker {why}"), car=car.both(), why=clean(why, NOTE_LIMIT)) as db:
        return change(db, store, car, "returned", clean(why, NOTE_LIMIT), stock_state=StockState.RETURNED,
                      placement=Placement.NONE, spot_id=None, left_on=store.today())  # fmt: skip
