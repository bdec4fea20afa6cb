"""What a PIN is, how long a wrong one makes everybody wait, and what only the manager may."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from floorlead.lock.records import Account, Role
from floorlead.words import N_

SHORTEST, LONGEST = 4, 6
"""Digits of a PIN; digits pass every input method."""
RECOVERY = 12
"""Digits of the recovery code."""
FREE = 3
"""Wrong PINs in a row before there is a wait."""
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


def needs_manager(what: str, accounts: Iterable[Account]) -> bool:
    """Whether something needs the manager's PIN: it is one of `MANAGERS`, and the manager has one."""
    return what in MANAGERS and any(account.role == Role.MANAGER for account in accounts)


def fitting(accounts: Sequence[Account], typed: str) -> list[Account]:
    """The accounts whose PIN has as many digits as were typed."""
    return [account for account in accounts if account.length == len(typed)]


def longest(accounts: Sequence[Account]) -> int:
    """Digits of the longest PIN; with so many typed and none right the try was wrong."""
    return max((a.length for a in accounts if a.role != Role.RECOVERY), default=LONGEST)
