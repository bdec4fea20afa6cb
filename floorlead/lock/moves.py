"""Setting PINs, trying them, and letting through what only the manager may; a wrong try is counted before it is told."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from floorlead.lock import pins, queries, rules
from floorlead.lock.records import Account, Holder, Role, Tries
from floorlead.record import asdict, replace
from floorlead.store import Refused, Store, decided, tally
from floorlead.text import fold
from floorlead.words import N_, _, both

ROLE_WORDS = {Role.LEADER: N_("leader"), Role.MANAGER: N_("sales manager")}


@decided
def set_pin(store: Store, holder: Holder, pin: str) -> str:
    """Set or change somebody's PIN; returns the recovery code when this was the first PIN of all, else nothing.

    Raises Refused for what is no PIN, or one that everybody tries first.
    """
    digits = checked(pin)
    first = not any(account.role == Role.RECOVERY for account in queries.accounts(store))
    code = pins.new_code(rules.RECOVERY) if first else ""
    words = N_("PIN of {name} set")
    with store.write(words, kind="note", name=holder.name or both(ROLE_WORDS[holder.role])) as db:
        sql = "DELETE FROM accounts WHERE role = ? AND person_id IS ?"
        db.execute(sql, (holder.role.value, holder.person_id))
        _forget_who_left(db, store)
        rows = [(holder.person_id, holder.role.value, pins.hashed(digits), store.clock.stamp())]
        if code:
            rows.append((None, Role.RECOVERY.value, pins.hashed(code), store.clock.stamp()))
        db.executemany("INSERT INTO accounts(person_id, role, hash, set_at) VALUES (?, ?, ?, ?)", rows)
    return code


@decided
def clear_pin(store: Store, holder: Holder) -> None:
    """Take somebody's PIN away; with the last one goes the recovery code."""
    if not holder.account:
        return
    with store.write(N_("PIN of {name} removed"), kind="note", name=holder.name) as db:
        db.execute("DELETE FROM accounts WHERE id = ?", (holder.account.id,))
        _forget_who_left(db, store)
        if not db.execute("SELECT 1 FROM accounts WHERE role <> 'recovery' LIMIT 1").fetchone():
            db.execute("DELETE FROM accounts")


def _forget_who_left(db: Any, store: Store) -> None:
    """With the next PIN that is set the PINs of those who left go."""
    sql = "DELETE FROM accounts WHERE person_id IN (SELECT id FROM people WHERE left_on <= ?)"
    db.execute(sql, (store.today().isoformat(),))


@decided
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


def attempt(store: Store, accounts: Sequence[Account], pin: str) -> Account | None:
    """Try a PIN: it is counted first, so that nothing cut off and nothing tried beside it goes uncounted.

    Raises Refused (E412) while a wrong one makes everybody wait.
    """
    begin(store)
    found = matching(accounts, pin)
    if found:
        right(store, found)
    return found


def begin(store: Store) -> None:
    """Count a try before it is compared. Raises Refused: E412 while there is a wait, or the file takes no write."""
    stamp, tick = store.clock.stamp(), queries.ticks()
    if store.reading:
        queries.keep_unsaved(store, _one_more(queries.tries(store), stamp, tick))
        return
    tally.change(store, queries.TRIES, lambda kept: json.dumps(asdict(_one_more(queries.told(kept), stamp, tick))))


def _one_more(made: Tries, stamp: str, tick: int) -> Tries:
    gone = rules.seconds_since(made, stamp, tick)
    if made.all and (left := rules.wait_of(made) - gone) > 0:
        raise _wait(left)
    every = 0 if gone >= rules.FORGET_SECONDS else made.all
    return Tries(made.wrong + 1, stamp, tick, every + 1)


def right(store: Store, account: Account) -> None:
    """The last try was right: the manager's PIN and the recovery code forgive all wrong ones, a leader's those in a row."""
    every = 0 if account.role in (Role.MANAGER, Role.RECOVERY) else max(0, queries.tries(store).all - 1)
    made = Tries(0, store.clock.stamp(), queries.ticks(), every)
    if store.reading:
        queries.keep_unsaved(store, made)
    else:
        store.keep_drafts({queries.TRIES: json.dumps(asdict(made)) if every else None})


def wait_left(store: Store) -> int:
    """Seconds until a PIN may be tried again; a clock that was set back over a restart of the machine begins it anew,
    once."""
    left = queries.wait_left(store)
    made = queries.tries(store)
    if left and made.at > store.clock.stamp() and not 0 <= made.tick <= queries.ticks():
        again = replace(made, at=store.clock.stamp(), tick=queries.ticks())
        with contextlib.suppress(Refused):
            store.keep_drafts({queries.TRIES: json.dumps(asdict(again))})
    return left


def may_try(store: Store) -> None:
    """Raise Refused (E412) while a wrong PIN still makes everybody wait."""
    if left := wait_left(store):
        raise _wait(left)


def _wait(left: int) -> Refused:
    return Refused("E412", _("Wrong PINs: wait {seconds} s").format(seconds=left))


def allow(store: Store, what: str, pin: str) -> None:
    """Let something through that only the manager may; nothing is asked while the manager has no PIN.

    `what` is one of `rules.MANAGERS`. Raises Refused: E412 (wait), E413 (a PIN is needed), E414 (it is wrong).
    """
    if not queries.needs_manager(store, what):
        return
    if not pin.strip():
        sentence = _("{what} needs the sales manager's PIN")
        raise Refused("E413", sentence.format(what=_(rules.MANAGERS[what])))
    may_try(store)
    if attempt(store, managers(queries.accounts(store)), pin) is None:
        raise Refused("E414", _("This is not the sales manager's PIN"))


def managers(accounts: Iterable[Account]) -> list[Account]:
    """The accounts that let through what only the manager may: the manager's, and the recovery code."""
    return [account for account in accounts if account.role in (Role.MANAGER, Role.RECOVERY)]
