"""The rota as JSON-ready values; the fields stand in the command's help."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.duty.records import clocked
from floorlead.rota import signs
from floorlead.rota.records import Stretch

if TYPE_CHECKING:
    from floorlead.people.records import Person
    from floorlead.planning.rota import Violation


def to_json(stretch: Stretch) -> dict[str, Any]:
    """Days, people with their cells and counts, and the desk."""
    return {
        "from": stretch.first.isoformat(), "to": stretch.last.isoformat(),
        "published_at": stretch.published_at or None,
        "days": [_day(stretch, day) for day in stretch.days],
        "people": [_person(stretch, person) for person in stretch.people],
        "desk": _desk(stretch),
        "gaps": [{"date": day.isoformat(), "slot": slot.code} for day, slot in signs.gaps(stretch)],
    }  # fmt: skip


def _day(stretch: Stretch, day: date) -> dict[str, Any]:
    light = stretch.lights[day]
    return {
        "date": day.isoformat(), "kind": stretch.kinds[day], "planned": light.planned, "short": light.short,
        "desk_gaps": list(light.gaps), "published": day in stretch.published,
    }  # fmt: skip


def _person(stretch: Stretch, person: Person) -> dict[str, Any]:
    count = stretch.counts[person.id]
    cells = {
        day.isoformat(): {
            "code": cell.code, "planned": cell.shift, "locked": cell.locked, "leave": cell.leave,
            "outing": bool(cell.outing), "half": cell.half, "changed": cell.marked,
        }
        for day in stretch.days if person.works_on(day) and (cell := stretch.cells.get((person.id, day)))
    }  # fmt: skip
    return {
        "id": person.id, "number": person.number, "name": person.shown, "trainee": person.trainee, "cells": cells,
        "counts": {"desk": count.desk, "late": count.late, "weekend": count.weekend, "off": count.off, "substitute": count.substitute},
    }  # fmt: skip


def _desk(stretch: Stretch) -> list[dict[str, Any]]:
    numbers = {person.id: person.number for person in stretch.people}
    return [
        {
            "date": day.isoformat(), "slot": code, "from": clocked(one.slot.starts), "to": clocked(one.slot.ends),
            "holder": numbers.get(one.holder or 0), "substitute": numbers.get(one.substitute or 0),
        }
        for (day, code), one in stretch.desk.items()
    ]  # fmt: skip


def broken_json(found: Sequence[Violation], people: Sequence[Person]) -> list[dict[str, Any]]:
    """Broken rules: law, house and wish apart by `kind`."""
    numbers = {person.id: person.number for person in people}
    return [
        {
            "kind": one.kind, "code": one.code, "text": one.text, "date": one.date.isoformat() if one.date else None,
            "slot": one.slot, "people": [numbers.get(int(who), str(who)) for who in one.people],
        }
        for one in found
    ]  # fmt: skip
