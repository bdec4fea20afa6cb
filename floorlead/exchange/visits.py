"""What a list of visits and calls would add: batches by their number, else as they look; whose phone is new is entered.

One customer is one batch a day and channel: a second line of the same is refused, what stands here already is the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from floorlead.customers.lists import lists
from floorlead.customers.records import Customer
from floorlead.exchange import known, queries
from floorlead.exchange import words as said
from floorlead.exchange.headings import need
from floorlead.exchange.marketfields import CHANNELS, KINDS
from floorlead.exchange.marketwords import Codes, clock_time, count, flag, grade, phone
from floorlead.exchange.parsing import Memo, Parser, Progress, iso, limited, one_of, refusal, silent, values_of
from floorlead.exchange.records import Entered, Plan, Table, Values, consumed
from floorlead.store import Store
from floorlead.tables.cells import Wrong, number_word
from floorlead.tables.refused import RefusedLine
from floorlead.visits import queries as there
from floorlead.visits.records import Kind, Visit
from floorlead.visits.rules import kind_of
from floorlead.words import N_, _

FLAGS = ("captured", "test_drive", "quote", "finance", "deal", "incomplete")
NAMES = (
    "number", "day", "came_at", "left_at", "channel", "kind", "advisor_id", "customer_id", "model_id", "colour", "grade",
    *FLAGS, "party", "times", "source", "purpose", "competitor", "note",
)  # fmt: skip
"""The columns of a visit that a file may tell; days and stamps as ISO text."""
LOOK = ("day", "came_at", "channel", "kind", "advisor_id", "customer_id", "model_id", "party", "note")
"""What two visits without a number are compared by."""
PLAIN = ("colour", "competitor", "note")
SOURCE, PURPOSE = (
    N_("line {line}: the source '{word}' is not known here; left out"),
    N_("line {line}: the purpose '{word}' is not known here; left out"),
)
ADVISOR = N_("line {line}: consultant '{name}' is not known here")


def as_values(one: Visit) -> dict[str, Any]:
    """A visit's columns as a plan compares them."""
    texts = {"day": str(one.day), "channel": one.channel.value, "kind": one.kind.value}
    flags = {name: int(getattr(one, name)) for name in FLAGS}
    return {**{name: getattr(one, name) for name in NAMES}, **texts, **flags, "id": one.id, "new_phone": ""}


class Planner:
    """One look at a file of visits beside the store."""

    def __init__(self, store: Store, table: Table, columns: Mapping[str, int], progress: Progress) -> None:
        self.store, self.table, self.columns, self.progress = store, table, columns, progress
        self.today = store.today().isoformat()
        self.lists = lists(store)
        self.models, self.people = known.Models(store), known.People(store)
        self.sources, self.purposes = Codes(self.lists.sources, SOURCE), Codes(self.lists.purposes, PURPOSE)
        self.refused: list[RefusedLine] = []
        self.remarks: list[str] = []
        self.new: list[Entered] = []
        self.changed: list[Entered] = []
        self.same = 0
        self.seen: dict[tuple[Any, ...], int] = {}

    def parsers(self) -> dict[str, Parser]:
        """How each column is read."""
        short = Memo(limited(40)).__getitem__
        words = ("advisor", "name", "model_name", "colour", "source", "purpose", "competitor")
        numbers = dict.fromkeys(("number", "customer", "model"), Memo(number_word).__getitem__)
        return {
            **numbers,
            **dict.fromkeys(words, short), **dict.fromkeys(FLAGS, Memo(flag).__getitem__),
            **dict.fromkeys(("time", "left"), Memo(clock_time).__getitem__), "phone": phone, "note": limited(200),
            "day": Memo(iso(self.table.shift)).__getitem__, "grade": Memo(grade(self.lists)).__getitem__,
            "channel": one_of(said.readings(CHANNELS), N_("'{word}' is neither a visit nor a call")),
            "kind": one_of(said.readings(KINDS), N_("there is no kind of visit '{word}'")),
            "party": count(1, 99), "times": count(1, 99),
        }  # fmt: skip

    def plan(self) -> Plan:
        """Read and compare, line by line."""
        found = list(values_of(self.table, self.columns, self.parsers(), self.refused, self.progress))
        self.by_number = queries.customers_by(self.store, "number", [v.get("customer", "") for _r, v in found])
        self.by_phone = queries.customers_by(self.store, "phone", [v.get("phone", "") for _r, v in found])
        self.numbered = queries.visits_by_number(self.store, [v.get("number", "") for _r, v in found])
        self._stand([values["day"] for _r, values in found if values["day"]])
        for record, values in consumed(found):
            try:
                self._line(record.line, values)
            except Wrong as wrong:
                self.refused.append(refusal(record, wrong, self.columns))
        return self._told()

    def _stand(self, days: list[str]) -> None:
        """What stands here on the days of the file: batches by customer, and those without a number by their look."""
        ends = (date.fromisoformat(min(days)), date.fromisoformat(max(days))) if days else None
        here = [as_values(one) for one in there.between(self.store, *ends)] if ends else []
        self.batches = {(v["customer_id"], v["day"], v["channel"]): v for v in here if v["customer_id"]}
        self.bare = Counter(tuple(v[name] for name in LOOK) for v in here if not v["number"])

    def _line(self, line: int, values: Mapping[str, Any]) -> None:
        number = values.get("number", "")
        self._once(line, number, ("number", number))
        was = self.numbered.get(number) if number else None
        before = as_values(was) if was else None
        after = self._after(line, before, values)
        who = after["customer_id"] or after["new_phone"]
        self._once(line, str(who or ""), ("batch", who, after["day"], after["channel"]))
        if before is not None:
            if all(after[name] == before[name] for name in NAMES):
                self.same += 1
            else:
                self.changed.append(Entered(line, Values(after), before["id"], before))
        elif not self._stands(line, after):
            self.new.append(Entered(line, Values(after)))

    def _once(self, line: int, word: str, key: tuple[Any, ...]) -> None:
        first = self.seen.setdefault(key, line) if word else line
        if first != line:
            told = _("this customer's visit stands in line {line} already: one batch a day")
            if key[0] == "number":
                told = _("visit {number} stands in line {line} already")
            raise Wrong(told.format(number=word, line=first))

    def _stands(self, line: int, after: Mapping[str, Any]) -> bool:
        """Whether a batch that the file brings is here already, by its customer or by its look."""
        batch = self.batches.get((after["customer_id"], after["day"], after["channel"]))
        look = tuple(after[name] for name in LOOK)
        if batch:
            if after["number"] and batch["number"] != after["number"]:
                told = _("line {line}: this customer's visit of {day} stands here already; it stays as it is")
                self.remarks.append(told.format(line=line, day=after["day"]))
        elif not after["number"] and self.bare[look]:
            self.bare[look] -= 1
        else:
            return False
        self.same += 1
        return True

    # -- one line

    def _after(self, line: int, was: Mapping[str, Any] | None, values: Mapping[str, Any]) -> dict[str, Any]:
        """The visit as the line has it."""
        day = values["day"]
        if not day:
            raise Wrong(_("the day of the visit is missing"))
        if day > self.today:
            raise Wrong(_("the visit {day} lies in the future").format(day=day))
        after = dict(was) if was else self._blank()
        after |= {name: values[name] for name in ("number", "channel", "kind", "grade", "party", "times", *PLAIN, *FLAGS)
                  if values.get(name) not in (None, "")}  # fmt: skip
        after |= {"day": day, **self._times(day, was, values), "channel": after["channel"] or "walk_in"}
        after["source"] = self.sources.code(values.get("source", ""), line) or after["source"]
        after["purpose"] = self.purposes.code(values.get("purpose", ""), line) or after["purpose"]
        after["advisor_id"] = self.people.ident(values.get("advisor", ""), line) or after["advisor_id"]
        if values.get("model") or values.get("model_name"):
            after["model_id"] = self.models.key(values.get("model", ""), values.get("model_name", ""))
        purpose = self.lists.purposes.get(after["purpose"])
        if was is None and not values.get("kind") and purpose and not purpose.intent:
            after["kind"] = Kind.NON_INTENT.value
        self._customer(values, after)
        return after

    def _blank(self) -> dict[str, Any]:
        blank = dict.fromkeys(NAMES, "") | dict.fromkeys(FLAGS, 0) | {"party": 1, "times": 1, "kind": "first"}
        return blank | {"advisor_id": None, "customer_id": None, "model_id": None, "new_phone": ""}

    def _times(self, day: str, was: Mapping[str, Any] | None, values: Mapping[str, Any]) -> dict[str, str]:
        """In and out as local stamps. Raises Wrong where they left before they came."""
        came, left = values.get("time", ""), values.get("left", "")
        if came and left and left < came:
            raise Wrong(_("they left at {left}, before they came at {came}").format(left=left, came=came))
        old = (was["came_at"][11:16], was["left_at"][11:16]) if was else ("00:00", "")
        inside, out = (now or before for now, before in zip((came, left), old, strict=True))
        return {"came_at": f"{day}T{inside}:00", "left_at": f"{day}T{out}:00" if out else ""}

    def _customer(self, values: Mapping[str, Any], after: dict[str, Any]) -> None:
        """Whose visit it is: by number, by telephone, or somebody who is entered with it. Raises Wrong."""
        number, told = values.get("customer", ""), values.get("phone", "")
        one = self._known(number, told)
        if one:
            after["customer_id"], after["new_phone"] = one.id, ""
            if (
                not values.get("kind") and "id" not in after and after["kind"] == Kind.FIRST
            ):  # a file without kinds: known people are no first visits
                before = there.came_before(self.store, one.id, date.fromisoformat(after["day"]))
                after["kind"] = kind_of(None, True, before).value
        elif told and "*" not in told and after["kind"] != "non_intent":
            after["new_phone"], after["new_name"] = told, values.get("name", "")
        elif values.get("name") and not after["note"]:
            after["note"] = values["name"]
        if "captured" not in values or values["captured"] is None:
            after["captured"] = int(bool(after["new_phone"] or (one and one.phone) or after["captured"]))

    def _known(self, number: str, told: str) -> Customer | None:
        one = self.by_number.get(number) if number else None
        if number and one is None:
            raise Wrong(_("there is no customer {number}; read the customers in first").format(number=number))
        return one or (self.by_phone.get(told) if told else None)

    def _told(self) -> Plan:
        refused = sorted(self.refused, key=lambda one: one.line)
        blank = len(self.table.body) - len(self.new) - len(self.changed) - self.same - len(refused)
        remarks = [*self.remarks, *self.sources.remarks(), *self.purposes.remarks(), *self.people.remarks(_(ADVISOR))]
        models = self.models.used(one.values["model_id"] for one in (*self.new, *self.changed))
        seq = queries.last_action(self.store)
        return Plan(self.table, self.columns, self.new, self.changed, self.same, refused, blank, remarks, models, {}, {},
                    seq, False)  # fmt: skip


def plan(store: Store, table: Table, columns: Mapping[str, int], progress: Progress = silent) -> Plan:
    """What the file would do, reading only. Raises Refused where a needed column is missing."""
    need("visits", columns)
    return Planner(store, table, columns, progress).plan()
