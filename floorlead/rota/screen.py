"""F6: who works when. A digit plans the day under the cursor; week, today, desk and month are views of the same rota.

The stretch shown is read once; moving the cursor inside it asks the store nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.finding import matches
from floorlead.people.records import Person, Presence
from floorlead.planning.rota import Violation
from floorlead.rota import (
    answers,
    board,
    cellbox,
    checkbox,
    commands,
    deskboxes,
    entry,
    filebox,
    findings,
    importing,
    leavebox,
    present,
    printing,
    queries,
    signs,
    stories,
    substitute,
    title,
)
from floorlead.rota import desk as reception
from floorlead.rota.keys import CELL, CHECK, COPY, HELP, LOCK, NEXT, PLACE_OF, PLAN, PRINT, VIEW
from floorlead.rota.records import Stretch
from floorlead.rota.title import DESK, MONTH, TODAY, WEEK
from floorlead.widgets.choose import Listing
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _, language

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk


class RotaPage(Page):
    """The rota, in four views over the same day and person."""

    name = "rota"
    key = "f6"
    word = N_("Rota")
    finds = "pb paiban rota"
    TABLES = ("rota_cells", "desk_duty", "wishes", "publications", "leaves", "outing_people", "substitutions",
              "acting_leaders")  # fmt: skip
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "cell": cellbox.CellBox, "check": checkbox.CheckBox, "leave": leavebox.LeaveBox,
        "substitute": substitute.Substitute, "holder": deskboxes.Holder, "back": deskboxes.GiveBack,
        "acting": deskboxes.Acting, "print": printing.PrintRota, "files": filebox.FileBox, "text": Listing,
        "rota_import": importing.ImportFile, "rota_preview": importing.Preview,
        **answers.DIALOGS,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = WEEK
        self.day = desk.store.today()
        """The day under the cursor."""
        self.here = 0
        """The id of the person under the cursor."""
        self.stretch: Stretch | None = None
        self.signed: Mapping[int, Presence] = {}
        self.reception: reception.DeskDay | None = None
        """Today's desk as it is really held, while today is shown."""
        self.desk_view = reception.DeskView(self)
        self.grid = board.Tight(())
        self._broken: list[Violation] | None = None
        self._drawn: board.Board | present.Present | None = None
        self._shown: tuple[object, ...] = ()
        self._wide = False

    # -- reading

    def enter(self) -> None:
        """Read the days shown again; the cursor stays with its person and day."""
        first, last = queries.month(self.day) if self.view == MONTH else queries.week(self.day)
        self.stretch, self._broken, self._drawn = queries.read(self.store, first, last), None, None
        self.signed = (
            queries.signed(self.store, self.day) if self.view == TODAY and self.day == self.store.today() else {}
        )
        today = self.stretch.today
        self.reception = reception.read(self.store, today) if first <= today <= last else None
        if self.view == DESK:
            self.desk_view.enter(self.day)
        self._stand(self.here)

    def arrive(self) -> None:
        """Coming from another page the week with today is shown, the cursor on its first person."""
        self.view, self.day, self.here = WEEK, self.store.today(), 0
        self.enter()

    def read(self) -> Stretch:
        """The days shown as they were last read."""
        if self.stretch is None:
            self.enter()
        assert self.stretch
        return self.stretch

    def broken(self) -> list[Violation]:
        """The rules that the days shown break, judged once after each reading."""
        if self._broken is None:
            stretch = self.read()
            self._broken = findings.broken(self.store, stretch.first, stretch.last)
        return self._broken

    def _stand(self, ident: int) -> bool:
        people = self.read().people
        at = next((n for n, person in enumerate(people) if person.id == ident), None)
        if at is not None:
            self.grid.cursor = at
        self.grid.cursor = max(0, min(self.grid.cursor, len(people) - 1))
        self.here = people[self.grid.cursor].id if people else 0
        return at is not None

    def person(self) -> Person | None:
        """The person under the cursor."""
        people = self.read().people
        return people[self.grid.cursor] if people else None

    def stand(self, day: date, ident: int = 0) -> None:
        """Put the cursor on a day, and on a person of it."""
        self.day = day
        if self.view in (TODAY, DESK) or not self.read().first <= day <= self.read().last:
            self.enter()
        self._stand(ident or self.here)

    def show_view(self, view: int) -> None:
        """Show a view of the same day."""
        self.view = view % len(title.VIEWS)
        self.enter()

    def next_view(self) -> None:
        """F6 again: the next view."""
        self.show_view(self.view + 1)

    # -- drawing

    def title(self, cells: int) -> Line:
        """The days, the desk's gaps, the views."""
        return title.title(self.read(), _(self.word), self.view, self.day)

    def body(self, cells: int, height: int) -> list[Line]:
        """The view."""
        if not self.read().people:
            return [Line(), *(Line().put("   " + text) for text in stories.nobody())]
        return self.desk_view.body(cells, height) if self.view == DESK else self._grid(cells, height)

    def _grid(self, cells: int, height: int) -> list[Line]:
        self._wide = cells >= board.WIDE
        stretch, head = self.read(), self._rows().head()
        below = [*board.legend(stretch.book, board.PAGE), stories.under(stretch, self.person(), self.day)]
        now = self.reception if self.day == stretch.today else None
        below += reception.lines(now, board.PAGE) if now else stories.desk_lines(stretch, self.day)
        rows = max(3, height - len(head) - len(below))
        return [*head, *self.grid.lines(cells, rows), *below]

    def _rows(self) -> board.Board | present.Present:
        """The view's rows, made anew only when something else is shown than before."""
        day = self.day if self.view == TODAY else None
        shown = (self.view, self._wide, language(), day, self.desk.now().minute)
        if shown != self._shown or self._drawn is None:
            self._shown, self._drawn = shown, self._made()
            self.grid.over(self._drawn.columns(), self._drawn)
        self._drawn.column = (self.day - self.read().first).days
        return self._drawn

    def _made(self) -> board.Board | present.Present:
        if self.view != TODAY:
            return board.Board(self.read(), self.grid, monthly=self.view == MONTH, wide=self._wide)
        now = self.desk.now()
        minute = now.hour * 60 + now.minute if self.day == self.read().today else -1
        return present.Present(self.read(), self.grid, self.day, self.signed, minute)

    def warning(self, cells: int) -> Line:
        """What the rota breaks; else what its marks mean."""
        if self.view == DESK:
            return self.desk_view.warning(cells)
        return stories.warning(self.read(), self.broken(), self.here, self.day, min(cells, board.PAGE))

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        if not self.read().people:
            return (VIEW, HELP)
        if self.view == DESK:
            return (*self.desk_view.binds(), VIEW, PRINT)
        return (PLAN, LOCK, CELL, VIEW, NEXT, COPY, CHECK, PRINT)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("tab", "backtab"):
            self.show_view(self.view + (1 if key == "tab" else -1))
        elif not self.read().people:
            return False
        elif key in ("left", "right"):
            self.stand(self.day + timedelta(days=1 if key == "right" else -1))
        elif key in ("pageup", "pagedown"):
            self._page(1 if key == "pagedown" else -1)
        elif self.view == DESK:
            return self.desk_view.press(key)
        elif self._rows() and self.grid.move(key, 10):
            self._stand(self.read().people[self.grid.cursor].id)
        elif key == "enter":
            self.desk.open("cell", {"person": self.here, "day": self.day.isoformat()})
        elif key == "ctrl+d":
            entry.copy_week(self)
        elif key == "ctrl+e":
            self.desk.open("check")
        else:
            return entry.press(self, key)
        return True

    def _page(self, by: int) -> None:
        """The same place a week on, a month on in the month."""
        if self.view != MONTH:
            self.stand(self.day + timedelta(days=7 * by))
            return
        first, last = queries.month(self.day)
        there = queries.month(last + timedelta(days=1) if by > 0 else first - timedelta(days=1))
        self.stand(min(there[1], there[0] + (self.day - first)))

    def click(self, do: str) -> None:
        """A click on a view, a row or a cell."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show_view(int(rest))
        elif self.view == DESK:
            self.desk_view.click(do)
        elif kind in ("row", "cell") and self.read().people:
            row, _sep, column = rest.partition(":")
            people, days = self.read().people, self.read().days
            day = days[min(int(column), len(days) - 1)] if column else self.day
            self.stand(day, people[min(int(row), len(people) - 1)].id)

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people that fit, while this page is up; the cursor keeps its day."""
        if self.desk.page is not self:
            return []
        scored = [(matches(typed, person.search), person) for person in self.read().people]
        where = f"{_(self.word)}  {signs.day_words(self.day)}"
        return [Hit(p.shown, f"{where}  {p.number}", self.name, str(p.id), score) for score, p in scored if score]

    def go_to(self, place: str) -> None:
        """Go to a person by id on the same day, to `day/id`, or to a slot of today's desk: `desk:front_desk 09:00`."""
        if place.startswith("desk:"):
            self.day, self.desk_view.slot = self.store.today(), place.removeprefix("desk:")
            self.show_view(DESK)
            return
        day, _sep, ident = place.rpartition("/")
        self.stand(date.fromisoformat(day) if day else self.day, int(ident))

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the first cell of what changed."""
        for change in changes:
            values = change.new or change.old
            if values and (place := PLACE_OF.get(change.table)):
                if self.view == DESK and change.table in ("desk_duty", "substitutions"):
                    self.desk_view.slot = str(values[2])
                if self.view not in (WEEK, MONTH) and change.table == "rota_cells":
                    self.show_view(WEEK)
                person = values[place[1]] if place[1] else 0
                self.stand(date.fromisoformat(str(values[place[0]])), int(person or 0))
                return

    def state(self) -> dict[str, Any]:
        """The view, the day and the person."""
        return {"view": self.view, "day": self.day.isoformat(), "here": self.here, "slot": self.desk_view.slot}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view = int(state.get("view", WEEK)) % len(title.VIEWS)
        self.day = date.fromisoformat(state.get("day", self.day.isoformat()))
        self.here = int(state.get("here", 0))
        self.desk_view.slot = str(state.get("slot", ""))

    def commands(self) -> list[Command]:
        """What the command list offers."""
        return commands.commands(self)

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The rota on paper."""
        return ("print", {})
