"""What stands on a locked screen: who has the desk and how far the day is, in counts; nobody's customer."""

from __future__ import annotations

from floorlead.duty import queries as duty
from floorlead.duty import rules
from floorlead.duty.records import band
from floorlead.orders import queries as orders
from floorlead.store import Store
from floorlead.tasks import queries as tasks
from floorlead.visits import queries as visits
from floorlead.visits.rules import counts
from floorlead.words import _


def told(store: Store) -> list[str]:
    """The parts of the line: desk, visits, hand-overs, open tasks."""
    day = store.today()
    done = orders.closed_on(store, day)
    due = [o for o in orders.open_orders(store) if o.handover_at.startswith(day.isoformat())]
    parts = [
        _desk(store), _("visits {count}").format(count=counts(visits.on_day(store, day)).batches),
        _("hand-overs {out}/{due}").format(out=len(done), due=len(done) + len(due)),
        _("still to do {count}").format(count=len(tasks.open_until(store, day))),
    ]  # fmt: skip
    return [part for part in parts if part]


def _desk(store: Store) -> str:
    if not store.one("SELECT 1 FROM desk_duty LIMIT 1"):
        return ""
    day, now = store.today(), store.clock.now()
    minute = now.hour * 60 + now.minute + 1440 * (now.date() - day).days
    reception = duty.reception(store, day)
    desk = rules.slot_now(reception, minute)
    if desk is None:
        return ""
    held = rules.held_at(reception, max(minute, desk.slot.starts))[desk.slot.code]
    name = rules.name_of(reception, held.who)
    return _("desk {name} {band}").format(name=name, band=band(desk.slot.starts, desk.slot.ends))
