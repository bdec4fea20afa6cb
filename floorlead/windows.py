"""A process limits itself by a job object, which is what Windows has for it."""

from __future__ import annotations

import ctypes
from typing import Any

PROCESS_TIME, PROCESS_MEMORY = 0x2, 0x100
EXTENDED_LIMIT_INFORMATION = 9
TICKS = 10_000_000
"""Of processor time in a second."""


class Basic(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("per_process_user_time", ctypes.c_int64), ("per_job_user_time", ctypes.c_int64), ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t), ("most_working_set", ctypes.c_size_t), ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t), ("priority", ctypes.c_uint32), ("scheduling", ctypes.c_uint32),
    )  # fmt: skip


class Extended(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
    )  # fmt: skip


def limits(memory: int, cpu: int) -> Extended:
    """What the system is told: bytes and seconds, 0 for no limit."""
    told = Extended()
    told.basic.flags = PROCESS_MEMORY * bool(memory) | PROCESS_TIME * bool(cpu)
    told.basic.per_process_user_time = cpu * TICKS
    told.process_memory = memory
    return told


def confine(memory: int, cpu: int, kernel: Any = None) -> bool:
    """Put this process into a job with these limits; False where the system refuses, and none holds then."""
    kernel = kernel or ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job, told = kernel.CreateJobObjectW(None, None), limits(memory, cpu)
    pointer, size = ctypes.byref(told), ctypes.sizeof(told)
    if not job or not kernel.SetInformationJobObject(ctypes.c_void_p(job), EXTENDED_LIMIT_INFORMATION, pointer, size):
        return False
    return bool(kernel.AssignProcessToJobObject(ctypes.c_void_p(job), ctypes.c_void_p(kernel.GetCurrentProcess())))
