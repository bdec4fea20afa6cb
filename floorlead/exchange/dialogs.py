"""The boxes of reading in: the file, its columns, what it would do, and how far the work is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from floorlead.exchange import headings, told
from floorlead.exchange.work import Looked
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.exchange.screen import ExchangePage
    from floorlead.widgets.desk import Desk

WORDS = {
    "cars": N_("Import cars"), "orders": N_("Import orders"), "sales": N_("Import sales"), "customers": N_("Import customers"),
    "visits": N_("Import visits"),
}  # fmt: skip
SHOWN, FIELDS_SHOWN = 10, 11
SCROLL = bind(("up", "down", "pageup", "pagedown"), "PgDn", N_("scroll"))
BAR = 40


def _page(dialog: Dialog) -> ExchangePage:
    return cast("ExchangePage", dialog.page)


class ImportFile(Form):
    """Where the file lies."""

    def heading(self) -> str:
        word = WORDS[str(self.args["kind"])]
        return _(word)

    def entries(self) -> Sequence[Entry]:
        return (Entry("path", N_("File"), 500),)

    def lines(self, cells: int) -> list[Line]:
        needed = [
            f for f in headings.FIELDS[self.args["kind"]] if f.needed or f.name in ("model", "model_name", "customer")
        ]
        names = ", ".join(map(headings.field_word, needed))
        said = _("CSV or XLSX with a line of headings such as {names}; unknown headings are asked for. ~ is your home.")
        parts = wrap(said.format(names=names), cells - 4)
        return [*super().lines(cells), Line(), *(Line().put(f"  {part}", "dim") for part in parts)]

    def save(self) -> None:
        _page(self).look(self.args["kind"], self.values.get("path", ""), None, self)


class Columns(Dialog):
    """Which column is what: a line for each field with the heading picked for it; remembered for the same headings."""

    @property
    def at(self) -> int:
        """The field under the cursor."""
        return max(0, min(int(self.args.get("at", 0)), len(headings.FIELDS[self.args["kind"]]) - 1))

    def heading(self) -> str:
        return _("Which column is what?") + f"   {Path(self.args['path']).name}"

    def lines(self, cells: int) -> list[Line]:
        fields = headings.FIELDS[self.args["kind"]]
        top = max(0, min(self.at - FIELDS_SHOWN // 2, len(fields) - FIELDS_SHOWN))
        lines = []
        for n, field in enumerate(fields[top : top + FIELDS_SHOWN], top):
            here = n == self.at
            line = Line().put("> " if here else "  ", "cursor", f"row:{n}")
            line.col(
                headings.field_word(field) + (" *" if field.needed else ""),
                24,
                style="cursor" if here else "",
                do=f"row:{n}",
            )
            lines.append(self._picked(line, field.name))
        lost = headings.missing(self.args["kind"], self.args["columns"])
        names = ", ".join(map(headings.field_word, lost))
        return [
            *lines,
            Line(),
            Line().put(" " + _("still needed: {names}").format(names=names), "warn") if lost else Line(),
        ]

    def _picked(self, line: Line, field: str) -> Line:
        column = self.args["columns"].get(field)
        if column is None:
            return line.put("-", "dim")
        sample = self.args.get("sample", [])
        line.col(f"{column + 1} {self.args['headings'][column]}", 24, style="chip").put("  ")
        return line.put(sample[column] if column < len(sample) else "", "dim")

    def binds(self) -> Sequence[Bind]:
        last = min(9, len(self.args["headings"]))
        return (
            bind(("left", "right"), "L/R", N_("column")), bind(digits(0, last), f"0-{last}", N_("column")),
            bind(("up", "down", "pageup", "pagedown"), "Up/Dn", N_("field")), bind("enter", "Enter", N_("go on")),
            *super().binds(),
        )  # fmt: skip

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "pageup": -FIELDS_SHOWN, "pagedown": FIELDS_SHOWN, "tab": 1, "backtab": -1}
        columns: dict[str, int] = self.args["columns"]
        field = headings.FIELDS[self.args["kind"]][self.at].name
        count = len(self.args["headings"])
        if key in steps:
            self.args["at"] = self.at + steps[key]
            self.args["at"] = self.at
        elif key in ("left", "right"):
            taken = {at + 1 for name, at in columns.items() if name != field}
            free = [n for n in range(count + 1) if n not in taken]
            here = free.index(columns.get(field, -1) + 1) if columns.get(field, -1) + 1 in free else 0
            self._take(field, free[(here + (1 if key == "right" else -1)) % len(free)])
        elif key.isdigit() and len(key) == 1 and int(key) <= count:
            self._take(field, int(key))
        elif key == "enter":
            self._go_on()
        elif key == "escape":
            self.close()
        else:
            return False
        return True

    def _take(self, field: str, place: int) -> None:
        """Column number `place`, 0 for none; a column means one thing only."""
        others = {name: at for name, at in self.args["columns"].items() if name != field and at != place - 1}
        self.args["columns"] = others | ({field: place - 1} if place else {})

    def _go_on(self) -> None:
        headings.need(self.args["kind"], self.args["columns"])
        self.close()
        _page(self).look(self.args["kind"], self.args["path"], dict(self.args["columns"]))

    def click(self, do: str) -> None:
        kind, _sep, rest = do.partition(":")
        if kind == "row":
            self.args["at"] = int(rest)


class Preview(Dialog):
    """What the file would do, to the last refused line; 1 does it, 2 does what can be done."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.error = ""
        self.found: Looked | None = None
        try:
            self.found = _page(self).seen(args)
        except Refused as refused:
            self.error = str(refused)

    def heading(self) -> str:
        word = WORDS[str(self.args["kind"])]
        return f"{_(word)}: {Path(self.args['path']).name}"

    def acts(self) -> dict[str, str]:
        """What each digit does now."""
        plan = self.found.plan if self.found else None
        if plan is None:
            return {}
        acts = {"3": _("assign the columns")}
        if not plan.does_something:
            return acts
        if not plan.refused:
            return {"1": _("import, after a backup"), **acts}
        good = len(plan.new) + len(plan.changed)
        words = _("enter the {good} good lines, leave the {refused} refused ones")
        return {"2": words.format(good=good, refused=len(plan.refused)), **acts}

    def lines(self, cells: int) -> list[Line]:
        if self.found is None or self.found.plan is None or self.found.lines is None:
            return [Line().put(f" {part}", "warn") for part in wrap(self.error or _("nothing here"), cells - 2)]
        told_, plan = self.found.lines, self.found.plan
        top = self.args["top"] = max(0, min(int(self.args.get("top", 0)), len(told_) - SHOWN))
        lines = [Line().put(" " + told.counted(plan), "title"), Line().put(" " + self._hint(), "dim")]
        lines += [Line().put(" " + told_.line(n)) for n in range(top, min(top + SHOWN, len(told_)))]
        more = len(told_) - top - SHOWN
        lines.append(Line().put(_("   {count} more below, PgDn").format(count=more) if more > 0 else "", "dim"))
        return lines + [
            Line().put(f" {n}", "key", f"key:{n}").put(f" {word}", "", f"key:{n}") for n, word in self.acts().items()
        ]

    def _hint(self) -> str:
        assert self.found is not None and self.found.plan is not None
        if self.found.plan.refused:
            if "2" not in self.acts():
                return _("All or nothing: mend the refused lines first.")
            return _("All or nothing: mend the refused lines first, or 2.")
        return _("What is not in the file stays as is.") if self.found.plan.does_something else _("Nothing to enter.")

    def binds(self) -> Sequence[Bind]:
        words = {"1": N_("import"), "2": N_("good lines only"), "3": N_("columns")}
        acts = [bind(key, key, words[key], changes=key != "3") for key in self.acts()]
        return (*acts, SCROLL, *super().binds())

    def press(self, key: str) -> bool:
        steps = {"up": -1, "down": 1, "pageup": -SHOWN, "pagedown": SHOWN, "home": -(10**9), "end": 10**9}
        if key in steps:
            self.args["top"] = int(self.args.get("top", 0)) + steps[key]
        elif key in self.acts():
            self._act(key)
        elif key == "escape":
            self.close()
        else:
            return False
        return True

    def _act(self, key: str) -> None:
        assert self.found is not None
        if key == "3":
            self.close()
            more = {"headings": list(self.found.headings), "sample": list(self.found.sample)}
            place = {name: self.args[name] for name in ("kind", "path", "columns")}
            _page(self).show("columns", place | more)
        else:
            _page(self).carry_out(self, self.found, key == "2")


class Working(Dialog):
    """How far the work is; Esc stops it."""

    KEYS: ClassVar[tuple[Bind, ...]] = (bind("escape", "Esc", N_("stop"), effect="said close"),)

    def alive(self) -> bool:
        return _page(self).job is not None

    def heading(self) -> str:
        job = _page(self).job
        return (_("Stopping") if job.stopping else job.word) if job else ""

    def lines(self, cells: int) -> list[Line]:
        job = _page(self).job
        if job is None:
            return []
        share = job.done * BAR // job.total if job.total else 0
        bar = Line().put(" [", "dim").put("#" * share).put("." * (BAR - share), "dim").put("] ", "dim")
        count = _("{done} of {total} lines").format(done=job.done, total=job.total) if job.total else ""
        return [bar.put(count), Line().put(" " + _("Esc stops it; nothing is changed then."), "dim")]

    def press(self, key: str) -> bool:
        job = _page(self).job
        if key == "escape" and job:
            job.stopping = True
            return True
        return False
