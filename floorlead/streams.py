"""Standard output and standard error, which may be closed, full, or a pipe that nobody reads: one sentence, no traceback."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import Any

from floorlead.store import aftermath
from floorlead.store.errors import Refused
from floorlead.words import _


class _Closed(io.RawIOBase):
    """What stands in for a standard output that was closed before the program began: it refuses once, then it is known."""

    known = False

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self.known:
            return len(data)
        self.known = True
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def open_closed() -> None:
    """Give closed standard streams a place: else the next file that is opened would take their number.

    What is written to a closed standard output is refused, to a closed standard error lost.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR if number else os.O_RDONLY)
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), encoding="utf-8")


def put(data: bytes) -> None:
    """Write to standard output. Raises Refused E441 where it takes nothing."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except (OSError, ValueError) as error:
        raise refused(error) from error


def refused(error: Exception) -> Refused:
    """The refusal for a standard output that takes nothing; what waits for it is let go, so that the end is quiet."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    if isinstance(error, BrokenPipeError):
        return Refused("E441", _("Whoever reads standard output stopped reading"))
    sentence = _("Standard output takes nothing: {reason}")
    return Refused("E441", sentence.format(reason=getattr(error, "strerror", None) or error))


def tell(sentence: str) -> None:
    """A line on standard error; where that takes nothing either, nobody can be told."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"floorlead: {sentence}\n")
        sys.stderr.flush()


def no_terminal() -> str:
    """Why the app cannot be shown here, in one sentence; empty on a terminal, or where Textual's variable names a driver."""
    if os.environ.get("TEXTUAL_DRIVER") or all(map(_shows, (sys.__stdin__, sys.__stdout__, sys.__stderr__))):
        return ""
    return _("The app needs a terminal for its keys and its screen; `floorlead --help` lists what works without one")


def _shows(stream: Any) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def ended(error: BaseException) -> int:
    """Tell what stopped a command; its exit code: 1 while nothing has changed, else 0, what is done and what is not."""
    if done := aftermath.done():
        aftermath.warn(str(error) if isinstance(error, Refused) else aftermath.reason(error))
        tell(_("Done: {words}").format(words=done))
        return 0
    tell_before_refusing()
    if isinstance(error, Refused):
        tell(str(error))
    elif isinstance(error, OSError):
        tell(_("This did not work, nothing was changed: {reason} (E443)").format(reason=_named(error)))
    else:
        tell(aftermath.reason(error))
    return 1


def _named(error: OSError) -> str:
    """What the system says, with the file it is about."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error.strerror or error)


def tell_before_refusing() -> None:
    """What is different although a command changes nothing: an older file may have been brought up by it."""
    if not aftermath.done() and (told := aftermath.before_refusing()):
        tell(told)


def tell_warnings() -> None:
    """What did not work beside what was done, a line each."""
    for sentence in aftermath.warnings():
        tell(_("warning: {words}").format(words=sentence))
