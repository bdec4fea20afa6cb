"""What a PIN is, how long a wrong one makes everybody wait, and what only the manager may."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from floorlead.lock.records import Account, Role, Tries
from floorlead.words import N_

SHORTEST, LONGEST = 4, 6
"""Digits of a PIN; digits pass every input method."""
RECOVERY = 12
"""Digits of the recovery code."""
FREE = 3
"""Wrong PINs in a row before there is a wait."""
SPARE = 9
"""Wrong PINs beyond that a leader's own right PIN does not forgive, so that nobody tries the manager's in between."""
FORGET_SECONDS = 86400
"""After so long without a wrong PIN those are forgiven as well."""
MOST_SECONDS = 900
MANAGERS = {
    "purge": N_("Erasing customers"), "export": N_("An export with phone numbers"), "reopen": N_("Opening a sealed report"),
    "restore": N_("Putting a backup back"),
}  # fmt: skip
"""What needs the manager's PIN once there is one, and its words."""
_PIN = re.compile(r"[0-9]{4,6}")


def is_pin(digits: str) -> bool:
    """Whether folded text is a PIN: 4 to 6 digits."""
    return _PIN.fullmatch(digits) is not None


def is_poor(digits: str) -> bool:
    """Whether a PIN is one that everybody tries first: one digit only, or a run such as 1234 or 654321."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def wait_seconds(wrong: int) -> int:
    """Seconds to wait after so many wrong PINs in a row: 1, 2, 4 … from the third on, at most a quarter of an hour."""
    return min(MOST_SECONDS, 2 ** (wrong - FREE)) if wrong >= FREE else 0


def wait_of(tries: Tries) -> int:
    """Seconds to wait after the last of these tries."""
    return max(wait_seconds(tries.wrong), wait_seconds(tries.all - SPARE))


def seconds_since(tries: Tries, stamp: str, tick: int) -> int:
    """Seconds since the last wrong PIN. The machine's own count goes before the clock, which anybody can set; only after
    a restart of the machine the clock is all there is, and one that was set back says 0."""
    if 0 <= tries.tick <= tick:
        return tick - tries.tick
    try:
        gone = (datetime.fromisoformat(stamp) - datetime.fromisoformat(tries.at)).total_seconds()
    except ValueError:
        return 0
    return max(0, int(gone))


def fitting(accounts: Sequence[Account], typed: str) -> list[Account]:
    """The accounts whose PIN has as many digits as were typed."""
    return [account for account in accounts if account.length == len(typed)]


def longest(accounts: Sequence[Account]) -> int:
    """Digits of the longest PIN; with so many typed and none right the try was wrong."""
    return max((a.length for a in accounts if a.role != Role.RECOVERY), default=LONGEST)
