"""What the ageing list shows on paper, read from the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead import clock, settings
from floorlead.ageing import notice, queries, rules
from floorlead.ageing.records import PUSH, TOLD, AgedCar, Ageing
from floorlead.ageing.sheet import AgeingSheet
from floorlead.people import queries as people_queries
from floorlead.store import Store
from floorlead.words import _, pick


def read(store: Store, day: date, shown: Sequence[int] | None = None, nth: int = 0) -> AgeingSheet:
    """What the paper shows: the cars named by their ids, else those over the push age."""
    ageing = queries.aged(store, day)
    over = None if shown is not None else ageing.push_days
    cars = [one for one in ageing.cars if (one.stock_age > ageing.push_days if shown is None else one.id in set(shown))]
    showroom = pick(settings.get(store, "showroom"), settings.get(store, "showroom_en")) or _("Showroom")
    text, said = _announcement(store, ageing, cars)
    return AgeingSheet(ageing, cars, over, showroom, people_queries.leader_shown(store), text, said, nth=nth)


def _announcement(store: Store, ageing: Ageing, cars: Sequence[AgedCar]) -> tuple[str, str]:
    """The last announcement of this week and when it was made, else the one that could be made of the old cars."""
    week = queries.announced_since(store, rules.monday(ageing.day), ageing.day)
    told = [one for one in week if one.kind in TOLD]
    if told:
        last = told[-1]
        return last.text, f"{clock.short_day(last.day)} {clock.hm(last.at)} {last.by}"
    old = [one for one in cars if one.stock_age > ageing.push_days]
    return notice.text(old, ageing.day, PUSH), ""
