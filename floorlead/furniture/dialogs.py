"""The box over the showroom: one piece, its kind, its words and whose it is to keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from floorlead.furniture import queries
from floorlead.furniture.records import KIND_WORDS, Furniture, Kind
from floorlead.people import queries as people_queries
from floorlead.people.records import Person
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import fold
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

LABEL_LIMIT, SPOT_LIMIT, LAST = 40, 8, 10**6


class PieceForm(Form):
    """A piece: new of a kind, or with an id the one that stands there."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)

    def _piece(self) -> Furniture:
        standing = queries.standing(self.page.store)
        new = queries.blank(Kind(self.args.get("kind", Kind.DISPLAY_CAR.value)))
        return next((piece for piece in standing if piece.id == self.args.get("id")), new)

    def _now(self) -> dict[str, str]:
        piece = self._piece()
        ids = [other.id for other in queries.standing(self.page.store) if other.kind is piece.kind]
        keeper = next((p.number for p in self._people() if p.id == piece.keeper_id), "")
        return {
            "kind": piece.kind.value, "spot": piece.spot, "label": piece.label, "label_en": piece.label_en,
            "keeper": keeper, "place": str(ids.index(piece.id) + 1) if piece.id in ids else "",
        }  # fmt: skip

    def _people(self) -> list[Person]:
        """Who may keep a piece: the staff, and who keeps this one already."""
        today, now = self.page.store.today(), self._piece().keeper_id
        everybody = people_queries.everybody(self.page.store)
        return [person for person in everybody if person.id == now or not people_queries.gone(person, today)]

    def heading(self) -> str:
        """Which piece."""
        piece = self._piece()
        return f"{piece.spot} {piece.shown}".strip() or _("New in the showroom")

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        return (
            Entry("kind", N_("Kind"), choices=[(kind.value, KIND_WORDS[kind]) for kind in Kind]),
            Entry("spot", N_("Spot"), SPOT_LIMIT, hint=N_("such as A1; a table needs none")),
            Entry("label", N_("Label"), LABEL_LIMIT),
            Entry("label_en", N_("English label"), LABEL_LIMIT),
            Entry("keeper", N_("Keeper"), 40, hint=N_("number, name or pinyin initials")),
            Entry("place", N_("Place"), 4, hint=N_("1 = first of its kind, empty = last")),
        )

    def lines(self, cells: int) -> list[Line]:
        """The fields, and who the typed keeper is."""
        lines = super().lines(cells)
        return lines if self.error else [*lines, Line().put("  " + self._keeper_told(), "dim")]

    def _keeper_told(self) -> str:
        found = people_queries.named(self.values["keeper"], self._people())
        if not self.values["keeper"].strip():
            return _("Keeper: nobody")
        if len(found) == 1:
            return _("Keeper: {number} {name}").format(number=found[0].number, name=found[0].shown)
        return people_queries.unclear(self.values["keeper"], found)

    def standing(self) -> Mapping[str, str] | None:
        """The piece as it stands now."""
        return self._now() if self.args.get("id") else None

    def save(self) -> None:
        """Save the piece as one action; what another terminal changed meanwhile is not overwritten."""
        store, before, was = self.page.store, self._piece(), self.args["was"]
        piece = self._made(before)
        moved = self.values["place"] != was["place"]
        place = place_in(self.values["place"]) if moved else None
        saved: list[int] = []
        self.desk.do(lambda: saved.append(queries.save(store, piece, before if before.id else None, place)))
        if saved or self.desk.queue:
            self.close()
            self.page.enter()
        if saved:
            self.page.go_to(str(saved[0]))

    def _made(self, before: Furniture) -> Furniture:
        """The record that the fields make. Raises Refused where the keeper is not clear."""
        typed, kind = self.values["keeper"], Kind(self.values["kind"])
        found = people_queries.named(typed, self._people())
        if typed.strip() and len(found) != 1:
            raise Refused("E86", people_queries.unclear(typed, found))
        return replace(
            before, kind=kind, spot=self.values["spot"], label=self.values["label"],
            label_en=self.values["label_en"], keeper_id=found[0].id if found else None,
            position=before.position if kind is before.kind else 0,
        )  # fmt: skip


def place_in(typed: str) -> int:
    """A place in the order, 1 first; left empty it is the last. Raises Refused."""
    text = fold(typed).strip()
    if text and not (text.isascii() and text.isdigit() and int(text)):
        raise Refused("E82", _("Write the place as a number, 1 is the first"))
    return int(text or LAST)
