"""The reception line of Today and what about the desk must not be forgotten: a gap now or within the next hours.

A showroom that never planned its desk sees neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from floorlead.duty import queries, rules
from floorlead.duty.records import Desk, clocked
from floorlead.record import record
from floorlead.store import Store
from floorlead.today.records import Notice
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.duty.reception import Reception, Stretch

AHEAD = 180
"""Minutes ahead in which a gap at the desk is told."""


@record
class DeskToday:
    """The desk as Today shows it: `text` such as `9:00-11:00 李娜  替岗 -`, `calm` when somebody planned or named holds it.

    `over`: no slot is open any more today.
    """

    text: str
    calm: bool
    over: bool
    notices: Sequence[Notice] = ()


def read(store: Store, day: date) -> DeskToday | None:
    """The desk now; None where it was never planned. One short read for each table."""
    if not store.one("SELECT 1 FROM desk_duty LIMIT 1"):
        return None
    now = store.clock.now()
    minute = now.hour * 60 + now.minute + 1440 * (now.date() - day).days
    reception = queries.reception(store, day)
    desk = rules.slot_now(reception, minute)
    if desk is None:
        return DeskToday(_("closed") if not reception.slots else _("the desk is done for today"), True, True)
    gaps = [one for one in rules.gaps(reception, minute) if one.starts <= minute + AHEAD]
    return DeskToday(*_line(reception, desk, minute), False, [_notice(reception, one) for one in gaps])


def _line(reception: Reception, desk: Desk, minute: int) -> tuple[str, bool]:
    """Band, who was planned or holds it, who took over."""
    slot = desk.slot
    held = rules.held_at(reception, max(minute, slot.starts))[slot.code]
    stepped = held.why in (rules.PLAN, rules.STEPPED_UP) and held.who != desk.holder
    first = desk.holder if stepped and desk.holder else held.who
    told = {
        "band": f"{clocked(slot.starts)}-{clocked(slot.ends)}", "name": rules.name_of(reception, first),
        "taker": rules.name_of(reception, held.who) if stepped else "-",
    }  # fmt: skip
    return _("{band} {name}  sub {taker}").format(**told), held.why in (rules.PLAN, rules.STEPPED_UP)


def _notice(reception: Reception, one: Stretch) -> Notice:
    """A gap as a line of "watch today"."""
    band = f"{one.slot.post.shown} {clocked(one.starts)}-{clocked(one.ends)}"
    text = _("nobody is named, {name} answers").format(name=rules.name_of(reception, one.held.who))
    return Notice(_("desk gap"), band, text, "rota", f"desk:{one.slot.code}", True)
