"""What a search answered: a proposal to look at and take, or the facts that contradict each other and the way out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.planning.rota import from_json
from floorlead.rota import accepting, proposal
from floorlead.rota import period as periods
from floorlead.rota.making import SHOWN, Ask, Making, begin, called, spoken
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk


class _Answer(Dialog):
    """What the solver answered, read once for its box."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.first, self.last = (date.fromisoformat(args[name]) for name in ("first", "last"))
        self.one = periods.period(page.store, self.first, self.last)
        self.error = ""

    def heading(self) -> str:
        return f"{called(self.args)}  {spoken(self.first, self.last)}"

    def current(self) -> bool:
        """Whether the file is as the solver read it; else the box says so."""
        store = self.page.store
        now = store.one("SELECT max(seq) FROM actions"), store.today().isoformat()
        same = bool(now == (self.args["seq"], self.args.get("today")))
        if not same:
            told = _("Something was entered meanwhile; make it again, it takes the newest into account")
            self.error = str(Refused("E264", told))
        return same

    def told(self, cells: int) -> list[Line]:
        """Years without holidays; what was refused."""
        refused = wrap(f"!! {self.error}", cells - 2) if self.error else []
        return [*proposal.unannounced(self.one, cells), *(Line().put(f" {part}", "error") for part in refused)]

    def scroll(self, key: str, last: int) -> bool:
        """Move in the lines."""
        steps = {"up": -1, "down": 1, "pageup": -SHOWN, "pagedown": SHOWN, "home": -(10**6), "end": 10**6}
        if key in steps:
            self.args["top"] = max(0, min(int(self.args.get("top", 0)) + steps[key], max(0, last - SHOWN)))
        return key in steps


class Proposed(_Answer):
    """A rota to be looked at: who works when, how fair it is, what it costs; 1 takes it over."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        rota = from_json(args["rota"])
        self.proposal = accepting.proposed(self.one, rota, args["kind"])
        self.views = proposal.views(page.store, self.one, self.proposal, args["rota"], args["kind"])

    @property
    def view(self) -> int:
        """Which of the views."""
        return int(self.args.get("view", 0)) % len(self.views)

    def lines(self, cells: int) -> list[Line]:
        _word, lines = self.views[self.view]
        top = int(self.args.get("top", 0))
        tabs = Line().put(" ")
        for n, (word, _lines) in enumerate(self.views):
            tabs.put(f"[{word}]" if n == self.view else f" {word} ", "chip" if n == self.view else "", f"view:{n}")
        tabs.put("  " + proposal.verdict(self.args["rota"]))
        shown = SHOWN - len(self.told(cells))
        return [tabs, *self.told(cells), *lines[top : top + shown], *proposal.more(len(lines) - top - shown)]

    def binds(self) -> Sequence[Bind]:
        take = bind(self.taking, self.taking, N_("take it"), changes=True)
        if proposal.unknown(self.args["rota"]):
            take = bind(self.taking, self.taking, N_("take it, rules broken"), changes=True)
        return (
            *((take,) if self._does() else ()),
            bind(("tab", "backtab"), "Tab", N_("view")),
            bind(("up", "down"), "Up/Dn", N_("scroll")),
            *super().binds(),
        )

    @property
    def taking(self) -> str:
        """The digit that takes it over; what breaks a rule is never taken by the usual one."""
        return "9" if proposal.unknown(self.args["rota"]) else "1"

    def _does(self) -> bool:
        found = self.proposal
        return bool(found.cells or found.desk or found.sent)

    def press(self, key: str) -> bool:
        if key in ("tab", "backtab"):
            self.args |= {"view": self.view + (1 if key == "tab" else -1), "top": 0}
        elif key == self.taking and self._does():
            self._take()
        elif key == "escape":
            self.close()
        else:
            return self.scroll(key, len(self.views[self.view][1]))
        return True

    def _take(self) -> None:
        store, kind = self.page.store, self.args["kind"]
        if not self.current():
            return
        if self.desk.do(lambda: accepting.accept(store, self.one, self.proposal, kind)) or self.desk.queue:
            self.close()
            self.page.enter()

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "view":
            self.args |= {"view": int(rest), "top": 0}


class Contradiction(_Answer):
    """Which facts cannot all hold, and the cheapest way out; 1 unlocks what is locked and makes it again."""

    def lines(self, cells: int) -> list[Line]:
        found = self.args["rota"].get("conflict") or {}
        return [*self.told(cells), *proposal.conflict(found, cells)]

    def _locks(self) -> list[dict[str, Any]]:
        given = (self.args["rota"].get("conflict") or {}).get("give_up", ())
        return [fact for fact in given if fact["kind"] == "lock"]

    def binds(self) -> Sequence[Bind]:
        take = (bind("1", "1", N_("unlock, again"), changes=True),) if self._locks() else ()
        return (*take, *super().binds())

    def press(self, key: str) -> bool:
        if key == "1" and self._locks():
            self._unlock()
        elif key == "escape":
            self.close()
        else:
            return False
        return True

    def _unlock(self) -> None:
        if not self.current():
            return
        facts = [(int(fact["person"]), date.fromisoformat(fact["date"])) for fact in self._locks()]
        if self.desk.do(lambda: accepting.unlock(self.page.store, self.one, facts)):
            kind = "make" if self.args["kind"] == "why" else self.args["kind"]
            self.close()
            begin(self.page, kind, self.first, self.last)


DIALOGS: dict[str, type[Dialog]] = {"ask": Ask, "making": Making, "proposal": Proposed, "conflict": Contradiction}
