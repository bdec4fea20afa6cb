"""Reading who has a PIN, who may have one, and how long a wrong one still makes everybody wait."""

from __future__ import annotations

import json
import time
from weakref import WeakKeyDictionary

from floorlead import settings
from floorlead.lock import rules
from floorlead.lock.records import Account, Holder, Role, Tries
from floorlead.store import Store
from floorlead.words import _

TRIES = "tries"
"""The draft under which wrong tries are kept: no undo reaches it, and a restart does not forget it."""
_UNSAVED: WeakKeyDictionary[Store, Tries] = WeakKeyDictionary()


def accounts(store: Store) -> list[Account]:
    """Every PIN and the recovery code, the leaders' first."""
    sql = (
        "SELECT a.id, a.person_id, a.role, p.name, a.hash FROM accounts a LEFT JOIN people p ON p.id = a.person_id "
        "WHERE p.left_on IS NULL OR p.left_on > ? ORDER BY a.role, a.id"
    )
    return [_account(store, *row) for row in store.rows(sql, store.today().isoformat())]


def _account(store: Store, ident: int, person: int | None, role: str, name: str | None, kept: str) -> Account:
    length = kept.partition(":")[0]
    return Account(ident, person, Role(role), name or _of_settings(store, role), int(length), kept)


def _of_settings(store: Store, role: str) -> str:
    named = settings.get(store, role) if role in ("leader", "manager") else ""
    return named or {"leader": _("leader"), "manager": _("manager")}.get(role, _("recovery code"))


def has_pin(store: Store) -> bool:
    """Whether anybody has a PIN: only then can the screen be locked."""
    return any(account.role != Role.RECOVERY for account in accounts(store))


def manager_has_pin(store: Store) -> bool:
    """Whether a manager has a PIN: only then are the manager's matters guarded. One who left still counts: his leaving
    opens nothing, the recovery code lets through until the next one has a PIN."""
    return bool(store.one("SELECT 1 FROM accounts WHERE role = 'manager' LIMIT 1"))


def needs_manager(store: Store, what: str) -> bool:
    """Whether something needs the manager's PIN now."""
    return what in rules.MANAGERS and manager_has_pin(store)


def holders(store: Store) -> list[Holder]:
    """Everybody who may have a PIN: the settings' leader and manager, and people with such a role, in that order."""
    known = accounts(store)
    sql = "SELECT id, name, role FROM people WHERE role IN ('leader', 'manager') AND (left_on IS NULL OR left_on > ?) ORDER BY position, id"
    people = [(ident, name, Role(role)) for ident, name, role in store.rows(sql, store.today().isoformat())]
    found = [Holder(i, r, n, next((a for a in known if a.person_id == i), None)) for i, n, r in people]
    for role in (Role.MANAGER, Role.LEADER):
        name = settings.get(store, role.value) or (store.by if role == Role.LEADER else "") or _of_settings(store, role)
        own = next((a for a in known if a.person_id is None and a.role == role), None)
        if own or not any(h.role == role for h in found):
            found.insert(0, Holder(None, role, name, own))
    return found


def tries(store: Store) -> Tries:
    """The wrong tries until now; where nothing can be written, those of this program."""
    return _UNSAVED.get(store, Tries()) if store.reading else told(store.draft(TRIES))


def told(kept: str | None) -> Tries:
    """Tries as they were kept."""
    try:
        found = json.loads(kept or "{}")
        wrong = int(found.get("wrong", 0))
        return Tries(wrong, str(found.get("at", "")), int(found.get("tick", -1)), int(found.get("all", wrong)))
    except (ValueError, TypeError, AttributeError):
        return Tries()


def keep_unsaved(store: Store, made: Tries) -> None:
    """Remember tries where the file takes no writes."""
    _UNSAVED[store] = made


def ticks() -> int:
    """Seconds that this machine has been running: no setting of the clock changes them."""
    return int(time.monotonic())


def wait_left(store: Store) -> int:
    """Seconds until a PIN may be tried again."""
    made = tries(store)
    if not made.all:
        return 0
    return max(0, rules.wait_of(made) - rules.seconds_since(made, store.clock.stamp(), ticks()))
