"""The program as it was when it knew the cards and the report only: files that it makes are of the first version."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest
from sqlite_utils import Migrations

from floorlead.store import file, migrations, schema

ROTA = ("rota_cells", "desk_duty", "substitutions", "acting_leaders", "leaves", "leave_allowances", "closed_to_leave",
        "outings", "outing_people", "trainings", "training_people", "queue_events", "wishes", "publications")  # fmt: skip
"""The tables that the third step told."""
MARKET = schema.RECORDED[schema.RECORDED.index("customers") :]
"""The tables that the fourth step told, and those after it."""
CARS = ("models", "cars", "car_aliases", "car_events", "drives", "stand_ins", "orders", "order_steps", "sales",
        "announcements", "announced_cars", "advices", "calendar_days", "stocktakes", "stocktake_marks", "import_maps")  # fmt: skip
"""The tables that the second step told."""


@contextlib.contextmanager
def first_walk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The first step of the history is all there is."""
    first = Migrations("floorlead")
    first._migrations = migrations.history._migrations[:1]
    with monkeypatch.context() as older:
        older.setattr(migrations, "history", first)
        older.setattr(migrations, "STEPS", migrations.STEPS[:1])
        older.setattr(file, "VERSION", 1)
        older.setattr(schema, "RECORDED", tuple(t for t in schema.RECORDED if t not in CARS + ROTA + MARKET))
        older.setattr(schema, "FIXED", schema.FIXED[:-1])
        older.setattr(schema, "STANDS", "1")
        older.setattr(schema, "_DAY_OF", {t: day for t, day in schema._DAY_OF.items() if t not in CARS + ROTA + MARKET})
        yield
