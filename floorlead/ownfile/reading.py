"""A settings file is read: the showroom's own where it can be used, else the shipped one and what is wrong."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from floorlead import shelf
from floorlead.ownfile.lines import line_of
from floorlead.ownfile.shape import Shape, Wrong
from floorlead.record import record
from floorlead.store.errors import Refused
from floorlead.words import _, language

if TYPE_CHECKING:
    from floorlead.store import Store

T = TypeVar("T")
MOST_BYTES = 2**20
MOST_DOTS = 40
"""Dots on a line: the parser's time grows with the square of a dotted key's parts."""
RULES = 2
"""Raised when a shape changes: what was kept of a file that was read under older rules is read again."""
FILES = {
    "rota.toml": "floorlead.duty.lists", "kpi.toml": "floorlead.kpi.lists", "log.toml": "floorlead.log.lists",
    "customers.toml": "floorlead.customers.lists", "checklists.toml": "floorlead.checks.lists",
}  # fmt: skip
"""Each settings file and the module whose `OWN` reads it."""
BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, MemoryError)
"""What data of another shape raise on the way through a parser or a builder; a broken TOML is a ValueError."""


@record
class Trouble:
    """Why a file cannot be used; `line` counts from 1 and is 0 where no line can be named."""

    path: Path
    line: int
    sentence: str


class OwnFile(Generic[T]):
    """One settings file: its name, the draft that keeps it read for the next start, its shape, and what is made of it."""

    def __init__(self, name: str, draft: str, shape: Shape, build: Callable[[Mapping[str, Any]], T]) -> None:
        self.name, self.draft, self.shape, self.build = name, draft, shape, build
        self.kept: dict[str, T] = {}
        self._bad: dict[tuple[str, str], Trouble] = {}

    def read(self, store: Store) -> T:
        """What the file says. Of a showroom's own that cannot be used the store is noticed, and the shipped counts."""
        path = shelf.own(store.path) / self.name
        try:
            found = os.stat(path)  # noqa: PTH116 - `Path.stat` costs twice as much, and every page asks
        except (FileNotFoundError, NotADirectoryError):
            path = shelf.find(self.name)
            found = path.stat()
        except (OSError, ValueError) as error:
            return self._shipped(store, _of_system(path, error))
        mark = f"{RULES} {path} {found.st_mtime_ns} {found.st_size} {stat.S_IFMT(found.st_mode)}"
        if mark in self.kept:
            return self.kept[mark]
        trouble = self._bad.get((mark, language())) or self._take(store, path, mark)
        if trouble is None:
            return self.kept[mark]
        self._bad[mark, language()] = trouble
        return self._shipped(store, trouble)

    def look(self, store_path: Path) -> Trouble | None:
        """What is wrong with the showroom's own file; None when it is well or there is none."""
        path = shelf.own(store_path) / self.name
        try:
            os.stat(path)  # noqa: PTH116 - as above
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            return _of_system(path, error)
        found = self._parsed(path)
        return found if isinstance(found, Trouble) else None

    def shipped(self) -> T:
        """What the shipped file says."""
        path = shelf.find(self.name)
        if (key := f"shipped {path}") not in self.kept:
            found = self._parsed(path)
            if isinstance(found, Trouble):
                raise FileNotFoundError(f"{path}: {found.sentence}")
            self.kept[key] = found[1]
        return self.kept[key]

    def _shipped(self, store: Store, trouble: Trouble) -> T:
        store.notice(told(trouble))
        return self.shipped()

    def _take(self, store: Store, path: Path, mark: str) -> Trouble | None:
        """Keep what the file says under its mark, and in a draft for the next start."""
        if (ready := self._remembered(store, mark)) is not None:
            self.kept[mark] = ready
            return None
        found = self._parsed(path)
        if isinstance(found, Trouble):
            return found
        data, self.kept[mark] = found
        with contextlib.suppress(Refused):  # a store that is being written to: the next start reads the file again
            store.keep_drafts({self.draft: json.dumps({"mark": mark, "data": data}, ensure_ascii=False)})
        return None

    def _remembered(self, store: Store, mark: str) -> T | None:
        """An unchanged file as it was read last: JSON is eight times as quick."""
        try:
            draft = json.loads(store.draft(self.draft) or "{}")
            return self.build(draft["data"]) if draft.get("mark") == mark else None
        except BROKEN:
            return None

    def _parsed(self, path: Path) -> tuple[dict[str, Any], T] | Trouble:
        text = ""
        try:
            text = _text(path)
            data = self.shape(_toml(text), ())
            return data, self.build(data)
        except OSError as error:
            return _of_system(path, error)
        except Wrong as wrong:
            return Trouble(path, wrong.line or line_of(text, wrong.keys), str(wrong))
        except BROKEN:
            return Trouble(path, 0, _("its data have another shape than the shipped file's"))


def _text(path: Path) -> str:
    """A file's text, with or without the mark that Windows editors put first. Never waits. Raises OSError, Wrong."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise Wrong(_("this is no file but a folder, a pipe or a device"))
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(handle, "rb") as file:  # noqa: PTH123 - opened by its handle
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Wrong(_("it is larger than 1 MiB"))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Wrong(_("this line is not UTF-8"), line=data[: error.start].count(b"\n") + 1) from None


def _toml(text: str) -> dict[str, Any]:
    import tomllib

    for number, line in enumerate(text.splitlines(), 1):
        if line.count(".") > MOST_DOTS and not line.lstrip().startswith("#"):
            raise Wrong(_("it is nested too deep"), line=number)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+)", str(error))
        here = int(at[1]) if at else text.count("\n") + 1
        raise Wrong(_("this line cannot be read as TOML"), line=here) from None
    except RecursionError:
        raise Wrong(_("it is nested too deep")) from None
    except ValueError:
        raise Wrong(_("a number or a date in it is none")) from None


def _of_system(path: Path, error: OSError | ValueError) -> Trouble:
    reason = error.strerror or type(error).__name__ if isinstance(error, OSError) else type(error).__name__
    return Trouble(path, 0, _("it cannot be read: {reason}").format(reason=reason))


def told(trouble: Trouble) -> str:
    """A trouble in a sentence: the file, the line, the reason, and what counts meanwhile."""
    if trouble.line:
        sentence = _("{path}, line {line}: {reason}; the shipped one counts")
    else:
        sentence = _("{path}: {reason}; the shipped one counts")
    return sentence.format(path=trouble.path.name, line=trouble.line, reason=trouble.sentence)


def _own(name: str) -> OwnFile[Any]:
    found: OwnFile[Any] = import_module(FILES[name]).OWN
    return found


def own_ones(store_path: Path) -> list[str]:
    """The settings files of which the showroom has one of its own, or something else under that name."""
    folder = shelf.own(store_path)
    try:
        names = set(os.listdir(folder))  # noqa: PTH208 - names only
    except OSError:
        return []
    return [name for name in FILES if name in names]


def tell_all(store: Store) -> None:
    """Read every settings file of the showroom's own, so that the store is noticed of what cannot be used."""
    for name in own_ones(store.path):
        _own(name).read(store)


def troubles(store_path: Path) -> list[Trouble]:
    """What is wrong with the showroom's own settings files."""
    found = [_own(name).look(store_path) for name in own_ones(store_path)]
    return [one for one in found if one is not None]
