"""What to order from the maker, model by colour: the arithmetic is in view, a digit is the leader's own number.

Own numbers wait unsaved, over a restart too, until ^S saves them as the next version of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead import clock
from floorlead.advice import dialogs, queries, rows, told
from floorlead.advice.draft import Digits, Draft
from floorlead.advice.records import Advice, ColourLine, Edit, ModelLine, Saved
from floorlead.finding import matches, search_words
from floorlead.text import wrap
from floorlead.widgets.grid import Cell, Grid
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

OWN = bind(
    digits(0, 9),
    "0-9",
    N_("own number"),
    changes=True,
    help=N_("your own number for the line; the same again takes it back"),
)
BACK = bind("-", "-", N_("as advised"), changes=True)
WHY = bind(
    "enter",
    "Enter",
    N_("why"),
    help=N_("the reason, or a number of two digits"),
)
LEAST = bind("enter", "Enter", N_("least stock"), help=N_("the model's least stock and its days of stock"))
SAVE = bind("ctrl+s", "^S", N_("save version"), changes=True)
PRINT = bind("ctrl+p", "^P", N_("print"))
VERSIONS = bind(("tab", "backtab"), "Tab", N_("versions"), effect="box")
COMMANDS = bind(("f10", "ctrl+k"), "^K", N_("commands"))
HELP = bind("f1", "F1", N_("help"))
PAGE = 10
DETAIL = 2
"""Lines of arithmetic below the grid."""


class AdvicePage(Page):
    """The day's advice with the leader's own numbers."""

    name = "advice"
    key = ""
    word = N_("Order advice")
    finds = "dc dingche order advice jy"
    TABLES = ("advices", "models")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "reason": dialogs.Reason, "quantity": dialogs.Quantity, "model": dialogs.ModelForm,
        "versions": dialogs.Versions, "print": dialogs.PrintAdvice,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.digits = Digits()
        self.draft = Draft()
        self.advice: Advice | None = None
        self.saved: Saved | None = None
        self.rows: list[rows.Row] = []
        self.here = ""
        self.grid = Grid(())

    # -- reading

    def enter(self) -> None:
        """Read sales, stock and orders again; own numbers stay, the cursor stays on its line."""
        self.advice = queries.advise(self.store)
        self.saved = queries.saved(self.store, self.advice.as_of)
        self.draft.rebase(self.saved.edits if self.saved else {})
        self.rows = rows.rows_of(self.advice)
        self.grid.columns = rows.columns()
        self.grid.source = self
        self._stand(self.here)

    @property
    def version(self) -> int:
        """The newest saved version of today, 0 where there is none."""
        return self.saved.version if self.saved else 0

    def __len__(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> Sequence[Cell]:
        """One line's cells."""
        assert self.advice
        return rows.cells(self.rows[index], self.advice, self.draft)

    def at(self) -> rows.Row | None:
        """The row under the cursor."""
        return self.rows[self.grid.cursor] if self.rows else None

    def line(self, key: str) -> ColourLine | None:
        """A line by its key."""
        if self.advice is None:
            self.enter()
        return next((row for row in self.rows if isinstance(row, ColourLine) and row.key == key), None)

    def named(self, line: ColourLine) -> str:
        """Model and colour of a line."""
        model = next((row for row in self.rows if isinstance(row, ModelLine) and row.model == line.model), None)
        return f"{model.shown if model else line.model} {line.shown}".rstrip()

    def _stand(self, key: str) -> bool:
        found = next((n for n, row in enumerate(self.rows) if rows.key_of(row) == key), None)
        if found is not None:
            self.grid.cursor = found
        self.grid.clamp()
        self.here = rows.key_of(self.rows[self.grid.cursor]) if self.rows else ""
        return found is not None

    # -- drawing

    def title(self, cells: int) -> Line:
        """The order day's state, the version, what is not saved."""
        line = Line().put(f" {_(self.word)}  ", "title")
        if self.advice is None:
            return line
        order = self.advice.order
        line.put(told.order_day(order), "chip" if order.is_order_day else "").put("   ")
        unsaved = self.draft.unsaved()
        if self.saved and not unsaved:
            line.put(_("v{version} {time}").format(version=self.version, time=clock.hm(self.saved.at)))
        elif self.saved:
            line.put(_("v{version} + {count} not saved").format(version=self.version, count=unsaved), "warn")
        elif unsaved:
            line.put(_("{count} not saved").format(count=unsaved), "warn")
        return line

    def body(self, cells: int, height: int) -> list[Line]:
        """The lines, the arithmetic of the one under the cursor, and what to push first."""
        if not self.rows or self.advice is None:
            told_ = _("Nothing sold and no car here yet: there is nothing to reckon with.   ^K imports cars and sales")
            return [Line(), *(Line().put("   " + part) for part in wrap(told_, cells - 6))]
        texts = rows.detail(self.at(), self.advice, self.draft, 76)
        detail = [Line().put("  " + text) for text in texts] + [Line() for _n in range(DETAIL - len(texts))]
        below = [*detail, *rows.pushed(self.advice, 80)]
        grid = self.grid.lines(cells, height - 1 - len(below))
        return [self.grid.head(cells), *grid, *below]

    def warning(self, cells: int) -> Line:
        """A missing reason with its quick picks; else what the calendar lacks, or what ^S would do."""
        if self.advice is None or not self.rows:
            return Line()
        row = self.at()
        missing = told.unreasoned(self.draft.edits())
        if row is not None and rows.key_of(row) in missing:
            return Line().put(" !! ", "error").put(_("No reason yet: Enter, then a digit, 7 types"), "warn")
        if missing:
            return (
                Line()
                .put(" !! ", "error")
                .put(_("own numbers without a reason: {count}").format(count=len(missing)), "warn")
            )
        if self.draft.unsaved() and self.draft.day != str(self.advice.as_of):
            sentence = _("Own numbers of {day} are not saved; ^S saves them for today").format(day=self.draft.day)
            return Line().put(" !! ", "error").put(sentence, "warn")
        unknown = told.unknown(self.advice.order)
        if unknown:
            return Line().put(" !! ", "error").put(unknown, "warn")
        sentence = _("^S saves version {version} for the papers").format(version=self.version + 1)
        return Line().put(" " + sentence, "dim") if self.draft.unsaved() or not self.saved else Line()

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        if not self.rows:
            return (COMMANDS, HELP)
        own = (OWN, BACK, WHY) if isinstance(self.at(), ColourLine) else (LEAST,)
        return (*own, SAVE, VERSIONS, PRINT)

    def press(self, key: str) -> bool:
        """Take a key."""
        if self.store.changed_elsewhere():
            self.enter()
        if not self.rows:
            return False
        if key not in OWN.keys:
            self.digits = Digits()
        if self.grid.move(key, PAGE):
            self.here = rows.key_of(self.rows[self.grid.cursor])
        elif key == "ctrl+s":
            self.save()
        elif key in ("ctrl+z", "ctrl+y"):
            return self._back(key == "ctrl+z")
        elif key in ("tab", "backtab"):
            self.desk.open("versions", {})
        elif key == "enter":
            self._ask()
        elif key == "-" or key in OWN.keys:
            self._own(key)
        else:
            return False
        return True

    def _own(self, key: str) -> None:
        """A digit is the line's own number, another one right behind it makes two digits of it; the same again, the
        advised number or - leaves it to the advice."""
        row = self.at()
        if not isinstance(row, ColourLine):
            self.desk.say(_("A number belongs to a colour; go to one of the lines below"))
            return
        edit, count = self.draft.of(row.key), self.digits.take(row.key, key)
        self.put(row.key, None if count in (None, row.advice) else Edit(count or 0, edit.reason if edit else ""))

    def put(self, key: str, edit: Edit | None) -> None:
        """Set a line's own number, which waits for ^S."""
        line = self.line(key)
        if line is None or self.advice is None:
            return
        self.draft.put(key, edit, str(self.advice.as_of))
        shown = _("as advised") if edit is None else f"{line.advice} -> {edit.quantity} {edit.reason}".rstrip()
        waits = "   " + _("not saved yet, ^S saves") if self.draft.unsaved() else ""
        self.desk.say(f"{self.named(line)}: {shown}{waits}")

    def _back(self, undo: bool) -> bool:
        """Ctrl+Z first takes back what is not saved yet; then what was saved, as everywhere."""
        key = self.draft.back() if undo else self.draft.again()
        if not key:
            return False
        self._stand(key)
        line = self.line(key)
        said = _("Taken back: {line}   ^Y does it again") if undo else _("Done again: {line}")
        self.desk.say(said.format(line=self.named(line) if line else key))
        return True

    def _ask(self) -> None:
        row = self.at()
        if isinstance(row, ColourLine):
            edit = self.draft.of(row.key)
            self.desk.open("reason" if edit and not edit.reason else "quantity", {"key": row.key})
        elif row is not None:
            self.desk.open("model", {"model": row.model})

    def save(self) -> bool:
        """Save what is shown as the next version; returns whether it is saved."""
        assert self.advice
        advice, before = self.advice, self.version
        there = {line.key for line in advice.lines}
        edits = {key: edit for key, edit in self.draft.edits().items() if key in there}
        self._stand(next((line.key for line in advice.lines if line.key in told.unreasoned(edits)), self.here))
        if not self.desk.do(lambda: queries.save(self.store, advice, edits, before)):
            return False
        self.draft.clear()
        self.enter()
        if self.version == before:
            self.desk.say(_("Version {version} is saved already; nothing changed since").format(version=before))
        return True

    def shown_as_draft(self) -> Saved:
        """What is shown, as a record that was not saved."""
        assert self.advice
        return Saved(0, self.store.clock.stamp(), self.store.by, self.advice, self.draft.edits())

    def click(self, do: str) -> None:
        """A click on a line."""
        kind, _sep, rest = do.partition(":")
        if kind == "row" and int(rest) < len(self.rows):
            self._stand(rows.key_of(self.rows[int(rest)]))

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """Models and colours, while this page is up: elsewhere the cars themselves are found."""
        if self.desk.page is not self or self.advice is None:
            return []
        found = []
        for row in self.rows:
            names = (row.name, row.name_en, row.model) if isinstance(row, ModelLine) else (row.colour, row.colour_en)
            if score := matches(typed, search_words(*names)):
                label = self.named(row) if isinstance(row, ColourLine) else row.shown
                found.append(Hit(label, _(self.word), self.name, rows.key_of(row), score))
        return found

    def go_to(self, place: str) -> None:
        """Go to a model or a line."""
        self._stand(place)

    def show_changes(self, changes: Sequence[Change]) -> None:
        """A model's wishes: go to it."""
        found = [change.new or change.old for change in changes if change.table == "models"]
        if found and found[-1]:
            self._stand(str(found[-1][1]))

    def state(self) -> dict[str, Any]:
        """The line, and the own numbers that are not saved."""
        return {"here": self.here, **self.draft.state()}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.here = str(state.get("here", ""))
        self.draft.restore(state)

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def show() -> None:
            self.desk.go_and_open(self.name, "print")

        return [Command(N_("Print the order advice"), "dy dayin dingche order", show)]

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The paper."""
        return ("print", {}) if self.rows else None
