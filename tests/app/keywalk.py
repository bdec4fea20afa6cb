"""Walks the pages, their views and boxes, presses each key that the bottom line names, and tells what it did.

What a key did is read off the desk, not off the screen: which page and box are up, what the log holds, where the cursor is.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from floorlead import clock, words
from floorlead.app import PAGES
from floorlead.store import Store
from floorlead.store.slots import PLACE
from floorlead.store.undo import undo
from floorlead.widgets.desk import Desk
from floorlead.widgets.keys import Bind
from floorlead.widgets.page import Dialog, Page
from floorlead.widgets.writing import UNDOABLE
from tests import kept
from tests.app.walk import play, quick
from tests.conftest import DAY, desk_of

MOST_VIEWS = 8
FILTERED = " /"
"""Between a view's name and the filter over it, whose boxes are the view's own."""
_REFUSED = re.compile(r"\(E\d+\)")
_HERE = {"cursor", "here", "at", "top", "row", "spot", "scroll", "place", "column"}
"""Parts of a place that are the cursor's."""


class Pressed(NamedTuple):
    """A key that was pressed: where (`view`, and the boxes over it), by which entry, and the kinds of what it did."""

    where: str
    bind: Bind
    key: str
    did: frozenset[str]
    said: str
    hints: tuple[str, str] = ("", "")
    """The entry as the bottom line shows it, in Chinese and in English."""


class Seen(NamedTuple):
    """The desk as it stood."""

    page: str
    boxes: tuple[int, ...]
    writes: int
    place: dict[str, Any]
    args: dict[str, Any]
    text: str
    said: str
    locked: bool


class Walk:
    """One showroom's file, copied anew for each way that wrote into it; it goes `depth` boxes deep."""

    def __init__(self, folder: Path, lay: Callable[[Path], None], depth: int = 2) -> None:
        self.folder, self.lay, self.depth = folder, lay, depth
        self.store: Store | None = None
        self.at = clock.stopped(f"{DAY}T08:41:00")
        self.copies = 0
        self.clean = 0
        self.left: list[int] = []
        self.printed: list[int] = []
        """Ends of the program, and long work handed on, that a key brought."""

    def close(self) -> None:
        """Close the file."""
        if self.store:
            self.store.close()

    def desk(self, page: str, way: Sequence[str]) -> Desk:
        """A desk on the page, after the keys."""
        if self.store is not None and writes(self.store) != self.clean and last_kind(self.store) in UNDOABLE:
            while undo(self.store):
                continue
            self.clean = writes(self.store)
        if self.store is None or writes(self.store) != self.clean:
            self.close()
            self.copies += 1
            path = self.folder / f"{self.copies}.db"
            self.lay(path)
            self.store = kept.opened(path, self.at)
            self.store.by = "王"
            self.clean = writes(self.store)
        self.store.keep_drafts({PLACE: json.dumps({"page": page})})
        made = quick(desk_of(self.store))
        made.leave = self.left.append
        made.later = lambda _work, _done: self.printed.append(1)
        play(made, *way)
        return made

    def states(self, page: str) -> Iterator[tuple[str, Sequence[str]]]:
        """Each view of a page by Tab and by its own key, with the keys that lead there."""
        door = next(one for one in PAGES if one.name == page)
        seen: set[str] = set()
        usual: object = 0
        for turn in filter(None, ("tab", door.key)):
            for n in range(MOST_VIEWS):
                way = (turn,) * n
                desk = self.desk(page, way)
                usual = getattr(desk.page, "filter", 0) if not n else usual
                name = view_name(desk.page, usual)
                if desk.page.name != page or desk.dialog() or name in seen:
                    if n:
                        break
                    continue
                seen.add(name)
                yield name, way

    def walk(self, page: str) -> Iterator[Pressed]:
        """Every key that is named on the page and in the boxes reachable from it."""
        done: set[tuple[str, Any]] = set()
        for name, way in self.states(page):
            yield from self._keys(page, name, way, done, 0 if FILTERED in name else self.depth)

    def _hints(self, page: str, way: Sequence[str]) -> list[tuple[str, str]]:
        """The bottom line's entries in both languages."""
        spoken, told, desk = words.language(), [], self.desk(page, way)
        for language in ("zh", "en"):
            words.use(language)
            told.append([one.hint() for one in desk.binds()])
        words.use(spoken)
        return list(zip(*told, strict=True))

    def _brought(self) -> list[str]:
        """What a key set off beside the desk; forgotten with the telling."""
        told = [*(["quit"] if self.left else []), *(["paper"] if self.printed else [])]
        self.left.clear()
        self.printed.clear()
        return told

    def _keys(
        self, page: str, where: str, way: Sequence[str], done: set[tuple[str, Any]], depth: int
    ) -> Iterator[Pressed]:
        binds = tuple(self.desk(page, way).binds())
        if (where, binds) in done:
            return
        done.add((where, binds))
        opened: dict[str, Sequence[str]] = {}
        shown = self._hints(page, way)
        for one, hints in zip(binds, shown, strict=True):
            for key in one.keys:
                desk = self.desk(page, way)
                self._brought()
                before = seen(desk)
                boxes = len(desk.stacks[desk.page.name])
                desk.press(key)
                after = seen(desk)
                did = frozenset((*kinds(desk, before, after), *self._brought()))
                yield Pressed(where, one, key, did, after.said if after.said != before.said else "", hints)
                top = desk.dialog()
                if top is not None and desk.page.name == page and len(desk.stacks[page]) > boxes and key not in GLOBALS:
                    opened.setdefault(type(top).__name__, (*way, key))
        if depth:
            for box, keys in opened.items():
                yield from self._keys(page, f"{where} > {box}", keys, done, depth - 1)


def last_kind(store: Store) -> str:
    """The kind of the log's last entry."""
    return str(store.one("SELECT kind FROM actions ORDER BY seq DESC LIMIT 1"))


GLOBALS = ("f1", "f10", "ctrl+k", "?")


def writes(store: Store) -> int:
    """The last entry of the log."""
    return int(store.one("SELECT coalesce(max(seq), 0) FROM actions"))


def view_name(page: Page, usual: object = 0) -> str:
    """What tells one view of a page from another; a filter where it is not the `usual` one."""
    view = getattr(page, "view", getattr(page, "filter", None))
    if view is None and page.name == "checks":
        card = getattr(page, "card", None)
        view = card.words.code if card else ""
    name = str(getattr(view, "name", view if view is not None else page.name))
    through = getattr(page, "filter", usual) if hasattr(page, "view") else usual
    return name if through == usual else f"{name}{FILTERED}{through}"


def seen(desk: Desk) -> Seen:
    """The desk as it stands."""
    stack = desk.stacks[desk.page.name]
    top = desk.top()
    field = desk.field()
    place = json.loads(json.dumps(desk.page.state(), default=str))
    grids = {
        id(g): g
        for g in (getattr(desk.page, "grid", None), getattr(getattr(desk.page, "view", None), "grid", None))
        if g
    }
    place |= {f"cursor{n}": g.cursor for n, g in enumerate(grids.values())}
    for name in ("view", "here", "cursor", "filter", "at", "row", "day", "month", "inside", "top", "column"):
        with contextlib.suppress(AttributeError):
            value = getattr(desk.page, name)
            place.setdefault(name, getattr(value, "name", value) if not callable(value) else "")
    args = json.loads(json.dumps(getattr(top, "args", {}), default=str))
    heading = top.heading() if isinstance(top, Dialog) else ""
    text = json.dumps([field.name, field.value] if field else []) + json.dumps(desk.finder.state(), default=str)
    return Seen(
        desk.page.name, tuple(id(box) for box in stack), writes(desk.store), json.loads(json.dumps(place, default=str)),
        args, text, f"{desk.last}|{desk.trouble}|{getattr(top, 'error', '')}|{heading}", desk.locked,
    )  # fmt: skip


def kinds(desk: Desk, before: Seen, after: Seen) -> Iterator[str]:
    """What happened between two looks at the desk."""
    if after.locked and not before.locked:
        yield "lock"
    if after.page != before.page:
        yield "page"
    if after.writes > before.writes:
        yield "row"
    if set(after.boxes) - set(before.boxes):
        yield "box"
        top, paper = desk.dialog(), desk.page.print_dialog()
        if paper and top is not None and type(top) is desk.page.DIALOGS.get(paper[0]):
            yield "paper"
    if after.page == before.page and set(before.boxes) - set(after.boxes):
        yield "close"
    if after.said != before.said:
        yield "refused" if _REFUSED.search(after.said) else "said"
    if after.page != before.page:
        return
    changed = _changed(before.place, after.place)
    if after.boxes == before.boxes:
        changed |= _changed(before.args, after.args)
        if after.text != before.text or "values" in changed or "typed" in changed:
            yield "text"
    if any(name.rstrip("0123456789") in _HERE for name in changed):
        yield "cursor"
    if any(name.rstrip("0123456789") not in _HERE | {"values", "typed", "was"} for name in changed):
        yield "view"


def _changed(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return {name for name in {*one, *other} if one.get(name) != other.get(name)}


def lies(found: Sequence[Pressed]) -> list[str]:
    """The entries that did not do what they say: each digit must, of other keys of an entry one at least."""
    told = []
    entries: dict[tuple[str, Bind], list[Pressed]] = {}
    for one in found:
        entries.setdefault((one.where, one.bind), []).append(one)
    for (where, bind), presses in entries.items():
        wanted = {*bind.effects(), *(("refused",) if bind.changes else ())}
        if "close" in wanted:
            wanted |= {"view", "cursor"} if " > " not in where else set()
        fails = [p for p in presses if not (wanted & p.did)]
        digits = [p for p in fails if p.key.isdigit()]
        if "same" in wanted and len(digits) == 1:
            digits = []
        if digits or len(fails) == len(presses):
            shown = [f"{p.key}: {' '.join(sorted(p.did)) or 'nothing'} {p.said}" for p in (digits or fails)[:3]]
            told.append(f"{where}: {bind.label} {bind.word} should {'/'.join(sorted(wanted))}, did {shown}")
    return told


def table(found: Sequence[Pressed], language: str) -> str:
    """A page's keys: the view or box, the key with its word, what it does there."""
    lines: dict[tuple[str, Bind], tuple[str, set[str]]] = {}
    for one in found:
        hint = one.hints[0 if language == "zh" else 1]
        lines.setdefault((one.where, one.bind), (hint, set()))[1].update(one.did & {*one.bind.effects(), "refused"})
    return "".join(f"{where} | {hint} | {' '.join(sorted(did))}\n" for (where, _b), (hint, did) in lines.items())


def conflicts(found: Sequence[Pressed]) -> list[str]:
    """Digits of one page that mean one thing in one view and another in another view."""
    meant: dict[str, dict[str, str]] = {}
    for one in found:
        if one.key.isdigit() and " > " not in one.where:
            meant.setdefault(one.key, {}).setdefault(one.bind.word, one.where)
    return [f"{digit}: {told}" for digit, told in meant.items() if len(told) > 1]


def demo(path: Path) -> None:
    """The invented showroom with its days."""
    kept.demo(path, clock.stopped(f"{DAY}T08:41:00"), "demo")


def empty(path: Path) -> None:
    """Nothing entered yet."""
    kept.lay(path, clock.stopped(f"{DAY}T08:41:00"))
