"""The boxes of the Customers page: an end and its reason, the next day, another advisor, a refusal, consent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from floorlead import clock
from floorlead.customers import board, boxes, ends, finding, moves, notes, queries
from floorlead.customers.lists import lists
from floorlead.customers.records import Grade, Pair
from floorlead.store import Refused, Store
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.ownwords import WordsInForm
from floorlead.widgets.page import Dialog, Hit
from floorlead.widgets.reading import a_day
from floorlead.words import N_, _, pick

DAYS = (1, 3, 7, 14, 30)
NAMES_FOR_OTHER = ("其他", "other")
MOST_REFUSALS = 8
"""Reasons of a refusal that a digit picks; the next digit is for one's own words."""


def hits(store: Store, typed: str, page: str) -> list[Hit]:
    """The customers that fit what was typed, from anywhere."""
    known = board.names(store)
    asked = "number" if finding.by_number(typed) else "customer"
    return [
        Hit(notes.name_of(one), f"{known.person(one.advisor_id)} {one.grade}", page, f"{asked}:{one.id}", score, near=False)
        for score, one in finding.find(store, typed)
    ]  # fmt: skip


class EndBox(boxes.OneCustomer):
    """As what the customer ends, then why; both by a digit."""

    def _wanted(self) -> Grade | None:
        return lists(self.page.store).grades.get(str(self.args.get("wanted", "")))

    def _reasons(self) -> Sequence[Pair]:
        known = lists(self.page.store).words
        return known.get(ends.words_of(str(self.args.get("wanted", ""))), ())[:9]

    def heading(self) -> str:
        wanted = self._wanted()
        return _("{name}: {grade}, why?").format(name=self.name(), grade=wanted.shown) if wanted else (
            _("{name}: apply for").format(name=self.name()))  # fmt: skip

    def choices(self) -> Sequence[str]:
        if self._wanted():
            return [pick(*pair) for pair in self._reasons()]
        return [f"{one.code} {one.shown}" for one in ends.wanted(self.page.store)]

    def outro(self, cells: int) -> list[Line]:
        said = _("The leader agrees or refuses; until then it stays open")
        return [Line(), Line().put(" " + said, "dim")]

    def take(self, number: int) -> None:
        wanted = self._wanted()
        if wanted is None:
            self.args["wanted"] = ends.wanted(self.page.store)[number - 1].code
            return
        pair = self._reasons()[number - 1]
        if tuple(pair) == NAMES_FOR_OTHER:
            self._in_words()
            return
        self.done(lambda store, customer: moves.ask_end(store, customer, wanted.code, pair[0]))

    def _in_words(self) -> None:
        args = dict(self.args)
        self.close()
        self.desk.open("end_why", args)

    def own_words(self, text: str) -> bool:
        if self._wanted() is None:
            return False
        self._in_words()
        form = self.desk.dialog()
        assert isinstance(form, EndWhy)
        form.begin_at("reason", text)
        return True


class EndWhy(Form):
    """A reason in one's own words."""

    def alive(self) -> bool:
        return queries.get(self.page.store, int(self.args["customer"])) is not None

    def heading(self) -> str:
        return _("Reason in your own words")

    def entries(self) -> Sequence[Entry]:
        return (Entry("reason", N_("Reason"), 30), Entry("note", N_("Note"), 100))

    def save(self) -> None:
        store = self.page.store
        customer = queries.get(store, int(self.args["customer"]))
        assert customer
        reason, note = self.values.get("reason", ""), self.values.get("note", "")
        self.finish(lambda: moves.ask_end(store, customer, str(self.args["wanted"]), reason, note))


class RefuseBox(WordsInForm):
    """Why an application is refused, by digit or in one's own words."""

    OWN = "answer"

    def alive(self) -> bool:
        found = queries.ending(self.page.store, int(self.args["ending"]))
        return found is not None and found.state == "asked"

    def heading(self) -> str:
        return _("Refused, why?")

    def choices(self) -> Sequence[str]:
        return [*(pick(*pair) for pair in self._pairs()), _("in your own words")]

    def _pairs(self) -> Sequence[Pair]:
        return lists(self.page.store).words.get("refused", ())[:MOST_REFUSALS]

    def take(self, number: int) -> None:
        ending = queries.ending(self.page.store, int(self.args["ending"]))
        assert ending
        self.close()
        pairs = self._pairs()
        if number > len(pairs):
            self.desk.open("refuse_why", {"ending": ending.id})
            return
        self.desk.do(lambda: moves.decide(self.page.store, ending, False, pairs[number - 1][0]))
        self.page.enter()


class RefuseWhy(Form):
    """A refusal in one's own words."""

    def alive(self) -> bool:
        found = queries.ending(self.page.store, int(self.args["ending"]))
        return found is not None and found.state == "asked"

    def heading(self) -> str:
        return _("Refused, why?")

    def entries(self) -> Sequence[Entry]:
        return (Entry("answer", N_("Reason"), 30),)

    def save(self) -> None:
        ending = queries.ending(self.page.store, int(self.args["ending"]))
        assert ending
        self.finish(lambda: moves.decide(self.page.store, ending, False, self.values.get("answer", "")))


class NextBox(boxes.OneCustomer, WordsInForm):
    """The day of the next follow-up by digit; `call` tells whether it was followed up just now too."""

    OWN = "day"

    def heading(self) -> str:
        words = _("{name} followed up, next") if self.args.get("call") else _("{name}, next follow-up")
        return words.format(name=self.name())

    def choices(self) -> Sequence[str]:
        today = self.page.store.today()
        days = [today + timedelta(days=n) for n in DAYS]
        told = [f"{clock.short_day(day)} {clock.weekday_short(day)}" for day in days]
        words = [_("tomorrow"), *(_("in {days} days").format(days=n) for n in DAYS[1:])]
        return [*(f"{word}  {day}" for word, day in zip(words, told, strict=True)), _("another day")]

    def take(self, number: int) -> None:
        if number > len(DAYS):
            args = dict(self.args)
            self.close()
            self.desk.open("next_day", args)
            return
        wanted, call = self.page.store.today() + timedelta(days=DAYS[number - 1]), bool(self.args.get("call"))
        self.done(lambda store, one: moves.contact(store, one, next_due=wanted) if call else (
            moves.set_next(store, one, wanted)))  # fmt: skip


class NextDay(Form):
    """Any day for the next follow-up."""

    def alive(self) -> bool:
        return queries.get(self.page.store, int(self.args["customer"])) is not None

    def heading(self) -> str:
        return _("Next follow-up")

    def entries(self) -> Sequence[Entry]:
        return (Entry("day", N_("Day"), 12, hint=N_("11-28, +5 or tomorrow")), Entry("note", N_("Note"), 100))

    def save(self) -> None:
        store = self.page.store
        day = a_day(self.values.get("day", ""), store.today())
        if day is None:
            raise Refused("E324", _("Write the day as 11-28 or +5"))
        customer, note = queries.get(store, int(self.args["customer"])), self.values.get("note", "")
        assert customer
        if self.args.get("call"):
            self.finish(lambda: moves.contact(store, customer, next_due=day, note=note))
        else:
            self.finish(lambda: moves.set_next(store, customer, day))


DIALOGS: dict[str, type[Dialog]] = {
    "end": EndBox, "end_why": EndWhy, "refuse": RefuseBox, "refuse_why": RefuseWhy, "next": NextBox, "next_day": NextDay,
    "hand": boxes.HandBox, "consent": boxes.ConsentBox, "explain": boxes.ExplainBox,
}  # fmt: skip
