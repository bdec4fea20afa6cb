"""Customers and visits as they leave the house: the columns that an import reads, telephone numbers masked unless asked.

A list with whole numbers is asked for by name and noted; every other one reads back by the dealer system's numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from floorlead.cars import queries as cars
from floorlead.customers import queries as book
from floorlead.customers import rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Lists
from floorlead.exchange.marketfields import CHANNELS, KINDS
from floorlead.exchange.orderlists import Row, yes
from floorlead.people import queries as people
from floorlead.phones import mask_in, masked
from floorlead.store import Store
from floorlead.visits import queries as visit_queries
from floorlead.words import pick

Number = Callable[[str], str]
"""How a telephone number is written: masked, or as it is."""


def whole(phone: str) -> str:
    """A number as it is."""
    return phone


class _Names:
    """Codes and names of models and staff, read once for a list."""

    def __init__(self, store: Store) -> None:
        self.models = {model.id: (model.code, model.name) for model in cars.models(store)}
        self.staff = {person.id: person.number for person in people.everybody(store)}
        self.lists = lists(store)

    def model(self, ident: int | None) -> tuple[str, str]:
        """A model's code and name."""
        return self.models.get(ident or 0, ("", ""))


def _every(store: Store) -> list[Customer]:
    """All customers that are not erased, in the order of entry."""
    idents = [ident for (ident,) in store.rows("SELECT id FROM customers WHERE erased_on IS NULL ORDER BY id")]
    found = book.some(store, idents)
    return [found[ident] for ident in idents]


def customers(store: Store, number: Number = masked) -> Iterator[Row]:
    """Every customer, closed ones too."""
    names = _Names(store)
    for one in _every(store):
        yield (
            one.number, one.name, number(one.phone), one.grade, *names.model(one.model_id), one.colour,
            _source(names.lists, one.source), names.staff.get(one.advisor_id or 0, ""), one.first_on, one.last_contact,
            one.next_due, one.closed_on, rules.spoken(one.progress, names.lists.words.get("progress", ())), one.competitor,
            yes(one.no_contact), mask_in(one.note),
        )  # fmt: skip


def _source(known: Lists, code: str) -> str:
    found = known.sources.get(code)
    return found.shown if found else code


def visits(store: Store, number: Number = masked) -> Iterator[Row]:
    """Every visit and call, the oldest first."""
    names = _Names(store)
    found = visit_queries.between(store, date.min, date.max)
    owners = book.some(store, {one.customer_id for one in found})
    for one in found:
        owner = owners.get(one.customer_id or 0)
        purpose = names.lists.purposes.get(one.purpose)
        flags = (one.captured, one.test_drive, one.quote, one.finance, one.deal)
        yield (
            one.number, one.day, one.came_at[11:16], one.left_at[11:16], _word(CHANNELS, one.channel.value),
            _word(KINDS, one.kind.value), names.staff.get(one.advisor_id or 0, ""), owner.number if owner else "",
            owner.name if owner else "", number(owner.phone) if owner else "", *names.model(one.model_id), one.colour,
            one.grade, *map(yes, flags), one.party, one.times, _source(names.lists, one.source),
            purpose.shown if purpose else one.purpose, one.competitor, mask_in(one.note), yes(one.incomplete),
        )  # fmt: skip


def _word(table: Mapping[str, tuple[str, ...]], code: str) -> str:
    zh, en, *_others = (*table[code], "")
    return pick(zh, en)


def shown_in_full(store: Store, name: str) -> list[tuple[str, int]]:
    """Whose numbers a list with whole numbers holds, as (table, id)."""
    if name in ("customers", "visits"):
        wanted = (
            {one.customer_id for one in visit_queries.between(store, date.min, date.max)} if name == "visits" else None
        )
        return [("customers", one.id) for one in _every(store) if one.phone and (wanted is None or one.id in wanted)]
    rows: list[tuple[Any, ...]] = store.rows("SELECT id FROM orders WHERE phone <> '' ORDER BY id")
    return [("orders", ident) for (ident,) in rows]
