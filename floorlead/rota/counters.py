"""How often each person held the desk, stood in, worked late, worked a weekend and was off: as worked, not as planned.

A substitute who stepped up is credited; what lies ahead counts as planned.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from floorlead.duty import notes
from floorlead.rota.records import Count
from floorlead.store import Store


def counted(store: Store, first: date, last: date, people: Sequence[int]) -> dict[int, Count]:
    """Each person's counts over a period."""
    worked = notes.worked(store, first, last)
    return {
        who: Count(one.desk, one.late, one.weekend, one.off, one.substitute) if (one := worked.get(who)) else Count()
        for who in people
    }
