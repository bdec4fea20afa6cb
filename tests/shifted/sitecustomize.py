"""Another day for a Python that finds this file at its start.

Where no faketime is installed it lives FLOORLEAD_SHIFT seconds from the true time. Under faketime it learns to sleep
again: what that makes of the monotonic clock's `clock_nanosleep` is refused by the kernel. `tests.under` puts this
folder into PYTHONPATH, so that the programs that tests start live at the same time.
"""

from __future__ import annotations

import datetime
import os
import select
import time

_SECONDS = float(os.environ.get("FLOORLEAD_SHIFT", "0"))
_true = time.time
_real = datetime.datetime


def _shifted() -> float:
    return _true() + _SECONDS


class _Meta(type):
    """A moment made by C code, or before this file was read, is a datetime too."""

    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, _real)


class _Datetime(_real, metaclass=_Meta):
    @classmethod
    def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
        return _real.fromtimestamp(_shifted(), tz)

    @classmethod
    def today(cls) -> datetime.datetime:
        return _real.fromtimestamp(_shifted())

    @classmethod
    def utcnow(cls) -> datetime.datetime:
        return _real.fromtimestamp(_shifted(), datetime.UTC).replace(tzinfo=None)


def _shift() -> None:
    local, utc, text = time.localtime, time.gmtime, time.strftime
    time.time = _shifted
    time.time_ns = lambda: int(_shifted() * 1e9)
    time.localtime = lambda at=None: local(_shifted() if at is None else at)
    time.gmtime = lambda at=None: utc(_shifted() if at is None else at)
    time.strftime = lambda shape, at=None: text(shape, time.localtime() if at is None else at)
    datetime.datetime = _Datetime


def sleep_under_faketime() -> None:
    """Sleep by `select`, which counts by itself."""
    if "faketime" in os.environ.get("LD_PRELOAD", ""):
        time.sleep = lambda seconds: select.select([], [], [], seconds) and None


sleep_under_faketime()
if _SECONDS and __name__ == "sitecustomize":
    _shift()
