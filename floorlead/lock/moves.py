"""Setting PINs, trying them, and letting through what only the manager may; a wrong try is counted before it is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from floorlead.lock import pins, queries, rules
from floorlead.lock.records import Account, Holder, Role
from floorlead.store import Refused, Store
from floorlead.text import fold
from floorlead.words import N_, _, both

ROLE_WORDS = {Role.LEADER: N_("leader"), Role.MANAGER: N_("sales manager")}


def set_pin(store: Store, holder: Holder, pin: str) -> str:
    """Set or change somebody's PIN; returns the recovery code when this was the first PIN of all, else nothing.

    Raises Refused for what is no PIN, or one that everybody tries first.
    """
    digits = checked(pin)
    first = not any(account.role == Role.RECOVERY for account in queries.accounts(store))
    code = pins.new_code(rules.RECOVERY) if first else ""
    words = N_("PIN of {name} set")
    with store.write(words, kind="note", name=holder.name or both(ROLE_WORDS[holder.role])) as db:
        if holder.account:
            db.execute("DELETE FROM accounts WHERE id = ?", (holder.account.id,))
        rows = [(holder.person_id, holder.role.value, pins.hashed(digits), store.clock.stamp())]
        if code:
            rows.append((None, Role.RECOVERY.value, pins.hashed(code), store.clock.stamp()))
        db.executemany("INSERT INTO accounts(person_id, role, hash, set_at) VALUES (?, ?, ?, ?)", rows)
    return code


def clear_pin(store: Store, holder: Holder) -> None:
    """Take somebody's PIN away; with the last one goes the recovery code."""
    if not holder.account:
        return
    with store.write(N_("PIN of {name} removed"), kind="note", name=holder.name) as db:
        db.execute("DELETE FROM accounts WHERE id = ?", (holder.account.id,))
        if not db.execute("SELECT 1 FROM accounts WHERE role <> 'recovery' LIMIT 1").fetchone():
            db.execute("DELETE FROM accounts")


def new_code(store: Store) -> str:
    """A new recovery code in the place of the old one; returned once, kept as a hash only."""
    code = pins.new_code(rules.RECOVERY)
    with store.write(N_("A new recovery code"), kind="note") as db:
        db.execute("DELETE FROM accounts WHERE role = 'recovery'")
        sql = "INSERT INTO accounts(person_id, role, hash, set_at) VALUES (NULL, 'recovery', ?, ?)"
        db.execute(sql, (pins.hashed(code), store.clock.stamp()))
    return code


def checked(pin: str) -> str:
    """A PIN as it is tried: half-width digits. Raises Refused (E410, E411)."""
    digits = "".join(fold(pin).split())
    if not rules.is_pin(digits):
        raise Refused("E410", _("A PIN has 4 to 6 digits"))
    if rules.is_poor(digits):
        raise Refused("E411", _("This PIN is the first that everybody tries; take another"))
    return digits


def matching(accounts: Sequence[Account], pin: str) -> Account | None:
    """The account that a PIN or the recovery code opens, or None; slow by intent, fit for a thread."""
    digits = "".join(c for c in fold(pin) if c.isdigit())
    return next((a for a in rules.fitting(accounts, digits) if pins.fits(a.hash, digits)), None)


def count(store: Store, right: bool) -> int:
    """Count a try; returns the seconds to wait now."""
    if right:
        if queries.tries(store).wrong:
            store.keep_drafts({queries.TRIES: None})
        return 0
    wrong = queries.tries(store).wrong + 1
    store.keep_drafts({queries.TRIES: json.dumps({"wrong": wrong, "at": store.clock.stamp()})})
    return rules.wait_seconds(wrong)


def may_try(store: Store) -> None:
    """Raise Refused (E412) while a wrong PIN still makes everybody wait."""
    if left := queries.wait_left(store):
        raise Refused("E412", _("Wrong PINs: wait {seconds} s").format(seconds=left))


def allow(store: Store, what: str, pin: str) -> None:
    """Let something through that only the manager may; nothing is asked while the manager has no PIN.

    `what` is one of `rules.MANAGERS`. Raises Refused: E412 (wait), E413 (a PIN is needed), E414 (it is wrong).
    """
    known = queries.accounts(store)
    if not rules.needs_manager(what, known):
        return
    if not pin.strip():
        sentence = _("{what} needs the sales manager's PIN")
        raise Refused("E413", sentence.format(what=_(rules.MANAGERS[what])))
    may_try(store)
    right = matching(managers(known), pin) is not None
    count(store, right)
    if not right:
        raise Refused("E414", _("This is not the sales manager's PIN"))


def managers(accounts: Iterable[Account]) -> list[Account]:
    """The accounts that let through what only the manager may: the manager's, and the recovery code."""
    return [account for account in accounts if account.role in (Role.MANAGER, Role.RECOVERY)]
