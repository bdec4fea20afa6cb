"""A forger with the guards off changes one value of a sealed table and recomputes all: the papers catch it, that day's and
every later one. Or he hides the change as an erasing, so that the log and all later heads hold: then too."""

from __future__ import annotations

import contextlib
import random
from pathlib import Path

from floorlead import clock
from floorlead.store import open_store
from floorlead.store.verify import verify
from tests.hard.campaign import main
from tests.store import forger, forging, sealed_week

TEXTS = ("text", "by", "sealed_at", "language", "reason", "at", "source", "digest", "body", "members")


def attempt(dice: random.Random, folder: Path) -> str:
    """Forge one place, with all recomputed or hidden as an erasing, and hold the papers against it."""
    path = folder / "showroom.db"
    sealed_week.make(path)
    place = dice.choice(forger.places(path))
    hidden = place.column in TEXTS and dice.random() < 0.4
    return f"{'hidden' if hidden else 'recomputed'}: {judged(path, place, hidden=hidden)}"


def judged(path: Path, place: forging.Place, *, hidden: bool = False, few: bool = False) -> str:
    """What the papers say of a forged place; `few` asks the first and the last paper only."""
    papers = forger.proven_by(path, place)
    assert papers, place
    papers = [*{papers[0], papers[-1]}] if few else papers
    assert few or all(verify(path, paper).ok for paper in papers), "an honest file is clean under every paper"
    if hidden:
        with contextlib.closing(open_store(path, clock.stopped("2026-11-25T08:41"), check="none")) as store:
            now = store.one(f"SELECT {place.column} FROM {place.table} WHERE id = ?", place.row)
            forger.hide(store, place, forger.another(now))
    else:
        forger.forge(path, place)
    passed = [paper for paper in papers if verify(path, paper).ok]
    if passed:
        return f"missed: {place} by {len(passed)} of {len(papers)} papers"
    return "caught by every paper, clean without one" if verify(path).ok else "caught without a paper too"


if __name__ == "__main__":
    main(attempt, ("recomputed: missed", "hidden: missed"), count=500)
