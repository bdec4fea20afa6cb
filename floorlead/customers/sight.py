"""A view whose things are ids alone: the rows around the one in sight are read from the file, the others never.

What was read holds until the view is entered again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.customers import queries
from floorlead.customers.records import Customer
from floorlead.customers.views import View

AROUND = 40
"""Rows read at once around the one in sight."""


class IdView(View):
    """`things` are ids of customers; `at` gives a row's customer."""

    def __init__(self, page: Any) -> None:
        super().__init__(page)
        self.known: dict[int, Customer] = {}

    def enter(self) -> None:
        """Read again."""
        self.known = {}
        super().enter()

    def ident(self, thing: Any) -> int:
        """The thing itself."""
        return int(thing)

    def place(self, ident: int) -> int | None:
        """Where an id stands."""
        try:
            return self.things.index(ident)
        except ValueError:
            return None

    def at(self, index: int) -> Customer | None:
        """The customer of a row, None where the row is nobody's or was erased meanwhile."""
        ident = self.ident(self.things[index])
        if ident not in self.known:
            self.known |= queries.some(self.store, self.around(index))
        return self.known.get(ident)

    def around(self, index: int) -> Sequence[int]:
        """The ids that are read together with a row's."""
        first = max(0, index - AROUND // 2)
        return [ident for ident in map(self.ident, self.things[first : first + AROUND]) if ident > 0]

    def seen(self) -> Any:
        """The thing with its customer."""
        return (self.thing(), self.customer())

    def customer(self) -> Customer | None:
        """The customer under the cursor."""
        return self.at(self.grid.cursor) if self.things else None
