"""A card laid out on the screen: its lists side by side as on the printed card, one cursor through all of them.

A round of the leader's has one subject only; there each item is a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from floorlead.checks import queries, rules, stories
from floorlead.checks.records import Card, Item, Row
from floorlead.text import width
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.line import Line
from floorlead.words import _, language

if TYPE_CHECKING:
    from floorlead.checks.screen import ChecksPage

FINE = {"v": "√", "X": "×", "L": "L", "-": "-", ".": "·"}
"""The finer marks, for a terminal that was seen to draw them in one cell."""
STYLES = {"X": "bad", "L": "late", "v": "good", ".": "open", "-": "dim"}
LEAST_NOTE = 6
POINTER = 2


class Board:
    """Where the cursor is on a card, and how the card looks."""

    def __init__(self, page: ChecksPage) -> None:
        self.page = page
        self.cursor = 0
        self.shown: list[Row] = []
        self.tops: dict[str, int] = {}
        self._drawn: dict[tuple[str, str], tuple[tuple[object, ...], Line]] = {}
        self._columns_of: dict[tuple[object, ...], list[Column]] = {}
        self.code = ""

    @property
    def card(self) -> Card:
        """The card on the screen."""
        assert self.page.card
        return self.page.card

    @property
    def is_round(self) -> bool:
        """Whether the card has one subject only, whose items stand below each other."""
        return self.card.words.lists[0].subject == "day"

    def read(self) -> None:
        """Take the rows of the card and filter now chosen, and the cursor that was left there."""
        self.shown = self.page.rows()
        code = f"{self.card.words.code} {self.page.view}"
        if code != self.code:
            self.remember()
            self.code = code
            self.cursor = self.page.cursors.get(code, 0)
        self.cursor = max(0, min(self.cursor, self.length() - 1))

    def remember(self) -> None:
        """Leave the cursor where it can be found again."""
        if self.code:
            self.page.cursors[self.code] = self.cursor

    def length(self) -> int:
        """How many lines the cursor can stand on."""
        return len(self.round_items()) if self.is_round else len(self.shown)

    def round_items(self) -> tuple[Item, ...]:
        """The lines of a round."""
        return self.page.shown_items(self.card.rows[0])

    def row(self) -> Row | None:
        """The row under the cursor."""
        if self.is_round:
            return self.card.rows[0] if self.card.rows else None
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def items(self) -> tuple[Item, ...]:
        """What the row under the cursor is looked at for, or the one item of a round's line."""
        row = self.row()
        if row is None:
            return ()
        return (self.round_items()[self.cursor],) if self.is_round else self.page.shown_items(row)

    def item(self, digit: int) -> Item | None:
        """The item that a digit means here."""
        items = self.round_items() if self.is_round else self.items()
        return items[digit - 1] if digit <= len(items) else None

    def most_digits(self) -> int:
        """The highest digit that means an item here."""
        return max(1, len(self.round_items()) if self.is_round else len(self.items()))

    def move(self, key: str) -> bool:
        """Move the cursor; left and right go to the list beside."""
        steps = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -(10**6), "end": 10**6}
        if key in ("left", "right"):
            return self._beside(1 if key == "right" else -1)
        if key not in steps:
            return False
        self.go(self.cursor + steps[key])
        return True

    def _beside(self, by: int) -> bool:
        panes = self._panes()
        here = next((n for n, (start, rows) in enumerate(panes) if start <= self.cursor < start + len(rows)), 0)
        if self.is_round or not 0 <= here + by < len(panes):
            return True
        offset = self.cursor - panes[here][0]
        start, rows = panes[here + by]
        self.go(start + min(offset, len(rows) - 1))
        return True

    def go(self, cursor: int) -> None:
        """Put the cursor on a line."""
        self.cursor = max(0, min(cursor, self.length() - 1))

    def find(self, wanted: Callable[[Row], bool]) -> None:
        """Put the cursor on the first row that is wanted, lifting the filter when it hides it."""
        if not any(wanted(row) for row in self.shown) and self.page.filter:
            self.page.filter = 0
            self.read()
        self.cursor = next((n for n, row in enumerate(self.shown) if wanted(row)), self.cursor)

    # -- drawing

    def _panes(self) -> list[tuple[int, list[Row]]]:
        """The shown rows list by list, with the number of each list's first row."""
        panes: list[tuple[int, list[Row]]] = []
        for one in self.card.words.lists:
            rows = [row for row in self.shown if row.list == one.code]
            if rows:
                panes.append((sum(len(r) for _s, r in panes), rows))
        return panes

    def lines(self, cells: int, height: int) -> list[Line]:
        """The card's lines: titles and at most `height` - 1 rows; lists too wide to stand together come one by one."""
        if self.is_round:
            return self._round(cells, height)
        panes = self._panes()
        if not panes:
            return [Line(), Line().put("   " + _("Nothing here in this filter.  Tab shows the others"))]
        if sum(self._least(rows) for _start, rows in panes) > cells:
            panes = [next(pane for pane in reversed(panes) if pane[0] <= self.cursor)]
        sizes = self._sizes(panes, cells)
        drawn = [self._pane(start, rows, size, height) for (start, rows), size in zip(panes, sizes, strict=True)]
        return [_beside(drawn, sizes, n, cells) for n in range(max(len(lines) for lines in drawn))]

    def _sizes(self, panes: list[tuple[int, list[Row]]], cells: int) -> list[int]:
        """Cells of each pane; what is left goes to the first one's notes."""
        least = [self._least(rows) for _start, rows in panes]
        left = cells - sum(least)
        return [least[0] + max(0, left), *least[1:]]

    def _least(self, rows: list[Row]) -> int:
        return POINTER + sum(column.cells + 1 for column in self._columns(rows))

    def _columns(self, rows: list[Row]) -> list[Column]:
        """The columns of a list's pane, measured once for the rows in hand."""
        key = (rows[0].list, id(self.shown), len(rows), len(self._panes()), language())
        if key not in self._columns_of:
            self._columns_of = {k: v for k, v in self._columns_of.items() if k[1] == key[1]}
            self._columns_of[key] = self._measured(rows)
        return self._columns_of[key]

    def _measured(self, rows: list[Row]) -> list[Column]:
        items = self.page.shown_items(rows[0])
        marks = [max(5, width(f"{n}{item.short}")) for n, item in enumerate(items, 1)]
        numbers = max(width(row.number) for row in rows)
        labels = max(width(row.shown) for row in rows)
        wide = len(self._panes()) == 1
        head = [Column("#", max(2, numbers), "right")] if rows[0].list != "table" or wide else []
        name = _("Name") if rows[0].subject.startswith("person") else self.card.words.list_of(rows[0].list).shown
        label = Column(name, max(14 if wide else 0, labels, min(width(name), 12)))
        sizes = [max(*marks, 7)] * len(marks) if wide else marks
        return [
            *head,
            label,
            *(Column(f"{n}{i.short}", s, "center") for n, (i, s) in enumerate(zip(items, sizes, strict=True), 1)),
        ]

    def _pane(self, start: int, rows: list[Row], cells: int, height: int) -> list[Line]:
        columns = tuple(self._columns(rows))
        note = cells - self._least(rows) - 1
        if note >= LEAST_NOTE:
            columns = (*columns, Column(_("Note"), note))
        grid = PaneGrid(self, rows, columns, start)
        grid.cursor = min(max(self.cursor - start, 0), len(rows) - 1)
        grid.top = self.tops.get(rows[0].list, 0)
        here = start <= self.cursor < start + len(rows)
        body = grid.lines(cells, height - 1, active=here)
        self.tops[rows[0].list] = grid.top
        return [grid.head(cells), *body]

    def row_line(self, row: Row, look: tuple[object, ...], draw: Callable[[], Line]) -> Line:
        """A row's line, drawn again only when its marks or its look changed: a tick redraws one row."""
        marks = tuple(self.card.mark(row, item) for item in self.card.items(row))
        key, signature = (row.list, row.subject), (marks, row.away, row.number, look)
        kept = self._drawn.get(key)
        if kept is None or kept[0] != signature:
            kept = self._drawn[key] = (signature, draw())
        return kept[1]

    def cells_of(self, number: int, row: Row, columns: Sequence[Column]) -> list[Cell]:
        """A row's cells: number, name, marks, note."""
        head = [Cell(row.number)] if columns[0].title == "#" else []
        signs = []
        for n, item in enumerate(self.page.shown_items(row), 1):
            sign = rules.cell(self.card, row, item)
            signs.append(Cell(self.drawn(sign), STYLES[sign], f"cell:{number}:{n}"))
        return [*head, Cell(row.shown), *signs, Cell(stories.note_of(self.card, row))]

    def drawn(self, sign: str) -> str:
        """A mark as it is drawn: what stands out stands in brackets, also where there is no colour."""
        shown = FINE[sign] if self.page.desk.fine else sign
        return f"[{shown}]" if sign in "XL" else shown

    def _round(self, cells: int, height: int) -> list[Line]:
        """A round: each item a line with its digit, its sign, its whole sentence and its note."""
        row = self.card.rows[0]
        text = min(max(width(item.long) for item in self.round_items()), cells - 24)
        note = Column(_("Note"), cells - text - 12)
        columns = [Column("#", 2, "right"), Column("", 3, "center"), Column(self.card.words.shown, text), note]
        found = []
        for n, item in enumerate(self.round_items(), 1):
            sign = rules.cell(self.card, row, item)
            found.append([Cell(str(n), "key"), Cell(self.drawn(sign), STYLES[sign], f"cell:{n - 1}:{n}"), Cell(item.long),
                          Cell(stories.note_of_item(self.card, row, item))])  # fmt: skip
        grid = Grid(columns, Rows(found), cursor=self.cursor)
        return [grid.head(cells), *grid.lines(cells, height - 1)]

    def detail(self) -> Line:
        """The row under the cursor in full: whose it is, what stands out and why."""
        row = self.row()
        if row is None:
            return Line()
        owner = queries.owner_name(self.page.store, row)
        line = Line().put("   " if not self.is_round else " ")
        if not self.is_round:
            line.put(f"{row.number} {row.shown}" if not row.number.isdigit() else row.shown, "bold")
        if owner and owner != row.shown:
            line.put(f" ({owner})")
        return line.put("  " + stories.row_story(self.card, row, self.items())).cropped(79)


class PaneGrid(Grid):
    """One list of a card as a grid whose rows come from the board, and whose lines are kept while they look the same."""

    def __init__(self, board: Board, rows: list[Row], columns: Sequence[Column], start: int) -> None:
        super().__init__(columns, Rows(rows), base=start)  # type: ignore[arg-type]
        self.board = board
        self.rows = rows

    def _line(self, index: int, cells: int, active: bool) -> Line:
        here = active and index == self.cursor
        look = (here, cells, self.base + index, self.columns, self.board.page.desk.fine, language())
        return self.board.row_line(self.rows[index], look, lambda: self._draw(index, cells, active))

    def _draw(self, index: int, cells: int, active: bool) -> Line:
        row = self.board.cells_of(self.base + index, self.rows[index], self.columns)
        return self.drawn(index, row, cells, active)


def _beside(drawn: list[list[Line]], sizes: list[int], number: int, cells: int) -> Line:
    line = Line()
    for lines, size in zip(drawn, sizes, strict=True):
        line.add(lines[number].cropped(size) if number < len(lines) else Line().to(size))
    return line.cropped(cells)
