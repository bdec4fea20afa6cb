"""Printing from the app: typesetting and the spooler work in a thread while keys go on; the outcome is one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead import settings, shelf
from floorlead.store import Refused
from floorlead.widgets.choose import Sentence
from floorlead.widgets.keys import Bind, bind
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.paper.model import Paper
    from floorlead.widgets.desk import Desk


def send(
    desk: Desk, paper: Paper, kind: str, day: date, revision: int, name: str, templates: dict[str, str] | None = None
) -> None:
    """Typeset, keep and print a paper beside the keys, then say what became of it."""
    from floorlead.paper import press
    from floorlead.paper.outcome import outcome
    from floorlead.paper.queries import note_print

    store = desk.store
    printer = settings.get(store, "printer")
    desk.say(_("Printing ..."))

    def done(result: Any) -> None:
        if isinstance(result, Refused):
            path = shelf.own(store.path) / "reports" / f"{name}.pdf"
            desk.say(str(result))
            desk.open("trouble", {"sentence": str(result), "path": str(path), "page": desk.page.name})
            return
        desk.do(lambda: note_print(store, kind, day, revision, result.printer, str(result.path)), quiet=True)
        desk.say(outcome(result))
        desk.page.enter()

    desk.later(_told(lambda: press.print_paper(paper, store.path, name, printer, templates)), done)


def _told(work: Callable[[], object]) -> Callable[[], Any]:
    """Work whose refusal comes back as a value."""

    def run() -> Any:
        try:
            return work()
        except Refused as refused:
            return refused

    return run


def back_up_behind(desk: Desk, why: str = "seal") -> None:
    """A backup beside the keys."""
    from floorlead.store import backup

    path, time = desk.store.path, desk.store.clock

    def done(result: Any) -> None:
        if isinstance(result, Refused):
            desk.trouble = str(result)

    desk.later(_told(lambda: backup.copy(path, time, why)), done)


class PrintTrouble(Sentence):
    """The printer failed: what is safe, and three ways on."""

    def heading(self) -> str:
        return _("Not printed") + "   E31"

    def choices(self) -> Sequence[str]:
        return (_("try again"), _("leave it as PDF"), _("another printer"))

    def take(self, number: int) -> None:
        self.close()
        if number == 1:
            self.desk.press("ctrl+p")
        elif number == 2:
            self.desk.say(_("Kept as PDF: {path}").format(path=self.args.get("path", "")))
        else:
            self.desk.go("settings", "printer")

    def binds(self) -> Sequence[Bind]:
        return (bind(("1", "2", "3"), "1-3", N_("choose")), bind("escape", "Esc", N_("later")))
