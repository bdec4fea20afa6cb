"""What is done stays done: a step after it that fails is a warning beside it, never a refusal.

A command refuses only while nothing has changed. From the first change that is saved on, whatever still goes wrong is
gathered here: told on standard error with exit code 0, in the field `warnings` of JSON, on the app's line.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from floorlead.store.errors import SQLITE, Refused, told
from floorlead.words import _

FAILURES = (Refused, OSError, *SQLITE)
"""What may stop a step on its way."""
_done: list[Callable[[], str]] = []
_warnings: list[str] = []
_made: list[Path] = []
_brought_up: list[Path] = []


def begin() -> None:
    """A new run: nothing has changed yet."""
    for kept in (_done, _warnings, _made, _brought_up):
        kept.clear()


def made(path: Path) -> None:
    """A store is made for what this run is to enter; when it enters nothing, it is not to be left there."""
    _made.append(path)


def brought_up(path: Path) -> None:
    """An older file has this program's version by now; what it holds is as it was."""
    _brought_up[:] = [path]


def before_refusing() -> str:
    """What is different though the run itself changed nothing, as a sentence; empty where nothing is."""
    told = _("{path} was brought up to this version, what it holds is as it was; a backup was made before")
    return told.format(path=_brought_up[0]) if _brought_up else ""


def end() -> None:
    """The run is over: a store that was made for nothing goes."""
    from floorlead.store.making import forget_untouched

    for path in _made if not _done else ():
        forget_untouched(path)
    _made.clear()


def did(said: Callable[[], str]) -> None:
    """Something is changed from here on; `said` tells what, in the language spoken then."""
    _done[:] = [said]


def wrote(what: str, args: dict[str, Any]) -> None:
    """An action was saved, as the log tells it."""
    from floorlead.store import log

    did(lambda: log.tell(what, args))


def done() -> str:
    """What was changed last; empty while nothing was."""
    return _done[0]() if _done else ""


def warn(sentence: str) -> None:
    """Something beside what was done did not work."""
    if sentence not in _warnings:
        _warnings.append(sentence)


def warnings() -> list[str]:
    """What did not work beside what was done."""
    return list(_warnings)


def take() -> str:
    """The warnings as one line; they are told by that."""
    line = "  ".join(_warnings)
    _warnings.clear()
    return line


def reason(error: BaseException) -> str:
    """What stopped a step, in words."""
    if isinstance(error, sqlite3.Error | UnicodeDecodeError):
        return told(error).sentence
    return str((error.strerror if isinstance(error, OSError) else "") or error)


@contextlib.contextmanager
def step(sentence: str) -> Iterator[None]:
    """A step after something was done; what stops it is a warning: the sentence, with `{reason}` filled in."""
    try:
        yield
    except FAILURES as error:
        warn(sentence.replace("{reason}", reason(error)))


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """What is written in here is no part of what the run is to do: a PIN's tries are counted whatever follows."""
    before = list(_done)
    try:
        yield
    finally:
        _done[:] = before


def commit(db: sqlite3.Connection, stands: Callable[[], bool]) -> None:
    """Save; where the disk complains only after all is saved (`stands` sees it), that is a warning. Raises SQLite's errors."""
    try:
        db.execute("COMMIT")
    except SQLITE as error:
        with contextlib.suppress(sqlite3.Error):
            if db.in_transaction:
                db.execute("ROLLBACK")
        saved = False
        with contextlib.suppress(*SQLITE):
            saved = stands()
        if not saved:
            raise
        warn(_("It is saved, but the disk did not confirm it: {reason}").format(reason=reason(error)))
