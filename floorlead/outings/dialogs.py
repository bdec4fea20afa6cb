"""The form of an outing: what, where, when, how many, and by when plan and review are due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from floorlead.duty import lists
from floorlead.duty.records import HALVES, Outing
from floorlead.leave import notes
from floorlead.outings import moves, queries, rules
from floorlead.record import replace
from floorlead.store import Refused
from floorlead.text import fold
from floorlead.widgets.choose import Entry, Form
from floorlead.words import N_, _, pick

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.page import Page

NONE = "-"


class OutingForm(Form):
    """An outing: new, or with an id the one that stands there. Empty due days follow the house's rules, `-` is none."""

    BLAMES = {"E240": "last", "E241": "wanted", "E245": "first"}

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            self.values.update(self._now())
            args["was"] = dict(self.values)

    def _outing(self) -> Outing | None:
        return queries.of(self.page.store, int(self.args["id"])) if self.args.get("id") else None

    def standing(self) -> Mapping[str, str] | None:
        """The outing as it stands now."""
        return self._now() if self._outing() else None

    def _now(self) -> dict[str, str]:
        one = self._outing()
        if one is None:
            kind = queries.first_kind(self.page.store)
            return {
                "kind": kind,
                "place": "",
                "first": "",
                "last": "",
                "half": "",
                "wanted": "2",
                "plan": "",
                "review": "",
            }
        due = {"plan": one.plan_due, "review": one.review_due}
        return {
            "kind": one.kind, "place": one.place, "first": one.first.isoformat(), "last": one.last.isoformat(),
            "half": one.half, "wanted": str(one.wanted), **{k: d.isoformat() if d else NONE for k, d in due.items()},
        }  # fmt: skip

    def heading(self) -> str:
        """Which outing."""
        one = self._outing()
        return pick(*queries.both(lists.book(self.page.store), one).values()) if one else _("A new outing")

    def entries(self) -> Sequence[Entry]:
        """The fields."""
        kinds = [(zh, pick(zh, en)) for zh, en in lists.book(self.page.store).outing_kinds]
        return (
            Entry("kind", N_("Outing"), choices=kinds),
            Entry("place", N_("Where to"), moves.PLACE_LIMIT, hint=N_("the town, the market, the school gate")),
            Entry("first", N_("From"), 20, hint=N_("such as 2026-12-05")),
            Entry("last", N_("Until"), 20, hint=N_("such as 2026-12-09; empty = the same day")),
            Entry("half", N_("Half"), choices=list(HALVES.items())),
            Entry("wanted", N_("Wanted"), 3, hint=N_("wanted each day")),
            Entry("plan", N_("Plan due"), 20, hint=N_("empty = the 15th of the month before, - = none")),
            Entry("review", N_("Review due"), 20, hint=N_("empty = 5 days after the end, - = none")),
        )

    def save(self) -> None:
        """Save the outing as one action and go to its people. Raises Refused."""
        store, before, v = self.page.store, self._outing(), self.values
        first = self._day("first")
        if first is None:
            raise Refused("E245", _("Say on which day it begins, such as 2026-12-05"))
        last = self._day("last") or first
        if not (fold(v["wanted"]).strip().isascii() and fold(v["wanted"]).strip().isdigit()):
            raise Refused(
                "E241", _("Write how many people are wanted as a number up to {most}").format(most=moves.MOST_WANTED)
            )
        plan = self._due("plan", rules.plan_due(first, store.today()))
        review = self._due("review", rules.review_due(last))
        made = replace(
            before or moves.blank(store, first), kind=v["kind"], place=v["place"], first=first, last=last, half=v["half"],
            wanted=int(fold(v["wanted"])), plan_due=plan, review_due=review,
        )  # fmt: skip
        saved: list[int] = []
        if self.finish(lambda: saved.append(moves.save(store, made, before))) and saved:
            self.page.go_to(str(saved[0]))

    def _day(self, name: str) -> date | None:
        return notes.day_in(self.values[name], self.page.store.today()) if self.values[name].strip() else None

    def _due(self, name: str, rule: date) -> date | None:
        """A due day: as typed, by the rule when nothing is, none for a dash."""
        if self.values[name].strip() == NONE:
            return None
        return self._day(name) or rule
