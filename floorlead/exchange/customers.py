"""What a dealer system's list of prospects would change; a customer is known by number or by telephone, never by name.

What happened here counts: a row closed or ordered here keeps its grade, and an older contact than ours changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from floorlead.customers import rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer
from floorlead.exchange import known, queries
from floorlead.exchange.headings import need
from floorlead.exchange.marketwords import Codes, flag, grade, phone, settled_phone, told
from floorlead.exchange.parsing import Memo, Parser, Progress, iso, limited, refusal, silent, values_of
from floorlead.exchange.records import Entered, Plan, Table, Values, consumed
from floorlead.store import Store
from floorlead.tables.cells import Wrong, number_word
from floorlead.tables.refused import RefusedLine
from floorlead.words import N_, _

NAMES = (
    "number", "name", "phone", "grade", "model_id", "colour", "source", "advisor_id", "first_on", "last_contact",
    "next_due", "closed_on", "progress", "competitor", "no_contact", "note",
)  # fmt: skip
"""The columns of a customer that a file may tell; days as ISO text or None."""
DAYS = ("first_on", "last_contact", "next_due", "closed_on")
PLAIN = ("number", "name", "colour", "progress", "competitor", "note")
CONTACT = ("grade", "last_contact", "next_due", "closed_on")
"""What only the newer of two contacts tells."""
SOURCE = N_("line {line}: the source '{word}' is not known here; left out")
ADVISOR = N_("line {line}: consultant '{name}' is not known here")


def as_values(one: Customer) -> dict[str, Any]:
    """A customer's columns as a plan compares them."""
    days = {name: str(day) if (day := getattr(one, name)) else None for name in DAYS}
    return {**{name: getattr(one, name) for name in NAMES}, **days, "no_contact": int(one.no_contact), "id": one.id}


class Planner:
    """One look at a file of customers beside the store."""

    def __init__(self, store: Store, table: Table, columns: Mapping[str, int], progress: Progress) -> None:
        self.store, self.table, self.columns, self.progress = store, table, columns, progress
        self.today = store.today().isoformat()
        self.lists = lists(store)
        self.models, self.people = known.Models(store), known.People(store)
        self.sources = Codes(self.lists.sources, SOURCE)
        self.refused: list[RefusedLine] = []
        self.remarks: list[str] = []
        self.new: list[Entered] = []
        self.changed: list[Entered] = []
        self.same = 0
        self.seen: dict[tuple[str, str], int] = {}

    def parsers(self) -> dict[str, Parser]:
        """How each column is read."""
        short, days = Memo(limited(40)).__getitem__, Memo(iso(self.table.shift)).__getitem__
        words = ("name", "model_name", "colour", "source", "advisor", "progress", "competitor")
        return {
            **dict.fromkeys(words, short), **dict.fromkeys(DAYS, days), "phone": phone, **dict.fromkeys(("number", "model"), Memo(number_word).__getitem__), "note": limited(200),
            "grade": Memo(grade(self.lists)).__getitem__, "no_contact": flag,
        }  # fmt: skip

    def plan(self) -> Plan:
        """Read and compare, line by line."""
        found = list(values_of(self.table, self.columns, self.parsers(), self.refused, self.progress))
        self.by_number = queries.customers_by(self.store, "number", [v.get("number", "") for _r, v in found])
        self.by_phone = queries.customers_by(self.store, "phone", [v.get("phone", "") for _r, v in found])
        for record, values in consumed(found):
            try:
                self._line(record.line, values)
            except Wrong as wrong:
                self.refused.append(refusal(record, wrong, self.columns))
        return self._told()

    def _line(self, line: int, values: Mapping[str, Any]) -> None:
        number, number_of_phone = values.get("number", ""), values.get("phone", "")
        if not number and not number_of_phone:
            raise Wrong(_("neither a customer number nor a phone: nobody could be found again by it"))
        before = self._who(number, number_of_phone)
        self._once(line, number, number_of_phone)
        was = as_values(before) if before else None
        after = self._after(line, was, values)
        if was is None:
            self.new.append(Entered(line, Values(after)))
        elif all(after[name] == was[name] for name in NAMES):
            self.same += 1
        else:
            self.changed.append(Entered(line, Values(after), was["id"], was))

    def _who(self, number: str, phone_: str) -> Customer | None:
        """The customer that is there. Raises Wrong where number and phone are two people's."""
        one, other = self.by_number.get(number) if number else None, self.by_phone.get(phone_) if phone_ else None
        if one and other and one.id != other.id:
            raise Wrong(_("the phone belongs to customer {number}").format(number=other.number or other.name))
        if other and number and other.number and other.number != number:
            raise Wrong(_("the phone belongs to customer {number}").format(number=other.number))
        return one or other

    def _once(self, line: int, number: str, phone_: str) -> None:
        for key, sentence in ((("number", number), N_("customer {word} stands in line {line} already")),
                              (("phone", phone_), N_("this phone stands in line {line} already"))):  # fmt: skip
            first = self.seen.setdefault(key, line) if key[1] and "*" not in key[1] else line
            if first != line:
                raise Wrong(_(sentence).format(word=number, line=first))

    # -- one line

    def _after(self, line: int, was: Mapping[str, Any] | None, values: Mapping[str, Any]) -> dict[str, Any]:
        """The customer as the line has it."""
        after = dict(was) if was else dict.fromkeys(NAMES, "") | dict.fromkeys((*DAYS, "model_id", "advisor_id"))
        after |= told(values, PLAIN)
        after["phone"] = settled_phone(was["phone"] if was else "", values.get("phone", ""))
        after["no_contact"] = (
            values.get("no_contact") if values.get("no_contact") is not None else after["no_contact"] or 0
        )
        after["source"] = self.sources.code(values.get("source", ""), line) or after["source"]
        after["advisor_id"] = self.people.ident(values.get("advisor", ""), line) or after["advisor_id"]
        if values.get("model") or values.get("model_name"):
            after["model_id"] = self.models.key(values.get("model", ""), values.get("model_name", ""))
        after["first_on"] = values.get("first_on") or after["first_on"] or values.get("last_contact") or self.today
        if was is None or self._tells_more(line, was, values):
            self._contact(was, values, after)
        self._check(after)
        return after

    def _tells_more(self, line: int, was: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
        """Whether the file knows of a later contact than ours, or of the same one; what is closed or ordered here stays."""
        if was["closed_on"] or was["grade"] == rules.ORDERED:
            if values.get("grade") and values["grade"] != was["grade"]:
                said = _("line {line}: {name} is {grade} here; that stays so")
                self.remarks.append(said.format(line=line, name=was["name"] or was["number"], grade=was["grade"]))
            return False
        return (values.get("last_contact") or "") >= (was["last_contact"] or "")

    def _contact(self, was: Mapping[str, Any] | None, values: Mapping[str, Any], after: dict[str, Any]) -> None:
        """Grade, last contact and next day; the next one by the grade's interval where the file tells none."""
        after |= told(values, CONTACT)
        found = self.lists.grades.get(after["grade"])
        if found is None:
            raise Wrong(_("the grade is missing"))
        if not found.is_open:
            after["closed_on"] = after["closed_on"] or after["last_contact"] or self.today
            after["next_due"] = None
            return
        after["closed_on"] = None
        moved = was is None or any(after[name] != was[name] for name in ("grade", "last_contact"))
        if not values.get("next_due") and moved:
            due = rules.next_due(found, date.fromisoformat(after["last_contact"] or after["first_on"]))
            after["next_due"] = due.isoformat() if due else None

    def _check(self, after: Mapping[str, Any]) -> None:
        for name, sentence in (("first_on", N_("the first day {day} lies in the future")),
                               ("last_contact", N_("the last contact {day} lies in the future")),
                               ("closed_on", N_("the end {day} lies in the future"))):  # fmt: skip
            if after[name] and after[name] > self.today:
                raise Wrong(_(sentence).format(day=after[name]))

    def _told(self) -> Plan:
        refused = sorted(self.refused, key=lambda one: one.line)
        blank = len(self.table.body) - len(self.new) - len(self.changed) - self.same - len(refused)
        remarks = [*self.remarks, *self.sources.remarks(), *self.people.remarks(_(ADVISOR))]
        models = self.models.used(one.values["model_id"] for one in (*self.new, *self.changed))
        seq = queries.last_action(self.store)
        return Plan(self.table, self.columns, self.new, self.changed, self.same, refused, blank, remarks, models, {}, {},
                    seq, False)  # fmt: skip


def plan(store: Store, table: Table, columns: Mapping[str, int], progress: Progress = silent) -> Plan:
    """What the file would do, reading only. Raises Refused where a needed column is missing."""
    need("customers", columns)
    return Planner(store, table, columns, progress).plan()
