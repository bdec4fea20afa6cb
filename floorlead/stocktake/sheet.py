"""The stock-take on paper and as JSON: the list to walk with, a box before each car, and what came out of it.

On the list the cars stand in walking order, place after place; the end of the VIN is what is compared on the car.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.cars.records import HOLD_WORDS, PLACEMENT_WORDS, Car, Placement
from floorlead.paper.model import Block, Column, Heading, Note, Paper, Sign, Table
from floorlead.stocktake.records import Mark, Walk
from floorlead.words import _, language

Head = tuple[str, str, str]
BOX, TICKED = "[ ]", "v"
TAIL = 8
"""Letters of the VIN on the list."""


def difference(mark: Mark, car: Car | None) -> str:
    """What is different about something found, in words."""
    if car is None:
        return _("unknown number")
    if car.in_stock:
        return _("came since")
    return _("is {state}").format(state=car.place_words())


def state(car: Car) -> str:
    """What is to be known about a car on the walk: sold, held."""
    return " ".join(filter(None, (_("allocated") if car.allocated else "", _(HOLD_WORDS[car.hold]))))


def draw(head: Head, walk: Walk, printed: str = "") -> Paper:
    """The list of a walk that goes on, with what was seen so far; of a closed one its result."""
    take = walk.take
    blocks: list[Block] = _result(walk) if not take.open else _list(walk)
    name = _("Stock-take result") if not take.open else _("Stock-take list")
    foot = f"{take.day:%Y%m%d}-P{take.id} {printed}".strip()
    return Paper("stocktake", language(), name, head, [*blocks, Sign([_("Counted by"), _("Sales manager"), _("Remarks")])],
                 ("floorlead", foot))  # fmt: skip


def counts_words(walk: Walk) -> str:
    """A walk in numbers."""
    told = _("expected {expected}  seen {seen}  unseen {unseen}  differences {found}")
    return told.format(expected=len(walk.seen) + len(walk.unseen), seen=len(walk.seen), unseen=len(walk.unseen),
                       found=len(walk.found))  # fmt: skip


def _list(walk: Walk) -> list[Block]:
    seen = {car.id: mark for car, mark in walk.seen}
    notes = {car.id: mark.note for car, mark in walk.unseen if mark}
    cars = {car.id: car for car, _mark in [*walk.unseen, *walk.seen]}
    ordered = [cars[ident] for ident in walk.take.expected if ident in cars]
    blocks: list[Block] = [Note(counts_words(walk))]
    for placement in dict.fromkeys(car.placement for car in ordered):
        here = [car for car in ordered if car.placement is placement]
        rows = [_line(n, car, car.id in seen, notes.get(car.id, "")) for n, car in enumerate(here, 1)]
        blocks += [Heading(_place(here[0], len(here))), Table(_columns(placement is Placement.DISPLAY), rows)]
    return [
        *blocks,
        *_differences(walk),
        Note(_("Found but not on the list: write the end of its VIN here. ______________")),
    ]


def _place(car: Car, count: int) -> str:
    word = _(PLACEMENT_WORDS[car.placement]) if car.in_stock else car.place_words()
    return _("{place}  {count} cars").format(place=word, count=count)


def _columns(spots: bool) -> list[Column]:
    where = [Column(_("Spot"), 5)] if spots else []
    return [
        Column("", 4, "center"), Column("#", 3, "right"), *where, Column(_("VIN ends"), 9),
        Column(_("Model, colour"), 16), Column(_("Trim"), 14), Column(_("Remarks"), 0),
    ]  # fmt: skip


def _line(number: int, car: Car, seen: bool, note: str) -> list[str]:
    where = [car.spot] if car.placement is Placement.DISPLAY else []
    told = " ".join(filter(None, (state(car), note)))
    return [TICKED if seen else BOX, str(number), *where, car.vin[-TAIL:], car.shown, car.trim, told]


def _result(walk: Walk) -> list[Block]:
    blocks: list[Block] = [Heading(counts_words(walk))]
    if walk.unseen:
        columns = [Column("#", 3, "right"), Column(_("Where"), 16), *_columns(False)[2:]]
        rows = [
            [str(n), car.place_words(), car.vin[-TAIL:], car.shown, car.trim,
             " ".join(filter(None, (state(car), mark.note if mark else "")))]
            for n, (car, mark) in enumerate(walk.unseen, 1)
        ]  # fmt: skip
        blocks += [Heading(_("Not seen")), Table(columns, rows)]
    blocks += _differences(walk)
    if not walk.unseen and not walk.found:
        blocks.append(Note(_("Every car was seen, and nothing else was found.")))
    return blocks


def _differences(walk: Walk) -> list[Block]:
    if not walk.found:
        return []
    columns = [
        Column("#", 3, "right"), Column(_("Typed"), 17), Column(_("Model, colour"), 16), Column(_("Difference"), 22),
        Column(_("Remarks"), 0),
    ]  # fmt: skip
    rows = [
        [str(n), mark.typed, car.shown if car else "-", difference(mark, car), mark.note]
        for n, (mark, car) in enumerate(walk.found, 1)
    ]
    return [Heading(_("Found, and not on the list")), Table(columns, rows)]


def to_json(as_of: date, walk: Walk | None, due: date | None) -> dict[str, Any]:
    """The newest stock-take as JSON-ready values; without one its numbers are null."""
    told: dict[str, Any] = {"as_of": as_of.isoformat(), "begun_at": None, "closed_at": None, "expected": None, "seen": None,
                            "unseen": [], "found": [], "due": due.isoformat() if due else None}  # fmt: skip
    if walk is None:
        return told
    told |= {
        "begun_at": walk.take.begun_at, "closed_at": walk.take.closed_at or None,
        "expected": len(walk.seen) + len(walk.unseen), "seen": len(walk.seen),
        "unseen": [_car_json(car) | {"note": mark.note if mark else ""} for car, mark in walk.unseen],
        "found": [_found_json(mark, car) for mark, car in walk.found],
    }  # fmt: skip
    return told


def _car_json(car: Car) -> dict[str, Any]:
    return {"vin": car.vin, "model": car.model, "trim": car.trim, "colour": car.colour, "placement": car.placement.value,
            "spot": car.spot, "stock_state": car.stock_state.value}  # fmt: skip


def _found_json(mark: Mark, car: Car | None) -> dict[str, Any]:
    return {"typed": mark.typed, "at": mark.at, "note": mark.note, "car": _car_json(car) if car else None}
