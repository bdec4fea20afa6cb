"""The box over the idle group: topic, trainer and time of the morning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from floorlead.duty.records import clocked
from floorlead.duty.rules import typed_minute
from floorlead.people import queries as people_queries
from floorlead.store import Refused
from floorlead.text import clean, cut, fold, width
from floorlead.training import moves, queries
from floorlead.training.records import TOPICS, spoken
from floorlead.widgets.choose import Entry, Form
from floorlead.widgets.line import Line
from floorlead.widgets.page import Dialog, Page
from floorlead.words import N_, _

if TYPE_CHECKING:
    from floorlead.training.screen import TrainingPage
    from floorlead.widgets.desk import Desk

TITLES = 9
"""Titles of the library that the box offers by number."""


class Details(Form):
    """Topic, trainer, time; a trainer of the house may be typed by initials."""

    def __init__(self, desk: Desk, page: Page, args: dict[str, Any]) -> None:
        super().__init__(desk, page, args)
        if not self.values:
            morning = cast("TrainingPage", page).read()
            trainer = (morning.training.trainer if morning.training else "") or cast("TrainingPage", page).trainer
            self.values.update(topic=morning.topic, trainer=trainer, starts=clocked(morning.starts))
            args["was"] = dict(self.values)

    def heading(self) -> str:
        return _("This morning's training")

    def entries(self) -> Sequence[Entry]:
        return (
            Entry("topic", N_("Topic"), moves.TOPIC_LIMIT, hint=N_("such as Tiguan against CR-V")),
            Entry("trainer", N_("Trainer"), moves.NAME_LIMIT, hint=N_("name or initials, or somebody from outside")),
            Entry("starts", N_("Begins"), 5, hint=N_("such as 9:05")),
        )

    def lines(self, cells: int) -> list[Line]:
        lines = super().lines(cells)
        told = [_("trainer {name}").format(name=self._trainer() or "-"), *self._offered(cells)]
        return lines if self.error else [*lines, *(Line().put("  " + part, "dim") for part in told)]

    def _library(self) -> list[str]:
        return queries.library(self.page.store)[:TITLES]

    def _offered(self, cells: int) -> list[str]:
        """The library's titles by the number that stands for each, while the topic is written."""
        if self.at or not self._library():
            return []
        titles = [one if width(one) <= cells - 8 else cut(one, cells - 8) for one in self._library()]
        numbered = [f"{n} {title}" for n, title in enumerate(titles, 1)]
        return [_("from the library, its number:"), *numbered]

    def _topic(self) -> str:
        """The topic: a number alone is a title of the library, a usual topic is kept as its message."""
        typed, titles = self.values["topic"].strip(), self._library()
        number = fold(typed)
        if number.isascii() and number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(titles):
            return titles[int(number) - 1]
        return next((one for one in TOPICS if spoken(one) == typed), typed)

    def _trainer(self) -> str:
        """Whom the typed letters mean: one of the staff, else as they stand."""
        typed = clean(self.values.get("trainer", ""), moves.NAME_LIMIT)
        store = self.page.store
        found = people_queries.named(typed, people_queries.staff(store, store.today())) if fold(typed).isascii() else []
        return found[0].name if len(found) == 1 else typed

    def save(self) -> None:
        starts = typed_minute(fold(self.values["starts"]))
        if starts is None:
            raise Refused("E256", _("Write the time as 9:05"))
        kept, store, trainer = self._topic(), self.page.store, self._trainer()
        self.finish(lambda: moves.put(store, store.today(), kept, trainer, starts))


DIALOGS: dict[str, type[Dialog]] = {"details": Details}
"""The page's boxes by name."""
