"""The appraisal as it is read from the store for paper, and sending it to the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from floorlead import settings
from floorlead.appraisal import queries, rules, sheet
from floorlead.kpi.rules import first_of
from floorlead.paper.queries import prints
from floorlead.people import queries as people
from floorlead.store import Refused, Store
from floorlead.widgets import printing
from floorlead.words import _, pick

if TYPE_CHECKING:
    from floorlead.paper.model import Paper
    from floorlead.widgets.desk import Desk


def _head(store: Store, month: str) -> tuple[str, str, str]:
    name = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    return name, month, people.leader_shown(store)


def _printed(store: Store) -> str:
    return store.clock.stamp()[5:16].replace("T", " ")


def means(store: Store, month: str) -> dict[int, float]:
    """The mean of each person's closed months of the year up to a month."""
    found = {}
    for who, totals in queries.year(store, int(month[:4])).items():
        mean = rules.mean([total for name, total in totals.items() if name <= month])
        if mean is not None:
            found[who] = mean
    return found


def team(store: Store, month: str) -> Paper:
    """The team's paper of a month."""
    return sheet.team(_head(store, month), queries.month(store, month), means(store, month), _printed(store))


def person(store: Store, month: str, ident: int) -> Paper:
    """One person's paper of a month. Raises Refused where the person is not in it."""
    found = queries.month(store, month)
    one = next((one for one in found.sheets if one.person == ident), None)
    if one is None:
        raise Refused("E399", _("This person has no sheet in {month}").format(month=month))
    return sheet.person(_head(store, month), found, one, means(store, month).get(ident), _printed(store))


def print_month(desk: Desk, month: str, ident: int = 0) -> None:
    """Print the team's paper, or one person's."""
    store, day = desk.store, first_of(month)
    nth = prints(store, "appraisal", day, ident) + 1
    tail = (f"-{ident}" if ident else "") + (f"-{nth}" if nth > 1 else "")
    made = person(store, month, ident) if ident else team(store, month)
    printing.send(desk, made, "appraisal", day, ident, f"{month.replace('-', '')}-appraisal{tail}")
