"""The forms of the log: an incident, a complaint, a notice, a plate time in words; a task, which has an owner and a due.

Owners are found by number, name or initials; what fits nobody stays as it was typed (the service manager, a carrier).
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.cars import queries as cars
from floorlead.finding import matches, search_words
from floorlead.log import moves, priceboards, queries
from floorlead.log.lists import lists
from floorlead.log.records import SORT_WORDS, Entry, Kind, Sort
from floorlead.log.writing import moment_in
from floorlead.people import queries as people_queries
from floorlead.phones import digits, mask_in, masked
from floorlead.record import replace
from floorlead.store import Refused, Store
from floorlead.tasks import queries as tasks
from floorlead.tasks.records import Task
from floorlead.text import clean, fold
from floorlead.widgets.choose import Entry as Field
from floorlead.widgets.choose import Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.widgets.reading import a_day
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

WHO = N_("number, name or initials")
DUE = N_("16:00, tomorrow, 11-26 9:30")


def owner_of(store: Store, typed: str) -> tuple[int | None, str]:
    """Whom typed letters mean: a person's id and name, else the words as they stand. Raises Refused for several."""
    text = clean(typed, moves.NAME_LIMIT)
    found = people_queries.named(text, people_queries.staff(store, store.today()))
    if len(found) > 1:
        raise Refused("E342", people_queries.unclear(text, found))
    return (found[0].id, found[0].name) if found else (None, text)


def owner_told(store: Store, typed: str) -> str:
    """Whom typed letters mean, as a line below the form."""
    if not typed.strip():
        return ""
    found = people_queries.named(typed, people_queries.staff(store, store.today()))
    if not found:
        return _("nobody of the staff: kept as it stands")
    return f"{found[0].number} {found[0].shown}" if len(found) == 1 else people_queries.unclear(typed, found)


def due_in(store: Store, typed: str) -> str:
    """A typed due as it is kept: a day, or a day and a time. Raises Refused."""
    return moment_in(store, typed).removesuffix("T00:00")


def due_shown(due: str) -> str:
    """A due as a form shows it."""
    return due.replace("T", " ")


def model_in(store: Store, typed: str) -> int | None:
    """The id of the one model that typed letters mean, None for nothing typed. Raises Refused."""
    text = fold(typed).strip().lower()
    if not text:
        return None
    found = [one for one in cars.models(store) if text in (one.code.lower(), one.name.lower(), one.name_en.lower())]
    found = found or [one for one in cars.models(store) if matches(text, search_words(one.name, one.name_en, one.code))]
    if len(found) != 1:
        raise Refused("E350", _("There is no model '{typed}'").format(typed=clean(typed, 20)))
    return found[0].id


class EntryForm(Form):
    """An entry: new of a kind, or with an id the one that is there."""

    BLAMES = {"E340": "text", "E341": "phone", "E342": "owner", "E349": "due", "E350": "model", "E73": "due"}

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)
            wanted = args.pop("field", "")
            args["at"] = next((n for n, one in enumerate(self.entries()) if one.name == wanted), 0)

    @property
    def kind(self) -> Kind:
        """What is entered."""
        return Kind(self.args["kind"])

    def _entry(self) -> Entry | None:
        return queries.of(self.page.store, int(self.args["id"])) if self.args.get("id") else None

    def alive(self) -> bool:
        """Whether what it is about is still there."""
        return not self.args.get("id") or self._entry() is not None

    def _now(self) -> dict[str, str]:
        store = self.page.store
        there = self._entry()
        one = there or moves.blank(store, self.kind)
        model = next((m.code for m in cars.models(store) if m.id == one.model_id), "")
        effective = one.effective_on.isoformat() if one.effective_on else ""
        owner = queries.called(store)(one.owner if there else people_queries.leader(store))
        return {
            "text": mask_in(one.text), "level": one.level, "customer": one.customer, "phone": "", "owner": owner,
            "due": due_shown(one.due), "effective": effective, "model": model,
        }  # fmt: skip

    def heading(self) -> str:
        """What it is about."""
        word = _(SORT_WORDS[Sort(self.kind.value)])
        return _("Change: {kind}").format(kind=word) if self.args.get("id") else _("New: {kind}").format(kind=word)

    def entries(self) -> Sequence[Field]:
        """The fields."""
        text = Field("text", N_("What"), moves.TEXT_LIMIT)
        if self.kind is Kind.NOTICE:
            day = Field("effective", N_("Counts from"), 20, hint=N_("such as 11-26; empty = not said"))
            return (text, day, Field("model", N_("Model"), 40, hint=N_("code or name; empty = all")))
        people = (Field("owner", N_("Owner"), moves.NAME_LIMIT, hint=WHO), Field("due", N_("Due"), 24, hint=DUE))
        levels = [(one.code, one.shown) for one in lists(self.page.store).of_kind(self.kind.value)]
        level = (Field("level", N_("Level"), choices=levels),) if levels else ()
        if self.kind is not Kind.COMPLAINT:
            return (text, *level, *people)
        there = self._entry()
        known = masked(there.phone) if there and there.phone else ""
        customer = Field("customer", N_("Customer"), moves.NAME_LIMIT)
        return (
            text,
            *level,
            customer,
            Field("phone", N_("Phone"), 30, hint=known or N_("kept; shown masked")),
            *people,
        )

    def lines(self, cells: int) -> list[Line]:
        """The fields, and who is meant by the owner."""
        lines = super().lines(cells)
        told = owner_told(self.page.store, self.values["owner"]) if self.kind is not Kind.NOTICE else self._boards()
        return lines if self.error else [*lines, Line().put("  " + told, "dim")]

    def _boards(self) -> str:
        """Which price boards a policy touches."""
        with contextlib.suppress(Refused):
            found = priceboards.spots(self.page.store, model_in(self.page.store, self.values["model"]))
            return _("price boards to check again: {boards}").format(boards=priceboards.shown(found)) if found else ""
        return ""

    def _line(self, number: int, entry: Field, cells: int) -> Line:
        """A telephone number is read in full only while it is typed."""
        value = self.values.get(entry.name, "")
        if entry.name != "phone" or number == self.at or not value:
            return super()._line(number, entry, cells)
        do = f"field:{number}"
        return Line().put("  ", "", do).col(_(entry.word), self.label_cells(), do=do).put(masked(digits(value)), "", do)

    def standing(self) -> Mapping[str, str] | None:
        """The entry as it stands now."""
        return self._now() if self._entry() else None

    def save(self) -> None:
        """Keep it as one action. Raises Refused."""
        store, before = self.page.store, self._entry()
        after = self._read(before or moves.blank(store, self.kind))
        made: list[int] = []

        def act() -> None:
            if before:
                moves.change(store, before, after)
            else:
                made.append(moves.add(store, after))

        if self.finish(act) and made:
            self.page.go_to(f"entries:{made[0]}")

    def _read(self, one: Entry) -> Entry:
        store, today, now = self.page.store, self.page.store.today(), self._now()
        values = self.values
        text = values["text"] if values["text"] != now["text"] or not one.id else one.text
        if self.kind is Kind.NOTICE:
            return replace(
                one,
                text=text,
                effective_on=a_day(values["effective"], today),
                model_id=model_in(store, values["model"]),
            )
        same = one.id and values["owner"] == now["owner"]
        owner_id, owner = (one.owner_id, one.owner) if same else owner_of(store, values["owner"])
        due = due_in(store, values["due"])
        if self.kind is Kind.PLATE and not due:
            raise Refused("E349", _("Say by when: 16:00, tomorrow, 11-26"))
        return replace(
            one, text=text, level=values["level"], customer=values["customer"], phone=values["phone"] or one.phone,
            owner_id=owner_id, owner=owner, due=due,
        )  # fmt: skip


class TaskForm(Form):
    """A task with its owner and due, both required: what nobody owns is not done."""

    BLAMES = {"E65": "text", "E348": "owner", "E342": "owner", "E349": "due", "E81": "due"}

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)
            wanted = args.pop("field", "")
            args["at"] = next((n for n, field in enumerate(self.entries()) if field.name == wanted), 0)

    def _now(self) -> dict[str, str]:
        one, called = self._task(), queries.called(self.page.store)
        if one is None:
            return {"text": "", "owner": "", "due": ""}
        return {"text": mask_in(one.text), "owner": called(one.owner), "due": one.due.isoformat()}

    def _task(self) -> Task | None:
        wanted = self.args.get("id")
        return next((one for one in tasks.open_all(self.page.store) if one.id == wanted), None)

    def alive(self) -> bool:
        """Whether what it is about is still there."""
        return not self.args.get("id") or self._task() is not None

    def heading(self) -> str:
        """What it is about."""
        return _("Task") if self.args.get("id") else _("New task")

    def entries(self) -> Sequence[Field]:
        """The fields."""
        return (
            Field("text", N_("What"), 120), Field("owner", N_("Owner"), 40, hint=WHO),
            Field("due", N_("Due"), 12, hint=N_("tomorrow, 2026-11-25, +3")),
        )  # fmt: skip

    def lines(self, cells: int) -> list[Line]:
        """The lines inside the box."""
        lines = super().lines(cells)
        told = owner_told(self.page.store, self.values["owner"])
        return lines if self.error else [*lines, Line().put("  " + told, "dim")]

    def standing(self) -> Mapping[str, str] | None:
        """The task as it stands now."""
        return self._now() if self._task() else None

    def save(self) -> None:
        """Keep it. Raises Refused without an owner or a due."""
        store, before, made, now = self.page.store, self._task(), list[int](), self._now()
        values = self.values
        same = before and values["owner"] == now["owner"]
        owner = before.owner if before and same else owner_of(store, values["owner"])[1]
        if not owner:
            raise Refused("E348", _("A task needs an owner: a name, number or initials"))
        due = a_day(values["due"], store.today())
        if due is None:
            raise Refused("E349", _("Say by when: 16:00, tomorrow, 11-26"))
        text = before.text if before and values["text"] == now["text"] else values["text"]

        def act() -> None:
            if before:
                tasks.change(store, before, text, owner, due)
            else:
                made.append(tasks.add(store, text, owner, due))

        if self.finish(act) and made:
            self.page.go_to(f"tasks:{made[0]}")


DIALOGS: dict[str, type[Dialog]] = {"entry": EntryForm, "task": TaskForm}
"""The forms by name."""
