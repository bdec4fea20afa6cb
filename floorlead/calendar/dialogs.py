"""The boxes over the calendar: one special day, and a file of them that is shown before it is taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from floorlead import clock
from floorlead.calendar import moves, queries
from floorlead.calendar.files import CalendarFile, Unreadable, read_calendar
from floorlead.calendar.records import KIND_WORDS, Kind, Special
from floorlead.store import Refused
from floorlead.text import wrap
from floorlead.widgets import clockbox
from floorlead.widgets.choose import Choice, Entry, Form
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.calendar.screen import CalendarPage
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

LARGEST = 1_000_000
"""Bytes of a file that is still looked at: some thousand years of holidays."""
SHOWN = 8
"""Refused lines named in the box."""


class DayForm(Form):
    """A special day: new in the year shown, or the one that stands there."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)

    def _special(self) -> Special | None:
        day = self.args.get("day")
        return next((s for s in queries.specials(self.page.store) if s.day.isoformat() == day), None)

    def _now(self) -> dict[str, str]:
        one = self._special()
        if one is None:
            return {"day": "", "kind": Kind.HOLIDAY.value, "name": "", "name_en": ""}
        return {"day": one.day.isoformat(), "kind": one.kind.value, "name": one.name, "name_en": one.name_en}

    def heading(self) -> str:
        """Which day."""
        one = self._special()
        return f"{one.day} {clock.weekday(one.day)} {one.shown}".rstrip() if one else _("A special day")

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        return (
            Entry("day", N_("Day"), 12, hint=N_("such as 2027-02-05")),
            Entry("kind", N_("Kind"), choices=[(kind.value, KIND_WORDS[kind]) for kind in Kind]),
            Entry("name", N_("Festival"), moves.NAME_LIMIT, hint=N_("such as Spring Festival")),
            Entry("name_en", N_("In English"), moves.NAME_LIMIT),
        )

    def standing(self) -> Mapping[str, str] | None:
        """The day as it stands now."""
        return self._now() if self.args.get("day") and self._special() else None

    def save(self) -> None:
        """Save the day as one action. Raises Refused."""
        store, before = self.page.store, self._special()
        if self.args.get("day") and before is None:
            sentence = _("{name} was changed by another terminal meanwhile; look again")
            raise Refused("E43", sentence.format(name=self.args["day"]))
        day = self._day()
        special = Special(before.id if before else 0, day, Kind(self.values["kind"]), self.values["name"],
                          self.values["name_en"])  # fmt: skip
        if self.desk.do(lambda: moves.save(store, special, before)) or self.desk.queue:
            self.close()
            self.page.enter()
            self.page.go_to(day.isoformat())

    def _day(self) -> date:
        """The typed day; one without a year is of the year shown. Raises Refused."""
        today, year = self.page.store.today(), cast("CalendarPage", self.page).year
        try:
            return clock.parse_day(self.values["day"], today if today.year == year else date(year, 1, 1))
        except ValueError as error:
            raise Refused("E191", str(error)) from error


class ImportFile(Form):
    """Where the file lies."""

    def heading(self) -> str:
        """What it is about."""
        return _("Calendar from a file")

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        return (Entry("path", N_("File"), 500),)

    def lines(self, cells: int) -> list[Line]:
        """The field, and what the file should look like."""
        told = _("CSV or XLSX whose first line is date,kind,name (kind: holiday or workday). ~ is your home.")
        return [*super().lines(cells), Line(), *(Line().put("  " + part, "dim") for part in wrap(told, cells - 4))]

    def save(self) -> None:
        """Look into the file and go on to what it would do. Raises Refused."""
        path = self.values.get("path", "")
        found_in(path)
        self.close()
        self.desk.open("preview", {"path": path})


class Preview(Choice):
    """What the file would do, with each refused line and its reason; 1 does it."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.trouble, self.found = "", CalendarFile((), ())
        try:
            self.found = found_in(args["path"])
        except Refused as refused:
            self.trouble = str(refused)
        self.plan = moves.plan(page.store, self.found.days)

    def heading(self) -> str:
        """Which file."""
        return _("Import {file}").format(file=Path(self.args["path"].strip().strip("'\"")).name)

    def intro(self, cells: int) -> list[Line]:
        """The numbers, then the refused lines."""
        if self.trouble:
            return [Line().put(" " + part) for part in wrap(self.trouble, cells - 2)]
        return [Line().put(" " + part) for text in told(self.plan, self.found) for part in wrap(text, cells - 2)]

    def choices(self) -> Sequence[str]:
        """Take it over, where there is something to take over."""
        does = not self.found.refused and (self.plan.new or self.plan.changed)
        return (_("Take over, one action"),) if does else ()

    def binds(self) -> Sequence[Bind]:
        """The keys; with nothing to take over only the way back."""
        return super().binds() if self.choices() else self.KEYS

    def take(self, number: int) -> None:
        """Carry it out."""
        store, days = self.page.store, self.found.days
        if clockbox.asked(self.desk):
            return
        if self.desk.do(lambda: moves.carry_out(store, days)) or self.desk.queue:
            self.close()
            self.page.enter()
            self.page.go_to(days[0].day.isoformat())


def found_in(typed: str) -> CalendarFile:
    """The special days of the file at a typed or pasted path. Raises Refused."""
    try:
        path = Path(typed.strip().strip("'\"")).expanduser()
        if not path.is_file() or path.stat().st_size > LARGEST:
            raise Refused("E192", _("There is no calendar file {path}").format(path=path))
        return read_calendar(path.read_bytes())
    except Unreadable as error:
        raise Refused("E193", str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Refused("E192", _("{path} cannot be read: {reason}").format(path=typed, reason=reason)) from error


def told(plan: moves.Plan, found: CalendarFile) -> list[str]:
    """An import in lines: the numbers, what stays, the refused lines."""
    counts = _("{new} new   {changed} changed   {same} the same   {refused} lines refused").format(
        new=len(plan.new), changed=len(plan.changed), same=plan.same, refused=len(found.refused)
    )
    stays = _("All or nothing: mend the refused lines first.") if found.refused else _("Days not in the file stay.")
    lines = [_("line {line}: {reason}").format(line=one.line, reason=one.reason) for one in found.refused[:SHOWN]]
    more = len(found.refused) - SHOWN
    return [counts, stays, *lines, *([_("and {count} lines more").format(count=more)] if more > 0 else [])]
