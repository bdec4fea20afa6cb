"""The monthly appraisal: everybody's scores, indicators and year; over one person every point with its dated check.

What was closed counts; where the checks say otherwise since, a star says so and the close can be made anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import clock
from floorlead.appraisal import board, dialogs, moves, notes, queries, sheet
from floorlead.appraisal.records import Appraisal, Sheet, Taken, Verdict
from floorlead.finding import matches, search_words
from floorlead.kpi import lists, rules
from floorlead.kpi.lists import CONDUCT
from floorlead.text import wrap
from floorlead.widgets.grid import Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

SCORES, INDICATORS, YEAR = range(3)
VIEWS = (N_("scores"), N_("indicators"), N_("whole year"))
POINTS = bind("enter", "Enter", N_("points"), effect="view", help=N_("every point with its day, and objections to it"))
CLOSE = bind(
    "ctrl+s", "^S", N_("close month"), changes=True, help=N_("freeze the month as it stands; anew with a reason")
)
MONTH = bind(("pageup", "pagedown"), "PgUp", N_("month"), help=N_("the month before, the month after"))
VIEW = bind(("tab", "backtab"), "Tab", N_("tables"), help=N_("scores, indicators, the year's closed months"))
PRINT = bind("ctrl+p", "^P", N_("print"))
OBJECT = bind("1", "1", N_("objection"), changes=True, help=N_("what the person says against the point"))
UPHOLD = bind("2", "2", N_("uphold"), changes=True, help=N_("the objection is right: the points are given back"))
DISMISS = bind("3", "3", N_("dismiss"), changes=True, help=N_("the points stand; with an answer"))
BACK = bind("escape", "Esc", N_("list"))
HELP = bind("f1", "F1", N_("help"))


class AppraisalPage(Page):
    """A month's appraisal, and over it one person's points."""

    name = "appraisal"
    key = ""
    word = N_("Appraisal")
    finds = "yd yuedu kaohe appraisal"
    TABLES = ("appraisal_scores", "objections", "month_closes")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = dialogs.DIALOGS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.view = SCORES
        self.month = notes.month_shown(desk.store)
        self.here = 0
        """The id of the person under the cursor, or whose points are shown."""
        self.inside = False
        self.source = ""
        """The point under the cursor."""
        self.found: Appraisal | None = None
        self.totals: dict[int, dict[str, float]] = {}
        self.grid = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read the month."""
        self.found = queries.month(self.store, self.month)
        self.totals = queries.year(self.store, int(self.month[:4])) if self.view == YEAR else {}
        self.inside = self.inside and self.person_here() is not None
        self._show()

    def people(self) -> Sequence[Sheet]:
        """The sheets that count."""
        return self.found.sheets if self.found else ()

    def live(self, ident: int) -> Sheet | None:
        """A person's sheet as it stands now, closed or not."""
        return next((one for one in (self.found.live if self.found else ()) if one.person == ident), None)

    def person_here(self) -> Sheet | None:
        """The sheet under the cursor; over its points as it stands now."""
        if self.inside:
            return self.live(self.here)
        return next((one for one in self.people() if one.person == self.here), None)

    def taken(self) -> Taken | None:
        """The point under the cursor."""
        one = self.person_here()
        return one.taken[self.grid.cursor] if self.inside and one and one.taken else None

    def _show(self) -> None:
        found, grid = self.found, self.grid
        assert found
        one = self.person_here()
        if self.inside and one:
            grid.columns, grid.source = board.point_columns(), Rows([board.point_row(taken) for taken in one.taken])
            keys: list[object] = [taken.point.source for taken in one.taken]
            wanted: object = self.source
        else:
            self._lay(found)
            keys, wanted = [mine.person for mine in found.sheets], self.here
        grid.cursor = keys.index(wanted) if wanted in keys else grid.cursor
        grid.clamp()
        self._note()

    def _lay(self, found: Appraisal) -> None:
        if self.view == SCORES:
            columns, rows = board.score_columns(found), [board.score_row(one, found) for one in found.sheets]
        elif self.view == INDICATORS:
            columns, rows = board.indicator_columns(), [board.indicator_row(one) for one in found.sheets]
        else:
            columns, year = board.year_columns(), self.month[:4]
            rows = [board.year_row(one, self.totals.get(one.person, {}), year) for one in found.sheets]
        self.grid.columns, self.grid.source = columns, Rows(rows)

    def _note(self) -> None:
        if self.inside:
            taken = self.taken()
            self.source = taken.point.source if taken else ""
        elif self.people():
            self.here = self.people()[self.grid.cursor].person

    def show(self, view: int) -> None:
        """Show a view of the month."""
        self.view, self.inside = view % len(VIEWS), False
        self.enter()

    def next_view(self) -> None:
        """The next view."""
        self.show(self.view + 1)

    # -- drawing

    def title(self, cells: int) -> Line:
        """The month, the views and whether it is closed; over a person's points the scores."""
        line = Line().put(f" {_(self.word)}  ", "title").put(f"[{self.month}]", "chip", "month").put("  ")
        one = self.person_here()
        if self.inside and one:
            told = _("work {work}  attendance {attendance}  total {total}")
            said = told.format(**{name: sheet.number(getattr(one, name)) for name in ("work", "attendance", "total")})
            return line.put(f"{one.number} {one.shown}  ", "title").put(said)
        for n, word in enumerate(VIEWS):
            text = _(word)
            line.put(f"[{text}]" if n == self.view else f" {text} ", "chip" if n == self.view else "", f"view:{n}")
        closed = self.found.closed if self.found else None
        if closed is None:
            return line.put("  " + _("not closed"))
        day = clock.short_day(date.fromisoformat(closed.at[:10]))
        return line.put("  " + _("closed {day} rev. {revision}").format(day=day, revision=closed.revision))

    def body(self, cells: int, height: int) -> list[Line]:
        """The rows, or what would be here."""
        if len(self.grid.source):
            return [self.grid.head(cells), *self.grid.lines(cells, height - 1)]
        empty = _("Appraisal    nothing was kept of this month, or nobody was there.   ^K people: Ins adds somebody")
        if self.inside:
            empty = _("Nothing stands against this month.")
        return [Line(), *(Line().put("   " + part) for part in wrap(empty, cells - 6))]

    def warning(self, cells: int) -> Line:
        """The point in full, or whose sheet is no longer what was closed."""
        taken = self.taken()
        if taken:
            told = "  ".join(filter(None, (taken.point.day.isoformat(), sheet.what(taken), sheet.answer(taken))))
            return Line().put(" " + told, "dim").cropped(79)
        if self.found and self.found.differs:
            return Line().put(" * " + "  ".join(sheet.changed(self.found)), "warn").cropped(79)
        unattended = sheet.unattended(self.found) if self.found else []
        return board.hint(lists.book(self.store).weights, unattended)

    # -- keys

    def scored(self) -> list[str]:
        """The parts of the work that the leader scores, digit 1 first."""
        return [one.code for one in lists.book(self.store).weights.parts if one.code != CONDUCT]

    def binds(self) -> Sequence[Bind]:
        """The keys of the view."""
        if self.inside:
            return (*self._point_binds(), PRINT, BACK, HELP)
        if not self.people():
            return (MONTH, VIEW, HELP)
        parts = lists.book(self.store).weights.parts
        own = [one for one in parts if one.code != CONDUCT]
        keys = [bind(str(n), str(n), one.shown, changes=True) for n, one in enumerate(own, 1)]
        return (POINTS, *keys, CLOSE, MONTH, VIEW, PRINT)

    def _point_binds(self) -> tuple[Bind, ...]:
        taken = self.taken()
        return () if taken is None else (OBJECT,) if taken.objection is None else (UPHOLD, DISMISS)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if key in ("pageup", "pagedown") and not self.inside:
            self._turn(-1 if key == "pageup" else 1)
        elif self.grid.move(key, 10):
            self._note()
        elif key in ("tab", "backtab") and not self.inside:
            self.show(self.view + (1 if key == "tab" else -1))
        elif key == "ctrl+s" and self.people() and not self.inside:
            moves.may_close(self.store, self.month)  # refused before anything is typed
            self.desk.open("close", {"month": self.month})
        else:
            return self._press_inside(key) if self.inside else self._press_list(key)
        return True

    def _press_list(self, key: str) -> bool:
        own = self.scored()
        if key == "enter" and self.live(self.here):
            self.inside, self.source, self.grid.cursor = True, "", 0
            self._show()
        elif key.isdigit() and 1 <= int(key) <= len(own) and (one := self.live(self.here)):
            part = own[int(key) - 1]
            score = one.parts.get(part)
            values = {"points": "" if score is None else f"{score:g}", "note": one.notes.get(part, "")}
            self.desk.open("score", {"month": self.month, "person": one.person, "part": part, "values": values})
        else:
            return False
        return True

    def _press_inside(self, key: str) -> bool:
        taken = self.taken()
        args = {"month": self.month, "person": self.here, "source": self.source}
        if key == "escape":
            self.inside = False
            self._show()
        elif key == "1" and taken and taken.objection is None:
            self.desk.open("object", args)
        elif key in ("2", "3") and taken and taken.objection:
            self._answer(taken, args, uphold=key == "2")
        else:
            return False
        return True

    def _answer(self, taken: Taken, args: dict[str, Any], *, uphold: bool) -> None:
        said = taken.objection
        assert said
        decided = Verdict.UPHELD if uphold else Verdict.DISMISSED
        if said.state is decided:
            self.desk.say(_("That is decided so already"))
            return
        self.desk.open("answer", {**args, "uphold": uphold, "values": {"answer": said.answer}})

    def _turn(self, by: int) -> None:
        wanted = rules.moved(self.month, by)
        if wanted <= rules.month_of(self.store.today()):
            self.month = wanted
            self.enter()

    def click(self, do: str) -> None:
        """A click on a view or a row."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.show(int(rest))
        elif kind == "row":
            self.grid.cursor = int(rest)
            self.grid.clamp()
            self._note()

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The papers of the month."""
        return ("print", {}) if self.people() else None

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """The people of the month, while this page is up."""
        if self.desk.page is not self or self.inside:
            return []
        scored = [(matches(typed, search_words(one.name, one.name_en, one.number)), one) for one in self.people()]
        return [Hit(one.shown, one.number, self.name, str(one.person), score) for score, one in scored if score]

    def go_to(self, place: str) -> None:
        """Go to a person by id, or to a month such as 2026-10."""
        if len(place) == 7 and place[4] == "-":
            self.month = place
        elif place.isdigit():
            self.here = int(place)
        self.inside = False
        self.enter()

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the month and the person whose score or objection changed."""
        for change in changes:
            row = change.new or change.old or []
            if change.table in self.TABLES and row:
                self.month, inside = str(row[1]), self.inside
                self.here = int(row[2]) if change.table != "month_closes" else self.here
                self.inside = inside and change.table == "objections"
                self.enter()
                return

    def state(self) -> dict[str, Any]:
        """The month, the view, the person and the point."""
        return {"view": self.view, "month": self.month, "here": self.here, "inside": self.inside, "source": self.source}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.view = int(state.get("view", SCORES)) % len(VIEWS)
        month = str(state.get("month", self.month))
        rules.first_of(month)
        self.month, self.here = month, int(state.get("here", 0))
        self.inside, self.source = bool(state.get("inside")), str(state.get("source", ""))

    def commands(self) -> list[Command]:
        """What the command list offers."""
        return [Command(N_("Close the month's appraisal"), "gz guanzhang close", self._go_close)]

    def _go_close(self) -> None:
        self.desk.go(self.name)
        self.inside = False
        self.press("ctrl+s")
