"""What the screen asks of the lock: whether it can be locked, whether a PIN is right, and a board that names no customer.

Hashes are read before a thread compares them, so that no other thread touches the file.
"""

from __future__ import annotations

from collections.abc import Callable

from floorlead import clock
from floorlead.lock import moves, queries, rules
from floorlead.lock.records import Account, Role
from floorlead.store import Store
from floorlead.words import _

_NAMES = (
    "SELECT DISTINCT name FROM customers WHERE name <> '' UNION SELECT customer FROM orders UNION "
    "SELECT invoice_name FROM orders WHERE invoice_name <> '' UNION SELECT customer FROM entries WHERE customer <> ''"
)


class Guard:
    """The lock of one open file."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def locks(self) -> bool:
        """Whether there is a PIN that could open a locked screen."""
        return queries.has_pin(self.store)

    def wait(self) -> int:
        """Seconds until a PIN may be tried again."""
        return moves.wait_left(self.store)

    def sizes(self, who: str) -> set[int]:
        """How many digits a PIN or code of `who` (any, manager, recovery) may have."""
        return {account.length for account in self._accounts(who)}

    def trier(self, who: str, typed: str, *, counted: bool) -> Callable[[], Account | None]:
        """Work for a thread: which account the digits open; the try is counted here unless it was (`counted`).

        Raises Refused.
        """
        if not counted:
            moves.begin(self.store)
        known = self._accounts(who)
        return lambda: moves.matching(known, typed)

    def tried(self, account: Account | None) -> str:
        """What a try came to; returns the name of who came in, or nothing."""
        if account is None:
            return ""
        moves.right(self.store, account)
        return self.store.by if account.role == Role.RECOVERY else account.name

    def needs(self, what: str) -> str:
        """What needs the manager's PIN, in words; nothing where it goes without."""
        needed = queries.needs_manager(self.store, what)
        return _(rules.MANAGERS[what]) if needed else ""

    def _accounts(self, who: str) -> list[Account]:
        known = queries.accounts(self.store)
        if who == "recovery":
            return [account for account in known if account.role == Role.RECOVERY]
        wanted = {Role.MANAGER} if who == "manager" else {Role.LEADER, Role.MANAGER}
        return [account for account in known if account.role in wanted]

    def board(self) -> list[str]:
        """The line of a locked screen: who has the desk, and counts; nobody's customer."""
        from floorlead.lock import board

        return board.told(self.store)

    def heading(self) -> str:
        """Day and time of the locked screen."""
        now = self.store.clock.now()
        return f"{clock.short_day(now.date())} {clock.weekday(now.date())} {now:%H:%M}"

    def names(self) -> list[str]:
        """Every customer's name, for an idle screen to mask."""
        return [str(name) for (name,) in self.store.rows(_NAMES)]

    def staff(self) -> list[str]:
        """Names that are no customer's: an idle screen goes on showing them."""
        found = [str(name) for row in self.store.rows("SELECT name, name_en FROM people") for name in row if name]
        return [*found, self.store.by]
