"""Reading the log of actions: what was done, by whom, when, in the words of the language spoken now."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.phones import mask_in
from floorlead.record import record
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.store import Store

_COLUMNS = "seq, at, day, by, kind, target, what, args"


@record
class Action:
    """One action: `at` is UTC text, `day` the business day it was written on, `args` fill the words of
    `what`."""

    seq: int
    at: str
    day: str
    by: str
    kind: str
    target: int | None
    what: str
    args: dict[str, Any]

    def words(self) -> str:
        """What was done, as a line to read."""
        return tell(self.what, self.args)


def tell(what: str, args: dict[str, Any]) -> str:
    """An action's message with its fields filled, numbers masked; a field that does not fit is shown as it stands."""
    if not what:
        return _("erased with a customer's data")
    plain = {key: pick(**v) if isinstance(v, dict) and set(v) == {"zh", "en"} else str(v) for key, v in args.items()}
    try:
        return mask_in(_(what).format_map(plain))
    except (KeyError, IndexError, ValueError, AttributeError):
        return what


def actions(store: Store, day: date | None = None, limit: int = 200) -> list[Action]:
    """The newest actions first, of one business day or of all; at most `limit`."""
    where, values = ("WHERE day = ?", (day.isoformat(),)) if day else ("", ())
    found = store.rows(f"SELECT {_COLUMNS} FROM actions {where} ORDER BY seq DESC LIMIT ?", *values, limit)
    return [_action(row) for row in found]


def action(store: Store, seq: int) -> Action:
    """One action by its number."""
    return _action(store.rows(f"SELECT {_COLUMNS} FROM actions WHERE seq = ?", seq)[0])


def _action(row: tuple[Any, ...]) -> Action:
    return Action(*(*row[:7], json.loads(row[7]) if row[7] else {}))


def local_time(store: Store, at: str) -> str:
    """An action's UTC time as the showroom's `HH:MM`."""
    return store.clock.local(at).strftime("%H:%M")
