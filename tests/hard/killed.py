"""Kill -9 at any step of entries, an import or a backup: nothing acknowledged is lost, nothing is half, no backup is bad."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

from floorlead.store import backup, open_store, verify
from tests.exchange import lives as imports
from tests.hard.campaign import main
from tests.store import lives
from tests.store.conftest import fill


def attempt(dice: random.Random, folder: Path) -> str:
    """One of the three, killed once at any of its steps."""
    return dice.choice((entries, importing, backing_up))(dice, folder / "showroom.db")


def entries(dice: random.Random, path: Path) -> str:
    """A terminal that makes entries."""
    first = lives.life(lives.entries(path, "a"))
    dies_at = dice.randint(1, first.steps)
    said = first.said + lives.life(lives.entries(path, "b"), dies_at).said
    hot = path.with_name(f"{path.name}-journal").exists()
    return lives.half_or_lost(path, set(said)) or f"entries, killed {'in the middle of a save' if hot else 'between'}"


def importing(dice: random.Random, path: Path) -> str:
    """A list read in."""
    first = lives.life(imports.importing(path, 0))
    dies_at = dice.randint(1, first.steps)
    said = first.said + lives.life(imports.importing(path, 1), dies_at).said
    hot = path.with_name(f"{path.name}-journal").exists()
    return imports.half_or_lost(path, set(said)) or f"import, killed {'in the middle of a save' if hot else 'between'}"


def backing_up(dice: random.Random, path: Path) -> str:
    """A backup of a filled file."""
    with contextlib.closing(open_store(path, lives.CLOCK)) as store:
        fill(store)
        backup.back_up(store, "day")
    steps = lives.life(lives.backing_up(path)).steps
    lives.life(lives.backing_up(path), dice.randint(1, steps))
    left = list(backup.folder(path).glob(".*"))
    with contextlib.closing(open_store(path, lives.CLOCK)) as store:
        backup.back_up(store, "day")
    if list(backup.folder(path).glob(".*")):
        return "a part stays"
    bad = [one for one in backup.listed(path) if not verify.verify(one.path).ok]
    return "a bad backup" if bad else f"backup, killed {'with a part left, swept' if left else 'between'}"


if __name__ == "__main__":
    main(attempt, ("lost", "half", "not clean", "a part", "a bad"), count=300)
