"""A plan in words: its counts, each refused line, each remark, each change, each new line, made only when looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from floorlead.cars.lists import colour_now
from floorlead.exchange import headings
from floorlead.exchange.records import Entered, Plan
from floorlead.phones import masked, safe
from floorlead.text import width, wrap
from floorlead.words import N_, _, pick

INSIDE = 72
"""Cells of a line in the box."""
POINTERS = {"model_id": "model", "advisor_id": "advisor", "car_id": "vin"}
"""What points to another record, and the column that names it."""
_ARRIVES = N_("line {line} arrives: {what}   {fields}")


def counted(plan: Plan) -> str:
    """The import in numbers that add up to the lines below the heading."""
    told = _("{lines} lines: {new} new, {changed} changed, {same} the same, {refused} refused, {blank} blank")
    return told.format(lines=plan.lines, new=len(plan.new), changed=len(plan.changed), same=plan.same,
                       refused=len(plan.refused), blank=plan.blank)  # fmt: skip


class Lines:
    """The lines of a preview; those of accepted lines are made when they come into sight."""

    def __init__(self, plan: Plan, models: Mapping[Any, str]) -> None:
        self.plan, self.models = plan, models
        left = headings.unused(plan.table, plan.columns)
        first = [_("Columns that are not used: {names}").format(names=safe(", ".join(left)))] if left else []
        said = _("line {line} refused: {reason}")
        for one in plan.refused:
            first += _folded(said.format(line=one.line, reason=one.reason))
            first.append(f"   {one.text}")
        self.first = [*first, *(part for remark in plan.remarks for part in _folded(safe(remark)))]

    def __len__(self) -> int:
        """How many lines there are."""
        return len(self.first) + len(self.plan.changed) + len(self.plan.new)

    def line(self, at: int) -> str:
        """One line."""
        if at < len(self.first):
            return self.first[at]
        at -= len(self.first)
        if at < len(self.plan.changed):
            return self._changed(self.plan.changed[at])
        one = self.plan.new[at - len(self.plan.changed)]
        return _("line {line} new: {what}").format(line=one.line, what=self._what(one.values))

    def _changed(self, one: Entered) -> str:
        arrives = any(kind == "arrived" for kind, _detail in one.events)
        said = _(_ARRIVES) if arrives else _("line {line} changes: {what}   {fields}")
        return said.format(line=one.line, what=self._what(one.values), fields=", ".join(self._fields(one)))

    def _fields(self, one: Entered) -> Sequence[str]:
        """What changes: `Cost 112000 -> 111000`."""
        words = {field.name: headings.field_word(field) for field in headings.FIELDS[self.plan.table.kind]}
        before = one.before or {}
        names = [name for name in words if name in before and before[name] != one.values[name]]
        told = [f"{words[name]} {_shown(name, before[name])} -> {_shown(name, one.values[name])}" for name in names]
        told += self._pointed(one, words)
        if before.get("spot_id") != one.values.get("spot_id"):
            told.append(f"{words['spot']} -> {one.values.get('spot') or '-'}")
        if one.values.get("new_keeper"):
            told.append(f"{words['keeper']} -> {one.values['keeper']}")
        return [*told, *(words[code] for code in one.values.get("steps", ()))]

    def _pointed(self, one: Entered, words: Mapping[str, str]) -> list[str]:
        """Another model, consultant or car: `Consultant -> Li Na`."""
        before, after = one.before or {}, one.values
        names = {"model": self.models.get(after.get("model_id"))}
        return [
            f"{words[field]} -> {names.get(field) or after.get(field) or '-'}"
            for pointer, field in POINTERS.items()
            if pointer in before and before[pointer] != after.get(pointer)
        ]

    def _what(self, values: Mapping[str, Any]) -> str:
        parts = [
            values.get("number"),
            values.get("customer") or values.get("name"),
            values.get("day"),
            self.models.get(values["model_id"]),
        ]
        rest = colour_now(values.get("colour") or ""), (values.get("vin") or "")[-4:]
        return " ".join(str(part) for part in (*parts, *rest) if part)


def _shown(name: str, value: Any) -> str:
    """A value as it may stand in a preview."""
    return masked(str(value)) if name == "phone" and value else str(value or "-")


def _folded(text: str) -> list[str]:
    """A line in as many as the box needs, the later ones set in."""
    if width(text) <= INSIDE:
        return [text]
    first, *more = wrap(text, INSIDE - 3)
    return [first, *(f"   {part}" for part in more)]


def lines_of(plan: Plan, models: Sequence[tuple[int, str, str, str]]) -> Lines:
    """The preview of a plan; `models` as the store has them."""
    names: dict[Any, str] = {ident: pick(name, english or code) for ident, code, name, english in models}
    return Lines(plan, names | {key: pick(name, code) for key, (code, name) in plan.models.items()})
