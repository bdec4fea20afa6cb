"""Reading who has a PIN, who may have one, and how long a wrong one still makes everybody wait."""

from __future__ import annotations

import json
from datetime import datetime

from floorlead import settings
from floorlead.lock import rules
from floorlead.lock.records import Account, Holder, Role, Tries
from floorlead.store import Store
from floorlead.words import _

TRIES = "tries"
"""The draft under which wrong tries are kept: no undo reaches it, and a restart does not forget it."""


def accounts(store: Store) -> list[Account]:
    """Every PIN and the recovery code, the leaders' first."""
    sql = (
        "SELECT a.id, a.person_id, a.role, p.name, a.hash FROM accounts a LEFT JOIN people p ON p.id = a.person_id "
        "WHERE p.id IS NULL OR p.left_on IS NULL ORDER BY a.role, a.id"
    )
    return [_account(store, *row) for row in store.rows(sql)]


def _account(store: Store, ident: int, person: int | None, role: str, name: str | None, kept: str) -> Account:
    length = kept.partition(":")[0]
    return Account(ident, person, Role(role), name or _of_settings(store, role), int(length), kept)


def _of_settings(store: Store, role: str) -> str:
    named = settings.get(store, role) if role in ("leader", "manager") else ""
    return named or {"leader": _("leader"), "manager": _("manager")}.get(role, _("recovery code"))


def has_pin(store: Store) -> bool:
    """Whether anybody has a PIN: only then can the screen be locked."""
    return bool(store.one("SELECT 1 FROM accounts WHERE role <> 'recovery' LIMIT 1"))


def manager_has_pin(store: Store) -> bool:
    """Whether the manager has a PIN: only then are the manager's matters guarded."""
    return rules.needs_manager("purge", accounts(store))


def holders(store: Store) -> list[Holder]:
    """Everybody who may have a PIN: the settings' leader and manager, and people with such a role, in that order."""
    known = accounts(store)
    sql = "SELECT id, name, role FROM people WHERE role IN ('leader', 'manager') AND left_on IS NULL ORDER BY position, id"
    people = [(ident, name, Role(role)) for ident, name, role in store.rows(sql)]
    found = [Holder(i, r, n, next((a for a in known if a.person_id == i), None)) for i, n, r in people]
    for role in (Role.MANAGER, Role.LEADER):
        name = settings.get(store, role.value) or (store.by if role == Role.LEADER else "") or _of_settings(store, role)
        own = next((a for a in known if a.person_id is None and a.role == role), None)
        if own or not any(h.role == role for h in found):
            found.insert(0, Holder(None, role, name, own))
    return found


def tries(store: Store) -> Tries:
    """The wrong tries in a row until now."""
    try:
        kept = json.loads(store.draft(TRIES) or "{}")
        return Tries(int(kept.get("wrong", 0)), str(kept.get("at", "")))
    except (ValueError, TypeError, AttributeError):
        return Tries()


def wait_left(store: Store) -> int:
    """Seconds until a PIN may be tried again; a clock that was set back begins the wait anew."""
    made = tries(store)
    wait = rules.wait_seconds(made.wrong)
    if not wait:
        return 0
    try:
        gone = (datetime.fromisoformat(store.clock.stamp()) - datetime.fromisoformat(made.at)).total_seconds()
    except ValueError:
        return wait
    return max(0, wait - int(gone)) if gone >= 0 else wait
