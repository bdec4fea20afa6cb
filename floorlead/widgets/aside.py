"""Right of the page on a wide screen: every key that works here with its sentence, and the day's latest actions.

Nothing stands only there: the keys are F1's, the actions the history's.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from floorlead.store import log
from floorlead.text import width, wrap
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.words import _, language

if TYPE_CHECKING:
    from floorlead.store import Store
    from floorlead.widgets.desk import Desk

LEAST = 110
"""Cells of a screen that has room for it."""
LATEST = 12
LINES_EACH = 2
"""Lines that one action may take."""


def lines(desk: Desk, cells: int, height: int) -> list[Line]:
    """`height` lines of at most `cells` cells."""
    keys = _keys(tuple(desk.binds()), cells, language())
    told = [
        part for text in latest(desk.store, desk.store.writes, language()) for part in wrap(text, cells)[:LINES_EACH]
    ]
    room = max(0, height - len(keys) - 2)
    made = [*keys[:height]]
    if told and room:
        made += [Line(), Line().put(_("Latest"), "title"), *(Line().put(text, "dim") for text in told[:room])]
    return [*made[:height], *(Line() for _n in range(height - len(made)))]


@lru_cache(maxsize=64)
def _keys(binds: Sequence[Bind], cells: int, _language: str) -> list[Line]:
    label = max((width(one.shown_label()) for one in binds), default=0) + 1
    made = [Line().put(_("Keys here"), "title")]
    for one in binds:
        first, *more = wrap(_(one.help or one.word), max(1, cells - label)) or [""]
        made.append(Line().col(one.shown_label(), label, style="key").put(first))
        made += [Line().put(" " * label + text) for text in more]
    return made


@lru_cache(maxsize=4)
def latest(store: Store, _writes: int, _language: str) -> list[str]:
    """The day's newest actions with their time, read again after each write."""
    done = log.actions(store, store.today(), LATEST * 2)
    told = [(log.local_time(store, one.at), one.words()) for one in done if one.kind in ("do", "undo", "redo", "seal")]
    return [words if words.startswith(at) else f"{at} {words}" for at, words in told[:LATEST]]
