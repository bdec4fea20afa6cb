"""The boxes over the report: seal and print, open again, a number's lines, a task, the weather, a printer that fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import ClassVar

from floorlead.clock import parse_day
from floorlead.finding import find
from floorlead.paper.queries import prints
from floorlead.people import queries as people_queries
from floorlead.report import printing, queries
from floorlead.report.brief import open_points, week_words
from floorlead.report.sealing import seal, void
from floorlead.store import Refused, witness
from floorlead.tasks import queries as task_queries
from floorlead.text import wrap
from floorlead.widgets import clockbox
from floorlead.widgets.choose import Choice, Entry, Form, Listing
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.printing import back_up_behind
from floorlead.words import N_, _


class PrintReport(Choice):
    """Ctrl+P on the report. Paper and seal are not undone, so a digit confirms and Enter does nothing."""

    @property
    def day(self) -> date:
        """The day of the report below."""
        return self.page.store.today()

    def _closed(self) -> bool:
        return queries.is_closed(self.page.store, self.day)

    def heading(self) -> str:
        return _("Print the day report") if self._closed() else _("Seal and print the day report")

    def intro(self, cells: int) -> list[Line]:
        report = queries.current(self.page.store, self.day)
        if report.sealed:
            told = _("sealed as no. {number} revision {revision}").format(
                number=report.number, revision=report.revision
            )
            return [Line().put("  " + told)]
        points = "  ".join(open_points(report))
        told = _("still open, goes along: {points}").format(points=points) if points else _("everything is done")
        carried = _("{count} tasks go along to tomorrow").format(count=len(report.sections["tasks"]["open"]))
        return [Line().put("  " + part) for part in [*wrap(told, cells - 4), carried]]

    def choices(self) -> Sequence[str]:
        if not self._closed():
            return (_("seal and print"), _("print as a draft"), _("seal only"))
        report = queries.sealed(self.page.store, self.day)
        nth = prints(self.page.store, "report", self.day, report.revision) + 1
        again = (_("print (print {nth})").format(nth=nth), _("open again with a reason"))
        return (*again, _("make it void: the day is still to come")) if self._ahead() else again

    def _ahead(self) -> bool:
        return self.day > self.page.store.clock.today()

    def take(self, number: int) -> None:
        closed = self._closed()
        self.close()
        if closed and number > 1:
            self.desk.open("reopen" if number == 2 else "void", {})
            return
        if not closed and number in (1, 3) and not self._seal():
            return
        if number != 3:
            printing.print_report(self.desk, self.day, draft=not closed and number == 2)

    def _seal(self) -> bool:
        store = self.page.store
        if clockbox.asked(self.desk):
            return False
        done = self.desk.do(lambda: seal(store, self.day))
        self.page.enter()
        if done:
            witness.keep(store, anyhow=True)
            back_up_behind(self.desk)
        return done


class PrintWeek(Choice):
    """Ctrl+P on the week: the one that is shown, or the one before it."""

    def heading(self) -> str:
        return _("Print the week of the showroom")

    def choices(self) -> Sequence[str]:
        today = self.page.store.today()
        return (_("{week}, as shown").format(week=week_words(today)), week_words(today, 1))

    def take(self, number: int) -> None:
        self.close()
        from floorlead.report.week import shown

        day = shown(self.page.store.today())
        printing.print_week(self.desk, day - timedelta(days=7 * (number - 1)))


class Reopen(Form):
    """Why a sealed report is opened again."""

    def heading(self) -> str:
        return _("Open the sealed report again")

    def entries(self) -> Sequence[Entry]:
        return (Entry("reason", N_("Reason"), 120),)

    def save(self) -> None:
        self.desk.ask_manager("reopen", self._reopen)

    def _reopen(self) -> None:
        store = self.page.store
        queries.reopen(store, store.today(), self.values.get("reason", ""))
        self.close()
        self.page.enter()
        self.desk.say(_("The report is open again; the sealed revision stays as it is"))


class Void(Form):
    """Why the report of a day that a wrong clock sealed does not count."""

    def heading(self) -> str:
        return _("Make the report of {day} void").format(day=self.page.store.today())

    def entries(self) -> Sequence[Entry]:
        return (Entry("reason", N_("Reason"), 120, hint=N_("the clock was wrong")),)

    def save(self) -> None:
        self.desk.ask_manager("reopen", self._void)

    def _void(self) -> None:
        store = self.page.store
        done = void(store, store.today(), self.values.get("reason", ""))
        self.close()
        self.page.enter()
        told = _("The report of {day} is void; no. {number} stays, today is {today}")
        self.desk.say(told.format(day=done.day, number=done.number, today=store.today()))


class Lines(Listing):
    """What a number is made of; Enter goes there."""

    KEYS: ClassVar[tuple[Bind, ...]] = (
        bind(("up", "down", "pageup", "pagedown"), "Up/Dn", N_("scroll")), bind("enter", "Enter", N_("go there")),
        bind("escape", "Esc", N_("back")),
    )  # fmt: skip

    def press(self, key: str) -> bool:
        if key == "enter" and self.args.get("page"):
            self.close()
            self.desk.go(self.args["page"], self.args.get("place", ""))
            return True
        return super().press(key)


class TaskForm(Form):
    """A task: what, who, by which day. The owner is found by number, initials or name."""

    def heading(self) -> str:
        return _("Task") if self.args.get("id") else _("New task")

    def entries(self) -> Sequence[Entry]:
        return (
            Entry("text", N_("What"), 120), Entry("owner", N_("Who"), 40, hint=N_("name, number or initials")),
            Entry("due", N_("Due"), 12, hint=N_("tomorrow, 2026-11-25, +3")),
        )  # fmt: skip

    def save(self) -> None:
        store = self.page.store
        try:
            due = parse_day(self.values.get("due", ""), store.today())
        except ValueError as error:
            raise Refused("E49", str(error)) from error
        text, owner = self.values.get("text", ""), self._owner(self.values.get("owner", ""))
        wanted = self.args.get("id")
        task = next((t for t in task_queries.open_all(store) if t.id == wanted), None)
        if task is None:
            task_queries.add(store, text, owner, due)
        else:
            task_queries.change(store, task, text, owner, due)
        self.close()
        self.page.enter()
        self.desk.say(_("Task: {text} {owner}").format(text=text, owner=owner))

    def _owner(self, typed: str) -> str:
        """The one person that fits what was typed, else the words as they are."""
        staff = people_queries.staff(self.page.store, self.page.store.today())
        found = find(typed, staff, lambda person: person.search) if typed.strip() else []
        exact = [p for p in found if typed.strip().lower() in (p.name.lower(), p.number.lower(), p.name_en.lower())]
        best = exact or (found if len(found) == 1 or (typed.isascii() and found) else [])
        return best[0].name if best else typed


class Weather(Form):
    """The day's weather, typed or left empty."""

    def heading(self) -> str:
        return _("Weather today")

    def entries(self) -> Sequence[Entry]:
        return (Entry("weather", N_("Weather"), 20, hint=N_("fine, rain ... or empty")),)

    def save(self) -> None:
        store, text = self.page.store, self.values.get("weather", "")
        queries.put_day(store, store.today(), "weather", text)
        self.close()
        self.page.enter()
