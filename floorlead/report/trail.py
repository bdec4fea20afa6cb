"""The rows behind the report's counts, read when the leader asks for them: a report itself names no visitor.

Each line of a section that holds counts only leads here; what has no rows of its own leads to its page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from floorlead import clock
from floorlead.customers import queries as customers
from floorlead.orders import queries as orders
from floorlead.orders.records import ORDER_WORDS, Order
from floorlead.people import queries as people
from floorlead.phones import mask_in
from floorlead.report.brief import Spot
from floorlead.store import Store
from floorlead.visits import notes
from floorlead.visits import queries as visits
from floorlead.visits.records import KIND_WORDS, Visit
from floorlead.words import _, pick


def rows(store: Store, day: date, section: str) -> Sequence[str]:
    """What a section's counts are made of, a line each; nothing for a section that says it itself."""
    return TRAILS[section](store, day) if section in TRAILS else ()


def leads(spot: Spot) -> bool:
    """Whether there is something behind a spot: what is written, a box, rows, or a page."""
    there = spot.said.source or spot.said.page
    return bool(spot.kind != "line" or spot.section == "head" or spot.section in TRAILS or there)


def _visits(store: Store, day: date) -> list[str]:
    return [_visit(store, one) for one in visits.on_day(store, day)]


def _visit(store: Store, one: Visit) -> str:
    who = customers.get(store, one.customer_id) if one.customer_id else None
    told = {
        name: value if isinstance(value, str) else pick(**value)
        for name, value in notes.told(store, one, who.name if who else "").items()
    }
    flags = (
        (one.captured, _("captured")), (one.test_drive, _("test drive")), (one.quote, _("quote")), (one.deal, _("deal")),
        (one.incomplete and not one.explained, _("not filled in")),
    )  # fmt: skip
    parts = [told["time"], told["name"], _(KIND_WORDS[one.kind]), told["model"], told["grade"], told["advisor"]]
    return mask_in("  ".join(filter(None, [*parts, *(word for given, word in flags if given)])))


def _results(store: Store, day: date) -> list[str]:
    """Test drives, then orders signed and cars handed over on the day."""
    drove = [one for one in visits.on_day(store, day) if one.test_drive]
    made, out = orders.signed_on(store, day), orders.closed_on(store, day)
    drive, order, handed = _("test drive"), _("order"), _("hand-over")
    return [
        *(f"{drive}  {_visit(store, one)}" for one in drove),
        *(f"{order}  {_order(store, one)}" for one in made),
        *(f"{handed}  {clock.hm(one.closed_at)}  {_order(store, one)}" for one in out),
    ]


def _order(store: Store, one: Order) -> str:
    names = {who.id: who.shown for who in people.everybody(store)}
    parts = (
        one.number,
        one.customer,
        one.trim,
        one.colour,
        names.get(one.advisor_id or 0, ""),
        _(ORDER_WORDS[one.state]),
    )
    return mask_in("  ".join(filter(None, parts)))


def _consultants(store: Store, day: date) -> list[str]:
    """The day's visits, advisor by advisor, and each one's overdue customers."""
    found, late = visits.on_day(store, day), customers.overdue(store, day)
    lines = []
    for one in people.everybody(store):
        mine = [visit for visit in found if visit.advisor_id == one.id]
        owed = _("late {count}").format(count=late[one.id]) if late.get(one.id) else ""
        if mine or owed:
            lines.append("  ".join(filter(None, (one.shown, owed))))
            lines += [f"  {_visit(store, visit)}" for visit in mine]
    return lines


TRAILS: dict[str, Callable[[Store, date], list[str]]] = {
    "traffic": _visits, "results": _results, "consultants": _consultants,
}  # fmt: skip
"""How the rows behind a section's counts are read."""
