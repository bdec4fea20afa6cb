"""The screen's fixed frame: tabs, title, body, warning, last action, keys; and boxes laid over the body.

Lines stand where the leader's eye expects them whatever the page, and the key line never loses a key.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from floorlead import clock
from floorlead.text import width
from floorlead.widgets import aside, lock
from floorlead.widgets.keys import Bind
from floorlead.widgets.line import Line
from floorlead.widgets.mask import numbers_in
from floorlead.widgets.page import box
from floorlead.words import N_, _, language

if TYPE_CHECKING:
    from floorlead.widgets.desk import Desk

LEAST_CELLS, LEAST_LINES = 80, 24
PAGE_CELLS = 80
"""A page is drawn for 80 cells; what is right of them on a wider screen shows nothing that is only there."""
SPLIT = "| "
AROUND = 5
"""Lines that are not body: tabs, title, warning, last action, keys."""
SHORT = {"Customers": N_("Cust"), "Ageing": N_("Age")}
"""Pages' words where the first line has no room for the whole ones."""


def draw(desk: Desk, cells: int, height: int) -> list[Line]:
    """The whole screen."""
    desk.hidden = cells < LEAST_CELLS or height < LEAST_LINES
    if desk.hidden:
        return _too_small(cells, height)
    if desk.locked:
        return lock.board(desk, cells, height)
    body_lines = height - AROUND
    beside = cells >= aside.LEAST
    body = [numbers_in(line) for line in desk.page.body(PAGE_CELLS if beside else cells, body_lines)[:body_lines]]
    body += [Line().to(cells) for _n in range(body_lines - len(body))]
    _lay_boxes(desk, body, cells)
    if beside:
        body = _beside(desk, body, cells)
    frame = [
        tabs(desk, cells),
        numbers_in(desk.page.title(cells)),
        *body,
        numbers_in(warning(desk, cells)),
        numbers_in(last(desk, cells)),
        keys(desk, cells),
    ]
    return [line.cropped(cells) for line in frame]


def _beside(desk: Desk, body: list[Line], cells: int) -> list[Line]:
    """The page's lines with what stands right of them on a wide screen."""
    right = aside.lines(desk, cells - PAGE_CELLS - len(SPLIT), len(body))
    return [
        line.cropped(PAGE_CELLS).to(PAGE_CELLS).put(SPLIT, "dim").add(numbers_in(other))
        for line, other in zip(body, right, strict=True)
    ]


def _too_small(cells: int, height: int) -> list[Line]:
    sentence = _("Window too small: needs 80x24, now {cells}x{height}").format(cells=cells, height=height)
    return [Line().put(sentence if n == height // 2 else "").cropped(cells) for n in range(height)]


def _lay_boxes(desk: Desk, body: list[Line], cells: int) -> None:
    """Lay the dialogs, or the find box, over the body's lower part."""
    for dialog in desk.stacks[desk.page.name]:
        dialog.origin = 0
        lines = box(dialog, PAGE_CELLS - 2)
        top = max(0, min((len(body) - len(lines)) * 2 // 3, len(body) - len(lines)))
        dialog.origin = 2 + top + 1
        _over(body, [Line().put(" ").add(line).to(cells) for line in lines], top)
    if desk.finder.open:
        lines = desk.finder.lines(PAGE_CELLS - 2)
        _over(body, [Line().put(" ").add(line).to(cells) for line in lines], len(body) - len(lines))


def _over(body: list[Line], lines: list[Line], top: int) -> None:
    for offset, line in enumerate(lines):
        if 0 <= top + offset < len(body):
            body[top + offset] = line


def held(desk: Desk, before: list[Line], cells: int, height: int) -> list[Line]:
    """The picture of before while the file cannot be read: only what waits is told anew."""
    if len(before) != height or before[0].cells > cells:
        before = [Line().to(cells) for _n in range(height)]
    if not desk.hidden:
        before = [tabs(desk, cells).cropped(cells), *before[1:-3], warning(desk, cells).cropped(cells), *before[-2:]]
    return before


def tabs(desk: Desk, cells: int) -> Line:
    """The first line: the pages with their keys, and whether all is saved; what is least needed gives way first."""
    for line, saved in (
        (_tabs(desk, " "), _saved(desk)), (_tabs(desk, ""), _saved(desk)), (_tabs(desk, ""), _saved(desk, demo=False)),
        (_tabs(desk, "", SHORT), _saved(desk, demo=False)), (_tabs(desk, "", SHORT), _saved(desk, demo=False, dated=False)),
        (_tabs(desk, "", SHORT), _saved(desk, demo=False, brief=True, dated=False)),
    ):  # fmt: skip
        if line.cells + saved.cells + 1 < cells:
            return _right(line, saved, cells - 1)
    return line.add(saved)


def _tabs(desk: Desk, gap: str, short: Mapping[str, str] = MappingProxyType({})) -> Line:
    """The pages; `gap` stands behind each one, `short` are the words that give way."""
    line = Line()
    for door in (door for door in desk.doors if door.key):
        text = f"{door.key.upper()}{_(short.get(door.word, door.word))}"
        here = door.name == desk.page.name
        lead = "" if line.pieces and gap else " "
        line.put(lead).put(f"[{text}]" if here else f"{gap}{text}{gap}", "tab" if here else "", f"key:{door.key}")
    if not desk.page.key:
        line.put("" if gap else " ").put(f"[{_(desk.page.word)}]", "tab")
    return line


def _saved(desk: Desk, *, demo: bool = True, brief: bool = False, dated: bool = True) -> Line:
    now = desk.now()
    day = f"{clock.short_day(now.date())}{clock.weekday_short(now.date()) if language() == 'zh' else ''}"
    line = Line()
    if demo and desk.options.get("demo"):
        line.put(_("demo") + " ", "warn")
    if desk.store.reading:
        line.put(_("read only"), "error")
    elif not desk.all_kept():
        line.put(_("NOT SAVED!"), "error")
    elif not brief:
        line.put(_("saved"), "saved")
    return line.put(f" {day} {now:%H:%M}" if dated else f" {now:%H:%M}")


def _right(line: Line, tail: Line, cells: int) -> Line:
    return line.to(cells - tail.cells).add(tail)


def warning(desk: Desk, cells: int) -> Line:
    """The line above the last action: a refusal, else the page's warning or quick picks."""
    if held := desk.held_words():
        return Line().put(" !! ", "error").put(held, "warn")
    if desk.trouble:
        return Line().put(" !! ", "error").put(desk.trouble, "warn")
    if desk.offer and desk.page.name == desk.doors[0].name:
        return Line().put(" " + desk.offered(), "warn")
    return desk.page.warning(cells)


def last(desk: Desk, cells: int) -> Line:
    """The last action, which stays until the next one, and the key that takes it back."""
    undo = "^Z " + _("undo") if desk.can_undo() else ""
    room = PAGE_CELLS - 3 - width(undo)
    line = Line().put(" " + desk.last).cropped(room)
    return line.right(undo, PAGE_CELLS - 1, "key", "key:ctrl+z") if undo else line


def keys(desk: Desk, cells: int) -> Line:
    """The keys that work now, all of them: the gaps shrink before a key would be lost."""
    return _keys(tuple(desk.binds()), language())


@lru_cache(maxsize=128)
def _keys(binds: tuple[Bind, ...], _language: str) -> Line:
    hints = [(b, b.hint()) for b in binds]
    gap = 2 if sum(width(text) + 2 for _b, text in hints) < PAGE_CELLS else 1
    line = Line().put(" ")
    for bind, text in hints:
        label = bind.shown_label()
        do = _clicked(bind)
        line.put(label, "key", do).put(text[len(label) :], "", do).put(" " * gap)
    return line


def _clicked(bind: Bind) -> str:
    """What a click on a key's hint means; which of several digits or arrows, or which letter, it cannot tell."""
    first = bind.keys[0]
    unclear = len(bind.keys) > 1 and (first.isdigit() or first in ("up", "down", "left", "right"))
    return "" if unclear or (len(first) == 1 and first.isalpha()) else f"key:{first}"
