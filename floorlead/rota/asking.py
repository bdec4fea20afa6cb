"""What the solver is asked: to make a period's rota, to repair it, or to say why it cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

from floorlead.rota import period as periods
from floorlead.rota import problem
from floorlead.rota.period import Period
from floorlead.store import Refused, Store
from floorlead.words import _


def asked(store: Store, kind: str, first: date, last: date) -> tuple[Period, dict[str, Any]]:
    """The period as it was read, and the task as JSON; `kind` is make, repair or why.

    Raises Refused where there is nothing to be made: nobody on the rota, a period that is over, a repair of nothing.
    """
    if last < store.today():
        raise Refused("E260", _("The period is over; a rota is made for days to come"))
    one = periods.period(store, first, last)
    if not one.people:
        raise Refused("E261", _("Nobody is on the rota; ^K people adds them"))
    task = problem.told(store, one)
    if kind == "repair":  # the repair itself knows what of today has begun
        task = {name: value for name, value in task.items() if name not in ("frozen_before", "rota")} | _repair(
            store, one
        )
    return one, task


def _repair(store: Store, one: Period) -> dict[str, Any]:
    """The rota as it was planned, and who of it cannot come."""
    stands = problem.planned(one)
    if not stands["cells"]:
        raise Refused("E262", _("Nothing is planned in this period; make the rota first"))
    now = store.clock.now().replace(tzinfo=None).isoformat(timespec="minutes")
    return {"repair": {"rota": stands, "absent": problem.absent(store, one), "now": now}}
