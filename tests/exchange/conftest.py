"""What the tests of reading in and writing out share: a table from lines, an import, the demo showroom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from floorlead import shelf
from floorlead.cars import queries as cars
from floorlead.cars.records import Car
from floorlead.cars.rules import check_digit
from floorlead.exchange import files, moves
from floorlead.exchange.records import Plan
from floorlead.people import queries as people
from floorlead.people.files import read_people
from floorlead.store import Store


def vin(number: int) -> str:
    """A right VIN that ends in the number."""
    bare = f"LX0A1B2C0TA{number:06d}"
    return bare[:8] + check_digit(bare) + bare[9:]


def look(store: Store, kind: str, text: str | bytes) -> Plan:
    """What a file would do."""
    data = text.encode() if isinstance(text, str) else text
    return moves.plan(store, files.read(data, "test.csv", kind))


def take(store: Store, kind: str, text: str | bytes, *, partial: bool = False) -> Plan:
    """Read a file in; returns what was planned."""
    plan = look(store, kind, text)
    moves.carry_out(store, plan, partial=partial)
    return plan


def reasons(plan: Plan) -> dict[int, str]:
    """The refused lines."""
    return {one.line: one.reason for one in plan.refused}


def car(store: Store, number: int) -> Car:
    """A car by the number of its VIN."""
    found = cars.by_vin(store, vin(number))
    assert found is not None
    return found


def demo(name: str) -> bytes:
    """A file of the demo showroom."""
    return shelf.find("demo", name).read_bytes()


def enter_people(store: Store) -> None:
    """The fifteen people of the demo showroom."""
    people.import_people(store, people.plan_import(store, read_people(demo("people.csv"))))


@pytest.fixture
def staffed(store: Store) -> Store:
    """A showroom with people."""
    enter_people(store)
    return store


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file to import."""

    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write
