"""Outings: a list with what is due, and for each day of one the people who could go, those who went least first.

Space sends and calls back; whoever holds the desk goes only when another steps up, in the same action.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.duty import lists
from floorlead.duty.records import Outing
from floorlead.finding import matches
from floorlead.leave import notes
from floorlead.outings import board, dialogs, moves, queries, rules
from floorlead.outings.records import Pooled
from floorlead.text import wrap
from floorlead.widgets.grid import Cell, Grid
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

COMING, PAST = range(2)
VIEWS = (N_("to come"), N_("past"))
NEW = bind(("insert", "+"), "Ins", N_("new"), changes=True, help=N_("leafleting, a roadshow, photos, visits"))
PEOPLE = bind("enter", "Enter", N_("people"), help=N_("who goes on which day, and who could"))
PLAN = bind("1", "1", N_("plan in"), changes=True, help=N_("the activity plan was handed in; again takes it back"))
REVIEW = bind("2", "2", N_("review in"), changes=True, help=N_("the review was handed in; again takes it back"))
EDIT = bind("3", "3", N_("edit"), changes=True)
OFF = bind("-", "-", N_("call off"), changes=True, help=N_("everybody stays here; again takes it back"))
VIEW = bind(("tab", "backtab"), "Tab", N_("view"))
SEND = bind("space", "Space", N_("goes"), changes=True, help=N_("send the person, or call back, and one down"))
FILL = bind("ctrl+a", "^A", N_("fill up"), changes=True, help=N_("as many as are wanted, those who went least first"))
DAY = bind(("left", "right"), "L/R", N_("day"))
ALIKE = bind("3", "3", N_("same all days"), changes=True, help=N_("send the same people on every other day who can"))
BACK = bind("escape", "Esc", N_("list"))
HELP = bind("f1", "F1", N_("help"))


class OutingsPage(Page):
    """The outings, and over one of them its people day by day."""

    name = "outings"
    key = ""
    word = N_("Outings")
    finds = "wt waituo outing roadshow"
    TABLES = ("outings", "outing_people")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {"outing": dialogs.OutingForm}

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view, self.here = COMING, 0
        self.inside = False
        """Whether the people of the outing under the cursor are shown."""
        self.day = desk.store.today()
        self.counts = [0, 0]
        self.shown: list[Outing] = []
        self.going: dict[int, Mapping[date, list[int]]] = {}
        self.pool: list[Pooled] = []
        self._ordered = (0, self.day)
        """Whose people stand in their order: a line stays where it is while people are sent."""
        self.grid = Grid((), self)

    # -- reading

    def enter(self) -> None:
        """Read the list, or the people of the day shown."""
        today = self.store.today()
        both = [queries.coming(self.store, today), queries.past(self.store, today)]
        self.counts, self.shown = [len(one) for one in both], both[self.view]
        self.going = {one.id: queries.going(self.store, one.id) for one in self.shown}
        outing = self.outing()
        self.inside = self.inside and outing is not None
        if self.inside and outing:
            self.day = min(max(self.day, outing.first), outing.last)
            before = (
                {one.person.id: n for n, one in enumerate(self.pool)} if self._ordered == (outing.id, self.day) else {}
            )
            self.pool = queries.pool(self.store, outing, self.day)
            self.pool.sort(key=lambda one: before.get(one.person.id, 0))
            self._ordered = (outing.id, self.day)
            self.grid.columns = board.pool_columns()
        else:
            self.grid.columns = board.columns()
            self.grid.cursor = next((n for n, one in enumerate(self.shown) if one.id == self.here), self.grid.cursor)
        self.grid.clamp()
        if not self.inside:
            self._note()

    def _note(self) -> None:
        self.here = self.shown[self.grid.cursor].id if self.shown else 0

    def outing(self) -> Outing | None:
        """The outing under the cursor, or whose people are shown."""
        return next((one for one in self.shown if one.id == self.here), None)

    def __len__(self) -> int:
        return len(self.pool) if self.inside else len(self.shown)

    def row(self, index: int) -> Sequence[Cell]:
        """One line's cells, made when it is in sight."""
        if self.inside:
            return board.pool_row(index + 1, self.pool[index])
        one = self.shown[index]
        return board.row(index + 1, one, self.going[one.id], lists.book(self.store), self.store.today())

    def show(self, view: int) -> None:
        """Show a view of the list."""
        self.view, self.inside = view % len(VIEWS), False
        self.enter()

    def next_view(self) -> None:
        """The other list."""
        self.show(self.view + 1)

    # -- drawing

    def title(self, cells: int) -> Line:
        """The lists with their counts; over people the outing, its day and how many go."""
        outing = self.outing()
        if self.inside and outing:
            return self._title_of(outing)
        line = Line().put(f" {_(self.word)}  ", "title")
        for n, (word, count) in enumerate(zip(VIEWS, self.counts, strict=True)):
            text = f"{_(word)} {count}"
            line.put(f"[{text}]" if n == self.view else f" {text} ", "chip" if n == self.view else "", f"view:{n}")
        return line

    def _title_of(self, outing: Outing) -> Line:
        what = notes.said(queries.both(lists.book(self.store), outing))
        day = notes.said(notes.span(self.day, self.day, outing.half))
        nth = _("day {n} of {all}").format(n=(self.day - outing.first).days + 1, all=rules.days(outing))
        goes = sum(one.goes for one in self.pool)
        free = sum(one.free for one in self.pool)
        told = _("go {goes} of {wanted}   free {free}").format(goes=goes, wanted=outing.wanted, free=free)
        line = Line().put(f" {what}  ", "title").put(f"[{day}]", "chip")
        return line.put(f" {nth}" if rules.days(outing) > 1 else "").put("   " + told)

    def body(self, cells: int, height: int) -> list[Line]:
        """The lines, or what would be here."""
        if len(self):
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        empty = (
            N_("Nothing is planned outside.   Ins enters an outing, F6 and 8 sends one person"),
            N_("No outing is over yet."),
        )
        text = _("Nobody is on the rota on this day.") if self.inside else _(empty[self.view])
        return [Line(), *(Line().put("   " + part) for part in wrap(text, cells - 6))]

    def warning(self, cells: int) -> Line:
        """What of the outing under the cursor is overdue or against the rules of a roadshow."""
        outing = self.outing()
        told: list[str] = []
        if outing and not outing.cancelled_at:
            told = board.against(outing, self.store.today(), queries.seen_before(self.store, outing))
        return Line().put(" " + "  ".join(told), "warn") if told else Line()

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        if self.inside:
            outing = self.outing()
            several = (DAY, ALIKE) if outing and rules.days(outing) > 1 else ()
            return (SEND, FILL, *several, PLAN, REVIEW, BACK)
        return (NEW, PEOPLE, PLAN, REVIEW, EDIT, OFF, VIEW) if self.shown else (NEW, VIEW, HELP)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if self.grid.move(key, 10):
            if not self.inside:
                self._note()
            return True
        outing = self.outing()
        if key in ("tab", "backtab") and not self.inside:
            self.show(self.view + 1)
        elif key in ("insert", "+"):
            self.desk.open("outing", {})
        elif outing is None:
            return False
        elif key in ("1", "2"):
            self._do(lambda: moves.tick(self.store, outing, "plan" if key == "1" else "review"))
        else:
            return self._press_inside(outing, key) if self.inside else self._press_list(outing, key)
        return True

    def _press_list(self, outing: Outing, key: str) -> bool:
        if key == "enter":
            self.open(outing)
        elif key == "3":
            self.desk.open("outing", {"id": outing.id})
        elif key == "-":
            self._do(lambda: moves.call_off(self.store, outing))
        else:
            return False
        return True

    def open(self, outing: Outing) -> None:
        """Show the people of an outing, on today or its first day."""
        self.here, self.inside, self.grid.cursor = outing.id, True, 0
        self.day = max(outing.first, min(self.store.today(), outing.last))
        self.enter()

    def _press_inside(self, outing: Outing, key: str) -> bool:
        if key == "escape":
            self.inside = False
            self.enter()
        elif key in ("left", "right"):
            self.day += timedelta(days=1 if key == "right" else -1)
            self.enter()
        elif key == "space" and self.pool:
            self._toggle(outing, self.pool[self.grid.cursor])
        elif key == "ctrl+a":
            self._fill(outing)
        elif key == "3" and rules.days(outing) > 1:
            self._alike(outing)
        else:
            return False
        return True

    def _toggle(self, outing: Outing, one: Pooled) -> None:
        act = moves.unassign if one.goes else lambda store, out, day, who: moves.assign(store, out, day, [who])
        if self._do(lambda: act(self.store, outing, self.day, one.person)):
            self.grid.move("down", 1)

    def _fill(self, outing: Outing) -> None:
        chosen = [one.person for one in rules.next_to_go(self.pool, outing.wanted)]
        if chosen:
            self._do(lambda: moves.assign(self.store, outing, self.day, chosen))
        else:
            self.desk.say(_("As many go as are wanted, or nobody in the pool is free"))

    def _alike(self, outing: Outing) -> None:
        """Send those who go on the day shown on the other days too, as far as they can; one action."""
        people = [one.person for one in self.pool if one.goes]
        days = [day for day in board.days_of(outing) if day != self.day and day >= self.store.today()]
        self._do(lambda: moves.assign_days(self.store, outing, days, people))

    def _do(self, act: Callable[[], object]) -> bool:
        done = self.desk.do(act)
        self.enter()
        return done

    def click(self, do: str) -> None:
        """A click on a view, a line or a mark."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show(int(rest))
        elif kind in ("row", "pick"):
            self.grid.cursor = int(rest)
            self.grid.clamp()
            if self.inside and kind == "pick":
                self.press("space")
            elif not self.inside:
                self._note()

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people of the day, or the places, while this page is up."""
        if self.desk.page is not self or not self.inside:
            return []
        scored = [(matches(typed, one.person.search), n, one.person) for n, one in enumerate(self.pool)]
        return [Hit(p.shown, p.number, self.name, f"line:{n}", score) for score, n, p in scored if score]

    def go_to(self, place: str) -> None:
        """Go to a line (`line:3`) or to an outing by id, whichever list has it."""
        kind, _sep, rest = place.partition(":")
        if kind == "line":
            self.grid.cursor = int(rest)
            self.grid.clamp()
            return
        if not place:
            return
        for view in (self.view, 1 - self.view):
            self.here = int(place)
            self.show(view)
            if self.here == int(place):
                return

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the outing that changed; over its people stay there."""
        for change in changes:
            values = change.new or change.old or []
            ident = (
                change.row if change.table == "outings" else int(values[1]) if change.table == "outing_people" else 0
            )
            if ident and not (self.inside and ident == self.here):
                self.go_to(str(ident))
            if ident:
                return

    def state(self) -> dict[str, Any]:
        """The list, the outing, its day and the line."""
        return {
            "view": self.view, "here": self.here, "inside": self.inside, "day": self.day.isoformat(), "line": self.grid.cursor,
        }  # fmt: skip

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view, self.here = int(state.get("view", 0)) % len(VIEWS), int(state.get("here", 0))
        self.inside, self.grid.cursor = bool(state.get("inside")), int(state.get("line", 0))
        self.day = date.fromisoformat(state.get("day", self.day.isoformat()))

    def commands(self) -> list[Command]:
        """What the command list offers."""
        return [
            Command(
                N_("Enter an outing"), "wt waituo xj outing new", lambda: self.desk.go_and_open(self.name, "outing")
            )
        ]
