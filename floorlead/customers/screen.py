"""F7: who comes today, who is to be called, the book of prospects, and the applications that wait for the leader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from floorlead.access import moves as access
from floorlead.customers import (
    advisors,
    asked,
    board,
    book,
    detail,
    detailforms,
    dialogs,
    due,
    finding,
    gridview,
    printing,
    queries,
    reveal,
    today,
    walkin,
    walkinvisit,
)
from floorlead.customers.opened import OpenBook
from floorlead.customers.views import View
from floorlead.visits import queries as visits
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.store.undo import Change
    from floorlead.widgets.desk import Desk


class CustomersPage(Page):
    """The customers in several views; F7 again, or Tab, goes on to the next one."""

    name = "customers"
    key = "f7"
    word = N_("Customers")
    finds = "kh kehu yx huifang customers followups ld laidian"
    TABLES = ("visits", "customers", "customer_events", "endings", "reminders")
    VIEWS: ClassVar[tuple[type[View], ...]] = (
        today.TodayView, due.DueView, book.BookView, asked.AskedView, gridview.GridView, advisors.AdvisorsView,
    )  # fmt: skip
    """The views in the order of Tab."""
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        **dialogs.DIALOGS, **walkin.DIALOGS, **walkinvisit.DIALOGS, **detailforms.DIALOGS, "detail": detail.DetailBox,
        "reveal": reveal.RevealBox,
        "print": printing.PrintForms,
    }  # fmt: skip

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.views: list[View] = [kind(self) for kind in self.VIEWS]
        self.at = 0
        self.counts: Mapping[str, int] = {}
        self._opened = OpenBook(self.store)

    @property
    def view(self) -> View:
        """The view that is up."""
        return self.views[self.at]

    def opened(self) -> OpenBook:
        """The open prospects as they are now."""
        self._opened.refresh()
        return self._opened

    def enter(self) -> None:
        """Read the view that is up; of the others only how much there is."""
        day = self.store.today()
        self.counts = {**queries.counts(self.store, day), "today": len(visits.on_day(self.store, day))}
        for view in self.views:
            if view is not self.view:
                view.things = ()
        self.view.enter()

    def arrive(self) -> None:
        """Coming from another page today's list is up: a digit is pressed without looking."""
        self._turn(0)

    def next_view(self) -> None:
        """F7 again: the next view."""
        self._turn(self.at + 1)

    def show(self, name: str) -> View:
        """Go to a view by name."""
        self._turn(next((n for n, view in enumerate(self.views) if view.name == name), self.at))
        return self.view

    def after(self, view: View) -> View:
        """The view that Tab goes on to."""
        return self.views[(self.views.index(view) + 1) % len(self.views)]

    def _turn(self, number: int) -> None:
        self.at = number % len(self.views)
        self.view.enter()

    def walk_in(self, back: str = "") -> None:
        """Open the walk-in dialog, or go on with the one that is half filled; `back` is the page to return to."""
        if self.desk.page is not self:
            self.desk.go(self.name)
        if not self.desk.stacks[self.name]:
            self.desk.open("walkin", {"back": back} if back else {})

    # -- drawing

    def title(self, cells: int) -> Line:
        """The views with how much each holds, and what the one that is up says about itself."""
        line = Line()
        for n, view in enumerate(self.views):
            here = n == self.at
            count = f" {self.counts.get(view.counted, 0)}" if view.counted else ""
            text = f"{_(view.word)}{count}"
            line.put(f"[{text}]" if here else f" {text} ", "chip" if here else "", f"view:{n}")
        line.put(" " + self.view.summary())
        head = Line().put(f" {_(self.word)} ", "title")
        return head.add(line) if head.cells + line.cells < min(cells, 80) else Line().put(" ").add(line)

    def body(self, cells: int, height: int) -> list[Line]:
        """The view that is up."""
        return self.view.body(cells, height)

    def warning(self, cells: int) -> Line:
        """What the view warns of."""
        return self.view.warning(cells)

    # -- keys

    def binds(self) -> Sequence[Bind]:
        """The view's keys."""
        return self.view.binds()

    def press(self, key: str) -> bool:
        """Take a key: Ins registers a walk-in wherever one is, Tab goes on, all else is the view's."""
        if self.store.changed_elsewhere() and self._look_again(key):
            return True
        if key in ("insert", "+"):
            self.walk_in()
            return True
        if key in ("tab", "backtab"):
            self._turn(self.at + (1 if key == "tab" else -1))
            return True
        return self.view.move(key) or self.view.press(key)

    def _look_again(self, key: str) -> bool:
        """Read what another terminal wrote; a key that would change a row which is not what was seen does nothing.

        Space on a call that somebody else has just noted would take it back.
        """
        before = self.view.seen()
        self.enter()
        about_it = key not in board.NEW.keys and any(one.changes and key in one.keys for one in self.binds())
        if self.view.seen() == before or not about_it:
            return False
        self.desk.say(_("Another terminal changed this row meanwhile; look again"))
        return True

    def click(self, do: str) -> None:
        """A click on a view, a row or a cell."""
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self._turn(int(rest))
        elif kind == "row" and int(rest) < len(self.view.things):
            self.view.stand(self.view.ident(self.view.things[int(rest)]))
        else:
            self.view.click(do)

    def print_dialog(self) -> tuple[str, dict[str, Any]] | None:
        """The paper of the view that is up."""
        customer = getattr(self.view, "customer", lambda: None)()
        return self.view.print_dialog() or ("print", {"customer": customer.id if customer else 0})

    # -- finding, undo, place

    def hits(self, typed: str) -> list[Hit]:
        """Who fits what was typed, first on the view that is up."""
        near = self.desk.page is self and not finding.by_number(typed)
        found = self.view.hits(typed, near=True) if near else []
        shown = {hit.place.rpartition(":")[2] for hit in found}
        return [
            *found,
            *(hit for hit in dialogs.hits(self.store, typed, self.name) if hit.place.rpartition(":")[2] not in shown),
        ]

    def go_to(self, place: str) -> None:
        """Go to a row of a view, or to a customer in the book; who is closed is opened in the detail.

        Who was found by a telephone number was looked up by personal data: that is noted.
        """
        name, _sep, ident = place.partition(":")
        if name == "number":
            row = ("customers", int(ident))
            if not self.desk.do(lambda: access.note(self.store, "search", [row]), quiet=True):
                return
        if name not in ("customer", "number"):
            self.show(name).stand(int(ident or 0))
        elif not self.show("book").stand(int(ident)):
            self.desk.open("detail", {"customer": int(ident)})

    def show_changes(self, changes: Sequence[Change]) -> None:
        """Go to the row of what was undone or done again, on the view that is up if it is there."""
        for view in (self.view, *(one for one in self.views if one is not self.view)):
            if view is not self.view:
                view.enter()
            for change in reversed(changes):
                if (ident := view.subject(change)) and view.stand(ident):
                    self.at = self.views.index(view)
                    return

    def state(self) -> dict[str, Any]:
        """The view and each view's place."""
        return {"at": self.at, "views": {view.name: view.state() for view in self.views}}

    def restore(self, state: dict[str, Any]) -> None:
        """Take them up again."""
        self.at = int(state.get("at", 0)) % len(self.views)
        for view in self.views:
            view.restore(state.get("views", {}).get(view.name, {}))

    def commands(self) -> list[Command]:
        """What the command list offers."""

        def going(view: str) -> None:
            self.desk.go(self.name)
            self.show(view)

        return [
            Command(N_("New walk-in"), "xd xindaodian ld laidian walkin call", self.walk_in, "Ins"),
            Command(N_("Follow-ups due"), "hf huifang dq daoqi followups due", lambda: going("due")),
            Command(N_("Book of prospects"), "kh kehu qk qianke book prospects", lambda: going("book")),
            Command(N_("Applications"), "zb zhanbai sq shenqing lost applications", lambda: going("asked")),
        ]
