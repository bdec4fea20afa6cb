"""Work beside the program: whatever goes wrong there ends that work, never the program, and takes no more than allowed."""

from __future__ import annotations

import ctypes
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from floorlead import windows
from floorlead.child import Running, Stopped

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is the system's")


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder of works, each a module that the child finds beside floorlead's own."""
    works = {
        "echo": "print(sys.stdin.read().upper())\n    return 0",
        "greedy": "data = bytearray(2**30)\n    return 0",
        "endless": "print('begun', flush=True)\n    while True: pass",
        "fails": "print('half', flush=True)\n    return 3",
    }
    for name, body in works.items():
        (tmp_path / f"work_{name}.py").write_text(f"import sys\n\ndef main():\n    {body}\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    told = f"import floorlead\nfloorlead.__path__.append({str(tmp_path)!r})\n"
    (tmp_path / "sitecustomize.py").write_text(told, encoding="utf-8")


def test_bytes_go_in_and_lines_come_out(work: None) -> None:
    assert b"".join(Running("work_echo", "展厅 abc".encode()).lines()).decode().strip() == "展厅 ABC"


@LINUX
def test_who_wants_too_much_memory_gets_none(work: None) -> None:
    with pytest.raises(Stopped):
        list(Running("work_greedy", b"", memory=200 * 2**20).lines())
    assert list(Running("work_greedy", b"", memory=2 * 2**30).lines()) == []


@LINUX
def test_who_works_too_long_is_ended(work: None) -> None:
    with pytest.raises(Stopped):
        list(Running("work_endless", b"", cpu=1).lines())


def test_the_clock_on_the_wall_ends_it_too(work: None) -> None:
    running = Running("work_endless", b"", wall=0.5)
    with pytest.raises(Stopped, match="time"):
        list(running.lines())
    assert running.late


def test_what_is_killed_is_gone_and_half_an_answer_is_none(work: None) -> None:
    running = Running("work_endless", b"x" * 10_000_000)
    lines = running.lines()
    assert next(lines) == b"begun\n"
    began = time.monotonic()
    running.kill()
    assert running.process.returncode != 0
    assert time.monotonic() - began < 5
    with pytest.raises(Stopped):
        list(Running("work_fails", b"").lines())


def test_a_process_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(Stopped):
        Running("tables.sheets", b"")


class Kernel:
    """Windows, as far as it is asked."""

    class Call:
        """A function of the system that notes what it is given."""

        restype: Any = None

        def __init__(self, answer: int) -> None:
            self.answer = answer
            self.given: list[tuple[Any, ...]] = []

        def __call__(self, *given: Any) -> int:
            self.given.append(given)
            return self.answer

    def __init__(self, accepts: bool) -> None:
        self.CreateJobObjectW, self.GetCurrentProcess = self.Call(77), self.Call(2**64 - 1)
        self.SetInformationJobObject, self.AssignProcessToJobObject = self.Call(accepts), self.Call(accepts)


@pytest.mark.parametrize("accepts", [True, False])
def test_windows_limits_by_a_job(accepts: bool) -> None:
    """The structure is as long as the system wants it (144 bytes), its flags say which limits hold."""
    kernel = Kernel(accepts)
    told = windows.limits(2**28, 3)

    assert windows.confine(2**28, 3, kernel) is accepts
    assert ctypes.sizeof(told) == (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112)
    assert (told.process_memory, told.basic.per_process_user_time) == (2**28, 30_000_000)
    assert told.basic.flags == 0x102
    assert windows.limits(0, 0).basic.flags == 0
    ((job, kind, _pointer, size),) = kernel.SetInformationJobObject.given
    assert (job.value, kind, size) == (77, 9, ctypes.sizeof(told))
