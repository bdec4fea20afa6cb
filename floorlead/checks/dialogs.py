"""The boxes over a card: why, how the late ones are meant, a number, a row's story, printing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from floorlead import clock
from floorlead.checks import entry, queries, rules, stories
from floorlead.checks.papers import PAPER_CARDS
from floorlead.checks.printing import print_card
from floorlead.checks.records import Card, Item, Mark, Row
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import as_number, clean
from floorlead.widgets.choose import Choice, Entry, Form, Listing
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.ownwords import UsualWords
from floorlead.widgets.page import Dialog, TextField
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.checks.screen import ChecksPage

REASON_LIMIT = 60


def row_of(page: ChecksPage, args: dict[str, Any]) -> Row | None:
    """The row that a dialog's `list` and `subject` name on the card now shown."""
    if page.card is None:
        page.enter()
    rows = page.card.rows if page.card else []
    return next((r for r in rows if (r.list, r.subject) == (args["list"], args["subject"])), None)


class OnMark(Dialog):
    """A dialog about one item of one row; `args` holds its list, subject and item."""

    @property
    def checks(self) -> ChecksPage:
        """The page below."""
        return cast("ChecksPage", self.page)

    @property
    def card(self) -> Card:
        """The card below."""
        if self.checks.card is None:
            self.checks.enter()
        assert self.checks.card
        return self.checks.card

    @property
    def row(self) -> Row:
        """The row it is about."""
        row = row_of(self.checks, self.args)
        assert row
        return row

    @property
    def item(self) -> Item:
        """The item it is about."""
        return next(i for i in self.card.items(self.row) if i.code == self.args["item"])

    def alive(self) -> bool:
        row = row_of(self.checks, self.args)
        return row is not None and any(item.code == self.args["item"] for item in self.card.items(row))

    def mark(self) -> Mark | None:
        """The mark it is about."""
        return self.card.mark(self.row, self.item)


class Reason(UsualWords, OnMark):
    """Why: six quick picks, 7 types; with how often it happened this month."""

    def heading(self) -> str:
        return "  ".join((self.row.shown, self.item.shown, _("exception")))

    def lines(self, cells: int) -> list[Line]:
        picks = Line().put(" ")
        for n, reason in enumerate(self.card.words.reasons, 1):
            picks.put(f" {n}", "key", f"key:{n}").put(
                pick(*reason) if _zh() else f" {pick(*reason)}", "", f"key:{n}"
            ).put(" ")
        return [picks, self.words_line("  "), Line().put("  " + self._history(), "dim")]

    @property
    def words(self) -> str:
        """What is typed so far; before that the reason as it stands."""
        return super().words if {"typing", "begun"} & set(self.args) else self._reason_now()

    def half_typed(self) -> dict[str, Any]:
        """The typed reason, where it is another one than stands there."""
        return super().half_typed() if self.words != self._reason_now() else {}

    def own_words(self, text: str) -> bool:
        """A sign writes over the reason that stands there."""
        self.args.setdefault("begun", "")
        return super().own_words(text)

    def _reason_now(self) -> str:
        mark = self.mark()
        return mark.reason if mark else ""

    def _history(self) -> str:
        days = queries.earlier(self.page.store, self.row, self.item, self.card.day)
        if not days:
            return _("The first time this month")
        told = ", ".join(clock.short_day(day) for day in days[:4])
        return _("The same before: {days} (time {count} this month)").format(days=told, count=len(days) + 1)

    def binds(self) -> Sequence[Bind]:
        if self.typing:
            return (bind("enter", "Enter", N_("save"), changes=True), bind("escape", "Esc", N_("back")))
        most = len(self.card.words.reasons)
        return (
            bind(digits(1, most), f"1-{most}", N_("reason"), changes=True), bind(self.TYPE, self.TYPE, N_("type"), effect="text"),
            bind("escape", "Esc", N_("back")),
        )  # fmt: skip

    def field(self) -> TextField | None:
        if not self.typing:
            return None
        x = self.words_at("  ")
        return TextField("reason", x, self.origin + 1, 74 - x, self.words, REASON_LIMIT)

    def usual(self) -> int:
        return len(self.card.words.reasons)

    def take_usual(self, number: int) -> None:
        self._save(pick(*self.card.words.reasons[number - 1]))

    def enter_words(self, text: str) -> None:
        self._save(clean(text, REASON_LIMIT))

    def _save(self, reason: str) -> None:
        mark, card = self.mark(), self.card
        self.close()
        if mark is None:
            return
        changed: list[queries.Cell] = [(self.row, self.item, replace(mark, reason=reason))]
        row, item = self.row, self.item
        self.desk.do(
            lambda: queries.put(self.page.store, card, changed, N_("{name} {item} {reason}"), name=row.both(),
                                item=item.both(), reason=reason)
        )  # fmt: skip


def _zh() -> bool:
    from floorlead.words import language

    return language() == "zh"


class AfterDeadline(Choice):
    """Ctrl+A after a due time: done only now, or seen in time and entered now."""

    @property
    def checks(self) -> ChecksPage:
        """The page below."""
        return cast("ChecksPage", self.page)

    def _late(self) -> list[tuple[Row, Item]]:
        if self.checks.card is None:
            self.checks.enter()
        assert self.checks.card
        cells = rules.open_cells(self.checks.card, self.checks.rows())
        return [(row, item) for row, item in cells if entry.is_past(self.checks, item)]

    def heading(self) -> str:
        late = self._late()
        due = late[0][1].due.lstrip("0") if late else ""
        return _("Past {due}, {count} not looked at yet").format(due=due, count=len(late))

    def choices(self) -> Sequence[str]:
        late = self._late()
        due, time = (late[0][1].due.lstrip("0") if late else ""), f"{self.desk.now():%H:%M}"
        return (
            _("Done only now: write them as late (L {time})").format(time=time),
            _('I saw it before {due}: on time, the card says "entered {time}"').format(due=due, time=time),
        )

    def take(self, number: int) -> None:
        self.close()
        if self.page.store.changed_elsewhere():
            self.checks.enter()
        entry.pass_rest(self.checks, backfilled=number == 2)


class Number(OnMark, Form):
    """A number item: the value as read, judged by its range."""

    def heading(self) -> str:
        return f"{self.row.shown}  {self.item.shown}"

    def entries(self) -> Sequence[Entry]:
        return (Entry("value", N_("Value"), 12),)

    def lines(self, cells: int) -> list[Line]:
        item = self.item
        told = _("accepted: {low} to {high} {unit}").format(
            low=f"{item.low:g}" if item.low is not None else "-", high=f"{item.high:g}" if item.high is not None else "-",
            unit=pick(item.unit, item.unit_en or item.unit),
        )  # fmt: skip
        return [*super().lines(cells), Line().put("  " + item.long), Line().put("  " + told, "dim")]

    def save(self) -> None:
        value = as_number(self.values.get("value", ""))
        if value is None:
            raise Refused("E69", _("That is no number; write it as 12.4"))
        late = entry.is_past(self.checks, self.item)
        mark = rules.measured(self.item, entry.fresh(self.checks, self.row, self.item), value, late)
        row, item, page = self.row, self.item, self.checks
        self.close()
        entry.save_one(page, row, item, mark)
        if page.board.is_round:
            page.board.go(page.board.cursor + 1)


class RowDetail(Listing):
    """A row without an exception: its marks with their times, and this month."""

    def heading(self) -> str:
        return self._row().shown

    def alive(self) -> bool:
        return row_of(cast("ChecksPage", self.page), self.args) is not None

    def _row(self) -> Row:
        row = row_of(cast("ChecksPage", self.page), self.args)
        assert row
        return row

    def lines(self, cells: int) -> list[Line]:
        page, row = cast("ChecksPage", self.page), self._row()
        assert page.card
        lines = []
        for item in page.card.items(row):
            mark = page.card.mark(row, item)
            when = f"{clock.hm(mark.at)} {mark.by}" if mark else ""
            days = queries.earlier(page.store, row, item, page.card.day)
            month = _("this month: {days}").format(days=", ".join(clock.short_day(d) for d in days[:3])) if days else ""
            line = Line().put(f" {rules.cell(page.card, row, item)}  ").col(item.shown, 14).col(when, 16)
            lines.append(line.put(" " + stories.note_of_item(page.card, row, item) + "  " + month))
        if row.away:
            lines.append(Line().put(f" {row.away}"))
        return lines


class PrintCard(Choice):
    """Ctrl+P on a card: paper is not undone, so a digit confirms."""

    def _card(self) -> Card | None:
        return cast("ChecksPage", self.page).card

    def heading(self) -> str:
        return _("Print")

    def choices(self) -> Sequence[str]:
        card = self._card()
        own = () if card is None or card.words.code in PAPER_CARDS else (card.words.shown,)
        return (_("Appearance and environment card, one copy"), *own)

    def take(self, number: int) -> None:
        card = self._card()
        self.close()
        print_card(
            self.desk, self.page.store.today(), PAPER_CARDS if number == 1 or card is None else (card.words.code,)
        )
