"""A breach in two keys: 4 opens the box with who answers for the desk now, a digit writes it down.

Left and right name somebody else, up and down another minute; the holder of that minute is named then, unless a
person was chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from floorlead import clock
from floorlead.discipline import moves, queries
from floorlead.discipline.records import Answerable, Violation
from floorlead.log.lists import lists
from floorlead.log.writing import moment_in
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.phones import mask_in
from floorlead.store import Refused
from floorlead.widgets.choose import Choice, Form
from floorlead.widgets.choose import Entry as Field
from floorlead.widgets.keys import Bind, bind, digits
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

STEP_MINUTES = 5
WHO = bind(("left", "right"), "L/R", N_("another person"))
WHEN = bind(("up", "down"), "Up/Dn", N_("5 min"), help=N_("five minutes earlier, later; who answered then"))
TYPED = bind("enter", "Enter", N_("time, name"), help=N_("type the time, the name and a note"))
BACK = bind("escape", "Esc", N_("back"))


class Violate(Choice):
    """Which rule; below it who it is written to and for which minute. `args`: `at` (a stamp) and `person`, if chosen."""

    @property
    def at(self) -> str:
        """The minute of the breach; now, while none was chosen."""
        return str(self.args.get("at") or self.page.store.clock.stamp())

    def people(self) -> list[Person]:
        """Whom it may be written to: who answers for the desk first, then the rest of the staff."""
        store = self.page.store
        staff = {one.id: one for one in people_queries.staff(store, store.today()) if one.on_cards}
        first = [one.person for one in queries.answerable(store, self.at)]
        everybody = {one.id: one for one in people_queries.everybody(store)}
        return [everybody[ident] for ident in dict.fromkeys([*first, *staff])]

    def _held(self) -> list[Answerable]:
        return queries.answerable(self.page.store, self.at)

    def person(self) -> Person | None:
        """The person that was chosen, else who answers for the first slot; None where nobody does."""
        wanted = self.args.get("person") or next((one.person for one in self._held()), None)
        return next((one for one in people_queries.everybody(self.page.store) if one.id == wanted), None)

    def slot(self) -> Answerable | None:
        """The slot that the person holds at that minute."""
        person = self.person()
        return next((one for one in self._held() if person and one.person == person.id), None)

    def heading(self) -> str:
        """What it is about."""
        return _("Discipline: which rule?")

    def choices(self) -> Sequence[str]:
        """What can be chosen."""
        return [
            _("{rule}  {points} pt").format(rule=one.shown, points=one.points) for one in lists(self.page.store).rules
        ]

    def outro(self, cells: int) -> list[Line]:
        """Lines below the choices."""
        person, slot = self.person(), self.slot()
        when = f"{clock.short_day(self.page.store.clock.day_at(self.at))} {self.at[11:16]}"
        line = Line().put(f" {when}  ", "bold")
        if person is None:
            told = _("nobody answers for the desk at that minute; left, right or Enter name somebody")
            return [Line(), line.put(told, "warn")]
        why = _("answers for {slot}").format(slot=slot.shown) if slot else _("chosen")
        line.put(person.shown, "bold").put(f"  {why}")
        note = mask_in(str(self.args.get("note", "")))
        return [Line(), line, *([Line().put(f" {note}", "dim")] if note else [])]

    def binds(self) -> Sequence[Bind]:
        """The keys that work now."""
        last = len(lists(self.page.store).rules)
        who = (WHO,) if self.people() else ()
        return (bind(digits(1, last), f"1-{last}", N_("note"), changes=True), *who, WHEN, TYPED, BACK)

    def press(self, key: str) -> bool:
        """Take a key."""
        if key in ("left", "right"):
            self._other(1 if key == "right" else -1)
        elif key in ("up", "down"):
            self._minute(-STEP_MINUTES if key == "up" else STEP_MINUTES)
        elif key == "enter":
            self._type()
        else:
            return super().press(key)
        return True

    def own_words(self, text: str) -> bool:
        """A note: into the form that has a field for it."""
        self._type()
        form = self.desk.dialog()
        assert isinstance(form, Typed)
        form.begin_at("note", text)
        return True

    def _other(self, step: int) -> None:
        people, now = self.people(), self.person()
        if people:
            at = people.index(now) if now in people else -1 if step > 0 else 0
            self.args["person"] = people[(at + step) % len(people)].id

    def _minute(self, step: int) -> None:
        moment = datetime.fromisoformat(self.at) + timedelta(minutes=step)
        self.args["at"] = min(moment.strftime("%Y-%m-%dT%H:%M:00"), self.page.store.clock.stamp())

    def _type(self) -> None:
        given = {"at": self.args.get("at", ""), "person": self.args.get("person"), "note": self.args.get("note", "")}
        self.close()
        self.desk.open("violate_form", {"given": given})

    def take(self, number: int) -> None:
        """Write it down and close. Raises Refused where nobody is named."""
        person, store = self.person(), self.page.store
        if person is None:
            raise Refused("E360", _("Choose whose it is: left, right, or Enter and the name"))
        rule, slot = lists(store).rules[number - 1], self.slot()
        code, note = slot.slot if slot else "", str(self.args.get("note", ""))
        if self.desk.do(lambda: moves.note(store, person.id, self.at, rule, code, note)):
            self.close()
        self.page.enter()


class _Typed(Form):
    """Time, person and note of a breach as typed."""

    def entries(self) -> Sequence[Field]:
        """The fields."""
        return (
            Field("at", N_("When"), 24, hint=N_("10:30, or 11-23 10:30")),
            Field("person", N_("Who"), 40, hint=N_("empty = who answered for the desk then")),
            Field("note", N_("Note"), moves.NOTE_LIMIT),
        )

    def lines(self, cells: int) -> list[Line]:
        """The lines inside the box."""
        lines = super().lines(cells)
        return lines if self.error else [*lines, Line().put("  " + self._who_told(), "dim")]

    def _who_told(self) -> str:
        store = self.page.store
        try:
            stamp, who = self.read()
        except Refused as refused:
            return str(refused)
        person = next((one for one in people_queries.everybody(store) if one.id == who), None)
        nobody = _("nobody answers for the desk at that minute")
        return f"{stamp[11:16]}  {person.shown if person else nobody}"

    def read(self) -> tuple[str, int | None]:
        """The stamp and the person's id, None where nobody is named and nobody held the desk. Raises Refused."""
        store, values = self.page.store, self.values
        stamp = f"{moment_in(store, values['at']) or store.clock.stamp()[:16]}:00"
        found = people_queries.named(values["person"], people_queries.staff(store, store.today()))
        if values["person"].strip() and len(found) != 1:
            raise Refused("E360", people_queries.unclear(values["person"], found))
        if found:
            return stamp, found[0].id
        return stamp, next((one.person for one in queries.answerable(store, stamp)), None)


class Typed(_Typed):
    """Time, person and note before the rule; then the box with the rules again."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            given = args.get("given", {})
            at = str(given.get("at") or page.store.clock.stamp())[:16]
            today = page.store.clock.day_at(f"{at}:00") == page.store.today()
            names = {one.id: one.name for one in people_queries.everybody(page.store)}
            self.values.update(
                at=at[11:] if today else at.replace("T", " "), note=str(given.get("note", "")),
                person=names.get(given.get("person") or 0, ""),
            )  # fmt: skip
            args["was"] = dict(self.values)

    def heading(self) -> str:
        """What it is about."""
        return _("Discipline: when, who")

    def save(self) -> None:
        """Back to the rules with what was typed. Raises Refused."""
        stamp, person = self.read()
        chosen = person if self.values["person"].strip() else None
        if stamp > self.page.store.clock.stamp():
            raise Refused("E361", _("{time} is still to come").format(time=stamp[11:16]))
        self.close()
        self.desk.open("violate", {"at": stamp, "person": chosen, "note": self.values["note"]})


class Change(_Typed):
    """A breach that was noted: time, person, note."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        one = self._one()
        if not self.values and one:
            self.values.update(self._now(one))
            args["was"] = dict(self.values)

    def _one(self) -> Violation | None:
        return queries.of(self.page.store, int(self.args["id"]))

    def _now(self, one: Violation) -> dict[str, str]:
        names = {person.id: person.name for person in people_queries.everybody(self.page.store)}
        return {"at": one.at[:16].replace("T", " "), "person": names.get(one.person, ""), "note": mask_in(one.note)}

    def alive(self) -> bool:
        """Whether what it is about is still there."""
        return self._one() is not None

    def heading(self) -> str:
        """What it is about."""
        one = self._one()
        return _("{rule}  {points} pt").format(rule=one.shown, points=one.points) if one else ""

    def standing(self) -> Mapping[str, str] | None:
        """The breach as it stands now."""
        one = self._one()
        return self._now(one) if one else None

    def save(self) -> None:
        """Set it right. Raises Refused."""
        one = self._one()
        if one is None:
            return
        now = self._now(one)
        stamp, person = self.read()
        if self.values["person"] == now["person"] and now["person"]:
            person = one.person
        if person is None:
            raise Refused("E360", _("Choose whose it is: left, right, or Enter and the name"))
        note = one.note if self.values["note"] == now["note"] else self.values["note"]
        self.finish(lambda: moves.change(self.page.store, one, person, stamp, note))


DIALOGS: dict[str, type[Dialog]] = {"violate": Violate, "violate_form": Typed, "violation": Change}
"""The boxes by name."""
