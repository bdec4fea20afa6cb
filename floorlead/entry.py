"""Opening the app: read the three global options, open the file while the screen library loads, run.

The options are read by hand here because most starts are bare and the command-line library costs a tenth of them.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from floorlead import clock, doubt, shelf, streams, words

if TYPE_CHECKING:
    from floorlead.store import Refused, Store
    from floorlead.widgets.desk import Desk

T = TypeVar("T")
HELD_TOLD_SECONDS, HELD_ASKED_SECONDS = 60, 0.1
"""How often a start tells that the file is held, and asks for it."""
FIRST_LOOK_SECONDS = 0.25
"""How long the first screen waits for the file's check; it runs while the screen library loads."""
LARGE_FILE = 16 * 2**20
"""Bytes from which the first screen comes before the check's verdict; the first write waits for it in any case."""
QUIET_SECONDS = 20.0
"""Quiet that a large file's daily backup waits for: while it is copied no other write goes through."""


COMPLETING = "_FLOORLEAD_COMPLETE"
"""The variable by which a shell asks for the words that may follow; then nothing is opened."""


class Options:
    """The global options: `--store PATH`, `--lang zh|en`, `--now ISO`, `--mono`; empty where not given."""

    def __init__(self, store: str = "", lang: str = "", now: str = "", mono: bool = False) -> None:
        self.store = store
        self.lang = lang
        self.now = now
        self.mono = mono

    @property
    def path(self) -> Path:
        """The store's path, behind all links: its folder, backups and locks lie there too."""
        return self.named()

    def named(self, name: str = "showroom.db") -> Path:
        """The path that `--store` names, else the one of this name in the user's data folder."""
        try:
            return shelf.real((Path(self.store) if self.store else shelf.default_store(name)).expanduser())
        except RuntimeError:  # a user's folder that nobody knows
            return Path(self.store).absolute()


def take_globals(arguments: list[str]) -> tuple[Options | None, list[str]]:
    """The global options and the words after them; None for the options when they are not plainly right."""
    options, rest = Options(), list(arguments)
    while rest and rest[0].startswith("-"):
        name, sep, value = rest.pop(0).partition("=")
        if name == "--mono" and not sep:
            options.mono = True
        elif name in ("--store", "--lang", "--now") and (sep or rest):
            setattr(options, name[2:], value if sep else rest.pop(0))
        else:
            return None, rest
    return (options if options.lang in ("", *words.LANGUAGES) else None), rest


def opens_app(arguments: list[str]) -> Options | None:
    """The options of a bare start, or None when there is a subcommand or anything else to be told about."""
    options, rest = take_globals(arguments)
    return options if not rest else None


def run_app(options: Options, *, page: str = "") -> int:
    """Open the store and the app on it, at `page` when one is named; returns the exit code."""
    words.use(options.lang or words.from_locale())
    from floorlead.store import Refused

    try:
        time = clock.stopped(options.now)
    except ValueError:
        said = words._("'{text}' is not a time; write it as 2026-11-23T08:41").format(text=options.now)
        streams.tell(said)
        return 2
    try:
        if told := streams.no_terminal():
            return _cannot_show(options.path, time, told)
        store = patiently(lambda: open_for_app(options.path, time))
        import textual.app  # noqa: F401 - while the file is checked behind

        store.wait_checked(0 if is_large(options.path) else FIRST_LOOK_SECONDS)
        return _run(store, options, page)
    except Refused as refused:
        return _refused(refused, options, time)
    except Exception as error:
        from floorlead.store.damage import explained

        if (found := explained(options.path, error)) is None:
            raise
        return _refused(found, options, time)


def _cannot_show(path: Path, time: clock.Clock, told: str) -> int:
    """Without a terminal: that, but damage of the file first. Raises Refused."""
    if path.exists():
        store = open_for_app(path, time, reading=True)
        try:
            store.wait_checked()
        finally:
            store.close()
    streams.tell(told)
    return 2


def _refused(refused: Refused, options: Options, time: clock.Clock) -> int:
    """One sentence; where the file is damaged, or is none any more though it has backups, with a way on."""
    from floorlead.setup.rescue import rescue, wanted

    if wanted(refused, options.path):
        return rescue(refused, options, time)
    streams.tell(str(refused))
    return 1


def is_large(path: Path) -> bool:
    """Whether the file is so large that its check and its backup must not hold up the leader's first keys."""
    return path.exists() and path.stat().st_size > LARGE_FILE


def open_for_app(path: Path, time: clock.Clock, *, reading: bool = False) -> Store:
    """Open the store with its own time zone and day's end; its whole check goes on behind."""
    from floorlead import settings
    from floorlead.store import open_store

    store = open_store(path, time, reading=reading, check="behind")
    try:
        store.clock = settings.own_clock(store)
    except BaseException:
        store.close()
        raise
    return store


def patiently(work: Callable[[], T]) -> T:
    """Do what a start needs; while another program holds the file that is said, and the start waits for it."""
    from floorlead.store import Busy

    begun, told = monotonic(), -1
    while True:
        try:
            return work()
        except Busy:
            seconds = int(monotonic() - begun)
            if seconds // HELD_TOLD_SECONDS > told:
                told = seconds // HELD_TOLD_SECONDS
                said = words._("Another program has held the file for {seconds} s; the start waits for it (^C ends it)")
                streams.tell(said.format(seconds=seconds))
            sleep(HELD_ASKED_SECONDS)


def _run(store: Store, options: Options, page: str = "") -> int:
    """The app on an open store; the invented showroom follows when the first start asked for it."""
    from floorlead import settings
    from floorlead.app import PAGES
    from floorlead.lock.guard import Guard
    from floorlead.setup.screen import SHOW_DEMO
    from floorlead.store import slots, witness
    from floorlead.widgets.desk import Desk
    from floorlead.widgets.shared import SHARED
    from floorlead.widgets.shell import Shell

    def begun() -> Desk:
        words.use(options.lang or settings.get(store, "language") or words.from_locale())
        desk = Desk(store, PAGES, SHARED)
        desk.guard = Guard(store)
        desk.after_start = lambda: _after_start(store)
        desk.each_minute = lambda: _each_minute(store)
        desk.quiet_seconds = QUIET_SECONDS if is_large(store.path) else 0.0
        if options.mono:
            desk.options["theme"] = "mono"
        if told := witness.look(store):
            store.notice(told)
        desk.terminal, desk.slot = name, slot
        desk.start()
        _first_page(desk, page)
        if not store.reading and doubt.doubt(store):
            desk.open("clock", {"leaves": True})
        return desk

    name = slots.terminal()
    slot = patiently(lambda: slots.claim(store, name))
    desk = patiently(begun)
    app = Shell(desk, shelf.own(store.path) / "crashes")
    app.run()
    slot.let_go()
    if store.writes:
        witness.keep(store)
    store.close()
    if app.crash is not None:
        _raise_damage(store.path, app.crash)
    if app.crash_sentence:
        print(app.crash_sentence, file=sys.stderr)  # noqa: T201
    if app.return_code == SHOW_DEMO:
        return _demo(options, store.clock)
    return app.return_code or 0


def _raise_damage(path: Path, crash: Exception) -> None:
    """Raise Damaged where the app ended because of what stands in the file."""
    from floorlead.store import Damaged
    from floorlead.store.damage import explained

    if isinstance(found := explained(path, crash), Damaged):
        raise found from crash


def _first_page(desk: Desk, page: str) -> None:
    """The page that was asked for; on a file that nobody began, the first start."""
    from floorlead.setup.screen import WelcomePage

    if page == "welcome":
        found = desk.page_named("welcome")
        assert isinstance(found, WelcomePage)
        found.test_keys()
    elif not desk.store.reading and not desk.options["started"] and not desk.store.one("SELECT 1 FROM people LIMIT 1"):
        desk.go("welcome")


def _after_start(store: Store) -> None:
    """What may wait until the first screen stands: the day's backup, and a calendar for the years around."""
    from floorlead.store import Refused, sweeping

    if not store.reading:
        sweeping.sweep(store.path)
    _first_backup(store)
    month_start(store)
    if _wants_calendar(store):
        from floorlead.calendar.queries import preload

        with contextlib.suppress(Refused):  # another terminal is writing: the next start does it
            preload(store)


def _each_minute(store: Store) -> None:
    """What the clock alone brings, and a note of how far the file has come."""
    from floorlead.store import witness

    month_start(store)
    if store.writes:
        witness.keep(store)


def month_start(store: Store) -> None:
    """The counts that the month began with are frozen once, by the first terminal that is open in it, once its clock is
    not in doubt."""
    if (
        not store.reading
        and not doubt.doubt(store)
        and store.one("SELECT EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM orders)")
    ):
        from floorlead.kpi.moves import take_snapshot

        take_snapshot(store)


def _wants_calendar(store: Store) -> bool:
    """Whether the showroom has cars and no calendar of this year yet."""
    if store.reading or not store.one("SELECT 1 FROM cars LIMIT 1"):
        return False
    year = store.today().year
    return not doubt.doubt(store) and not store.one(
        "SELECT 1 FROM calendar_days WHERE day BETWEEN ? AND ? LIMIT 1", f"{year}-01-01", f"{year}-12-31"
    )


def _first_backup(store: Store) -> None:
    """The day's first backup, in a thread, once the first screen stands."""
    from floorlead.store import Refused, backup

    def work() -> None:
        try:
            backup.copy(store.path, store.clock, "day")
        except Refused:
            return  # `doctor` and the next seal tell of a folder that takes no backups

    if not store.reading and store.one("SELECT 1 FROM actions LIMIT 1") and backup.due(store.path, store.clock):
        threading.Thread(target=work, name="floorlead-backup", daemon=True).start()


def _demo(options: Options, time: clock.Clock) -> int:
    from floorlead.record import replace
    from floorlead.setup.demo import make_demo

    path = shelf.default_store("demo.db") if not options.store else options.path.with_name("demo.db")
    if not path.exists():
        make_demo(path, time)
    return run_app(replace(options, store=str(path), lang=words.language()))
