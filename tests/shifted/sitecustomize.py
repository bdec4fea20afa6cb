"""Another day for a Python that finds this file at its start.

Where no faketime is installed it lives FLOORLEAD_SHIFT seconds from the true time. Under faketime it learns to sleep
and to wait again: what that makes of the monotonic clock's `clock_nanosleep` is refused by the kernel, and of a lock's
timeout a busy loop. `tests.under` puts this folder into PYTHONPATH, so that the programs that tests start live at the
same time.
"""

from __future__ import annotations

import datetime
import os
import queue
import select
import time


def shift(seconds: float) -> None:
    """Everything that asks Python for the time is told another one from here on."""
    true, real = time.time, datetime.datetime
    local, utc, text = time.localtime, time.gmtime, time.strftime

    def now() -> float:
        return true() + seconds

    class AnyDatetime(type):
        """A moment made by C code, or before this, is a datetime too."""

        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, real)

    class Shifted(real, metaclass=AnyDatetime):
        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return real.fromtimestamp(now(), tz)

        @classmethod
        def today(cls) -> datetime.datetime:
            return real.fromtimestamp(now())

        @classmethod
        def utcnow(cls) -> datetime.datetime:
            return real.fromtimestamp(now(), datetime.UTC).replace(tzinfo=None)

    time.time, time.time_ns = now, lambda: int(now() * 1e9)
    time.localtime = lambda at=None: local(now() if at is None else at)
    time.gmtime = lambda at=None: utc(now() if at is None else at)
    time.strftime = lambda shape, at=None: text(shape, time.localtime() if at is None else at)
    datetime.datetime = Shifted


def rest_under_faketime() -> None:
    """Sleep, and wait at a queue, by `select`, which counts by itself."""
    if "faketime" not in os.environ.get("LD_PRELOAD", "") or getattr(time.sleep, "rests", False):
        return
    get = queue.Queue.get

    def sleep(seconds: float) -> None:
        select.select([], [], [], seconds)

    def patient(self: queue.Queue[object], block: bool = True, timeout: float | None = None) -> object:
        end = time.monotonic() + (timeout or 0)
        while timeout and self.empty() and time.monotonic() < end:
            sleep(0.01)
        return get(self, block and timeout is None)

    sleep.rests = True
    time.sleep, queue.Queue.get = sleep, patient


rest_under_faketime()
if __name__ == "sitecustomize" and os.environ.get("FLOORLEAD_SHIFT"):
    shift(float(os.environ["FLOORLEAD_SHIFT"]))
