"""The cards of an invented day, marked through the same rules and the same door as the keys mark them.

The hand that marks keeps no truth of its own: each card in hand follows what was saved.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from floorlead.checks import queries, rules
from floorlead.checks.records import PASS, Card, CardWords, Item, Mark, RestPass, Row
from floorlead.record import replace
from floorlead.store import Store
from floorlead.words import N_, pick

Fault = tuple[Card, Row, Item]
PUT_RIGHT = 0.7
"""How many of the faults are put right."""


class DemoCards:
    """The day's cards; `at` turns the store's clock to a time of the day and returns its stamp."""

    def __init__(
        self, store: Store, day: date, story: dict[str, Any], draw: random.Random, at: Callable[[str], str],
        here: set[int],
    ) -> None:  # fmt: skip
        self.store = store
        self.day = day
        self.story = story
        self.draw = draw
        self.at = at
        self.here = here

    def opened(self, words: CardWords, clock_time: str) -> Card:
        """A card, looked at for the first time."""
        card = queries.card(self.store, self.day, words)
        card.opened_at, card.opened_by = self.at(clock_time), self.store.by
        return card

    def faults(self, card: Card, how_many: Sequence[int], minutes: range) -> list[Fault]:
        """Faults with their reasons, found on the way at 08:`minutes`; returns where."""
        wanted = [f for f in self.story["fault"] if f["list"] in {one.code for one in card.words.lists}]
        found: list[Fault] = []
        count = self.draw.choice(how_many)
        times = sorted(self.draw.sample(minutes, count))
        for minute, fault in zip(times, self.draw.sample(wanted, count), strict=True):
            row = self.draw.choice([row for row in card.rows if row.list == fault["list"] and not row.away])
            item = next(item for item in card.items(row) if item.code == fault["item"])
            if card.mark(row, item) is None:
                self._fault(card, row, item, minute, pick(fault["zh"], fault["en"]))
                found.append((card, row, item))
        return found

    def _fault(self, card: Card, row: Row, item: Item, minute: int, reason: str) -> None:
        self.at(f"08:{minute}:{self.draw.randint(10, 29)}")
        self._save(card, row, item, rules.toggled(None, self._fresh(card, row, item), overdue=False), "X")
        self.at(f"08:{minute}:{self.draw.randint(30, 59)}")
        self._reason(card, row, item, reason)

    def late_wipes(self, card: Card, clock_time: str) -> None:
        """On some days a car or two turn out to be wiped only after nine."""
        self.at(clock_time)
        cars = [row for row in card.rows if row.list == "display_car"]
        for row in self.draw.sample(cars, self.draw.choice((0, 0, 0, 1, 2))):
            item = card.items(row)[0]
            old = card.mark(row, item)
            if old and not old.is_exception:
                late = rules.toggled(old, self._fresh(card, row, item), overdue=True)
                self._save(card, row, item, late, "L")
                self._reason(card, row, item, pick(**self.story["late_wipe"]))

    def put_right(self, faults: list[Fault], clock_time: str) -> None:
        """Most faults are put right in the same hour."""
        for card, row, item in faults:
            mark = card.mark(row, item)
            if mark and self.draw.random() < PUT_RIGHT:
                better = rules.remedied(mark, self.at(clock_time), self.store.by)
                queries.put(self.store, card, [(row, item, better)], N_("{name} put right"), name=row.both())

    def numbers(self, card: Card, value: float) -> None:
        """Every number of a round is read as `value`."""
        row = card.rows[0]
        for item in card.items(row):
            if item.is_number:
                self._save(card, row, item, rules.measured(item, self._fresh(card, row, item), value), "v")

    def rest(self, card: Card, clock_time: str) -> None:
        """What is still open is fine; what was due before was seen in time and is only written now."""
        stamp = self.at(clock_time)
        found = rules.open_cells(card, card.rows)
        late = any(self._overdue(item) for _row, item in found)
        cells: list[queries.Cell] = []
        for row, item in found:
            new = replace(self._fresh(card, row, item), single=0, points=0)
            cells.append((row, item, rules.passed(new, self._overdue(item), backfilled=late)))
        rows = len({(row.list, row.subject) for row, _item in found})
        told = N_("{card}: the rest is fine, {count} marks {time}")
        told_late = N_("{card}: the rest is fine, {count} marks, entered later {time}")
        done = RestPass(stamp, self.store.by, rows, len(cells), late)
        names = {"zh": card.words.zh, "en": card.words.en}
        queries.put(self.store, card, cells, told_late if late else told, done,
                    card=names, count=len(cells), time=stamp[11:16])  # fmt: skip

    def _overdue(self, item: Item) -> bool:
        return bool(item.due) and self.store.clock.passed(item.due, self.day)

    def _fresh(self, card: Card, row: Row, item: Item) -> Mark:
        owner = row.owner_id if row.owner_id in self.here else None
        stamp, points = self.store.clock.stamp(), item.points if owner else 0
        single = 2 if card.passes else 1
        return Mark(PASS, stamp, self.store.by, single=single, owner_id=owner, points=points)

    def _save(self, card: Card, row: Row, item: Item, mark: Mark | None, sign: str) -> None:
        at = self.store.clock.stamp()[11:16]
        queries.put(self.store, card, [(row, item, mark)], N_("{name} {item} {sign} {time}"),
                    name=row.both(), item=item.both(), sign=sign, time=at)  # fmt: skip

    def _reason(self, card: Card, row: Row, item: Item, reason: str) -> None:
        mark = card.mark(row, item)
        assert mark
        cells = [(row, item, replace(mark, reason=reason))]
        queries.put(self.store, card, cells, N_("{name} {item} {reason}"),
                    name=row.both(), item=item.both(), reason=reason)  # fmt: skip
