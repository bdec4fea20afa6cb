"""What is done about old cars: announce them, name who pushes them, make an offer, move them; each one action.

Nothing done here touches a day from which an age counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.ageing import notice, queries
from floorlead.ageing.records import MOVE, OFFER, PUSH, TELL, TOLD, AgedCar
from floorlead.cars import moves as car_moves
from floorlead.cars.records import Placement
from floorlead.record import replace
from floorlead.store import Refused, Store, decided
from floorlead.text import clean
from floorlead.words import N_, _

_SAID = {PUSH: N_("Announced to push, {count}: {cars}"), TELL: N_("Announced, {count}: {cars}")}


@decided
def announce(store: Store, cars: Sequence[AgedCar], kind: str = PUSH) -> None:
    """Announce cars (`push` or `tell`); a push names the keeper of a car's spot as its owner where nobody was named.

    Raises Refused without a car, and when a car is no longer what was looked at.
    """
    if not cars or kind not in TOLD:
        raise Refused("E140", _("Pick the cars to announce first: Space on each of them"))
    said = notice.text(cars, store.today(), kind)
    with store.write(_SAID[kind], count=len(cars), cars=notice.list_words(cars)) as db:
        for one in cars:
            car_moves.must_be(db, one.car)
            if kind == PUSH and one.owner_id and one.owner_id != one.car.push_id:
                car_moves.update(db, replace(one.car, push_id=one.owner_id))
        _keep(db, store, cars, kind, said)


def _keep(db: Any, store: Store, cars: Sequence[AgedCar], kind: str, said: str) -> None:
    """Keep what was said of cars inside an open action."""
    values = (store.today().isoformat(), store.clock.stamp(), store.by, kind, said)
    ident = db.execute("INSERT INTO announcements(day, at, by, kind, text) VALUES (?, ?, ?, ?, ?)", values).lastrowid
    db.executemany(
        "INSERT INTO announced_cars(announcement_id, car_id, age, owner_id, offer) VALUES (?, ?, ?, ?, ?)",
        [(ident, one.id, one.stock_age, one.owner_id, one.car.offer) for one in cars],
    )


@decided
def set_offer(
    store: Store, cars: Sequence[AgedCar], offer: str | None = None, owner: tuple[int, str] | None = None
) -> None:
    """Change the offer, who pushes (id and name; id 0 for nobody), or both; None leaves it. Raises Refused."""
    given = None if offer is None else clean(offer, car_moves.WORD_LIMIT)
    told = " ".join(filter(None, [given, owner[1] if owner else ""]))
    with store.write(N_("Offer and owner of {cars}: {what}"), cars=notice.list_words(cars), what=told or "-") as db:
        after = [_offered(db, store, one, given, owner) for one in cars]
        changed = [one for one, before in zip(after, cars, strict=True) if one is not before]
        if changed:
            _keep(db, store, changed, OFFER, told)


def _offered(db: Any, store: Store, one: AgedCar, offer: str | None, owner: tuple[int, str] | None) -> AgedCar:
    changes: dict[str, Any] = {}
    if offer is not None and offer != one.car.offer:
        changes["offer"] = offer
    if owner is not None and (owner[0] or None) != one.car.push_id:
        changes["push_id"] = owner[0] or None
    if not changes:
        return one
    car = car_moves.change(db, store, one.car, "changed", changes.get("offer", ""), **changes)
    return replace(one, car=car, owner_id=queries.owner_of(store, car))


@decided
def to_yard(store: Store, cars: Sequence[AgedCar]) -> None:
    """Take cars off their spots, or back into the house; they keep their ages. Raises Refused."""
    with store.write(N_("{cars} to the yard"), cars=notice.list_words(cars)) as db:
        for one in cars:
            kind = "back" if one.car.placement is Placement.AWAY else "yard"
            car_moves.change(db, store, one.car, kind, one.car.spot, placement=Placement.YARD, spot_id=None)
        _keep(db, store, cars, MOVE, "")


@decided
def put_on_display(store: Store, one: AgedCar, spot: int, name: str) -> None:
    """Put a car on a display spot that is empty; it keeps its age. Raises Refused."""
    with store.write(N_("{car} on display {spot}"), car=one.car.both(), spot=name) as db:
        car_moves.change(db, store, one.car, "display", name, placement=Placement.DISPLAY, spot_id=spot)
        _keep(db, store, [one], MOVE, name)
