"""Looking at a damaged file: the app on a copy of it, nothing is written, and a page that cannot be read says so."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from floorlead import settings, shelf, streams, words
from floorlead.app import PAGES
from floorlead.entry import Options
from floorlead.lock.guard import Guard
from floorlead.store import Refused, backup, making, open_store
from floorlead.widgets.desk import Desk
from floorlead.widgets.line import Line
from floorlead.widgets.shared import SHARED
from floorlead.words import _

if TYPE_CHECKING:
    from floorlead.clock import Clock


class Looking(Desk):
    """A desk on a file of which parts may be unreadable: each page stands or says what is wrong with it."""

    def frame(self, cells: int, height: int) -> list[Line]:
        """The screen; of a page that cannot be drawn the sentence that says so."""
        try:
            return super().frame(cells, height)
        except Exception as error:
            lines = [Line().put(" " + _("This page cannot be read from the damaged file")), Line()]
            reason = error.sentence if isinstance(error, Refused) else type(error).__name__
            lines += [Line().put(" " + reason), Line(), Line().put(" " + _("F2 to F9 are the others, ^Q leaves"))]
            return [line.cropped(cells) for line in (*lines, *(Line() for _n in range(height - len(lines))))][:height]

    def press(self, key: str, sign: str = "") -> None:
        """A key; what it finds unreadable is said, and never ends the program."""
        try:
            super().press(key, sign)
        except Exception as error:
            self.trouble = (
                error.sentence if isinstance(error, Refused) else _("This cannot be read from the damaged file")
            )


def look(options: Options, time: Clock) -> int:
    """Open the app on a copy of the damaged file. Raises Refused where not even its tables can be read."""
    from floorlead.widgets.shell import Shell

    if told := streams.no_terminal():
        raise Refused("E445", told)
    with copied(options.path) as copy:
        store = open_store(copy, time, reading=True, create=False, check="none")
        try:
            store.path = options.path
            with contextlib.suppress(Exception):
                store.clock = settings.own_clock(store)
            desk = _begun(store, options)
            app = Shell(desk, shelf.own(options.path) / "crashes")
            app.run()
            if app.crash_sentence:
                raise Refused(
                    "E542", _("This file cannot be looked at any further; `floorlead salvage` reads row by row")
                )
        finally:
            store.close()
    return 0


def _begun(store: object, options: Options) -> Looking:
    from floorlead.store import Store

    assert isinstance(store, Store)
    try:
        desk = Looking(store, PAGES, SHARED)
        desk.guard = Guard(store)
    except Exception as error:
        raise Refused(
            "E542", _("This file cannot be looked at any further; `floorlead salvage` reads row by row")
        ) from error
    words.use(options.lang or desk.options["language"] or words.from_locale())
    if options.mono:
        desk.options["theme"] = "mono"
    try:
        desk.start()
    except Exception:
        desk.page = desk.page_named(PAGES[0].name)
    desk.trouble = _("A damaged file, to be looked at only; what is shown may be incomplete")
    return desk


@contextlib.contextmanager
def copied(path: Path) -> Iterator[Path]:
    """A private copy of a file with its journal for as long as it is looked at. Raises Refused."""
    temp = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    journals = [one.with_name(one.name + "-journal") for one in (path, temp)]
    try:
        backup.copy_whole(path, temp)
        if journals[0].exists():
            backup.copy_whole(journals[0], journals[1])
        yield temp
    except OSError as error:
        raise Refused(
            "E543", _("{path} cannot be copied: {reason}").format(path=path, reason=error.strerror)
        ) from error
    finally:
        making.forget(temp)
