"""Opening the app: read the three global options, open the file while the screen library loads, run.

The options are read by hand here because most starts are bare and the command-line library costs a tenth of them.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from floorlead import clock, shelf, words

if TYPE_CHECKING:
    from floorlead.store import Store


@dataclass
class Options:
    """The global options: `--store PATH`, `--lang zh|en`, `--now ISO`, `--mono`; empty where not given."""

    store: str = ""
    lang: str = ""
    now: str = ""
    mono: bool = False

    @property
    def path(self) -> Path:
        """The store's path."""
        return Path(self.store).expanduser() if self.store else shelf.default_store()


def opens_app(arguments: list[str]) -> Options | None:
    """The options of a bare start, or None when there is a subcommand or anything else to be told about."""
    options, rest = Options(), list(arguments)
    while rest:
        name, sep, value = rest.pop(0).partition("=")
        if name == "--mono" and not sep:
            options.mono = True
        elif name in ("--store", "--lang", "--now") and (sep or rest):
            setattr(options, name[2:], value if sep else rest.pop(0))
        else:
            return None
    return options if options.lang in ("", *words.LANGUAGES) else None


def run_app(options: Options, *, make: bool = True) -> int:
    """Open the store and the app on it; returns the exit code."""
    words.use(options.lang or words.from_locale())
    from floorlead.store import Refused

    try:
        time = clock.stopped(options.now)
        path = options.path
        preload = threading.Thread(target=_preload, daemon=True)
        preload.start()
        store = open_for_app(path, time)
        preload.join()
        return _run(store, options)
    except Refused as refused:
        return _rescue(refused, options)
    except ValueError as error:
        print(words._("'{text}' is not a time; write it as 2026-11-23T08:41").format(text=options.now or error), file=sys.stderr)  # noqa: T201
        return 2


def _preload() -> None:
    """Load the screen library while the file is opened and checked."""
    import textual.app  # noqa: F401


def open_for_app(path: Path, time: clock.Clock) -> Store:
    """Open the store with its own time zone and language."""
    from floorlead import settings
    from floorlead.store import open_store

    store = open_store(path, time, check="behind")
    options = settings.all_of(store)
    if options["zone"] != clock.ZONE or options["day_ends"] != settings.DEFAULTS["day_ends"]:
        hour, minute = options["day_ends"].split(":")
        store.clock = clock.Clock(clock.zone_of(options["zone"]), clock.time(int(hour), int(minute)), time.source)
    return store


def _run(store: Store, options: Options) -> int:
    from floorlead import settings
    from floorlead.app import PAGES
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.shared import SHARED
    from floorlead.widgets.shell import Shell

    words.use(options.lang or settings.get(store, "language") or words.from_locale())
    desk = Desk(store, PAGES, SHARED)
    if options.mono:
        desk.options["theme"] = "mono"
    desk.start()
    app = Shell(desk, shelf.own(store.path) / "crashes")
    app.run()
    if app.crash_sentence:
        print(app.crash_sentence, file=sys.stderr)  # noqa: T201
    return app.return_code or 0


def _rescue(refused: Exception, options: Options) -> int:
    print(f"floorlead: {refused}", file=sys.stderr)  # noqa: T201
    return 1
