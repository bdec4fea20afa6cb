"""Who has read a notice of the maker's: one key each; with the last one the notice closes by itself.

Whoever is not here today is marked, and waits to be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from floorlead.cars import queries as cars
from floorlead.log import moves, queries
from floorlead.log.records import Entry
from floorlead.log.writing import BACK, OfEntry
from floorlead.people import queries as people_queries
from floorlead.people.records import STATE_WORDS, Person, State
from floorlead.phones import mask_in
from floorlead.text import wrap
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

SHOWN = 11
READ = bind("space", "Space", N_("has read"), changes=True, help=N_("has read it; again takes it back"))
ALL = bind("ctrl+a", "^A", N_("all here"), changes=True, help=N_("everybody who is here today has read it"))
EDIT = bind("8", "8", N_("edit"))


class Readers(OfEntry):
    """The people of the floor with when they read it."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.grid = Grid([Column("", 1), Column(_("Name"), 18), Column(_("read"), 12), Column(_("today"), 14)])

    def _people(self, one: Entry) -> list[Person]:
        return queries.readers(self.page.store, one)

    def lines(self, cells: int) -> list[Line]:
        """The words, from when they count, then everybody."""
        one = self.entry()
        if one is None:
            return []
        self._lay(one)
        head = [Line().put(" " + part) for part in wrap(mask_in(one.text), cells - 2)[:4]]
        table = [self.grid.head(cells), *self.grid.lines(cells, SHOWN)]
        return [*head, Line().put(" " + self._facts(one), "dim"), *table, *self._below()]

    def _below(self) -> list[Line]:
        """How many people stand below the last line that fits."""
        count = self.grid.below(SHOWN)
        return [Line().put("   " + _("{count} more below").format(count=count), "dim")] if count else []

    def _lay(self, one: Entry) -> None:
        store = self.page.store
        there, people = queries.acknowledged(store, one.id), self._people(one)
        states = {seen.person.id: seen.state for seen in people_queries.day(store, store.today())}
        self.grid.source = Rows([_cells(p, there.get(p.id, ""), states.get(p.id)) for p in people])
        self.grid.cursor = int(self.args.get("line", 0))

    def _facts(self, one: Entry) -> str:
        model = next((m.shown for m in cars.models(self.page.store) if m.id == one.model_id), _("all models"))
        day = one.effective_on.isoformat() if one.effective_on else "-"
        left = len(queries.unacknowledged(self.page.store, one))
        told = _("counts from {day}   {model}   unread {count}")
        return told.format(day=day, model=model, count=left)

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        return (READ, ALL, bind(("up", "down", "pageup", "pagedown"), "Up/Dn", N_("scroll")), EDIT, BACK)

    def press(self, key: str) -> bool:
        """Take a key."""
        one = self.entry()
        if one is None or key == "escape":
            self.close()
            return True
        self._lay(one)
        if self.grid.move(key, SHOWN):
            self.args["line"] = self.grid.cursor
        elif key == "space":
            self._toggle(one)
        elif key == "ctrl+a":
            self._everybody_here(one)
        elif key == "8":
            self.desk.open("entry", {"kind": one.kind.value, "id": one.id})
        else:
            return False
        return True

    def _toggle(self, one: Entry) -> None:
        people, store = self._people(one), self.page.store
        if not people:
            return
        person = people[min(int(self.args.get("line", 0)), len(people) - 1)]
        if person.id in queries.acknowledged(store, one.id):
            self.desk.do(lambda: moves.unacknowledge(store, one, person))
        else:
            self.desk.do(lambda: moves.acknowledge(store, one, [person]))
        self.args["line"] = min(int(self.args.get("line", 0)) + 1, len(people) - 1)
        self.page.enter()

    def _everybody_here(self, one: Entry) -> None:
        store = self.page.store
        here = {seen.person.id for seen in people_queries.day(store, store.today()) if seen.here}
        wanted = [person for person in self._people(one) if person.id in here]
        self.desk.do(lambda: moves.acknowledge(store, one, wanted))
        self.page.enter()

    def click(self, do: str) -> None:
        """A click on a person."""
        kind, _sep, rest = do.partition(":")
        if kind == "row":
            self.args["line"] = int(rest)


def _cells(person: Person, at: str, state: State | None) -> list[Cell]:
    away = state is not None and state not in (State.PRESENT, State.LATE)
    when = f"{at[5:10]} {at[11:16]}" if at else ""
    mark = Cell("v", "good") if at else Cell(".", "open")
    look = "dim" if at else "bold" if away else ""
    return [mark, Cell(person.shown, look), Cell(when), Cell(_(STATE_WORDS[state]) if away and state else "", look)]


DIALOGS: dict[str, type[Dialog]] = {"readers": Readers}
"""The box by name."""
