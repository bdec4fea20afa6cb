"""Who may open the screen, as records without behaviour; a PIN is never kept, only its argon2id hash."""

from __future__ import annotations

from enum import StrEnum

from floorlead.record import record


class Role(StrEnum):
    """What an account may: a leader opens the screen, the manager also what only the manager may; the recovery code
    stands in for a PIN that was forgotten."""

    LEADER = "leader"
    MANAGER = "manager"
    RECOVERY = "recovery"


@record
class Account:
    """A PIN that was set: its row, whose it is (None: the settings' leader or manager), role, name, the length of the
    PIN and its hash."""

    id: int
    person_id: int | None
    role: Role
    name: str
    length: int
    hash: str


@record
class Holder:
    """Somebody who may have a PIN, and whether one is set."""

    person_id: int | None
    role: Role
    name: str
    account: Account | None


@record
class Tries:
    """Wrong PINs since a right one, those since the manager's or the recovery code, and when the last was: the local
    stamp, and the seconds that the machine had been running (-1: not known)."""

    wrong: int = 0
    at: str = ""
    tick: int = -1
    all: int = 0
