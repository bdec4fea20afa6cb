"""What a card made now would look at: people, tables, zones, and on each spot the car that stands there.

A spot that never held a car goes by its own name; one that did goes by its cars, and empty there is nothing to look at.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from floorlead.checks.records import Card, CardWords, CheckList, Row
from floorlead.furniture import queries as furniture_queries
from floorlead.furniture.records import Furniture
from floorlead.people import queries as people_queries
from floorlead.record import record, replace
from floorlead.store import Store
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.cars.records import Car

DAY_SUBJECT = "day:1"
CAR, PIECE = "car:", "furniture:"
SPOTS = ("display_car", "test_drive_car")
"""Kinds of furniture on which cars stand."""


@record
class Standing:
    """The showroom as a card looks at it: its pieces, what stands where, the spots that follow their cars, and who
    stands in for a keeper today."""

    pieces: list[Furniture]
    cars: dict[int, Car]
    followed: set[int]
    stand_ins: dict[int, int]


def live_rows(store: Store, day: date, words: CardWords) -> list[Row]:
    """The rows that a card made now would have, in walking order."""
    kinds = {one.subject for one in words.lists}
    pieces = [] if kinds <= {"person", "day"} else furniture_queries.standing(store)
    showroom = _standing(store, day, pieces) if kinds & set(SPOTS) else Standing(pieces, {}, set(), {})
    people = _people(store, day) if "person" in kinds else []
    rows: list[Row] = []
    for one in words.lists:
        if one.subject == "person":
            rows += [replace(row, list=one.code) for row in people]
        elif one.subject == "day":
            rows.append(Row(0, one.code, DAY_SUBJECT, 1, "1", words.zh, words.en, None))
        else:
            rows += _pieces(one, showroom)
    return rows


def _people(store: Store, day: date) -> list[Row]:
    found = [one for one in people_queries.day(store, day) if one.person.on_cards]
    return [
        Row(0, "", f"person:{one.person.id}", n, str(n), one.person.name, one.person.name_en, one.person.id,
            "" if one.here else one.words(), one.person.search)
        for n, one in enumerate(found, 1)
    ]  # fmt: skip


def _standing(store: Store, day: date, pieces: list[Furniture]) -> Standing:
    """What stands on the spots on a day; of an earlier day nothing is known but what its card kept."""
    if day < store.today():
        return Standing(pieces, {}, set(), {})
    sql = (
        "SELECT f.id, s.person_id, EXISTS (SELECT 1 FROM car_events e WHERE e.spot_id = f.id), "
        "EXISTS (SELECT 1 FROM cars c WHERE c.spot_id = f.id) FROM furniture f "
        "LEFT JOIN stand_ins s ON s.furniture_id = f.id AND s.day = ? "
        "WHERE f.removed_on IS NULL AND f.kind IN ('display_car', 'test_drive_car')"
    )
    rows = store.rows(sql, day.isoformat())
    return Standing(
        pieces, _on_spots(store) if any(taken for *_rest, taken in rows) else {},
        {ident for ident, _who, used, taken in rows if used or taken}, {ident: who for ident, who, *_rest in rows if who},
    )  # fmt: skip


def _on_spots(store: Store) -> dict[int, Car]:
    """What stands where; a showroom that does not keep its cars here never loads them."""
    from floorlead.cars import queries as car_queries

    return car_queries.on_spots(store)


def _pieces(one: CheckList, showroom: Standing) -> list[Row]:
    """The rows of a list that looks at furniture; the place in the walk is the spot's, whatever stands there."""
    found = enumerate((f for f in showroom.pieces if f.kind.value == one.subject), 1)
    rows = [(place, piece, showroom.cars.get(piece.id)) for place, piece in found]
    return [
        _car_row(one.code, place, piece, car, showroom) if car else _piece_row(one.code, place, piece, showroom)
        for place, piece, car in rows
        if car or piece.id not in showroom.followed
    ]


def _piece_row(code: str, place: int, piece: Furniture, showroom: Standing) -> Row:
    owner = showroom.stand_ins.get(piece.id, piece.keeper_id)
    subject = f"{PIECE}{piece.id}"
    return Row(0, code, subject, place, piece.spot or str(place), piece.label, piece.label_en, owner, "", piece.search)


def _car_row(code: str, place: int, piece: Furniture, car: Car, showroom: Standing) -> Row:
    owner = showroom.stand_ins.get(piece.id, piece.keeper_id)
    english = f"{car.model_name_en or car.model} {car.colour_en}".strip()
    label = f"{car.model_name}{car.colour}"
    return Row(0, code, f"{CAR}{car.id}", place, piece.spot or str(place), label, english, owner)


def finding_words(store: Store, rows: Iterable[Row]) -> dict[str, str]:
    """The words to find rows by, as {subject: words}; those of cars are made only when somebody looks for one."""
    from floorlead.cars import lists as car_lists
    from floorlead.cars import queries as car_queries

    found = {row.subject: row.search or f"{row.label} {row.label_en} {row.number}".lower() for row in rows}
    cars = car_queries.some(store, [int(s.removeprefix(CAR)) for s in found if s.startswith(CAR)])
    return found | {f"{CAR}{ident}": car_lists.search(car) for ident, car in cars.items()}


def left_since(store: Store, made: Card) -> set[str]:
    """Subjects of a card of an earlier day that had left their spots when that day ended: a car that was moved, and a
    spot's own name where a car was first put that day."""
    cars = {row.subject: row for row in made.rows if row.subject.startswith(CAR)}
    if not cars:
        return set()
    events = store.rows(
        "SELECT car_id, kind, spot_id FROM car_events WHERE at >= ? AND at < ? ORDER BY id",
        *store.clock.bounds(made.day, made.day),
    )  # fmt: skip
    last = {f"{CAR}{car}": kind for car, kind, _spot in events if kind in _MOVES}
    stays = {one.code: "test_drive" if one.subject == "test_drive_car" else "display" for one in made.words.lists}
    numbers = {row.number for row in cars.values()}
    taken = {f"{PIECE}{spot}" for _car, _kind, spot in events if spot}
    named = {row.subject for row in made.rows if row.subject in taken and row.number in numbers}
    return named | {s for s, row in cars.items() if last.get(s, stays[row.list]) != stays[row.list]}


_MOVES = {"display", "yard", "test_drive", "away", "back", "handed_over", "taken_back", "transferred", "given_back", "returned"}  # fmt: skip
"""Events of a car after which it may stand somewhere else."""


def moved(row: Row) -> Row:
    """A row whose car no longer stands there: what is open in it is not looked at any more."""
    return replace(row, away=_("moved"))
