"""The process spot check: a digit is what was missed, Space says the rest was right, left right and - what does not apply.

Views: today's card, the month's looks, each consultant's share.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.finding import matches
from floorlead.log.lists import lists
from floorlead.log.records import Item
from floorlead.people import queries as people_queries
from floorlead.people.records import Person, Role
from floorlead.spotchecks import board, dialogs, moves, queries, rules
from floorlead.spotchecks.board import Look
from floorlead.spotchecks.records import FAIL, NA, Spot
from floorlead.widgets.grid import Grid, Rows
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

TODAY, MONTH, PEOPLE = range(3)
VIEWS = (N_("today"), N_("this month"), N_("by consultant"))
REST = bind(
    "space", "Space", N_("rest ok"), changes=True, help=N_("what is not marked was right; the look is over, one down")
)
NOT = bind("-", "-", N_("n/a"), changes=True, help=N_("the item in brackets does not apply; again it does"))
ITEM = bind(("left", "right"), "L/R", N_("item"))
NOTE = bind("enter", "Enter", N_("note"))
MORE = bind(("insert", "+"), "Ins", N_("look"), changes=True, help=N_("one more look at the same consultant"))
TAB = bind(("tab", "backtab"), "Tab", N_("view"))
SHOW = bind("enter", "Enter", N_("item by item"))
MONTHS = bind(("left", "right"), "L/R", N_("month"))
HELP = bind("f1", "F1", N_("help"))


class SpotchecksPage(Page):
    """The sales process looked at, consultant by consultant."""

    name = "spotchecks"
    key = ""
    word = N_("Spot checks")
    finds = "lc liucheng cc choucha process"
    TABLES = ("spot_checks", "spot_marks")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view, self.at, self.back = TODAY, 0, 0
        """The view, the item under the cursor, months before this one."""
        self.here = ""
        """The line of today's card: `spot:4`, or `person:7` while there is no look."""
        self.looks: list[Look] = []
        self.spots: list[Spot] = []
        self.people: dict[int, Person] = {}
        self.grids = [Grid(()), Grid(()), Grid(())]

    # -- reading

    def items(self) -> Sequence[Item]:
        """The items in force, the first one on digit 1."""
        return lists(self.store).items

    @property
    def grid(self) -> Grid:
        """The rows of the view that is shown."""
        return self.grids[self.view]

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        first = self.store.today().replace(day=1)
        for _n in range(self.back):
            first = (first - timedelta(days=1)).replace(day=1)
        return first

    def enter(self) -> None:
        """Read again; the cursor stays with its look."""
        today = self.store.today()
        self.people = {one.id: one for one in people_queries.everybody(self.store)}
        mine: dict[int, list[Spot]] = {}
        for spot in queries.on_day(self.store, today):
            mine.setdefault(spot.person, []).append(spot)
        here = [one.person for one in people_queries.day(self.store, today) if one.here]
        team = [one for one in here if one.role is Role.CONSULTANT or one.id in mine]
        team += [self.people[who] for who in mine if who not in {one.id for one in team}]
        none: list[Spot | None] = [None]
        self.looks = [Look(one, spot) for one in team for spot in (mine.get(one.id) or none)]
        last = (self.month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self.spots = queries.between(self.store, self.month, last)[::-1]
        self._lay()

    def _lay(self) -> None:
        at = next((n for n, look in enumerate(self.looks) if _key(look) == self.here), None)
        if at is not None:
            self.grids[TODAY].cursor = at
        sums, items = rules.by_person(self.spots), self.items()
        last = {spot.person: spot.day for spot in reversed(self.spots) if spot.marks}
        team = [one for one in self.people.values() if one.role is Role.CONSULTANT and one.works_on(self.store.today())]
        team.sort(key=lambda one: sums[one.id].looks if one.id in sums else 0)
        self.grids[TODAY].columns, self.grids[TODAY].source = board.columns(items), _Card(self)
        self.grids[MONTH].columns = board.month_columns(len(self.spots))
        months = [board.month_cells(n, one, self.people[one.person]) for n, one in enumerate(self.spots, 1)]
        self.grids[MONTH].source = Rows(months)
        self.grids[PEOPLE].columns = board.people_columns()
        self.grids[PEOPLE].source = Rows([board.people_cells(p, sums.get(p.id), last.get(p.id)) for p in team])
        for grid in self.grids:
            grid.clamp()
        self._note_cursor()

    def _note_cursor(self) -> None:
        look = self.look()
        self.here = _key(look) if look else ""

    def look(self) -> Look | None:
        """The line of today's card under the cursor."""
        return self.looks[self.grids[TODAY].cursor] if self.looks else None

    def arrive(self) -> None:
        self.view = TODAY

    # -- drawing

    def title(self, cells: int) -> Line:
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, word in enumerate(VIEWS):
            here = n == self.view
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"view:{n}")
        looks = sum(1 for look in self.looks if look.spot and look.spot.marks)
        told = _("looked at today {count}/{all}").format(count=looks, all=len(self.looks))
        return line.put("   " + (told if self.view == TODAY else f"{self.month:%Y-%m}"))

    def body(self, cells: int, height: int) -> list[Line]:
        if not len(self.grid.source):
            words = (
                N_("No consultant is here today.   ^K people: the sign-in"),
                N_("No spot check in this month.   Tab today: a digit or Space begins one"), N_("No consultant yet."),
            )  # fmt: skip
            return [Line(), Line().put("   " + _(words[self.view]))]
        look = self.look()
        if self.view != TODAY or look is None:
            rows = [self.grid.head(cells), *self.grid.lines(cells, height - 3)]
            return [*rows, Line(), *self._often()] if self.view == MONTH else rows
        below = board.below(look)
        return [self.grid.head(cells), *self.grid.lines(cells, height - 1 - len(below)), *below]

    def _often(self) -> list[Line]:
        """What failed most often in the month."""
        found = list(rules.failures(self.spots).items())[:4]
        names = [f"{pick(zh, en)} {count}" for (_code, zh, en), count in found]
        return [Line().put("   " + _("failed most: {items}").format(items=", ".join(names)))] if names else []

    def warning(self, cells: int) -> Line:
        if self.view != TODAY or not self.looks:
            return Line()
        line = Line().put(" ")
        if self.items():
            item = self.items()[self.at % len(self.items())]
            line.put(f"{self.at % len(self.items()) + 1} {item.shown}", "dim")
        return line

    # -- keys

    def binds(self) -> Sequence[Bind]:
        if self.view == PEOPLE:
            return (TAB, MONTHS, HELP)
        if self.view == MONTH:
            return (SHOW, TAB, MONTHS, HELP) if self.spots else (TAB, MONTHS, HELP)
        if not self.looks:
            return (TAB, HELP)
        last = len(self.items())
        fail = bind(
            digits(1, last), f"1-{last}", N_("failed"), changes=True, help=N_("the item was missed; again takes it off")
        )
        return (fail, REST, ITEM, NOT, NOTE, MORE, TAB, HELP)

    def press(self, key: str) -> bool:
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("tab", "backtab"):
            self.view = (self.view + (1 if key == "tab" else -1)) % len(VIEWS)
        elif self.grid.move(key, 10):
            self._note_cursor()
        elif self.view != TODAY:
            return self._press_list(key)
        else:
            look = self.look()
            return look is not None and self._press_card(look, key)
        return True

    def _press_list(self, key: str) -> bool:
        if key in ("left", "right"):
            self.back = max(0, self.back + (1 if key == "left" else -1))
            self.enter()
        elif key == "enter" and self.view == MONTH and self.spots:
            self.desk.open("look", {"id": self.spots[self.grid.cursor].id})
        else:
            return False
        return True

    def _press_card(self, look: Look, key: str) -> bool:
        items = self.items()
        if key in ("left", "right"):
            self.at = (self.at + (1 if key == "right" else -1)) % len(items)
        elif len(key) == 1 and key.isdigit() and 1 <= int(key) <= len(items):
            self.at = int(key) - 1
            self._mark(look, FAIL)
        elif key == "-":
            self._mark(look, NA)
        elif key == "space":
            self._finish(look)
        elif key == "enter":
            self.desk.open("note", {"id": look.spot.id if look.spot else 0, "person": look.person.id})
        elif key in ("insert", "+"):
            self._did(lambda: moves.begin(self.store, look.person))
        else:
            return False
        return True

    def _mark(self, look: Look, result: str) -> None:
        """Mark the item under the cursor; the same again takes the mark off."""
        item = self.items()[self.at % len(self.items())]
        was = look.spot.marks.get(item.code) if look.spot else None
        wanted = "" if was and was.result == result else result
        self._did(lambda: moves.mark(self.store, look.person, look.spot, item, wanted))

    def _finish(self, look: Look) -> None:
        cursor = self.grid.cursor
        self._did(lambda: moves.finish(self.store, look.person, look.spot, self.items()))
        self.grid.cursor = cursor
        self.grid.move("down", 1)
        self._note_cursor()

    def _did(self, act: Any) -> None:
        """Carry out what marks, and stand on the look that it was."""
        made: list[int] = []
        if self.desk.do(lambda: made.append(act())) and made:
            self.here = f"spot:{made[0]}"
        self.enter()

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.view = int(rest)
        elif kind in ("row", "cell"):
            row, _sep, item = rest.partition(":")
            self.grid.cursor, self.at = int(row), int(item or self.at + 1) - 1
            self.grid.clamp()
            self._note_cursor()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        if self.desk.page is not self:
            return []
        found = [(matches(typed, look.person.search), look) for look in self.looks]
        return [Hit(look.person.shown, _(self.word), self.name, _key(look), score) for score, look in found if score]

    def go_to(self, place: str) -> None:
        """Go to a line of today's card: `spot:4`, `person:7`."""
        self.view, self.here = TODAY, place
        self._lay()

    def show_changes(self, changes: Sequence[Change]) -> None:
        for change in changes:
            values = change.new or change.old
            spot = change.row if change.table == "spot_checks" else values[1] if values else 0
            if change.table in self.TABLES and any(look.spot and look.spot.id == spot for look in self.looks):
                self.go_to(f"spot:{spot}")
                return

    def state(self) -> dict[str, Any]:
        return {"view": self.view, "at": self.at, "here": self.here, "back": self.back}

    def restore(self, state: dict[str, Any]) -> None:
        self.view, self.at = int(state.get("view", TODAY)) % len(VIEWS), max(0, int(state.get("at", 0)))
        self.here, self.back = str(state.get("here", "")), max(0, int(state.get("back", 0)))

    def commands(self) -> list[Command]:
        return [Command(N_("Spot check the sales process"), "lc liucheng choucha", lambda: self.desk.go(self.name))]


class _Card:
    """Today's card as rows that are made when they are in sight; the item under the cursor stands in brackets."""

    def __init__(self, page: SpotchecksPage) -> None:
        self.page = page

    def __len__(self) -> int:
        return len(self.page.looks)

    def row(self, index: int) -> Any:
        """One line's cells."""
        page = self.page
        here = index == page.grids[TODAY].cursor
        return board.cells(index + 1, page.looks[index], page.items(), page.at % max(1, len(page.items())), here)


def _key(look: Look) -> str:
    return f"spot:{look.spot.id}" if look.spot else f"person:{look.person.id}"
