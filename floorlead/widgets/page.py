"""What a page and a dialog are: things that draw lines and take keys. Truth lives in the store, not here.

A page keeps only its place (view, cursor, filter); that place is plain JSON and survives leaving, restart and kill.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.record import record
from floorlead.store import Store
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk

KEPT = N_("Kept until the box is opened again; Esc there forgets it")


@record
class Door:
    """A page in the table of contents: its name, F-key, word, finding words, and where its class lives.

    `listed` is whether the command list offers to go there, `asked` whether finding asks it while another page is up.
    """

    name: str
    key: str
    word: str
    finds: str
    path: str
    listed: bool = True
    asked: bool = True

    def load(self) -> type[Page]:
        """The page's class."""
        module, _sep, name = self.path.partition(":")
        found: type[Page] = getattr(importlib.import_module(module), name)
        return found


@record
class TextField:
    """An open text field: where it stands, its value, and what it may hold."""

    name: str
    x: int
    y: int
    cells: int
    value: str
    limit: int = 200
    prefilled: bool = False
    """Whether the value is what stood there before: typing then writes over it, an arrow goes on with it."""


@record
class Hit:
    """Something found by typing: what it is, where, and how to go there (`page`, `place` for its `go_to`)."""

    label: str
    where: str
    page: str
    place: str
    score: int = 3
    near: bool = True
    """Whether the cursor may follow it while typing goes on; a hit on another view waits for Enter."""


@record
class Command:
    """A line of the command list; `finds` are its pinyin initials and other words to find it by."""

    word: str
    finds: str
    run: Callable[[], None]
    key: str = ""


class Part:
    """What pages and dialogs share: a desk to stand on, a table of keys, perhaps an open text field."""

    KEYS: ClassVar[tuple[Bind, ...]] = ()

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def store(self) -> Store:
        """The open file."""
        return self.desk.store

    def binds(self) -> Sequence[Bind]:
        """The keys that work right now, for the bottom line."""
        return self.KEYS

    def press(self, key: str) -> bool:
        """Take a key by its short name; returns whether it was used."""
        return False

    def field(self) -> TextField | None:
        """The text field that is open now."""
        return None

    def typed(self, value: str) -> None:
        """The open field's text changed."""

    def state(self) -> dict[str, Any]:
        """The place, as plain JSON."""
        return {}

    def restore(self, state: dict[str, Any]) -> None:
        """Take a place up again; what no longer fits is ignored."""


class Page(Part):
    """One of the pages in `app.PAGES`."""

    name: ClassVar[str] = ""
    key: ClassVar[str] = ""
    word: ClassVar[str] = ""
    finds: ClassVar[str] = ""
    listed: ClassVar[bool] = True
    """Whether the command list offers to go there."""
    TABLES: ClassVar[tuple[str, ...]] = ()
    """Tables whose changes this page shows; undo jumps to it."""
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {}

    def enter(self) -> None:
        """Read again what the page shows; called when it is entered, after undo, and every minute."""

    def arrive(self) -> None:
        """The page was gone to from another one, by its key; a good moment to show what waits."""

    def title(self, cells: int) -> Line:
        """The second line: what is shown, filters, counts."""
        return Line().put(" " + _(self.word), "title")

    def body(self, cells: int, height: int) -> list[Line]:
        """The lines between title and warning."""
        return []

    def warning(self, cells: int) -> Line:
        """The line for a warning or quick picks."""
        return Line()

    def next_view(self) -> None:
        """The page's own key was pressed again."""

    def click(self, do: str) -> None:
        """A click on a piece of the page that is no key."""

    def hits(self, typed: str) -> list[Hit]:
        """What on this page fits letters typed to find."""
        return []

    def go_to(self, place: str) -> None:
        """Go to a place that `hits` named."""

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to what was just undone or done again."""

    def commands(self) -> list[Command]:
        """What the command list offers for this page."""
        return []

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The dialog for Ctrl+P, or None where there is no paper."""
        return None


class Dialog(Part):
    """A box over a page. `args` is plain JSON, enough to open it again after a restart."""

    KEYS: ClassVar[tuple[Bind, ...]] = (bind("escape", "Esc", N_("back")),)

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk)
        self.page = page
        self.args = args
        self.origin = 0
        """The screen line of the first line inside the box; set when it is drawn, fields stand by it."""
        self.subject = ""
        """What it was opened on, for what is kept when it is left; set when it is opened."""

    def came_back(self, sentence: str) -> None:
        """Why what was done here could not be saved after all."""

    def alive(self) -> bool:
        """Whether what it is about is still there on the page below; else it closes by itself."""
        return True

    def heading(self) -> str:
        """The box's title."""
        return ""

    def lines(self, cells: int) -> list[Line]:
        """The lines inside the box."""
        return []

    def close(self) -> None:
        """Close this dialog: what it was for is done, or nothing was typed."""
        self.desk.close_dialog(self)

    def put_away(self) -> None:
        """Esc: out of the box; what is typed waits for the next time, Esc there forgets it."""
        typed = bool(self.half_typed())
        if typed and not self.args.get("again"):
            self.desk.leave_box(self)
            self.go_back()
            self.desk.say(_(KEPT), here=True)
            return
        self.close()
        if typed:
            self.desk.say(_("What was typed is forgotten"), here=True)

    def go_back(self) -> None:
        """To the page where it was begun (`args["back"]`), if it was another one."""
        back = str(self.args.get("back", ""))
        if back and self.desk.page.name != back:
            self.desk.go(back)

    def half_typed(self) -> dict[str, Any]:
        """The arguments that hold what is typed and not entered yet; nothing where nothing is."""
        return {}

    def take_up(self, kept: dict[str, Any]) -> None:
        """Go on with what `half_typed` told when the box was left."""
        self.args |= kept

    def own_words(self, text: str) -> bool:
        """A sign that is no digit came first: open the line for own words with it; returns whether there is one."""
        return False

    def click(self, do: str) -> None:
        """A click on a piece of the box that is no key."""


def box(dialog: Dialog, cells: int) -> list[Line]:
    """A dialog's lines inside its frame, `cells` wide."""
    head = Line().put("+- ", "box").put(dialog.heading(), "title").put(" ", "box")
    back = " Esc " + _("back") + " -+"
    head.put("-" * (cells - head.cells - Line().put(back).cells), "box").put(back, "box", "key:escape")
    inside = [Line().put("| ", "box").add(line.cropped(cells - 4)).put(" |", "box") for line in dialog.lines(cells - 4)]
    return [head, *inside, Line().put("+" + "-" * (cells - 2) + "+", "box")]
