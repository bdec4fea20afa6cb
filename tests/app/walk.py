"""Going about on a desk without a terminal, as the shell would: a text field takes what is text, the desk all else."""

from __future__ import annotations

import hashlib
import string
from collections.abc import Callable, Iterator, Sequence

from textual.events import Key
from textual.keys import _character_to_key

from floorlead.store import schema
from floorlead.widgets.desk import Desk
from floorlead.widgets.keys import EDITING, name_of

LETTERS = string.ascii_letters
PUNCTUATION = "!\"#$%&'()*,./:;<=>?@[\\]^_`{|}~，。！？：；、·《》【】（）…￥‘’“”"
MOVES = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "tab", "backtab")
MARKS = (*"0123456789", "space", "enter", "-", "+", "insert")
F_KEYS = tuple(f"f{n}" for n in range(1, 13))
CHORDS = tuple(f"ctrl+{letter}" for letter in "abefgklnoprstuwxyz")
OTHERS = ("escape", "backspace", "delete")
EVERY = (*MOVES, *MARKS, *F_KEYS, *CHORDS, *OTHERS, *"lydzqw", "，", "？", "！", "途", "张")


def quick(desk: Desk) -> Desk:
    """A desk whose file need not outlive a power cut and whose papers go nowhere."""
    desk.store.connection.execute("PRAGMA synchronous = OFF")
    desk.later = lambda _work, _done: None
    return desk


def arrive(desk: Desk, char: str) -> None:
    """One key or character arrives."""
    key = name_of(Key(_character_to_key(char), char)) if len(char) == 1 else char
    field = desk.field()
    if field is not None and (len(char) == 1 or char in EDITING or char == "space"):
        text = {"space": " ", "backspace": ""}.get(char, char if len(char) == 1 else "")
        value = field.value[:-1] if char == "backspace" else field.value + text
        desk.typed(value[: field.limit])
        return
    desk.press(key, char if len(char) == 1 else "")


def play(desk: Desk, *keys: str) -> None:
    """Keys by name; what begins with a quote is typed into the open field."""
    for key in keys:
        if key.startswith('"'):
            desk.typed(key[1:])
        else:
            desk.press(key)


def record_of(desk: Desk) -> dict[str, str]:
    """Every recorded table and the log, as digests."""
    digests = {}
    for table in (*schema.RECORDED, "actions", "changes"):
        rows = desk.store.rows(f"SELECT * FROM {table} ORDER BY 1")
        digests[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return digests


def actions(desk: Desk) -> int:
    """How many actions the log holds."""
    return int(desk.store.one("SELECT count(*) FROM actions"))


def close_all(desk: Desk) -> None:
    """Esc until nothing is open."""
    for _n in range(12):
        if desk.dialog() is None and desk.field() is None and not desk.finder.open:
            return
        desk.press("escape")
    raise AssertionError("Esc does not close it")


PLACES: dict[str, Sequence[Sequence[str]]] = {
    "today": [(), ("down", "down"), ("end",)],
    "checks": [
        (), ("tab",), ("tab", "tab"), ("f3",), ("f3", "right"), ("f3", "f3"), ("f3", "f3", "f3"),
        ("ctrl+a", "2"), ("ctrl+a", "2", "enter"), ("ctrl+a", "2", "enter", "7"),
        ("ctrl+a", "2", "enter", "7", '"忘带'), ("enter",), ("ctrl+p",), ("f3", "f3", "enter"),
    ],
    "report": [
        (), ("up",), ("home",), ("home", "enter"), ("home", "down", "enter"), ("f9",), ("enter",), ("enter", '"忙'),
        ("insert",), ("1",), ("ctrl+p",), ("insert", '"补价签', "enter", "enter", "ctrl+s", "up", "enter"),
    ],
    "cars": [
        (), ("end",), ("enter",), ("enter", "7"), ("enter", "8"), ("enter", "9"), ("enter", "0"), ("enter", "insert"),
        ("enter", "-"), ("enter", "enter"), ("insert",), ("ctrl+p",), ("tab",), ("tab", "enter"), ("tab", "8"), ("tab", "9"),
        ("tab", "enter", "2"), ("tab", "enter", "3"), ("tab", "end"), ("tab", "end", "0"), ("tab", "end", "enter"),
        ("tab", "tab"), ("tab", "tab", "enter"), ("tab", "tab", "enter", "2"), ("tab", "tab", "enter", "7"),
        ("tab", "tab", "enter", "8"), ("tab", "tab", "enter", "9"), ("tab", "tab", "insert"), ("tab", "tab", "tab"),
        ("tab", "tab", "tab", "enter"),
    ],
    "ageing": [
        (), ("tab",), ("f4",), ("space",), ("enter",), ("space", "space", "enter"), ("enter", "3"), ("enter", "4"), ("ctrl+p",),
    ],
    "advice": [(), ("enter",), ("down", "5"), ("down", "5", "enter"), ("ctrl+p",), ("end",)],
    "stocktake": [(), ("insert",), ("insert", "enter"), ("ctrl+p",), ("tab",)],
    "exchange": [(), ("1",), ("2",), ("3",), ("4",), ("enter",)],
    "calendar": [(), ("insert",), ("enter",), ("tab",), ("end", "enter")],
    "rota": [
        (), ("right", "1"), ("right", "5"), ("down", "6"), ("enter",), ("f6",), ("f6", "f6"), ("f6", "f6", "enter"),
        ("f6", "f6", "insert"), ("f6", "f6", "ctrl+n"), ("f6", "f6", "f6"), ("ctrl+e",), ("ctrl+p",), ("pagedown",),
    ],
    "leave": [(), ("enter",), ("insert",), ("tab",), ("tab", "tab"), ("tab", "tab", "tab")],
    "outings": [(), ("insert",), ("enter",), ("tab",)],
    "training": [(), ("enter",), ("tab",), ("tab", "tab")],
    "queue": [(), ("enter",), ("enter", "3"), ("tab",)],
    "customers": [
        (), ("insert",), ("insert", "1", "2", "2"), ("insert", "tab"), ("tab",), ("tab", "enter"), ("tab", "tab"),
        ("tab", "tab", "tab"), ("tab", "tab", "tab", "tab"), ("tab", "tab", "tab", "tab", "tab"), ("ctrl+p",),
    ],
    "log": [(), ("tab",), ("f8",), ("insert",), ("insert", "2"), ("4",), ("enter",), ("ctrl+p",)],
    "spotchecks": [(), ("tab",), ("tab", "tab"), ("insert",)],
    "talks": [(), ("insert",), ("enter",)],
    "targets": [(), ("enter",), ("tab",), ("tab", "tab"), ("ctrl+p",)],
    "meetings": [(), ("tab",), ("space",), ("insert",), ("ctrl+p",)],
    "kpi": [(), ("tab",), ("tab", "tab"), ("enter",), ("1",), ("ctrl+p",)],
    "appraisal": [(), ("enter",), ("tab",), ("ctrl+p",)],
    "history": [(), ("enter",), ("left",), ("left", "enter")],
    "settings": [(), *[(str(n),) for n in range(1, 10)], ("end", "enter")],
    "people": [(), ("1",), ("4", "enter"), ("2", "enter"), ("tab",), ("tab", "enter"), ("tab", "tab"), ("insert",)],
    "furniture": [(), ("insert",), ("enter",), ("tab",), ("tab", "enter")],
    "items": [(), ("tab",), ("tab", "enter"), ("tab", "down", "enter"), ("insert",)],
    "welcome": [(), ("1",), ("1", "enter"), ("1", "enter", "2"), ("1", "enter", "3")],
}  # fmt: skip
"""States of each page: the keys that lead there from the page as it is entered."""
OVER: Sequence[Sequence[str]] = [
    (),
    ("f1",),
    ("ctrl+k",),
    ("ctrl+k", "d", "y"),
    ("l", "y"),
    ("ctrl+f", "3"),
    ("ctrl+f",),
]
"""What may lie over any of them."""


def states(fresh: Callable[[], Desk]) -> Iterator[tuple[str, Desk]]:
    """Every state of `PLACES`, the first one of each page with each of `OVER` on top: its name and the desk in it."""
    for page, ways in PLACES.items():
        for n, way in enumerate(ways):
            for more in OVER if not n else OVER[:1]:
                if page == "welcome" and more and more[0] in ("l", "ctrl+f"):
                    continue
                desk = fresh()
                desk.go(page)
                play(desk, *way, *more)
                yield " ".join((page, *way, "|", *more)), desk
