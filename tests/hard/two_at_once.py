"""Two terminals want the same thing, the other one comes in before any statement of this one's move: it happens once."""

from __future__ import annotations

import random
from pathlib import Path

from floorlead.store import verify
from tests.contests import NAMED, contest
from tests.hard import campaign

BAD = ("twice", "unclean", "neither")
STATEMENTS = 60
"""A move has about as many; one that has fewer is not interrupted."""


def attempt(dice: random.Random, folder: Path) -> str:
    """One move, interrupted before one of its statements."""
    name = dice.choice(list(NAMED))
    done, came, count = contest(name, folder, at="", number=dice.randint(1, STATEMENTS))
    wanted = NAMED[name][4]
    if not verify.verify(next(folder.glob("*.db"))).ok:
        return f"unclean: {name}"
    if count > max(wanted, 1) or (came == "" and done == "" and name != "manager's PIN"):
        return f"twice: {name}"
    if came not in ("", "busy", "waits") and done:
        return f"neither: {name} {came} {done}"
    return {"": "the other one was first", "busy": "the other one waits", "waits": "not interrupted"}.get(came, came)


if __name__ == "__main__":
    campaign.main(attempt, BAD, count=400)
