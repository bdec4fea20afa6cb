"""Ctrl+P on the rota: the week, the month or a day's desk on paper; paper is not undone, so a digit confirms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from floorlead.paper.queries import prints
from floorlead.rota import papers
from floorlead.rota.signs import day_words
from floorlead.widgets import printing
from floorlead.widgets.choose import Choice
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.rota.screen import RotaPage

KINDS = (papers.WEEK, papers.MONTH, papers.DESK)


class PrintRota(Choice):
    """Which paper."""

    @property
    def below(self) -> RotaPage:
        """The page below."""
        return cast("RotaPage", self.page)

    def heading(self) -> str:
        """What is printed."""
        return _("Print the rota")

    def choices(self) -> Sequence[str]:
        """The week, the month, the desk of the day under the cursor."""
        day = day_words(self.below.day)
        return (
            _("the week, one copy"), _("the month, one copy"), _("desk of {day} with substitutes, one copy").format(day=day),
        )  # fmt: skip

    def take(self, number: int) -> None:
        """Print."""
        self.close()
        store, day, kind = self.page.store, self.below.day, KINDS[number - 1]
        nth = prints(store, "rota", day, number) + 1
        printing.send(self.desk, papers.paper(store, kind, day, nth), "rota", day, number, f"{day:%Y%m%d}-rota-{kind}")
