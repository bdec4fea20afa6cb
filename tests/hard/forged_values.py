"""A value of a file changed by hand, one at a time: verify notices it and names its row."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

from floorlead import clock
from floorlead.store import open_store, schema, verify
from tests.hard.campaign import main
from tests.store import forging
from tests.store.conftest import fill


def attempt(dice: random.Random, folder: Path) -> str:
    """Fill every table, change one value."""
    path = folder / "showroom.db"
    with contextlib.closing(open_store(path, clock.stopped("2026-11-23T08:41"), check="none")) as store:
        store.connection.execute("PRAGMA synchronous = OFF")
        fill(store)
    place = dice.choice(forging.places(path, dice.choice([*schema.RECORDED, "actions", "changes"])))
    wanted = forging.change(path, place)
    named = {(one.table, one.row) for one in verify.verify(path).findings}
    return "named" if named & wanted else f"missed: {place}"


if __name__ == "__main__":
    main(attempt, ("missed",), count=1000)
