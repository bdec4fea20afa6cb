"""The boxes over the appraisal: a score, an objection and its answer, the close of a month, print and the file for HR."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from floorlead.appraisal import exporting, moves, papers
from floorlead.appraisal.records import Sheet, Taken
from floorlead.appraisal.sheet import changed, number, points, what
from floorlead.store import Refused
from floorlead.text import as_number, wrap
from floorlead.widgets import clockbox
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.appraisal.screen import AppraisalPage

TOLD = 8
"""Names told before the others are counted."""


class _OfMonth(Dialog):
    """What the boxes share: the month below, and the person and the point that they are about."""

    @property
    def below(self) -> AppraisalPage:
        """The page below."""
        return cast("AppraisalPage", self.page)

    @property
    def month(self) -> str:
        """The month that the box was opened for."""
        return str(self.args.get("month", self.below.month))

    def sheet(self) -> Sheet | None:
        """The person's sheet as it stands now."""
        return self.below.live(int(self.args.get("person", 0)))

    def taken(self) -> Taken | None:
        """The point that the box is about."""
        one = self.sheet()
        return next((t for t in one.taken if t.point.source == self.args.get("source")), None) if one else None


class ScoreForm(_OfMonth, Form):
    """What the leader gives for a part of the work; empty takes the score back."""

    def alive(self) -> bool:
        return self.month == self.below.month and self.sheet() is not None

    def heading(self) -> str:
        one = self.sheet()
        found = self.below.found
        part = found.part(str(self.args["part"])) if found else ""
        return f"{one.shown if one else ''}  {part}  {self.month}"

    def entries(self) -> Sequence[Entry]:
        return (Entry("points", N_("Score"), 5, hint=N_("0 to 100; empty for none")), Entry("note", N_("Why"), 60))

    def save(self) -> None:
        typed = self.values.get("points", "").strip()
        value = as_number(typed) if typed else None
        if typed and value is None:
            raise Refused("E395", _("A score lies between 0 and 100"))
        one = self.sheet()
        assert one
        note, part = self.values.get("note", ""), str(self.args["part"])
        self.finish(lambda: moves.score(self.page.store, self.month, one, part, value, note))


class _OfPoint(_OfMonth, Form):
    """A line about a point."""

    def alive(self) -> bool:
        return self.month == self.below.month and self.taken() is not None

    def lines(self, cells: int) -> list[Line]:
        one = self.taken()
        told = f"{one.point.day.isoformat()}  {what(one)}  {points(one)}" if one else ""
        said = one.objection.text if one and one.objection else ""
        more = [Line().put(" " + part, "dim") for text in (told, said) if text for part in wrap(text, cells - 2)]
        return [*super().lines(cells), Line(), *more]


class ObjectForm(_OfPoint):
    """What the person says against a point."""

    def heading(self) -> str:
        one = self.sheet()
        return _("Objection") + f"  {one.shown if one else ''}"

    def entries(self) -> Sequence[Entry]:
        return (Entry("text", N_("Objection"), 100, hint=N_("in the person's own words")),)

    def save(self) -> None:
        one, taken, text = self.sheet(), self.taken(), self.values.get("text", "")
        assert one
        assert taken
        self.finish(lambda: moves.raise_objection(self.page.store, self.month, one, taken, text))


class AnswerForm(_OfPoint):
    """The leader's answer to an objection, upheld or dismissed."""

    def heading(self) -> str:
        return _("Objection upheld: points given back") if self.args.get("uphold") else _("Objection dismissed")

    def entries(self) -> Sequence[Entry]:
        return (Entry("answer", N_("Answer"), 100),)

    def save(self) -> None:
        one, taken, text = self.sheet(), self.taken(), self.values.get("answer", "")
        assert one
        assert taken
        uphold = bool(self.args.get("uphold"))
        self.finish(lambda: moves.decide(self.page.store, one, taken, uphold, text))


class CloseForm(_OfMonth, Form):
    """The close of a month; closed anew it is a new revision with its reason."""

    def alive(self) -> bool:
        return self.month == self.below.month

    def again(self) -> bool:
        """Whether the month was closed before."""
        return self.below.found is not None and self.below.found.closed is not None

    def heading(self) -> str:
        word = _("Close {month} anew") if self.again() else _("Close {month}")
        return word.format(month=self.month)

    def entries(self) -> Sequence[Entry]:
        hint = N_("needed: why it is closed anew") if self.again() else N_("may stay empty; Enter closes")
        return (Entry("reason", N_("Reason"), 60, hint=hint),)

    def lines(self, cells: int) -> list[Line]:
        found = self.below.found
        assert found
        told = changed(found)
        told += [_("and {count} more").format(count=len(told) - TOLD)] if len(told) > TOLD else []
        missing = [
            _("{part} {count}").format(part=found.part(code), count=count)
            for code in found.part_words if (count := sum(one.parts.get(code) is None for one in found.live))
        ]  # fmt: skip
        if missing:
            told.append(_("not scored yet: {parts}").format(parts=", ".join(missing)))
        told.append(_("What is closed stays as it is; what changes later is shown beside it."))
        return [
            *super().lines(cells),
            Line(),
            *(Line().put(" " + part) for text in told[-TOLD:] for part in wrap(text, cells - 2)),
        ]

    def save(self) -> None:
        reason = self.values.get("reason", "")
        if clockbox.asked(self.desk):
            return
        self.finish(lambda: moves.close(self.page.store, self.month, reason))


class Print(_OfMonth, Choice):
    """Ctrl+P: the team's paper, the person's, or the table for HR; a digit confirms."""

    def heading(self) -> str:
        return _("Print") + "  " + self.below.month

    def choices(self) -> Sequence[str]:
        one = self.below.person_here()
        own = _("{name}'s sheet, one copy").format(name=one.shown) if one else ""
        return (_("The team's sheet, one copy"), own, _("XLSX for HR, into the exports folder"))

    def binds(self) -> Sequence[Bind]:
        return (bind(("1", "2", "3"), "1-3", N_("choose"), effect="paper said"), bind("escape", "Esc", N_("back")))

    def take(self, number: int) -> None:
        self.close()
        month, one = self.below.month, self.below.person_here()
        if number == 1:
            papers.print_month(self.desk, month)
        elif number == 2 and one:
            papers.print_month(self.desk, month, one.person)
        else:
            self._export(month)

    def _export(self, month: str) -> None:
        store = self.page.store
        path = exporting.usual_path(store, month)
        found = self.below.found
        assert found
        try:
            rows = exporting.write(found, path, self.page.store.path)
        except Refused as refused:
            self.desk.say(str(refused))
            return
        self.desk.say(_("{count} rows written to {path}").format(count=number(rows), path=path))


DIALOGS: dict[str, type[Dialog]] = {
    "score": ScoreForm, "object": ObjectForm, "answer": AnswerForm, "close": CloseForm, "print": Print,
}  # fmt: skip
