"""Importing people from a CSV file: where it lies, what it would do, and only then one action that does it.

What is carried out is what was shown: a file or a roster that changed meanwhile is shown again first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from floorlead.people import queries
from floorlead.people.plan import Import
from floorlead.people.records import ROLE_WORDS, Person
from floorlead.record import fields
from floorlead.store import Refused
from floorlead.tables.fetching import fetch
from floorlead.text import show, wrap
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.keys import Bind, bind
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.people.files import PeopleFile
    from floorlead.store import Store
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

LARGEST = 5_000_000
"""Bytes of a file that is still looked at: more than a hundred showrooms' people."""
SHOWN, INSIDE = 10, 70
FIELD_WORDS = {
    "number": N_("Number"), "name": N_("Name"), "name_en": N_("Latin"), "title": N_("Title"), "role": N_("Role"),
    "team": N_("Team"), "rest_day": N_("Rest day"), "joined": N_("Joined"), "left_on": N_("Left"),
    "trainee": N_("Trainee"),
}  # fmt: skip


def read(typed: str) -> bytes:
    """The bytes of the file at a typed or pasted path. Raises Refused."""
    return fetch(typed, "E83", LARGEST, _("{path} is too large for a list of people"))[1]


def people_of(data: bytes) -> PeopleFile:
    """The people in a file's bytes. Raises Refused."""
    from floorlead.people.files import Unreadable, read_people

    try:
        return read_people(data)
    except Unreadable as error:
        raise Refused("E84", str(error)) from error


class ImportFile(Form):
    """Where the file lies."""

    def heading(self) -> str:
        """What it is about."""
        return _("Import people (CSV, XLSX)")

    def entries(self) -> Sequence[Entry]:
        """The one field."""
        return (Entry("path", N_("File"), 500),)

    def lines(self, cells: int) -> list[Line]:
        """The field, and what the file should look like."""
        told = _("A CSV file whose first line names the columns: 工号,姓名,岗位 or number,name,role. ~ is your home.")
        return [*super().lines(cells), Line(), *(Line().put("  " + part, "dim") for part in wrap(told, cells - 4))]

    def save(self) -> None:
        """Look into the file and go on to what it would do."""
        path = self.values.get("path", "")
        data = read(path)
        people_of(data)
        self.close()
        self.desk.open("preview", {"path": path, "digest": hashlib.sha256(data).hexdigest()})


class Preview(Dialog):
    """What the file would do, to the last refused line; 1 does it."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        self.plan: Import | None = None
        self.told: list[str] = []
        self.refused = False
        try:
            self._look()
        except Refused as refused:
            self.told = folded(str(refused))

    def _look(self) -> None:
        """Read the file and plan the import."""
        data = read(self.args["path"])
        found = people_of(data)
        self.args["digest"] = hashlib.sha256(data).hexdigest()
        self.plan, self.refused = queries.plan_import(self.page.store, found), bool(found.refused)
        told = [*summary(self.plan, found), *details(self.plan, found)]
        self.told = [part for text in told for part in folded(text)]

    @property
    def does_something(self) -> bool:
        """Whether there is anybody to enter or change."""
        return self.plan is not None and not self.refused and bool(self.plan.new or self.plan.changed)

    def heading(self) -> str:
        """Which file."""
        return _("Import {file}").format(file=Path(self.args["path"].strip().strip("'\"")).name)

    def lines(self, cells: int) -> list[Line]:
        """The plan from where it is scrolled to, and the one digit."""
        top = max(0, min(int(self.args.get("top", 0)), len(self.told) - SHOWN))
        self.args["top"] = top
        lines = [Line().put(" " + text) for text in self.told[top : top + SHOWN]]
        more = len(self.told) - top - SHOWN
        lines.append(Line().put(_("   {count} more below, PgDn").format(count=more) if more > 0 else "", "dim"))
        if self.does_something:
            lines.append(Line().put(" 1", "key", "key:1").put(" " + _("Import, after a backup"), "", "key:1"))
        return lines

    def binds(self) -> Sequence[Bind]:
        """The keys."""
        does = (bind("1", "1", N_("import"), changes=True),) if self.does_something else ()
        return (*does, bind(("up", "down", "pageup", "pagedown"), "PgDn", N_("scroll")), *super().binds())

    def press(self, key: str) -> bool:
        """Take a key."""
        steps = {"up": -1, "down": 1, "pageup": -SHOWN, "pagedown": SHOWN, "home": -(10**6), "end": 10**6}
        if key in steps:
            self.args["top"] = int(self.args.get("top", 0)) + steps[key]
        elif key == "1" and self.does_something:
            self._carry_out()
        elif key == "escape":
            self.close()
        else:
            return False
        return True

    def _carry_out(self) -> None:
        shown, digest = self.plan, self.args["digest"]
        self._look()
        assert shown and self.plan
        if (shown, digest) != (self.plan, self.args["digest"]):
            raise Refused("E85", _("The file or the people changed meanwhile; look again, then 1"))
        store, plan = self.page.store, self.plan
        if self.desk.do(lambda: carry_out(store, plan)) or self.desk.queue:
            self.close()
            self.page.enter()


def carry_out(store: Store, plan: Import) -> None:
    """A backup, then the import as one action. Raises Refused; nothing was imported then."""
    from floorlead.store.backup import back_up

    back_up(store, "import")
    queries.import_people(store, plan)


def summary(plan: Import, found: PeopleFile) -> list[str]:
    """The import in numbers."""
    counts = _("{new} new   {changed} changed   {same} the same   {refused} lines refused").format(
        new=len(plan.new), changed=len(plan.changed), same=plan.same, refused=len(found.refused)
    )
    ignored = _("Columns that are not used: {names}").format(names=", ".join(found.ignored))
    stays = (
        _("All or nothing: mend the refused lines first.")
        if found.refused
        else _("Who is not in the file stays as is.")
    )
    return [counts, stays, *([ignored] if found.ignored else []), ""]


def details(plan: Import, found: PeopleFile) -> list[str]:
    """Each refused line with its reason, each changed person with what changes, each new one."""
    refused = _("line {line} refused: {reason}   {text}")
    told = [refused.format(line=one.line, reason=one.reason, text=_flat(one.text)) for one in found.refused]
    told += [_("changed: {person}   {fields}").format(person=_named(o), fields=_differs(o, n)) for o, n in plan.changed]
    new = _("new: {person}   {role}")
    return told + [new.format(person=_named(p), role=_(ROLE_WORDS[p.role])) for p in plan.new]


def folded(text: str) -> list[str]:
    """A line in as many lines as the box needs for it, the later ones set in."""
    first, *more = wrap(text, INSIDE)
    return [first, *(f"   {part}" for part in more)]


def _flat(text: str) -> str:
    return show(text.replace("\n", " "))


def _named(person: Person) -> str:
    return " ".join(filter(None, (person.number, person.name, person.name_en)))


def _differs(old: Person, new: Person) -> str:
    names = [name for name in fields(Person) if name in FIELD_WORDS]
    changed = [name for name in names if getattr(old, name) != getattr(new, name)]
    return ", ".join(f"{_(FIELD_WORDS[n])} {_told(old, n)} -> {_told(new, n)}" for n in changed)


def _told(person: Person, name: str) -> str:
    value = getattr(person, name)
    if name == "role":
        return _(ROLE_WORDS[person.role])
    if name == "rest_day":
        from floorlead.people.rows import weekday

        return weekday(person.rest_day) or "-"
    if name == "trainee":
        return _("yes") if value else _("no")
    return str(value or "-")
