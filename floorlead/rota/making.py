"""Making, repairing and explaining a rota from the page: a digit asks, a process works beside the keys, a digit takes it.

Until the last digit nothing has changed; Esc at any time leaves everything as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, cast

from floorlead import clock
from floorlead.planning.child import Child
from floorlead.rota import asking, proposal, queries
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.choose import Choice
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.rota.screen import RotaPage
    from floorlead.widgets.desk import Desk

TICK_SECONDS, MOMENT_SECONDS = 0.02, 0.5
KINDS = {"make": N_("Make the rota"), "repair": N_("Repair the rota"), "why": N_("Why not")}
SHOWN = 14
"""Lines of a proposal in sight."""


def called(args: Mapping[str, Any]) -> str:
    """What is being done, in words."""
    word = KINDS[str(args["kind"])]
    return _(word)


def spans(page: RotaPage) -> list[tuple[date, date]]:
    """The periods that are offered: the week shown, next week, this month, next month."""
    today = page.store.today()
    month = queries.month(today)
    return [queries.week(page.day), queries.week(today + timedelta(days=7)), month, queries.month(month[1] + timedelta(days=1))]  # fmt: skip


def spoken(first: date, last: date) -> str:
    """A period in short."""
    return f"{clock.short_day(first)} - {clock.short_day(last)}"


class Ask(Choice):
    """Which period; a digit begins."""

    def heading(self) -> str:
        return called(self.args)

    def intro(self, cells: int) -> list[Line]:
        told = {
            "make": _("Fair shares of desk, late and weekend, the law kept, wishes weighed. Locked cells, leave and the past stay."),
            "repair": _("The fewest changes that put the desk and the floor right after sick calls. The past stays."),
            "why": _("Whether the locks, the leave and the rules can all hold; if not, which of them cannot."),
        }[self.args["kind"]]  # fmt: skip
        return [*(Line().put(" " + part) for part in wrap(told, cells - 2)), Line()]

    def choices(self) -> Sequence[str]:
        words = (N_("the week shown"), N_("next week"), N_("this month"), N_("next month"))
        found = zip(words, spans(cast("RotaPage", self.page)), strict=True)
        return [f"{_(word)}  {spoken(*span)}" for word, span in found]

    def take(self, number: int) -> None:
        first, last = spans(cast("RotaPage", self.page))[number - 1]
        self.close()
        begin(self.page, self.args["kind"], first, last)


def begin(page: Page, kind: str, first: date, last: date) -> None:
    """Start the work in its own process, under a box that tells how far it is. Raises Refused where nothing can be made."""
    store = page.store
    seq, today = store.one("SELECT max(seq) FROM actions"), store.today()
    _one, task = asking.asked(store, kind, first, last)
    args = {"kind": kind, "first": first.isoformat(), "last": last.isoformat(), "seq": seq, "today": today.isoformat()}
    box = Making(page.desk, page, args)
    page.desk.stacks[page.name].append(box)
    box.start(task)


def heard(child: Child) -> list[dict[str, Any]]:
    """What a search has said, waiting for a moment where it says nothing."""
    until = time.monotonic() + MOMENT_SECONDS
    while not (messages := child.poll()) and time.monotonic() < until:
        time.sleep(TICK_SECONDS)
    return messages


class Making(Dialog):
    """How far the work is; Esc stops it and nothing is changed."""

    KEYS: ClassVar[tuple[Bind, ...]] = (bind("escape", "Esc", N_("stop")),)

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.child: Child | None = None
        self.progress: dict[str, Any] = {}
        self.began = time.monotonic()

    def alive(self) -> bool:
        """A restart ends the work; what was there is there."""
        return self.child is not None

    def start(self, task: dict[str, Any]) -> None:
        """Hand the task to its process."""
        self.child = Child()
        self.child.start(task)
        self._wait()

    def _wait(self) -> None:
        """Ask for news beside the keys, for a moment at most."""
        child = self.child
        if child is not None:
            self.desk.later(lambda: heard(child), self._hear)

    def _hear(self, messages: Sequence[dict[str, Any]]) -> None:
        if self.child is None:
            return
        for message in messages:
            self.progress = message.get("progress", self.progress)
            if "rota" in message or "error" in message:
                self._done(message)
                return
        self._wait()

    def _done(self, message: dict[str, Any]) -> None:
        self.child = None
        self.close()
        if "error" in message:
            self.desk.trouble = str(Refused("E263", str(message["error"])))
            return
        name = "conflict" if message["rota"]["status"] == "infeasible" else "proposal"
        if self.args["kind"] == "why" and proposal.unknown(message["rota"]):
            self.desk.trouble = str(Refused("E481", proposal.not_told()))
            return
        if name == "proposal" and self.args["kind"] == "why":
            self.desk.say(_("Nothing stands against it: locks, leave and rules can all hold"))
            return
        args = {**self.args, "rota": message["rota"]}
        self.desk.stacks[self.page.name].append(self.page.DIALOGS[name](self.desk, self.page, args))

    def heading(self) -> str:
        first, last = (date.fromisoformat(self.args[name]) for name in ("first", "last"))
        return f"{called(self.args)}  {spoken(first, last)}"

    def lines(self, cells: int) -> list[Line]:
        seconds = int(time.monotonic() - self.began)
        told = [_("{seconds} s").format(seconds=seconds), *proposal.progress(self.progress)]
        return [
            Line().put(" " + "   ".join(told)), Line(),
            Line().put(" " + _("Esc stops it; nothing is changed then."), "dim"),
        ]  # fmt: skip

    def press(self, key: str) -> bool:
        if key != "escape":
            return False
        if self.child:
            self.child.cancel()
            self.child = None
        self.close()
        self.desk.say(_("Stopped; nothing was changed"))
        return True


def commands(page: RotaPage) -> list[Command]:
    """What the command list offers."""

    def opens(kind: str) -> Callable[[], None]:
        def run() -> None:
            if page.desk.page is not page:
                page.desk.go(page.name)
            page.desk.open("ask", {"kind": kind})

        return run

    finds = {"make": "zd zidong paiban make", "repair": "xf xiufu bu repair sick", "why": "ws weishenme why"}
    return [Command(word, finds[kind], opens(kind)) for kind, word in KINDS.items()]
