"""The showroom's settings: the program's defaults, the file's own values over them.

A setting is text in the file; its reader knows its shape. Changing one is an action like any other.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, Any

from floorlead.clock import Clock, zone_of
from floorlead.store.deciding import decided
from floorlead.words import N_

if TYPE_CHECKING:
    from floorlead.store import Store

DEFAULTS = {
    "showroom": "", "showroom_en": "", "manager": "", "leader": "", "language": "", "theme": "terminal",
    "marks": "letters", "printer": "", "zone": "Asia/Shanghai", "day_ends": "04:00", "line_up": "08:30",
    "quiet_days": "10", "rechecks": "2", "idle_minutes": "3", "lock_minutes": "15", "demo": "", "started": "",
    "age_days": "30/60/90/180", "apr": "5", "rotate_days": "60", "push_days": "60",
    "advice_window": "45", "advice_target": "40", "order_weekday": "1", "open_order_days": "60", "stocktakes": "2", "queue_overdue": "1", "due_before_rest": "1",
    "weekend_weight": "2", "workday_weight": "0.7", "behind_days": "3", "prospect_floor": "40", "clock_days": "3",
}  # fmt: skip
CHANGED = N_("Setting {key}: {value}")


def get(store: Store, key: str) -> str:
    """A setting's value; its default when the showroom set none."""
    value = store.one("SELECT value FROM settings WHERE key = ?", key)
    return DEFAULTS[key] if value is None else str(value)


def all_of(store: Store) -> dict[str, str]:
    """Every setting with its value."""
    return {**DEFAULTS, **dict(store.rows("SELECT key, value FROM settings"))}


def own_clock(store: Store) -> Clock:
    """The store's clock in the showroom's own time zone, with its own end of the day."""
    values = all_of(store)
    hour, minute = values["day_ends"].split(":")
    return Clock(zone_of(values["zone"]), time(int(hour), int(minute)), store.clock.source)


@decided
def put(store: Store, key: str, value: str, *, undoable: bool = True, **extra: Any) -> None:
    """Set a setting; `undoable` puts it on the undo stack (a language or theme switch is only noted)."""
    if get(store, key) == value:
        return
    told = {"key": extra.pop("called", key), "value": value, **extra}
    with store.write(CHANGED, kind="do" if undoable else "note", **told) as db:
        write(db, key, value)


def write(db: Any, key: str, value: str) -> None:
    """Set a setting inside an action that is already open."""
    done = db.execute("UPDATE settings SET value = ? WHERE key = ?", (value, key))
    if not done.rowcount:
        db.execute("INSERT INTO settings(key, value) VALUES (?, ?)", (key, value))
