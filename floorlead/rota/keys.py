"""The rota's table of keys, and where a recorded change of it stands."""

from __future__ import annotations

from floorlead.widgets.keys import bind, digits
from floorlead.words import N_

PLAN = bind(
    (*digits(0, 9), "-"), "0-9 -", N_("plan"), changes=True,
    help=N_("as the digits above say, again takes it back; 0 plans nothing, - is a day off"),
)  # fmt: skip
LOCK = bind(
    "space", "Space", N_("lock"), changes=True, help=N_("lock the cell against copying and planning, or unlock it")
)
CELL = bind("enter", "Enter", N_("cell"), help=N_("the person's day: hours, slots, wish, and why it is marked"))
VIEW = bind(("tab", "backtab"), "Tab", N_("views"), help=N_("week, today, desk, month; F6 too"))
NEXT = bind(("pageup", "pagedown"), "PgDn", N_("on"), help=N_("the next or the previous week, month or day"))
COPY = bind("ctrl+d", "^D", N_("copy"), changes=True, help=N_("copy the week before into the empty cells"))
CHECK = bind("ctrl+e", "^E", N_("rules"), help=N_("every rule that is broken: law, house, wish"))
PRINT = bind("ctrl+p", "^P", N_("print"))
HELP = bind("f1", "F1", N_("help"))

PLACE_OF = {
    "rota_cells": (1, 2), "desk_duty": (1, 3), "wishes": (1, 2), "leaves": (3, 1), "outing_people": (2, 3),
    "substitutions": (1, 4), "publications": (1, 0), "acting_leaders": (1, 0),
}  # fmt: skip
"""Where day and person stand in a recorded row; 0 for no person."""
