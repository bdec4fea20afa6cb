"""The boxes over the advice: why the leader differs, a quantity, a model's wishes, the versions, printing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from floorlead import clock
from floorlead.advice import queries
from floorlead.advice.printing import print_advice
from floorlead.advice.records import ColourLine, Edit
from floorlead.cars import moves as cars_moves
from floorlead.cars import queries as cars_queries
from floorlead.cars.records import Model
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import as_number, clean
from floorlead.widgets.choose import Choice, Entry, Form, Listing
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.ownwords import UsualWords
from floorlead.widgets.page import Dialog, TextField
from floorlead.words import N_, _, language

if TYPE_CHECKING:
    from floorlead.advice.screen import AdvicePage
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

REASONS = (
    N_("a customer waits"), N_("promotion planned"), N_("maker's quota"), N_("money or room"), N_("new model year"),
    N_("for the display"),
)  # fmt: skip
"""Why a leader orders more or fewer than advised, on digits 1 to 6."""
LONGEST = 366


def picks() -> Line:
    """The quick picks with their digits."""
    line = Line()
    for n, reason in enumerate(REASONS, 1):
        line.put(f" {n}", "key", f"key:{n}").put(("" if language() == "zh" else " ") + _(reason), "", f"key:{n}")
        line.put(" ")
    return line


class OnLine(Dialog):
    """A dialog about one line of the advice; `args` holds the line's key."""

    @property
    def advice_page(self) -> AdvicePage:
        """The page below."""
        return cast("AdvicePage", self.page)

    @property
    def line(self) -> ColourLine | None:
        """The line it is about."""
        return self.advice_page.line(self.args["key"])

    @property
    def edit(self) -> Edit | None:
        """The line's own quantity."""
        return self.advice_page.draft.of(self.args["key"])

    def heading(self) -> str:
        line = self.line
        return f"{self.advice_page.named(line)}" if line else ""

    def alive(self) -> bool:
        return self.line is not None


class Reason(UsualWords, OnLine):
    """Why the own quantity differs from the advice: six quick picks, 7 types."""

    def heading(self) -> str:
        line, edit = self.line, self.edit
        assert line and edit
        told = _("{own} instead of {advice}").format(own=edit.quantity, advice=line.advice)
        return f"{super().heading()}  {told}"

    def alive(self) -> bool:
        return super().alive() and self.edit is not None

    def lines(self, cells: int) -> list[Line]:
        half = len(REASONS) // 2 if picks().cells > cells else len(REASONS)
        return [*_in_lines(half), self.words_line()]

    def binds(self) -> Sequence[Bind]:
        if self.typing:
            return (bind("enter", "Enter", N_("save"), changes=True), bind("escape", "Esc", N_("back")))
        return (
            bind(digits(1, len(REASONS)), "1-6", N_("reason"), changes=True), bind(self.TYPE, self.TYPE, N_("type"), effect="text"),
            bind("escape", "Esc", N_("back")),
        )  # fmt: skip

    def field(self) -> TextField | None:
        if not self.typing:
            return None
        x, row = self.words_at(), len(self.lines(76)) - 1
        return TextField("reason", x, self.origin + row, 74 - x, self.words, queries.REASON_LIMIT)

    def usual(self) -> int:
        return len(REASONS)

    def take_usual(self, number: int) -> None:
        self._because(_(REASONS[number - 1]))

    def enter_words(self, text: str) -> None:
        self._because(clean(text, queries.REASON_LIMIT))

    def _because(self, reason: str) -> None:
        edit = self.edit
        self.close()
        if edit is not None and reason:
            self.advice_page.put(self.args["key"], replace(edit, reason=reason))


def _in_lines(each: int) -> list[Line]:
    """The quick picks, `each` a line."""
    whole = picks().pieces
    return [Line(list(part), sum(p.cells for p in part)) for n in range(0, len(REASONS), each)
            if (part := whole[3 * n : 3 * (n + each)])]  # fmt: skip


class Quantity(OnLine, Form):
    """A line's own quantity, also of two digits, and why."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        line, edit = self.line, self.edit
        if not self.values and line:
            self.values.update(count=str(edit.quantity if edit else line.advice), reason=edit.reason if edit else "")
            args["was"] = dict(self.values)

    def entries(self) -> Sequence[Entry]:
        return (Entry("count", N_("Quantity"), 2), Entry("reason", N_("Reason"), queries.REASON_LIMIT))

    def lines(self, cells: int) -> list[Line]:
        line = self.line
        told = _("advised: {count}").format(count=line.advice if line else 0)
        return [*super().lines(cells), Line().put("  " + told, "dim")]

    def save(self) -> None:
        count = as_number(self.values.get("count", ""))
        if count is None or not 0 <= count <= queries.MOST or count != int(count):
            raise Refused("E151", _("Between 0 and {most} cars of one line").format(most=queries.MOST))
        reason = clean(self.values.get("reason", ""), queries.REASON_LIMIT)
        line = self.line
        self.close()
        if line:
            self.advice_page.put(line.key, None if count == line.advice else Edit(int(count), reason))


class ModelForm(Form):
    """How many of a model should always be in stock, and for how many days the stock should last."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        model = self._model()
        if not self.values and model:
            self.values.update(minimum=str(model.minimum), days=str(model.target_days or ""))

    def _model(self) -> Model | None:
        return next((m for m in cars_queries.models(self.page.store) if m.code == self.args["model"]), None)

    def alive(self) -> bool:
        return self._model() is not None

    def heading(self) -> str:
        model = self._model()
        return model.shown if model else ""

    def entries(self) -> Sequence[Entry]:
        return (
            Entry("minimum", N_("Least stock"), 2, hint=N_("cars that should always be free here or on their way")),
            Entry("days", N_("Days of stock"), 3, hint=N_("empty: as in the settings")),
        )

    def save(self) -> None:
        model, store = self._model(), self.page.store
        minimum, days = self.values.get("minimum", "").strip() or "0", self.values.get("days", "").strip()
        least, last = as_number(minimum), as_number(days) if days else None
        if least is None or not 0 <= least <= queries.MOST or least != int(least):
            raise Refused("E152", _("The least stock is a number from 0 to {most}").format(most=queries.MOST))
        if days and (last is None or not 1 <= last <= LONGEST or last != int(last)):
            raise Refused("E153", _("The days of stock are a number from 1 to {most}").format(most=LONGEST))
        assert model
        made = replace(model, minimum=int(least), target_days=int(last) if last else None)
        if self.desk.do(lambda: cars_moves.save_model(store, made)) or self.desk.queue:
            self.close()
            self.page.enter()


class Versions(Listing):
    """The day's saved versions with the leader's own numbers and reasons."""

    def heading(self) -> str:
        return _("Saved versions")

    def lines(self, cells: int) -> list[Line]:
        page = cast("AdvicePage", self.page)
        texts = []
        for saved in queries.versions(page.store, page.store.today()):
            total = sum(saved.edits[line.key].quantity if line.key in saved.edits else line.advice
                        for line in saved.advice.lines)  # fmt: skip
            head = _("version {version} {time}").format(version=saved.version, time=clock.hm(saved.at))
            texts.append(f"{head}  {saved.by}  " + _("{count} cars in all").format(count=total))
            own = {line.key: line for line in saved.advice.lines if line.key in saved.edits}
            for key, line in own.items():
                edit = saved.edits[key]
                told = f"   {line.model} {line.shown}  {line.advice} -> {edit.quantity}"
                texts.append(told + "  " + (edit.reason or _("no reason")))
        self.args["lines"] = texts or [_("nothing saved today yet; ^S saves version 1")]
        return super().lines(cells)


class PrintAdvice(Choice):
    """Ctrl+P: paper is not undone, so a digit confirms; what is not saved yet is saved first or marked as a draft."""

    def alive(self) -> bool:
        page = cast("AdvicePage", self.page)
        if page.advice is None:
            page.enter()
        return bool(page.rows)

    def heading(self) -> str:
        return _("Print")

    def _unsaved(self) -> bool:
        page = cast("AdvicePage", self.page)
        return bool(page.draft.unsaved()) or not page.version

    def choices(self) -> Sequence[str]:
        page = cast("AdvicePage", self.page)
        if self._unsaved():
            save = _("Save version {version} and print it").format(version=page.version + 1)
            return (save, _("Print as a draft, nothing is saved"))
        return (_("Order advice, version {version}, one copy").format(version=page.version),)

    def take(self, number: int) -> None:
        page = cast("AdvicePage", self.page)
        unsaved = self._unsaved()
        self.close()
        if unsaved and number == 1 and not page.save():
            return
        print_advice(self.desk, page.shown_as_draft() if number == 2 else None)
