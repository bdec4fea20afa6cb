"""The first start, asked once: language, which keys arrive here, where to begin."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, ClassVar

from floorlead import settings
from floorlead.store import Refused
from floorlead.text import clean
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Command, Dialog, Page
from floorlead.words import N_, _

TESTED = ("f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "insert", "ctrl+p")
LABELS = {"insert": "Ins", "ctrl+p": "^P"}
KEYTEST = "keytest"
LAST_STEP = 3
SHOW_DEMO = 10
"""The exit code that asks for the invented showroom."""


class LeaderForm(Form):
    """Who leads the floor, and what the showroom is called."""

    def heading(self) -> str:
        return _("Your showroom")

    def entries(self) -> Sequence[Entry]:
        return (Entry("leader", N_("Your name"), 40), Entry("showroom", N_("Showroom"), 60))

    def save(self) -> None:
        name, showroom = clean(self.values.get("leader", ""), 40), clean(self.values.get("showroom", ""), 60)
        if not name:
            raise Refused("E61", _("A person needs a name"))
        store = self.page.store
        with store.write(N_("First start: {name}"), kind="note", name=name) as db:
            for key, value in (("leader", name), ("showroom", showroom), ("started", "1")):
                settings.write(db, key, value)
        store.by = name
        self.close()
        self.desk.options = settings.all_of(store)
        if self.args.get("then") == "import":
            self.desk.go_and_open("people", "import")
        else:
            self.desk.go("today")


class WelcomePage(Page):
    """Three questions."""

    name = "welcome"
    key = ""
    word = N_("First start")
    finds = ""
    listed = False
    DIALOGS: ClassVar[dict[str, type[Dialog]]] = {"leader": LeaderForm}

    def __init__(self, desk: Any) -> None:
        super().__init__(desk)
        self.step = 1
        self.arrived: list[str] = []
        self.alone = False
        """Only the key test, asked for later."""

    def title(self, cells: int) -> Line:
        step = "" if self.alone else f"{self.step}/{LAST_STEP}"
        return Line().put(f" {_(self.word)} {step}" if not self.alone else " " + _("Key self-test"), "title")

    def body(self, cells: int, height: int) -> list[Line]:
        return [Line(), *(self._language, self._keys, self._begin)[self.step - 1]()]

    def _language(self) -> list[Line]:
        return [
            Line().put("   选语言 / Language", "bold"), Line(), Line().put("    1", "key", "key:1").put("  中文", "", "key:1"),
            Line().put("    2", "key", "key:2").put("  English", "", "key:2"), Line(),
            Line().put("   按数字键。中文输入法开着也没关系。"),
            Line().put("   Press a digit. A Chinese input method may stay on."),
        ]  # fmt: skip

    def _keys(self) -> list[Line]:
        tried = Line().put("   ")
        for key in TESTED:
            word = "ok" if key in self.arrived else "--"
            tried.put(LABELS.get(key, key.upper())).put(f" {word}", "good" if word == "ok" else "bad").put("  ")
        missing = [LABELS.get(key, key.upper()) for key in TESTED if key not in self.arrived]
        lines = [
            Line().put("   " + _("Press these keys; they light up when they arrive. Enter goes on."), "bold"),
            Line(),
            tried,
            Line(),
        ]
        if self.arrived and missing:
            told = _("{keys} not seen: use Esc and then the digit, + for Ins; ^K finds every command").format(
                keys=" ".join(missing)
            )
            lines.append(Line().put("   " + told))
        marks = self.desk.options["marks"]
        wide = _("Table marks: letters v X L - . (they fit every terminal)")
        lines.append(
            Line().put("   " + (_("Table marks: this terminal draws the fine set right") if marks == "fine" else wide))
        )
        return lines

    def _begin(self) -> list[Line]:
        said = (
            _("look at an invented showroom (your own stays empty)"), _("import a list of people (CSV from Excel)"),
            _("begin empty, I add everything myself"),
        )  # fmt: skip
        lines = [Line().put("   " + _("Where to begin?"), "bold"), Line()]
        return lines + [
            Line().put(f"    {n}", "key", f"key:{n}").put(f"  {text}", "", f"key:{n}") for n, text in enumerate(said, 1)
        ]

    def binds(self) -> Sequence[Bind]:
        if self.step == 2:
            return (bind("enter", "Enter", N_("go on")), bind("escape", "Esc", N_("skip")))
        last = "2" if self.step == 1 else "3"
        return (bind([str(n) for n in range(1, int(last) + 1)], f"1-{last}", N_("choose"), changes=True),)

    def press(self, key: str) -> bool:
        if self.step == 1 and key in ("1", "2"):
            self.desk.speak(("zh", "en")[int(key) - 1])
            self._to_keys()
        elif self.step == 2:
            self._press_keys(key)
        elif self.step == LAST_STEP and key in ("1", "2", "3"):
            self._choose(key)
        return key != "ctrl+q"

    def _to_keys(self) -> None:
        self.step = 2
        if self.desk.probe is not None:
            self.desk.probe()

    def _press_keys(self, key: str) -> None:
        if key in TESTED:
            self.arrived = [*self.arrived, key] if key not in self.arrived else self.arrived
        elif key in ("enter", "escape", "space"):
            self._keep_test()
            if self.alone:
                self.step, self.alone = 1, False
                self.desk.go("today")
            else:
                self.step = LAST_STEP

    def _keep_test(self) -> None:
        found = {
            "arrived": self.arrived,
            "missing": [k for k in TESTED if k not in self.arrived],
            "marks": self.desk.options["marks"],
        }
        self.desk.do(lambda: self.store.keep_drafts({KEYTEST: json.dumps(found)}), quiet=True)

    def _choose(self, key: str) -> None:
        if key == "1":
            self.desk.leave(SHOW_DEMO)
        else:
            self.desk.open("leader", {"then": "import" if key == "2" else "today"})

    def test_keys(self) -> None:
        """Only the key self-test."""
        self.alone, self.arrived = True, []
        self.desk.go(self.name)
        self._to_keys()

    def commands(self) -> list[Command]:
        return [Command(N_("Key self-test"), "jp jianpan zijian keys", self.test_keys)]

    def state(self) -> dict[str, Any]:
        return {"step": self.step, "arrived": self.arrived, "alone": self.alone}

    def restore(self, state: dict[str, Any]) -> None:
        self.step, self.arrived = int(state.get("step", 1)), list(state.get("arrived", []))
        self.alone = bool(state.get("alone", False))
