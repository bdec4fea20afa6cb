"""F3: the cards. Everything is fine until a digit says otherwise; Ctrl+A says the rest is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from floorlead.checks import dialogs, entry, queries, rules, stories
from floorlead.checks.board import Board
from floorlead.checks.hints import countdown, reasons
from floorlead.checks.lists import in_force
from floorlead.checks.records import Card, CardWords, Item, Row
from floorlead.checks.subjects import finding_words
from floorlead.finding import matches
from floorlead.people import queries as people_queries
from floorlead.store.undo import Change
from floorlead.text import width
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

FILTERS = (N_("all"), N_("open"), N_("exc."))
PAGE = 80


class ChecksPage(Page):
    """The day's cards, one view each (a long list makes several)."""

    name = "checks"
    key = "f3"
    word = N_("Checks")
    finds = "jc jiancha card"
    TABLES = ("marks", "card_passes", "card_rows", "cards")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "reason": dialogs.Reason, "late": dialogs.AfterDeadline, "number": dialogs.Number, "row": dialogs.RowDetail,
        "print": dialogs.PrintCard,
    }  # fmt: skip

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self.view = 0
        self.filter = 0
        self.cursors: dict[str, int] = {}
        self.opened: dict[str, str] = {}
        self.views: list[tuple[CardWords, int]] = []
        self.card: Card | None = None
        self.here: set[int] = set()
        self.board = Board(self)

    # -- reading

    def enter(self) -> None:
        self.views = [(words, n) for words in in_force(self.store) for n in range(_page_count(words))]
        self.view %= max(1, len(self.views))
        if not self.views:
            self.card = None
            return
        words, _n = self.views[self.view]
        self.card = queries.card(self.store, self.store.today(), words)
        self.here = {one.person.id for one in people_queries.day(self.store, self.card.day) if one.here}
        self._note_opening(self.card)
        self.board.read()

    def _note_opening(self, card: Card) -> None:
        """A card counts as opened when it was first looked at, though it is only kept from its first mark on."""
        if not card.opened_at:
            key = f"{card.day} {card.words.code}"
            self.opened = {k: v for k, v in self.opened.items() if k.startswith(str(card.day))}
            card.opened_at = self.opened.setdefault(key, self.store.clock.stamp())
            card.opened_by = self.store.by

    def next_view(self) -> None:
        self.view = (self.view + 1) % max(1, len(self.views))
        self.filter = 0
        self.enter()

    def arrive(self) -> None:
        """Coming back to a finished card, the first morning card that is not finished is shown instead."""
        if self.card is None or rules.counts(self.card).open:
            return
        for n, (words, _part) in enumerate(self.views):
            if words.lists[0].subject != "day" and rules.counts(queries.card(self.store, self.card.day, words)).open:
                self.view, self.filter = n, 0
                self.enter()
                return

    def shown_items(self, row: Row) -> tuple[Item, ...]:
        """The items of a row that stand on this view, the first one on digit 1."""
        assert self.card
        found = rules.pages(self.card.items(row))
        part = self.views[self.view][1]
        return found[part] if part < len(found) else ()

    def rows(self) -> list[Row]:
        """The rows that the filter lets through."""
        assert self.card
        card = self.card
        if self.filter == 1:
            return [r for r in card.rows if any(rules.cell(card, r, i) == "." for i in card.items(r))]
        if self.filter == 2:
            return [r for r in card.rows if any(rules.cell(card, r, i) in "XL" for i in card.items(r))]
        return card.rows

    # -- drawing

    def title(self, cells: int) -> Line:
        if self.card is None:
            return super().title(cells)
        line = Line().put(f" {self.card.words.shown} {self.view + 1}/{len(self.views)}   ", "title", "key:f3")
        for n, word in enumerate(FILTERS):
            here = n == self.filter
            line.put(f"[{_(word)}]" if here else f" {_(word)} ", "chip" if here else "", f"filter:{n}")
        found = rules.counts(self.card)
        text = _("{items} items  ok {passed}  exc. {fail}  late {late}  open {open}").format(**_fields(found))
        line.to(max(line.cells + 1, 34))
        return line.put(text if line.cells + width(text) <= PAGE else " ".join(text.split()))

    def body(self, cells: int, height: int) -> list[Line]:
        if self.card is None:
            return [Line(), Line().put("   " + _('No card is switched on.   ^K, then "items"'))]
        if not self.card.rows:
            return [Line(), Line().put("   " + self._empty())]
        return [*self.board.lines(cells, height - 4), *self._below()][:height]

    def _empty(self) -> str:
        assert self.card
        if self.card.words.lists[0].subject == "person":
            return _("{card}    nobody here yet.   Ins adds a person, ^K imports a list").format(
                card=self.card.words.shown
            )
        return _("{card}    nothing to look at yet.   Ins adds a car or a table").format(card=self.card.words.shown)

    def _below(self) -> list[Line]:
        assert self.card
        legend = "   " + _("v ok  X exception  L late  - off/n.a.  . open")
        if self.desk.fine:
            legend = legend.replace("v ok", "√ ok").replace("v合格", "√合格").replace("X", "×", 1).replace(" .", " ·")
        return [
            Line(),
            self.board.detail(),
            Line().put(legend, "dim"),
            Line().put("   " + stories.how_filled(self.card), "dim"),
        ]

    def warning(self, cells: int) -> Line:
        row = self.board.row()
        if row is None or self.card is None:
            return Line()
        if stories.without_reason(self.card, row):
            return reasons(self.card.words)
        return Line().put(" " + countdown(self.card, self.desk.now()))

    # -- keys

    def binds(self) -> Sequence[Bind]:
        if self.card is None or not self.card.rows:
            new = (bind(("insert", "+"), "Ins", N_("add"), changes=True),) if self.card is not None else ()
            return (
                *new,
                bind("f3", "F3", N_("next card")),
                bind(("f10", "ctrl+k"), "^K", N_("commands")),
                bind("f1", "F1", N_("help")),
            )
        if self.board.row() is None:  # the filter lets nothing through
            return (
                bind(("tab", "backtab"), "Tab", N_("filter")),
                bind("f3", "F3", N_("next card")),
                bind(("f10", "ctrl+k"), "^K", N_("commands")),
                bind("f1", "F1", N_("help")),
            )
        most = self.board.most_digits()
        return (
            bind(digits(1, most), f"1-{most}" if most > 1 else "1", N_("exc."), changes=True, help=N_("exception, again off; past due: late, then exception, off")),
            bind("0", "0", N_("ok"), changes=True, effect="row said", help=N_("the row's exceptions are put right; the first result stays known")),
            bind("-", "-", N_("off"), changes=True, help=N_("the row does not apply today; again brings it back")),
            bind("space", "Space", N_("row ok"), changes=True, help=N_("what is open in the row is fine, and one down")),
            bind("ctrl+a", "^A", N_("rest ok"), changes=True, help=N_("everything still open in this filter is fine")),
            bind("enter", "Enter", N_("why"), help=N_("the exception's reason; without one the row's own history")),
            bind(("tab", "backtab"), "Tab", N_("filter")),
            bind("f3", "F3", N_("next")),
        )  # fmt: skip

    def _enter_first(self) -> bool:
        """On an empty card Ins goes where what it looks at is entered."""
        assert self.card
        if self.card.rows:
            return False
        self.desk.go("people" if self.card.words.lists[0].subject == "person" else "furniture")
        self.desk.press("insert")
        return True

    def press(self, key: str) -> bool:
        if key in ("insert", "+") and self.card is not None:
            return self._enter_first()
        if self.store.changed_elsewhere():
            self.enter()
        if self.card is None or (not self.card.rows and key not in ("tab", "backtab")):
            return False
        if self.board.move(key):
            return True
        if key in ("tab", "backtab"):
            self._set_filter(self.filter + (1 if key == "tab" else -1))
        elif key == "ctrl+a":
            entry.rest_is_fine(self)
        elif key == "enter":
            entry.ask_why(self)
        elif key.isdigit() and key != "0" and len(key) == 1:
            return entry.digit(self, int(key))
        elif key in ("0", "-", "space"):
            entry.whole_row(self, key)
        else:
            return False
        return True

    def _set_filter(self, number: int) -> None:
        self.filter = number % len(FILTERS)
        self.board.read()

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "filter":
            self._set_filter(int(rest))
        elif kind == "row":
            self.board.go(int(rest))
        elif kind == "cell":
            row, _sep, digit = rest.partition(":")
            self.board.go(int(row))
            entry.digit(self, int(digit))

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        if self.card is None:
            self.enter()
        if self.card is None:
            return []
        mine = self.card.words.code
        found = self._hits_on(self.card, self.rows(), typed, near=True)
        for words in dict.fromkeys(words.code for words, _n in self.views if words.code != mine):
            card = queries.card(self.store, self.store.today(), next(w for w, _n in self.views if w.code == words))
            found += self._hits_on(card, card.rows, typed, near=False)
        return found

    def _hits_on(self, card: Card, rows: Sequence[Row], typed: str, *, near: bool) -> list[Hit]:
        found = []
        search = finding_words(self.store, rows)
        for n, row in enumerate(rows, 1):
            if score := matches(typed, search[row.subject]):
                where = _("{card} row {number}").format(card=card.words.shown, number=n)
                found.append(
                    Hit(row.shown, where, self.name, f"{card.words.code}|{row.list}|{row.subject}", score, near)
                )
        return found

    def go_to(self, place: str) -> None:
        code, _sep, rest = place.partition("|")
        self.show_card(code)
        self.board.find(lambda row: f"{row.list}|{row.subject}" == rest)

    def show_card(self, code: str) -> None:
        """Show the card of a code."""
        if self.card is None or self.card.words.code != code:
            self.enter()
            wanted = next((n for n, (words, _n) in enumerate(self.views) if words.code == code), self.view)
            if wanted != self.view:
                self.view, self.filter = wanted, 0
                self.enter()

    def show_changes(self, changes: Sequence[Change]) -> None:
        rows = [
            values for change in changes if change.table == "marks" for values in (change.new or change.old,) if values
        ]
        if not rows:
            return
        card_id, row_id = rows[-1][1], rows[-1][2]
        code = self.store.one("SELECT code FROM cards WHERE id = ?", card_id)
        if code:
            self.show_card(str(code))
        self.board.find(lambda row: row.id == row_id)

    def state(self) -> dict[str, Any]:
        self.board.remember()
        return {"view": self.view, "filter": self.filter, "cursors": self.cursors, "opened": self.opened}

    def restore(self, state: dict[str, Any]) -> None:
        self.view, self.filter = int(state.get("view", 0)), int(state.get("filter", 0))
        self.cursors, self.opened = dict(state.get("cursors", {})), dict(state.get("opened", {}))

    def commands(self) -> list[Command]:
        return [
            Command(N_("Print the appearance and environment card"), "dy dayin jiandu card", lambda: self.desk.go_and_open(self.name, "print"))
        ]  # fmt: skip

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        return ("print", {})


def _page_count(words: CardWords) -> int:
    if words.lists and words.lists[0].subject == "day":
        return len(rules.pages(words.lists[0].items))
    return max(len(rules.pages(one.items)) for one in words.lists)


def _fields(found: Any) -> dict[str, int]:
    return {"items": found.items, "passed": found.passed, "fail": found.fail, "late": found.late, "open": found.open}
