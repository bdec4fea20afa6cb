"""Correcting a customer: name, number, source, car of interest, progress, rival, note.

The number that is there is never written into the form: an empty field leaves it, a minus takes it off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.cars import queries as cars
from floorlead.cars.lists import colour_now
from floorlead.customers import moves, notes, queries, rules
from floorlead.customers.lists import lists
from floorlead.customers.records import Customer, Pair
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import clean, fold, wrap
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

NONE = "-"


class CustomerForm(Form):
    """A customer's row; where words are offered, a digit stands for one of them."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        one = self._customer()
        if not self.values and one:
            self.values.update(self._now(one))
            args["was"] = dict(self.values)

    def _customer(self) -> Customer | None:
        return queries.get(self.page.store, int(self.args["customer"]))

    def _now(self, one: Customer) -> dict[str, str]:
        known = lists(self.page.store)
        model = next((m.shown for m in cars.models(self.page.store) if m.id == one.model_id), "")
        source = known.sources.get(one.source)
        return {
            "name": one.name, "phone": "", "source": source.shown if source else one.source, "model": model,
            "colour": colour_now(one.colour), "progress": rules.spoken(one.progress, known.words.get("progress", ())),
            "competitor": one.competitor, "note": one.note,
        }  # fmt: skip

    def alive(self) -> bool:
        return self._customer() is not None

    def heading(self) -> str:
        return _("Customer {name}").format(name=notes.name_of(self._customer()))

    def entries(self) -> Sequence[Entry]:
        one = self._customer()
        kept = _("{phone} stays; - takes it off").format(phone=notes.phone(one)) if one and one.phone else ""
        return (
            Entry("name", N_("Name"), 40), Entry("phone", N_("Phone"), 30, hint=kept or N_("may stay empty")),
            Entry("source", N_("Source"), 20), Entry("model", N_("Model"), 20), Entry("colour", N_("Colour"), 20),
            Entry("progress", N_("Progress"), 40), Entry("competitor", N_("Competitor"), 40), Entry("note", N_("Note"), 200),
        )  # fmt: skip

    def _offered(self) -> Sequence[Pair]:
        """The words that the field under the cursor offers, digit 1 first."""
        known, name = lists(self.page.store), self.entries()[self.at].name
        if name == "source":
            return [(one.zh, one.en) for one in known.sources.values()]
        if name == "model":
            return [(model.name, model.name_en or model.code) for model in cars.models(self.page.store)]
        return known.words.get("progress", ()) if name == "progress" else ()

    def lines(self, cells: int) -> list[Line]:
        offered = "  ".join(f"{n} {pick(*pair)}" for n, pair in enumerate(self._offered()[:9], 1))
        parts = wrap(offered, cells - 4) if offered else []
        return [
            *super().lines(cells),
            Line(),
            *(Line().put("  " + part, "dim") for part in [*parts, *[""] * (2 - len(parts))]),
        ]

    def standing(self) -> Mapping[str, str] | None:
        one = self._customer()
        return self._now(one) if one else None

    def save(self) -> None:
        one, store = self._customer(), self.page.store
        assert one
        after = self._made(one)
        self.finish(lambda: moves.save(store, after, one))

    def _made(self, one: Customer) -> Customer:
        values, was = self.values, self.args["was"]
        phone = {"": one.phone, NONE: ""}.get(fold(values["phone"]).strip(), values["phone"])
        made = replace(
            one, name=values["name"], phone=phone, progress=self._progress(values["progress"]), note=values["note"],
            competitor=values["competitor"],
        )  # fmt: skip
        if values["colour"] != was["colour"]:
            made = replace(made, colour=values["colour"])
        if values["source"] != was["source"]:
            made = replace(made, source=self._source(values["source"]))
        return replace(made, model_id=self._model(values["model"])) if values["model"] != was["model"] else made

    def _progress(self, typed: str) -> str:
        """A progress as it is kept: of an offered one the Chinese words, which are spoken in either language."""
        pairs = lists(self.page.store).words.get("progress", ())
        return _meant(typed, {pair[0]: pair for pair in pairs}) or clean(typed, 40)

    def _source(self, typed: str) -> str:
        text = clean(typed, 20)
        found = _meant(typed, {code: (one.zh, one.en) for code, one in lists(self.page.store).sources.items()})
        if text and not found:
            raise Refused("E332", _("There is no source '{typed}'; take one by its digit").format(typed=text))
        return found

    def _model(self, typed: str) -> int | None:
        models = cars.models(self.page.store)
        text = clean(typed, 20)
        found = _meant(typed, {model.code: (model.name, model.name_en) for model in models})
        if text and not found:
            raise Refused("E128", _("There is no model '{typed}'").format(typed=text))
        return next((model.id for model in models if model.code == found), None)


def _meant(typed: str, offered: dict[str, tuple[str, str]]) -> str:
    """The key that a digit, the key itself or one of its words means; empty for none."""
    text = fold(typed).strip().casefold()
    if text.isdecimal() and 1 <= int(text) <= min(9, len(offered)):
        return list(offered)[int(text) - 1]
    return next(
        (code for code, words in offered.items() if text and text in (code.casefold(), *map(str.casefold, words))), ""
    )


DIALOGS: dict[str, type[Dialog]] = {"customer_form": CustomerForm}
