"""The settings page: one line a setting; Enter or a digit changes it, at once and for good."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from floorlead import settings
from floorlead.clock import zone_of
from floorlead.lock import queries as locks
from floorlead.options.pins import PINS
from floorlead.options.purging import PURGING
from floorlead.record import record
from floorlead.store import Refused
from floorlead.text import as_number, clean, fold
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.grid import Cell, Column, Grid, Rows
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Hit, Page
from floorlead.widgets.style import THEME_NAMES
from floorlead.words import N_, _, both

THEME_WORDS = {"terminal": N_("terminal's own"), "dark": N_("dark"), "light": N_("light"), "mono": N_("no colour")}
MARK_WORDS = {"letters": N_("letters v X L"), "fine": N_("fine marks")}


@record
class Option:
    """A setting on the page; `kind` is text, time, number, ages, percent, weight, weekday, few, places, yesno, zone, language, theme,
    marks, printer, or box: what is no setting but done in the box that `key` names."""

    key: str
    word: str
    kind: str = "text"


OPTIONS = (
    Option("showroom", N_("Showroom")), Option("showroom_en", N_("Showroom in English")), Option("leader", N_("Leader")),
    Option("manager", N_("Sales manager")), Option("language", N_("Language"), "language"),
    Option("theme", N_("Look"), "theme"), Option("marks", N_("Marks"), "marks"), Option("printer", N_("Printer"), "printer"),
    Option("line_up", N_("Line-up, late after"), "time"), Option("day_ends", N_("Business day ends"), "time"),
    Option("zone", N_("Time zone"), "zone"), Option("clock_days", N_("Ask about the clock after days without an entry"), "number"), Option("idle_minutes", N_("Back to Today after idle minutes"), "number"),
    Option("lock_minutes", N_("Locks after idle minutes"), "number"), Option("pins", N_("Lock: PINs"), "box"),
    Option("expired", N_("Customer data past their days"), "box"),
    Option("quiet_days", N_("Quiet days before a re-check"), "number"), Option("rechecks", N_("Re-checks"), "number"),
    Option("age_days", N_("Age thresholds in days"), "ages"), Option("push_days", N_("Push first from days"), "number"),
    Option("rotate_days", N_("Rotate a display car after days"), "number"),
    Option("apr", N_("Interest, percent a year"), "percent"), Option("order_weekday", N_("Order day, 1 is Monday"), "weekday"),
    Option("advice_window", N_("Order advice looks back days"), "number"),
    Option("advice_target", N_("Order advice stocks for days"), "number"),
    Option("open_order_days", N_("Orders are old after days"), "number"),
    Option("stocktakes", N_("Stock-takes a month"), "few"),
    Option("queue_overdue", N_("Turns lost when work is overdue"), "places"),
    Option("due_before_rest", N_("Calls due on a rest day are shown the day before (1 yes, 0 no)"), "yesno"),
    Option("prospect_floor", N_("Prospects each consultant should have"), "number"),
    Option("weekend_weight", N_("Weight of a weekend day in targets"), "weight"),
    Option("workday_weight", N_("Weight of a make-up workday in targets"), "weight"),
    Option("behind_days", N_("Days behind until a cause is asked for"), "number"),
)  # fmt: skip


def shown(key: str, value: str) -> str:
    """A setting's value in words."""
    if key == "language":
        return {"zh": "中文", "en": "English"}.get(value, _("as the system"))
    if key in ("theme", "marks"):
        return _({**THEME_WORDS, **MARK_WORDS}.get(value, value))
    return value or {"printer": _("the system's own")}.get(key, "-")


class OptionForm(Form):
    """A setting that is typed."""

    @property
    def option(self) -> Option:
        """The setting below."""
        return next(o for o in OPTIONS if o.key == self.args["key"])

    def heading(self) -> str:
        return _(self.option.word)

    def entries(self) -> Sequence[Entry]:
        return (Entry("value", N_("Value"), 60),)

    def save(self) -> None:
        value = checked(self.option, self.values.get("value", ""))
        store, key = self.page.store, self.option.key
        name = both(self.option.word)
        self.desk.do(lambda: settings.put(store, key, value, called=name))
        self.desk.options = settings.all_of(store)
        self.close()
        self.page.enter()


def checked(option: Option, typed: str) -> str:
    """A typed setting as it is kept. Raises Refused with the form it should have."""
    value = clean(typed, 60)
    if option.kind == "text":
        return value
    value = fold(value).strip()
    if option.kind == "number" and not (_is_count(value) and 1 <= int(value) <= 999):
        raise Refused("E72", _("Write a whole number from 1 to 999"))
    if option.kind == "time":
        hour, _sep, minute = value.partition(":")
        if not (_is_count(hour) and _is_count(minute) and int(hour) < 24 and int(minute) < 60):
            raise Refused("E73", _("Write the time as 08:30"))
        return f"{int(hour):02d}:{int(minute):02d}"
    if option.kind in CHECKS:
        return CHECKS[option.kind](value)
    if option.kind == "zone" and zone_of(value).key != value:
        raise Refused("E74", _("This zone is not known; write it as Asia/Shanghai"))
    return value


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _ages(value: str) -> str:
    """Growing numbers of days, `30/60/90/180`."""
    parts = value.replace(",", "/").replace("、", "/").replace(" ", "/").split("/")
    days = [int(part) if _is_count(part) else 0 for part in parts if part]
    if not 2 <= len(days) <= 6 or days != sorted(set(days)) or days[0] < 1 or days[-1] > 999:
        raise Refused("E75", _("Write two to six growing numbers of days, such as 30/60/90/180"))
    return "/".join(map(str, days))


def _percent(value: str) -> str:
    number = as_number(value.rstrip("%％ "))
    if number is None or not 0 <= number <= 36:
        raise Refused("E76", _("Write the yearly rate in percent, from 0 to 36"))
    return f"{number:g}"


def _weight(value: str) -> str:
    number = as_number(value)
    if number is None or not 0 <= number <= 9:
        raise Refused("E76", _("Write a number from 0 to 9, such as 0.7"))
    return f"{number:g}"


def _between(first: int, last: int) -> Callable[[str], str]:
    def checked_number(value: str) -> str:
        if not (_is_count(value) and first <= int(value) <= last):
            raise Refused("E77", _("Write a whole number from {first} to {last}").format(first=first, last=last))
        return value

    return checked_number


CHECKS: dict[str, Callable[[str], str]] = {
    "ages": _ages, "percent": _percent, "weekday": _between(1, 7), "few": _between(1, 4), "places": _between(0, 9), "yesno": _between(0, 1), "weight": _weight,
}  # fmt: skip
"""How a typed setting of a kind is read."""


class OptionPick(Choice):
    """A setting that is picked."""

    def _values(self) -> list[str]:
        key = self.args["key"]
        if key == "language":
            return ["zh", "en"]
        if key == "theme":
            return list(THEME_NAMES)
        if key == "marks":
            return list(MARK_WORDS)
        from floorlead.paper.printer import printers

        if "printers" not in self.args:
            self.args["printers"] = printers()[:8]
        return ["", *self.args["printers"]]

    def heading(self) -> str:
        return _(next(o.word for o in OPTIONS if o.key == self.args["key"]))

    def choices(self) -> Sequence[str]:
        return [shown(self.args["key"], value) for value in self._values()]

    def take(self, number: int) -> None:
        key, value = self.args["key"], self._values()[number - 1]
        self.close()
        if key == "language":
            self.desk.speak(value)
        elif key == "marks" and value == "fine" and self.desk.probe is not None:
            self.desk.probe()
        elif key == "marks":
            self.desk.fine = False
            self.desk.set_option(key, "letters")
        else:
            self.desk.set_option(key, value)
        self.page.enter()


class OptionsPage(Page):
    """The settings."""

    name = "settings"
    key = ""
    word = N_("Settings")
    finds = "sz shezhi settings"
    TABLES = ("settings", "accounts")
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {
        "form": OptionForm, "pick": OptionPick, **PURGING, **PINS,
    }  # fmt: skip

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self.grid = Grid(())

    def enter(self) -> None:
        values = settings.all_of(self.store)
        self.grid.columns = (Column("", 2, "right"), Column(_("Setting"), 34), Column(_("In force"), 36))
        values["leader"] = values["leader"] or self.store.by
        holders = locks.holders(self.store)
        values["manager"] = values["manager"] or next((one.name for one in holders if one.role == "manager"), "")
        values["pins"] = "  ".join(one.name for one in holders if one.account)
        values["expired"] = _("Enter looks for them")
        rows = [
            [Cell(str(n) if n < 10 else "", "key"), Cell(_(o.word)), Cell(shown(o.key, values[o.key]), "bold")]
            for n, o in enumerate(OPTIONS, 1)
        ]
        self.grid.source = Rows(rows)

    def body(self, cells: int, height: int) -> list[Line]:
        own = str(self.store.path)
        lines = [self.grid.head(cells), *self.grid.lines(cells, height - 4)]
        below = self.grid.below(height - 4)
        more = Line().put("   " + _("{count} more below").format(count=below), "dim") if below else Line()
        return [*lines, more, Line().put("   " + _("File: {path}").format(path=own), "dim")]

    def binds(self) -> Sequence[Bind]:
        return (
            bind([str(n) for n in range(1, 10)], "1-9", N_("change line"), changes=True),
            bind("enter", "Enter", N_("change"), changes=True), bind(("up", "down"), "Up/Dn", N_("line")),
            bind("f2", "F2", N_("Today")), bind(("f10", "ctrl+k"), "^K", N_("commands")), bind("f1", "F1", N_("help")),
        )  # fmt: skip

    def press(self, key: str) -> bool:
        if key.isdigit() and key != "0" and len(key) == 1:
            self.grid.cursor = int(key) - 1
            self._change()
        elif key == "enter":
            self._change()
        else:
            return self.grid.move(key, 10)
        return True

    def _change(self) -> None:
        option = OPTIONS[self.grid.cursor]
        if option.kind in ("language", "theme", "marks", "printer"):
            self.desk.open("pick", {"key": option.key})
        elif option.kind == "box":
            self.desk.open(option.key)
        else:
            self.desk.open("form", {"key": option.key, "values": {"value": settings.get(self.store, option.key)}})

    def click(self, do: str) -> None:
        if do.startswith("row:"):
            self.grid.cursor = int(do[4:])

    def hits(self, typed: str) -> list[Hit]:
        return [Hit(_(o.word), _(self.word), self.name, o.key) for o in OPTIONS if typed.lower() in _(o.word).lower()]

    def go_to(self, place: str) -> None:
        self.grid.cursor = next((n for n, o in enumerate(OPTIONS) if o.key == place), 0)
        if place == "printer":
            self._change()

    def state(self) -> dict[str, Any]:
        return {"cursor": self.grid.cursor}

    def restore(self, state: dict[str, Any]) -> None:
        self.grid.cursor = int(state.get("cursor", 0))

    def commands(self) -> list[Command]:
        return [
            Command(N_("Look: colours or none"), "ys yanse zt zhuti theme", self._look),
            Command(N_("Lock: PINs"), "mm mima pin sp suoping lock", lambda: self.desk.go_and_open(self.name, "pins")),
            Command(N_("Erase customer data past their days"), "qc qingchu shanchu purge gq guoqi", self._expired),
        ]

    def _expired(self) -> None:
        self.desk.go_and_open(self.name, "expired")

    def _look(self) -> None:
        self.desk.go(self.name, "theme")
        self._change()
