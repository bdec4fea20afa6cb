"""This process gives up every way to the network, for good: the kernel then refuses each new socket.

Linux on the usual processors only; elsewhere nothing happens and `unplug` says so.
"""

from __future__ import annotations

import ctypes
import platform
import sys

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_LOAD, _EQUAL, _ANSWER = 0x20, 0x15, 0x06
_ALLOW, _ERRNO_EACCES = 0x7FFF0000, 0x00050000 | 13
_NUMBER, _ARCHITECTURE = 0, 4
"""Where a call's number and the processor stand in what the filter sees."""
_CALLS = {"x86_64": (0xC000003E, 41, 425), "aarch64": (0xC00000B7, 198, 425)}
"""By processor: its name for the kernel, and its calls `socket` and `io_uring_setup`."""


class _Step(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("steps", ctypes.POINTER(_Step)))


def unplug() -> bool:
    """Refuse this process and its threads to come every socket; returns whether the kernel agreed."""
    known = _CALLS.get(platform.machine())
    if not sys.platform.startswith("linux") or known is None:
        return False
    kernel, *calls = known
    refuse = len(calls)
    tests = [_Step(_EQUAL, refuse - n, 0, call) for n, call in enumerate(calls)]
    steps = [
        _Step(_LOAD, 0, 0, _ARCHITECTURE), _Step(_EQUAL, 0, refuse + 2, kernel), _Step(_LOAD, 0, 0, _NUMBER),
        *tests, _Step(_ANSWER, 0, 0, _ALLOW), _Step(_ANSWER, 0, 0, _ERRNO_EACCES),
    ]  # fmt: skip
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0)
